"""Write a limitation down, say its causes, open it again."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from chibo.access.http import Request
from chibo.issues import forms
from chibo.issues.models import Cause, Limitation, Turn
from chibo.issues.operations import (
    NewLimitation,
    Source,
    reopen,
    say_cause,
    withdraw_cause,
    write_limitation,
)
from chibo.issues.sources import seen_at
from chibo.issues.views.common import FORM, about, author, short, the_limitation, the_unit
from chibo.kernel.actor import Power
from chibo.kernel.web import answer_form


def page_of(row: Any) -> str:
    """The page of the limitation this row is about."""
    return reverse("issues:limitation", args=[row.pk if isinstance(row, Limitation) else row.limitation_id])


@FORM
def write(request: Request, pk: int) -> HttpResponse:
    """Ghi hạn chế; ?nguon=… when one comes from a figure, a meeting, a visit."""
    unit = the_unit(request, pk)
    request.actor.must(Power.REMEDY, unit.scope_path)
    seen = seen_at(request.GET, unit, by=request.actor, on=request.today)

    def act(typed: dict[str, Any]) -> Limitation:
        kind, note = typed.get("source", ""), typed["note"]
        kept = seen.source if seen else Source(kind)
        source = Source(kept.kind, note or kept.note, kept.figure, kept.period, kept.meeting, kept.visit)
        new = NewLimitation(typed["text"], typed["area"], typed["seen_on"], source, typed["term"])
        return write_limitation(unit, new, key=forms.key_of(typed["key"]), **author(request))

    told = [f"Nguồn: {seen.words}."] if seen else []
    context = about(request, unit, "Ghi hạn chế", "Ghi vào sổ", "Ghi hạn chế", told=told,
                    sub="Sau đó ghi nguyên nhân, rồi biện pháp có người và hạn.")  # fmt: skip
    back = reverse("issues:register", args=[pk])
    return answer_form(request, forms.new_limitation(request.today, seen), act, context=context, back=back,
                       onward=page_of)  # fmt: skip


@FORM
def cause(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi nguyên nhân."""
    row = the_limitation(request, pk)
    request.actor.must(Power.REMEDY, row.scope_path)

    def act(typed: dict[str, Any]) -> Cause:
        return say_cause(row, typed["code"], typed["text"], key=forms.key_of(typed["key"]), **author(request))

    context = about(request, row.unit, "Nguyên nhân của hạn chế", "Ghi nguyên nhân", "Nguyên nhân", sub=short(row))
    return answer_form(request, forms.new_cause(request.today), act, context=context, back=page_of(row))


@require_POST
def cause_withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút nguyên nhân ghi nhầm."""
    row = get_object_or_404(Cause.objects.visible_to(request.actor).select_related("limitation"), pk=pk)
    withdraw_cause(row, request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(page_of(row))


@FORM
def reopening(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Mở lại một hạn chế tái diễn."""
    row = the_limitation(request, pk)
    request.actor.must(Power.REMEDY, row.scope_path)

    def act(typed: dict[str, Any]) -> Turn:
        return reopen(row, typed["why"], key=forms.key_of(typed["key"]), **author(request))

    told = [
        "Hạn chế trở lại danh sách đang mở và cần biện pháp mới.",
        "Biện pháp cũ vẫn đọc được, giữ nguyên xác nhận.",
    ]
    context = about(request, row.unit, "Hạn chế này tái diễn?", "Mở lại", "Mở lại", sub=short(row), told=told)
    form = forms.reason("Thấy lại ở đâu, ngày nào.")
    return answer_form(request, form, act, context=context, back=page_of(row))
