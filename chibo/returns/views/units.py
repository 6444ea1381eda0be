"""What a unit hands in, and what comes in from below."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.organisation.queries import line_to, placement_on
from chibo.returns.operations import fills
from chibo.returns.queries import standing_of
from chibo.returns.views.common import the_unit


@require_safe
def of_unit(request: Request, pk: int) -> HttpResponse:
    """Phiếu số liệu của một tổ chức: what it owes, what it checks, form by form."""
    unit, actor, day = the_unit(request, pk), request.actor, request.today
    shown = standing_of(unit, actor=actor, on=day)
    placement = placement_on(unit.pk, day)
    context = {
        "unit": unit, "unit_name": placement.name if placement else "", "shown": shown, "day": day,
        "line": line_to(unit, day, actor=actor), "fills": fills(unit, actor),
        "is_cell": placement is not None and placement.kind == "cell",
        "directs": placement is not None and actor.can(Power.DIRECT, unit.scope_path),
        "waiting": sum(each.waiting for each in shown.below), "late": sum(each.late for each in shown.below),
    }  # fmt: skip
    return render(request, "returns/of_unit.html", context)
