"""The register of a unit, and one document with everything around it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.directives.chain import chain_of
from chibo.directives.models import Delivery, Document, DocumentFile, Heading
from chibo.directives.studying import study_of
from chibo.directives.titles import lacks, short_title_of, title_of
from chibo.directives.views.common import the_document, the_unit
from chibo.directives.words import KINDS
from chibo.kernel.actor import Power
from chibo.kernel.periods import Correctable, Period
from chibo.kernel.text import fold
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import line_to, placement_on

A_PAGE = 50
IN, OUT = "den", "di"
WAYS = {IN: Document.IN, OUT: Document.OUT}
WANTING = "thieu"


@require_safe
def register(request: Request, pk: int) -> HttpResponse:
    """Sổ văn bản đến, đi của một tổ chức: ?so=den|di&tim=…&loai=…&nam=2026&thieu=1&trang=2"""
    unit, actor = the_unit(request, pk), request.actor
    way = request.GET.get("so", IN)
    asked = {name: request.GET.get(name, "")[:80] for name in ("tim", "loai", "nam", WANTING)}
    asked["so"] = way if way in WAYS else IN
    rows = _narrowed(Heading.objects.visible_to(actor).live().filter(document__unit=unit), asked)
    pages = Paginator(rows.select_related("document").order_by("-dated_on", "-pk"), A_PAGE)
    page = pages.get_page(request.GET.get("trang"))
    placement = placement_on(unit.pk, request.today)
    context = {
        "unit": unit, "unit_name": placement.name if placement else "", "asked": asked, "page": page,
        "rows": [(row, title_of(row), lacks(row)) for row in page], "kinds": sorted(set(KINDS.values())),
        "line": line_to(unit, request.today, actor=actor), "writes": actor.can(Power.ASSIGN, unit.scope_path),
        "query": "&".join(f"{name}={value}" for name, value in asked.items() if value),
        "sent_here": Delivery.objects.visible_to(actor).live().filter(unit=unit).count(),
        "filtered": any(asked[name] for name in ("tim", "loai", "nam", WANTING)),
    }  # fmt: skip
    return render(request, "directives/register.html", context)


def _narrowed(rows: Any, asked: dict[str, str]) -> Any:
    rows = rows.filter(document__way=WAYS[asked["so"]])
    if asked["loai"] in KINDS.values():
        rows = rows.filter(kind=asked["loai"])
    if asked["nam"].isascii() and asked["nam"].isdigit() and 1900 < int(asked["nam"]) < 2200:
        year = Period.year(int(asked["nam"]))
        rows = rows.filter(dated_on__gte=year.first, dated_on__lt=year.after)
    for word in fold(asked["tim"]).split():
        rows = rows.filter(search_key__contains=word)
    if asked[WANTING]:
        rows = rows.filter(pk__in=[row.pk for row in rows if lacks(row)])
    return rows


@require_safe
def document(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một văn bản: what it is, what it carries out, who studied it, its files, how its heading was corrected."""
    row, said = the_document(request, pk)
    actor, day = request.actor, request.today
    units = Delivery.objects.visible_to(actor).live().filter(document=row).values("unit")
    study = study_of(row, _names(units, day, request), day, actor=actor)
    files = DocumentFile.objects.visible_to(actor).live().filter(document=row)
    headings = Heading.objects.visible_to(actor).filter(document=row)
    chain = [(step, short_title_of(step.heading)) for step in chain_of(row, actor=actor)]
    context = {
        "document": row, "said": said, "title": title_of(said), "short": short_title_of(said), "lacks": lacks(said),
        "line": line_to(row.unit, day, actor=actor), "study": study, "chain": chain if len(chain) > 1 else [],
        "files": list(files.select_related("attachment").order_by("at")),
        "before": list(headings.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at")),
        "writes": actor.can(Power.ASSIGN, row.scope_path), "directs": actor.can(Power.DIRECT, row.scope_path),
        "reasons": Correctable.MISTAKES, "key": uuid.uuid4(), "withdrawn": said.withdrawn_at is not None,
        "sends": _has_below(row.unit, request),
    }  # fmt: skip
    return render(request, "directives/document.html", context)


def _names(units: Any, day: date, request: Request) -> dict[int, str]:
    rows = Placement.objects.visible_to(request.actor).filter(unit__in=units).order_by("during")
    return {row.unit_id: row.short_name for row in rows if row.during.lower <= day}


def _has_below(unit: Unit, request: Request) -> bool:
    return Placement.objects.visible_to(request.actor).on(request.today).filter(parent=unit).exists()
