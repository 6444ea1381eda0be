"""Quality of meetings over months: of a unit, of the cells below; what the unit tried."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.dates import parse_day, show_day
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.forms import key_from
from chibo.meetings.models import ChangeTried
from chibo.meetings.operations import note_effect, try_change
from chibo.meetings.quality import cells_quality, quality_of
from chibo.meetings.views.common import author
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on


@require_safe
def quality(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    """Chất lượng sinh hoạt của một đơn vị trong năm; of a commune also the table of its cells by name."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    return _page(request, unit, year or request.today.year)


def _page(request: Request, unit: Unit, year: int, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    actor, day = request.actor, request.today
    placement = placement_on(unit.pk, day)
    shown = quality_of(unit, year, actor=actor, on=day)
    is_cell = placement is not None and placement.kind == "cell"
    line = [
        (f"{m.month.month}", m.present, m.expected, float(m.goal.value) if m.goal else None) for m in shown.months
    ]  # fmt: skip
    context = {
        "unit": unit, "unit_name": placement.name if placement else "", "quality": shown, "attendance_line": line,
        "goals": list(dict.fromkeys(m.goal.citation for m in shown.months if m.goal and m.expected)),
        "is_cell": is_cell, "cells": [] if is_cell else cells_quality(shown, actor=actor),
        "line": line_to(unit, day, actor=actor), "may_try": actor.can(Power.CHAIR, unit.scope_path),
        "key": uuid.uuid4(), "typed": {"on": show_day(day), **request.POST.dict()},
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/quality.html", context, status=status)


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Ghi một đổi mới."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    posted = request.POST.dict()
    key = key_from(posted)
    tried = attempt(
        lambda: try_change(unit, posted.get("what", ""), on=parse_day(posted.get("on", "")), key=key, **author(request))
    )
    if tried.refusal is not None:
        return _page(request, unit, request.today.year, tried.refusal, 422)
    return redirect("meetings:quality", pk=unit.pk)


@require_POST
def effect(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi kết quả của một đổi mới."""
    rows = ChangeTried.objects.visible_to(request.actor).select_related("unit")
    row: ChangeTried = get_object_or_404(rows, pk=pk)
    posted = request.POST.dict()
    key = key_from(posted)
    tried = attempt(
        lambda: note_effect(row, posted.get("text", ""), on=parse_day(posted.get("on", "")), key=key, **author(request))
    )
    if tried.refusal is not None:
        return _page(request, row.unit, request.today.year, tried.refusal, 422)
    return redirect("meetings:quality", pk=row.unit_id)
