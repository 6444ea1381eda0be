"""The calendar's own work: this month's meetings exist, and from the 20th the next month's too."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from chibo.kernel.actor import MACHINE
from chibo.kernel.periods import next_month
from chibo.meetings.operations import make_calendar

NEXT_MONTH_FROM = 20


def tick(*, at: datetime) -> str:
    """Make the meetings that are missing; says what it did in one Vietnamese line."""
    day = timezone.localdate(at)
    made = make_calendar(day, at=at, by=MACHINE)
    if day.day >= NEXT_MONTH_FROM:
        made += make_calendar(next_month(day), at=at, by=MACHINE)
    return f"lịch sinh hoạt: thêm {len(made)} buổi"
