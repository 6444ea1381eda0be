"""Home is what you owe now (Việc cần làm), most urgent first, each with its button."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.front.home.lines import owing
from chibo.front.home.month import MonthAtAGlance, month_of
from chibo.front.keeper import machine as about_machine
from chibo.kernel.actor import Power
from chibo.meetings.charges import my_cells
from chibo.meetings.coming import next_meeting
from chibo.organisation.models import Unit


@require_safe
def home(request: Request) -> HttpResponse:
    """Việc cần làm."""
    actor, day = request.actor, request.today
    held = [post for post in request.posts if post.office]
    owed = owing(actor, on=day, here=held[0].unit_id if held else 0)
    month = _month(request)
    context = {
        "owed": owed,
        "month": month,
        "my_cells": my_cells(actor, day),
        "day": day,
        "next": next_meeting(actor, on=day) if not (month or owed.focus or owed.firm) else None,
        "machine": about_machine(request.now) if actor.ranges(Power.KEEP_SERVER) else None,
        "chairs": bool(actor.ranges(Power.CHAIR)),
    }
    return render(request, "front/home.html", context)


def _month(request: Request) -> MonthAtAGlance | None:
    """For those whose first post answers for other units; a cell's own people see their meeting instead."""
    held = [post for post in request.posts if post.office]
    if not held or held[0].office.startswith("cell_") or not request.actor.ranges(Power.READ):
        return None
    unit = Unit.objects.visible_to(request.actor).get(pk=held[0].unit_id)
    return month_of(unit, by=request.actor, at=request.now)
