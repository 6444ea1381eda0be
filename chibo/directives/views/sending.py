"""Send a document to the units that must study it; its files."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.directives.models import Delivery, Document, DocumentFile
from chibo.directives.operations import add_file, send_to_study, withdraw_delivery, withdraw_file
from chibo.directives.titles import title_of
from chibo.directives.views.common import author, key_of, the_document
from chibo.kernel.actor import Power
from chibo.kernel.boxes import A_YEAR, BadBoxes, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.kernel.paths import PathRange
from chibo.kernel.web import attempt
from chibo.ledger.attachments.cleaning import MOST
from chibo.ledger.attachments.storing import content_of
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import line_to
from chibo.rules.reader import rules_on

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
PLACES = {"due_before_asked": "due", "unit_not_standing": "on"}


def due_after(day: date) -> tuple[date, Any]:
    """The last day to study when the document names none: some days on, never at a week's end (rule 4.5)."""
    rule = rules_on(day).get("study.days")
    due = day + timedelta(days=int(rule.value) if rule else 10)
    return due + timedelta(days=(7 - due.weekday()) % 7 if due.weekday() > 4 else 0), rule


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Giao học tập: which units, by which day, with a plan of their own or without."""
    row, said = the_document(request, pk)
    request.actor.must(Power.DIRECT, row.scope_path)
    day = request.today
    due, rule = due_after(day)
    form = Form([
        Box("on", "Ngày giao", "day", value=show_day(day)),
        Box("due", "Học xong trước hết ngày", "day", ahead=A_YEAR, value=show_day(due)),
        Box("plan_due", "Kế hoạch riêng trước hết ngày", "day", ahead=A_YEAR, optional=True,
            hint="Chỉ ghi khi mỗi nơi phải có kế hoạch, nghị quyết của mình."),
        Box("note", "Yêu cầu thêm", optional=True),
    ], PLACES)  # fmt: skip
    chosen = set(request.POST.getlist("unit"))
    tried = attempt(lambda: _act(request, row, form, chosen)) if request.method == "POST" else None
    if tried is not None and tried.refusal is None:
        return redirect("directives:document", pk=pk)
    refusal = tried.refusal if tried else None
    sent = set(Delivery.objects.visible_to(request.actor).live().filter(document=row).values_list("unit", flat=True))
    below = list(_below(row.unit, request))
    context = {
        "document": row, "title": title_of(said), "line": line_to(row.unit, day, actor=request.actor),
        "form": form.shown(request.POST if tried else None, refusal, request.say), "rule": rule, "sent": sent,
        "below": below, "chosen": chosen, "left": [each for each in below if each.unit_id not in sent],
        "broken": isinstance(refusal, BadBoxes),
    }  # fmt: skip
    return render(request, "directives/send.html", context, status=422 if refusal else 200)


def _act(request: Request, row: Document, form: Form, chosen: set[str]) -> list[Delivery]:
    typed = form.read(request.POST, on=request.today)
    wanted = [int(each) for each in chosen if each.isascii() and each.isdigit() and len(each) < 10]
    units = list(Unit.objects.visible_to(request.actor).filter(pk__in=wanted).order_by("pk"))
    return send_to_study(row, units, **typed, **author(request))


def _below(unit: Unit, request: Request) -> Any:
    """Every unit of the branch but itself, in the order of the tree."""
    area = PathRange.of(unit.scope_path)
    rows = Placement.objects.visible_to(request.actor).on(request.today).exclude(unit=unit)
    return rows.filter(scope_path__gte=area.low, scope_path__lt=area.high).order_by("sort_key", "unit_id")[:1000]


@require_POST
def recall(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thôi giao một tổ chức."""
    row = get_object_or_404(Delivery.objects.visible_to(request.actor), pk=pk)
    withdraw_delivery(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect("directives:document", pk=row.document_id)


@require_POST
def files(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thêm tệp văn bản."""
    row, _ = the_document(request, pk)
    request.actor.must(Power.ASSIGN, row.scope_path)
    if getattr(request, "upload_too_big", False):
        raise Refused("file_too_big", most=MOST >> 20)
    file = request.FILES.get("file")
    data = file.read() if file is not None else b""
    key = key_of(request.POST.get("key", ""))
    add_file(row, getattr(file, "name", "") or "", data, key=key, **author(request))
    return redirect("directives:document", pk=pk)


@require_safe
def file(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tải một tệp: as a file always; for the register's readers and for whom the document was sent to."""
    rows = DocumentFile.objects.visible_to(request.actor).live().select_related("attachment")
    row = get_object_or_404(rows, pk=pk)
    name = f"van-ban.{ENDINGS[row.attachment.kind]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content_of(row.attachment), content_type=TYPES[row.attachment.kind], headers=headers)


@require_POST
def file_withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút tệp thêm nhầm: by whoever keeps the register; whom it was sent to sees the file, and that is all."""
    row = get_object_or_404(DocumentFile.objects.visible_to(request.actor), pk=pk)
    withdraw_file(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect("directives:document", pk=row.document_id)
