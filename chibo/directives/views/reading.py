"""Read the documents a text names, and enter those the register does not have."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.directives.citing import Citation, citations
from chibo.directives.models import Heading
from chibo.directives.opening import MOST, text_of
from chibo.directives.views.common import the_unit
from chibo.directives.views.entering import said_by
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

LONGEST = 200_000  # characters of a pasted text
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Found:
    """One document named, and where it is entered, or the address that enters it."""

    citation: Citation
    said: dict[str, str]
    known: Heading | None
    enter: str


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: Request, pk: int) -> HttpResponse:
    """Đọc văn bản được nêu trong một đoạn chữ hay tệp Word: nothing is kept of the text."""
    unit = the_unit(request, pk)
    request.actor.must(Power.ASSIGN, unit.scope_path)
    tried = attempt(lambda: _text(request)) if request.method == "POST" else None
    refusal = tried.refusal if tried else None
    text = (tried.result or "") if tried else ""
    found = citations(text)
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "asked": request.method == "POST",
        "text": request.POST.get("text", "")[:LONGEST], "error": request.say(refusal) if refusal else "",
        "found": _found(unit, found[:SHOWN], request), "many": len(found), "most": MOST >> 20,
    }  # fmt: skip
    return render(request, "directives/read.html", context, status=422 if refusal else 200)


def _text(request: Request) -> str:
    refuse_if(getattr(request, "upload_too_big", False), "text_too_big", most=MOST >> 20)
    file = request.FILES.get("file")
    if file is not None:
        return text_of(file.read())
    text: str = request.POST.get("text", "")
    refuse_if(len(text) > LONGEST, "text_too_long", most=LONGEST, length=len(text))
    if not text.strip():
        raise Refused("no_text_to_read")
    return text


def _found(unit: Unit, rows: list[Citation], request: Request) -> list[Found]:
    """Each document once, in reading order; one query for those that are entered already."""
    once = {(row.kind, row.number, row.year, row.symbol, row.date, tuple(row.term.values()), row.issuer): row
            for row in reversed(rows)}  # fmt: skip
    kept = sorted(once.values(), key=lambda row: row.start)
    numbers = {row.number for row in kept if row.number}
    entered = Heading.objects.visible_to(request.actor).live().filter(document__unit=unit, number__in=numbers)
    known = {(each.kind, each.number, each.year, each.symbol): each for each in entered}
    add = reverse("directives:enter", args=[unit.pk])
    return [
        Found(
            row, said_by(row), known.get((row.kind or "", row.number or "", row.year or "", row.symbol or "")),
            f"{add}?{urlencode({'doc': row.text})}",
        )
        for row in kept
    ]  # fmt: skip
