"""Who handed in, who is late, and all numbers of a period side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.cadres.models import Office
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.text import is_uuid
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.returns.board import Board, Column, board_of, default_year, reminders
from chibo.returns.models import Form
from chibo.returns.operations import fills, note_export
from chibo.returns.periods import period_named
from chibo.returns.queries import forms_in
from chibo.returns.summing import Table, summed
from chibo.returns.views.common import the_unit
from chibo.returns.workbook import form_to_fill, numbers_of_period

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: ?bieu=…&nam=2026&ky=2026-10; board is None when there is no form yet."""

    unit: Unit
    forms: list[Form]
    board: Board | None


def asked_for(request: Request, pk: int, given: Mapping[str, str]) -> Asked:
    """The form, the year and the period; the newest that is over unless told. Raises Refused: no_such_period."""
    unit = the_unit(request, pk)
    forms = forms_in(unit, actor=request.actor, on=request.today)
    form = _form(forms, given.get("bieu", ""))
    if form is None:
        return Asked(unit, forms, None)
    shown = period_named(form.every, given["ky"]).first if given.get("ky") else None
    year = _year(given.get("nam", "")) or (shown.year if shown else default_year(form, request.today))
    return Asked(unit, forms, board_of(form, unit, year, shown, actor=request.actor, on=request.today))


def _form(forms: list[Form], wanted: str) -> Form | None:
    if wanted and not (is_uuid(wanted) and any(str(form.pk) == wanted.lower() for form in forms)):
        raise Http404
    return next((form for form in forms if not wanted or str(form.pk) == wanted.lower()), None)


def _year(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 1900 <= int(text[:5]) <= 2199 else 0


def _context(request: Request, asked: Asked) -> dict[str, Any]:
    board = asked.board
    return {
        "unit": asked.unit, "forms": asked.forms, "board": board, "form": board.form if board else None,
        "line": line_to(asked.unit, request.today, actor=request.actor), "day": request.today,
        "years": (board.year - 1, board.year + 1) if board else None,
        "directs": request.actor.can(Power.DIRECT, asked.unit.scope_path), "fills": _fills(request, asked),
    }  # fmt: skip


def _fills(request: Request, asked: Asked) -> bool:
    """Whether some row of the board is theirs to fill in: of their own unit, or of those the office types for."""
    own = asked.board is not None and any(row.unit_id == asked.unit.pk for row in asked.board.rows)
    return request.actor.can(Power.HELP, asked.unit.scope_path) or (own and fills(asked.unit, request.actor))


@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    """Bảng nộp phiếu: units below × periods of a year."""
    return render(request, "returns/board.html", _context(request, asked_for(request, pk, request.GET)))


@require_safe
def chase(request: Request, pk: int) -> HttpResponse:
    """Lời nhắc nộp phiếu: words to copy; nothing is sent from here."""
    asked = asked_for(request, pk, request.GET)
    context = {**_context(request, asked), "reminders": [], "for_all": ""}
    if asked.board:
        told = {"on": request.today, "reply": request.today + timedelta(days=1)}
        sender = _sender(request, asked.unit)
        context["reminders"], context["for_all"] = reminders(asked.board, sender=sender, by=request.actor, **told)
    return render(request, "returns/chase.html", context)


def _sender(request: Request, unit: Unit) -> str:
    held = [post for post in request.posts if post.office]
    here = [post for post in held if unit.scope_path.startswith(post.path)] or held  # not what they are elsewhere
    return f"{Office(here[0].office).label}, {here[0].unit_name}" if here else ""


@require_safe
def period(request: Request, pk: int) -> HttpResponse:
    """Tổng hợp một kỳ: units × lines, every number through the door of figures."""
    asked = asked_for(request, pk, request.GET)
    context = {**_context(request, asked), "table": table_of(request, asked)}
    return render(request, "returns/period.html", context)


def table_of(request: Request, asked: Asked) -> Table | None:
    """The numbers of the period shown; None when there is no form or no period yet."""
    if asked.board is None or asked.board.shown is None:
        return None
    first: date = asked.board.shown.first
    return summed(asked.board, asked.unit, first, by=request.actor, on=request.today)


@require_POST
def workbook(request: Request, pk: int) -> HttpResponse:
    """Tải tổng hợp một kỳ as Excel; the ledger notes it."""
    asked = asked_for(request, pk, request.POST)
    board, shown = _shown(asked)
    table = summed(board, asked.unit, shown.first, by=request.actor, on=request.today)
    note_export(board.form, asked.unit, on=request.today, by=request.actor)
    made = numbers_of_period(board.form, shown.first, table, title=_name(asked.unit, request.today), on=request.today)
    return _file(made, f"tong-hop-{shown.slug}")


@require_POST
def blank(request: Request, pk: int) -> HttpResponse:
    """Tải biểu để điền của một kỳ: one row a unit of the branch, what was typed so far in it."""
    asked = asked_for(request, pk, request.POST)
    board, shown = _shown(asked)
    note_export(board.form, asked.unit, on=request.today, by=request.actor)
    made = form_to_fill(board.form, shown.first, board.squares, title=_name(asked.unit, request.today))
    return _file(made, f"phieu-{shown.slug}")


def _shown(asked: Asked) -> tuple[Board, Column]:
    """Raises Refused("no_such_period") where there is nothing to take."""
    if asked.board is None or asked.board.shown is None:
        raise Refused("no_such_period")
    return asked.board, asked.board.shown


def _name(unit: Unit, on: date) -> str:
    placement = placement_on(unit.pk, on)
    return placement.name if placement else ""


def _file(made: bytes, name: str) -> HttpResponse:
    return HttpResponse(made, content_type=EXCEL,
                        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'})  # fmt: skip
