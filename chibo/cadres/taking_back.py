"""What an act changed in the facts of some people, and how it is taken back (lấy lại): nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from chibo.cadres.models import Post, Seat, StatePost
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record
from chibo.membership.models import Absence, Belonging, Particular, Standing
from chibo.membership.today import follow

# tables of facts, and what besides its period a row settles when it ends
FACTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "belonging": (Belonging, ("way_out", "decision_out")),
    "standing": (Standing, ()),
    "absence": (Absence, ()),
    "particular": (Particular, ()),
    "post": (Post, ()),
    "state_post": (StatePost, ()),
    "seat": (Seat, ()),
}
Facts = Mapping[str, Mapping[str, Any]]  # table → id of a live row → when it ends and what it settled then


def facts_of(people: Collection[UUID]) -> dict[str, dict[str, Any]]:
    """The live facts of these people, one query a table; to be compared later."""
    return {name: _rows(model, ends, people) for name, (model, ends) in FACTS.items()}


def _rows(model: Any, ends: tuple[str, ...], people: Collection[UUID]) -> dict[str, Any]:
    rows = model.objects.live().filter(person__in=people).values_list("pk", "during", *ends)
    return {str(pk): [_text(during.upper), *settled] for pk, during, *settled in rows}


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def changes_between(before: Facts, after: Facts) -> dict[str, dict[str, Any]]:
    """What an act added, and what it ended or withdrew: ids, and the ends rows had before."""
    return {
        name: {
            "added": [pk for pk in after[name] if pk not in before[name]],
            "ended": {pk: ends for pk, ends in before[name].items() if after[name].get(pk) != ends},
        }
        for name in FACTS
    }


@transaction.atomic
def take_back_facts(changes: Mapping[str, Any], *, at: datetime, by: Actor) -> None:
    """Lấy lại: rows that were added are withdrawn, rows that ended or were withdrawn are said anew.

    Raises NoPower, Refused: changed_since, when one of the rows is no longer as the act left it.
    """
    people: set[UUID] = set()
    touched: list[Any] = []
    for name, (model, ends) in FACTS.items():
        told = changes.get(name) or {"added": [], "ended": {}}
        added = list(model.objects.live().filter(pk__in=told["added"]))
        ended = list(model.objects.filter(pk__in=told["ended"]))
        refuse_if(len(added) != len(told["added"]) or len(ended) != len(told["ended"]), "changed_since")
        _refuse_beyond(model, [*added, *ended], by)
        touched += _withdraw([*added, *(row for row in ended if row.withdrawn_at is None)], at, by)
        touched += _say_anew(model, ended, ends, told["ended"])
        people |= {row.person_id for row in [*added, *ended]}
    day = timezone.localdate(at)
    follow(people, on=day)
    persons = [("membership.person", pk) for pk in people]
    record(by, "facts.taken_back", on=day, unit_id=None, touched=[*persons, *touched])


def _refuse_beyond(model: Any, rows: Iterable[Any], by: Actor) -> None:
    power = Power.APPOINT if model in {Post, StatePost, Seat} else Power.ADMIT
    for path in {row.home_path if model is Belonging else row.scope_path for row in rows}:
        by.must(power, path)


def _withdraw(rows: list[Any], at: datetime, by: Actor) -> list[Any]:
    for row in rows:
        row.withdraw(why="did_not_happen", at=at, by_account=by.account_id)
    return rows


def _say_anew(model: Any, rows: list[Any], ends: tuple[str, ...], told: Mapping[str, list[Any]]) -> list[Any]:
    said = []
    for row in rows:
        upper, *settled = told[str(row.pk)]
        during = DateRange(row.during.lower, date.fromisoformat(upper) if upper else None)
        said.append(row.said_anew(during=during, **dict(zip(ends, settled, strict=True))))
    for row in said:
        row.save(force_insert=True)
    return said
