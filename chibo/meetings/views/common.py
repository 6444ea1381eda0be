"""What every page of a meeting begins with."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.meetings.models import Meeting, Postponement


def the_meeting(request: Request, pk: uuid.UUID) -> Meeting:
    """The meeting, if it is in sight."""
    return get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("unit"), pk=pk)


def author(request: Request) -> dict[str, Any]:
    """Who acts and when, as operations ask for it."""
    posts = request.posts
    return {"at": request.now, "by": request.actor, "by_name": posts[0].full_name if posts else ""}


def moves_of(request: Request, row: Meeting) -> dict[str, Any]:
    """What became of the day of an open meeting, and whether this person may change it."""
    said = row.not_held.filter(withdrawn_at=None).first()
    may = request.actor.can(Power.SCHEDULE, row.scope_path)
    return {"postponements": postponements_of(row), "said": said, "may_schedule": may}


def postponements_of(row: Meeting) -> list[Postponement]:
    """Every postponement, the first one first."""
    return list(row.postponements.order_by("at"))
