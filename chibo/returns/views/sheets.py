"""One sheet: filled in box by box, handed in, checked, accepted or given back, opened again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import answer_form, attempt
from chibo.organisation.queries import line_to, placement_on
from chibo.returns import forms
from chibo.returns.boxes import BadBoxes
from chibo.returns.models import Form, Sheet, Step
from chibo.returns.operations import accept, fills, give_back, hand_in, receives, reopen, save_boxes
from chibo.returns.owing import state_of
from chibo.returns.page import after_saving, changes_from, rows_of
from chibo.returns.periods import asked, label_of, period_at, slug_of
from chibo.returns.queries import next_waiting
from chibo.returns.views.common import FORM, Place, about, author, key_of, the_sheet


def page_of(place: Place) -> str:
    """The page of this sheet."""
    return reverse("returns:sheet", args=[place.form.pk, place.unit.pk, slug_of(place.first)])


@require_safe
def sheet(request: Request, form: uuid.UUID, unit: int, period: str) -> HttpResponse:
    """Phiếu số liệu: boxes while it may be filled in, numbers and their history afterwards."""
    return _page(request, the_sheet(request, form, unit, period))


def _page(
    request: Request, place: Place, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None,
    refusal: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    view, actor = place.view, request.actor
    sheet = view.sheet
    checks = sheet is not None and receives(sheet, actor)
    state = sheet.state if sheet and checks else ""
    context = {
        **around(request, place), "typing": view.editable and place.owner is not None and fills(place.unit, actor),
        "rows": rows_of(view, typed=typed, errors=errors, blanks=refusal is not None and not errors),
        "error": request.say(refusal) if refusal else "", "key": uuid.uuid4(),
        "over": view.period.last <= request.today,
        "checks": state == Sheet.HANDED_IN, "reopens": state == Sheet.ACCEPTED,
        "onward": next_waiting(sheet, by=actor) if sheet and checks else None,
        "beside": _beside(place.form, place.first, request.today),
    }  # fmt: skip
    return render(request, "returns/sheet.html", context, status=status)


def around(request: Request, place: Place) -> dict[str, Any]:
    """What both pages of a sheet show around its figures."""
    view, day = place.view, request.today
    receiver = placement_on(place.form.unit_id, day) or placement_on(place.form.unit_id, view.period.last)
    return {
        "place": place, "form": place.form, "unit": place.unit, "view": view, "slug": slug_of(place.first),
        "line": line_to(place.unit, day, actor=request.actor), "day": day,
        "unit_name": place.owner.name if place.owner else "", "receiver": receiver.name if receiver else "",
        "state": state_of(view.sheet, view.due, day), "last": view.steps[-1] if view.steps else None,
        "days_left": (view.due - day).days, "days_late": (day - view.due).days,
    }  # fmt: skip


def _beside(form: Form, first: date, on: date) -> dict[str, tuple[str, str]]:
    """The periods before and after, as address and words, where the form asked for them."""
    found = {}
    for word, day in (("before", first - timedelta(days=1)), ("after", period_at(form.every, first).after)):
        other = period_at(form.every, day).first
        if asked(form, other) and other <= on:
            found[word] = (slug_of(other), label_of(form.every, other))
    return found


@require_POST
def fill(request: Request, form: uuid.UUID, unit: int, period: str) -> HttpResponse:
    """Ghi phiếu: one box from the script, or all of them from the form; with its button, hand in as well."""
    place = the_sheet(request, form, unit, period)
    posted = request.POST.dict()
    changes = changes_from(posted)
    tried = attempt(lambda: save_boxes(place.form, place.unit, place.first, changes, **author(request)))
    if isinstance(tried.refusal, BadBoxes):
        return _bad_boxes(request, place, tried.refusal)
    if tried.refusal is not None:
        raise tried.refusal
    if posted.get("part") == "nop":
        return _hand_in(request, place, posted.get("key", ""))
    if not request.headers.get("X-Chibo-Part"):
        return redirect(page_of(place))
    view, at = the_sheet(request, form, unit, period).view, timezone.localtime(request.now).strftime("%H:%M")
    versions = tried.result or {}
    return JsonResponse({"versions": versions, "version": max([0, *versions.values()]), "at": at,
                         **after_saving(view, changes)})  # fmt: skip


def _bad_boxes(request: Request, place: Place, refusal: BadBoxes) -> HttpResponse:
    errors = {name: request.say(each) for name, each in refusal.errors.items()}
    if request.headers.get("X-Chibo-Part"):
        return JsonResponse({"sentence": " ".join(errors.values()), "errors": errors}, status=422)
    return _page(request, place, typed=request.POST.dict(), errors=errors, refusal=refusal, status=422)


def _hand_in(request: Request, place: Place, key: str) -> HttpResponse:
    """What was typed is kept even when it cannot be handed in yet."""
    tried = attempt(lambda: hand_in(place.form, place.unit, place.first, key=key_of(key), **author(request)))
    if tried.refusal is None:
        return redirect(page_of(place))
    again = the_sheet(request, place.form.pk, place.unit.pk, slug_of(place.first))
    return _page(request, again, refusal=tried.refusal, status=422)


@FORM
def check(request: Request, form: uuid.UUID, unit: int, period: str) -> HttpResponse:
    """Kiểm phiếu: every number beside that of last time; accept, or give back with what to mend."""
    place = the_sheet(request, form, unit, period)
    row = _written(place)
    request.actor.must(Power.DIRECT, place.form.scope_path)
    request.actor.must(Power.DIRECT, row.scope_path)
    if request.method != "POST":
        return _check_page(request, place) if row.state == Sheet.HANDED_IN else redirect(page_of(place))
    tried = attempt(_checked(request, row))
    return _check_page(request, place, tried.refusal) if tried.refusal else redirect(page_of(place))


def _written(place: Place) -> Sheet:
    if place.view.sheet is None:
        raise Http404
    return place.view.sheet


def _checked(request: Request, row: Sheet) -> Callable[[], Step]:
    """What the button asks for."""
    posted = request.POST.dict()

    def act() -> Step:
        key = key_of(posted.get("key", ""))
        if posted.get("part") != "tra-lai":
            return accept(row, key=key, **author(request))
        remarks = {
            int(pk): text
            for name, text in posted.items()
            if name.startswith("remark.") and (pk := name.removeprefix("remark.")).isdecimal() and len(pk) < 16
        }
        return give_back(row, posted.get("why", ""), remarks, key=key, **author(request))

    return act


def _check_page(request: Request, place: Place, refusal: Refused | None = None) -> HttpResponse:
    posted = request.POST
    rows = [(each, posted.get(f"remark.{each.line.pk}", "")) for each in rows_of(place.view)]
    context = {**around(request, place), "rows": rows, "why": posted.get("why", ""), "key": uuid.uuid4(),
               "error": request.say(refusal) if refusal else ""}  # fmt: skip
    return render(request, "returns/check.html", context, status=422 if refusal else 200)


@FORM
def reopening(request: Request, form: uuid.UUID, unit: int, period: str) -> HttpResponse:
    """Mở lại phiếu đã chốt, có lý do."""
    place = the_sheet(request, form, unit, period)
    row = _written(place)
    request.actor.must(Power.DIRECT, place.form.scope_path)
    request.actor.must(Power.DIRECT, row.scope_path)

    def act(typed: dict[str, Any]) -> Step:
        return reopen(row, typed["why"], key=key_of(typed["key"]), **author(request))

    told = [
        "Đơn vị sửa được số, rồi nộp lại. Số đã chốt vẫn tính cho đến khi chốt lại.",
        "Ai mở, lúc nào, vì sao đều ghi ở quá trình của phiếu.",
    ]
    title = f"Mở lại phiếu {place.view.label}?"
    context = about(request, place.unit, title, "Mở lại phiếu", "Mở lại", sub=place.form.name, told=told)
    form_shown = forms.reason("Số nào sai, ai báo. Đơn vị đọc được dòng này.")
    return answer_form(request, form_shown, act, context=context, back=page_of(place))
