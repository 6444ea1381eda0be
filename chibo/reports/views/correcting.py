"""What changed since a monthly report was issued, and the note beside it."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to
from chibo.reports.correcting import changes_since, note_report, suggested
from chibo.reports.models import MonthReport


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, pk: int, year: int, month: int) -> HttpResponse:
    """Đính chính báo cáo tháng: the numbers that changed since, the notes, and one more."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    if not (1 <= month <= 12 and 1900 <= year <= 2199):
        raise Http404("no such month")
    rows = MonthReport.objects.visible_to(request.actor).select_related("unit", "number")
    report = rows.filter(unit=unit, month=date(year, month, 1)).first()
    if request.method != "POST":
        return _page(request, unit, date(year, month, 1), report)
    request.actor.must(Power.CHAIR, unit.scope_path)
    tried = attempt(lambda: _note(request, report))
    if tried.refusal is not None:
        return _page(request, unit, date(year, month, 1), report, tried.refusal)
    return redirect("reports:correction", pk=pk, year=year, month=month)


def _note(request: Request, report: MonthReport | None) -> object:
    refuse_if(report is None, "report_not_issued")
    assert report is not None
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise Refused("key_used") from None
    name = request.posts[0].full_name if request.posts else ""
    text = request.POST.get("text", "")
    return note_report(report, text, key=key, at=request.now, by=request.actor, by_name=name)


def _page(
    request: Request, unit: Unit, month: date, report: MonthReport | None, refusal: Refused | None = None
) -> HttpResponse:
    changed = changes_since(report, by=request.actor, on=request.today) if report else []
    context = {
        "unit": unit, "month": month, "report": report, "changed": changed,
        "notes": report.notes.order_by("at", "pk") if report else [],
        "line": line_to(unit, request.today, actor=request.actor), "key": uuid.uuid4(), "day": request.today,
        "may_note": report is not None and request.actor.can(Power.CHAIR, unit.scope_path),
        "text": request.POST.get("text", "") if refusal else suggested(month, changed, on=request.today),
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "reports/correction.html", context, status=422 if refusal else 200)
