"""A unit's year of meetings, and planning one more."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.bodies import kinds_for
from chibo.meetings.forms import key_from, plan_from
from chibo.meetings.models import Habit, Meeting
from chibo.meetings.operations import plan_meeting
from chibo.meetings.views.plain import PlainForm
from chibo.meetings.year import often_away, year_of
from chibo.membership.queries import roll_on
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on


def _unit(request: Request, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)


@require_safe
def of_unit(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    """Sinh hoạt của một đơn vị trong năm: the calendar of every kind, themes by quarter, what was lacking."""
    unit, actor, day = _unit(request, pk), request.actor, request.today
    placement = placement_on(unit.pk, day)
    chairs = actor.can(Power.CHAIR, unit.scope_path)
    shown = year_of(unit, year or day.year, actor=actor, on=day)
    context = {
        "unit": unit, "placement": placement, "line": line_to(unit, day, actor=actor), "day": day, "year": shown,
        "may_plan": actor.can(Power.SCHEDULE, unit.scope_path) and bool(kinds_for(placement.kind if placement else "")),
        "often_away": often_away(unit, actor=actor, on=day) if chairs else [],
    }  # fmt: skip
    return render(request, "meetings/year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """Thêm một buổi họp vào lịch."""
    unit = _unit(request, pk)
    request.actor.must(Power.SCHEDULE, unit.scope_path)
    if request.method != "POST":
        return _plan_page(request, unit)
    posted = request.POST.dict()
    key = key_from(posted)
    tried = attempt(
        lambda: plan_meeting(unit, posted.get("kind", ""), plan_from(posted, request.today), key=key, by=request.actor)
    )  # fmt: skip
    if tried.result is not None:
        return redirect("meetings:meeting", pk=tried.result.pk)
    return _plan_page(request, unit, tried.refusal)


def _plan_page(request: Request, unit: Unit, refusal: Refused | None = None) -> HttpResponse:
    day = request.today
    placement = placement_on(unit.pk, day)
    kinds = kinds_for(placement.kind if placement else "")
    asked = request.GET.get("loai", "")
    habit = Habit.objects.visible_to(request.actor).on(day).filter(unit=unit).first()
    first = {
        "kind": asked if asked in kinds else (kinds[0] if kinds else ""), "day": show_day(day),
        "starts_at": habit.starts_at.strftime("%H:%M") if habit else "", "venue": habit.venue if habit else "",
        "theme": "", "presenter": "",
    }  # fmt: skip
    context = {
        "unit": unit, "placement": placement, "line": line_to(unit, day, actor=request.actor),
        "form": PlainForm(request, first, refusal=refusal, typed=request.method == "POST"), "key": uuid.uuid4(),
        "kinds": [(kind, words) for kind, words in Meeting.KINDS if kind in kinds],
        "is_cell": placement is not None and placement.kind == "cell", "people": roll_on(unit, day),
    }  # fmt: skip
    return render(request, "meetings/plan.html", context, status=422 if refusal else 200)
