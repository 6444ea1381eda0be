"""What every page of this room begins with."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.issues.models import Limitation
from chibo.issues.queries import with_state
from chibo.kernel.text import cut
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

FORM = require_http_methods(["GET", "HEAD", "POST"])
SHORT = 90  # characters of a limitation in a heading


def the_unit(request: Request, pk: int) -> Unit:
    """The unit, if it is in sight."""
    found: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    return found


def the_limitation(request: Request, pk: uuid.UUID) -> Any:
    """The limitation with its state, its unit and where it was seen, if it is in sight."""
    rows = with_state(Limitation.objects.visible_to(request.actor))
    return get_object_or_404(rows.select_related("unit", "at_meeting", "on_visit__meeting"), pk=pk)


def author(request: Request) -> dict[str, Any]:
    """Who acts and when, as operations ask for it."""
    posts = request.posts
    return {"at": request.now, "by": request.actor, "by_name": posts[0].full_name if posts else ""}


def about(request: Request, unit: Unit, title: str, verb: str, crumb: str, **more: Any) -> dict[str, Any]:
    """Context of a plain form."""
    return {"line": line_to(unit, request.today, actor=request.actor), "title": title, "verb": verb, "crumb": crumb,
            **more}  # fmt: skip


def short(row: Any) -> str:
    """Its text where a whole paragraph has no room."""
    return cut(" ".join(row.text.split()), SHORT)
