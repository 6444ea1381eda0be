"""The register of localities of a unit, and a page for each: who serves it, since when, by which paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.figures.door import figures
from chibo.figures.localities import localities_on_tree
from chibo.figures.moments import moment_of
from chibo.front.pictures_localities import ORDER, coverage, groups_of
from chibo.kernel.actor import Power
from chibo.kernel.periods import Correctable, Period
from chibo.organisation.localities import (
    COMMUNES,
    VILLAGE,
    WAYS,
    Registered,
    Wanted,
    area_tags,
    full_name,
    kind_named,
    localities_of_cell,
    registered,
)
from chibo.organisation.models import AreaTag, Locality, Service, Siting, Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.reorganisation.queries import last_names

CODES = ("villages.served", "villages.own", "villages.joint", "villages.members", "villages.blank",
         "institutions.served")  # fmt: skip
MOST = 500  # on one page; a province opens its communes


@require_safe
def localities(request: Request, pk: int) -> HttpResponse:
    """Sổ thôn, bản, trường, trạm: ?hien=blank&dien=border&cum=…&tim=…, of another day with ?ngay=…&cay=…"""
    unit, actor = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk), request.actor
    moment = moment_of(request.GET, request.today)
    day = moment.day
    placement = placement_on(unit.pk, moment.tree_day)
    if placement is None:  # an ended unit is read under its last name
        placement = last_names([unit.pk], actor=actor).get(unit.pk)
    kind = placement.kind if placement else ""
    if kind == "cell":
        rows = localities_of_cell(unit, day, actor=actor)
    else:
        rows = localities_on_tree(unit, day, moment.tree, actor=actor)
    asked = {name: request.GET.get(name, "")[:80] for name in ("hien", "dien", "cum", "tim")}
    tags = area_tags(day)
    wanted = Wanted.of(asked)
    kept = [row for row in rows if wanted.passes(row)]
    context = {
        "unit": unit, "placement": placement, "moment": moment, "day": day, "asked": asked,
        "line": line_to(unit, moment.tree_day, actor=actor, as_was=moment.as_was),
        "rows": kept[:MOST], "found": len(kept), "all": rows, "tags": tags, "ways": _counted(rows),
        "clusters": sorted({row.cluster for row in rows if row.cluster}),
        "named": {row.locality_id: [tags.get(code, code) for code in row.tags] for row in kept[:MOST]},
        "picture": coverage(_groups(kept, kind)) if kept else "", "is_cell": kind == "cell",
        "writes": not moment.past and kind in COMMUNES and actor.can(Power.ORGANISE, unit.scope_path),
        "takes": actor.can(Power.READ, unit.scope_path),
    }  # fmt: skip
    if kind != "cell":
        year = Period.days(day.replace(month=1, day=1), day)
        context["figures"] = figures(CODES, unit, year, moment.tree, by=actor, on=request.today)
    return render(request, "front/localities.html", context)


def _counted(rows: Sequence[Registered]) -> list[tuple[str, str, int]]:
    return [(way, WAYS[way], sum(row.way == way for row in rows)) for way in ORDER]


def _groups(rows: Sequence[Registered], kind: str) -> list[Any]:
    villages = [row for row in rows if row.kind.family == VILLAGE]
    others = [row for row in rows if row.kind.family != VILLAGE]
    places = sorted(others, key=lambda row: ORDER.index(row.way))
    return groups_of(villages) + ([("Trường, trạm", [row.way for row in places])] if places else [])


@require_safe
def locality(request: Request, pk: int) -> HttpResponse:
    """Một địa bàn: today, and how it came to be so."""
    row = get_object_or_404(Locality.objects.visible_to(request.actor), pk=pk)
    actor, day = request.actor, request.today
    mine = [model.objects.visible_to(actor).live().filter(locality=row).order_by("-during")
            for model in (Siting, Service, AreaTag)]  # fmt: skip
    sitings, services, tagged = (list(rows) for rows in mine)
    newest = sitings[0] if sitings else get_object_or_404(Siting.objects.visible_to(actor), locality=row)
    now = next(iter(registered([s for s in sitings if day in s.during], day, actor=actor)), None)
    cells = _names({service.cell_id for service in services if service.cell_id}, request)
    tags = area_tags(day)
    beside = []
    if now is not None and now.service is not None and now.service.shared > 1:
        beside = [each for each in localities_of_cell(now.service.cell, day, actor=actor) if each.locality_id != row.pk]
    context = {
        "locality": row, "today": now, "unit": newest.unit, "line": line_to(newest.unit, day, actor=actor), "day": day,
        "name": now.name if now else full_name(kind_named(newest.kind, day), newest.name), "beside": beside,
        "sitings": [(each, full_name(kind_named(each.kind, day), each.name)) for each in sitings],
        "services": [(each, _way_words(each, cells)) for each in services],
        "tagged": [(each, tags.get(each.tag, each.tag)) for each in tagged],
        "writes": actor.can(Power.ORGANISE, row.scope_path), "reasons": Correctable.MISTAKES,
    }  # fmt: skip
    return render(request, "front/locality.html", context)


def _names(cells: set[int], request: Request) -> dict[int, str]:
    rows = Unit.objects.visible_to(request.actor).filter(pk__in=cells).values_list("pk", "placements__name")
    return dict(rows.order_by("placements__during"))


def _way_words(service: Service, cells: Mapping[int, str]) -> str:
    if service.cell_id:
        return cells.get(service.cell_id, "Chi bộ khác")
    return "Có đảng viên, chưa có chi bộ" if service.has_members else "Chưa có đảng viên, chưa có chi bộ"
