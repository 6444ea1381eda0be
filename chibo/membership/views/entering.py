"""Enter a new member, or one who comes from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.web import answer_form
from chibo.membership.models import Belonging, Person, Standing
from chibo.membership.operations import NewMember, enter_members
from chibo.membership.particulars import FIELDS
from chibo.membership.views.acts import particular_boxes
from chibo.membership.views.common import DOCUMENT, page_of
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

ASKED = ["birth", "sex", "card_number", "home_village", "address", "ethnicity", "religion", "citizen_number"]


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request, pk: int) -> HttpResponse:
    """Ghi đảng viên vào sổ của một chi bộ."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ADMIT, unit.scope_path)
    placement = placement_on(unit.pk, request.today)
    asked = [
        code for code in ASKED if not FIELDS[code].sensitive or request.actor.can(Power.SENSITIVE, unit.scope_path)
    ]
    ways = [pair for pair in Belonging.WAYS_IN if pair[0] != Belonging.MOVED]
    boxes = [
        Box("full_name", "Họ và tên"),
        Box("way_in", "Vào danh sách vì", "radio", choices=ways, value="admitted",
            hint="Chuyển từ chi bộ khác trong đảng bộ: mở trang của người ấy rồi bấm «Chuyển chi bộ»."),
        Box("since", "Sinh hoạt tại chi bộ từ ngày", "day", value=show_day(request.today)),
        Box("standing", "Hiện nay là đảng viên", "radio", choices=Standing.KINDS, value=Standing.PROBATIONARY),
        Box("admitted_on", "Ngày lễ kết nạp", "day", optional=True, hint="Thời gian dự bị tính từ ngày này."),
        Box("decided_on", "Ngày quyết định kết nạp", "day", optional=True, hint="Tuổi đảng tính từ ngày này."),
        Box("official_on", "Ngày chính thức", "day", optional=True),
        DOCUMENT, *particular_boxes(dict.fromkeys(asked, "")),
    ]  # fmt: skip

    def act(typed: dict[str, Any]) -> Person:
        particulars = {code: typed.pop(code) for code in asked}
        row = NewMember(**typed, particulars=particulars)
        return enter_members([row], unit, on=request.today, by=request.actor)[0]

    places = {
        "no_name": "full_name", "not_a_cell": "since", "official_day_needed": "official_on", "unknown_way": "way_in",
        "official_before_admitted": "official_on", "standing_starts_late": "since", "before_the_party": "since",
        "before_birth": "birth", "text_too_long": "full_name",
    }  # fmt: skip
    context = {
        "line": line_to(unit, request.today, actor=request.actor), "crumb": "Ghi đảng viên",
        "title": "Ghi đảng viên vào sổ", "sub": placement.name if placement else "", "verb": "Ghi vào sổ",
    }  # fmt: skip
    back = reverse("front:members", args=[unit.pk])
    return answer_form(request, Form(boxes, places), act, context=context, back=back, onward=page_of)
