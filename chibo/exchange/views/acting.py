"""Sheets of acts of reorganisation: sent, looked at line by line, decided."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request, goes_alone
from chibo.exchange.acts.kinds import ACTS
from chibo.exchange.acts.operations import answered, decide, drafts_of, look_ahead
from chibo.exchange.acts.samples import empty_sample, give_sample
from chibo.exchange.answers import answer_workbook
from chibo.exchange.drafts import Verdict
from chibo.exchange.forms import paper_boxes
from chibo.exchange.models import Intake
from chibo.exchange.operations import columns_sure, receive, say_columns
from chibo.exchange.reading.workbook import MOST
from chibo.exchange.shown import page_of
from chibo.exchange.views.taking import EXCEL, RECENT
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Form
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

PLACES = {"no_paper": "paper", "list_ahead": "on"}


def _unit(request: Request, pk: int) -> Unit:
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ORGANISE, unit.scope_path)
    return unit


@goes_alone
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: Request, pk: int) -> HttpResponse:
    """Sắp xếp theo bảng: the form for a sheet and its decision, samples, the sheets that came before."""
    unit = _unit(request, pk)
    form = Form(paper_boxes(request.today), PLACES)
    if request.method != "POST":
        return _sheets_page(request, unit, form)
    file = request.FILES.get("file")
    if getattr(request, "upload_too_big", False):  # known once the form has been read
        return _sheets_page(request, unit, form, Refused("list_too_big", most=MOST >> 20), 413)
    tried = attempt(lambda: _received(request, unit, form, file))
    if tried.result is None:
        return _sheets_page(request, unit, form, tried.refusal, 422)
    return _seen(request, tried.result)


def _received(request: Request, unit: Unit, form: Form, file: Any) -> Intake:
    typed = form.read(request.POST, on=request.today)
    paper = {"number": typed["paper"], "signed_on": typed["signed_on"].isoformat(), "signer": typed["signer"],
             "reason": typed["reason"]}  # fmt: skip
    data, name = (file.read(), getattr(file, "name", "") or "") if file is not None else (b"", "")
    day: date = typed["on"]
    return receive(unit, ACTS.code, name, data, holds_from=day, at=request.now, by=request.actor, paper=paper)


def _seen(request: Request, row: Intake) -> HttpResponse:
    """Straight to the preview when nobody needs to be asked about its columns."""
    if columns_sure(row):
        tried = attempt(lambda: _looked(request, row))
        if tried.refusal is None:
            return redirect("exchange:act_sheet", pk=row.pk)
    return redirect("exchange:columns", pk=row.pk)


def _looked(request: Request, row: Intake) -> Intake:
    said = say_columns(row, {}, hidden_too=None, by=request.actor)
    return look_ahead(said, at=request.now, by=request.actor)


def _sheets_page(
    request: Request, unit: Unit, form: Form, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    rows = Intake.objects.visible_to(request.actor).filter(unit=unit, kind=ACTS.code).exclude(state=Intake.DROPPED)
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "most": MOST >> 20,
        "placement": placement_on(unit.pk, request.today), "sheets": list(rows.defer("sheet", "beside", "outcome")
        .order_by("-at")[:RECENT]),
        "form": form.shown(request.POST if refusal else None, refusal, request.say),
    }  # fmt: skip
    return render(request, "exchange/act_sheets.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: Request, pk: int) -> HttpResponse:
    """Bảng mẫu: empty, or (asked for by a form, signed in the ledger) with the units of today."""
    unit = _unit(request, pk)
    if request.method != "POST":
        return _file(empty_sample(), "bang-mau")
    name = request.posts[0].full_name if request.posts else ""
    members = request.POST.get("members") == "1"
    tried = attempt(lambda: give_sample(unit, members=members, by_name=name, at=request.now, by=request.actor))
    if tried.result is None:
        return _sheets_page(request, unit, Form(paper_boxes(request.today)), tried.refusal, 422)
    return _file(tried.result, "bang-sap-xep")


def _file(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(made, content_type=EXCEL, headers=headers)


def _the_sheet(request: Request, pk: uuid.UUID) -> Intake:
    rows = Intake.objects.visible_to(request.actor).filter(kind=ACTS.code).select_related("unit")
    found: Intake = get_object_or_404(rows, pk=pk)
    request.actor.must(Power.ORGANISE, found.scope_path)
    return found


@require_safe
def sheet(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xem trước từng dòng; afterwards what was decided."""
    row = _the_sheet(request, pk)
    if row.state == Intake.WAITING and not row.columns:
        return redirect("exchange:columns", pk=row.pk)
    return _sheet_page(request, row)


def _sheet_page(request: Request, row: Intake, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "intake": row, "unit": row.unit, "line": line_to(row.unit, request.today, actor=request.actor),
        "error": request.say(refusal) if refusal else "", "told": row.outcome,
    }  # fmt: skip
    if "lines" in row.outcome:
        drafts, people = drafts_of(row), drafts_of(row, "people")
        bad = [draft for draft in people if draft.verdict is Verdict.REFUSED]
        context |= {
            "page": page_of(drafts, row.outcome["counts"], request.GET.dict(), request.say), "total": len(drafts),
            "people": page_of(bad, {each: len(bad) for each in Verdict}, {"hien": "tu-choi"}, request.say).lines,
            "people_refused": len(bad), "placed": sum(1 for d in people if d.verdict is Verdict.NEW),
        }  # fmt: skip
    return render(request, "exchange/act_sheet.html", context, status=status)


@goes_alone
@require_POST
def looking(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xem trước lại: the tree has moved since."""
    row = _the_sheet(request, pk)
    tried = attempt(lambda: look_ahead(row, at=request.now, by=request.actor))
    if tried.refusal is not None:
        return _sheet_page(request, row, tried.refusal, 422)
    return redirect("exchange:act_sheet", pk=row.pk)


@goes_alone
@require_POST
def deciding(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi quyết định."""
    row = _the_sheet(request, pk)
    seen, name = request.POST.get("seen", "")[:80], request.posts[0].full_name if request.posts else ""
    tried = attempt(lambda: decide(row, seen=seen, at=request.now, by=request.actor, by_name=name))
    if tried.refusal is not None:
        return _sheet_page(request, row, tried.refusal, 422)
    return redirect("reorganisation:decision", pk=row.pk)


@require_safe
def answer(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tệp trả lời: the same workbook with one more column."""
    row = _the_sheet(request, pk)
    made = answer_workbook(answered(row), request.say, written=row.state == Intake.WRITTEN)
    return _file(made, "tra-loi")
