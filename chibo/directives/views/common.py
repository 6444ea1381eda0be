"""What every page of this room begins with."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from chibo.access.http import Request
from chibo.directives.models import Delivery, Document, Heading
from chibo.directives.studying import with_study
from chibo.kernel.errors import Refused
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to


def the_unit(request: Request, pk: int) -> Unit:
    """The unit, if it is in sight."""
    found: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    return found


def the_document(request: Request, pk: uuid.UUID) -> tuple[Document, Heading]:
    """The document with what the register says of it: the newest words when it was withdrawn."""
    row = get_object_or_404(Document.objects.visible_to(request.actor).select_related("unit", "paper"), pk=pk)
    said = Heading.objects.visible_to(request.actor).filter(document=row).order_by("withdrawn_at", "-pk")
    headings = sorted(said, key=lambda each: each.withdrawn_at is not None)
    if not headings:
        raise Http404
    return row, headings[0]


def the_delivery(request: Request, pk: uuid.UUID) -> Delivery:
    """The delivery with its study by today, if it is in sight; who asked may be out of it since the tree changed."""
    rows = with_study(Delivery.objects.visible_to(request.actor), request.today)
    found: Delivery = get_object_or_404(rows.select_related("unit", "receipt"), pk=pk)
    return found


def author(request: Request) -> dict[str, Any]:
    """Who acts and when, as operations ask for it."""
    posts = request.posts
    return {"at": request.now, "by": request.actor, "by_name": posts[0].full_name if posts else ""}


def about(request: Request, unit: Unit, title: str, verb: str, crumb: str, **more: Any) -> dict[str, Any]:
    """Context of a plain form."""
    return {"line": line_to(unit, request.today, actor=request.actor), "title": title, "verb": verb, "crumb": crumb,
            **more}  # fmt: skip


def key_of(typed: str) -> uuid.UUID:
    """The key the page made, so that sending twice is harmless. Raises Refused("unknown_field") without one."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Refused("unknown_field") from None
