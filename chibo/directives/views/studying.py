"""One unit's study of one document, and the board of all."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.directives.models import Delivery, DocumentFile, QualityMark, StudySession
from chibo.directives.operations import NewSession, hold_session, mark_session, note_receipt, withdraw_session
from chibo.directives.operations.sending import answers, may_answer
from chibo.directives.operations.studying import note_export
from chibo.directives.studying import OVERDUE, by_unit, progress_of, studied
from chibo.directives.views.common import about, author, key_of, the_delivery, the_unit
from chibo.directives.workbook import workbook_of
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Box, Form
from chibo.kernel.dates import parse_count, parse_day, show_day
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Correctable, Period
from chibo.kernel.web import answer_form
from chibo.meetings.models import Closure
from chibo.membership.queries import members_on
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import line_to, placement_on

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = require_http_methods(["GET", "HEAD", "POST"])
PLACES = {
    "studied_before_asked": "held_on", "day_ahead": "held_on", "nobody_expected": "expected",
    "more_than_expected": "attended", "meeting_not_closed": "meeting", "meeting_of_another": "meeting",
    "unknown_audience": "audience", "unit_not_standing": "held_on",
}  # fmt: skip
RECENT = 12  # closed meetings to choose from


@require_safe
def delivery(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Văn bản được giao: what is asked, the three clocks, every session, how the unit above marked it."""
    row = the_delivery(request, pk)
    placement = placement_on(row.unit_id, request.today)
    asker = placement_on(row.asked_by_id, row.asked_on)
    files = DocumentFile.objects.visible_to(request.actor).live().filter(document=row.document_id)
    sessions = StudySession.objects.visible_to(request.actor).filter(delivery=row).order_by("-held_on", "-at")
    opens = Unit.objects.visible_to(request.actor).filter(pk=row.asked_by_id).exists()
    context = {
        "delivery": row, "progress": progress_of(row, placement.short_name if placement else "", request.today),
        "line": line_to(row.unit, request.today, actor=request.actor), "asker": asker.name if asker else "",
        "sessions": list(sessions.prefetch_related("marks")), "answers": answers(row, request.actor),
        "files": list(files.select_related("attachment").order_by("at")),
        "directs": request.actor.can(Power.DIRECT, row.scope_path), "reasons": Correctable.MISTAKES,
        "opens_document": opens, "today": request.today,
        "unit_name": placement.name if placement else "",
    }  # fmt: skip
    return render(request, "directives/delivery.html", context)


@require_POST
def receipt(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Đã nhận văn bản, today unless another day is typed."""
    row = the_delivery(request, pk)
    may_answer(row, request.actor)
    typed = request.POST.get("on", "")
    note_receipt(row, on=parse_day(typed) if typed.strip() else request.today, **author(request))
    return redirect("directives:delivery", pk=pk)


@FORM
def session(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi buổi học tập, quán triệt."""
    row = the_delivery(request, pk)
    may_answer(row, request.actor)
    meetings = (
        Closure.objects.visible_to(request.actor)
        .filter(meeting__unit=row.unit_id, held_on__gte=row.issued_on or row.asked_on)
        .select_related("meeting")
        .order_by("-held_on")[:RECENT]
    )
    held = [(str(each.pk), f"{each.meeting.title}, {show_day(each.held_on)}") for each in meetings]
    members = members_on(row.unit, request.today, actor=request.actor).count()
    boxes = [
        Box("key", "", "hidden", optional=True, value=str(uuid.uuid4())),
        Box("audience", "Cho ai", "radio", choices=StudySession.AUDIENCES, value=StudySession.MEMBERS),
        *([Box("meeting", "Trong buổi họp", "choice", choices=held, optional=True,
               hint="Chọn thì ngày và số dự lấy từ điểm danh của buổi ấy.")] if held else []),
        Box("held_on", "Ngày", "day", value=show_day(request.today)),
        Box("attended", "Số dự", numeric=True, parse=parse_count, optional=True,
            hint="Đảng viên; với nhân dân là số hộ."),
        Box("expected", "Số phải dự", numeric=True, parse=parse_count, optional=True, value=str(members or ""),
            hint="Chỉ với đảng viên."),
        Box("villages", "Số thôn, bản", numeric=True, parse=parse_count, optional=True, hint="Chỉ với nhân dân."),
        Box("presenter", "Báo cáo viên", optional=True),
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> StudySession:
        chosen = typed.pop("meeting", "")
        key = key_of(typed.pop("key"))
        counts = {name: typed.pop(name) for name in ("attended", "expected", "villages")}
        said = NewSession(
            attended=counts["attended"] or 0, expected=counts["expected"] or None, villages=counts["villages"] or 0,
            meeting=uuid.UUID(chosen) if chosen else None, **typed,
        )  # fmt: skip
        return hold_session(row, said, key=key, **author(request))

    context = about(request, row.unit, "Ghi buổi học tập, quán triệt", "Ghi buổi học", "Buổi học", sub=row.title,
                    columns=True)  # fmt: skip
    back = reverse("directives:delivery", args=[pk])
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=back)


def _session(request: Request, pk: uuid.UUID) -> StudySession:
    rows = StudySession.objects.visible_to(request.actor).select_related("delivery__unit")
    found: StudySession = get_object_or_404(rows, pk=pk)
    return found


@require_POST
def session_withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút buổi học ghi nhầm."""
    row = _session(request, pk)
    withdraw_session(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect("directives:delivery", pk=row.delivery_id)


@FORM
def mark(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Nhận xét chất lượng buổi học."""
    row = _session(request, pk)
    request.actor.must(Power.DIRECT, row.scope_path)
    boxes = [
        Box("key", "", "hidden", optional=True, value=str(uuid.uuid4())),
        Box("mark", "Buổi học", "radio", choices=QualityMark.MARKS),
        Box("text", "Nhận xét", optional=True, hint="Nhận xét buổi học, không nhận xét người."),
    ]

    def act(typed: dict[str, Any]) -> QualityMark:
        return mark_session(row, typed["mark"], typed["text"], key=key_of(typed["key"]), **author(request))

    title = f"Nhận xét buổi học ngày {show_day(row.held_on)}"
    told = ["«Cần học lại» thì buổi này không tính, việc học lại hiện ở trang chủ của nơi ấy."]
    context = about(request, row.delivery.unit, title, "Ghi nhận xét", "Nhận xét", sub=row.delivery.title, told=told)
    back = reverse("directives:delivery", args=[row.delivery_id])
    return answer_form(request, Form(boxes, {"say_what_lacks": "text", "unknown_mark": "mark"}), act,
                       context=context, back=back)  # fmt: skip


def _board(request: Request, pk: int, asked: Any) -> tuple[Unit, dict[str, Any]]:
    unit, actor, day = the_unit(request, pk), request.actor, request.today
    typed = asked.get("nam", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and 1900 < int(typed[:5]) < 2200 else day.year
    period, area = Period.year(year), PathRange.of(unit.scope_path)
    rows = (
        Delivery.objects.visible_to(actor)
        .live()
        .filter(
            scope_path__gte=area.low, scope_path__lt=area.high, asked_on__gte=period.first, asked_on__lt=period.after
        )
    )
    names = {each.unit_id: each.short_name for each in Placement.objects.visible_to(actor)
             .filter(unit__in=rows.values("unit")).order_by("during")}  # fmt: skip
    found = studied(rows, names, day)
    units = sorted(by_unit(found).items(), key=lambda each: names.get(each[0], ""))
    placement = placement_on(unit.pk, day)
    return unit, {
        "unit": unit, "unit_name": placement.name if placement else "", "year": year, "found": found,
        "units": [(pk, names.get(pk, ""), rows, sum(row.state == OVERDUE for _, row in rows)) for pk, rows in units],
        "late": [(each, row) for each in found for row in each.rows if row.state == OVERDUE],
        "years": (year - 1, year + 1), "line": line_to(unit, day, actor=actor),
        "single": len(units) <= 1 and all(pk == unit.pk for pk, _ in units),
        "own": actor.can(Power.ASSIGN, unit.scope_path),
    }  # fmt: skip


@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    """Học tập, quán triệt trong năm: documents, units, who is late: ?nam=2026"""
    _, context = _board(request, pk, request.GET)
    return render(request, "directives/study.html", context)


@require_POST
def workbook(request: Request, pk: int) -> HttpResponse:
    """Tải bảng học tập as Excel, as it is shown; the ledger notes it."""
    unit, shown = _board(request, pk, request.POST)
    note_export(unit, on=request.today, by=request.actor)
    made = workbook_of(shown["found"], title=f"Học tập, quán triệt năm {shown['year']}, {shown['unit_name']}",
                       on=request.today)  # fmt: skip
    disposition = f'attachment; filename="hoc-tap-{shown["year"]}.xlsx"'
    return HttpResponse(made, content_type=EXCEL, headers={"Content-Disposition": disposition})
