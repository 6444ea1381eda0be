"""Two records of one person: side by side, preview, the act; the merging itself, and taking it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.periods import Correctable
from chibo.kernel.text import is_uuid
from chibo.kernel.web import attempt
from chibo.membership.models import Merging, Person
from chibo.membership.queries import line_of
from chibo.reorganisation.joining import KEPT, MERGED
from chibo.reorganisation.merging import Pairing, lines_of, pairing_of, settled
from chibo.reorganisation.operations import merge_people, split_again
from chibo.reorganisation.queries import last_names
from chibo.reorganisation.sides import facts_beside, lines_beside, sentence, units_in

CHOSEN = "chon-"


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, pk: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Nhập `other` vào `pk`: side by side; what would change, counted; then the act."""
    seen = Person.objects.visible_to(request.actor)
    kept, merged = get_object_or_404(seen, pk=pk), get_object_or_404(seen, pk=other)
    for each in (kept, merged):
        request.actor.must(Power.ADMIT, each.scope_path)
    step = request.POST.get("step", "")
    if request.method == "POST" and step == "confirm":
        tried = attempt(lambda: _carry_out(request, kept, merged))
        if tried.result is not None:
            return redirect("front:person", pk=tried.result.person_id)
        return _beside(request, kept, merged, tried.refusal)
    if request.method == "POST" and step != "edit":
        planned = attempt(
            lambda: settled(pairing_of(kept, merged, by=request.actor), _choices(request), on=request.today,
                            by=request.actor)
        )  # fmt: skip
        if planned.result is not None:
            return _preview(request, planned.result)
        return _beside(request, kept, merged, planned.refusal)
    return _beside(request, kept, merged, None)


def _choices(request: Request) -> dict[str, str]:
    sent = {name.removeprefix(CHOSEN): str(value) for name, value in request.POST.items() if name.startswith(CHOSEN)}
    return {code: side for code, side in sent.items() if side in {KEPT, MERGED}}


def _carry_out(request: Request, kept: Person, merged: Person) -> Merging:
    key = request.POST.get("key", "")
    return merge_people(
        kept, merged, _choices(request), key=uuid.UUID(key) if is_uuid(key) else uuid.uuid4(), at=request.now,
        by=request.actor, paper=request.POST.get("paper", ""),
        by_name=request.posts[0].full_name if request.posts else "",
    )  # fmt: skip


def _names(request: Request, found: Pairing) -> dict[int, str]:
    return {pk: row.name for pk, row in last_names(units_in(found.tracks), actor=request.actor).items()}


def _context(request: Request, kept: Person, merged: Person) -> dict[str, Any]:
    return {"kept": kept, "merged": merged, "line": line_of(kept, request.today, actor=request.actor),
            "paper": request.POST.get("paper", "")}  # fmt: skip


def _beside(request: Request, kept: Person, merged: Person, refusal: Refused | None) -> HttpResponse:
    read = attempt(lambda: pairing_of(kept, merged, by=request.actor))
    refusal = refusal or read.refusal
    context = {**_context(request, kept, merged), "error": _said(request, refusal) if refusal else ""}
    if read.result is not None:
        names = _names(request, read.result)
        chosen = _choices(request)
        context |= {
            "lines": [(line, chosen.get(line.code, "")) for line in lines_beside(read.result)],
            "facts": facts_beside(read.result, names=names), "prefix": CHOSEN,
        }  # fmt: skip
    return render(request, "reorganisation/merge.html", context, status=422 if refusal else 200)


def _said(request: Request, refusal: Refused) -> str:
    """The sentence; of two cells on one day it names both."""
    if refusal.code == "two_cells":
        units = [pk for pk in refusal.facts["units"] if pk]  # type: ignore[attr-defined]
        names = last_names(units, actor=request.actor)
        told = [names[pk].name if pk in names else "nơi khác" for pk in refusal.facts["units"]]  # type: ignore[attr-defined]
        return request.say(Refused("two_cells_named", day=refusal.facts["day"], one=told[0], two=told[1]))
    return request.say(refusal)


def _preview(request: Request, found: Pairing) -> HttpResponse:
    names = _names(request, found)
    told = [(line.words, [sentence(row, names) for row in line.rows]) for line in lines_of(found, names=names)]
    sent = [
        (name, value) for name, value in request.POST.items() if name.startswith(CHOSEN) and value in {KEPT, MERGED}
    ]
    context = {**_context(request, found.kept, found.merged), "lines": told, "sent": sent, "key": uuid.uuid4()}
    return render(request, "reorganisation/merge_preview.html", context)


@require_safe
def merging(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một lần nhập hồ sơ: who, when, by which paper; and how it is taken back."""
    row = _merging(request, pk)
    told = row.outcome["facts"].values()
    context = {
        "row": row, "line": line_of(row.person, request.today, actor=request.actor), "reasons": Correctable.MISTAKES,
        "said": sum(len(each["added"]) for each in told), "gone": sum(len(each["ended"]) for each in told),
        "passed": sum(len(ids) for ids in row.outcome["passed"].values()),
        "takes_back": row.taken_back_at is None and request.actor.can(Power.ADMIT, row.scope_path),
    }  # fmt: skip
    return render(request, "reorganisation/merging.html", context)


@require_POST
def split(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tách lại hồ sơ."""
    row = _merging(request, pk)
    split_again(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect("reorganisation:merging", pk=row.pk)


def _merging(request: Request, pk: uuid.UUID) -> Merging:
    rows = Merging.objects.visible_to(request.actor).select_related("person", "merged")
    row: Merging = get_object_or_404(rows, pk=pk)
    return row
