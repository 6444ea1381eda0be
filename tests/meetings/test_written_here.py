"""Sinh hoạt ghi ở đây từ tháng nào, tháng nào còn ghi ở nơi khác."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.kernel.periods import Period
from chibo.ledger.models import Entry
from chibo.meetings.beginning import cells_written_elsewhere, written_rows
from chibo.meetings.models import Meeting, WrittenElsewhere
from chibo.meetings.operations import make_calendar, say_written_elsewhere, say_written_here
from tests.commune import TODAY, Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn

AUGUST, OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (8, 10, 11, 12))
AT = datetime.combine(TODAY, time(9), ZONE)


def elsewhere(commune: Commune, *units: str, month: date = AUGUST, by: str = "Nhung") -> list[WrittenElsewhere]:
    cells = [getattr(commune, unit) for unit in units]
    return say_written_elsewhere(cells, month=month, on=TODAY, by=commune.actor(by))


def here(commune: Commune, *units: str, month: date = OCTOBER) -> list[Meeting]:
    cells = [getattr(commune, unit) for unit in units]
    return say_written_here(cells, month=month, on=TODAY, by=commune.actor("Nhung"))


def months_of(commune: Commune, unit: str) -> list[int]:
    rows = Meeting.objects.filter(unit=getattr(commune, unit), kind=Meeting.ORDINARY).order_by("month")
    return [month.month for month in rows.values_list("month", flat=True)]


def test_the_calendar_plans_nothing_for_a_cell_that_writes_elsewhere(commune: Commune) -> None:
    elsewhere(commune, "na_loc")
    make_calendar(NOVEMBER, at=AT, by=MACHINE)
    assert months_of(commune, "na_loc") == []
    assert months_of(commune, "pom_khe") == [11]


def test_meetings_nobody_wrote_about_leave_the_calendar(commune: Commune) -> None:
    for month in (OCTOBER, NOVEMBER):
        make_calendar(month, at=AT, by=MACHINE)
    elsewhere(commune, "na_loc", month=NOVEMBER)
    assert months_of(commune, "na_loc") == [10]
    assert months_of(commune, "pom_khe") == [10, 11]
    entry = Entry.objects.get(verb="meetings.written_elsewhere")
    assert entry.touches.filter(kind="meetings.meeting").count() == 1


def test_what_was_written_stays_and_is_named(commune: Commune) -> None:
    commune.close(commune.meeting())
    with refused("meetings_written_since", cell="Bản Nà Lốc", month="tháng 11/2026"):
        elsewhere(commune, "na_loc", "pom_khe")
    assert not WrittenElsewhere.objects.exists()  # and nothing of it was done for the other cell


def test_from_a_month_on_they_are_written_here(commune: Commune) -> None:
    elsewhere(commune, "na_loc", "pom_khe")
    made = here(commune, "na_loc")
    assert [row.month for row in made] == [OCTOBER, NOVEMBER]
    assert months_of(commune, "na_loc") == [10, 11]
    row = WrittenElsewhere.objects.get(unit=commune.na_loc)
    assert (row.during.lower, row.during.upper) == (AUGUST, OCTOBER)
    assert WrittenElsewhere.objects.get(unit=commune.pom_khe).during.upper is None
    with refused("written_here_already"):
        here(commune, "na_loc")


def test_said_by_mistake_it_is_as_if_nothing_was_said(commune: Commune) -> None:
    make_calendar(NOVEMBER, at=AT, by=MACHINE)
    elsewhere(commune, "na_loc", month=NOVEMBER)
    here(commune, "na_loc", month=NOVEMBER)
    assert months_of(commune, "na_loc") == [11]
    assert not WrittenElsewhere.objects.exists()


def test_what_is_refused(commune: Commune) -> None:
    with pytest.raises(NoPower):
        elsewhere(commune, "na_loc", by="Inh")
    with refused("no_cell_chosen"):
        elsewhere(commune)
    with refused("not_a_cell"):
        elsewhere(commune, "commune")
    with refused("month_too_far"):
        elsewhere(commune, "na_loc", month=date(2027, 2, 1))
    elsewhere(commune, "na_loc", month=DECEMBER)
    with refused("written_elsewhere_later", month="tháng 12/2026"):
        elsewhere(commune, "na_loc", month=NOVEMBER)
    with refused("written_elsewhere_already"):
        elsewhere(commune, "na_loc", month=DECEMBER)
    with refused("month_too_far"):
        here(commune, "na_loc", month=date(2025, 8, 1))


def test_no_theme_is_missing_where_minutes_are_kept_elsewhere(commune: Commune) -> None:
    def short() -> set[int]:
        answer = figure("meetings.thematic", commune.commune, Period.year(2026), Tree.RESTATED, by=MACHINE, on=TODAY)
        return {row.unit_id for row in answer.rows}

    assert short() == {commune.na_loc.pk, commune.pom_khe.pk}
    elsewhere(commune, "na_loc", month=date(2025, 9, 1))
    assert short() == {commune.pom_khe.pk}


def test_counted_by_the_unit_right_below(commune: Commune) -> None:
    elsewhere(commune, "na_loc")
    below_province = written_rows(commune.province, by=MACHINE, on=TODAY)
    assert [(row.name, row.cells, row.elsewhere, row.since) for row in below_province] == [
        ("Xã Huổi Lam", 2, 1, AUGUST), ("Xã Nậm Sen", 1, 0, None),
    ]  # fmt: skip
    assert cells_written_elsewhere(commune.province, NOVEMBER, by=MACHINE) == 1
    assert cells_written_elsewhere(commune.province, date(2026, 7, 1), by=MACHINE) == 0
    assert [row.unit_id for row in written_rows(commune.na_loc, by=MACHINE, on=TODAY)] == [commune.na_loc.pk]


def test_the_office_says_so_on_a_page_and_the_board_does_not_wait(commune: Commune, sign_in: SignIn) -> None:
    make_calendar(NOVEMBER, at=AT, by=MACHINE)
    nhung, page = sign_in("Nhung"), f"/don-vi/{commune.commune.pk}/noi-ghi-sinh-hoat/"
    assert page in nhung.get(f"/don-vi/{commune.commune.pk}/").text
    assert "2/2 chi bộ ghi sinh hoạt ở đây" in nhung.get(page).text
    answer = nhung.post(page, {"part": str(commune.na_loc.pk), "where": "elsewhere"})
    assert answer.status_code == 422
    assert "Chọn một tháng trong danh sách" in answer.text
    answer = nhung.post(page, {"part": str(commune.na_loc.pk), "month": "2026-11-01"})
    assert "Chưa chọn sinh hoạt được ghi ở đây hay ở nơi khác" in answer.text
    assert "checked" in answer.text  # what was ticked is ticked still
    answer = nhung.post(page, {"part": str(commune.na_loc.pk), "month": "2026-11-01", "where": "elsewhere"})
    assert answer.status_code == 302
    assert "1/2 chi bộ còn ghi sinh hoạt ở nơi khác" in nhung.get(page).text
    board = nhung.get(f"/bang-thang/{commune.commune.pk}/").text
    assert "0/1 chi bộ đã sinh hoạt" in board
    assert "1 chi bộ còn ghi sinh hoạt ở nơi khác" in board


def test_who_leads_a_cell_does_not_say_so(commune: Commune, sign_in: SignIn) -> None:
    assert sign_in("Inh").get(f"/don-vi/{commune.na_loc.pk}/noi-ghi-sinh-hoat/").status_code == 403
