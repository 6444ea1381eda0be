"""The register of a unit and its branch, one limitation whole, the workbook."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.issues.codes import KINDS, area_name, areas_on, causes_on
from chibo.issues.history import history_of
from chibo.issues.models import Limitation
from chibo.issues.operations import note_export
from chibo.issues.owners import may_check, may_report
from chibo.issues.queries import AGES, MOST, STATUSES, Register, register_of, state_of, wanted_of
from chibo.issues.sources import source_page, source_words
from chibo.issues.views.common import short, the_limitation, the_unit
from chibo.issues.workbook import workbook_of
from chibo.kernel.actor import Power
from chibo.kernel.periods import Correctable
from chibo.kernel.text import lower_first
from chibo.organisation.queries import line_to, placement_on

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def register(request: Request, pk: int) -> HttpResponse:
    """Sổ hạn chế: ?tinh-trang=mo|qua-han|cho-xac-nhan|xong|tai-dien|tat-ca&linh-vuc=…&nguon=…&nguyen-nhan=…&tuoi=90"""
    unit, actor, day = the_unit(request, pk), request.actor, request.today
    wanted = wanted_of(request.GET, day)
    shown = register_of(unit, wanted, actor=actor, on=day)
    placement = placement_on(unit.pk, day)
    context = {
        "unit": unit, "unit_name": placement.name if placement else "", "shown": shown, "wanted": wanted,
        "line": line_to(unit, day, actor=actor), "day": day,
        "kept": urlencode([pair for pair in wanted.pairs if pair[1]]),
        "writes": actor.can(Power.REMEDY, unit.scope_path) and placement is not None,
        "is_cell": placement is not None and placement.kind == "cell",
        "statuses": [(code, words, shown.counts[code]) for code, words in STATUSES.items()],
        "areas": areas_on(day).items(), "causes": causes_on(day).values(), "ages": AGES.items(),
        "sources": Limitation.SOURCES, "sides": _sides(shown), "asked": wanted.pairs, "narrowed": wanted.narrowed,
        "status_title": STATUSES[wanted.status], "status_words": lower_first(STATUSES[wanted.status]),
    }  # fmt: skip
    return render(request, "issues/register.html", context)


def _sides(shown: Register) -> list[tuple[str, int]]:
    """Khách quan, chủ quan: how often each is said."""
    return [(words, sum(many for cause, many in shown.causes if cause.kind == kind)) for kind, words in KINDS.items()]


@require_POST
def workbook(request: Request, pk: int) -> HttpResponse:
    """Tải sổ as Excel, as the list was asked for; the ledger notes it."""
    unit, actor, day = the_unit(request, pk), request.actor, request.today
    shown = register_of(unit, wanted_of(request.POST, day), actor=actor, on=day, most=MOST)
    note_export(unit, on=day, by=actor)
    placement = placement_on(unit.pk, day)
    title = f"Sổ hạn chế, khuyết điểm, {placement.name if placement else 'tổ chức cũ'}"
    made = workbook_of(shown.lines, title=title, actor=actor, on=day)
    disposition = f'attachment; filename="so-han-che-{day:%Y-%m-%d}.xlsx"'
    return HttpResponse(made, content_type=EXCEL, headers={"Content-Disposition": disposition})


@require_safe
def limitation(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một hạn chế: where and since when, why, what is done and by whom, what happened, what comes next."""
    row, actor, day = the_limitation(request, pk), request.actor, request.today
    history = history_of(row, actor=actor)
    placement = placement_on(row.unit_id, day) or placement_on(row.unit_id, row.entered_on)
    keeps = actor.can(Power.REMEDY, row.scope_path)
    context = {
        "row": row, "state": state_of(row, day), "short": short(row), "line": line_to(row.unit, day, actor=actor),
        "unit_name": placement.name if placement else "", "area": area_name(row.area, row.entered_on),
        "source": source_words(row), "source_page": source_page(row),
        "days": ((row.closed_on or day) - row.seen_on).days,
        "history": history, "remedies": [_shown(each, request) for each in history.remedies], "keeps": keeps,
        "may_drop_cause": keeps and row.closed_on is None, "reasons": Correctable.MISTAKES, "day": day,
        "late": (day - row.next_due).days if row.next_due and row.next_due < day else 0,
    }  # fmt: skip
    return render(request, "issues/limitation.html", context)


def _shown(told: Any, request: Request) -> dict[str, Any]:
    """A remedy, its state, and what this reader can do about it."""
    state, waiting = told.state(request.today), told.waiting
    return {
        "row": told.row, "state": state, "report": waiting, "late": (request.today - told.row.due).days,
        "reports": state in ("overdue", "mending") and may_report(told.row, request.actor),
        "checks": waiting is not None and may_check(waiting, told.row, request.actor),
        "drops": state in ("overdue", "mending") and request.actor.can(Power.REMEDY, told.row.scope_path),
    }  # fmt: skip
