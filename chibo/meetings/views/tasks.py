"""Pages of tasks: of a unit, one's own, one with its history; give, note, change."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.dates import parse_day, show_day
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.web import attempt
from chibo.meetings.bodies import may_own_on
from chibo.meetings.forms import key_from
from chibo.meetings.models import Task, TaskResult
from chibo.meetings.operations import NewTask, Noted, change_task, give_task, note_result
from chibo.meetings.tasks import STATUSES, Wanted, history_of, owners_of, tasks_below, tasks_of
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

MOST_PAGES = 10_000
BOX = {  # refusal → the box it is about
    "no_text": "text", "text_too_long": "text", "looks_like_identity": "text", "owner_not_here": "owner",
    "unknown_person": "owner", "bad_day": "due", "due_passed": "due", "no_cause": "cause", "no_reason": "reason",
}  # fmt: skip


@require_safe
def of_unit(request: Request, pk: int) -> HttpResponse:
    """Nhiệm vụ của một đơn vị: ?tinh-trang=mo|qua-han|xong|tat-ca&nguoi=…&trang=…"""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    listed = tasks_below(unit, _wanted(request), actor=request.actor, on=request.today)
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor),
        "owners": owners_of(unit, actor=request.actor), "may_give": request.actor.can(Power.ASSIGN, unit.scope_path),
    }  # fmt: skip
    return _list_page(request, listed, context)


@require_safe
def mine(request: Request) -> HttpResponse:
    """Nhiệm vụ của tôi."""
    person = request.actor.person_id or uuid.UUID(int=0)
    listed = tasks_of(person, _wanted(request), actor=request.actor, on=request.today)
    return _list_page(request, listed, {"unit": None, "line": [], "owners": [], "may_give": False})


def _list_page(request: Request, listed: Any, context: dict[str, Any]) -> HttpResponse:
    context |= {"list": listed, "statuses": STATUSES, "day": request.today, "query": _query(listed.wanted)}
    return render(request, "meetings/tasks.html", context)


def _wanted(request: Request) -> Wanted:
    status, page = request.GET.get("tinh-trang", "mo"), request.GET.get("trang", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    try:
        owner = uuid.UUID(request.GET.get("nguoi", ""))
    except ValueError:
        owner = None
    return Wanted(status if status in STATUSES else "mo", owner, min(max(1, number), MOST_PAGES))


def _query(wanted: Wanted) -> str:
    return f"tinh-trang={wanted.status}&nguoi={wanted.owner or ''}"


@require_safe
def task(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một nhiệm vụ: given where and when, what became of it, and the form to note its result."""
    return _task_page(request, _task(request, pk))


def _task(request: Request, pk: uuid.UUID) -> Task:
    rows = Task.objects.visible_to(request.actor).select_related("owner", "unit")
    found: Task = get_object_or_404(rows, pk=pk)
    return found


def _task_page(request: Request, row: Task, refusal: Refused | None = None) -> HttpResponse:
    actor, events = request.actor, history_of(row, actor=request.actor)
    results = [event.row for event in events if event.kind == "result"]
    assigns = actor.can(Power.ASSIGN, row.scope_path)
    late = row.settled_on is None and row.due is not None and row.due < request.today
    context = {
        "task": row, "events": events, "newest": results[-1] if results else None,
        "state": "overdue" if late else results[-1].state if results else "given",
        "days_late": (request.today - row.due).days if late and row.due else 0,
        "reads": actor.can(Power.READ, row.scope_path), "assigns": assigns, "mine": row.owner_id == actor.person_id,
        "may_note": assigns or (row.owner_id == actor.person_id and row.settled_on is None),
        "states": TaskResult.STATES, "key": uuid.uuid4(), "typed": request.POST, "day": request.today,
        "line": line_to(row.unit, request.today, actor=actor), **_said(request, refusal),
    }  # fmt: skip
    return render(request, "meetings/task.html", context, status=422 if refusal else 200)


def _said(request: Request, refusal: Refused | None) -> dict[str, str]:
    if refusal is None:
        return {"error": "", "box": ""}
    return {"error": request.say(refusal), "box": BOX.get(refusal.code, "")}


@require_POST
def result(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi kết quả."""
    row, posted = _task(request, pk), request.POST
    noted = Noted(posted.get("state", ""), posted.get("cause", ""), posted.get("remedy", ""))
    key = key_from(posted.dict())
    tried = attempt(lambda: note_result(row, noted, key=key, **_author(request)))
    if tried.refusal is not None:
        return _task_page(request, row, tried.refusal)
    return redirect("meetings:task", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request, pk: int) -> HttpResponse:
    """Giao nhiệm vụ giữa hai kỳ họp."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ASSIGN, unit.scope_path)
    refusal = None
    if request.method == "POST":
        key = key_from(request.POST.dict())
        tried = attempt(lambda: give_task(unit, _new(request), key=key, **_author(request)))
        if tried.result is not None:
            return redirect("meetings:task", pk=tried.result.pk)
        refusal = tried.refusal
    context = {"unit": unit, "typed": request.POST, "key": uuid.uuid4(), **_form(request, unit, refusal)}
    return render(request, "meetings/task_give.html", context, status=422 if refusal else 200)


def _new(request: Request) -> NewTask:
    posted = request.POST
    return NewTask(posted.get("text", ""), _owner(request), _due(request), posted.get("source", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Giao lại, gia hạn."""
    row = _task(request, pk)
    request.actor.must(Power.ASSIGN, row.scope_path)
    refusal = None
    if request.method == "POST":
        key, reason = key_from(request.POST.dict()), request.POST.get("reason", "")
        tried = attempt(
            lambda: change_task(
                row, owner=_owner(request), due=_due(request), reason=reason, key=key, **_author(request)
            )
        )
        if tried.result is not None:
            return redirect("meetings:task", pk=row.pk)
        refusal = tried.refusal
    before = {"owner": str(row.owner_id or ""), "due": show_day(row.due) if row.due else ""}
    typed = request.POST if request.method == "POST" else before
    context = {"task": row, "typed": typed, "key": uuid.uuid4(), **_form(request, row.unit, refusal)}
    return render(request, "meetings/task_change.html", context, status=422 if refusal else 200)


def _form(request: Request, unit: Unit, refusal: Refused | None) -> dict[str, Any]:
    standing = placement_on(unit.pk, request.today)
    people = may_own_on(unit, standing.kind, request.today) if standing else []
    line = line_to(unit, request.today, actor=request.actor)
    return {"people": [(str(p.person_id), p.full_name) for p in people], "line": line, **_said(request, refusal)}


def _owner(request: Request) -> uuid.UUID | None:
    typed = request.POST.get("owner", "")
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError:
        refuse_if(True, "unknown_person")
        raise


def _due(request: Request) -> Any:
    typed = request.POST.get("due", "").strip()
    return parse_day(typed, since=request.today) if typed else None


def _author(request: Request) -> dict[str, Any]:
    posts = request.posts
    return {"at": request.now, "by": request.actor, "by_name": posts[0].full_name if posts else ""}
