"""The signed paper, scanned: added, looked at, withdrawn."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.ledger.attachments.cleaning import MOST
from chibo.ledger.attachments.storing import content_of
from chibo.meetings.forms import key_from
from chibo.meetings.models import Minutes, SignedScan
from chibo.meetings.operations import add_scan, withdraw_scan
from chibo.meetings.operations.saving import may_write, writes
from chibo.meetings.views.common import author, the_meeting
from chibo.organisation.queries import line_to

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


@require_http_methods(["GET", "HEAD", "POST"])
def scans(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Bản chụp biên bản đã ký: the files beside the minutes, and the form for one more."""
    meeting = the_meeting(request, pk)
    minutes = get_object_or_404(Minutes.objects.visible_to(request.actor).select_related("number"), meeting=meeting)
    if request.method != "POST":
        return _scans_page(request, minutes)
    may_write(meeting, request.actor)
    file = request.FILES.get("file")
    name, key = getattr(file, "name", "") or "", key_from(request.POST.dict())
    if getattr(request, "upload_too_big", False):
        return _scans_page(request, minutes, Refused("file_too_big", most=MOST >> 20), 413)
    data = file.read() if file is not None else b""
    tried = attempt(lambda: add_scan(minutes, name, data, key=key, **author(request)))
    if tried.refusal is not None:
        return _scans_page(request, minutes, tried.refusal, 422)
    return redirect(request.path)


def _scans_page(request: Request, minutes: Minutes, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    rows = SignedScan.objects.visible_to(request.actor).filter(minutes=minutes)
    context = {
        "meeting": minutes.meeting, "minutes": minutes, "may_add": writes(minutes.meeting, request.actor),
        "scans": list(rows.select_related("attachment").order_by("at")), "key": uuid.uuid4(), "most": MOST >> 20,
        "line": line_to(minutes.meeting.unit, request.today, actor=request.actor),
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "meetings/scans.html", context, status=status)


def _scan(request: Request, pk: uuid.UUID) -> SignedScan:
    rows = SignedScan.objects.visible_to(request.actor).select_related("attachment", "minutes__number")
    found: SignedScan = get_object_or_404(rows, pk=pk)
    return found


@require_safe
def scan(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tải một bản chụp: always as a file, never shown inside a page; what was withdrawn is not given out."""
    row = get_object_or_404(SignedScan.objects.visible_to(request.actor).filter(withdrawn_at=None), pk=pk)
    kind = row.attachment.kind
    name = f"bien-ban-{row.minutes.number.number:02d}-da-ky.{ENDINGS[kind]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content_of(row.attachment), content_type=TYPES[kind], headers=headers)


@require_POST
def withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút bản chụp thêm nhầm."""
    row = _scan(request, pk)
    tried = attempt(lambda: withdraw_scan(row, request.POST.get("why", ""), at=request.now, by=request.actor))
    if tried.refusal is not None:
        return _scans_page(request, row.minutes, tried.refusal, 422)
    return redirect("meetings:scans", pk=row.minutes_id)
