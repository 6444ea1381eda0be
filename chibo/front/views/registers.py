"""The office's papers about personal data: the processing register, the pack for a breach; filled in and printed."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from chibo.access.http import Request
from chibo.access.models import FilledForm
from chibo.access.operations import FIELDS, fill_form
from chibo.front.extract import register
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.rules.reader import rules_on

SPACE = uuid.UUID("6e1f0c1e-3a3f-4c0b-9d0a-5b1f6f5a9c00")  # the register of a unit is one form, whoever opens it first


@require_safe
def overview(request: Request, pk: int) -> HttpResponse:
    """Sổ xử lý dữ liệu và hồ sơ vi phạm của một tổ chức."""
    unit = _unit(request, pk)
    rows = FilledForm.objects.visible_to(request.actor).filter(unit_id=unit.pk, kind=FilledForm.BREACH)
    newest = {row.form: row for row in rows.order_by("pk")}
    context = _about(request, unit) | {
        "breaches": [(row, date.fromisoformat(row.content["found_on"])) for row in reversed(newest.values())],
        "new": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "front/registers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def processing(request: Request, pk: int) -> HttpResponse:
    """Sổ xử lý dữ liệu cá nhân: what the program keeps is printed, what the office knows is filled in."""
    unit = _unit(request, pk)
    form = uuid.uuid5(SPACE, str(unit.pk))
    refusal = _save(request, unit, FilledForm.REGISTER, form)
    if request.method == "POST" and refusal is None:
        return redirect("front:processing", unit.pk)
    kept = {(e["purpose"], e["level"], e["kept"], e["basis"]): None for e in register().values() if e["about_people"]}
    context = _page(request, unit, FilledForm.REGISTER, form, refusal) | {"kept": list(kept)}
    return render(request, "front/processing.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def breach(request: Request, pk: int, form: uuid.UUID) -> HttpResponse:
    """Hồ sơ báo vi phạm dữ liệu, with the clock of the law."""
    unit = _unit(request, pk)
    refusal = _save(request, unit, FilledForm.BREACH, form)
    if request.method == "POST" and refusal is None:
        return redirect("front:breach", unit.pk, form)
    context = _page(request, unit, FilledForm.BREACH, form, refusal)
    rule = rules_on(request.today)["privacy.breach_days"]
    row = context["row"]
    found = date.fromisoformat(row.content["found_on"]) if row else None
    context |= {"rule": rule, "until": found + timedelta(days=rule.value) if found else None}
    return render(request, "front/breach.html", context, status=422 if refusal else 200)


def _unit(request: Request, pk: int) -> Unit:
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ADMIT, unit.scope_path)
    return unit


def _save(request: Request, unit: Unit, kind: str, form: uuid.UUID) -> Refused | None:
    if request.method != "POST":
        return None
    typed = {name: request.POST.get(name, "") for name in FIELDS[kind]}
    name = request.posts[0].full_name if request.posts else ""
    tried = attempt(
        lambda: fill_form(
            kind, typed, form=form, unit_id=unit.pk, scope_path=unit.scope_path, at=request.now, by=request.actor,
            by_name=name,
        )
    )  # fmt: skip
    return tried.refusal


def _page(request: Request, unit: Unit, kind: str, form: uuid.UUID, refusal: Refused | None) -> dict[str, Any]:
    rows = FilledForm.objects.visible_to(request.actor).filter(form=form, unit_id=unit.pk, kind=kind)
    row = rows.order_by("-pk").first()
    said = dict(row.content) if row else {}
    if said.get("found_on"):
        said["found_on"] = f"{date.fromisoformat(said['found_on']):%d/%m/%Y}"
    typed = request.POST if refusal else said
    fields = [(name, label, typed.get(name, "")) for name, label in FIELDS[kind].items()]
    error = request.say(refusal) if refusal else ""
    return _about(request, unit) | {"row": row, "form": form, "fields": fields, "error": error}


def _about(request: Request, unit: Unit) -> dict[str, Any]:
    placement = placement_on(unit.pk, request.today)
    return {
        "unit": unit, "unit_name": placement.name if placement else "", "day": request.today,
        "line": line_to(unit, request.today, actor=request.actor),
    }  # fmt: skip
