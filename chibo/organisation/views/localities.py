"""Write about a locality: register it, change its name, say who serves it and which areas it lies in, correct."""

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
from chibo.kernel.boxes import A_YEAR, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Correctable
from chibo.kernel.web import answer_form
from chibo.organisation.localities import area_tags, full_name, kind_named, locality_kinds
from chibo.organisation.models import AreaTag, Locality, Service, Siting, Unit
from chibo.organisation.operations import (
    NewLocality,
    change_locality,
    correct_service,
    correct_siting,
    correct_tag,
    end_locality,
    end_tag,
    register_locality,
    serve_locality,
    tag_locality,
    withdraw_locality,
    withdraw_service,
    withdraw_tag,
)
from chibo.organisation.queries import cells_below, line_to, placement_on

FORM = require_http_methods(["GET", "HEAD", "POST"])
WITH_MEMBERS, BLANK, UNSAID = "co", "trang", "chua-ghi"
PLACES = {
    "no_name": "name", "locality_known": "name", "looks_like_identity": "name", "unknown_locality_kind": "kind",
    "cell_elsewhere": "served", "served_so_already": "served", "already_changed_that_day": "on",
    "locality_ended": "on", "locality_facts_later": "on", "unknown_tag": "tag", "tag_without_document": "document",
    "tagged_already": "first", "ends_before_it_starts": "last", "tag_not_then": "last", "not_a_commune": "on",
    "overlaps_another": "first",
}  # fmt: skip
DECISION = Box("decision", "Văn bản", hint="Số, ngày, nơi ra văn bản.", optional=True)
WHY = Box("why", "Vì sao sửa", "choice", choices=Correctable.MISTAKES)


def _locality(request: Request, pk: int) -> tuple[Locality, Siting]:
    row: Locality = get_object_or_404(Locality.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ORGANISE, row.scope_path)
    sitings = Siting.objects.visible_to(request.actor).filter(locality=row).select_related("unit")
    newest: Siting | None = sitings.order_by("-withdrawn_at", "-during").first()
    if newest is None:
        raise Http404
    return row, newest


def _name(siting: Siting, request: Request) -> str:
    return full_name(kind_named(siting.kind, request.today), siting.name)


def _page(row: Any) -> str:
    return reverse("front:locality", args=[row.pk if isinstance(row, Locality) else row.locality_id])


def _about(request: Request, unit: Unit, title: str, verb: str, crumb: str, **more: Any) -> dict[str, Any]:
    return {"line": line_to(unit, request.today, actor=request.actor), "title": title, "verb": verb, "crumb": crumb,
            **more}  # fmt: skip


def _kinds(request: Request) -> list[tuple[str, str]]:
    return [(kind.code, kind.name) for kind in locality_kinds(request.today).values()]


def _day(request: Request, name: str = "on", label: str = "Từ ngày") -> Box:
    return Box(name, label, "day", ahead=A_YEAR, value=show_day(request.today))


def _served(request: Request, unit: Unit, value: str = "", *, unsaid: bool = False) -> Box:
    cells = cells_below(unit, request.today, actor=request.actor)
    choices = [(str(row.unit_id), row.name) for row in cells]
    choices += [(WITH_MEMBERS, "Chưa chi bộ nào, có đảng viên"), (BLANK, "Chưa chi bộ nào, chưa có đảng viên")]
    if unsaid:
        choices.append((UNSAID, "Chưa rõ, ghi sau"))
    return Box("served", "Chi bộ phụ trách", "choice", choices=choices, value=value,
               hint="Chi bộ phụ trách hai địa bàn trở lên là chi bộ ghép; Chibo tự tính.")  # fmt: skip


def _who(request: Request, typed: str) -> tuple[Unit | None, bool]:
    if typed.isdigit():
        return get_object_or_404(Unit.objects.visible_to(request.actor), pk=int(typed)), True
    return None, typed == WITH_MEMBERS


@FORM
def register(request: Request, pk: int) -> HttpResponse:
    """Ghi địa bàn mới vào sổ của xã."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ORGANISE, unit.scope_path)
    boxes = [
        Box("kind", "Loại", "radio", choices=_kinds(request)),
        Box("name", "Tên", hint="Như Nà Lốc, không cần chữ Bản."),
        Box("cluster", "Cụm, tiểu khu", optional=True), _served(request, unit, UNSAID, unsaid=True), _day(request),
        DECISION,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> Locality:
        served, on = typed.pop("served"), typed.pop("on")
        cell, members = _who(request, served)
        row = NewLocality(cell=cell, has_members=None if served == UNSAID else members, **typed)
        return register_locality(row, unit, on=on, by=request.actor)

    placement = placement_on(unit.pk, request.today)
    context = _about(request, unit, "Ghi thôn, bản, trường, trạm", "Ghi vào sổ", "Ghi địa bàn",
                     sub=placement.name if placement else "")  # fmt: skip
    back = reverse("front:localities", args=[unit.pk])
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=back, onward=_page)


@FORM
def change(request: Request, pk: int) -> HttpResponse:
    """Đổi tên, loại, cụm từ một ngày."""
    row, siting = _locality(request, pk)
    boxes = [
        Box("kind", "Loại", "radio", choices=_kinds(request), value=siting.kind),
        Box("name", "Tên", value=siting.name), Box("cluster", "Cụm, tiểu khu", optional=True, value=siting.cluster),
        _day(request), DECISION,
    ]  # fmt: skip
    name = _name(siting, request)
    told = ["Tên cũ vẫn đúng đến hết ngày hôm trước. Ghi nhầm thì sửa ở lần ghi ấy, không đổi tên."]
    context = _about(request, siting.unit, f"Đổi tên, loại, cụm: {name}", "Ghi thay đổi", name, told=told)
    return answer_form(request, Form(boxes, PLACES), lambda typed: change_locality(row, by=request.actor, **typed),
                       context=context, back=_page(row))  # fmt: skip


@FORM
def serve(request: Request, pk: int) -> HttpResponse:
    """Ghi chi bộ phụ trách từ một ngày."""
    row, siting = _locality(request, pk)
    boxes = [
        _served(request, siting.unit), _day(request),
        Box("cause", "Vì sao thay đổi", "choice", choices=Service.CAUSES, optional=True), DECISION,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> Service:
        cell, members = _who(request, typed.pop("served"))
        return serve_locality(row, cell=cell, has_members=members, by=request.actor, **typed)

    name = _name(siting, request)
    context = _about(request, siting.unit, f"Chi bộ phụ trách: {name}", "Ghi", name)
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=_page(row))


@FORM
def tag(request: Request, pk: int) -> HttpResponse:
    """Ghi diện của địa bàn, theo văn bản nào."""
    row, siting = _locality(request, pk)
    boxes = [
        Box("tag", "Diện", "radio", choices=list(area_tags(request.today).items())),
        Box("document", "Văn bản công nhận", hint="Số, ngày, nơi ra văn bản."), _day(request, "first"),
        Box("last", "Đến hết ngày", "day", ahead=15 * 366, optional=True, hint="Để trống khi chưa biết."),
    ]  # fmt: skip
    name = _name(siting, request)

    def act(typed: dict[str, Any]) -> AreaTag:
        return tag_locality(row, typed.pop("tag"), by=request.actor, **typed)

    context = _about(request, siting.unit, f"Diện của {name}", "Ghi", name)
    form = Form(boxes, {**PLACES, "locality_ended": "first"})
    return answer_form(request, form, act, context=context, back=_page(row))


@FORM
def end(request: Request, pk: int) -> HttpResponse:
    """Địa bàn không còn: sáp nhập, giải thể."""
    row, siting = _locality(request, pk)
    name = _name(siting, request)
    box = Box("last", "Ngày cuối", "day", ahead=A_YEAR, value=show_day(request.today))
    told = ["Tên, diện, chi bộ phụ trách kết thúc cùng ngày.", "Trang của địa bàn vẫn đọc được."]
    also = {
        "address": reverse("organisation:withdrawal", args=[pk]), "title": "Rút hẳn địa bàn ghi nhầm",
        "words": "Chỉ khi không có địa bàn này. Các dòng đã rút vẫn còn trong sổ ghi.",
        "reasons": Correctable.MISTAKES, "verb": "Rút địa bàn này",
    }  # fmt: skip
    context = _about(request, siting.unit, f"{name} không còn?", "Ghi kết thúc", name, grave=True, told=told, also=also)
    form = Form([box], {**PLACES, "locality_ended": "last", "locality_facts_later": "last"})
    return answer_form(request, form, lambda typed: end_locality(row, by=request.actor, **typed), context=context,
                       back=_page(row))  # fmt: skip


@require_POST
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Rút hẳn địa bàn ghi nhầm."""
    row, siting = _locality(request, pk)
    withdraw_locality(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect("front:localities", pk=siting.unit_id)


MODELS: dict[str, Any] = {"ten": Siting, "phu-trach": Service, "dien": AreaTag}


def _fact(request: Request, kind: str, pk: int) -> tuple[Any, Siting]:
    if kind not in MODELS:
        raise Http404
    row = get_object_or_404(MODELS[kind].objects.visible_to(request.actor).live().select_related("locality"), pk=pk)
    return row, _locality(request, row.locality_id)[1]


@FORM
def correct(request: Request, kind: str, pk: int) -> HttpResponse:
    """Sửa một dòng đã ghi sai; below it, withdraw it."""
    row, siting = _fact(request, kind, pk)
    boxes, act = CORRECTIONS[kind](request, row, siting)
    name = _name(siting, request)
    also = {
        "address": reverse("organisation:fact_withdrawal", args=[kind, pk]), "title": "Rút hẳn dòng này",
        "words": "Lần ghi trước đó, nếu có, lại đúng tiếp." if kind == "phu-trach" else "Chỉ khi không hề có việc này.",
        "reasons": Correctable.MISTAKES, "verb": "Rút dòng này",
    }  # fmt: skip
    context = _about(request, siting.unit, f"Sửa: {name}", "Ghi phần sửa", name, also=None if kind == "ten" else also)
    return answer_form(request, Form([*boxes, WHY], PLACES), act, context=context, back=_page(row))


Correction = tuple[list[Box], Callable[[dict[str, Any]], Any]]


def _correct_siting(request: Request, row: Siting, siting: Siting) -> Correction:
    boxes = [
        Box("kind", "Loại", "radio", choices=_kinds(request), value=row.kind), Box("name", "Tên", value=row.name),
        Box("cluster", "Cụm, tiểu khu", optional=True, value=row.cluster),
        Box("first", "Từ ngày", "day", value=show_day(row.during.lower)),
    ]  # fmt: skip
    return boxes, lambda typed: correct_siting(row, at=request.now, by=request.actor, **typed)


def _correct_service(request: Request, row: Service, siting: Siting) -> Correction:
    value = str(row.cell_id) if row.cell_id else WITH_MEMBERS if row.has_members else BLANK
    boxes = [
        _served(request, siting.unit, value),
        Box("cause", "Vì sao thay đổi", "choice", choices=Service.CAUSES, optional=True, value=row.cause),
        Box("decision", "Văn bản", optional=True, value=row.decision),
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> Service:
        cell, members = _who(request, typed.pop("served"))
        return correct_service(row, cell=cell, has_members=members, at=request.now, by=request.actor, **typed)

    return boxes, act


def _correct_tag(request: Request, row: AreaTag, siting: Siting) -> Correction:
    upper = row.during.upper
    boxes = [
        Box("document", "Văn bản công nhận", value=row.document),
        Box("first", "Từ ngày", "day", ahead=A_YEAR, value=show_day(row.during.lower)),
        Box("last", "Đến hết ngày", "day", ahead=15 * 366, optional=True,
            value=show_day(upper - timedelta(days=1)) if upper else ""),
    ]  # fmt: skip
    return boxes, lambda typed: correct_tag(row, at=request.now, by=request.actor, **typed)


CORRECTIONS: dict[str, Callable[..., Correction]] = {
    "ten": _correct_siting, "phu-trach": _correct_service, "dien": _correct_tag,
}  # fmt: skip


@require_POST
def fact_withdrawal(request: Request, kind: str, pk: int) -> HttpResponse:
    """Rút một dòng ghi nhầm."""
    row, _ = _fact(request, kind, pk)
    if kind == "ten":
        raise Http404
    withdraw = withdraw_service if kind == "phu-trach" else withdraw_tag
    withdraw(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(_page(row))


@FORM
def tag_end(request: Request, pk: int) -> HttpResponse:
    """Thôi thuộc diện."""
    row, siting = _fact(request, "dien", pk)
    name = _name(siting, request)
    box = Box("last", "Ngày cuối thuộc diện", "day", ahead=A_YEAR, value=show_day(request.today))
    context = _about(request, siting.unit, f"{name} thôi thuộc diện", "Ghi ngày cuối", name)
    return answer_form(request, Form([box], PLACES), lambda typed: end_tag(row, by=request.actor, **typed),
                       context=context, back=_page(row))  # fmt: skip
