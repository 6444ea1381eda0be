"""Home is what you owe now (Việc cần làm), most urgent first, each with its button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.figures.answers import Answer, Tree
from chibo.figures.door import figure
from chibo.kernel.actor import Power
from chibo.kernel.periods import Period
from chibo.meetings.charges import my_cells
from chibo.organisation.models import Placement, Unit


@dataclass(frozen=True, slots=True)
class MonthAtAGlance:
    """The office's month: which cells met, which are late, through the door of figures."""

    unit: Unit
    held: Answer
    attendance: Answer

    @property
    def missing(self) -> list[Any]:
        """Rows of cells whose day has passed without a meeting."""
        return [row for row in self.held.rows if row.state == "missed"]


@require_safe
def home(request: Request) -> HttpResponse:
    """Việc cần làm."""
    actor, day = request.actor, request.today
    owed = [item for where in settings.CHIBO_OWED for item in import_string(where)(actor, on=day)]
    mine = [item for item in owed if item.mine and item.kind != "invitation"]
    month = _month(request)
    names = _unit_names(owed, day, actor) if month else {}
    # the meeting comes first once its day has come: overdue tasks are looked back on in it
    first = next((item for item in mine if item.kind == "meeting" and (item.due <= day or item == mine[0])), None)
    context = {
        "focus": first,
        "owed": [item for item in mine if item is not first],
        "invitations": [item for item in owed if item.kind == "invitation"],
        "waiting": [(item, names.get(item.unit_id, "")) for item in owed if not item.mine],
        "month": month,
        "my_cells": my_cells(actor, day),
        "day": day,
    }
    return render(request, "front/home.html", context)


def _month(request: Request) -> MonthAtAGlance | None:
    """For those who answer for other units; a cell's own people see their meeting instead."""
    posts = [post for post in request.posts if post.office]
    if not posts or posts[0].office.startswith("cell_") or not request.actor.ranges(Power.READ):
        return None
    actor, day = request.actor, request.today
    unit = Unit.objects.visible_to(actor).get(pk=posts[0].unit_id)
    ask = (unit, Period.month(day), Tree.RESTATED)
    held = figure("meetings.held", *ask, by=actor, on=day)
    return MonthAtAGlance(unit, held, figure("meetings.attendance", *ask, by=actor, on=day))


def _unit_names(owed: list[Any], day: Any, actor: Any) -> dict[int, str]:
    ids = {item.unit_id for item in owed}
    return dict(Placement.objects.visible_to(actor).on(day).filter(unit__in=ids).values_list("unit_id", "short_name"))
