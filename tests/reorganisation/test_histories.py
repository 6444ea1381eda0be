"""Whatever happens to the tree: nobody in two cells or none, the past keeps its totals, what is undone is undone."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.cadres.models import Post
from chibo.figures.answers import Question, Tree
from chibo.figures.branches import standing_in
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import Refused
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting, Task
from chibo.membership.models import Belonging, Person, Standing
from chibo.membership.movement import PLACED, movement
from chibo.organisation.checks import checks
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.reorganisation.checks import checks as tree_checks
from chibo.reorganisation.models import Decision, Descent
from chibo.reorganisation.operations import merge_units, move_unit, rename, split_cell, take_back, upgrade_cell
from chibo.reorganisation.planning import NewUnit
from chibo.reorganisation.plans import Paper
from tests.commune import FOUNDED, Commune

pytestmark = pytest.mark.sweep

STEPS = st.lists(
    st.tuples(st.sampled_from(["split", "merge", "fuse", "move", "rename", "upgrade", "undo"]),
              st.integers(0, 50), st.integers(0, 50)),
    min_size=1, max_size=6,
)  # fmt: skip
ACTS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def day_of(step: int) -> date:
    return date(2025, 12, 1) + timedelta(days=30 * step)


def cells(on: date) -> list[Unit]:
    return [row.unit for row in Placement.objects.on(on).filter(kind="cell").select_related("unit").order_by("unit")]


def act(kind: str, one: int, two: int, step: int) -> None:
    """One random act, or none when it is refused."""
    on = day_of(step)
    told: Any = {"paper": Paper(f"{step + 1:02d}-QĐ/TU", on, key=uuid.uuid4()), "on": on, "by": MACHINE}
    told["at"] = datetime.combine(on, time(20, 0), ZONE)
    here = cells(on)
    cell, other = here[one % len(here)], here[two % len(here)]
    people = sorted(Belonging.objects.on(on).filter(unit=cell, kind="official").values_list("person", flat=True))
    half = 3 + two % max(len(people) - 5, 1)  # three official members on either side, where there are so many
    into = [NewUnit(f"Một {step}", people=frozenset(people[:half]), main=True),
            NewUnit(f"Hai {step}", people=frozenset(people[half:]))]  # fmt: skip
    above = Placement.objects.on(on).exclude(kind="cell").order_by("unit")
    target = above[two % len(above)].unit
    with transaction.atomic():
        match kind:
            case "split":
                split_cell(cell, into, **told)
            case "merge":
                merge_units([cell], other, **told)
            case "fuse":
                merge_units([cell, other], NewUnit(f"Hợp {step}"), **told)
            case "move":
                move_unit(cell, target, **told)
            case "rename":
                rename(cell, f"Tên {step}", short_name="", **told)
            case "upgrade":
                upgrade_cell(cell, "grassroots", into, name=f"Đảng bộ {step}", short_name="", **told)
            case _:
                newest = Decision.objects.standing().order_by("-at").first()
                if newest is not None:
                    take_back(newest, why="typed_wrong", at=told["at"], by=MACHINE)


def run(steps: list[tuple[str, int, int]]) -> None:
    for number, (kind, one, two) in enumerate(steps):
        try:
            act(kind, one, two, number)
        except Refused:
            continue


def members_by_place(on: date, tree: Tree, top: Unit) -> int:
    """Members of the branch on that day, on either tree."""
    question = Question(top, Period(on, on + timedelta(days=1)), tree, MACHINE, on)
    units = standing_in(question, on).values("unit")
    return Belonging.objects.on(on).filter(unit__in=units, kind=Belonging.OFFICIAL).count()


def picture(on: date) -> Any:
    """All that holds on a day, by what it says and not by which row says it."""
    return {
        "placements": sorted(Placement.objects.on(on).values_list("unit", "parent", "kind", "name")),
        "paths": sorted(PathVersion.objects.on(on).values_list("unit", "path")),
        "cells": sorted(Belonging.objects.on(on).values_list("person", "unit", "kind", "way_in")),
        "posts": sorted(Post.objects.on(on).values_list("person", "unit", "office")),
        "standings": Standing.objects.on(on).count(),
    }


def today() -> Any:
    return {
        "people": sorted(Person.objects.values_list("pk", "scope_path", "guest_path")),
        "meetings": sorted(Meeting.objects.values_list("pk", "unit", "scope_path", "place_path")),
        "tasks": sorted(Task.objects.values_list("pk", "unit", "scope_path", "place_path")),
        "units": sorted(Unit.objects.filter(paths__isnull=False).distinct().values_list("pk", "scope_path")),
    }


class Undone(Exception):
    """Roll one example back."""


def example(commune: Commune, check: Any) -> None:
    try:
        with transaction.atomic():
            check()
            raise Undone
    except Undone:
        pass


def test_nobody_is_in_two_cells_or_none(commune: Commune) -> None:
    @ACTS
    @given(STEPS)
    def prove(steps: list[tuple[str, int, int]]) -> None:
        def check() -> None:
            everybody = set(Person.objects.values_list("pk", flat=True))
            run(steps)
            for number in range(-1, len(steps) + 1):
                rows = Belonging.objects.on(day_of(number)).filter(kind=Belonging.OFFICIAL)
                counted = Counter(rows.values_list("person", flat=True))
                assert set(counted) == everybody
                assert set(counted.values()) == {1}
                standing = set(Placement.objects.on(day_of(number)).filter(kind="cell").values_list("unit", flat=True))
                assert set(rows.values_list("unit", flat=True)) <= standing
            assert list(checks()) == []
            assert list(tree_checks()) == []

        example(commune, check)

    prove()


def test_the_past_keeps_its_totals_and_the_whole_is_the_same_on_both_trees(commune: Commune) -> None:
    @ACTS
    @given(STEPS)
    def prove(steps: list[tuple[str, int, int]]) -> None:
        def check() -> None:
            tops = [commune.province, commune.commune, commune.other_commune]
            before = [members_by_place(FOUNDED, Tree.AS_WAS, unit) for unit in tops]
            seen = picture(FOUNDED)
            run(steps)
            assert picture(FOUNDED) == seen
            tops = [Unit.objects.get(pk=unit.pk) for unit in tops]
            assert [members_by_place(FOUNDED, Tree.AS_WAS, unit) for unit in tops] == before
            for number in range(-1, len(steps) + 1):
                whole = [members_by_place(day_of(number), tree, tops[0]) for tree in Tree]
                assert whole[0] == whole[1] == before[0]

        example(commune, check)

    prove()


def test_members_in_and_out_balance_on_either_tree(commune: Commune) -> None:
    @ACTS
    @given(STEPS)
    def prove(steps: list[tuple[str, int, int]]) -> None:
        def check() -> None:
            run(steps)
            tops = [Unit.objects.get(pk=u.pk) for u in (commune.province, commune.commune, commune.other_commune)]
            for top, tree, number in product([*tops, *cells(day_of(len(steps)))], Tree, range(len(steps) + 1)):
                period = Period(day_of(number) - timedelta(days=20), day_of(number + 1))
                form = movement(Question(top, period, tree, MACHINE, day_of(len(steps) + 1)))
                assert form.break_ == 0, (top, tree, period, form)
                assert tree is Tree.AS_WAS or not {PLACED} & {step.way for step in form.came + form.left}
                assert top != tops[0] or not form.came + form.left

        example(commune, check)

    prove()


def test_nobody_descends_from_themselves(commune: Commune) -> None:
    @ACTS
    @given(STEPS)
    def prove(steps: list[tuple[str, int, int]]) -> None:
        def check() -> None:
            run(steps)
            rows = Descent.objects.filter(decision__withdrawn_at=None).values_list("source", "heir")
            heirs: dict[int, set[int]] = {}
            for source, heir in rows:
                heirs.setdefault(source, set()).add(heir)
            for unit in list(heirs):
                reached, front = set(), {unit}
                while front:
                    front = {heir for each in front for heir in heirs.get(each, ())} - reached
                    reached |= front
                assert unit not in reached

        example(commune, check)

    prove()


def test_what_is_taken_back_never_was(commune: Commune) -> None:
    commune.meeting(month=date(2026, 12, 1))
    commune.meeting(commune.pom_khe, date(2026, 12, 1))

    @ACTS
    @given(st.lists(STEPS.map(lambda steps: steps[0]), max_size=2), STEPS.map(lambda steps: steps[0]))
    def prove(first: list[tuple[str, int, int]], last: tuple[str, int, int]) -> None:
        def check() -> None:
            run(first)
            number = len(first)
            days = [FOUNDED, day_of(number) - timedelta(days=1), day_of(number), day_of(number + 3)]
            before, now = [picture(day) for day in days], today()
            made = set(Decision.objects.values_list("pk", flat=True))
            try:
                act(*last, number)
            except Refused:
                return
            for decision in Decision.objects.exclude(pk__in=made):
                at = datetime.combine(day_of(number), time(21, 0), ZONE)
                take_back(decision, why="typed_wrong", at=at, by=MACHINE)
                assert [picture(day) for day in days] == before
                assert today() == now

        example(commune, check)

    prove()
