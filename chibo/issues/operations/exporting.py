"""Take the register out as a workbook."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chibo.kernel.actor import Actor
from chibo.ledger.operations import record
from chibo.organisation.models import Unit


@transaction.atomic
def note_export(unit: Unit, *, on: date, by: Actor) -> None:
    """Tải sổ hạn chế: the ledger says who took it, of which unit, when. Whoever sees the register may take it."""
    record(by, "limitation.exported", on=on, unit_id=unit.pk, touched=[unit])
