"""Congress and term: those elected, the preview with its counts, the act, taking it back; terms of many units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.cadres.forms import elected_from, lines_of
from chibo.cadres.models import Congress, Office, Term
from chibo.cadres.offices import ELECTED
from chibo.cadres.operations import Changes, changes_of, hold_congress, open_terms, prolong_term, take_back_congress
from chibo.cadres.queries import holders_on, without_term
from chibo.kernel.actor import Power
from chibo.kernel.boxes import A_TERM, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Correctable
from chibo.kernel.web import answer_form, attempt
from chibo.membership.models import Standing
from chibo.membership.queries import roll_on
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.rules.reader import rules_on

STANDING = {Office.STANDING_MEMBER, Office.COMMITTEE_SECRETARY, Office.COMMITTEE_DEPUTY}
FORM = require_http_methods(["GET", "HEAD", "POST"])
PLACES = {
    "no_term_name": "name", "term_overlaps": "last", "term_began_then": "first", "ends_before_it_starts": "last",
    "not_standing": "first", "nobody_elected": "elected", "elected_twice": "elected", "two_secretaries": "elected",
    "office_not_for_unit": "elected", "not_official_then": "elected", "unread_line": "elected",
    "too_many_lines": "elected", "facts_afterwards": "first", "not_longer": "last",
}  # fmt: skip


def _unit(request: Request, pk: int) -> Unit:
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.APPOINT, unit.scope_path)
    return unit


@FORM
def congress(request: Request, pk: int) -> HttpResponse:
    """Ghi đại hội: type, look at what would change, then write."""
    unit = _unit(request, pk)
    placement = placement_on(unit.pk, request.today)
    cell = placement is not None and placement.kind == "cell"
    form = _form(request, unit, cell=cell)
    context: dict[str, Any] = {
        "unit": unit, "placement": placement, "line": line_to(unit, request.today, actor=request.actor),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "cadres/congress.html", {**context, "form": form.shown(None, None, request.say)})
    write = request.POST.get("step") == "write"
    tried = attempt(lambda: _done(request, unit, form, cell=cell, write=write))
    shown = form.shown(request.POST, tried.refusal, request.say)
    if tried.refusal is not None:
        return render(request, "cadres/congress.html", {**context, "form": shown}, status=422)
    if write:
        return redirect("cadres:bodies", pk=unit.pk)
    assert isinstance(tried.result, Changes)
    first = form.read(request.POST, on=request.today)["first"]
    preview = {"changes": tried.result, "remarks": _remarks(unit, tried.result, first, cell=cell)}
    return render(request, "cadres/congress.html", {**context, "form": shown, **preview})


def _form(request: Request, unit: Unit, *, cell: bool) -> Form:
    held = [post for post in holders_on(unit, request.today, actor=request.actor) if post.office in ELECTED]
    held.sort(key=lambda post: (ELECTED.index(Office(post.office)), post.person.name_key))
    year = request.today.year
    words = "Bí thư, Phó bí thư, Chi ủy viên" if cell else "Bí thư, Phó bí thư, Ủy viên ban thường vụ, Đảng ủy viên"
    return Form([
        Box("name", "Nhiệm kỳ", value=f"{year} - {year + 5}"),
        Box("first", "Ngày bầu", "day", value=show_day(request.today), ahead=31),
        Box("last", "Ngày cuối nhiệm kỳ", "day", ahead=A_TERM, hint="Quyền theo chức vụ hết cùng ngày; kéo dài được."),
        Box("decision", "Văn bản", hint="Biên bản đại hội, quyết định chuẩn y.", optional=True),
        Box("elected", "Người trúng cử", "lines", value=lines_of(held, cell=cell),
            hint=f"Mỗi dòng một người: họ tên, dấu phẩy, chức vụ ({words}). Có sẵn người đang giữ: sửa lại cho đúng."),
    ], PLACES)  # fmt: skip


def _done(request: Request, unit: Unit, form: Form, *, cell: bool, write: bool) -> Changes | Congress:
    typed = form.read(request.POST, on=request.today)
    elected = elected_from(typed.pop("elected"), unit, typed["first"], cell=cell, actor=request.actor)
    if write:
        return hold_congress(unit, typed.pop("name"), elected, by=request.actor, **typed)
    return changes_of(unit, elected, first=typed["first"])


def _remarks(unit: Unit, changes: Changes, first: date, *, cell: bool) -> list[str]:
    """What rules nobody is quite sure of have to say; they never block (rules 1.7 to 1.9)."""
    rules = rules_on(first)
    elected = {each.person.pk for each in changes.opened}
    if cell:
        least = rules.get("cell.committee_min_official_members")
        members = any(each.office == Office.CELL_COMMITTEE for each in changes.opened)
        count = sum(not each.guest and each.standing == Standing.OFFICIAL for each in roll_on(unit, first))
        if least and members and count < least.value:
            return [f"Chi bộ có {count} đảng viên chính thức; từ {least.value} mới bầu chi ủy ({least.citation})."]
        return []
    standing = {each.person.pk for each in changes.opened if each.office in STANDING}
    if not any(each.office == Office.STANDING_MEMBER for each in changes.opened):
        return []
    found = []
    if (least := rules.get("committee.standing_min_size")) and len(elected) < least.value:
        found.append(f"Ban thường vụ chỉ bầu khi có từ {least.value} cấp ủy viên ({least.citation}).")
    if (share := rules.get("committee.standing_one_in")) and len(standing) * share.value > len(elected):
        found.append(f"Ban thường vụ có {len(standing)} người, quá một phần {share.value} của {len(elected)} "
                     f"cấp ủy viên ({share.citation}).")  # fmt: skip
    return found


@FORM
def begin(request: Request, pk: int) -> HttpResponse:
    """Ghi nhiệm kỳ cho mọi tổ chức một loại chưa có; whose term is another one has its own congress."""
    unit = _unit(request, pk)
    lacking: dict[str, list[Placement]] = defaultdict(list)
    for row in without_term(unit, request.today, actor=request.actor):
        lacking[row.kind].append(row)
    back = reverse("cadres:bodies", args=[unit.pk])
    if not lacking and request.method != "POST":
        return redirect(back)
    kinds = rules_on(request.today)["organisation.kinds"].value
    choices = [(kind, f"{kinds[kind]['name']} ({len(rows)})") for kind, rows in lacking.items()]
    most = max(lacking, key=lambda kind: len(lacking[kind]), default="")
    form = Form([
        Box("kind", "Cho tất cả", "radio", choices=choices, value=most),
        Box("name", "Nhiệm kỳ", hint="Như 2025 - 2027 hoặc 2025 - 2030."),
        Box("first", "Từ ngày", "day", hint="Ngày đại hội, hoặc ngày được chỉ định.", ahead=31),
        Box("last", "Ngày cuối nhiệm kỳ", "day", ahead=A_TERM, hint="Văn bản lấy số theo nhiệm kỳ; kéo dài được."),
    ], PLACES)  # fmt: skip
    named = [f"{kinds[kind]['name']}: {'; '.join(row.short_name for row in rows)}." for kind, rows in lacking.items()]
    told = [*named, "Tổ chức nào nhiệm kỳ khác thì ghi trước bằng «Ghi đại hội» ở trang của tổ chức ấy."]

    def act(typed: dict[str, Any]) -> None:
        open_terms([row.unit for row in lacking.get(typed.pop("kind"), [])], by=request.actor, **typed)

    context = _context(request, unit, "Ghi nhiệm kỳ cho các tổ chức chưa có", "Ghi nhiệm kỳ", told)
    return answer_form(request, form, act, context=context, back=back)


@FORM
def taken_back(request: Request, pk: int) -> HttpResponse:
    """Rút lần ghi đại hội."""
    row = get_object_or_404(Congress.objects.visible_to(request.actor).live().select_related("unit", "term"), pk=pk)
    request.actor.must(Power.APPOINT, row.scope_path)
    boxes = [Box("why", "Vì sao rút", "choice", choices=Correctable.MISTAKES)]
    told = [f"{row.term.posts.live().count()} chức vụ mở theo nhiệm kỳ này bị rút, quyền đi kèm cũng hết.",
            f"{row.closed.count()} chức vụ đã đóng được ghi lại như trước đại hội.",
            "Mọi dòng vẫn đọc được ở trang từng người, phần «Đã sửa»."]  # fmt: skip
    context = _context(
        request, row.unit, f"Rút lần ghi đại hội nhiệm kỳ {row.term.name}?", "Rút đại hội", told, grave=True
    )

    def act(typed: dict[str, Any]) -> None:
        take_back_congress(row, at=request.now, by=request.actor, **typed)

    back = reverse("cadres:bodies", args=[row.unit_id])
    return answer_form(request, Form(boxes), act, context=context, back=back)


@FORM
def prolong(request: Request, pk: int) -> HttpResponse:
    """Kéo dài nhiệm kỳ."""
    row = get_object_or_404(Term.objects.visible_to(request.actor).live().select_related("unit"), pk=pk)
    request.actor.must(Power.APPOINT, row.scope_path)
    boxes = [Box("last", "Ngày cuối mới", "day", ahead=A_TERM)]
    told = ["Chức vụ hết cùng ngày với nhiệm kỳ cũng kéo dài theo, quyền đi kèm cũng vậy."]
    context = _context(request, row.unit, f"Kéo dài nhiệm kỳ {row.name}", "Ghi ngày cuối mới", told)
    return answer_form(request, Form(boxes, PLACES), lambda typed: prolong_term(row, by=request.actor, **typed),
                       context=context, back=reverse("cadres:bodies", args=[row.unit_id]))  # fmt: skip


def _context(request: Request, unit: Unit, title: str, verb: str, told: list[str], **more: Any) -> Mapping[str, Any]:
    line = line_to(unit, request.today, actor=request.actor)
    return {"line": line, "crumb": "Nhiệm kỳ", "title": title, "verb": verb, "told": told, **more}
