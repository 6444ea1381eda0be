"""Attend a meeting from above, note what was seen, look back over months."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.beside import beside_of, planned_by
from chibo.meetings.care import GRADES, day_of, points_on, visitors_of
from chibo.meetings.forms import key_from
from chibo.meetings.models import Meeting, Visit
from chibo.meetings.operations import add_to_observation, note_observation, plan_visit
from chibo.meetings.operations.visiting import may_observe
from chibo.meetings.views.common import the_meeting
from chibo.meetings.views.helping import chosen
from chibo.meetings.visits import log_of
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

POINT = "point."


@require_http_methods(["GET", "HEAD", "POST"])
def of_meeting(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Cấp trên dự buổi này: who, and the form to plan it for oneself or for somebody of the committee."""
    row = the_meeting(request, pk)
    if request.method != "POST":
        return _visits_page(request, row)
    person, key = chosen(request, "person") or uuid.UUID(int=0), key_from(request.POST.dict())
    purpose = request.POST.get("purpose", "")
    tried = attempt(
        lambda: plan_visit(row, person, key=key, at=request.now, by=request.actor, purpose=purpose)
    )  # fmt: skip
    if tried.refusal is not None:
        return _visits_page(request, row, tried.refusal, 422)
    return redirect(request.path)


def _visits_page(request: Request, row: Meeting, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    assigns = actor.can(Power.APPOINT, row.scope_path)
    beside = beside_of(row, actor=actor)
    mine = planned_by(row, actor.person_id)
    context = {
        "meeting": row, "line": line_to(row.unit, request.today, actor=actor), "beside": beside, "key": uuid.uuid4(),
        "me": str(actor.person_id), "plans_self": beside.may_visit and mine is None, "assigns": assigns,
        "people": [(str(v.person_id), v.full_name) for v in visitors_of(row.unit, row.meets_on)] if assigns else [],
        "purpose": request.POST.get("purpose", ""), "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/visits.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một lần dự: the observation, or the form for it."""
    row = _visit(request, pk)
    if request.method != "POST":
        return _visit_page(request, row)
    posted = request.POST.dict()
    points = {name.removeprefix(POINT): value for name, value in posted.items() if name.startswith(POINT)}
    attended, advice = posted.get("attended") != "no", posted.get("advice", "")
    tried = attempt(
        lambda: note_observation(
            row, attended=attended, points=points, advice=advice, at=request.now, by=request.actor
        )
    )  # fmt: skip
    if tried.refusal is not None:
        return _visit_page(request, row, tried.refusal, 422)
    return redirect(request.path)


def _visit(request: Request, pk: uuid.UUID) -> Visit:
    rows = Visit.objects.visible_to(request.actor).select_related("meeting__unit", "meeting__closure", "observation")
    found: Visit = get_object_or_404(rows, pk=pk)
    return found


def _visit_page(request: Request, row: Visit, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    observation = getattr(row, "observation", None)
    rule = points_on(day_of(row.meeting))
    given = observation.points if observation else {}
    context = {
        "visit": row, "meeting": row.meeting, "observation": observation, "rule": rule, "grades": GRADES.items(),
        "points": [_point(request, point, given) for point in rule.value] if rule else [],
        "day": day_of(row.meeting), "line": line_to(row.meeting.unit, request.today, actor=request.actor),
        "notes": list(observation.notes.order_by("at")) if observation else [],
        "limits": request.actor.can(Power.REMEDY, row.scope_path),
        "may_note": may_observe(row, request.actor), "ahead": row.meeting.meets_on > request.today,
        "typed": request.POST.dict(), "key": uuid.uuid4(), "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/visit.html", context, status=status)


def _point(request: Request, point: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    grade = given.get(point["code"]) or request.POST.get(POINT + point["code"], "")
    return {"code": point["code"], "label": point["label"], "grade": grade, "words": GRADES.get(grade, "")}


@require_POST
def addition(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Bổ sung nhận xét."""
    row = _visit(request, pk)
    observation = get_object_or_404(type(row).objects.filter(observation__isnull=False), pk=row.pk).observation
    key, text = key_from(request.POST.dict()), request.POST.get("text", "")
    tried = attempt(lambda: add_to_observation(observation, text, key=key, at=request.now, by=request.actor))
    if tried.refusal is not None:
        return _visit_page(request, row, tried.refusal, 422)
    return redirect("meetings:visit", pk=row.pk)


@require_safe
def log(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    """Sổ dự sinh hoạt: months × cells, who attended where; for a cell the list with what was observed."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    shown = log_of(unit, year or request.today.year, actor=request.actor, on=request.today)
    context = {"unit": unit, "log": shown, "line": line_to(unit, request.today, actor=request.actor),
               "day": request.today}  # fmt: skip
    return render(request, "meetings/visit_log.html", context)
