"""Papers to download."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.meetings.models import Meeting, Minutes, Resolution
from chibo.meetings.queries import meeting_view
from chibo.reports.paper.by_hand import blank_minutes_docx, roll_docx
from chibo.reports.paper.handbook import handbook_text
from chibo.reports.paper.invitation import invitation_docx
from chibo.reports.paper.minutes import minutes_docx
from chibo.reports.paper.resolution import resolution_docx
from chibo.reports.preparing import before_content
from chibo.reports.queries import minutes_file, notes_of
from chibo.rules.reader import rules_on

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain; charset=utf-8"


def _file(content: bytes, name: str, kind: str = WORD) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def minutes(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Biên bản as a Word file, always in the layout of its own date."""
    row = get_object_or_404(Minutes.objects.visible_to(request.actor), meeting_id=pk)
    paper = minutes_docx(row.content, layout=row.layout, outline=row.outline, notes=notes_of(row))
    return _file(paper, minutes_file(row.content, "docx"))


@require_safe
def resolution(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Nghị quyết of a closed meeting that passed one."""
    row = get_object_or_404(Resolution.objects.visible_to(request.actor), minutes_id=pk)
    return _file(resolution_docx(row.content, layout=row.layout), minutes_file(row.content, "docx"))


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
