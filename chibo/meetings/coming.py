"""The next meeting of whoever owes nothing now."""

from __future__ import annotations

from datetime import date

from chibo.kernel.actor import Actor, Power
from chibo.meetings.models import Meeting, NotHeld


def next_meeting(actor: Actor, *, on: date) -> Meeting | None:
    """Buổi gần nhất the actor is to chair; None when nothing is in the calendar, or nothing is theirs to chair."""
    if not actor.ranges(Power.CHAIR):
        return None
    ahead = Meeting.objects.held_by(actor, Power.CHAIR).filter(meets_on__gte=on, closure=None)
    ahead = ahead.exclude(not_held__in=NotHeld.objects.filter(withdrawn_at=None))
    found: Meeting | None = ahead.order_by("meets_on", "starts_at", "id").first()
    return found
