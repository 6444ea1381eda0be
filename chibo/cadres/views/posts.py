"""A member's posts, the Party's and the state's; the member moves or leaves with all of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.http import Request
from chibo.access.querysets import within
from chibo.cadres.models import Office, Post, StatePost
from chibo.cadres.offices import party_offices, state_office_name, state_offices
from chibo.cadres.operations import (
    appoint,
    correct_post,
    correct_state_post,
    end_post,
    end_state_post,
    give_state_post,
    leave_list,
    transfer_member,
    withdraw_post,
    withdraw_state_post,
)
from chibo.kernel.actor import Power
from chibo.kernel.boxes import A_TERM, A_YEAR, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Correctable
from chibo.kernel.web import answer_form
from chibo.membership.models import Belonging, Person
from chibo.membership.queries import line_of
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import cells_within

Choices = list[tuple[str, str]]
FORM = require_http_methods(["GET", "HEAD", "POST"])
DOCUMENT = Box("decision", "Văn bản", hint="Số, ngày, nơi ra văn bản.", optional=True)
PLACES = {
    "ends_before_it_starts": "last", "not_standing": "first", "office_not_for_unit": "office",
    "post_held_already": "office", "post_held_by_other": "office", "unknown_state_office": "office",
    "not_held_then": "last", "unknown_ending": "reason", "not_a_member_then": "last", "moved_later": "last",
    "facts_afterwards": "last", "same_cell": "to", "not_a_cell": "to", "belongs_since_then": "first",
}  # fmt: skip


def _person(request: Request, pk: uuid.UUID, power: Power) -> Person:
    row: Person = get_object_or_404(Person.objects.visible_to(request.actor), pk=pk)
    request.actor.must(power, row.scope_path)
    return row


def _about(request: Request, person: Person, title: str, verb: str, **more: Any) -> dict[str, Any]:
    line = line_of(person, request.today, actor=request.actor)
    return {"line": line, "crumb": person.full_name, "title": title, "verb": verb, **more}


def page_of(person: Person) -> str:
    """The person's page."""
    return reverse("front:person", args=[person.pk])


def _unit(request: Request, typed: str) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor), pk=int(typed))


@FORM
def transfer(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Chuyển sinh hoạt chính thức sang chi bộ khác trong đảng bộ; posts of the old cell end."""
    person = _person(request, pk, Power.ADMIT)
    here = person.scope_path
    cells = [(str(row.unit_id), row.name) for row in cells_within(request.actor, Power.ADMIT, request.today)
             if row.scope_path != here]  # fmt: skip
    boxes = [
        Box("to", "Chuyển đến", "choice", choices=cells),
        Box("first", "Sinh hoạt ở nơi mới từ ngày", "day", ahead=A_YEAR, value=show_day(request.today)), DOCUMENT,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        transfer_member(person, to=_unit(request, typed.pop("to")), on=request.today, by=request.actor, **typed)

    told = ["Ngày cuối ở chi bộ cũ là ngày liền trước.", "Chức vụ ở chi bộ cũ thôi cùng ngày ấy.",
            "Điểm danh, biên bản đã kết thúc giữ nguyên."]  # fmt: skip
    context = _about(request, person, f"Chuyển chi bộ: {person.full_name}", "Ghi chuyển", told=told)
    places = {**PLACES, "not_a_member_then": "first", "moved_later": "first", "facts_afterwards": "first"}
    return answer_form(request, Form(boxes, places), act, context=context, back=page_of(person))


@FORM
def leave(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ra khỏi danh sách: từ trần, khai trừ, xóa tên, xin ra, chuyển ra ngoài."""
    person = _person(request, pk, Power.ADMIT)
    ways = [pair for pair in Belonging.WAYS_OUT if pair[0] != Belonging.MOVED]
    boxes = [Box("way", "Ra khỏi danh sách vì", "radio", choices=ways),
             Box("last", "Ngày cuối trong danh sách", "day", value=show_day(request.today)), DOCUMENT]  # fmt: skip
    held = Post.objects.visible_to(request.actor).on(request.today).filter(person=person).count()

    def act(typed: dict[str, Any]) -> None:
        leave_list(person, typed.pop("way"), on=request.today, by=request.actor, **typed)

    told = [*([f"{held} chức vụ Đảng đang giữ thôi cùng ngày, quyền đi kèm cũng hết."] if held else []),
            "Miễn sinh hoạt, sinh hoạt tạm thời đang còn cũng hết.",
            "Quá trình vẫn đọc được; ghi nhầm thì sửa hoặc rút được, nêu lý do."]  # fmt: skip
    context = _about(request, person, f"{person.full_name} ra khỏi danh sách đảng viên?", "Ghi ra khỏi danh sách",
                     told=told, grave=True)  # fmt: skip
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=page_of(person))


def _units(request: Request, person: Person) -> Choices:
    """Where the office may appoint this person: their cell, and what stands above it within reach, then the rest."""
    rows = (
        Placement.objects.visible_to(request.actor)
        .on(request.today)
        .filter(within("scope_path", request.actor.ranges(Power.APPOINT)))
    )
    found = sorted(
        rows, key=lambda row: (not person.scope_path.startswith(row.scope_path), -len(row.scope_path), row.sort_key)
    )
    return [(str(row.unit_id), row.name) for row in found]


def _post_boxes(units: Choices, offices: Choices, today: str, *more: Box) -> list[Box]:
    return [
        Box("unit", "Tổ chức", "choice", choices=units, value=units[0][0] if units else ""),
        Box("office", "Chức vụ", "choice", choices=offices), *more,
        Box("first", "Từ ngày", "day", ahead=A_YEAR, value=today),
        Box("last", "Đến hết ngày", "day", ahead=A_TERM, optional=True, hint="Để trống khi chưa biết."), DOCUMENT,
    ]  # fmt: skip


@FORM
def give(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Giao chức vụ Đảng; one person may hold several."""
    person = _person(request, pk, Power.APPOINT)
    units = _units(request, person)
    offices = list(dict.fromkeys(pair for kind in ("cell", "commune") for pair in party_offices(kind)))

    def act(typed: dict[str, Any]) -> None:
        appoint(person, Office(typed["office"]), _unit(request, typed["unit"]), on=typed["first"], until=typed["last"],
                by=request.actor, decision=typed["decision"])  # fmt: skip

    told = ["Quyền trên Chibo đi theo chức vụ, bắt đầu và hết cùng ngày với chức vụ."]
    context = _about(request, person, f"Giao chức vụ: {person.full_name}", "Ghi chức vụ", told=told)
    form = Form(_post_boxes(units, offices, show_day(request.today)), PLACES)
    return answer_form(request, form, act, context=context, back=page_of(person))


@FORM
def give_state(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi chức vụ chính quyền, Mặt trận, đoàn thể."""
    person = _person(request, pk, Power.APPOINT)
    place = Box("place", "Ở đâu", hint="Như bản Nà Lốc, khi tên tổ chức chưa nói rõ.", optional=True)
    boxes = _post_boxes(
        _units(request, person), list(state_offices(request.today).items()), show_day(request.today), place
    )
    boxes[0] = Box("unit", "Bên cạnh tổ chức đảng", "choice", choices=boxes[0].choices, value=boxes[0].value)

    def act(typed: dict[str, Any]) -> None:
        give_state_post(person, typed.pop("office"), _unit(request, typed.pop("unit")), by=request.actor, **typed)

    told = ["Chức vụ này không kèm quyền gì trên Chibo."]
    context = _about(request, person, f"Chức vụ chính quyền, đoàn thể: {person.full_name}", "Ghi chức vụ", told=told)
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=page_of(person))


MODELS: dict[str, Any] = {"dang": Post, "chinh-quyen": StatePost}


def _post(request: Request, kind: str, pk: int) -> Any:
    """The live post, if in sight and within reach."""
    if kind not in MODELS:
        raise Http404
    rows = MODELS[kind].objects.visible_to(request.actor).live().select_related("person", "unit")
    row = get_object_or_404(rows, pk=pk)
    request.actor.must(Power.APPOINT, row.scope_path)
    return row


def _name(row: Any) -> str:
    if isinstance(row, Post):
        return str(Office(row.office).label)
    return state_office_name(row.office, row.during.lower)


@FORM
def end(request: Request, kind: str, pk: int) -> HttpResponse:
    """Thôi chức vụ, with its reason."""
    row = _post(request, kind, pk)
    boxes = [Box("last", "Ngày cuối giữ chức vụ", "day", ahead=A_YEAR, value=show_day(request.today)),
             Box("reason", "Lý do", "radio", choices=Post.ENDINGS)]  # fmt: skip
    ending: Callable[..., object] = end_post if isinstance(row, Post) else end_state_post
    context = _about(request, row.person, f"{row.person.full_name} thôi chức vụ {_name(row)}", "Ghi thôi chức vụ",
                     told=["Thời gian đã giữ chức vụ vẫn còn trong quá trình."])  # fmt: skip
    return answer_form(request, Form(boxes, PLACES), lambda typed: ending(row, by=request.actor, **typed),
                       context=context, back=page_of(row.person))  # fmt: skip


@FORM
def correct(request: Request, kind: str, pk: int) -> HttpResponse:
    """Sửa chức vụ đã ghi sai; below it, withdraw what was never held."""
    row = _post(request, kind, pk)
    upper = row.during.upper
    boxes = [
        Box("office", "Chức vụ", "choice", choices=_offices(request, row), value=row.office),
        *([Box("place", "Ở đâu", optional=True, value=row.place)] if isinstance(row, StatePost) else []),
        Box("first", "Từ ngày", "day", ahead=A_YEAR, value=show_day(row.during.lower)),
        Box("last", "Đến hết ngày", "day", ahead=A_TERM, optional=True,
            value=show_day(upper - timedelta(days=1)) if upper else ""),
        Box("decision", DOCUMENT.label, hint=DOCUMENT.hint, optional=True, value=row.decision),
        Box("why", "Vì sao sửa", "choice", choices=Correctable.MISTAKES),
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> object:
        if isinstance(row, StatePost):
            return correct_state_post(row, at=request.now, by=request.actor, **typed)
        return correct_post(row, at=request.now, by=request.actor, **{**typed, "office": Office(typed["office"])})

    also = {
        "address": reverse("cadres:withdrawal", args=[kind, pk]), "title": "Rút hẳn chức vụ này",
        "words": "Chỉ khi người này chưa từng giữ. Ghi nhầm người hay tổ chức: rút ở đây rồi giao lại.",
        "reasons": Correctable.MISTAKES, "verb": "Rút chức vụ này",
    }  # fmt: skip
    told = ["Dòng cũ vẫn đọc được ở phần «Đã sửa», kèm người sửa, ngày sửa, lý do."]
    context = _about(request, row.person, f"Sửa chức vụ: {row.person.full_name}", "Ghi phần sửa", told=told, also=also)
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=page_of(row.person))


def _offices(request: Request, row: Any) -> list[tuple[str, str]]:
    placement = Placement.objects.visible_to(request.actor).on(request.today).filter(unit=row.unit_id).first()
    kind = placement.kind if placement else ""
    if isinstance(row, Post):
        return party_offices(kind)
    return list({row.office: _name(row), **state_offices(request.today, kind)}.items())


@require_POST
def withdrawal(request: Request, kind: str, pk: int) -> HttpResponse:
    """Rút chức vụ đã ghi mà không giữ."""
    row = _post(request, kind, pk)
    withdraw: Callable[..., None] = withdraw_post if isinstance(row, Post) else withdraw_state_post
    withdraw(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(page_of(row.person))
