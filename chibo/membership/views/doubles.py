"""Records that may be of one person; saying that they are not."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Box, Form
from chibo.kernel.web import answer_form
from chibo.membership.doubles import Pair, apart_in, doubles_in, page_of
from chibo.membership.models import Apart, Person
from chibo.membership.operations import say_apart, take_apart_back
from chibo.membership.policy import values_of
from chibo.membership.views.common import about, the_person
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import line_to

PAGE = 50
SHOWN = ("birth", "card_number", "home_village")


@require_safe
def doubles(request: Request, pk: int) -> HttpResponse:
    """Hồ sơ có thể trùng: each pair with its reasons, and the pairs somebody has looked at."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ADMIT, unit.scope_path)
    pairs = doubles_in(unit, actor=request.actor)
    shown = page_of(pairs, request.GET.get("sau", "")[:900], PAGE + 1)
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "count": len(pairs),
        "pairs": _told(request, shown[:PAGE]), "next": shown[PAGE - 1].key if len(shown) > PAGE else "",
        "apart": apart_in(unit, actor=request.actor, most=PAGE), "after": request.GET.get("sau", ""),
    }  # fmt: skip
    return render(request, "membership/doubles.html", context)


def _told(request: Request, pairs: list[Pair]) -> list[dict[str, Any]]:
    """Both sides of each pair: name, cell, what tells one from the other."""
    ids = {pk for pair in pairs for pk in pair.ids}
    people = {row.pk: row for row in Person.objects.visible_to(request.actor).filter(pk__in=ids)}
    values = values_of(list(people.values()), actor=request.actor, codes=SHOWN)
    cells = Placement.objects.visible_to(request.actor).on(request.today)
    cells = cells.filter(scope_path__in={row.scope_path for row in people.values()})
    names = dict(cells.values_list("scope_path", "short_name"))

    def side(pk: uuid.UUID) -> dict[str, Any]:
        return {"person": people[pk], "cell": names.get(people[pk].scope_path, ""), **values.get(pk, {})}

    return [{"pair": pair, "sides": [side(pk) for pk in pair.ids]} for pair in pairs]


@require_http_methods(["GET", "HEAD", "POST"])
def apart(request: Request, pk: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Không phải một người: say so, and why."""
    person, second = the_person(request, pk), the_person(request, other)
    box = Box("reason", "Vì sao", "radio", choices=Apart.REASONS)
    told = [
        f"Hai hồ sơ: {person.full_name} và {second.full_name}.",
        "Cặp này không hiện trong danh sách có thể trùng nữa. Lấy lại được bất cứ lúc nào.",
    ]

    def act(typed: dict[str, Any]) -> Apart:
        by_name = request.posts[0].full_name if request.posts else ""
        return say_apart(person, second, typed["reason"], at=request.now, by=request.actor, by_name=by_name)

    context = about(request, person, "Không phải một người", "Ghi là hai người", told=told)
    return answer_form(request, Form([box]), act, context=context, back=_back(request, person))


@require_POST
def apart_taken_back(request: Request, pk: int) -> HttpResponse:
    """Lấy lại lời xác nhận hai người."""
    row = get_object_or_404(Apart.objects.visible_to(request.actor).select_related("person"), pk=pk)
    take_apart_back(row, at=request.now, by=request.actor)
    return redirect(_back(request, row.person))


def _back(request: Request, person: Person) -> str:
    """The page of doubles, as far up as the office keeps the book."""
    units = Unit.objects.visible_to(request.actor).order_by("scope_path").only("id", "scope_path")
    paths = {person.scope_path[:end] for end in range(7, len(person.scope_path) + 1, 7)}
    top = next(unit for unit in units.filter(scope_path__in=paths) if request.actor.can(Power.ADMIT, unit.scope_path))
    return reverse("membership:doubles", args=[top.pk])
