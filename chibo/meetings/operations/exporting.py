"""Take the board out of the house: an act with a line of its own."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chibo.kernel.actor import Actor
from chibo.ledger.operations import record
from chibo.organisation.models import Unit


@transaction.atomic
def note_export(unit: Unit, *, on: date, by: Actor) -> None:
    """Tải bảng tháng: the ledger says who took it, of which unit, when. Whoever sees the board may take it."""
    record(by, "board.exported", on=on, unit_id=unit.pk, touched=[unit])
