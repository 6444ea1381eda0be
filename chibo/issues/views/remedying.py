"""Give a remedy, report it done, look at the report as somebody else."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.issues import forms
from chibo.issues.history import Told, reports_about
from chibo.issues.models import Limitation, Remedy, RemedyCheck, RemedyReport
from chibo.issues.operations import Done, NewRemedy, check_report, give_remedy, report_done, withdraw_remedy
from chibo.issues.owners import is_owner, may_report, second_person
from chibo.issues.views.common import FORM, about, author, short, the_limitation
from chibo.issues.views.writing import page_of
from chibo.kernel.actor import Power
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.kernel.paths import unit_ids
from chibo.kernel.text import cut
from chibo.kernel.web import answer_form, attempt
from chibo.ledger.attachments.cleaning import MOST
from chibo.ledger.attachments.storing import content_of
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


@FORM
def give(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Đề ra biện pháp."""
    row = the_limitation(request, pk)
    request.actor.must(Power.REMEDY, row.scope_path)

    def act(typed: dict[str, Any]) -> Remedy:
        owner = uuid.UUID(typed["owner"]) if typed["owner"] else None
        new = NewRemedy(typed["text"], typed["due"], typed["side"], owner)
        return give_remedy(row, new, key=forms.key_of(typed["key"]), **author(request))

    context = about(request, row.unit, "Biện pháp khắc phục", "Giao biện pháp", "Biện pháp", sub=short(row))
    return answer_form(request, forms.new_remedy(row.unit, request.today), act, context=context, back=page_of(row))


def _remedy(request: Request, pk: uuid.UUID) -> Remedy:
    """The remedy, for who reads the register and for whose it is; nothing of the limitation comes with it."""
    found: Remedy = get_object_or_404(Remedy.objects.visible_to(request.actor).select_related("owner"), pk=pk)
    return found


@FORM
def remedy(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một biện pháp: what is to be done by when, the form to report it, what became of earlier reports."""
    row = _remedy(request, pk)
    if request.method != "POST":
        return _page(request, row)
    if not may_report(row, request.actor):
        raise NoPower(Power.REMEDY, row.scope_path)
    tried = attempt(lambda: _report(request, row))
    if tried.refusal is None:
        return redirect(request.path)
    return _page(request, row, tried.refusal, 422)


def _report(request: Request, row: Remedy) -> RemedyReport:
    refuse_if(getattr(request, "upload_too_big", False), "file_too_big", most=MOST >> 20)
    typed = forms.done(request.today).read(request.POST, on=request.today)
    file = request.FILES.get("file")
    kept = (file.name or "", file.read()) if file is not None else None
    done = Done(typed["on"], typed["proof"], typed["before"], typed["after"], kept)
    return report_done(row, done, key=forms.key_of(typed["key"]), **author(request))


def _page(request: Request, row: Remedy, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    actor, day = request.actor, request.today
    told = Told(row, reports_about([row], actor=actor))
    whole = Limitation.objects.visible_to(actor).filter(pk=row.limitation_id).first()
    unit = Unit.objects.named_to(actor).filter(pk=unit_ids(row.scope_path)[-1]).first()
    state = told.state(day)
    posted = request.POST if request.method == "POST" else None
    context = {
        "row": row, "told": told, "state": state, "whole": whole, "mine": is_owner(row, actor),
        "line": line_to(unit, day, actor=actor) if unit else [], "short": cut(" ".join(row.text.split()), 90),
        "late": (day - row.due).days, "waiting": told.waiting,
        "form": forms.done(day).shown(posted, refusal, request.say)
        if state in ("overdue", "mending") and may_report(row, actor) else None,
        "checks": told.waiting is not None and actor.can(Power.REMEDY, row.scope_path)
        and second_person(told.waiting, row, actor.person_id),
        "refused": next((each.check_of for each in reversed(told.reports) if hasattr(each, "check_of")), None),
        "most": MOST >> 20,
    }  # fmt: skip
    return render(request, "issues/remedy.html", context, status=status)


@FORM
def remedy_withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thôi một biện pháp, có lý do."""
    row = get_object_or_404(Remedy.objects.visible_to(request.actor).select_related("limitation__unit"), pk=pk)
    request.actor.must(Power.REMEDY, row.scope_path)

    def act(typed: dict[str, Any]) -> Remedy:
        return withdraw_remedy(row, typed["why"], at=request.now, by=request.actor)

    told = [
        "Biện pháp vẫn đọc được ở quá trình của hạn chế, không tính nữa.",
        "Thay bằng biện pháp khác thì ghi biện pháp mới.",
    ]
    context = about(request, row.limitation.unit, "Thôi biện pháp này?", "Thôi biện pháp", "Thôi biện pháp",
                    sub=cut(row.text, 90), told=told, grave=True)  # fmt: skip
    return answer_form(request, forms.reason("Vì sao không làm nữa."), act, context=context, back=page_of(row))


@FORM
def check(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Người thứ hai xem: what was reported with its proof, then confirmed or given back."""
    rows = RemedyReport.objects.visible_to(request.actor).select_related(
        "remedy__owner", "limitation__unit", "attachment", "check_of"
    )
    row = get_object_or_404(rows, pk=pk)
    request.actor.must(Power.REMEDY, row.scope_path)

    def act(typed: dict[str, Any]) -> RemedyCheck:
        return check_report(row, typed["verdict"], typed["remark"], **author(request))

    context = {
        "report": row, "remedy": row.remedy, "limitation": row.limitation,
        "line": line_to(row.limitation.unit, request.today, actor=request.actor),
        "looked": getattr(row, "check_of", None),
        "second": second_person(row, row.remedy, request.actor.person_id),
    }  # fmt: skip
    return answer_form(request, forms.looked_at(RemedyCheck.VERDICTS), act, context=context, back=page_of(row),
                       template="issues/check.html")  # fmt: skip


@require_safe
def proof(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tải tệp minh chứng: as a file always."""
    rows = RemedyReport.objects.visible_to(request.actor).exclude(attachment=None).select_related("attachment")
    row = get_object_or_404(rows, pk=pk)
    assert row.attachment is not None
    name = f"minh-chung.{ENDINGS[row.attachment.kind]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content_of(row.attachment), content_type=TYPES[row.attachment.kind], headers=headers)
