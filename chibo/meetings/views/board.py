"""The board of months: on the page, as words to remind somebody, as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.cadres.models import Office
from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.figures.moments import THAT_DAY, tree_of
from chibo.kernel.actor import Power
from chibo.kernel.periods import Period
from chibo.meetings.beginning import cells_written_elsewhere
from chibo.meetings.board import KINDS, Ask, Board, board_of, hide_small, reminders
from chibo.meetings.board.squares import FILTERS
from chibo.meetings.board.workbook import workbook_of
from chibo.meetings.operations.exporting import note_export
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

YEARS_OF_HEAT = 3


def _ask(request: Request, given: Any, year: int | None) -> Ask:
    """What the address asks; a word the board does not know asks for nothing."""
    month, kind, only = given.get("thang", ""), given.get("loai", ""), given.get("loc", "")
    return Ask(
        year or request.today.year,
        int(month) if month.isascii() and month.isdigit() and len(month) < 3 and 1 <= int(month) <= 12 else 0,
        kind if kind in KINDS else "thuong-ky",
        only if only in FILTERS else "",
        tree_of(given),
    )


def _board(request: Request, pk: int, year: int | None, given: Any) -> tuple[Unit, Board, bool]:
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    shown = board_of(unit, _ask(request, given, year), by=request.actor, on=request.today)
    posted = given.get("an-so-nho") == "1"
    return unit, hide_small(shown) if posted else shown, posted


@require_safe
def board(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    """Bảng tháng: units below × months of a year."""
    unit, shown, posted = _board(request, pk, year, request.GET)
    line = line_to(unit, request.today, actor=request.actor)
    context = {
        "board": shown, "unit": unit, "line": line, "posted": posted,
        "of_what": "chi bộ" if line and line[-1].kind in {"cell", "commune"} else "đơn vị",
        "day": request.today, "kinds": [(word, words) for word, (_, words) in KINDS.items()],
        "filters": list(FILTERS.items()), "kind_words": KINDS[shown.ask.kind][1],
        "paper_month": shown.shown_month, "query": _query(shown.ask, posted),
        "elsewhere": 0 if posted else cells_written_elsewhere(unit, shown.shown_month, by=request.actor),
        "may_organise": request.actor.can(Power.ORGANISE, unit.scope_path),
        "heat": None if shown.held.children or posted else _heat(request, unit, shown.ask.year),
    }  # fmt: skip
    return render(request, "meetings/board.html", context)


def _query(ask: Ask, posted: bool) -> str:
    """What was asked for besides the month, so that the pager may name another one."""
    more = {**({"an-so-nho": "1"} if posted else {}), **({"cay": THAT_DAY} if ask.as_was else {})}
    return urlencode({"loai": ask.kind, "loc": ask.only, **more})


def _heat(request: Request, unit: Unit, year: int) -> list[tuple[int, list[str]]]:
    """Years × months of a cell: the state of each ordinary meeting."""
    first = year - YEARS_OF_HEAT + 1
    period = Period(Period.year(first).first, Period.year(year).after)
    held = figure("meetings.held", unit, period, Tree.RESTATED, by=request.actor, on=request.today)
    states = {row.month: row.state for row in held.rows}
    years = range(first, year + 1)
    return [(number, [states.get(month, "none") for month in Period.year(number).months()]) for number in years]


@require_safe
def chase(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    """Lời nhắc các chi bộ chưa họp: words to copy; nothing is sent from here."""
    unit, shown, _ = _board(request, pk, year, request.GET)
    held = [post for post in request.posts if post.office]
    here = [post for post in held if unit.scope_path.startswith(post.path)] or held  # not what they are elsewhere
    sender = f"{Office(here[0].office).label}, {here[0].unit_name}" if here else ""
    each, for_all = reminders(shown, sender=sender, by=request.actor, on=request.today)
    context = {
        "board": shown, "unit": unit, "line": line_to(unit, request.today, actor=request.actor),
        "reminders": each, "for_all": for_all,
    }  # fmt: skip
    return render(request, "meetings/chase.html", context)


@require_POST
def workbook(request: Request, pk: int, year: int) -> HttpResponse:
    """Tải bảng tháng as Excel, as it is shown; the ledger notes it."""
    unit, shown, posted = _board(request, pk, year, request.POST)
    note_export(unit, on=request.today, by=request.actor)
    placement = placement_on(unit.pk, request.today)
    made = workbook_of(shown, title=placement.name if placement else "", on=request.today, posted=posted)
    disposition = f'attachment; filename="bang-thang-{year}.xlsx"'
    return HttpResponse(made, content_type=EXCEL, headers={"Content-Disposition": disposition})
