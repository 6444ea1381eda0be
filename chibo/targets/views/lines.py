"""Write a line of a plan, say something newer, drop it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from chibo.access.http import Request
from chibo.cadres.models import Body
from chibo.cadres.offices import party_offices
from chibo.kernel.boxes import Form
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import cut
from chibo.kernel.web import answer_form
from chibo.organisation.queries import children_on, placement_on
from chibo.targets import forms
from chibo.targets.models import LineDone, LineSaid, Plan, PlanLine
from chibo.targets.operations import drop_line, report_line, withdraw_line_done, write_line
from chibo.targets.queries import must_write, newest_said
from chibo.targets.views.common import FORM, about, author, the_line, the_plan
from chibo.targets.views.plans import address


def _form(request: Request, plan: Plan, said: LineSaid | None = None, key: str = "") -> Form:
    unit, day = plan.unit, request.today
    here = placement_on(unit.pk, day)
    units = [*([here] if here else []), *children_on(unit, day, actor=request.actor)]
    bodies = Body.objects.visible_to(request.actor).live().filter(unit=unit, during__contains=day).order_by("pk")
    posts = party_offices(here.kind if here else "cell")
    owners = forms.owner_choices(units, list(bodies), posts)
    if said is not None and (kept := forms.owner_of(said)) and kept not in dict(owners):
        owners.append((kept, "Như đã ghi"))  # a unit or a body that has ended since
    return forms.line(owners, request.actor, issued=_issued(plan), said=said, key=key)


def _issued(plan: Plan) -> bool:
    return getattr(plan, "issue", None) is not None


def _answer(request: Request, plan: Plan, form: Form, title: str, verb: str) -> HttpResponse:
    def act(typed: dict[str, Any]) -> PlanLine:
        return write_line(plan, forms.line_of(typed), key=forms.key_of(typed["key"]), **author(request))

    context = about(request, plan.unit, title, verb, "Dòng kế hoạch", plan=plan, issued=_issued(plan),
                    sub=cut(f"{plan.get_kind_display()} {plan.about}", 140))  # fmt: skip
    return answer_form(request, form, act, context=context, back=address(plan), template="targets/line.html")


@FORM
def add(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thêm một dòng."""
    plan = the_plan(request, pk)
    must_write(plan.scope_path, request.actor)
    return _answer(request, plan, _form(request, plan), "Thêm một dòng", "Ghi dòng này")


@FORM
def change(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Sửa một dòng: newer words; the old ones stay."""
    row = the_line(request, pk)
    must_write(row.scope_path, request.actor)
    form = _form(request, row.plan, newest_said(row), str(row.pk))
    return _answer(request, row.plan, form, f"Dòng {row.place}", "Lưu dòng này")


@FORM
def drop(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Bỏ một dòng."""
    row = the_line(request, pk)
    must_write(row.scope_path, request.actor)
    said, issued = newest_said(row), _issued(row.plan)
    refuse_if(said is None, "unknown_field")
    assert said is not None

    def act(typed: dict[str, Any]) -> PlanLine:
        return drop_line(row, typed["why"], **author(request))

    told = ["Dòng và chỉ tiêu của nó thôi tính từ hôm nay, vẫn đọc lại được."] if issued else []
    context = about(request, row.plan.unit, "Bỏ dòng này?", "Bỏ dòng", "Bỏ dòng", told=told, grave=True,
                    sub=cut(said.task, 140))  # fmt: skip
    form = forms.reason("Một câu.", optional=not issued)
    return answer_form(request, form, act, context=context, back=address(row.plan))


@FORM
def done(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Báo đã làm xong một dòng không đo được."""
    row = the_line(request, pk)
    must_write(row.scope_path, request.actor)
    said = newest_said(row)

    def act(typed: dict[str, Any]) -> LineDone:
        return report_line(row, typed["result"], on=typed["on"], key=forms.key_of(typed["key"]), **author(request))

    context = about(request, row.plan.unit, "Báo đã làm xong", "Báo xong", "Báo xong",
                    sub=cut(said.task, 140) if said else "")  # fmt: skip
    return answer_form(request, forms.line_done(request.today), act, context=context, back=address(row.plan))


@require_POST
def done_withdrawal(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Rút báo xong ghi nhầm."""
    row = get_object_or_404(LineDone.objects.visible_to(request.actor).select_related("line__plan"), pk=pk)
    withdraw_line_done(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect(address(row.line.plan))
