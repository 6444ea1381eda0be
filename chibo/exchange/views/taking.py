"""Lists on their way in: sent, their columns confirmed, looked at, written, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.exchange.acts.kinds import BOOKS
from chibo.exchange.acts.operations import look_ahead
from chibo.exchange.answers import answer_workbook
from chibo.exchange.drafts import counted
from chibo.exchange.forms import columns_from, day_from, hidden_from
from chibo.exchange.kinds import KINDS
from chibo.exchange.models import Intake
from chibo.exchange.operations import (
    columns_known,
    depends_on,
    drop,
    heading_in,
    lines_of,
    preview,
    receive,
    say_columns,
    take_back,
    take_in,
)
from chibo.exchange.reading.workbook import MOST
from chibo.exchange.shown import page_of
from chibo.kernel.actor import Power
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 20


@require_http_methods(["GET", "HEAD", "POST"])
def intakes(request: Request, pk: int) -> HttpResponse:
    """Nhập danh sách: the form for a file, and the lists that came before."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ADMIT, unit.scope_path)
    if request.method != "POST":
        return _intakes_page(request, unit)
    file = request.FILES.get("file")
    if getattr(request, "upload_too_big", False):  # known once the form has been read
        return _intakes_page(request, unit, Refused("list_too_big", most=MOST >> 20), 413)
    tried = attempt(lambda: _received(request, unit, file))
    if tried.result is None:
        return _intakes_page(request, unit, tried.refusal, 422)
    return redirect("exchange:columns", pk=tried.result.pk)


def _received(request: Request, unit: Unit, file: Any) -> Intake:
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Refused("unknown_choice")
    data = file.read() if file is not None else b""
    name = getattr(file, "name", "") or ""
    day = day_from(request.POST, request.today)
    return receive(unit, kind, name, data, holds_from=day, at=request.now, by=request.actor)


def _intakes_page(request: Request, unit: Unit, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    rows = (
        Intake.objects.visible_to(request.actor)
        .filter(unit=unit, kind__in=KINDS)
        .defer("sheet")
        .order_by("-at")[:RECENT]
    )
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "intakes": list(rows),
        "kinds": list(KINDS.values()), "most": MOST >> 20, "error": request.say(refusal) if refusal else "",
        "chosen": request.POST.get("kind") or request.GET.get("kind", "members"),
        "day": request.POST.get("day") or show_day(request.today),
    }  # fmt: skip
    return render(request, "exchange/intakes.html", context, status=status)


def the_intake(request: Request, pk: uuid.UUID, kinds: Collection[str] = KINDS) -> Intake:
    """In sight, and within the power its kind of list takes. A sheet of acts has pages of its own."""
    rows = Intake.objects.visible_to(request.actor).filter(kind__in=kinds).select_related("unit")
    found: Intake = get_object_or_404(rows, pk=pk)
    request.actor.must(BOOKS[found.kind].power, found.scope_path)
    return found


def _about(request: Request, row: Intake, **more: Any) -> dict[str, Any]:
    line = line_to(row.unit, request.today, actor=request.actor)
    return {"intake": row, "kind": BOOKS[row.kind], "line": line, "unit": row.unit, **more}


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Nhận cột: what each column is, asked once of a body and remembered."""
    row = the_intake(request, pk, BOOKS)
    if row.state != Intake.WAITING:
        return _onward(row)
    if request.method == "POST":
        meant, hidden = columns_from(request.POST), hidden_from(request.POST)
        tried = attempt(lambda: _said(request, row, meant, hidden))
        if tried.refusal is None:
            return _onward(row)
        return _columns_page(request, row, tried.refusal, 422)
    asked = request.GET.get("sua") == "1"
    heading = heading_in(row)
    if not asked and not row.columns and columns_known(heading, row.unit, BOOKS[row.kind]):
        known = attempt(lambda: _said(request, row, {}, row.hidden_too))
        if known.refusal is None:
            return _onward(row)
    return _columns_page(request, row)


def _said(request: Request, row: Intake, meant: Mapping[int, str], hidden: bool | None) -> Intake:
    """A sheet of acts is looked at once its columns are known; a list is compared whenever its page is opened."""
    said = say_columns(row, meant, hidden_too=hidden, by=request.actor)
    return said if row.kind in KINDS else look_ahead(said, at=request.now, by=request.actor)


def _onward(row: Intake) -> HttpResponse:
    return redirect("exchange:intake" if row.kind in KINDS else "exchange:act_sheet", pk=row.pk)


def _columns_page(request: Request, row: Intake, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    heading = heading_in(row)
    said = columns_from(request.POST)
    lines = heading.lines()
    shown = [
        {"column": c, "field": said.get(c.number, c.field),
         "examples": [line.cells[c.number].text[:60] for line in lines if c.number in line.cells][:3]}
        for c in heading.columns
    ]  # fmt: skip
    context = _about(
        request, row, heading=heading, columns=shown, lines=len(lines), error=request.say(refusal) if refusal else "",
        hidden=sum(1 for line in lines if line.number in heading.sheet.hidden_rows),
    )  # fmt: skip
    return render(request, "exchange/columns.html", context, status=status)


@require_safe
def intake(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xem trước từng dòng; afterwards what was written."""
    row = the_intake(request, pk)
    if row.state == Intake.WAITING and not row.columns:
        return redirect("exchange:columns", pk=row.pk)
    return _intake_page(request, row)


def _intake_page(request: Request, row: Intake, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    if row.state == Intake.WAITING:
        shown = preview(row, at=request.now, by=request.actor)
        more = {"preview": shown, "digest": shown.digest, "writes": shown.writes}
        drafts, counts = shown.drafts, shown.counts
    elif "lines" in row.outcome:
        more = {"can_take_back": row.state == Intake.WRITTEN and bool(row.outcome.get("changes"))}
        drafts, counts = lines_of(row, at=request.now, by=request.actor)
    else:
        return render(request, "exchange/forgotten.html", _about(request, row))
    page = page_of(drafts, counts, request.GET.dict(), request.say)
    context = _about(
        request, row, page=page, counts=counts, total=len(drafts), error=request.say(refusal) if refusal else "", **more
    )
    return render(request, "exchange/intake.html", context, status=status)


@require_POST
def writing(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi vào sổ."""
    row = the_intake(request, pk)
    seen = request.POST.get("seen", "")[:80]
    tried = attempt(lambda: take_in(row, seen=seen, at=request.now, by=request.actor))
    if tried.refusal is not None:
        return _intake_page(request, row, tried.refusal, 422)
    return redirect("exchange:intake", pk=row.pk)


@require_POST
def dropping(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Bỏ, không ghi."""
    row = the_intake(request, pk, BOOKS)
    drop(row, by=request.actor)
    return redirect("exchange:intakes" if row.kind in KINDS else "exchange:act_sheets", pk=row.unit_id)


@require_http_methods(["GET", "HEAD", "POST"])
def taking_back(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Lấy lại lần nhập: a grave act, on its own page."""
    row = the_intake(request, pk)
    error = ""
    if request.method == "POST":
        tried = attempt(lambda: take_back(row, at=request.now, by=request.actor))
        if tried.refusal is None:
            return redirect("exchange:intake", pk=row.pk)
        error = request.say(tried.refusal)
    context = _about(request, row, error=error, later=depends_on(row), counts=row.outcome.get("counts") or counted([]))
    return render(request, "exchange/take_back.html", context, status=422 if error else 200)


@require_safe
def answer(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tệp trả lời: the same list with one more column."""
    row = the_intake(request, pk)
    drafts, _ = lines_of(row, at=request.now, by=request.actor)
    heading = heading_in(row)
    written = row.state != Intake.WAITING
    made = answer_workbook([(heading.sheet, heading.row, drafts)], request.say, written=written)
    headers = {"Content-Disposition": 'attachment; filename="tra-loi.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(made, content_type=EXCEL, headers=headers)
