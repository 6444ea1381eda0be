"""One's own page: record, tasks, who opened the file, what was done with the account; the log for who oversees it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.access.models import Reading
from chibo.cadres.accounts import account_events
from chibo.front.people import path_of
from chibo.kernel.actor import Power
from chibo.meetings.queries import tasks_open_now
from chibo.membership.models import Person
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to
from chibo.rules.reader import rules_on

MOST = 50
PAGE = 100


@require_safe
def me(request: Request) -> HttpResponse:
    """Trang của tôi."""
    person = Person.objects.visible_to(request.actor).filter(pk=request.actor.person_id).first()
    steps = path_of(person, actor=request.actor) if person else []
    opened = Reading.objects.visible_to(request.actor).filter(person_id=request.actor.person_id).order_by("-at")
    context = {
        "person": person,
        "held": [step for step in steps if step.holds(request.today)],
        "tasks": list(tasks_open_now(request.actor).filter(owner=person)) if person else [],
        "readings": list(opened[:MOST]) if person else [],
        "events": account_events(request.actor),
        "kept": rules_on(request.today)["privacy.readings_kept_months"],
        "day": request.today,
    }
    return render(request, "front/me.html", context)


@require_safe
def readings(request: Request, pk: int) -> HttpResponse:
    """Nhật ký mở hồ sơ của một tổ chức: newest first, no sums and no ranking; a page starts before `truoc`."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.SEE_READINGS, unit.scope_path)
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    rows = Reading.objects.visible_to(request.actor).filter(scope_path__gte=low, scope_path__lt=high).order_by("-pk")
    before = request.GET.get("truoc", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows[: PAGE + 1])
    people = Person.objects.visible_to(request.actor).in_bulk({row.person_id for row in shown if row.person_id})
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor),
        "rows": [(row, people.get(row.person_id)) for row in shown[:PAGE]],
        "next": shown[PAGE - 1].pk if len(shown) > PAGE else None,
        "kept": rules_on(request.today)["privacy.readings_kept_months"],
    }  # fmt: skip
    return render(request, "front/readings.html", context)
