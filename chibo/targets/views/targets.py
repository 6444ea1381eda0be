"""The board of a unit, one target whole, set from a document, changed, split, reported by hand."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.directives.models import Document, Heading
from chibo.directives.titles import title_of
from chibo.kernel.actor import Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Correctable
from chibo.kernel.text import is_uuid
from chibo.kernel.web import answer_form
from chibo.ledger.attachments.cleaning import MOST
from chibo.ledger.attachments.storing import content_of
from chibo.organisation.models import Unit
from chibo.organisation.queries import children_on, line_to, placement_on
from chibo.targets import forms
from chibo.targets.board import FAILING, NEEDS, STATUSES, board_of, of_all, wanted_of
from chibo.targets.models import ReportedValue, Target
from chibo.targets.operations import (
    NewValue,
    change_target,
    note_export,
    report_value,
    set_target,
    withdraw_value,
)
from chibo.targets.queries import must_write, said_now, writes
from chibo.targets.views.common import FORM, about, author, name_of, the_target, the_unit
from chibo.targets.whole import whole_of
from chibo.targets.workbook import workbook_of

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def address(target: Target) -> str:
    """The page of a target."""
    return reverse("targets:target", args=[target.pk])


@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    """Bảng chỉ tiêu: ?nam=2026&tinh-trang=khong-dat-hoac-thap&nguon=…&quan-trong=1&truc-thuoc=1"""
    unit, actor, day = the_unit(request, pk), request.actor, request.today
    wanted = wanted_of(request.GET, day)
    shown = board_of(unit, wanted, actor=actor, on=day)
    here = placement_on(unit.pk, day)
    counts, total = shown.counts, shown.total
    kept = [pair for pair in wanted.pairs if pair[1] and pair[0] != "tinh-trang"]
    context = {
        "unit": unit, "unit_name": name_of(request, unit), "line": line_to(unit, day, actor=actor), "day": day,
        "board": shown, "wanted": wanted, "asked": wanted.pairs,
        "years": sorted({*shown.years, day.year, wanted.year}, reverse=True),
        "statuses": [(code, words, counts[code] if code else total) for code, words in STATUSES.items()],
        "failed_of": of_all(shown.failed, total), "failing": urlencode([*kept, ("tinh-trang", FAILING)]),
        "needs": counts[NEEDS], "needs_of": of_all(counts[NEEDS], total), "unsaid": counts["chua-co-so"],
        "unsaid_of": of_all(counts["chua-co-so"], total), "needing": urlencode([*kept, ("tinh-trang", NEEDS)]),
        "missed": counts["khong-dat"], "low": counts["dat-thap"], "slow": counts["cham"],
        "has_below": wanted.below or (here is not None and here.kind != "cell"),
        "remedies": actor.can(Power.REMEDY, unit.scope_path) and here is not None,
        "writes": writes(unit.scope_path, actor) and here is not None,
    }  # fmt: skip
    return render(request, "targets/board.html", context)


@require_POST
def workbook(request: Request, pk: int) -> HttpResponse:
    """Tải bảng as Excel, as it was asked for; the ledger notes it."""
    unit, day = the_unit(request, pk), request.today
    shown = board_of(unit, wanted_of(request.POST, day), actor=request.actor, on=day)
    note_export(unit, on=day, by=request.actor)
    made = workbook_of(shown, title=f"Bảng chỉ tiêu năm {shown.wanted.year}, {name_of(request, unit)}", on=day)
    disposition = f'attachment; filename="chi-tieu-{shown.wanted.year}-{day:%Y-%m-%d}.xlsx"'
    return HttpResponse(made, content_type=EXCEL, headers={"Content-Disposition": disposition})


@require_safe
def target(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một chỉ tiêu: what is asked and by what, where it stands, what was reported, its shares, what it said before."""
    row, actor, day = the_target(request, pk), request.actor, request.today
    told = whole_of(row, actor=actor, on=day)
    below = children_on(row.unit, day, actor=actor).exists()
    may = writes(row.scope_path, actor) and not told.said.dropped
    context = {
        "row": row, "told": told, "line": line_to(row.unit, day, actor=actor), "day": day,
        "unit_name": name_of(request, row.unit), "reasons": Correctable.MISTAKES, "writes": may,
        "reports": may and not row.figure,
        "splits": may and below and actor.can(Power.DIRECT, row.scope_path),
        "changes": may and row.document_id is not None,
        "limits": actor.can(Power.REMEDY, row.scope_path) and told.red,
        "opens_parent": Target.objects.visible_to(actor).filter(pk=row.parent_id).exists() if row.parent_id else False,
    }  # fmt: skip
    return render(request, "targets/target.html", context)


@FORM
def setting(request: Request, pk: int) -> HttpResponse:
    """Ghi chỉ tiêu của một văn bản trong sổ: ?van-ban=…"""
    unit = the_unit(request, pk)
    must_write(unit.scope_path, request.actor)
    document, words = _document(request, unit)

    def act(typed: dict[str, Any]) -> Target:
        refuse_if(document is None, "other_register")
        assert document is not None
        return set_target(unit, document, forms.measure_of(typed), first=typed["first"], last=typed["last"],
                          key=forms.key_of(typed["key"]), **author(request))  # fmt: skip

    told = [f"Văn bản giao: {words}."] if words else ["Mở từ một văn bản trong sổ: chỉ tiêu phải có văn bản giao."]
    context = about(request, unit, "Ghi chỉ tiêu của văn bản", "Ghi chỉ tiêu", "Ghi chỉ tiêu", told=told, columns=True)
    form = forms.new_target(request.today, request.actor)
    return answer_form(request, form, act, context=context, back=reverse("targets:board", args=[pk]), onward=address)


def _document(request: Request, unit: Unit) -> tuple[Document | None, str]:
    own = request.GET.get("van-ban", "")
    if not is_uuid(own):
        return None, ""
    said = Heading.objects.visible_to(request.actor).live().filter(document=own, document__unit=unit)
    found = said.select_related("document").first()
    return (found.document, title_of(found)) if found else (None, "")


@FORM
def change(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Điều chỉnh, hoặc thôi một chỉ tiêu của văn bản."""
    row = the_target(request, pk)
    must_write(row.scope_path, request.actor)

    def act(typed: dict[str, Any]) -> Any:
        return change_target(
            row, value=typed["value"] if typed["value"] != "" else None, comparison=typed["comparison"],
            last=typed["last"], key=typed["important"] == forms.YES, why=typed["why"],
            dropped=typed["goes"] == forms.STOP, **author(request),
        )  # fmt: skip

    context = about(request, row.unit, "Điều chỉnh chỉ tiêu", "Ghi điều chỉnh", "Điều chỉnh", sub=row.name)
    form = forms.changed(said_now(row))
    return answer_form(request, form, act, context=context, back=address(row))


@FORM
def number(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Báo số của chỉ tiêu không có trong danh mục số liệu, with the paper it stands in."""
    row = the_target(request, pk)
    must_write(row.scope_path, request.actor)
    refuse_if(row.figure, "counted_by_figure")

    def act(typed: dict[str, Any]) -> ReportedValue:
        value, upper, lower = (typed.get(name, "") for name in ("value", "numerator", "denominator"))
        new = NewValue(typed["on"], typed["proof"], *(each if each != "" else None for each in (value, upper, lower)))
        refuse_if(getattr(request, "upload_too_big", False), "file_too_big", most=MOST >> 20)
        file = request.FILES.get("file")
        kept = (file.name or "", file.read()) if file is not None else None
        return report_value(row, new, key=forms.key_of(typed["key"]), file=kept, **author(request))

    told = ["Số cộng dồn từ đầu kỳ đến ngày ấy, không phải số của riêng tháng."] if row.kind == Target.FLOW else []
    context = about(request, row.unit, "Báo số", "Báo số này", "Báo số", sub=row.name, told=told, most=MOST >> 20)
    return answer_form(request, forms.number(row, request.today), act, context=context, back=address(row),
                       template="targets/number.html")  # fmt: skip


@require_safe
def number_file(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tải tệp có số ấy: as a file always."""
    rows = ReportedValue.objects.visible_to(request.actor).exclude(attachment=None).select_related("attachment")
    row = get_object_or_404(rows, pk=pk)
    assert row.attachment is not None
    name = f"so-lieu.{ENDINGS[row.attachment.kind]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content_of(row.attachment), content_type=TYPES[row.attachment.kind], headers=headers)


@require_POST
def number_withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút số báo nhầm."""
    rows = ReportedValue.objects.visible_to(request.actor).select_related("target")
    row = get_object_or_404(rows, pk=pk)
    withdraw_value(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(address(row.target))
