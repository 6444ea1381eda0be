"""Where the meetings of a branch are written, and from which month."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.figures.branches import child_below
from chibo.kernel.actor import Power
from chibo.kernel.dates import months_after
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.beginning import cells_of, written_rows
from chibo.meetings.operations import say_written_elsewhere, say_written_here
from chibo.meetings.operations.beginning import BACK
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

HERE, ELSEWHERE = "here", "elsewhere"


@require_http_methods(["GET", "HEAD", "POST"])
def written_here(request: Request, pk: int) -> HttpResponse:
    """Nơi ghi sinh hoạt: which cells write their meetings here and since when; the office says so below."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ORGANISE, unit.scope_path)
    if request.method != "POST":
        return _page(request, unit)
    tried = attempt(lambda: _say(request, unit))
    if tried.refusal is not None:
        return _page(request, unit, tried.refusal)
    return redirect("meetings:written_here", pk=unit.pk)


def _say(request: Request, unit: Unit) -> object:
    parts = {int(text) for text in request.POST.getlist("part") if text.isascii() and text.isdigit() and len(text) < 9}
    cells = dict(cells_of(unit, by=request.actor, on=request.today))
    chosen = list(Unit.objects.visible_to(request.actor).filter(
        pk__in=[cell for cell, path in cells.items() if child_below(path, unit.pk) in parts]
    ))  # fmt: skip
    months = {str(month): month for month in _months(request.today)}
    month = months.get(request.POST.get("month", ""))
    if month is None:
        raise Refused("month_too_far")
    where = request.POST.get("where")
    if where not in {HERE, ELSEWHERE}:
        raise Refused("where_not_said")
    say = say_written_here if where == HERE else say_written_elsewhere
    return say(chosen, month=month, on=request.today, by=request.actor)


def _months(on: date) -> list[date]:
    """Next month, this one, and a year back."""
    return [months_after(on.replace(day=1), ahead) for ahead in range(1, -BACK - 1, -1)]


def _page(request: Request, unit: Unit, refusal: Refused | None = None) -> HttpResponse:
    rows = written_rows(unit, by=request.actor, on=request.today)
    placement = placement_on(unit.pk, request.today)
    posted = request.POST if request.method == "POST" else None
    context = {
        "unit": unit, "placement": placement, "line": line_to(unit, request.today, actor=request.actor), "rows": rows,
        "cells": sum(row.cells for row in rows), "elsewhere": sum(row.elsewhere for row in rows),
        "months": _months(request.today),
        "month": posted.get("month", "") if posted else str(request.today.replace(day=1)),
        "where": posted.get("where", "") if posted else "", "chosen": posted.getlist("part") if posted else [],
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/written_here.html", context, status=422 if refusal else 200)
