"""What a person's row says of today follows the dated facts: at once when they change, by the calendar when they
start or end by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.membership.models import Absence, Apart, Belonging, Merging, Particular, Person, Standing

_FOLLOWING = ["scope_path", "guest_path", "follow_on"]
# what is known of a person goes where the person goes
FOLLOWERS: list[tuple[Any, str, str]] = [  # table, its path, whose path that is
    (Standing, "scope_path", "person"), (Absence, "scope_path", "person"), (Particular, "scope_path", "person"),
    (Belonging, "home_path", "person"), (Apart, "scope_path", "person"), (Apart, "home_path", "other"),
    (Merging, "scope_path", "person"),
]  # fmt: skip


def locked(person: Person, by: Actor) -> Person:
    """The person's row, held until the act ends, for somebody who may write about members of their cell."""
    by.must(Power.ADMIT, person.scope_path)
    held: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    by.must(Power.ADMIT, held.scope_path)
    refuse_if(Merging.objects.standing().filter(merged=held).exists(), "person_merged")
    return held


def follow(people: Collection[UUID], *, on: date) -> None:
    """Bring the paths of these persons, and of what is known of them, to where they belong on the day `on`.

    Who left, or has not begun yet, stays in the hands of the nearest cell: the last one, else the first one.
    """
    rows: dict[UUID, list[Belonging]] = defaultdict(list)
    for row in Belonging.objects.live().filter(person__in=people):
        rows[row.person_id].append(row)
    gone = gone_into(people)
    there = {person.pk: person for person in Person.objects.filter(pk__in={*people, *gone})}
    changed = [person for pk, person in there.items() if rows[pk]]
    for person in changed:
        _follow(person, rows[person.pk], on)
    for pk, into in gone.items():
        there[pk].scope_path, there[pk].guest_path, there[pk].follow_on = there[into].scope_path, "", None
        changed.append(there[pk])
    Person.objects.bulk_update(changed, _FOLLOWING, batch_size=500)
    _facts_follow({*people, *gone})


def gone_into(people: Collection[UUID]) -> dict[UUID, UUID]:
    """Records merged into one of these, at once or by way of another → which of these; they go where it goes."""
    gone: dict[UUID, UUID] = {}
    front: Collection[UUID] = people
    while front:
        rows = Merging.objects.standing().filter(person__in=front).values_list("merged", "person")
        found = {merged: gone.get(person, person) for merged, person in rows if merged not in gone}
        gone |= found
        front = found
    return gone


def _follow(person: Person, rows: list[Belonging], on: date) -> None:
    official = sorted((r for r in rows if r.kind == Belonging.OFFICIAL), key=lambda r: r.during.lower)
    begun = [r for r in official if r.during.lower <= on]
    if official:
        person.scope_path = (begun[-1] if begun else official[0]).scope_path
    away = [r for r in rows if r.kind == Belonging.TEMPORARY and on in r.during]
    person.guest_path = away[0].scope_path if away else ""
    person.follow_on = min(_days_after(rows, on), default=None)


def _days_after(rows: Iterable[Belonging], on: date) -> Iterable[date]:
    for row in rows:
        yield from (day for day in (row.during.lower, row.during.upper) if day is not None and day > on)


def _facts_follow(people: Collection[UUID]) -> None:
    # compared here, not by a join inside the update: on tables not yet analysed the planner takes minutes for that
    homes = dict(Person.objects.filter(pk__in=people).values_list("pk", "scope_path"))
    for model, column, whose in FOLLOWERS:
        elsewhere: dict[str, list[Any]] = defaultdict(list)
        for pk, person, path in model.objects.filter(**{f"{whose}__in": people}).values_list("pk", whose, column):
            if path != homes[person]:
                elsewhere[homes[person]].append(pk)
        for home, rows in elsewhere.items():
            model.objects.filter(pk__in=rows).update(**{column: home})


def tick(*, at: datetime) -> str:
    """Follow moves and returns whose day has come; says what it did in one Vietnamese line."""
    day = timezone.localdate(at)
    due = list(Person.objects.filter(follow_on__lte=day).values_list("pk", flat=True))
    follow(due, on=day)
    return f"đảng viên: {len(due)} người đến ngày chuyển hoặc trở về"
