"""Villages without a member: cleared year by year, left by name, who sees to each."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.front.villages import clearing_of, years_drawn
from chibo.kernel.actor import Power
from chibo.organisation.localities import area_tags
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on


@require_safe
def blank_villages(request: Request, pk: int) -> HttpResponse:
    """Xóa bản «trắng» đảng viên: from the register, restated on today's tree."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    day, tags = request.today, area_tags(request.today)
    clearing = clearing_of(unit, by=request.actor, on=day)
    context = {
        "unit": unit, "placement": placement_on(unit.pk, day), "line": line_to(unit, day, actor=request.actor),
        "clearing": clearing, "day": day, "picture": years_drawn(clearing.years) if clearing.years else "",
        "rows": [(each, [tags.get(code, code) for code in each.village.tags],
                  request.actor.can(Power.ORGANISE, each.village.siting.scope_path)) for each in clearing.left],
    }  # fmt: skip
    return render(request, "front/blank_villages.html", context)
