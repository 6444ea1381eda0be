"""What every page of a meeting begins with."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from chibo.access.http import Request
from chibo.meetings.models import Meeting


def the_meeting(request: Request, pk: uuid.UUID) -> Meeting:
    """The meeting, if it is in sight."""
    return get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("unit"), pk=pk)


def author(request: Request) -> dict[str, Any]:
    """Who acts and when, as operations ask for it."""
    posts = request.posts
    return {"at": request.now, "by": request.actor, "by_name": posts[0].full_name if posts else ""}
