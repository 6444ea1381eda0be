"""What an act changed in the register of localities, and how it is taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.changes import NOTHING, live_rows, put_back, rows_left
from chibo.ledger.operations import record
from chibo.organisation.models import AreaTag, Locality, Service, Siting

FACTS: Mapping[str, Any] = {"siting": Siting, "tag": AreaTag, "service": Service}


def facts_of_localities(localities: Collection[int]) -> dict[str, dict[str, Any]]:
    """The live facts of these localities, one query a table; to be compared later."""
    return {name: live_rows(model, (), locality__in=localities) for name, model in FACTS.items()}


@transaction.atomic
def take_back_localities(changes: Mapping[str, Any], *, at: datetime, by: Actor) -> None:
    """Lấy lại: what was registered is withdrawn with all that was said of it, what was changed is as before.

    Raises NoPower, Refused: changed_since, when one of the rows is no longer as the act left it.
    """
    said = [(model, changes.get(name, NOTHING)) for name, model in FACTS.items()]
    there = [(model, told, rows_left(model, told)) for model, told in said]
    ids = {row.locality_id for _, _, rows in there for row in rows}
    if not ids:
        return
    localities = list(Locality.objects.select_for_update().filter(pk__in=ids))
    for path in {locality.scope_path for locality in localities}:
        by.must(Power.ORGANISE, path)
    touched = [row for model, told, rows in there
               for row in put_back(model, rows, (), told, at=at, by_account=by.account_id)]  # fmt: skip
    record(by, "localities.taken_back", on=timezone.localdate(at), unit_id=None, touched=[*localities, *touched])
