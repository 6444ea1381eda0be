"""Say what is still in the way in a village, who sees to it, and the next step."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.cadres.models import VillageStep
from chibo.cadres.operations import NewStep, say_village_step
from chibo.cadres.villages import may_see_to, steps_of
from chibo.kernel.actor import Power
from chibo.kernel.boxes import A_TERM, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.kernel.web import answer_form
from chibo.organisation.localities import registered
from chibo.organisation.models import Locality, Siting
from chibo.organisation.queries import line_to

MATTERS = {"ban-trang": VillageStep.BLANK, "chua-kiem": VillageStep.APART}
TITLES = {VillageStep.BLANK: "Xóa bản «trắng»", VillageStep.APART: "Bí thư đồng thời là trưởng bản"}
PLACES = {
    "unknown_word": "reason", "no_text": "step", "looks_like_identity": "step", "step_due_passed": "due",
    "day_ahead": "tried_on", "not_seen_to": "owner",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, pk: int, matter: str) -> HttpResponse:
    """Ghi việc còn vướng của một thôn, bản."""
    if matter not in MATTERS:
        raise Http404
    row: Locality = get_object_or_404(Locality.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ORGANISE, row.scope_path)
    day, what = request.today, MATTERS[matter]
    sitings = Siting.objects.visible_to(request.actor).live().on(day).filter(locality=row)
    there = next(iter(registered(sitings.select_related("unit"), day, actor=request.actor)), None)
    if there is None:
        raise Http404
    people = may_see_to(row, day, by=request.actor)
    boxes, back = _boxes(request, row, what, people), _page(what, there)

    def act(typed: dict[str, Any]) -> VillageStep:
        key = _uuid(typed.pop("key"), "key_used")
        typed["owner"] = _uuid(typed["owner"], "not_seen_to")
        name = request.posts[0].full_name if request.posts else ""
        return say_village_step(row, what, NewStep(**typed), key=key, at=request.now, by=request.actor, by_name=name)

    context = {
        "line": line_to(there.siting.unit, day, actor=request.actor), "title": f"{there.name}: còn vướng gì",
        "verb": "Ghi", "crumb": TITLES[what], "sub": TITLES[what],
    }  # fmt: skip
    return answer_form(request, Form(boxes, PLACES), act, context=context, back=back)


def _boxes(request: Request, row: Locality, what: str, people: Any) -> list[Box]:
    last = steps_of([row.pk], what, by=request.actor).get(row.pk)
    tried = "Lần thử gần nhất" if what == VillageStep.APART else "Lần vận động, bồi dưỡng gần nhất"
    return [
        Box("reason", "Vì sao chưa làm được", "radio", choices=VillageStep.REASONS[what],
            value=last.reason if last else ""),
        Box("tried_on", tried, "day", optional=True, value=show_day(last.tried_on) if last and last.tried_on else ""),
        Box("owner", "Ai lo việc này", "choice", choices=[(str(pk), who.words) for pk, who in people.items()],
            value=str(last.owner_id) if last else "", hint="Người giữ chức vụ ở đảng ủy xã hoặc chi bộ trong xã."),
        Box("step", "Bước tiếp theo", hint="Một việc làm được, như: mở lớp bồi dưỡng cho hai quần chúng."),
        Box("due", "Hạn", "day", ahead=A_TERM),
        Box("key", "", "hidden", value=str(uuid.uuid4())),
    ]  # fmt: skip


def _uuid(typed: str, code: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Refused(code) from None


def _page(what: str, there: Any) -> str:
    if what == VillageStep.BLANK:
        return reverse("front:blank_villages", args=[there.unit_id])
    return reverse("cadres:cells", args=[there.unit_id]) + "?loc=chua-kiem"
