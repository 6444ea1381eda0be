"""People: the list of a cell or a branch, one person's path, and finding somebody."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.access.operations import Opened
from chibo.figures.moments import moment_of
from chibo.front.people import mended_of, path_of
from chibo.front.readings import remember
from chibo.front.refusals import wants_part
from chibo.front.search import search
from chibo.kernel.actor import Actor, Power
from chibo.meetings.queries import tasks_open_now
from chibo.membership.doubles import doubles_in
from chibo.membership.finding import UNCOUNTED, Asked
from chibo.membership.models import Merging, Person
from chibo.membership.particulars import FIELDS
from chibo.membership.policy import erased_of, values_of
from chibo.membership.queries import line_of, member_lines, out_of_sight_on
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

PAGE = 100


STANDINGS = {"chinh-thuc": "official", "du-bi": "probationary"}


@require_safe
def members(request: Request, pk: int) -> HttpResponse:
    """Danh sách đảng viên của một tổ chức; what is asked for stands in the address, a page starts after `sau`."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    moment = moment_of(request.GET, request.today)
    placement, day, actor = placement_on(unit.pk, moment.day), moment.day, request.actor
    is_cell = placement is not None and placement.kind == "cell"
    asked = _asked(request)
    lines = member_lines(unit, day, actor=actor, asked=asked, most=PAGE + 1, tree=moment.tree)
    kept = request.GET.copy()
    kept.pop("sau", None)
    part, keeps = wants_part(request), actor.can(Power.ADMIT, unit.scope_path)
    context = {
        "unit": unit, "day": day, "moment": moment,
        "line": line_to(unit, moment.tree_day, actor=actor, as_was=moment.as_was),
        "unseen": out_of_sight_on(unit, day, actor=actor, tree=moment.tree) if moment.past else 0,
        "doubles": len(doubles_in(unit, actor=actor)) if keeps and not part and not moment.past else 0,
        "admits": is_cell and keeps and not moment.past, "typed": request.GET, "asked": asked,
        "people": lines[:PAGE], "next": lines[PAGE - 1].key if len(lines) > PAGE else "", "kept": kept.urlencode(),
        "sorts": [each for each in FIELDS.values() if each.code in SORTED_BY],
    }  # fmt: skip
    remember(request, Opened("list", unit.scope_path, count=len(context["people"])))
    return render(request, "front/members_found.html" if part else "front/members.html", context)


SORTED_BY = ("birth", "theory_level", "occupation")


def _asked(request: Request) -> Asked:
    get = request.GET
    return Asked(
        name=get.get("q", ""), standing=STANDINGS.get(get.get("loai", ""), ""), uncounted=get.get("loc") == UNCOUNTED,
        field=get.get("o", "")[:40], value=get.get("la", "")[:200], sort=get.get("xep", "")[:40],
        after=get.get("sau", "")[:900],
    )  # fmt: skip


@require_safe
def person(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Trang của một đảng viên: quá trình, thông tin trong phiếu, việc đang giữ, những chỗ đã sửa."""
    row = get_object_or_404(Person.objects.visible_to(request.actor), pk=pk)
    steps = path_of(row, actor=request.actor)
    if not steps and (gone := Merging.objects.visible_to(request.actor).standing().filter(merged=row).first()):
        return redirect(reverse("front:person", args=[gone.person_id]) + f"?tu={gone.pk}")
    took_in = Merging.objects.visible_to(request.actor).standing().filter(person=row).select_related("merged")
    held = [step for step in steps if step.holds(request.today) and not step.aside]
    context = {
        "person": row, "initial": row.full_name.split()[-1][:1].upper(), "steps": steps, "held": held,
        "day": request.today, "tasks": list(tasks_open_now(request.actor).filter(owner=row)),
        "mine": row.pk == request.actor.person_id, "line": line_of(row, request.today, actor=request.actor),
        "facts": _facts(row, request.actor), "took_in": took_in,
        "mended": mended_of(row, actor=request.actor, merged=[each.merged_id for each in took_in]),
        "came_from": next((each for each in took_in if str(each.pk) == request.GET.get("tu", "")), None),
        "admits": request.actor.can(Power.ADMIT, row.scope_path),
        "appoints": request.actor.can(Power.APPOINT, row.scope_path),
        "probation": any(step.words == "Đảng viên dự bị" for step in held),
        "listed": any(step.words.startswith("Sinh hoạt chính thức") for step in held),
    }  # fmt: skip
    remember(request, Opened("person", row.scope_path, row.pk))
    return render(request, "front/person.html", context)


def _facts(row: Person, actor: Actor) -> list[tuple[str, str, date | None]]:
    """Label and value, or the day it was erased."""
    values, gone = values_of([row], actor=actor).get(row.pk, {}), erased_of(row, actor=actor)
    return [
        (field.label, values.get(code, ""), gone.get(code))
        for code, field in FIELDS.items()
        if code in {*values, *gone}
    ]


@require_safe
def find(request: Request) -> HttpResponse:
    """Tìm người, tổ chức: ?q=…"""
    found = search(request.GET.get("q", ""), actor=request.actor, on=request.today)
    return render(request, "front/found.html" if wants_part(request) else "front/find.html", {"found": found})
