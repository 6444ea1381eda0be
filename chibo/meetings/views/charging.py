"""Who of the committee looks after which cells: the table, the form, the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.dates import parse_day, show_day
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.care import committee_above
from chibo.meetings.charges import ChargeRow, charges_of
from chibo.meetings.models import Charge
from chibo.meetings.operations import assign_charge, end_charge
from chibo.meetings.views.helping import chosen
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

BLANK = {"first": "", "last": "", "decision": ""}


@require_http_methods(["GET", "HEAD", "POST"])
def charges(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    """Bảng phân công phụ trách chi bộ of a year; the office assigns below."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    asked = year or request.today.year
    if request.method != "POST":
        return _table(request, unit, asked)
    request.actor.must(Power.APPOINT, unit.scope_path)
    tried = attempt(lambda: _assign(request, unit))
    if tried.refusal is not None:
        return _table(request, unit, asked, tried.refusal, 422)
    return redirect(request.path)


def _assign(request: Request, unit: Unit) -> list[Charge]:
    ids = [int(text) for text in request.POST.getlist("cell") if text.isascii() and text.isdigit() and len(text) < 9]
    cells = list(Unit.objects.visible_to(request.actor).filter(pk__in=ids))
    last = request.POST.get("last", "").strip()
    person = chosen(request, "person")
    if person is None:
        raise Refused("not_of_committee")
    return assign_charge(
        person, cells, first=parse_day(request.POST.get("first", "")), last=parse_day(last) if last else None,
        by=request.actor, decision=request.POST.get("decision", ""),
    )  # fmt: skip


def _table(request: Request, unit: Unit, year: int, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    rows = charges_of(unit, year, actor=request.actor, on=request.today)
    assigns = request.actor.can(Power.APPOINT, unit.scope_path)
    placement = placement_on(unit.pk, request.today)
    context = {
        "unit": unit, "rows": rows, "year": year, "line": line_to(unit, request.today, actor=request.actor),
        "unit_name": placement.name if placement else "", "years": (year - 1, year + 1), "assigns": assigns,
        "without": [row for row in rows if not row.now], "by_person": _by_person(rows),
        "people": _people(rows, request.today) if assigns else [], "day": request.today,
        "typed": _typed(request, year), "chosen": request.POST.getlist("cell"),
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/charges.html", context, status=status)


def _people(rows: list[ChargeRow], day: date) -> list[tuple[str, str]]:
    """Whoever can be put in charge of one of these cells; they hang below one committee as a rule."""
    found: dict[str, str] = {}
    parents: set[str] = set()
    for row in rows:
        above = row.unit.scope_path[:-7]
        if above not in parents:
            parents.add(above)
            found |= {str(each.person_id): each.full_name for each in committee_above(row.unit, day)}
    return list(found.items())


def _by_person(rows: list[ChargeRow]) -> list[tuple[str, list[str]]]:
    cells: dict[tuple[Any, str], list[str]] = {}
    for row in rows:
        for charge in row.charges:
            cells.setdefault((charge.person_id, charge.full_name), []).append(row.name)
    return sorted((name, list(dict.fromkeys(names))) for (_, name), names in cells.items())


def _typed(request: Request, year: int) -> dict[str, str]:
    if request.method == "POST":
        return {**BLANK, **request.POST.dict()}
    first = max(date(year, 1, 1), request.today) if year == request.today.year else date(year, 1, 1)
    return {"first": show_day(first), "last": f"31/12/{year}", "decision": "", "person": ""}


@require_http_methods(["GET", "HEAD", "POST"])
def charge_end(request: Request, pk: int) -> HttpResponse:
    """Thôi phụ trách: the last day; the row stays as it was until then."""
    row = get_object_or_404(Charge.objects.visible_to(request.actor).select_related("unit"), pk=pk)
    request.actor.must(Power.APPOINT, row.scope_path)
    placement = placement_on(row.unit_id, request.today)
    refusal = None
    if request.method == "POST":
        tried = attempt(lambda: end_charge(row, last=parse_day(request.POST.get("last", "")), by=request.actor))
        refusal = tried.refusal
        if refusal is None:
            return redirect("meetings:charges", pk=(placement.parent_id if placement else None) or row.unit_id)
    until = row.during.upper - timedelta(days=1) if row.during.upper else None
    context = {
        "charge": row, "cell": placement.name if placement else "", "until": until,
        "line": line_to(row.unit, request.today, actor=request.actor),
        "last": request.POST.get("last", show_day(request.today)), "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/charge_end.html", context, status=422 if refusal else 200)
