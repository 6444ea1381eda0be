"""What every page of this room begins with."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.kernel.errors import Refused
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to
from chibo.returns.content import SheetView, view_of
from chibo.returns.models import Form
from chibo.returns.owing import Owner, owes
from chibo.returns.periods import asked, period_named

FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Place:
    """One sheet as an address names it, written or not."""

    form: Form
    unit: Unit
    view: SheetView
    owner: Owner | None  # the unit as it stood; None when it did not owe the form then

    @property
    def first(self) -> date:
        """The first day of its period."""
        return self.view.period.first


def the_unit(request: Request, pk: int) -> Unit:
    """The unit, if it is in sight."""
    found: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    return found


def the_form(request: Request, pk: uuid.UUID) -> Form:
    """The form, if it may be read; who receives it may be out of sight of a unit that went elsewhere since."""
    found: Form = get_object_or_404(Form.objects.named_to(request.actor), pk=pk)
    return found


def the_sheet(request: Request, form: uuid.UUID, unit: int, period: str) -> Place:
    """The sheet of a unit in sight. Raises Refused: no_such_period, not_owed."""
    asks, whose = the_form(request, form), the_unit(request, unit)
    first = period_named(asks.every, period).first
    owner, view = owes(asks, whose.pk, first), view_of(asks, whose.pk, first)
    if view.sheet is None and (owner is None or not asked(asks, first)):
        raise Refused("not_owed")
    return Place(asks, whose, view, owner)


def author(request: Request) -> dict[str, Any]:
    """Who acts and when, as operations ask for it."""
    posts = request.posts
    return {"at": request.now, "by": request.actor, "by_name": posts[0].full_name if posts else ""}


def key_of(typed: str) -> uuid.UUID:
    """The key the page made, so that sending twice is harmless. Raises Refused("unknown_field") without one."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Refused("unknown_field") from None


def about(request: Request, unit: Unit, title: str, verb: str, crumb: str, **more: Any) -> dict[str, Any]:
    """Context of a plain form."""
    return {"line": line_to(unit, request.today, actor=request.actor), "title": title, "verb": verb, "crumb": crumb,
            **more}  # fmt: skip
