"""The register of bodies of a unit, a page for each, its members with their duties."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.cadres.bodies import body_kinds, kind_named
from chibo.cadres.models import Body, Congress, Seat, Term
from chibo.cadres.operations import (
    NewSeat,
    correct_seat,
    end_body,
    end_seat,
    seat_members,
    set_up_body,
    withdraw_body,
    withdraw_seat,
)
from chibo.cadres.queries import holders_on
from chibo.kernel.actor import Power
from chibo.kernel.boxes import A_TERM, A_YEAR, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.kernel.periods import Correctable
from chibo.kernel.web import answer_form
from chibo.membership.finding import people_named
from chibo.membership.models import Person
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

FORM = require_http_methods(["GET", "HEAD", "POST"])
MOST = 20  # people to choose from: who needs more types one more word
PLACES = {
    "unknown_body_kind": "kind", "no_body_name": "name", "looks_like_identity": "purpose", "not_standing": "first",
    "ends_before_it_starts": "last", "not_held_then": "last", "facts_afterwards": "last", "head_seated": "role",
    "unknown_role": "role", "outside_the_body": "first", "seated_already": "person", "not_on_the_list": "first",
}  # fmt: skip
DOCUMENT = Box("decision", "Văn bản", hint="Số, ngày, nơi ra văn bản.", optional=True)


def _unit(request: Request, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)


def _body(request: Request, pk: int, *, appoints: bool = True) -> Body:
    row: Body = get_object_or_404(Body.objects.visible_to(request.actor).live().select_related("unit"), pk=pk)
    if appoints:
        request.actor.must(Power.APPOINT, row.scope_path)
    return row


@require_safe
def register(request: Request, pk: int) -> HttpResponse:
    """Cơ quan lãnh đạo, ban, tổ, nhiệm kỳ của một tổ chức."""
    unit, actor, day = _unit(request, pk), request.actor, request.today
    placement = placement_on(unit.pk, day)
    kinds = body_kinds(day, placement.kind if placement else "")
    holders = holders_on(unit, day, actor=actor)
    led = [(kind, [post for post in holders if post.office in kind.offices]) for kind in kinds.values() if kind.offices]
    bodies = list(Body.objects.visible_to(actor).live().filter(unit=unit).order_by("name", "pk"))
    context = {
        "unit": unit, "placement": placement, "line": line_to(unit, day, actor=actor), "day": day,
        "led": [(kind, posts) for kind, posts in led if posts],
        "bodies": [(body, kind_named(body.kind, day), _ended(body, day)) for body in bodies],
        "terms": list(Term.objects.visible_to(actor).live().filter(unit=unit).order_by("-during")),
        "congresses": list(Congress.objects.visible_to(actor).live().filter(unit=unit).select_related("term")),
        "appoints": actor.can(Power.APPOINT, unit.scope_path),
    }  # fmt: skip
    return render(request, "cadres/bodies.html", context)


def _ended(body: Body, day: Any) -> bool:
    return body.during.upper is not None and body.during.upper <= day


@FORM
def set_up(request: Request, pk: int) -> HttpResponse:
    """Lập ban, tổ."""
    unit = _unit(request, pk)
    request.actor.must(Power.APPOINT, unit.scope_path)
    placement = placement_on(unit.pk, request.today)
    kinds = body_kinds(request.today, placement.kind if placement else "")
    boxes = [
        Box("kind", "Loại", "radio", choices=[(each.code, each.name) for each in kinds.values() if not each.offices]),
        Box("name", "Tên", hint="Như Ban chỉ đạo xóa nhà tạm."),
        Box("purpose", "Nhiệm vụ chung", optional=True),
        Box("first", "Từ ngày", "day", ahead=A_YEAR, value=show_day(request.today)),
        Box("last", "Đến hết ngày", "day", ahead=A_TERM, optional=True, hint="Để trống khi chưa biết."), DOCUMENT,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> Body:
        return set_up_body(unit, typed.pop("kind"), typed.pop("name"), by=request.actor, **typed)

    context = {"line": line_to(unit, request.today, actor=request.actor), "crumb": "Lập ban, tổ",
               "title": "Lập ban, tổ", "sub": placement.name if placement else "", "verb": "Ghi vào sổ"}  # fmt: skip
    back = reverse("cadres:bodies", args=[unit.pk])
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=back, onward=_page)


@require_safe
def body(request: Request, pk: int) -> HttpResponse:
    """Một ban, tổ: period, members by their seats, duties."""
    row, actor, day = _body(request, pk, appoints=False), request.actor, request.today
    kind = kind_named(row.kind, day)
    order = {role: place for place, role in enumerate(kind.roles)}
    seats = list(Seat.objects.visible_to(actor).live().filter(body=row).select_related("person"))
    seats.sort(key=lambda seat: (order.get(seat.role, 99), seat.person.name_key))
    shown = [(seat, kind.roles.get(seat.role, seat.role)) for seat in seats]
    context = {
        "body": row, "kind": kind, "line": line_to(row.unit, day, actor=actor) if _sees(request, row) else [],
        "sitting": [pair for pair in shown if pair[0].during.upper is None or pair[0].during.upper > day],
        "gone": [pair for pair in shown if pair[0].during.upper is not None and pair[0].during.upper <= day],
        "day": day, "appoints": actor.can(Power.APPOINT, row.scope_path), "ended": _ended(row, day),
        "reasons": Correctable.MISTAKES,
    }  # fmt: skip
    return render(request, "cadres/body.html", context)


def _sees(request: Request, row: Body) -> bool:
    return request.actor.can(Power.READ, row.scope_path)


def _context(request: Request, row: Body, title: str, verb: str, **more: Any) -> dict[str, Any]:
    line = line_to(row.unit, request.today, actor=request.actor)
    return {"line": line, "crumb": row.name, "title": title, "verb": verb, **more}


def _page(row: Body) -> str:
    return reverse("cadres:body", args=[row.pk])


def _roles(request: Request, row: Body) -> list[tuple[str, str]]:
    return list(kind_named(row.kind, request.today).roles.items())


@FORM
def seat(request: Request, pk: int) -> HttpResponse:
    """Thêm thành viên: first find the person by name, then say the role and the duty."""
    row = _body(request, pk)
    roles = _roles(request, row)
    asked = request.GET.get("q", "")[:200]
    people = (
        [(str(p.pk), p.full_name) for p in people_named(asked, actor=request.actor)[:MOST]] if asked.strip() else []
    )
    start = max(request.today, row.during.lower)
    boxes = [
        Box("person", "Người tham gia", "radio", choices=people), Box("role", "Vai trò", "radio", choices=roles),
        Box("duty", "Được phân công", optional=True, hint="Việc gì, địa bàn nào."),
        Box("first", "Từ ngày", "day", ahead=A_YEAR, value=show_day(start)),
        Box("last", "Đến hết ngày", "day", ahead=A_TERM, optional=True, hint="Để trống là đến khi ban, tổ kết thúc."),
        DOCUMENT,
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> object:
        person = get_object_or_404(Person.objects.visible_to(request.actor), pk=typed.pop("person"))
        new = NewSeat(person, typed.pop("role"), typed.pop("duty"))
        return seat_members(row, [new], by=request.actor, **typed)

    context = _context(request, row, f"Thêm thành viên: {row.name}", "Ghi thành viên", asked=asked, people=people)
    places = {**PLACES, "looks_like_identity": "duty"}
    return answer_form(request, Form(boxes, places), act, context=context, back=_page(row), template="cadres/seat.html")


def _seat(request: Request, pk: int) -> Seat:
    row: Seat = get_object_or_404(
        Seat.objects.visible_to(request.actor).live().select_related("body", "body__unit", "person"), pk=pk
    )
    request.actor.must(Power.APPOINT, row.scope_path)
    return row


@FORM
def seat_correction(request: Request, pk: int) -> HttpResponse:
    """Sửa vai trò, phân công đã ghi sai; below it, withdraw the seat."""
    row = _seat(request, pk)
    upper = row.during.upper
    boxes = [
        Box("role", "Vai trò", "radio", choices=_roles(request, row.body), value=row.role),
        Box("duty", "Được phân công", optional=True, value=row.duty),
        Box("first", "Từ ngày", "day", ahead=A_YEAR, value=show_day(row.during.lower)),
        Box("last", "Đến hết ngày", "day", ahead=A_TERM, optional=True,
            value=show_day(upper - timedelta(days=1)) if upper else ""),
        Box("why", "Vì sao sửa", "choice", choices=Correctable.MISTAKES),
    ]  # fmt: skip
    also = {
        "address": reverse("cadres:seat_withdrawal", args=[pk]), "title": "Rút hẳn thành viên này",
        "words": "Chỉ khi người này chưa từng tham gia.", "reasons": Correctable.MISTAKES, "verb": "Rút thành viên này",
    }  # fmt: skip
    context = _context(request, row.body, f"Sửa: {row.person.full_name}", "Ghi phần sửa", also=also)
    form = Form(boxes, {**PLACES, "looks_like_identity": "duty"})
    return answer_form(request, form, lambda typed: correct_seat(row, at=request.now, by=request.actor, **typed),
                       context=context, back=_page(row.body))  # fmt: skip


@require_POST
def seat_withdrawal(request: Request, pk: int) -> HttpResponse:
    """Rút một thành viên ghi nhầm."""
    row = _seat(request, pk)
    withdraw_seat(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(_page(row.body))


@FORM
def seat_end(request: Request, pk: int) -> HttpResponse:
    """Thôi tham gia."""
    row = _seat(request, pk)
    box = Box("last", "Ngày cuối tham gia", "day", ahead=A_YEAR, value=show_day(request.today))
    context = _context(request, row.body, f"{row.person.full_name} thôi tham gia", "Ghi ngày cuối")
    return answer_form(request, Form([box], PLACES), lambda typed: end_seat(row, by=request.actor, **typed),
                       context=context, back=_page(row.body))  # fmt: skip


@FORM
def body_end(request: Request, pk: int) -> HttpResponse:
    """Giải thể, hết nhiệm vụ."""
    row = _body(request, pk)
    count = Seat.objects.visible_to(request.actor).on(request.today).filter(body=row).count()
    box = Box("last", "Ngày cuối hoạt động", "day", ahead=A_YEAR, value=show_day(request.today))
    told = [f"{count} thành viên đang tham gia thôi cùng ngày.", "Trang của ban, tổ vẫn đọc được."]
    context = _context(request, row, f"{row.name} kết thúc?", "Ghi kết thúc", grave=True, told=told)
    return answer_form(request, Form([box], PLACES), lambda typed: end_body(row, by=request.actor, **typed),
                       context=context, back=_page(row))  # fmt: skip


@require_POST
def body_withdrawal(request: Request, pk: int) -> HttpResponse:
    """Rút một ban, tổ ghi nhầm, with its seats."""
    row = _body(request, pk)
    if not request.POST.get("why"):
        raise Refused("unknown_why")
    withdraw_body(row, why=request.POST["why"], at=request.now, by=request.actor)
    return redirect("cadres:bodies", pk=row.unit_id)
