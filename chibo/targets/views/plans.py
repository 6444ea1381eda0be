"""Plans of a unit, one plan whole, opened, issued, dropped."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.directives.models import Delivery, Document, Heading
from chibo.directives.titles import title_of
from chibo.kernel.boxes import Box, Form
from chibo.kernel.periods import Correctable
from chibo.kernel.text import cut, is_uuid, lower_first
from chibo.kernel.web import answer_form
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.targets import forms
from chibo.targets.listing import page_of, plan_of, plans_of
from chibo.targets.models import Plan
from chibo.targets.operations import NewPlan, issue_plan, open_plan, withdraw_plan
from chibo.targets.queries import must_write, writes
from chibo.targets.views.common import FORM, about, author, name_of, the_plan, the_unit


def address(plan: Plan) -> str:
    """The page of a plan."""
    return reverse("targets:plan", args=[plan.pk])


@require_safe
def plans(request: Request, pk: int) -> HttpResponse:
    """Kế hoạch, nghị quyết, chương trình hành động của đơn vị: ?trang=2"""
    unit, actor, day = the_unit(request, pk), request.actor, request.today
    page = page_of(unit, request.GET.get("trang"), actor=actor)
    context = {
        "unit": unit, "unit_name": name_of(request, unit), "line": line_to(unit, day, actor=actor), "day": day,
        "page": page, "rows": plans_of(page, actor=actor),
        "writes": writes(unit.scope_path, actor) and placement_on(unit.pk, day) is not None,
    }  # fmt: skip
    return render(request, "targets/plans.html", context)


@FORM
def opening(request: Request, pk: int) -> HttpResponse:
    """Lập kế hoạch: ?giao-hoc=… carries out what was sent here, ?van-ban=… what stands in the unit's own register."""
    unit = the_unit(request, pk)
    must_write(unit.scope_path, request.actor)
    delivery, basis, words = _resting_on(request, unit)

    def act(typed: dict[str, Any]) -> Plan:
        new = NewPlan(typed["kind"], typed["about"], typed["first"], typed["last"], delivery, basis)
        return open_plan(unit, new, key=forms.key_of(typed["key"]), **author(request))

    told = [f"Thực hiện: {words}."] if words else []
    context = about(request, unit, "Lập kế hoạch", "Lập dự thảo", "Lập kế hoạch", told=told,
                    sub="Dự thảo chưa giao việc cho ai. Ghi từng dòng rồi ban hành.")  # fmt: skip
    form = forms.new_plan(request.today, f"thực hiện {lower_first(words)}" if words else "")
    return answer_form(request, form, act, context=context, back=reverse("targets:plans", args=[pk]), onward=address)


def _resting_on(request: Request, unit: Unit) -> tuple[Delivery | None, Document | None, str]:
    """What the plan carries out, by the address, and how it is called; what is not in sight is as if not named."""
    sent, own = request.GET.get("giao-hoc", ""), request.GET.get("van-ban", "")
    if is_uuid(sent):
        found = Delivery.objects.visible_to(request.actor).live().filter(pk=sent, unit=unit).first()
        return (found, None, found.title) if found else (None, None, "")
    if is_uuid(own):
        said = Heading.objects.visible_to(request.actor).live().filter(document=own, document__unit=unit)
        heading = said.select_related("document").first()
        return (None, heading.document, title_of(heading)) if heading else (None, None, "")
    return None, None, ""


@require_safe
def plan(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một kế hoạch: every line with who, by when, measured how; a draft says what each still lacks."""
    row, actor, day = the_plan(request, pk), request.actor, request.today
    told = plan_of(row, actor=actor, on=day)
    context = {
        "plan": row, "told": told, "line": line_to(row.unit, day, actor=actor), "day": day,
        "unit_name": name_of(request, row.unit), "writes": writes(row.scope_path, actor) and not row.withdrawn_at,
        "reasons": Correctable.MISTAKES,
        "opens_basis": row.basis_id is not None or row.delivery_id is not None,
    }  # fmt: skip
    return render(request, "targets/plan.html", context)


@FORM
def issuing(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ban hành: refused in words while a line lacks something; its targets begin to count."""
    row = the_plan(request, pk)
    must_write(row.scope_path, request.actor)

    def act(typed: dict[str, Any]) -> Any:
        return issue_plan(row, on=typed["on"], takes_number=typed["number"] == forms.YES, **author(request))

    told = [
        "Từ ngày này các chỉ tiêu trong kế hoạch được tính, ai chậm thì thấy ở bảng chỉ tiêu.",
        "Ban hành rồi thì sửa từng dòng, mỗi lần sửa ghi rõ vì sao; điều đã ghi trước vẫn đọc được.",
    ]
    context = about(request, row.unit, "Ban hành kế hoạch này?", "Ban hành", "Ban hành", told=told,
                    sub=cut(f"{row.get_kind_display()} {row.about}", 140))  # fmt: skip
    form = forms.issue(request.today, row.kind != "nghị quyết")
    return answer_form(request, form, act, context=context, back=address(row))


@FORM
def withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Bỏ dự thảo lập nhầm."""
    row = the_plan(request, pk)
    must_write(row.scope_path, request.actor)
    form = Form([Box("why", "Lý do", "choice", choices=Correctable.MISTAKES)])
    told = ["Chỉ bỏ được dự thảo. Kế hoạch đã ban hành thì sửa từng dòng."]
    context = about(request, row.unit, "Bỏ dự thảo này?", "Bỏ dự thảo", "Bỏ dự thảo", told=told, grave=True,
                    sub=cut(f"{row.get_kind_display()} {row.about}", 140))  # fmt: skip

    def act(typed: dict[str, Any]) -> Plan:
        return withdraw_plan(row, why=typed["why"], at=request.now, by=request.actor)

    return answer_form(request, form, act, context=context, back=reverse("targets:plans", args=[row.unit_id]))
