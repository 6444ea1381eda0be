"""Whatever happens to the tree: nobody in two cells or none, the past keeps its totals, what is undone is undone."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.figures.answers import Question, Tree
from chibo.figures.checks import checks as sum_checks
from chibo.figures.tallies import fold
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import Refused
from chibo.kernel.paths import unit_ids
from chibo.kernel.periods import Period
from chibo.meetings.operations import assign_charge
from chibo.membership.models import Belonging, Person
from chibo.membership.movement import PLACED, movement
from chibo.organisation.checks import checks
from chibo.organisation.models import Locality, PathVersion, Placement, Siting, Unit
from chibo.organisation.operations import NewLocality, register_locality
from chibo.reorganisation.checks import checks as tree_checks
from chibo.reorganisation.models import Decision, Descent
from chibo.reorganisation.operations import take_back
from tests.commune import FOUNDED, Commune
from tests.figures.test_door import close, planned
from tests.figures.test_tallies import from_the_registers
from tests.figures.test_tallies import told as told_of
from tests.reorganisation.histories import (
    STEPS,
    THROW,
    Throw,
    act,
    cells,
    day_of,
    example,
    members_by_place,
    picture,
    run,
    thrown,
    today,
)

pytestmark = pytest.mark.sweep
HOW_MANY = pytest.mark.parametrize(
    "many", [12, pytest.param(250, marks=[pytest.mark.long, pytest.mark.timeout(3000)])], ids=["few", "many"]
)


@pytest.fixture(autouse=True)
def furnished(commune: Commune) -> None:
    """Villages with the cells that serve them, and who of the committee looks after them."""
    for name, cell in (("Nà Lốc", commune.na_loc), ("Pom Khe", commune.pom_khe), ("Hang Dơi", None)):
        register_locality(NewLocality("hamlet", name, cell=cell), commune.commune, on=FOUNDED, by=MACHINE)
    leader = commune.person("Páo").pk
    assign_charge(leader, [commune.na_loc, commune.pom_khe], first=FOUNDED, last=None, by=MACHINE)


@HOW_MANY
def test_nobody_is_in_two_cells_or_none(commune: Commune, many: int) -> None:
    @thrown(many)
    @given(STEPS)
    def prove(steps: list[Throw]) -> None:
        def check() -> None:
            there: list[set[Any]] = []
            run(steps, lambda number: there.append(set(Person.objects.values_list("pk", flat=True))))
            for number, everybody in enumerate(there):
                rows = Belonging.objects.on(day_of(number)).filter(kind=Belonging.OFFICIAL)
                counted = Counter(rows.values_list("person", flat=True))
                assert set(counted) == everybody
                assert set(counted.values()) == {1}
                standing = set(Placement.objects.on(day_of(number)).filter(kind="cell").values_list("unit", flat=True))
                assert set(rows.values_list("unit", flat=True)) <= standing
            assert list(checks()) == []
            assert list(tree_checks()) == []

        example(check)

    prove()


@HOW_MANY
def test_no_act_changes_what_was_before_it(commune: Commune, many: int) -> None:
    """As it was: every day before the last act, with its totals, reads as it read when it was the last day."""

    @thrown(many)
    @given(STEPS)
    def prove(steps: list[Throw]) -> None:
        def check() -> None:
            seen: dict[date, Any] = {}

            def look(number: int) -> None:
                back = Decision.objects.filter(withdrawn_at__isnull=False).values_list("effective_on", flat=True)
                for day in [day for day in seen if any(day >= undone for undone in back)]:
                    seen.pop(day)  # what was taken back never was
                for day, told in seen.items():
                    assert _asked(day) == told, day
                for day in (FOUNDED, day_of(number) + timedelta(days=1)):
                    seen.setdefault(day, _asked(day))

            look(-1)
            run(steps, look)

        example(check)

    prove()


def _asked(day: date) -> Any:
    standing = Unit.objects.filter(placements__during__contains=day).order_by("pk")
    return picture(day), [(unit.pk, members_by_place(day, Tree.AS_WAS, unit)) for unit in standing]


@HOW_MANY
def test_the_whole_is_the_same_on_both_trees(commune: Commune, many: int) -> None:
    """Restated totals are the as-of totals of the whole, and those of its parts add up to it."""

    @thrown(many)
    @given(STEPS)
    def prove(steps: list[Throw]) -> None:
        def check() -> None:
            run(steps)
            top = Unit.objects.get(pk=commune.province.pk)
            for number in range(-1, len(steps) + 1):
                day = day_of(number)
                everybody = Belonging.objects.on(day).filter(kind=Belonging.OFFICIAL).count()
                assert [members_by_place(day, tree, top) for tree in Tree] == [everybody] * 2
                last = Placement.objects.on(day_of(len(steps))).filter(parent=top).values_list("unit", flat=True)
                parts = [members_by_place(day, Tree.RESTATED, unit) for unit in Unit.objects.filter(pk__in=last)]
                left = _hung_at(top, set(last), day)
                assert sum(parts) + left == everybody

        example(check)

    prove()


def _hung_at(top: Unit, below: set[int], day: date) -> int:
    """Members of units that were split, and so restate at the unit above their heirs (decision 13)."""
    rows = Belonging.objects.on(day).filter(kind=Belonging.OFFICIAL).values_list("unit__scope_path", flat=True)
    return sum(1 for path in rows if not below & set(unit_ids(path)))


@HOW_MANY
def test_members_in_and_out_balance_on_either_tree(commune: Commune, many: int) -> None:
    @thrown(many)
    @given(STEPS)
    def prove(steps: list[Throw]) -> None:
        def check() -> None:
            run(steps)
            tops = [Unit.objects.get(pk=u.pk) for u in (commune.province, commune.commune, commune.other_commune)]
            for top, tree, number in product([*tops, *cells(day_of(len(steps)))], Tree, range(len(steps) + 1)):
                period = Period(day_of(number) - timedelta(days=20), day_of(number + 1))
                form = movement(Question(top, period, tree, MACHINE, day_of(len(steps) + 1)))
                assert form.break_ == 0, (top, tree, period, form)
                assert tree is Tree.AS_WAS or not {PLACED} & {step.way for step in form.came + form.left}

        example(check)

    prove()


@HOW_MANY
def test_nobody_descends_from_themselves(commune: Commune, many: int) -> None:
    @thrown(many)
    @given(STEPS)
    def prove(steps: list[Throw]) -> None:
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

        example(check)

    prove()


@HOW_MANY
def test_what_stands_hangs_together(commune: Commune, many: int) -> None:
    """Today's path of a unit is its path of today; nothing that stands hangs below what ended; each village lies once,
    where its facts are."""

    @thrown(many)
    @given(STEPS)
    def prove(steps: list[Throw]) -> None:
        def check() -> None:
            run(steps)
            day = day_of(len(steps))
            standing = {row.unit_id: row for row in Placement.objects.on(day)}
            for unit, path, today_path in PathVersion.objects.on(day).values_list("unit", "path", "unit__scope_path"):
                assert path == today_path
                assert all(above in standing for above in unit_ids(path))
                assert unit_ids(path)[-2:-1] == ([standing[unit].parent_id] if standing[unit].parent_id else [])
            for locality in Locality.objects.all():
                siting = Siting.objects.on(day).get(locality=locality)
                assert siting.unit_id in standing
                assert locality.scope_path.startswith(siting.unit.scope_path)
                for fact in (*locality.services.on(day), *locality.tags.on(day)):
                    assert fact.scope_path.startswith(siting.unit.scope_path)

        example(check)

    prove()


@HOW_MANY
def test_what_is_taken_back_never_was(commune: Commune, many: int) -> None:
    commune.meeting(month=date(2026, 12, 1))
    commune.meeting(commune.pom_khe, date(2026, 12, 1))

    @thrown(many * 2)
    @given(st.lists(THROW, max_size=2), THROW)
    def prove(first: list[Throw], last: Throw) -> None:
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

        example(check)

    prove()


@HOW_MANY
def test_the_sums_kept_follow_every_act(commune: Commune, many: int) -> None:
    """Months of meetings beneath a changing tree: on either tree the door says the same with and without them."""

    @thrown(many)
    @given(STEPS, st.integers(0, 5))
    def prove(steps: list[Throw], fold_after: int) -> None:
        def check() -> None:
            def meet(number: int) -> None:
                for meeting in planned([], day_of(number).replace(day=1))[: number + 3]:
                    close(meeting, 3 + number, 1)
                if number == fold_after:
                    fold()
                assert list(sum_checks()) == []

            run(steps, meet)
            last = day_of(len(steps))
            for unit, tree in product(Unit.objects.all(), Tree):
                asked = (unit, Period.days(FOUNDED, last), tree)
                assert told_of(*asked, on=last) == from_the_registers(*asked, on=last)

        example(check)

    prove()
