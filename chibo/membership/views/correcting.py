"""A fact was written down wrong, or it ends: correct it, withdraw it, end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Correctable
from chibo.kernel.web import answer_form
from chibo.membership.models import Absence, Belonging, Particular, Standing
from chibo.membership.operations import (
    bring_back,
    correct_absence,
    correct_belonging,
    correct_particular,
    correct_standing,
    end_absence,
    note_particulars,
    withdraw_fact,
)
from chibo.membership.particulars import FIELDS
from chibo.membership.policy import must_write, written
from chibo.membership.views.acts import particular_boxes
from chibo.membership.views.common import DECIDED, DOCUMENT, OUTSIDE, WHY, about, cells, last_day, page_of
from chibo.organisation.models import Unit

KINDS: dict[str, Any] = {
    "noi-sinh-hoat": Belonging, "chinh-thuc": Standing, "khong-tinh": Absence, "thong-tin": Particular,
}  # fmt: skip
PLACES = {
    "overlaps_another": "first", "neighbour_swallowed": "first", "before_birth": "first", "before_the_party": "first",
    "ends_before_it_starts": "last", "not_a_cell": "unit", "same_cell": "unit", "not_in_force_then": "last",
    "field_began_then": "last", "born_ahead": "birth", "born_after_joining": "birth",
}  # fmt: skip
Act = Callable[[dict[str, Any]], object]


def _fact(request: Request, kind: str, pk: int) -> Any:
    """The live row, if in sight and within reach."""
    if kind not in KINDS:
        raise Http404
    model = KINDS[kind]
    row = get_object_or_404(model.objects.visible_to(request.actor).live().select_related("person"), pk=pk)
    if isinstance(row, Particular):
        if row.field not in FIELDS:  # a name no longer borne is changed on the page of names
            raise Http404
        must_write(request.actor, [row.field], [row.person.scope_path])
    request.actor.must(Power.ADMIT, row.person.scope_path)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, kind: str, pk: int) -> HttpResponse:
    """Sửa việc đã ghi sai; below it, withdraw what never was."""
    row = _fact(request, kind, pk)
    boxes, act = _CORRECTIONS[kind](request, row)
    told = ["Dòng cũ vẫn đọc được ở phần «Đã sửa», kèm người sửa, ngày sửa, lý do."]
    also = {
        "address": reverse("membership:withdrawal", args=[kind, pk]), "title": "Rút hẳn dòng này",
        "words": "Chỉ khi việc ấy không có. Chi bộ, chính thức hay dự bị liền trước sẽ kéo dài như chưa ghi gì.",
        "reasons": Correctable.MISTAKES, "verb": "Rút dòng này",
    }  # fmt: skip
    context = about(request, row.person, f"Sửa: {row.person.full_name}", "Ghi phần sửa", told=told, also=also)
    form = Form([*boxes, _document(row), WHY], PLACES)
    return answer_form(request, form, act, context=context, back=page_of(row.person))


def _document(row: Any) -> Box:
    return Box("decision", DOCUMENT.label, hint=DOCUMENT.hint, optional=True, value=row.decision)


def _days(row: Any) -> list[Box]:
    upper = row.during.upper
    return [
        Box("first", "Từ ngày", "day", ahead=366, value=show_day(row.during.lower)),
        last_day(value=show_day(upper - timedelta(days=1)) if upper else "", hint="Để trống khi còn hiệu lực."),
    ]


def _belonging(request: Request, row: Belonging) -> tuple[list[Box], Act]:
    official = row.kind == Belonging.OFFICIAL
    places = cells(request) if official else cells(request, (OUTSIDE, "Nơi khác, ngoài đảng bộ"))
    value = str(row.unit_id) if row.unit_id else OUTSIDE

    def act(typed: dict[str, Any]) -> object:
        unit = typed.pop("unit")
        place = None if unit == OUTSIDE else get_object_or_404(Unit.objects.visible_to(request.actor), pk=int(unit))
        return correct_belonging(row, unit=place, at=request.now, by=request.actor, **typed)

    return [Box("unit", "Nơi sinh hoạt", "choice", choices=places, value=value), *_days(row)], act


def _standing(request: Request, row: Standing) -> tuple[list[Box], Act]:
    decided = Box(
        "decided_on", DECIDED.label, "day", optional=True, value=show_day(row.decided_on) if row.decided_on else ""
    )
    boxes = [Box("kind", "Đảng viên", "radio", choices=Standing.KINDS, value=row.kind), *_days(row), decided]
    return boxes, lambda typed: correct_standing(row, at=request.now, by=request.actor, **typed)


def _absence(request: Request, row: Absence) -> tuple[list[Box], Act]:
    boxes = [Box("kind", "Không tính vì", "radio", choices=Absence.KINDS, value=row.kind), *_days(row)]
    return boxes, lambda typed: correct_absence(row, at=request.now, by=request.actor, **typed)


def _particular(request: Request, row: Particular) -> tuple[list[Box], Act]:
    shown = row.value if FIELDS[row.field].choices else FIELDS[row.field].show(row.value)
    boxes = [*particular_boxes({row.field: shown}), _days(row)[0]]

    def act(typed: dict[str, Any]) -> object:
        return correct_particular(row, typed.pop(row.field), at=request.now, by=request.actor, **typed)

    return boxes, act


_CORRECTIONS: dict[str, Callable[[Request, Any], tuple[list[Box], Act]]] = {
    "noi-sinh-hoat": _belonging, "chinh-thuc": _standing, "khong-tinh": _absence, "thong-tin": _particular,
}  # fmt: skip


@require_POST
def withdrawal(request: Request, kind: str, pk: int) -> HttpResponse:
    """Rút một việc đã ghi mà không có."""
    row = _fact(request, kind, pk)
    why, at, by = request.POST.get("why", ""), request.now, request.actor
    if isinstance(row, Particular):
        correct_particular(row, "", first=row.during.lower, why=why, at=at, by=by)
    else:
        withdraw_fact(row, why=why, at=at, by=by)
    return redirect(page_of(row.person))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, kind: str, pk: int) -> HttpResponse:
    """Việc này thôi từ một ngày: an exemption, a stay elsewhere, a value of the form."""
    row = _fact(request, kind, pk)
    words, act = _ending(request, row)
    box = Box("last", "Ngày cuối", "day", ahead=366, value=show_day(request.today))
    context = about(request, row.person, f"{words}: {row.person.full_name}", "Ghi ngày cuối",
                    told=["Thời gian trước đó giữ nguyên trong quá trình."])  # fmt: skip
    return answer_form(request, Form([box], PLACES), act, context=context, back=page_of(row.person))


def _ending(request: Request, row: Any) -> tuple[str, Act]:
    by = request.actor
    if isinstance(row, Absence):
        return "Thôi miễn, hết nhiệm vụ đặc biệt", lambda typed: end_absence(row, by=by, **typed)
    if isinstance(row, Belonging) and row.kind == Belonging.TEMPORARY:
        return "Hết sinh hoạt tạm thời", lambda typed: bring_back(row, on=request.today, by=by, **typed)
    if isinstance(row, Particular) and row.field in written(row.person, actor=by):
        return f"Thôi ghi «{FIELDS[row.field].label}»", lambda typed: note_particulars(
            {row.person: {row.field: ""}}, first=typed["last"] + timedelta(days=1), at=request.now, by=by
        )
    raise Http404
