"""What the machine asks of whoever keeps the server: alarms of disk, clock, backup and rehearsal as things owed."""

from __future__ import annotations

from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import ZONE, now
from chibo.meetings.owed import Owed
from chibo.platform import alarms, notes, schedule


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """One thing for each alarm that rings; nothing for anybody who does not keep the server. No query."""
    if not actor.ranges(Power.KEEP_SERVER):
        return []
    return [_owed(alarm, on) for alarm in alarms.ringing(now())]


def machine(at: datetime) -> dict[str, Any]:
    """The machine as its page shows it: alarms, the schedule, what was done when."""
    told, wanted = notes.read(schedule.TOLD), schedule.plan()
    checked_at, findings = alarms.last_check(at)
    return {
        "alarms": alarms.ringing(at),
        "checked_at": checked_at,
        "findings": findings,
        "plan": wanted,
        "backup_at": schedule.at_of(told, "backup_at", at),
        "backup_size": told.get("backup_bytes"),
        "rehearsed_at": schedule.at_of(told, "rehearsed_at", at),
        "free": alarms.free_bytes(),
        "version": version("chibo"),
    }


def _owed(alarm: alarms.Alarm, on: date) -> Owed:
    since = alarm.since.astimezone(ZONE).date()
    return Owed(
        kind="machine", about=alarm.part, unit_id=0, title=alarm.title, why=alarm.why, due=min(since, on),
        days_late=max(0, (on - since).days), mine=True, page="front:machine_part", button="Xem máy chủ",
    )  # fmt: skip
