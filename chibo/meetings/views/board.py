"""The board of months."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.meetings.board import board_of
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to


@require_safe
def board(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    """Bảng tháng: units below × months of a year."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    day = request.today
    shown = board_of(unit, year or day.year, by=request.actor, on=day)
    context = {"board": shown, "unit": unit, "line": line_to(unit, day, actor=request.actor), "day": day}
    return render(request, "meetings/board.html", context)
