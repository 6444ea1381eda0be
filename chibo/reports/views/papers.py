"""Papers to download."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.periods import month_before, next_month
from chibo.kernel.web import attempt
from chibo.meetings.models import Meeting, Minutes, Resolution
from chibo.meetings.queries import meeting_view
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to
from chibo.reports.bundle import bundle as bundle_of
from chibo.reports.bundle import plain_name
from chibo.reports.models import MonthReport
from chibo.reports.monthly import month_content
from chibo.reports.operations import issue_report
from chibo.reports.paper.by_hand import blank_minutes_docx, roll_docx
from chibo.reports.paper.handbook import handbook_text
from chibo.reports.paper.invitation import invitation_docx
from chibo.reports.paper.minutes import minutes_docx
from chibo.reports.paper.monthly import report_docx
from chibo.reports.paper.resolution import resolution_docx
from chibo.reports.preparing import before_content
from chibo.reports.queries import MonthPapers, confirmed_of, notes_of, paper_file, papers_of_month
from chibo.rules.reader import rules_on

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT, ZIP = "text/plain; charset=utf-8", "application/zip"


def _file(content: bytes, name: str, kind: str = WORD) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def minutes(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Biên bản as a Word file, always in the layout of its own date."""
    rows = Minutes.objects.visible_to(request.actor).select_related("meeting__closure__confirmation__person")
    row = get_object_or_404(rows, meeting_id=pk)
    notes, confirmed = notes_of(row), confirmed_of(row)
    paper = minutes_docx(row.content, layout=row.layout, outline=row.outline, notes=notes, confirmed=confirmed)
    return _file(paper, paper_file(row.content, "docx"))


@require_safe
def resolution(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Nghị quyết of a closed meeting that passed one."""
    row = get_object_or_404(Resolution.objects.visible_to(request.actor), minutes_id=pk)
    return _file(resolution_docx(row.content, layout=row.layout), paper_file(row.content, "docx"))


@require_safe
def handbook(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Nội dung sổ tay của buổi sinh hoạt: text to paste into the national handbook."""
    row = get_object_or_404(Minutes.objects.visible_to(request.actor), meeting_id=pk)
    return _file(handbook_text(row.content), f"so-tay-{row.content['meeting']['held_on']}.txt", TEXT)


@require_safe
def invitation(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Giấy mời họp."""
    return _before(request, pk, "giay-moi", invitation_docx)


@require_safe
def roll(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Danh sách điểm danh để in."""
    return _before(request, pk, "diem-danh", roll_docx)


@require_safe
def blank_minutes(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Biên bản để ghi tay."""
    return _before(request, pk, "bien-ban-ghi-tay", blank_minutes_docx)


def _before(request: Request, pk: uuid.UUID, name: str, draw: Callable[..., bytes]) -> HttpResponse:
    row = get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("unit"), pk=pk)
    content = before_content(meeting_view(row), on=request.today)
    return _file(draw(content, layout=_layout(request.today)), f"{name}-{content['meeting']['held_on']}.docx")


def _layout(day: date) -> Any:
    return rules_on(day)["document.layout"].value


def _month(request: Request, pk: int, year: int, month: int) -> tuple[Unit, date]:
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    if not (1 <= month <= 12 and 1900 <= year <= 2199):
        raise Http404("no such month")
    return unit, date(year, month, 1)


def _papers(request: Request, unit: Unit, month: date) -> MonthPapers:
    found = papers_of_month(unit, month, actor=request.actor, on=request.today)
    if found is None:
        raise Http404("the unit did not stand then")
    return found


@require_safe
def month(request: Request, pk: int, year: int, month: int) -> HttpResponse:
    """Giấy tờ tháng: what there is of each unit, what is missing, one file with all of it."""
    unit, first = _month(request, pk, year, month)
    return _month_page(request, unit, first)


def _month_page(request: Request, unit: Unit, first: date, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "unit": unit, "papers": _papers(request, unit, first), "begun": first <= request.today, "error": error,
        "line": line_to(unit, request.today, actor=request.actor),
        "before": month_before(first), "after": next_month(first),
        "may_issue": request.actor.can(Power.CHAIR, unit.scope_path),
    }  # fmt: skip
    return render(request, "reports/month.html", context, status=status)


@require_safe
def bundle(request: Request, pk: int, year: int, month: int) -> HttpResponse:
    """Bộ giấy tờ tháng in one file."""
    unit, first = _month(request, pk, year, month)
    papers = _papers(request, unit, first)
    name = f"giay-to-{plain_name(papers.own.placement.short_name)}-{first:%Y-%m}.zip"
    return _file(bundle_of(papers), name, ZIP)


@require_safe
def report(request: Request, pk: int, year: int, month: int) -> HttpResponse:
    """Báo cáo tháng: as it was issued, else a draft of what is known now."""
    unit, first = _month(request, pk, year, month)
    issued = MonthReport.objects.visible_to(request.actor).filter(unit=unit, month=first).first()
    if issued:
        return _file(
            report_docx(issued.content, layout=issued.layout, notes=notes_of(issued)),
            paper_file(issued.content, "docx"),
        )
    content = month_content(unit, first, by=request.actor, on=request.today)
    return _file(report_docx(content, layout=_layout(request.today)), f"bao-cao-du-thao-{first:%Y-%m}.docx")


@require_POST
def issue(request: Request, pk: int, year: int, month: int) -> HttpResponse:
    """Ban hành báo cáo tháng: take the number and seal it."""
    unit, first = _month(request, pk, year, month)
    name = request.posts[0].full_name if request.posts else ""
    tried = attempt(lambda: issue_report(
        unit, first, on=request.today, at=request.now, by=request.actor, by_name=name
    ))  # fmt: skip
    if tried.refusal is None:
        return redirect("reports:month", pk=pk, year=year, month=month)
    return _month_page(request, unit, first, request.say(tried.refusal), 422)
