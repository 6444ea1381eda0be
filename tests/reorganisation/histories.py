"""Whatever may happen to a tree in a few months, thrown by dice; and pictures of it to hold against each other."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from chibo.cadres.models import Post
from chibo.figures.answers import Question, Tree
from chibo.figures.branches import standing_in
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import Refused
from chibo.kernel.periods import Period
from chibo.meetings.models import Charge, Meeting, Task
from chibo.membership.models import Belonging, Person, Standing
from chibo.membership.operations import NewMember, enter_members
from chibo.organisation.models import Locality, PathVersion, Placement, Service, Siting, Unit
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations import (
    end_unit,
    found,
    merge_units,
    move_unit,
    rename,
    split_unit,
    take_back,
    upgrade_cell,
)
from chibo.reorganisation.planning import NewUnit
from chibo.reorganisation.plans import Paper

Throw = tuple[str, int, int]
KINDS = ["split", "merge", "fuse", "move", "rename", "upgrade", "part", "join", "found", "end", "enter", "undo"]
THROW = st.tuples(st.sampled_from(KINDS), st.integers(0, 50), st.integers(0, 50))
STEPS = st.lists(THROW, min_size=1, max_size=6)


def thrown(examples: int) -> settings:
    """So many histories, each as slow as it is."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def day_of(step: int) -> date:
    """The day of a step."""
    return date(2025, 12, 1) + timedelta(days=30 * step)


def cells(on: date) -> list[Unit]:
    """Cells that stand on that day."""
    return [row.unit for row in Placement.objects.on(on).filter(kind="cell").select_related("unit").order_by("unit")]


def act(kind: str, one: int, two: int, step: int) -> None:
    """One random act. Raises Refused when it cannot be."""
    on = day_of(step)
    told: Any = {"paper": Paper(f"{step + 1:02d}-QĐ/TU", on, key=uuid.uuid4()), "on": on, "by": MACHINE}
    told["at"] = datetime.combine(on, time(20, 0), ZONE)
    here = cells(on)
    above = [row.unit for row in Placement.objects.on(on).exclude(kind="cell").select_related("unit").order_by("unit")]
    with transaction.atomic():
        _ACTS[kind](here[one % len(here)], here[two % len(here)], above[one % len(above)], above[two % len(above)],
                    two, step, told)  # fmt: skip


def _halves(cell: Unit, two: int, step: int, on: date) -> list[NewUnit]:
    people = sorted(Belonging.objects.on(on).filter(unit=cell, kind="official").values_list("person", flat=True))
    half = 3 + two % max(len(people) - 5, 1)  # three official members on either side, where there are so many
    return [NewUnit(f"Một {step}", people=frozenset(people[:half]), main=True),
            NewUnit(f"Hai {step}", people=frozenset(people[half:]))]  # fmt: skip


def _parts(committee: Unit, two: int, step: int, on: date) -> list[NewUnit]:
    below = sorted(Placement.objects.on(on).filter(parent=committee).values_list("unit", flat=True))
    cut = two % (len(below) + 1)
    return [NewUnit(f"Đảng bộ {step} A", units=frozenset(below[:cut]), main=two % 2 == 0),
            NewUnit(f"Đảng bộ {step} B", units=frozenset(below[cut:]), main=two % 2 == 1)]  # fmt: skip


def _undo(told: Any) -> None:
    newest = Decision.objects.standing().order_by("-at").first()
    if newest is not None:
        take_back(newest, why="typed_wrong", at=told["at"], by=MACHINE)


_ACTS: dict[str, Callable[..., Any]] = {
    "split": lambda a, b, c, d, n, k, t: split_unit(a, _halves(a, n, k, t["on"]), **t),
    "merge": lambda a, b, c, d, n, k, t: merge_units([a], b, **t),
    "fuse": lambda a, b, c, d, n, k, t: merge_units([a, b], NewUnit(f"Hợp {k}"), **t),
    "move": lambda a, b, c, d, n, k, t: move_unit(a, d, **t),
    "rename": lambda a, b, c, d, n, k, t: rename(a, f"Tên {k}", short_name="", **t),
    "upgrade": lambda a, b, c, d, n, k, t: upgrade_cell(
        a, "grassroots", _halves(a, n, k, t["on"]), name=f"Đảng bộ {k}", short_name="", **t
    ),
    "part": lambda a, b, c, d, n, k, t: split_unit(c, _parts(c, n, k, t["on"]), **t),
    "join": lambda a, b, c, d, n, k, t: merge_units([c], d, **t),
    "found": lambda a, b, c, d, n, k, t: found(d, NewUnit(f"Chi bộ {k}"), "cell", **t),
    "end": lambda a, b, c, d, n, k, t: end_unit(a, **t),
    "enter": lambda a, b, c, d, n, k, t: enter_members(
        [NewMember(f"Lò Văn Người {k}")], a, on=t["on"], by=MACHINE
    ),
    "undo": lambda a, b, c, d, n, k, t: _undo(t),
}  # fmt: skip


def run(steps: list[Throw], each: Callable[[int], None] = lambda number: None) -> None:
    """One step after the other, those that are refused left out; `each` hears of every step."""
    for number, (kind, one, two) in enumerate(steps):
        with contextlib.suppress(Refused):
            act(kind, one, two, number)
        each(number)


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
        "charges": sorted(Charge.objects.on(on).values_list("person", "unit")),
        "localities": sorted(Siting.objects.on(on).values_list("locality", "unit")),
        "served": sorted(Service.objects.on(on).values_list("locality", "cell")),
        "standings": Standing.objects.on(on).count(),
    }


def today() -> Any:
    """Where everything belongs today."""
    return {
        "people": sorted(Person.objects.values_list("pk", "scope_path", "guest_path")),
        "meetings": sorted(Meeting.objects.values_list("pk", "unit", "scope_path", "place_path")),
        "tasks": sorted(Task.objects.values_list("pk", "unit", "scope_path", "place_path")),
        "localities": sorted(Locality.objects.values_list("pk", "scope_path")),
        "units": sorted(Unit.objects.filter(paths__isnull=False).distinct().values_list("pk", "scope_path")),
    }


class Undone(Exception):
    """Roll one example back."""


def example(check: Callable[[], None]) -> None:
    """One history, gone afterwards."""
    try:
        with transaction.atomic():
            check()
            raise Undone
    except Undone:
        pass
