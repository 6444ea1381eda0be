"""Whatever two records of one person say: what is merged and split again is as before, and no day loses a member."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import Refused
from chibo.meetings.models import Task
from chibo.meetings.operations import NewTask, give_task
from chibo.membership.checks import checks
from chibo.membership.models import Absence, Belonging, Merging, Person, Standing
from chibo.membership.operations import (
    NewMember,
    correct_belonging,
    end_belonging,
    enter_members,
    leave_out,
    note_particulars,
    send_temporarily,
)
from chibo.reorganisation.joining import TABLES
from chibo.reorganisation.operations import merge_people, split_again
from tests.commune import EVENING, FOUNDED, TODAY, Commune

pytestmark = pytest.mark.sweep

FACTS = st.lists(
    st.tuples(st.sampled_from(["cell", "left", "absence", "guest", "post", "field", "birth", "task"]),
              st.integers(0, 12), st.integers(0, 12), st.booleans()),
    max_size=5,
)  # fmt: skip
SIDES = st.sampled_from(["kept", "merged"])
ACTS = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def day(months: int) -> date:
    return FOUNDED + timedelta(days=31 * months)


def live(commune: Commune, person: Person, facts: list[tuple[str, int, int, bool]]) -> None:
    """Write what can be written; what is refused was not to be."""
    for kind, first, length, other in facts:
        last = day(first + length) if length % 3 else None
        try:
            with transaction.atomic():
                write(commune, person, kind, day(first), last, other=other)
        except Refused:
            continue


def write(commune: Commune, person: Person, kind: str, first: date, last: date | None, *, other: bool) -> None:
    unit = commune.pom_khe if other else commune.na_loc
    told: dict[str, Any] = {"first": first, "last": last, "by": MACHINE}
    wrong: dict[str, Any] = {"why": "typed_wrong", "at": EVENING}
    match kind:
        case "cell":
            row = Belonging.objects.live().get(person=person, kind=Belonging.OFFICIAL)
            correct_belonging(row, unit=unit, first=first, last=None, by=MACHINE, **wrong)
        case "left":
            end_belonging(person, "died", last=first, on=TODAY, by=MACHINE)
        case "absence":
            leave_out(person, Absence.KINDS[other][0], **told)
        case "guest":
            send_temporarily(person, to=None, on=TODAY, **told)
        case "post":
            appoint(person, Office.CELL_COMMITTEE, unit, on=first, until=last, by=MACHINE)
        case "task":
            task = NewTask("Sửa đường", person.pk)
            give_task(commune.na_loc, task, key=uuid.uuid4(), at=EVENING, by=MACHINE, by_name="Máy")
        case _:
            value = {"field": {"occupation": f"Việc {other}"}, "birth": {"birth": "1970" if other else "1971"}}[kind]
            note_particulars({person: value}, first=first, at=EVENING, by=MACHINE)


def dump(*people: Person) -> Any:
    """All that holds of them, by what it says and not by which row says it."""
    told: dict[str, Any] = {}
    for model in TABLES:
        columns = [f.attname for f in model._meta.concrete_fields if not f.primary_key and "withdrawn" not in f.name]
        rows = model.objects.live().filter(person__in=people).values_list(*columns)
        told[model.__name__] = sorted(map(repr, rows))
    told["people"] = sorted(Person.objects.filter(pk__in=[p.pk for p in people]).values_list(), key=repr)
    told["tasks"] = sorted(Task.objects.filter(owner__in=people).values_list("pk", "owner"), key=repr)
    return told


def belonging(people: tuple[Person, ...], on: date) -> set[tuple[int | None]]:
    """Cells that count one of them as a member that day; of one person there is one."""
    rows = Belonging.objects.on(on).filter(person__in=people, kind=Belonging.OFFICIAL)
    return set(rows.values_list("unit"))


class Undone(Exception):
    """Roll one example back."""


@given(ours=FACTS, theirs=FACTS, first=st.integers(0, 10), sides=st.tuples(*[SIDES] * 4))
@ACTS
def play(commune: Commune, seen: list[str], ours: Any, theirs: Any, first: int, sides: tuple[str, ...]) -> None:
    try:
        with transaction.atomic():
            check(commune, seen, ours, theirs, first, sides)
            raise Undone
    except Undone:
        pass


def check(commune: Commune, seen: list[str], ours: Any, theirs: Any, first: int, sides: tuple[str, ...]) -> None:
    kept = commune.person("Khiêm")
    row = NewMember("Hà Văn Khiểm", Standing.OFFICIAL)
    merged = enter_members([row], commune.na_loc, on=day(first), by=MACHINE)[0]
    live(commune, kept, ours)
    live(commune, merged, theirs)
    both = (kept, merged)
    days = [day(n) + timedelta(days=shift) for n in range(-1, 20) for shift in (0, 1)]
    before, counted = dump(*both), {on: belonging(both, on) for on in days}
    choices = dict(zip(["full_name", "standing", "occupation", "birth"], sides, strict=True))
    try:
        with transaction.atomic():
            merging = merge_people(kept, merged, choices, key=uuid.uuid4(), at=EVENING, by=MACHINE)
    except Refused as refusal:
        seen.append(refusal.code)
        assert refusal.code in {"two_cells", "standing_gap", "born_after_joining", "guest_at_home"}
        assert dump(*both) == before
        return
    seen.append("merged")
    assert {on: belonging(both, on) for on in days} == counted
    assert all(Belonging.objects.on(on).filter(person__in=both, kind="official").count() <= 1 for on in days)
    assert not any(model.objects.live().filter(person=merged).exists() for model in TABLES)
    assert not Task.objects.filter(owner=merged).exists()
    assert list(checks()) == []
    split_again(merging, why="did_not_happen", at=EVENING, by=MACHINE)
    assert dump(*both) == before
    assert list(checks()) == []
    assert not Merging.objects.standing().exists()


def test_merged_and_split_again_is_as_before_and_no_day_loses_a_member(commune: Commune) -> None:
    seen: list[str] = []
    play(commune, seen)
    assert "merged" in seen
