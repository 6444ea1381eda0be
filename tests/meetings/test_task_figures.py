"""Figures of tasks, thematic meetings, committees, members: sums of rows, on either tree, as of a day."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from chibo.figures.answers import Answer, Tree
from chibo.figures.door import catalogue, figure, figures
from chibo.front.links import row_address
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, plan_meeting
from chibo.organisation.models import Unit
from tests.commune import EVENING, TODAY, Commune
from tests.meetings.test_change_task import change
from tests.meetings.test_give_task import give
from tests.meetings.test_note_result import note

YEAR = Period.year(2026)


def ask(commune: Commune, code: str, by: str = "Páo", unit: Unit | None = None, period: Period = YEAR,
        tree: Tree = Tree.RESTATED, on: date = TODAY) -> Answer:  # fmt: skip
    """The figure for the commune this year, as its secretary asks today."""
    return figure(code, unit or commune.commune, period, tree, by=commune.actor(by), on=on)


def thematic(commune: Commune, day: date, unit: Unit | None = None, by: str = "Inh") -> Meeting:
    """A thematic meeting held on that day."""
    unit = unit or commune.na_loc
    plan = Plan(day, time(19, 30), theme="Học Bác")
    meeting = plan_meeting(unit, Meeting.THEMATIC, plan, key=uuid.uuid4(), by=MACHINE)
    commune.close(meeting, by, datetime.combine(day, time(21, 30), ZONE))
    return meeting


def test_open_and_overdue_are_counted_by_unit(commune: Commune) -> None:
    give(commune, due=TODAY - timedelta(days=1))
    give(commune)
    note(commune, give(commune))
    give(commune, "Liên", unit=commune.pom_khe, owner=None, due=None)
    opened, overdue = ask(commune, "tasks.open"), ask(commune, "tasks.overdue")
    assert [(part.name, part.numerator) for part in opened.children] == [("Bản Nà Lốc", 2), ("Bản Pom Khe", 1)]
    assert [(part.name, part.numerator) for part in overdue.children] == [("Bản Nà Lốc", 1), ("Bản Pom Khe", 0)]
    assert (opened.numerator, overdue.numerator, opened.value) == (3, 1, 3)
    assert (opened.done, opened.due) == (2, 3)  # with an owner and a day
    assert [row.state for row in overdue.rows] == ["overdue"]


def test_a_stock_is_read_on_the_last_day_of_its_period(commune: Commune) -> None:
    task = give(commune)
    note(commune, task, at=EVENING + timedelta(days=20))
    to_november = Period(date(2026, 1, 1), date(2026, 11, 11))
    later = date(2026, 12, 10)
    assert ask(commune, "tasks.open", period=to_november, on=later).numerator == 1
    assert ask(commune, "tasks.open", on=later).numerator == 0


def test_a_stock_of_the_past_knows_the_day_it_was_due_then(commune: Commune) -> None:
    task = give(commune, due=EVENING.date())
    change(commune, task, due=date(2026, 12, 20))
    fourth = Period(date(2026, 11, 1), date(2026, 11, 3))
    assert ask(commune, "tasks.overdue", period=fourth).numerator == 0
    assert ask(commune, "tasks.overdue").numerator == 0


def test_done_leaves_out_what_was_dropped(commune: Commune) -> None:
    note(commune, give(commune))
    note(commune, give(commune), "dropped", cause="Xã đã làm")
    give(commune)
    for tree in Tree:
        answer = ask(commune, "tasks.done", tree=tree)
        assert (answer.numerator, answer.denominator) == (1, 2), tree
    assert answer.exceptions == (("nhiệm vụ đã thôi, có lý do", 1),)


def test_members_with_a_task_are_counted_by_cell_only(commune: Commune) -> None:
    give(commune)
    give(commune)
    answer = ask(commune, "tasks.members")
    counted = {row.unit_name: (row.numerator, row.denominator) for row in answer.rows}
    assert counted == {"Bản Nà Lốc": (1, 9), "Bản Pom Khe": (0, 5)}  # one of ten is exempt
    assert not any(row.note for row in answer.rows)


def test_members_are_counted(commune: Commune) -> None:
    assert [part.numerator for part in ask(commune, "members.count").children] == [10, 5]
    assert ask(commune, "members.count", "Vân", commune.province).numerator == 20


def test_thematic_meetings_are_held_against_the_rule_of_each_quarter(commune: Commune) -> None:
    thematic(commune, date(2026, 5, 20))
    thematic(commune, date(2026, 10, 20))
    answer = ask(commune, "meetings.thematic")
    states = {(row.title, row.unit_name): row.state for row in answer.rows}
    assert states["Quý 2/2026", "Bản Nà Lốc"] == "met"
    assert states["Quý 1/2026", "Bản Nà Lốc"] == "short"
    assert states["Quý 4/2026", "Bản Nà Lốc"] == "met"
    assert states["Quý 4/2026", "Bản Pom Khe"] == "not_yet"  # the quarter still runs
    assert (answer.numerator, answer.denominator) == (2, 7)
    assert ask(commune, "meetings.thematic", period=Period.month(date(2026, 6, 1))).numerator == 1
    assert ask(commune, "meetings.thematic", tree=Tree.AS_WAS).numerator == 2


def test_quarters_nobody_knows_a_rule_for_do_not_count(commune: Commune) -> None:
    assert ask(commune, "meetings.thematic", period=Period.year(2016)).due == 0


def test_every_row_opens(commune: Commune) -> None:
    give(commune)
    thematic(commune, date(2026, 10, 20))
    for code in catalogue():
        for row in ask(commune, code).rows:
            assert row_address(row).startswith("/"), code


def test_totals_are_the_sums_of_rows_and_parts(commune: Commune) -> None:
    give(commune)
    thematic(commune, date(2026, 10, 20))
    commune.close(commune.meeting())
    for code in catalogue():
        for tree in Tree:
            answer = ask(commune, code, tree=tree)
            for side in ("numerator", "denominator", "done", "due"):
                total = getattr(answer, side)
                assert total == sum(getattr(row, side) for row in answer.rows), (code, side)
                assert total == sum(getattr(part, side) for part in answer.children), (code, side)


def test_only_what_one_may_see_counts(commune: Commune) -> None:
    give(commune)
    other = ask(commune, "tasks.open", "Sơn", commune.na_loc)
    assert (other.numerator, other.rows) == (0, ())


def test_figures_asked_together_read_once(commune: Commune, queries: object) -> None:
    give(commune)
    commune.close(commune.meeting())
    actor = commune.actor("Páo")
    codes = ["meetings.held", "meetings.attendance", "tasks.open", "tasks.overdue", "meetings.thematic",
             "meetings.committee_held", "members.count"]  # fmt: skip
    for _ in range(2):
        with queries(7):  # type: ignore[operator]  # children, meetings, tasks, thematic and who writes elsewhere, cells, members
            figures(codes, commune.commune, YEAR, Tree.RESTATED, by=actor, on=TODAY)
        give(commune, "Liên", unit=commune.pom_khe, owner=None)
        thematic(commune, date(2026, 10, 20))
