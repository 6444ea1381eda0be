"""Pages of meetings: the list, the sheet, the review before closing, the corrections."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.beside import beside_of
from chibo.meetings.content import written
from chibo.meetings.forms import changes_from, key_from, meant_for, revision_from, understood
from chibo.meetings.models import Help, Meeting, Minutes, Resolution
from chibo.meetings.operations import add_note, close_meeting, save_fields, write_resolution
from chibo.meetings.operations.closing import preview
from chibo.meetings.operations.saving import BadFields, DayMoved, may_write
from chibo.meetings.page import meeting_page
from chibo.meetings.prepared import TAKE_SCORES, taken
from chibo.meetings.queries import closed_parts, meeting_view
from chibo.meetings.views.common import author, moves_of, postponements_of, the_meeting
from chibo.organisation.queries import line_to

PARTS = ("chuan-bi", "diem-danh", "ky-truoc", "ket-luan", "thang-toi", "tu-cham", "ket-thuc")


@require_safe
def meeting(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Buổi sinh hoạt: the sheet while it is open, the sealed minutes once it is closed."""
    row = the_meeting(request, pk)
    parts = closed_parts(row)
    if parts is not None:
        return _closed_page(request, row, parts)
    return _sheet_page(request, row)


def _sheet_page(
    request: Request, row: Meeting, typed: Any = None, errors: Any = None, summary: str = "", status: int = 200
) -> HttpResponse:
    view = meeting_view(row)
    page = meeting_page(view, actor=request.actor, typed=typed, errors=errors)
    context = {"page": page, "meeting": row, "line": line_to(row.unit, view.held_on, actor=request.actor),
               "summary": summary, **moves_of(request, row),
               "beside": beside_of(row, actor=request.actor)}  # fmt: skip
    return render(request, "meetings/meeting.html", context, status=status)


def _closed_page(
    request: Request, row: Meeting, parts: Any, note: str = "", error: str = "", status: int = 200, **more: str
) -> HttpResponse:
    closure, minutes = parts
    passed = Resolution.objects.visible_to(request.actor).filter(minutes=minutes)
    context = {
        "meeting": row, "closure": closure, "minutes": minutes, "content": minutes.content,
        "notes": list(minutes.notes.order_by("at")), "line": line_to(row.unit, closure.held_on, actor=request.actor),
        "postponements": postponements_of(row), "resolution": passed.first(),
        "beside": beside_of(row, actor=request.actor),
        "may_note": request.actor.can(Power.CHAIR, row.scope_path), "key": uuid.uuid4(), "note": note, "error": error,
        **more,
    }  # fmt: skip
    return render(request, "meetings/closed.html", context, status=status)


@require_POST
def sheet(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi phiếu: one field from the script, or a whole part from the form."""
    row = the_meeting(request, pk)
    posted = request.POST.dict()
    changes, day = changes_from(posted), meant_for(posted)
    tried = attempt(lambda: save_fields(row, changes, meant_for=day, **author(request)))
    if isinstance(tried.refusal, BadFields):
        return _bad_fields(request, row, tried.refusal)
    if isinstance(tried.refusal, DayMoved):
        return _day_moved(request, row, tried.refusal)
    if tried.refusal is not None:
        raise tried.refusal
    if request.headers.get("X-Chibo-Part"):
        at = timezone.localtime(request.now).strftime("%H:%M")
        version = max((tried.result or {"": 0}).values())
        taken_for = understood(changes, row.meets_on)
        return JsonResponse({"versions": tried.result, "version": version, "at": at, "understood": taken_for})
    part = request.POST.get("part", "")
    if word := request.POST.get("take", ""):
        save_fields(row, taken(meeting_view(row), word), **author(request))
        part = "tu-cham" if word == TAKE_SCORES else "chuan-bi"
    if part == "xem-lai":
        return redirect("meetings:closure", pk=row.pk)
    return redirect(f"{request.path.removesuffix('phieu/')}#{part if part in PARTS else 'noi-dung'}")


def _day_moved(request: Request, row: Meeting, refusal: DayMoved) -> HttpResponse:
    """The sheet again, for the day it is held on now, with everything that was typed; only the old day goes."""
    typed = request.POST.dict()
    if typed.get("held_on") == show_day(refusal.was):
        del typed["held_on"]
    row.refresh_from_db()
    return _sheet_page(request, row, typed, summary=request.say(refusal), status=422)


def _bad_fields(request: Request, row: Meeting, refusal: BadFields) -> HttpResponse:
    errors = {name: request.say(each) for name, each in refusal.errors.items()}
    if request.headers.get("X-Chibo-Part"):
        return JsonResponse({"sentence": " ".join(errors.values()), "errors": errors}, status=422)
    return _sheet_page(request, row, request.POST.dict(), errors, request.say(refusal), 422)


@require_http_methods(["GET", "HEAD", "POST"])
def closure(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xem lại rồi kết thúc: what will be sealed, what the rules remark, one button."""
    row = the_meeting(request, pk)
    if request.method == "POST":
        posted = request.POST.dict()
        key, seen = key_from(posted), revision_from(posted)
        paper = posted.get("from_paper") == "1"
        tried = attempt(lambda: close_meeting(row, key=key, seen_revision=seen, from_paper=paper, **author(request)))
        if tried.refusal is None:
            return redirect("meetings:meeting", pk=row.pk)
        return _review(request, row, refusal=tried.refusal, status=422)
    may_write(row, request.actor)
    return _review(request, row)


def _review(request: Request, row: Meeting, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    if closed_parts(row) is not None:
        if refusal is not None:
            raise refusal
        return redirect("meetings:meeting", pk=row.pk)
    view = meeting_view(row)
    page = meeting_page(view, actor=request.actor)
    stops = preview(view, at=request.now)
    shown = refusal or stops
    context = {
        "page": page, "meeting": row, "line": line_to(row.unit, view.held_on, actor=request.actor),
        "key": uuid.uuid4(), "revision": view.sheet.revision, "content": written(view),
        "error": request.say(shown) if shown else "",
        "help": Help.objects.visible_to(request.actor).filter(meeting=row).select_related("told_by").first(),
    }  # fmt: skip
    return render(request, "meetings/closing.html", context, status=status)


@require_POST
def resolution(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ra nghị quyết sau buổi họp, from the sealed minutes."""
    row = the_meeting(request, pk)
    minutes = get_object_or_404(Minutes.objects.visible_to(request.actor).select_related("number"), meeting=row)
    tried = attempt(lambda: write_resolution(minutes, on=request.today, by=request.actor))
    if tried.refusal is None:
        return redirect("meetings:meeting", pk=row.pk)
    parts, words = closed_parts(row), request.say(tried.refusal)
    return _closed_page(request, row, parts, status=422, resolution_error=words)


@require_POST
def note(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thêm một đính chính bên biên bản."""
    row = the_meeting(request, pk)
    minutes = get_object_or_404(Minutes.objects.visible_to(request.actor).select_related("number"), meeting=row)
    posted = request.POST.dict()
    key, text = key_from(posted), posted.get("text", "")
    tried = attempt(lambda: add_note(minutes, text, key=key, **author(request)))
    if tried.refusal is None:
        return redirect(f"{request.path.removesuffix('dinh-chinh/')}#dinh-chinh")
    error = request.say(tried.refusal)
    return _closed_page(request, row, closed_parts(row), note=text, error=error, status=422)
