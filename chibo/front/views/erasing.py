"""Erase what a member asked to erase: in answer to their request, or to the paper they brought."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.http import Request
from chibo.access.models import DataRequest
from chibo.access.operations import Opened
from chibo.exchange.erasing import erase_and_answer, erase_on_paper
from chibo.front.readings import remember
from chibo.front.requests import author_of, erasing_of
from chibo.front.views.requests import request_page
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.membership.models import Person
from chibo.membership.queries import line_of


@require_POST
def of_request(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xóa những ô đã chọn và trả lời yêu cầu xóa."""
    row = get_object_or_404(DataRequest.objects.visible_to(request.actor), pk=pk, kind=DataRequest.ERASURE)
    request.actor.must(Power.ADMIT, row.scope_path)
    fields, reason = request.POST.getlist("field"), request.POST.get("reason", "")
    tried = attempt(lambda: erase_and_answer(row, fields, reason, author=author_of(request)))
    return request_page(request, row, tried.refusal) if tried.refusal else redirect("front:request", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xóa theo đơn giấy của đảng viên."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ADMIT, person.scope_path)
    if person.pk == request.actor.person_id:
        raise Http404
    if request.method != "POST":
        return _page(request, person)
    fields, paper = request.POST.getlist("field"), request.POST.get("paper", "")
    tried = attempt(lambda: erase_on_paper(person, fields, paper, at=request.now, by=request.actor))
    return _page(request, person, tried.refusal) if tried.refusal else redirect("front:person", person.pk)


def _page(request: Request, person: Person, refusal: Refused | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "person": person, "line": line_of(person, request.today, actor=request.actor),
        "erasing": erasing_of(person, request.POST.getlist("field"), actor=request.actor), "typed": request.POST,
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    remember(request, Opened("person", person.scope_path, person.pk))
    return render(request, "front/erasure.html", context, status=422 if refusal else 200)
