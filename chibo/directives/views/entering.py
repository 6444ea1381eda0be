"""Enter a document, correct what the register says, say what it is linked to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.http import Request
from chibo.directives.citing import Citation, citations
from chibo.directives.models import Document, Heading, Link
from chibo.directives.operations import (
    NewHeading,
    correct_heading,
    link_documents,
    register_document,
    withdraw_document,
    withdraw_link,
)
from chibo.directives.titles import title_of
from chibo.directives.views.common import about, author, key_of, the_document, the_unit
from chibo.directives.words import KINDS
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Correctable
from chibo.kernel.web import answer_form

FORM = require_http_methods(["GET", "HEAD", "POST"])
NO, YES = "khong", "co"
PLACES = {
    "unknown_document_kind": "kind", "bad_document_number": "number", "received_before_dated": "received_on",
    "secret_number_only": "about", "only_own_papers_numbered": "takes_number", "dated_for_a_number": "dated_on",
    "kind_without_symbol": "takes_number", "document_known": "number", "own_number_stays": "number",
    "no_term": "takes_number", "unknown_why": "why", "linked_in_a_circle": "other", "linked_to_itself": "other",
}  # fmt: skip
WHY = Box("why", "Vì sao sửa", "choice", choices=Correctable.MISTAKES)
MOST = 300  # documents to choose from


def _boxes(said: Mapping[str, str], way: str) -> list[Box]:
    kinds = [(kind, kind[:1].upper() + kind[1:]) for kind in dict.fromkeys(KINDS.values())]
    boxes = [
        Box("kind", "Loại văn bản", "choice", choices=kinds, value=said.get("kind", "")),
        Box("number", "Số", hint="Như 02. Để trống khi chưa rõ, bổ sung sau.", optional=True,
            value=said.get("number", "")),
        Box("symbol", "Ký hiệu", hint="Như NQ/TU, QĐ-TTg.", optional=True, value=said.get("symbol", "")),
        Box("year", "Năm trong số", hint="Chỉ văn bản nhà nước: 22/2019/NQ-HĐND ghi 2019.", optional=True,
            value=said.get("year", "")),
        Box("dated_on", "Ngày văn bản", "day", optional=True, value=said.get("dated_on", "")),
        Box("issuer", "Nơi ban hành", hint="Như Ban Chấp hành Đảng bộ tỉnh.", optional=True,
            value=said.get("issuer", "")),
        Box("term", "Khóa, nhiệm kỳ", hint="Khi số không đủ để nhận ra: khóa X, lần thứ IV.", optional=True,
            value=said.get("term", "")),
        Box("about", "Trích yếu", optional=True, value=said.get("about", "")),
    ]  # fmt: skip
    if way == Document.IN:
        boxes.append(Box("received_on", "Ngày nhận", "day", optional=True, value=said.get("received_on", "")))
    return [*boxes, Box("secret", "Văn bản mật", "radio", value=said.get("secret", NO),
                        choices=[(NO, "Không"), (YES, "Có: chỉ ghi số, ký hiệu, ngày")])]  # fmt: skip


def said_by(row: Citation) -> dict[str, str]:
    """Boxes filled from a citation."""
    term = {"khoa": "khóa {}", "congress": "lần thứ {}", "plenum": "hội nghị lần thứ {}", "years": "{}"}
    words = [form.format(row.term[name]) for name, form in term.items() if row.term[name]]
    return {
        "kind": row.kind or "", "number": row.number or "", "symbol": row.symbol or "", "year": row.year or "",
        "issuer": row.issuer or "", "dated_on": show_day(date.fromisoformat(row.date)) if row.date else "",
        "term": ", ".join(words),
    }  # fmt: skip


def _said(typed: dict[str, Any]) -> NewHeading:
    return NewHeading(**{**typed, "secret": typed["secret"] == YES})


@FORM
def enter(request: Request, pk: int) -> HttpResponse:
    """Vào sổ một văn bản: ?so=den|di, and ?doc=… fills the boxes from a citation."""
    unit = the_unit(request, pk)
    request.actor.must(Power.ASSIGN, unit.scope_path)
    way = Document.OUT if request.GET.get("so") == "di" else Document.IN
    found = citations(request.GET.get("doc", "")[:2000])
    boxes = [
        Box("key", "", "hidden", optional=True, value=str(uuid.uuid4())),
        *_boxes(said_by(found[0]) if found else {}, way),
    ]
    if way == Document.OUT:
        boxes.append(Box("takes_number", "Lấy số", "radio", value=NO, hint="Số tiếp theo của loại ấy trong nhiệm kỳ.",
                         choices=[(NO, "Đã có số"), (YES, "Chibo cấp số tiếp theo")]))  # fmt: skip

    def act(typed: dict[str, Any]) -> Document:
        key, numbered = key_of(typed.pop("key")), typed.pop("takes_number", NO) == YES
        return register_document(unit, way, _said(typed), key=key, takes_number=numbered, **author(request))

    words = "đi" if way == Document.OUT else "đến"
    context = about(request, unit, f"Vào sổ văn bản {words}", "Vào sổ", "Vào sổ", columns=True)
    back = f"{reverse('directives:register', args=[pk])}?so={'di' if way == Document.OUT else 'den'}"
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=back, onward=_page)


def _page(row: Any) -> str:
    return reverse("directives:document", args=[row.pk if isinstance(row, Document) else row.document_id])


@FORM
def correction(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Bổ sung, sửa đề mục."""
    row, said = the_document(request, pk)
    request.actor.must(Power.ASSIGN, row.scope_path)
    now = {name: str(getattr(said, name)) for name in ("kind", "number", "symbol", "year", "issuer", "term", "about")}
    days = {name: show_day(day) for name in ("dated_on", "received_on") if (day := getattr(said, name))}
    boxes = [*_boxes({**now, **days, "secret": YES if said.secret else NO}, row.way), WHY]

    def act(typed: dict[str, Any]) -> Heading:
        why = typed.pop("why")
        return correct_heading(row, _said(typed), why=why, **author(request))

    told = ["Chữ cũ vẫn đọc được ở trang văn bản.", "Nơi đã được giao đọc thấy chữ mới."]
    context = about(request, row.unit, f"Sửa {title_of(said)}", "Ghi sửa", "Sửa", columns=True, told=told)
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=_page(row), onward=_page)


@require_POST
def withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút văn bản vào sổ nhầm."""
    row, _ = the_document(request, pk)
    withdraw_document(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(_page(row))


@FORM
def link(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi văn bản liên quan trong cùng sổ."""
    row, said = the_document(request, pk)
    request.actor.must(Power.ASSIGN, row.scope_path)
    others = Heading.objects.visible_to(request.actor).live().filter(document__unit=row.unit).exclude(document=row)
    choices = [(str(each.document_id), title_of(each)) for each in others.order_by("-dated_on", "-pk")[:MOST]]
    boxes = [
        Box("kind", "Văn bản này", "choice", choices=Link.KINDS),
        Box("other", "Văn bản kia", "choice", choices=choices, hint="Chưa có ở đây thì vào sổ trước."),
    ]

    def act(typed: dict[str, Any]) -> Link:
        other = get_object_or_404(Document.objects.visible_to(request.actor), pk=typed["other"])
        return link_documents(row, other, typed["kind"], **author(request))

    context = about(request, row.unit, f"Văn bản liên quan với {title_of(said)}", "Ghi", "Liên quan")
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=_page(row))


@require_POST
def unlink(request: Request, pk: int) -> HttpResponse:
    """Bỏ liên quan ghi nhầm."""
    row = get_object_or_404(Link.objects.visible_to(request.actor).select_related("document"), pk=pk)
    withdraw_link(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(_page(row))
