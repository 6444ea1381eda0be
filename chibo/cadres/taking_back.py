"""What an act changed in the facts of some people, and how it is taken back (lấy lại): nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chibo.cadres.models import Post, Seat, StatePost
from chibo.kernel.actor import Actor, Power
from chibo.kernel.changes import NOTHING, live_rows, put_back, rows_left
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


def facts_of(people: Collection[UUID]) -> dict[str, dict[str, Any]]:
    """The live facts of these people, one query a table; to be compared later."""
    return {name: live_rows(model, ends, person__in=people) for name, (model, ends) in FACTS.items()}


@transaction.atomic
def take_back_facts(changes: Mapping[str, Any], *, at: datetime, by: Actor) -> None:
    """Lấy lại: rows that were added are withdrawn, rows that ended or were withdrawn are said anew.

    Raises NoPower, Refused: changed_since, when one of the rows is no longer as the act left it.
    """
    people: set[UUID] = set()
    touched: list[Any] = []
    for name, (model, ends) in FACTS.items():
        told = changes.get(name) or NOTHING
        rows = rows_left(model, told)
        _refuse_beyond(model, rows, by)
        touched += put_back(model, rows, ends, told, at=at, by_account=by.account_id)
        people |= {row.person_id for row in rows}
    day = timezone.localdate(at)
    follow(people, on=day)
    persons = [("membership.person", pk) for pk in people]
    record(by, "facts.taken_back", on=day, unit_id=None, touched=[*persons, *touched])


def _refuse_beyond(model: Any, rows: Iterable[Any], by: Actor) -> None:
    power = Power.APPOINT if model in {Post, StatePost, Seat} else Power.ADMIT
    for path in {row.home_path if model is Belonging else row.scope_path for row in rows}:
        by.must(power, path)
