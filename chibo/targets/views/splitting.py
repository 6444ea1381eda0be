"""Split a target among the units directly below; the sum stands beside the whole."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.decimals import parse_decimal, show_decimal
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import children_on, line_to
from chibo.targets.measures import adds_up, asked_words
from chibo.targets.models import Target, TargetSaid
from chibo.targets.operations import split_target
from chibo.targets.queries import said_now, with_said
from chibo.targets.views.common import FORM, author, the_target
from chibo.targets.views.targets import address

TRY = "cong"  # the button that only adds up


@dataclass(slots=True)
class Share:
    """One unit of the form."""

    unit: Unit
    name: str
    typed: str
    error: str = ""
    value: Decimal | None = None

    @property
    def box(self) -> str:
        """The name of its input."""
        return f"u{self.unit.pk}"


@FORM
def split(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Phân bổ: an empty box is a unit that is not asked. «Cộng thử» shows the sum, «Phân bổ» writes."""
    row = the_target(request, pk)
    request.actor.must(Power.DIRECT, row.scope_path)
    whole = said_now(row)
    if request.method != "POST":
        return _page(request, row, whole, _shares(request, row, None))
    shares = _shares(request, row, request.POST)
    if any(each.error for each in shares) or request.POST.get("lam") == TRY:
        return _page(request, row, whole, shares, status=422 if any(each.error for each in shares) else 200)

    def act() -> Any:
        wanted = {each.unit: each.value for each in shares if each.value is not None}
        return split_target(row, wanted, why=request.POST.get("why", ""), **author(request))

    tried = attempt(act)
    if tried.refusal is None:
        return redirect(address(row))
    return _page(request, row, whole, shares, tried.refusal, 422)


def _shares(request: Request, row: Target, posted: Mapping[str, str] | None) -> list[Share]:
    below = list(children_on(row.unit, request.today, actor=request.actor).select_related("unit"))
    given = with_said(Target.objects.visible_to(request.actor).filter(parent=row), actor=request.actor)
    known = {each.row.unit_id: show_decimal(each.said.value) for each in given}
    found = []
    for place in below:
        typed = known.get(place.unit_id, "") if posted is None else posted.get(f"u{place.unit_id}", "")[:40]
        share = Share(place.unit, place.name, typed.strip())
        try:
            share.value = parse_decimal(share.typed) if share.typed else None
        except Refused as refusal:
            share.error = request.say(refusal)
        found.append(share)
    return found


def _page(
    request: Request, row: Target, whole: TargetSaid, shares: list[Share], refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    refuse_if(whole.dropped, "target_dropped")
    total = sum((each.value for each in shares if each.value is not None), Decimal(0))
    sums = adds_up(row.kind, whole.comparison)
    context = {
        "row": row, "line": line_to(row.unit, request.today, actor=request.actor), "shares": shares, "sums": sums,
        "asked": asked_words(whole.comparison, whole.value, row.measure), "whole": show_decimal(whole.value),
        "total": show_decimal(total), "fits": total == whole.value, "more": total > whole.value,
        "differs": show_decimal(abs(total - whole.value)), "error": request.say(refusal) if refusal else "",
        "again": Target.objects.visible_to(request.actor).filter(parent=row).exists(),
        "why": request.POST.get("why", "")[:300], "back": address(row),
    }  # fmt: skip
    return render(request, "targets/split.html", context, status=status)
