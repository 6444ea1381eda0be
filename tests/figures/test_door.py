"""Số liệu: the door's answers against a recount by hand, on the tree of that day and on today's tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.figures.answers import Answer, Tree
from chibo.figures.door import catalogue, declared, figure, figures
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.paths import segment
from chibo.kernel.periods import Period
from chibo.meetings.models import Closure, Meeting
from chibo.meetings.operations import make_calendar
from chibo.membership.models import Belonging
from chibo.membership.operations import end_belonging, move_member
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.organisation.operations import found_unit
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

MOVED = date(2026, 10, 15)
MONTHS = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
AUTUMN = Period(MONTHS[0], date(2026, 12, 1))
CODES = ["meetings.held", "meetings.attendance"]


def move_unit(unit: Unit, to: Unit, on: date) -> None:
    """What a reorganisation does to a cell: its placement, its path, and where all its rows belong today."""
    old, stood = Placement.objects.on(on).get(unit=unit), PathVersion.objects.on(on).get(unit=unit)
    path = to.scope_path + segment(unit.pk)
    for row in (old, stood):
        row.during = (row.during.lower, on)
        row.save(update_fields=["during"])
    Placement.objects.create(
        unit=unit, parent=to, kind=old.kind, name=old.name, short_name=old.short_name, sort_key=old.sort_key,
        during=(on, None), scope_path=path,
    )  # fmt: skip
    PathVersion.objects.create(unit=unit, path=path, during=(on, None), scope_path=path)
    for model in (Unit, Placement, PathVersion, Meeting, Closure, Belonging):
        column = {Unit: "pk", Closure: "meeting__unit"}.get(model, "unit")
        model.objects.filter(**{column: unit.pk}).update(scope_path=path)
    unit.refresh_from_db()


def planned(units: list[Unit], month: date) -> list[Meeting]:
    make_calendar(month, at=EVENING, by=MACHINE)
    return list(Meeting.objects.filter(month=month, unit__in=units).order_by("unit"))


def close(meeting: Meeting, present: int, absent: int) -> None:
    """A closure with those numbers; what the sheet does is told elsewhere."""
    Closure.objects.create(
        meeting=meeting, key=meeting.pk, held_on=meeting.planned_on, started="19:30", ended="21:15", roll=[],
        total=present + absent, expected=present + absent, present=present, late=0, excused=0, unexcused=absent,
        not_counted=0, at=EVENING, scope_path=meeting.scope_path, place_path=meeting.place_path,
    )  # fmt: skip


@dataclass
class Recount:
    """The same numbers by walking the facts one by one."""

    superior: dict[tuple[int, date], int | None]
    held: dict[tuple[int, date], tuple[int, int] | None] = field(default_factory=dict)

    def inside(self, cell: int, branch: int, day: date) -> bool:
        at: int | None = cell
        while at is not None:
            if at == branch:
                return True
            at = self.superior[at, day]
        return False

    def of(self, code: str, branch: int, tree: Tree) -> tuple[int, int]:
        numerator = denominator = 0
        for (cell, day), closed in self.held.items():
            if not self.inside(cell, branch, TODAY if tree is Tree.RESTATED else day):
                continue
            if code == "meetings.held":
                numerator, denominator = numerator + (closed is not None), denominator + (day <= TODAY)
            elif closed:
                numerator, denominator = numerator + closed[0], denominator + sum(closed)
        return numerator, denominator


def recount() -> Recount:
    days = {*Meeting.objects.values_list("planned_on", flat=True), TODAY}
    superior = {(p.unit_id, day): p.parent_id for day in days for p in Placement.objects.all() if day in p.during}
    book = Recount(superior)
    for meeting in Meeting.objects.select_related("closure"):
        closed = getattr(meeting, "closure", None)
        numbers = (closed.present, closed.expected - closed.present) if closed else None
        book.held[meeting.unit_id, meeting.planned_on] = numbers
    return book


def whole(answer: Answer) -> bool:
    """Rows make the number, children make the number, and so does how complete it is."""
    sums = [(sum(r.numerator for r in part), sum(r.denominator for r in part), sum(r.done for r in part),
             sum(r.due for r in part)) for part in (answer.rows, answer.children)]  # fmt: skip
    said = (answer.numerator, answer.denominator, answer.done, answer.due)
    return sums[0] == said and (not answer.children or sums[1] == said)


NUMBERS = st.none() | st.tuples(st.integers(0, 9), st.integers(0, 3)).filter(any)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(NUMBERS, min_size=9, max_size=9), day=st.sampled_from([MOVED, date(2026, 9, 2), TODAY]))
def test_every_branch_on_both_trees(commune: Commune, numbers: list[Any], day: date) -> None:
    with transaction.atomic():
        autumn_with_a_move(commune, numbers, day)
        book = recount()
        for unit, tree in product(Unit.objects.all(), Tree):
            for code, answer in figures(CODES, unit, AUTUMN, tree, by=MACHINE, on=TODAY).items():
                assert (answer.numerator, answer.denominator) == book.of(code, unit.pk, tree), (code, tree)
                assert whole(answer)
        transaction.set_rollback(True)


def autumn_with_a_move(commune: Commune, numbers: list[Any], day: date) -> None:
    """Three months of three cells; one of them moves to the other commune on that day."""
    pom_khe, moved = Unit.objects.get(pk=commune.pom_khe.pk), False
    for place, month in enumerate([*MONTHS, date(2026, 12, 1)]):
        if day <= month.replace(day=3) and not moved:
            move_unit(pom_khe, commune.other_commune, day)
            moved = True
        if month in MONTHS:
            cells = [commune.na_loc, pom_khe, commune.khuoi_moc]
            for meeting, closed in zip(planned(cells, month), numbers[3 * place :], strict=False):
                if closed:
                    close(meeting, *closed)


def test_a_cell_that_left_is_still_a_child_of_the_months_it_was(commune: Commune) -> None:
    for month in MONTHS:
        planned([], month)
    move_unit(commune.pom_khe, commune.other_commune, MOVED)
    names = {}
    for tree in Tree:
        answer = figure("meetings.held", commune.commune, AUTUMN, tree, by=MACHINE, on=TODAY)
        names[tree] = {child.name: child.due for child in answer.children}
        assert whole(answer)
    assert names == {Tree.AS_WAS: {"Bản Nà Lốc": 3, "Bản Pom Khe": 3}, Tree.RESTATED: {"Bản Nà Lốc": 3}}
    # its meeting of November was planned while it stood here, and is told where it was
    (row,) = [r for r in answer.rows if r.unit_name == "Bản Nà Lốc" and r.month == MONTHS[2]]
    assert row.child_id == commune.na_loc.pk


def test_a_cell_that_became_a_superior_keeps_its_own_meetings(commune: Commune) -> None:
    planned([], MONTHS[0])
    found_unit("Chi bộ tổ 1", kind="cell", parent=commune.na_loc, on=MOVED, by=MACHINE, short_name="Tổ 1")
    planned([], MONTHS[2])
    answer = figure("meetings.held", commune.na_loc, AUTUMN, Tree.RESTATED, by=MACHINE, on=TODAY)
    assert {child.name: child.due for child in answer.children} == {"Bản Nà Lốc": 2, "Tổ 1": 1}
    assert whole(answer)


def test_what_is_not_due_yet_is_not_missing(commune: Commune) -> None:
    planned([], MONTHS[2])
    for day, due in ((date(2026, 11, 2), 0), (date(2026, 11, 3), 2)):
        answer = figure("meetings.held", commune.commune, AUTUMN, Tree.RESTATED, by=MACHINE, on=day)
        assert (answer.done, answer.due, answer.value) == (0, due, None if not due else 0)


def test_only_rows_in_sight_count(commune: Commune) -> None:
    for meeting in planned([commune.na_loc, commune.pom_khe, commune.khuoi_moc], MONTHS[2]):
        close(meeting, 4, 1)

    def ask(actor: Actor) -> tuple[int, int]:
        answer = figure("meetings.attendance", commune.province, AUTUMN, Tree.RESTATED, by=actor, on=TODAY)
        assert whole(answer)
        return answer.numerator, answer.denominator

    assert ask(commune.actor("Vân")) == (12, 15)
    assert ask(commune.actor("Páo")) == (8, 10)
    assert ask(commune.actor("Inh")) == (4, 5)
    assert ask(commune.actor("Khiêm")) == (0, 0)


def test_members_counted_follow_moves_and_leavings(commune: Commune) -> None:
    move_member(commune.person("Khiêm"), to=commune.pom_khe, first=MOVED, on=TODAY, by=MACHINE)
    end_belonging(commune.person("Hoa"), "died", last=MOVED, on=TODAY, by=MACHINE)

    def members(unit: Unit, last: date) -> int:
        answer = figure("members.count", unit, Period.days(FOUNDED, last), Tree.RESTATED, by=MACHINE, on=TODAY)
        assert whole(answer)
        return answer.numerator

    assert [members(u, FOUNDED) for u in (commune.na_loc, commune.pom_khe, commune.province)] == [10, 5, 20]
    assert [members(u, MOVED) for u in (commune.na_loc, commune.pom_khe)] == [9, 6]
    assert [members(u, TODAY) for u in (commune.na_loc, commune.pom_khe, commune.province)] == [8, 6, 19]


def test_a_figure_nobody_declared_is_refused(commune: Commune) -> None:
    with refused("unknown_figure", figure="meetings.opinions"):
        figure("meetings.opinions", commune.na_loc, AUTUMN, Tree.AS_WAS, by=MACHINE, on=TODAY)


@pytest.mark.parametrize("tree", Tree)
def test_all_figures_in_one_question_say_what_each_says_alone(commune: Commune, tree: Tree) -> None:
    commune.close(commune.meeting())
    asked = {"unit": commune.commune, "period": AUTUMN, "tree": tree, "by": commune.actor("Páo"), "on": TODAY}

    def said(answer: Answer) -> Any:
        return answer.numerator, answer.denominator, answer.children, answer.rows

    together = figures(catalogue(), **asked)
    for code in catalogue():
        assert said(together[code]) == said(figure(code, **asked)), code


@pytest.mark.parametrize("code", sorted(declared()))
def test_every_figure_says_what_it_counts(code: str) -> None:
    each = declared()[code]
    assert each.definition.endswith(".")
    assert each.name
    assert each.unit_of_measure
