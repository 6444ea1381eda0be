"""The board of months: squares, filters, reminders, the workbook, and what may be posted."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.cadres.operations import open_term
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.ledger.models import Entry
from chibo.meetings.board import Ask, board_of, hide_small, reminders
from chibo.meetings.board.hiding import hidden_of, small
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, plan_meeting, postpone_meeting, say_not_held
from chibo.reorganisation.operations import move_unit
from chibo.reorganisation.plans import Paper
from tests.commune import FOUNDED, TODAY, Commune

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
MORNING = datetime(2026, 11, 2, 8, tzinfo=ZONE)


@pytest.fixture
def office(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Nhung"))
    return client


def shown(commune: Commune, **ask: Any) -> Any:
    return board_of(commune.commune, Ask(2026, **ask), by=commune.actor("Nhung"), on=TODAY)


def test_it_tells_who_has_met_and_who_has_not(commune: Commune) -> None:
    commune.close(commune.meeting(commune.na_loc))
    commune.meeting(commune.pom_khe)
    board = shown(commune)
    assert [(row.name, row.shown.state) for row in board.rows] == [("Bản Nà Lốc", "on_day"), ("Bản Pom Khe", "missed")]
    assert (board.shown_held, [row.name for row in board.late]) == (1, ["Bản Pom Khe"])
    assert (board.rows[0].shown.present, board.rows[0].shown.expected) == (9, 9)


def test_a_cell_that_went_elsewhere_is_on_the_board_of_that_month_only_as_it_was(
    commune: Commune, client: Client
) -> None:
    commune.close(commune.meeting(commune.pom_khe, OCTOBER), by="Liên")
    paper = Paper("09-QĐ/TU", NOVEMBER, key=uuid.uuid4())
    move_unit(commune.pom_khe, commune.other_commune, paper=paper, on=NOVEMBER, at=MORNING, by=MACHINE)
    client.force_login(commune.account("Vân"))
    address = reverse("meetings:board_of_year", args=[commune.commune.pk, 2026])
    today, then = (
        client.get(address, {"thang": "10", "cay": tree}).content.decode() for tree in ("hom-nay", "ngay-ay")
    )
    assert "Bản Pom Khe" not in today
    assert "Bản Pom Khe" in then
    assert "Tính theo cây tổ chức của từng tháng." in then
    assert 'name="cay" value="ngay-ay"' in then  # the workbook is of the same tree


def test_a_postponed_meeting_and_one_not_held_say_why(commune: Commune) -> None:
    put_off, given_up = commune.meeting(commune.na_loc), commune.meeting(commune.pom_khe)
    common: dict[str, Any] = {"at": MORNING, "by": commune.actor("Nhung"), "by_name": "Nhung"}
    postpone_meeting(put_off, to=date(2026, 11, 9), reason="Mưa lũ", key=uuid.uuid4(), **common)
    say_not_held(given_up, reason="Đường bị chia cắt", key=uuid.uuid4(), **common)
    states = {row.name: (row.shown.state, row.shown.day) for row in shown(commune).attention}
    assert states["Bản Nà Lốc"] == ("postponed", date(2026, 11, 9))
    assert states["Bản Pom Khe"][0] == "not_held"


def test_a_conference_of_the_committee_shows_who_came(commune: Commune) -> None:
    day = date(2026, 11, 2)
    open_term(commune.commune, "2025 - 2030", first=FOUNDED, last=date(2030, 7, 31), by=MACHINE)
    meeting = plan_meeting(
        commune.commune, Meeting.STANDING, Plan(day, time(8)), key=uuid.uuid4(), by=commune.actor("Nhung")
    )
    commune.close(meeting, by="Nhung", ended="10:30")
    square = shown(commune).committee[-2]
    assert (square.column.month, square.present, square.expected) == (NOVEMBER, 1, 1)


def test_the_filters_leave_what_was_asked_for(commune: Commune) -> None:
    commune.close(commune.meeting(commune.na_loc))
    commune.meeting(commune.pom_khe)
    names = {only: [row.name for row in shown(commune, month=11, only=only).rows] for only in ("", "tre", "khong-hop")}
    assert names == {"": ["Bản Nà Lốc", "Bản Pom Khe"], "tre": ["Bản Pom Khe"], "khong-hop": []}


def test_a_reminder_names_the_secretary_the_cell_and_the_month(commune: Commune) -> None:
    commune.meeting(commune.na_loc)
    commune.meeting(commune.pom_khe)
    found, for_all = reminders(shown(commune), sender="Văn phòng", by=commune.actor("Nhung"), on=TODAY)
    assert [each.to for each in found] == ["đồng chí Lò Văn Inh", "đồng chí Quàng Thị Liên"]
    assert "chi bộ bản Nà Lốc chưa có biên bản sinh hoạt tháng 11/2026" in found[0].text
    assert "Lò Văn Inh, đồng chí Quàng Thị Liên" in for_all


def test_every_page_of_the_board_opens(commune: Commune, office: Client) -> None:
    commune.close(commune.meeting(commune.na_loc))
    commune.meeting(commune.pom_khe)
    address = reverse("meetings:board", args=[commune.commune.pk])
    for query in ("", "?loc=tre", "?thang=11&loc=du-thap", "?loai=chuyen-de", "?an-so-nho=1", "?thang=99&loai=x&loc=y"):
        answer = office.get(address + query)
        assert answer.status_code == 200, query
    assert "Nhắc 1 chi bộ" in office.get(address).content.decode()
    words = office.get(reverse("meetings:chase", args=[commune.commune.pk, 2026])).content.decode()
    assert "Kính gửi đồng chí Quàng Thị Liên" in words


def test_the_workbook_has_no_formula_and_the_ledger_knows_who_took_it(commune: Commune, office: Client) -> None:
    commune.close(commune.meeting(commune.na_loc))
    answer = office.post(reverse("meetings:board_workbook", args=[commune.commune.pk, 2026]))
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 2
    assert not any("<f>" in sheet for sheet in sheets)
    entry = Entry.objects.get(verb="board.exported")
    assert (entry.unit_id, entry.by_person) == (commune.commune.pk, commune.person("Nhung").pk)


def test_a_board_to_be_posted_shows_no_number_under_five(commune: Commune) -> None:
    commune.close(commune.meeting(commune.na_loc))
    commune.close(commune.meeting(commune.pom_khe), by="Liên")
    board = hide_small(shown(commune))
    for row in board.rows:
        for name in ("open", "overdue", "members"):
            assert name in row.hidden or not small(getattr(row, name))
        for cell in row.cells:
            assert cell.hidden or not (small(cell.present) or small(cell.expected - cell.present))


@given(st.dictionaries(st.integers(0, 9), st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the input
def test_what_is_hidden_cannot_be_worked_out_from_the_total(numbers: dict[int, tuple[int, int]]) -> None:
    hidden, total = hidden_of(numbers)
    assert all(key in hidden for key, values in numbers.items() if any(map(small, values)))
    if hidden and not total:
        left = [sum(column) for column in zip(*(numbers[key] for key in hidden), strict=True)]
        assert sum(any(numbers[key]) for key in hidden) >= 2
        assert not any(map(small, left))


def test_the_board_costs_the_same_for_one_cell_and_for_many(
    commune: Commune, django_assert_max_num_queries: Any
) -> None:
    actor = commune.actor("Vân")
    for unit in (commune.commune, commune.province):
        with django_assert_max_num_queries(24):
            board_of(unit, Ask(2026), by=actor, on=TODAY)
