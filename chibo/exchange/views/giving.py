"""Lists on their way out."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.exchange.giving import MOST_A_DAY, OF_A_DAY, give_out, taken_today
from chibo.exchange.kinds import KINDS
from chibo.exchange.reconciling import LOOK, OURS, THEIRS, give_corrections, reconcile
from chibo.exchange.views.taking import EXCEL, the_intake
from chibo.figures.moments import Moment, moment_of
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.organisation.localities import Wanted
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

NAMES = {"members": "danh-sach-dang-vien", "units": "danh-sach-to-chuc", "posts": "danh-sach-chuc-vu",
         "villages": "danh-sach-thon-ban"}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: Request, pk: int) -> HttpResponse:
    """Tải danh sách: what one sees of a branch, as workbooks that can be sent back in."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.READ, unit.scope_path)
    moment = moment_of(request.POST if request.method == "POST" else request.GET, request.today)
    if request.method != "POST":
        return _page(request, unit, moment)
    kind, sensitive = request.POST.get("kind", ""), request.POST.get("sensitive") == "1"
    name = request.posts[0].full_name if request.posts else ""
    wanted = Wanted.of(request.POST.dict())
    tried = attempt(lambda: give_out(unit, kind, sensitive=sensitive, by_name=name, at=request.now, by=request.actor,
                                     wanted=wanted, moment=moment))  # fmt: skip
    if tried.result is None:
        return _page(request, unit, moment, tried.refusal)
    return _file(tried.result, NAMES[kind] + (f"-{moment.day:%Y-%m-%d}" if moment.past else ""))


def _file(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(made, content_type=EXCEL, headers=headers)


def _page(request: Request, unit: Unit, moment: Moment, refusal: Refused | None = None) -> HttpResponse:
    context = {
        "unit": unit, "moment": moment, "kinds": [k for k in KINDS.values() if k.code in OF_A_DAY or not moment.past],
        "line": line_to(unit, moment.tree_day, actor=request.actor, as_was=moment.as_was),
        "left": max(0, MOST_A_DAY - taken_today(request.actor, at=request.now)), "most": MOST_A_DAY,
        "may_open": request.actor.can(Power.SENSITIVE, unit.scope_path),
        "takes_in": request.actor.can(Power.ADMIT, unit.scope_path),
        "error": request.say(refusal) if refusal else "",
    }  # fmt: skip
    return render(request, "exchange/lists.html", context, status=422 if refusal else 200)


SHOWN = 100  # of each kind: the rest is in the correction sheet


@require_http_methods(["GET", "HEAD", "POST"])
def reconciliation(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Đối khớp với cơ sở dữ liệu đảng viên: what differs, and the correction sheet."""
    row = the_intake(request, pk)
    if row.kind != "members" or not row.columns:
        raise Http404
    error = ""
    if request.method == "POST":
        tried = attempt(lambda: give_corrections(row, at=request.now, by=request.actor))
        if tried.result is not None:
            return _file(tried.result, "dinh-chinh")
        error = request.say(tried.refusal) if tried.refusal else ""
    found = reconcile(row, at=request.now, by=request.actor)
    parts = [
        ("Sổ của ta mới hơn", "gửi lại trong biểu đính chính", found.of(OURS)),
        ("Biểu mới hơn", "nhập vào sổ, nếu đúng", found.of(THEIRS)),
        ("Khác ngày, cần xem văn bản", "sửa bên sai", found.of(LOOK)),
    ]
    context = {
        "intake": row, "unit": row.unit, "line": line_to(row.unit, request.today, actor=request.actor),
        "found": found, "parts": [(name, what, rows[:SHOWN], len(rows)) for name, what, rows in parts],
        "only_ours": found.only_ours[:SHOWN], "only_theirs": found.only_theirs[:SHOWN], "error": error,
    }  # fmt: skip
    return render(request, "exchange/reconciliation.html", context, status=422 if error else 200)
