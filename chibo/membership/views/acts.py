"""Write about a member: recognition, exemption, temporary activity, what was before, what the form says."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.kernel.boxes import Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Correctable
from chibo.kernel.web import answer_form
from chibo.membership.models import Absence, Standing
from chibo.membership.operations import (
    leave_out,
    note_belonging,
    note_particulars,
    note_standing,
    recognise_official,
    rename_member,
    send_temporarily,
)
from chibo.membership.particulars import FIELDS
from chibo.membership.policy import written
from chibo.membership.queries import end_of_probation
from chibo.membership.views.common import (
    DECIDED,
    DOCUMENT,
    OUTSIDE,
    about,
    cells,
    first_day,
    last_day,
    page_of,
    the_person,
)
from chibo.organisation.models import Unit

FORM = require_http_methods(["GET", "HEAD", "POST"])
BEFORE = {"before_birth": "first", "before_the_party": "first", "ends_before_it_starts": "last"}


def _unit(request: Request, typed: str) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor), pk=int(typed))


@FORM
def recognise(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Công nhận đảng viên chính thức."""
    person = the_person(request, pk)
    over = end_of_probation(person, request.today)
    due = show_day(over) if over and over <= request.today else ""
    hint = "Là ngày hết thời gian dự bị, kể cả khi chi bộ họp xét muộn hơn." if due else ""
    boxes = [Box("on", "Ngày chính thức", "day", hint=hint, value=due), DECIDED, DOCUMENT]

    def act(typed: dict[str, Any]) -> None:
        recognise_official(person, by=request.actor, **typed)

    context = about(request, person, f"Công nhận chính thức: {person.full_name}", "Ghi chính thức")
    places = {"not_probationary": "on", "before_birth": "on", "before_the_party": "on"}
    return answer_form(request, Form(boxes, places), act, context=context, back=page_of(person))


@FORM
def absence(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Miễn công tác và sinh hoạt, nhiệm vụ đặc biệt."""
    person = the_person(request, pk)
    kind = Box("kind", "Không tính vào số phải dự vì", "radio", choices=Absence.KINDS, value=Absence.EXEMPT,
               hint="Lý do sức khỏe, gia đình giữ trên giấy, không ghi vào đây.")  # fmt: skip
    boxes = [kind, first_day(request), last_day(hint="Để trống khi chưa biết."), DOCUMENT]

    def act(typed: dict[str, Any]) -> None:
        leave_out(person, typed.pop("kind"), by=request.actor, **typed)

    context = about(request, person, f"Miễn sinh hoạt, nhiệm vụ đặc biệt: {person.full_name}", "Ghi")
    places = {**BEFORE, "already_left_out": "first"}
    return answer_form(request, Form(boxes, places), act, context=context, back=page_of(person))


@FORM
def temporary(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Chuyển sinh hoạt tạm thời."""
    person = the_person(request, pk)
    places = cells(request, (OUTSIDE, "Nơi khác, ngoài đảng bộ"))
    boxes = [Box("to", "Sinh hoạt tạm thời tại", "choice", choices=places), first_day(request),
             last_day(hint="Để trống khi chưa biết."), DOCUMENT]  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        to = typed.pop("to")
        place = None if to == OUTSIDE else _unit(request, to)
        send_temporarily(person, to=place, on=request.today, by=request.actor, **typed)

    told = ["Chi bộ cũ vẫn giữ hồ sơ; người sinh hoạt tạm thời không biểu quyết ở nơi đến."]
    context = about(request, person, f"Sinh hoạt tạm thời: {person.full_name}", "Ghi chuyển tạm thời", told=told)
    form = Form(boxes, {**BEFORE, "already_away": "first", "same_cell": "to", "not_a_cell": "to"})
    return answer_form(request, form, act, context=context, back=page_of(person))


@FORM
def earlier_standing(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi thêm quãng dự bị, chính thức trước khi vào sổ: the day of admission of long ago."""
    person = the_person(request, pk)
    kinds = [(Standing.PROBATIONARY, "Dự bị, từ lễ kết nạp"), (Standing.OFFICIAL, "Chính thức")]
    boxes = [
        Box("kind", "Đảng viên", "radio", choices=kinds, value=Standing.PROBATIONARY),
        Box("first", "Từ ngày", "day", hint="Dự bị: ngày lễ kết nạp."),
        last_day(optional=True, hint="Ngày trước ngày công nhận chính thức, hoặc ngày cuối."), DECIDED, DOCUMENT,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        note_standing(person, typed.pop("kind"), on=request.today, by=request.actor, **typed)

    context = about(request, person, f"Ngày kết nạp, quãng trước đây: {person.full_name}", "Ghi thêm")
    form = Form(boxes, {**BEFORE, "overlaps_another": "first"})
    return answer_form(request, form, act, context=context, back=page_of(person))


@FORM
def earlier_cell(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi thêm nơi đã sinh hoạt trước đây."""
    person = the_person(request, pk)
    boxes = [
        Box("unit", "Chi bộ", "choice", choices=cells(request)), Box("first", "Từ ngày", "day"),
        last_day(optional=False), DOCUMENT,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        note_belonging(person, _unit(request, typed.pop("unit")), on=request.today, by=request.actor, **typed)

    context = about(request, person, f"Nơi đã sinh hoạt trước đây: {person.full_name}", "Ghi thêm")
    form = Form(boxes, {**BEFORE, "overlaps_another": "first", "not_a_cell": "unit"})
    return answer_form(request, form, act, context=context, back=page_of(person))


@FORM
def rename(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Đổi họ tên, hoặc sửa họ tên ghi sai."""
    person = the_person(request, pk)
    boxes = [
        Box("name", "Họ và tên", value=person.full_name),
        Box("why", "Nếu trước đây ghi sai thì chọn lý do", "choice", optional=True, choices=Correctable.MISTAKES,
            hint="Đổi tên theo giấy tờ thì để trống."),
        Box("first", "Tên mới có từ ngày", "day", value=show_day(request.today)), DOCUMENT,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        rename_member(person, typed.pop("name"), at=request.now, by=request.actor, **typed)

    told = ["Biên bản, danh sách đã kết thúc giữ tên như lúc ấy.", "Tên cũ vẫn đọc được ở trang của người này."]
    context = about(request, person, f"Đổi, sửa họ tên: {person.full_name}", "Ghi họ tên", told=told)
    places = {"no_name": "name", "same_name": "name", "text_too_long": "name", "field_began_then": "first"}
    return answer_form(request, Form(boxes, places), act, context=context, back=page_of(person))


def particular_boxes(values: dict[str, str]) -> list[Box]:
    """A box for each field, each read by its own rule."""
    return [
        Box(
            code, FIELDS[code].label, "choice" if FIELDS[code].choices else "text", hint=FIELDS[code].hint,
            optional=True, choices=list((FIELDS[code].choices or {}).items()), value=value, parse=FIELDS[code].read,
        )
        for code, value in values.items()
    ]  # fmt: skip


@FORM
def particulars(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thông tin trong phiếu đảng viên."""
    person = the_person(request, pk)
    boxes = [
        *particular_boxes(written(person, actor=request.actor)),
        Box("first", "Những chỗ đổi có hiệu lực từ ngày", "day", value=show_day(request.today),
            hint="Ô không đổi giữ nguyên; xóa trắng một ô là thôi ghi từ ngày này."),
        Box("why", "Nếu trước đây ghi sai thì chọn lý do", "choice", optional=True, choices=Correctable.MISTAKES,
            hint="Có lý do thì giá trị cũ được rút, vẫn đọc được ở phần «Đã sửa»."), DOCUMENT,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        told = {name: typed.pop(name) for name in ("first", "why", "decision")}
        note_particulars({person: typed}, at=request.now, by=request.actor, **told)

    context = about(request, person, f"Thông tin trong phiếu: {person.full_name}", "Ghi thông tin", columns=True,
                    sub="Biết đến đâu ghi đến đó; ô nào chưa biết thì để trống.")  # fmt: skip
    places = {
        "field_began_then": "why",
        "born_ahead": "birth",
        "born_after_joining": "birth",
        "overlaps_another": "first",
    }
    return answer_form(request, Form(boxes, places), act, context=context, back=page_of(person))
