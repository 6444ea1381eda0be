"""What somebody owes in this room: documents their unit has not studied yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from chibo.access.querysets import within
from chibo.directives.studying import open_deliveries
from chibo.kernel.actor import Actor, Power
from chibo.meetings.owed import Owed

AHEAD = timedelta(days=14)  # shown from two weeks before its day, and in the week it came
MOST = 50


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Documents to study, of units the actor chairs; one query."""
    if not actor.ranges(Power.CHAIR):
        return []
    rows = open_deliveries(actor, on).filter(within("scope_path", actor.ranges(Power.CHAIR)))
    rows = rows.filter(due_on__lte=on + AHEAD) | rows.filter(asked_on__gte=on - AHEAD)
    return [_item(row, on) for row in rows.order_by("due_on", "pk")[:MOST]]


def _item(row: Any, on: date) -> Owed:
    return Owed(
        kind="study", about=str(row.pk), unit_id=row.unit_id, title=f"Học tập, quán triệt {row.title}",
        why=row.about or row.note, due=row.due_on, days_late=max(0, (on - row.due_on).days), mine=True,
        page="directives:delivery", button="Mở",
    )  # fmt: skip
