"""Lists on their way out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.exchange.giving import MOST_A_DAY, give_out, taken_today
from chibo.exchange.kinds import KINDS
from chibo.exchange.views.taking import EXCEL
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

NAMES = {"members": "danh-sach-dang-vien", "units": "danh-sach-to-chuc", "posts": "danh-sach-chuc-vu"}


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: Request, pk: int) -> HttpResponse:
    """Tải danh sách: what one sees of a branch, as workbooks that can be sent back in."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.READ, unit.scope_path)
    if request.method != "POST":
        return _page(request, unit)
    kind, sensitive = request.POST.get("kind", ""), request.POST.get("sensitive") == "1"
    name = request.posts[0].full_name if request.posts else ""
    tried = attempt(lambda: give_out(unit, kind, sensitive=sensitive, by_name=name, at=request.now, by=request.actor))
    if tried.result is None:
        return _page(request, unit, tried.refusal, 422)
    headers = {"Content-Disposition": f'attachment; filename="{NAMES[kind]}.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(tried.result, content_type=EXCEL, headers=headers)


def _page(request: Request, unit: Unit, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "kinds": list(KINDS.values()),
        "left": max(0, MOST_A_DAY - taken_today(request.actor, at=request.now)), "most": MOST_A_DAY,
        "may_open": request.actor.can(Power.SENSITIVE, unit.scope_path),
        "takes_in": request.actor.can(Power.ADMIT, unit.scope_path),
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "exchange/lists.html", context, status=status)
