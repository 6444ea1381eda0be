"""Chi bộ và cấp ủy: every cell of a branch, who leads it, what is wanting."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.cadres.cells import APART, FILTERS, FOR_COMMITTEE, Bounds, CellState, cells_of
from chibo.cadres.models import VillageStep
from chibo.cadres.villages import steps_of
from chibo.figures.answers import Question
from chibo.figures.moments import moment_of
from chibo.kernel.actor import Power
from chibo.kernel.periods import Period
from chibo.organisation.localities import Registered
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.rules.reader import rules_on

MOST = 500


@require_safe
def cells(request: Request, pk: int) -> HttpResponse:
    """?ngay=…&cay=…&loc=chua-chi-uy: on a day, on either tree, those that want something."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    moment, asked = moment_of(request.GET, request.today), request.GET.get("loc", "")[:20]
    question = Question(unit, Period.days(moment.day, moment.day), moment.tree, request.actor, request.today)
    bounds, found = Bounds.of(moment.day), cells_of(question)
    told = [(cell, cell.lacks(bounds)) for cell in found]
    kept = [(cell, lacks) for cell, lacks in told if asked not in FILTERS or asked in lacks]
    villages = [(cell, village) for cell in found for village in cell.villages]
    shown = {village.locality_id for cell, lacks in kept[:MOST] if APART in lacks for village in cell.apart}
    steps = {} if moment.past else steps_of(shown, VillageStep.APART, by=request.actor)
    context = {
        "unit": unit, "moment": moment, "bounds": bounds, "asked": asked, "all": len(found), "found": len(kept),
        "placement": placement_on(unit.pk, moment.tree_day),
        "line": line_to(unit, moment.tree_day, actor=request.actor, as_was=moment.as_was),
        "rows": [(cell, _words(cell, lacks, bounds), _apart(request, cell, lacks, steps))
                 for cell, lacks in kept[:MOST]],
        "counts": [(code, words, sum(code in lacks for _, lacks in told)) for code, words in FILTERS.items()],
        "with_committee": sum(cell.committee > 0 for cell in found), "villages": len(villages),
        "rule": rules_on(moment.day).get(FOR_COMMITTEE),
        "together": sum(cell.together(village) for cell, village in villages),
    }  # fmt: skip
    return render(request, "cadres/cells.html", context)


def _apart(
    request: Request, cell: CellState, lacks: list[str], steps: dict[int, VillageStep]
) -> list[tuple[Registered, VillageStep | None, bool]]:
    """Villages whose head is somebody else: what was said of each, and whether this office writes there."""
    if APART not in lacks:
        return []
    return [(village, steps.get(village.locality_id), request.actor.can(Power.ORGANISE, village.siting.scope_path))
            for village in cell.apart]  # fmt: skip


def _words(cell: CellState, lacks: list[str], bounds: Bounds) -> list[str]:
    """What this cell needs, in words with its numbers."""
    told: dict[str, Any] = {
        "thieu-bi-thu": "Chưa có bí thư",
        "duoi-muc": f"Thiếu {(bounds.least or 0) - cell.official} đảng viên chính thức để đủ số tối thiểu",
        "it-dang-vien": f"Thêm {(bounds.for_committee or 0) - cell.official} đảng viên chính thức thì bầu được chi ủy",
        "chua-chi-uy": "Đủ người để bầu chi ủy, chưa ghi chi ủy viên",
    }
    return [told[code] for code in lacks if code in told]
