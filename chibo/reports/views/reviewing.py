"""Pages of the review report: opened, read with every number open, written where no register knows, issued."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.directives.models import Document, Heading
from chibo.directives.titles import title_of
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.kernel.periods import Period
from chibo.kernel.web import answer_form, attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.reports.models import IssuedReview, Review
from chibo.reports.paper.kinds import issuer
from chibo.reports.paper.review import opening, review_docx
from chibo.reports.paper.writing import symbol
from chibo.reports.review.content import INTERIM, KINDS, PARTS, differences, review_content
from chibo.reports.review.numbers import exact
from chibo.reports.review.operations import issue_review, open_review, texts_of, write_part
from chibo.reports.review.wording import findings
from chibo.rules.reader import rules_on

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORM = require_http_methods(["GET", "HEAD", "POST"])
WHOLE = "tat-ca"  # of no single document
PLACES = {"bad_period": "last", "report_too_early": "first", "unknown_review_kind": "kind"}
MOST = 300


def _author(request: Request) -> dict[str, Any]:
    return {"at": request.now, "by": request.actor, "by_name": request.posts[0].full_name if request.posts else ""}


def _review(request: Request, pk: uuid.UUID) -> Review:
    rows = Review.objects.visible_to(request.actor).select_related("unit", "document")
    found: Review = get_object_or_404(rows, pk=pk)
    return found


@require_safe
def reviews(request: Request, pk: int) -> HttpResponse:
    """Báo cáo sơ kết, tổng kết của một tổ chức."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    rows = Review.objects.visible_to(request.actor).filter(unit=unit).select_related("issued__number")
    said = Heading.objects.visible_to(request.actor).live().filter(document__reviews__unit=unit)
    titles = {row.document_id: title_of(row) for row in said}
    placement = placement_on(unit.pk, request.today)
    context = {
        "unit": unit, "unit_name": placement.name if placement else "",
        "writes": request.actor.can(Power.CHAIR, unit.scope_path),
        "line": line_to(unit, request.today, actor=request.actor),
        "rows": [(row, titles.get(row.document_id, "")) for row in rows.order_by("-last", "-at")],
    }  # fmt: skip
    return render(request, "reports/review/list.html", context)


@FORM
def begin(request: Request, pk: int) -> HttpResponse:
    """Mở một báo cáo: of which document, which kind, which days."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.CHAIR, unit.scope_path)
    headings = Heading.objects.visible_to(request.actor).live().filter(document__unit=unit, secret=False)
    documents = [(str(row.document_id), title_of(row)) for row in headings.order_by("-dated_on", "-pk")[:MOST]]
    day = request.today
    boxes = [
        Box("key", "", "hidden", optional=True, value=str(uuid.uuid4())),
        Box("kind", "Loại báo cáo", "radio", choices=KINDS, value=INTERIM),
        Box("document", "Về việc thực hiện", "choice", choices=[(WHOLE, "Toàn bộ công tác trong kỳ"), *documents],
            value=request.GET.get("van-ban", "")[:40], hint="Văn bản lấy từ sổ văn bản của tổ chức này."),
        Box("first", "Từ ngày", "day", value=show_day(day.replace(month=1, day=1))),
        Box("last", "Đến hết ngày", "day", ahead=366, value=show_day(day)),
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> Review:
        document = None
        if typed["document"] != WHOLE:
            document = get_object_or_404(Document.objects.visible_to(request.actor), pk=typed["document"])
        return open_review(unit, document, typed["kind"], first=typed["first"], last=typed["last"],
                           key=_key(typed["key"]), **_author(request))  # fmt: skip

    context = {"line": line_to(unit, day, actor=request.actor), "title": "Mở báo cáo sơ kết, tổng kết",
               "verb": "Soạn dự thảo", "crumb": "Báo cáo",
               "told": ["Chibo soạn dự thảo từ sổ sách trong kỳ. Mỗi con số mở được đến từng dòng."]}  # fmt: skip
    back = reverse("reports:reviews", args=[pk])
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=back,
                       onward=lambda row: reverse("reports:review", args=[row.pk]))  # fmt: skip


def _key(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Refused("unknown_field") from None


def _draft(request: Request, row: Review) -> dict[str, Any]:
    texts = {part: text.text for part, text in texts_of(row).items()}
    period = Period.days(row.first, row.last)
    return review_content(row.unit, row.document, row.kind, period, by=request.actor, on=request.today, texts=texts)


@require_safe
def review(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Báo cáo trên màn hình: the paper as it will be signed, its numbers open at the side: ?so=3"""
    row = _review(request, pk)
    return _page(request, row)


def _page(request: Request, row: Review, error: str = "", status: int = 200) -> HttpResponse:
    issued = IssuedReview.objects.visible_to(request.actor).filter(review=row).first()
    now = _draft(request, row)
    content = issued.content if issued else now
    written = {part: text.text for part, text in texts_of(row).items()}
    context = {
        "review": row, "issued": issued, "content": content, "opening": opening(content),
        "line": line_to(row.unit, request.today, actor=request.actor), "issuer": issuer(content["unit"]),
        "number": symbol(content["number"], "BC", content["unit"]["symbol"]) if issued else "",
        "day": date.fromisoformat(content["issued_on"]), "open": _opened(request, content, row),
        "writes": request.actor.can(Power.CHAIR, row.scope_path), "error": error,
        "changed": [_compared(each, row) for each in differences(content, now)] if issued else [],
        "wording": [(PARTS[part][0], each) for part, text in written.items()
                    for each in findings(text, content["numbers"])],
    }  # fmt: skip
    return render(request, "reports/review/review.html", context, status=status)


def _opened(request: Request, content: dict[str, Any], row: Review) -> dict[str, Any] | None:
    asked = request.GET.get("so", "")
    found = next((each for each in content["numbers"] if str(each["n"]) == asked), None)
    if found is None:
        return None
    share = exact(found)
    return {**found, "address": address_of(found, row), "share": share if found["whole"] else None}


def address_of(number: dict[str, Any], row: Review) -> str:
    """Where a number opens to its rows."""
    if "page" in number:
        return str(number["page"])
    days = {name: date.fromisoformat(number[name]) for name in ("first", "last")}
    query = urlencode({"don-vi": row.unit_id, "tu": f"{days['first']:%d/%m/%Y}", "den": f"{days['last']:%d/%m/%Y}",
                       "cay": number["tree"]})  # fmt: skip
    return f"{reverse('front:figure', args=[number['code']])}?{query}"


def _compared(each: dict[str, Any], row: Review) -> dict[str, Any]:
    return {**each, "address": address_of(each["now"], row)}


@FORM
def part(request: Request, pk: uuid.UUID, part: str) -> HttpResponse:
    """Viết một phần: what no register knows."""
    row = _review(request, pk)
    request.actor.must(Power.CHAIR, row.scope_path)
    if part not in PARTS:
        raise Http404
    newest = texts_of(row).get(part)
    label, hint = PARTS[part]
    boxes = [Box(f"v:{part}", "", "hidden", optional=True, value=str(newest.version if newest else 0)),
             Box(part, label, "lines", hint=f"{hint} Mỗi dòng một ý.", optional=True,
                 value=newest.text if newest else "")]  # fmt: skip

    def act(typed: dict[str, Any]) -> Any:
        version = typed[f"v:{part}"]
        based_on = int(version) if version.isascii() and version.isdigit() and len(version) < 8 else 0
        return write_part(row, part, typed[part], based_on=based_on, **_author(request))

    context = {"line": line_to(row.unit, request.today, actor=request.actor), "title": label, "verb": "Ghi",
               "crumb": "Báo cáo", "told": ["Con số viết ở đây được đối chiếu với số của báo cáo."]}  # fmt: skip
    return answer_form(request, Form(boxes, {"text_too_long": part}), act, context=context,
                       back=reverse("reports:review", args=[pk]))  # fmt: skip


@require_POST
def issue(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ban hành báo cáo: number and seal."""
    row = _review(request, pk)
    tried = attempt(lambda: issue_review(row, **_author(request)))
    if tried.refusal is not None:
        return _page(request, row, request.say(tried.refusal), 422)
    return redirect("reports:review", pk=pk)


@require_safe
def word(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Báo cáo as a Word file: as issued, else the draft of now."""
    row = _review(request, pk)
    issued = IssuedReview.objects.visible_to(request.actor).filter(review=row).first()
    if issued:
        made, name = review_docx(issued.content, layout=issued.layout), f"bao-cao-{issued.content['number']:02d}-BC"
    else:
        layout = str(rules_on(request.today)["document.layout"].value)
        made, name = review_docx(_draft(request, row), layout=layout), "bao-cao-du-thao"
    headers = {"Content-Disposition": f'attachment; filename="{name}-{row.last:%Y-%m-%d}.docx"'}
    return HttpResponse(made, content_type=WORD, headers=headers)
