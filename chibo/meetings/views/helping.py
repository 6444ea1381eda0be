"""An office clerk types for a cell; the cell confirms."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.beside import beside_of
from chibo.meetings.bodies import called_on
from chibo.meetings.models import Closure, Confirmation, Meeting
from chibo.meetings.operations import confirm_minutes, help_with
from chibo.meetings.operations.saving import may_write
from chibo.meetings.queries import closed_parts
from chibo.meetings.views.common import author, the_meeting
from chibo.organisation.queries import line_to, placement_on


@require_http_methods(["GET", "HEAD", "POST"])
def help_meeting(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi giúp: who of the cell tells it; then the sheet opens for the helper."""
    row = the_meeting(request, pk)
    request.actor.must(Power.HELP, row.scope_path)
    if closed_parts(row) is not None:
        return redirect("meetings:meeting", pk=row.pk)
    if request.method != "POST":
        return _help_page(request, row)
    told = chosen(request, "told_by")
    tried = attempt(lambda: help_with(row, told_by=told or uuid.UUID(int=0), **author(request)))
    if tried.refusal is not None:
        return _help_page(request, row, tried.refusal, 422)
    return redirect("meetings:meeting", pk=row.pk)


def _help_page(request: Request, row: Meeting, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    placement = placement_on(row.unit_id, row.meets_on)
    context = {
        "meeting": row, "line": line_to(row.unit, request.today, actor=request.actor), "people": _called(row),
        "unit_name": placement.name if placement else "", "error": request.say(refusal) if refusal else "",
        "beside": beside_of(row, actor=request.actor),
    }  # fmt: skip
    return render(request, "meetings/help.html", context, status=status)


def _called(row: Meeting, day: Any = None) -> list[tuple[str, str]]:
    return [(str(each.person_id), each.full_name) for each in called_on(row, day or row.meets_on)]


def chosen(request: Request, name: str) -> uuid.UUID | None:
    """The person of a list; None when nobody was chosen."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xem và xác nhận: what was typed for the cell; one button, or who signed the paper."""
    row = the_meeting(request, pk)
    closure = get_object_or_404(Closure.objects.visible_to(request.actor), meeting=row)
    if request.method != "POST":
        may_write(row, request.actor)
        return _confirm_page(request, row, closure)
    way = request.POST.get("way", "")
    signed = chosen(request, "person")
    tried = attempt(lambda: confirm_minutes(closure, way=way, person=signed, **author(request)))
    if tried.refusal is not None:
        return _confirm_page(request, row, closure, tried.refusal, 422)
    return redirect("meetings:meeting", pk=row.pk)


def _confirm_page(
    request: Request, row: Meeting, closure: Closure, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    parts = closed_parts(row)
    context = {
        "meeting": row, "closure": closure, "content": parts[1].content if parts else {},
        "beside": beside_of(row, actor=request.actor), "people": _called(row, closure.held_on),
        "line": line_to(row.unit, closure.held_on, actor=request.actor), "ways": dict(Confirmation.WAYS),
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/confirmation.html", context, status=status)
