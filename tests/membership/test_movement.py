"""Tăng, giảm đảng viên: start and in, less out, is the end, and every number opens."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import product

import openpyxl
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.access.models import Reading
from chibo.figures.answers import Question, Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import Refused
from chibo.kernel.periods import Period
from chibo.ledger.models import Entry
from chibo.membership.checks import checks
from chibo.membership.models import Belonging
from chibo.membership.movement import IN, OUT, Movement, movement
from chibo.membership.operations import end_belonging, enter_member, move_member
from chibo.organisation.models import Unit
from chibo.reorganisation.operations import move_unit
from chibo.reorganisation.plans import Paper
from tests.commune import FOUNDED, TODAY, Commune
from tests.meetings.test_properties import undone

YEAR = Period.days(date(2026, 1, 1), date(2026, 12, 31))
MARCH, MAY, AUGUST = date(2026, 3, 3), date(2026, 5, 19), date(2026, 8, 2)


def form(unit: Unit, tree: Tree = Tree.RESTATED, period: Period = YEAR, by: Actor = MACHINE) -> Movement:
    found = movement(Question(Unit.objects.get(pk=unit.pk), period, tree, by, TODAY))
    assert found.break_ == 0
    return found


def said(found: Movement) -> tuple[int, dict[str, int], dict[str, int], int]:
    ins, outs = ({code: n for code, _, n in found.lines(side) if n} for side in (IN, OUT))
    return found.start, ins, outs, found.end


def a_year(commune: Commune) -> None:
    enter_member("Lò Thị Mới", commune.na_loc, on=MARCH, by=MACHINE, standing="probationary", way_in="admitted")
    enter_member("Hà Văn Đến", commune.pom_khe, on=MAY, by=MACHINE, way_in="transferred_in")
    end_belonging(commune.person("Hoa"), "died", last=MARCH, on=TODAY, by=MACHINE)
    end_belonging(commune.person("Bun"), "transferred_out", last=MAY, on=TODAY, by=MACHINE)
    move_member(commune.person("Khiêm"), to=commune.pom_khe, first=MAY, on=TODAY, by=MACHINE)
    move_member(commune.person("Uyên"), to=commune.khuoi_moc, first=AUGUST, on=TODAY, by=MACHINE)


def test_a_year_of_a_cell_of_a_commune_and_of_the_province(commune: Commune) -> None:
    a_year(commune)
    assert said(form(commune.na_loc)) == (10, {"admitted": 1}, {"died": 1, "moved": 2}, 8)
    assert said(form(commune.pom_khe)) == (5, {"transferred_in": 1, "moved": 1}, {"transferred_out": 1}, 6)
    assert said(form(commune.commune)) == (
        15, {"admitted": 1, "transferred_in": 1}, {"died": 1, "transferred_out": 1, "moved": 1}, 14)  # fmt: skip
    assert said(form(commune.province)) == (
        20, {"admitted": 1, "transferred_in": 1}, {"died": 1, "transferred_out": 1}, 20)  # fmt: skip


def test_the_first_day_out_is_the_day_it_counts(commune: Commune) -> None:
    end_belonging(commune.person("Hoa"), "died", last=date(2026, 3, 31), on=TODAY, by=MACHINE)
    march = form(commune.na_loc, period=Period.month(MARCH))
    april = form(commune.na_loc, period=Period.month(date(2026, 4, 1)))
    assert said(march) == (10, {}, {}, 10)
    assert said(april) == (10, {}, {"died": 1}, 9)


def test_what_has_not_come_yet_is_not_counted(commune: Commune) -> None:
    move_member(commune.person("Khiêm"), to=commune.pom_khe, first=date(2026, 12, 1), on=TODAY, by=MACHINE)
    assert said(form(commune.na_loc)) == (10, {}, {}, 10)
    assert said(form(commune.na_loc, period=Period.year(2027))) == (10, {}, {}, 10)


def test_the_book_begins_with_those_listed(commune: Commune) -> None:
    assert said(form(commune.na_loc, period=Period.year(2025))) == (0, {"listed": 10}, {}, 10)


def test_a_cell_that_changes_its_superior_takes_its_people_along(commune: Commune) -> None:
    a_year(commune)
    at = datetime.combine(TODAY, time(20, 0), ZONE)
    october = date(2026, 10, 1)
    paper = Paper("09-QĐ/TU", october, key=uuid.uuid4())
    move_unit(commune.pom_khe, commune.other_commune, paper=paper, on=october, at=at, by=MACHINE)
    was = said(form(commune.commune, Tree.AS_WAS))
    assert was == (
        15,
        {"admitted": 1, "transferred_in": 1},
        {"died": 1, "transferred_out": 1, "moved": 1, "placed": 6},
        8,
    )
    assert said(form(commune.other_commune, Tree.AS_WAS)) == (5, {"moved": 1, "placed": 6}, {}, 12)
    assert said(form(commune.commune)) == (10, {"admitted": 1}, {"died": 1, "moved": 2}, 8)
    assert said(form(commune.other_commune)) == (10, {"transferred_in": 1, "moved": 2}, {"transferred_out": 1}, 12)
    assert said(form(commune.pom_khe, Tree.AS_WAS)) == said(form(commune.pom_khe))


def test_figures_of_the_form_add_up_from_their_parts(commune: Commune) -> None:
    a_year(commune)
    for code, of_parts in (("members.admitted", [1, 0]), ("members.transferred_in", [0, 1]),
                           ("members.transferred_out", [0, 1]), ("members.lost", [1, 0])):  # fmt: skip
        for tree in Tree:
            answer = figure(code, commune.commune, YEAR, tree, by=MACHINE, on=TODAY)
            assert answer.numerator == len(answer.rows) == 1
            assert [part.numerator for part in answer.children] == of_parts


def test_only_what_one_may_see_counts(commune: Commune) -> None:
    a_year(commune)
    assert form(commune.commune, by=commune.actor("Nhung")).end == 14
    assert form(commune.province, by=commune.actor("Nhung")).end == 14


def test_the_same_queries_however_many(commune: Commune, queries: object) -> None:
    for tree, most in ((Tree.RESTATED, 3), (Tree.AS_WAS, 6)):
        with queries(most):  # type: ignore[operator]
            form_of = movement(Question(commune.commune, YEAR, tree, MACHINE, TODAY))
        assert form_of.end == 15


def test_the_page_opens_to_the_people_and_the_log_knows(commune: Commune, client: Client) -> None:
    a_year(commune)
    client.force_login(commune.account("Nhung"))
    address = reverse("front:movement", args=[commune.commune.pk])
    asked = {"tu": "01/01/2026", "den": "31/12/2026"}
    page = client.get(address, asked).content.decode()
    assert "Có đến hết ngày 31/12/2025" in page
    assert "dong=tang.admitted" in page
    assert not Reading.objects.exists()  # numbers alone are nobody's file
    opened = client.get(address, {**asked, "dong": "giam.moved"}).content.decode()
    assert "Hà Thị Uyên" not in opened  # her file lies in the other commune now
    assert "Nay hồ sơ ở nơi khác" in opened
    assert "Cà Thị Hoa" in client.get(address, {**asked, "dong": "giam.died"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"tu": "31/02/2026"}, 422), ({"tu": "01/12/2026", "den": "01/01/2026"}, 422), ({"dong": "x.y"}, 200),
     ({"dong": "tang."}, 200), ({"dong": "giam.\x00"}, 200), ({"cay": "khac"}, 200)],
)  # fmt: skip
def test_asked_wrongly(commune: Commune, client: Client, asked: dict[str, str], status: int) -> None:
    client.force_login(commune.account("Nhung"))
    assert client.get(reverse("front:movement", args=[commune.commune.pk]), asked).status_code == status


def test_as_a_workbook(commune: Commune, client: Client) -> None:
    a_year(commune)
    client.force_login(commune.account("Nhung"))
    sent = {"tu": "01/01/2026", "den": "31/12/2026", "cay": "hom-nay"}
    answer = client.post(reverse("front:movement_workbook", args=[commune.commune.pk]), sent)
    book = openpyxl.load_workbook(BytesIO(answer.content))
    told = {str(row[0]).strip(): row[1] for row in book["Biểu tăng, giảm"].iter_rows(min_row=4, values_only=True)}
    assert told["Có đến hết ngày 31/12/2025"] == 15
    assert told["kết nạp"] == 1
    people = list(book["Từng người"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[3]) for row in people if row[0] == "Tăng"] == [
        ("Tăng", "kết nạp", "Lò Thị Mới"), ("Tăng", "chuyển đến từ ngoài đảng bộ", "Hà Văn Đến"),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="movement.given_out").count() == 1


def test_a_break_is_named(commune: Commune) -> None:
    a_year(commune)
    assert list(checks()) == []
    one, two = commune.person("Inh").pk, commune.person("Duyên").pk
    path = commune.na_loc.scope_path
    for person, during, told in (
        (one, DateRange(date(2024, 1, 1), date(2024, 6, 1)), {"way_in": "moved", "way_out": "moved"}),
        (two, DateRange(date(2024, 1, 1), date(2024, 6, 1)), {"way_in": "admitted"}),
    ):
        Belonging.objects.create(
            person_id=person, unit=commune.na_loc, during=during, scope_path=path, home_path=path, **told
        )
    found = [line for line in checks() if str(one) in line or str(two) in line]
    assert found == [
        f"Đảng viên {two}: ra khỏi danh sách ngày 01/06/2024 mà chưa ghi lý do.",
        f"Đảng viên {one}: chuyển đến ngày 01/01/2024 mà không có nơi đi.",
    ]


STEPS = st.lists(
    st.tuples(st.integers(0, 14), st.sampled_from(["move", "die", "new"]), st.integers(0, 300)), max_size=8
)
FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def live(commune: Commune, who: int, what: str, day: int) -> None:
    """One thing that happens to somebody, or nothing when it is refused."""
    cells = [commune.na_loc, commune.pom_khe, commune.khuoi_moc]
    person, on = sorted(commune.people.values(), key=lambda one: one.full_name)[who], FOUNDED + timedelta(days=1 + day)
    if what == "move":
        move_member(person, to=cells[(who + day) % 3], first=on, on=TODAY, by=MACHINE)
    elif what == "die":
        end_belonging(person, "died", last=on, on=TODAY, by=MACHINE)
    else:
        enter_member(f"Lò Văn Mới {day}", cells[day % 3], on=on, by=MACHINE, way_in="admitted")


@pytest.mark.sweep
def test_whatever_happened_it_balances(commune: Commune) -> None:
    @FEW
    @given(STEPS)
    def prove(steps: list[tuple[int, str, int]]) -> None:
        def act() -> None:
            for step in steps:
                with suppress(Refused):
                    live(commune, *step)
            units = (commune.province, commune.commune, commune.na_loc, commune.pom_khe, commune.khuoi_moc)
            starts = (FOUNDED, date(2025, 12, 1), date(2026, 6, 15))
            for unit, first, tree in product(units, starts, Tree):
                form(unit, tree, Period.days(first, date(2026, 7, 31)))

        undone(commune, act)

    prove()
