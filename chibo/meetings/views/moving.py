"""Postpone a meeting, say that it is not held, take that back."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.forms import day_from, key_from
from chibo.meetings.models import Meeting
from chibo.meetings.operations import postpone_meeting, say_not_held, withdraw_not_held
from chibo.meetings.views.common import author, the_meeting
from chibo.meetings.views.plain import PlainForm
from chibo.organisation.queries import line_to


@require_http_methods(["GET", "HEAD", "POST"])
def postponement(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Hoãn buổi họp sang ngày khác, có lý do."""
    row = the_meeting(request, pk)
    request.actor.must(Power.SCHEDULE, row.scope_path)
    if request.method != "POST":
        return _page(request, row, "meetings/postpone.html", {"day": "", "reason": ""})
    posted = request.POST.dict()
    key = key_from(posted)
    tried = attempt(
        lambda: postpone_meeting(
            row, to=day_from(posted, row.meets_on), reason=posted.get("reason", ""), key=key, **author(request)
        )
    )  # fmt: skip
    if tried.refusal is None:
        return redirect("meetings:meeting", pk=row.pk)
    return _page(request, row, "meetings/postpone.html", {"day": "", "reason": ""}, tried.refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def not_held(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi không họp, có lý do."""
    row = the_meeting(request, pk)
    request.actor.must(Power.SCHEDULE, row.scope_path)
    if request.method != "POST":
        return _page(request, row, "meetings/not_held.html", {"reason": ""})
    posted = request.POST.dict()
    key = key_from(posted)
    tried = attempt(lambda: say_not_held(row, reason=posted.get("reason", ""), key=key, **author(request)))
    if tried.refusal is None:
        return redirect("meetings:meeting", pk=row.pk)
    return _page(request, row, "meetings/not_held.html", {"reason": ""}, tried.refusal)


@require_POST
def held_after_all(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Bỏ ghi không họp."""
    row = the_meeting(request, pk)
    withdraw_not_held(row, at=request.now, by=request.actor)
    return redirect("meetings:meeting", pk=row.pk)


def _page(
    request: Request, row: Meeting, template: str, first: dict[str, str], refusal: Refused | None = None
) -> HttpResponse:
    form = PlainForm(request, first, refusal=refusal, typed=request.method == "POST")
    context = {"meeting": row, "line": line_to(row.unit, row.meets_on, actor=request.actor), "form": form,
               "key": uuid.uuid4()}  # fmt: skip
    return render(request, template, context, status=422 if refusal else 200)
