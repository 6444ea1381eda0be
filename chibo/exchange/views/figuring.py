"""A filled-in form of figures on its way in: sent, read, written; each refused cell named."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.exchange.reading.workbook import MOST, read_workbook
from chibo.exchange.sheets_in import Author, Outcome, take_sheets
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to
from chibo.returns.operations import fills
from chibo.returns.periods import label_of, slug_of


@require_http_methods(["GET", "HEAD", "POST"])
def figures_file(request: Request, pk: int) -> HttpResponse:
    """Tải biểu đã điền lên, of a unit and those below it."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    if not fills(unit, request.actor):
        request.actor.must(Power.CHAIR, unit.scope_path)
    if request.method != "POST":
        return _page(request, unit)
    tried = attempt(lambda: _taken(request, unit))
    status = 413 if tried.refusal and tried.refusal.code == "list_too_big" else 422 if tried.refusal else 200
    return _page(request, unit, tried.result, tried.refusal, status)


def _taken(request: Request, unit: Unit) -> Outcome:
    file = request.FILES.get("file")
    refuse_if(getattr(request, "upload_too_big", False), "list_too_big", most=MOST >> 20)
    data = file.read() if file is not None else b""
    book = read_workbook(getattr(file, "name", "") or "", data)
    name = request.posts[0].full_name if request.posts else ""
    author = Author(request.now, request.actor, name, hashlib.sha256(data).hexdigest())
    return take_sheets(book, unit, author, handing=request.POST.get("nop") == "1")


def _page(
    request: Request, unit: Unit, outcome: Outcome | None = None, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "outcome": outcome, "most": MOST >> 20,
        "problems": [(each, request.say(each.refusal)) for each in outcome.problems] if outcome else [],
        "label": label_of(outcome.form.every, outcome.first) if outcome else "",
        "slug": slug_of(outcome.first) if outcome else "",
        "error": request.say(refusal) if refusal else "", "handing": request.POST.get("nop") == "1",
    }  # fmt: skip
    return render(request, "exchange/figures_file.html", context, status=status)
