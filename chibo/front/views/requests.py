"""Requests about one's own data: asked, answered with a reason, withdrawn; with the clocks of the law."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.access.models import DataAnswer, DataRequest
from chibo.access.operations import Opened, answer_request, ask_about_data, withdraw_request
from chibo.front.extract import extract_of
from chibo.front.readings import remember
from chibo.front.requests import Erasing, asked, author_of, erasing_of
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.text import is_uuid
from chibo.kernel.web import attempt
from chibo.membership.models import Person
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to
from chibo.rules.reader import rules_on

CLOCKS = ("privacy.answer_workdays", "privacy.act_days", "privacy.extension_days")
DAYS_OFF = "calendar.days_off"
ANSWERS = [pair for pair in DataAnswer.KINDS if pair[0] != DataAnswer.WITHDRAWN]


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Request) -> HttpResponse:
    """Yêu cầu của tôi về dữ liệu cá nhân; POST gửi yêu cầu."""
    person = Person.objects.visible_to(request.actor).filter(pk=request.actor.person_id).first()
    if person is None:
        raise Http404
    if request.method != "POST":
        return _own_page(request, person)
    typed = request.POST.get("key", "")
    key = uuid.UUID(typed) if is_uuid(typed) else uuid.uuid4()
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    path, author = person.scope_path, author_of(request)
    tried = attempt(lambda: ask_about_data(kind, text, key=key, scope_path=path, author=author))
    if tried.refusal is not None:
        return _own_page(request, person, tried.refusal)
    return redirect("front:requests_own")


def _own_page(request: Request, person: Person, refusal: Refused | None = None) -> HttpResponse:
    rows = DataRequest.objects.visible_to(request.actor).filter(person_id=person.pk).order_by("-at")
    context = {
        "asked": asked(rows.prefetch_related("answers")), "kinds": DataRequest.KINDS, "key": uuid.uuid4(),
        "typed": request.POST, "error": request.say(refusal) if refusal else "", "clocks": _clocks(request),
        "day": request.today,
    }  # fmt: skip
    return render(request, "front/requests_own.html", context, status=422 if refusal else 200)


@require_safe
def extract(request: Request) -> HttpResponse:
    """Bản trích: what is kept about me, table by table, why, how long, by which document."""
    person = Person.objects.visible_to(request.actor).filter(pk=request.actor.person_id).first()
    if person is None:
        raise Http404
    return render(request, "front/extract.html", {"person": person, "kept": extract_of(person), "day": request.today})


@require_safe
def of_unit(request: Request, pk: int) -> HttpResponse:
    """Yêu cầu của đảng viên trong phạm vi của văn phòng: those still open first."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ADMIT, unit.scope_path)
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    rows = DataRequest.objects.visible_to(request.actor).filter(scope_path__gte=low, scope_path__lt=high)
    found = asked(rows.order_by("-at").prefetch_related("answers")[:200])
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "day": request.today,
        "open": sorted((each for each in found if not each.settled), key=lambda each: each.due),
        "closed": [each for each in found if each.settled], "clocks": _clocks(request),
    }  # fmt: skip
    return render(request, "front/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một yêu cầu; POST trả lời."""
    row = get_object_or_404(DataRequest.objects.visible_to(request.actor), pk=pk)
    if request.method != "POST":
        return request_page(request, row)
    request.actor.must(Power.ADMIT, row.scope_path)
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")
    tried = attempt(lambda: answer_request(row, kind, reason, author=author_of(request)))
    return request_page(request, row, tried.refusal) if tried.refusal else redirect("front:request", row.pk)


@require_POST
def withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút yêu cầu của mình."""
    row = get_object_or_404(DataRequest.objects.visible_to(request.actor), pk=pk, person_id=request.actor.person_id)
    tried = attempt(lambda: withdraw_request(row, author=author_of(request)))
    return request_page(request, row, tried.refusal) if tried.refusal else redirect("front:requests_own")


def request_page(request: Request, row: DataRequest, refusal: Refused | None = None) -> HttpResponse:
    """The page of a request; whoever answers one to erase is offered what can go."""
    (each,) = asked([row])
    answers = request.actor.can(Power.ADMIT, row.scope_path) and request.actor.person_id != row.person_id
    by_erasing = {DataAnswer.DONE} if row.kind == DataRequest.ERASURE else set()
    context: dict[str, Any] = {
        "each": each, "answers": answers and not each.settled, "own": request.actor.person_id == row.person_id,
        "kinds": [pair for pair in ANSWERS if pair[0] not in each.kinds | by_erasing], "typed": request.POST,
        "erasing": _erasing(request, row) if answers and by_erasing and not each.settled else None,
        "late": each.late(request.today), "clocks": _clocks(request), "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "front/request.html", context, status=422 if refusal else 200)


def _erasing(request: Request, row: DataRequest) -> Erasing | None:
    person = Person.objects.visible_to(request.actor).filter(pk=row.person_id).first()
    if person is None:
        return None
    remember(request, Opened("person", person.scope_path, person.pk))
    return erasing_of(person, request.POST.getlist("field"), actor=request.actor)


def _clocks(request: Request) -> list[Any]:
    opened = rules_on(request.today)
    days_off = opened.get(DAYS_OFF)
    return [*(opened[key] for key in CLOCKS), *([days_off] if days_off else [])]
