"""Forms: what one asks for, and defining it: lines, checks, their end."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.web import answer_form
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.returns import forms
from chibo.returns.finding import check_words
from chibo.returns.models import Form, Line, LineCheck
from chibo.returns.operations import (
    NewCheck,
    NewForm,
    NewLine,
    add_check,
    add_line,
    define_form,
    end_check,
    end_form,
    end_line,
)
from chibo.returns.periods import label_of, period_at, slug_of
from chibo.returns.views.common import FORM, about, author, key_of, the_form, the_unit
from chibo.rules.reader import rules_on


def page_of(form: Form) -> str:
    """The page of a form."""
    return reverse("returns:form", args=[form.pk])


def kinds_on(day: date) -> Mapping[str, str]:
    """Kinds of units by code, the highest first, as the rule of the day names them."""
    rule = rules_on(day).get("organisation.kinds")
    return {code: each["name"] for code, each in rule.value.items()} if rule else {}


@require_safe
def form(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một biểu số liệu: who owes it by when, its lines, the checks between them."""
    row, day = the_form(request, pk), request.today
    lines = list(Line.objects.named_to(request.actor).filter(form=row).select_related("above", "below"))
    lines.sort(key=lambda line: (line.position, line.pk))
    known = {line.pk: line for line in lines}
    checks = LineCheck.objects.named_to(request.actor).filter(form=row).order_by("pk")
    kinds = {**kinds_on(date(2020, 1, 1)), **kinds_on(day)}
    unit = Unit.objects.named_to(request.actor).filter(pk=row.unit_id).first()
    receiver = placement_on(row.unit_id, day) or placement_on(row.unit_id, row.begins)
    context = {
        "form": row, "line": line_to(unit, day, actor=request.actor) if unit else [],
        "receiver": receiver.name if receiver else "",
        "kinds": [kinds.get(kind, kind) for kind in row.kinds], "day": day, "since": label_of(row.every, row.begins),
        "until": _last(row, row.ends) if row.ends else "",
        "lines": [(line, label_of(row.every, line.begins), _last(row, line.ends) if line.ends else "")
                  for line in lines if line.ends != line.begins],
        "checks": [(check, check_words(check, known), _last(row, check.ends) if check.ends else "")
                   for check in checks if check.ends != check.begins],
        "directs": request.actor.can(Power.DIRECT, row.scope_path) and row.ends is None,
        "reads": request.actor.can(Power.READ, row.scope_path),
    }  # fmt: skip
    return render(request, "returns/form.html", context)


def _last(form: Form, ends: date) -> str:
    """The last period before that day, in words."""
    return label_of(form.every, period_at(form.every, ends - timedelta(days=1)).first)


@FORM
def define(request: Request, pk: int) -> HttpResponse:
    """Đặt biểu mới: its name, how often, by which day, who owes it; lines come next."""
    unit, day = the_unit(request, pk), request.today
    request.actor.must(Power.DIRECT, unit.scope_path)
    chosen = request.POST.getlist("kinds")

    def act(typed: dict[str, Any]) -> Form:
        since, basis = _day(typed["since"]), typed["basis"]
        new = NewForm(typed["name"], typed["every"], chosen, typed["due_day"], since, basis)
        return define_form(unit, new, key=key_of(typed["key"]), **author(request))

    placement = placement_on(unit.pk, day)
    names = list(kinds_on(day).items())
    own = next((at for at, (code, _) in enumerate(names) if placement and code == placement.kind), 0)
    context = about(request, unit, "Đặt biểu số liệu", "Đặt biểu", "Biểu mới", kinds=names[own:], chosen=chosen)
    return answer_form(request, forms.new_form(day), act, context=context, template="returns/define.html",
                       back=reverse("returns:of_unit", args=[pk]), onward=page_of)  # fmt: skip


@FORM
def line(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thêm dòng vào biểu."""
    row = the_form(request, pk)
    request.actor.must(Power.DIRECT, row.scope_path)
    typed_lines = _typed(request, row)

    def act(typed: dict[str, Any]) -> Line:
        new = NewLine(
            typed["name"], typed["measure"], typed["adds"], int(typed["decimals"]), typed["counted"],
            typed["must"] == "yes", int(typed["above"] or 0) or None, int(typed["below"] or 0) or None,
        )  # fmt: skip
        return add_line(row, new, since=_day(typed["since"]), **author(request))

    context = about(request, row.unit, "Thêm dòng vào biểu", "Thêm dòng", "Thêm dòng", sub=row.name)
    shown = forms.new_line(typed_lines, periods_from(row, request.today))
    return answer_form(request, shown, act, context=context, back=page_of(row))


def _typed(request: Request, form: Form) -> list[Line]:
    """Lines somebody types, in order."""
    rows = Line.objects.named_to(request.actor).filter(form=form, ends=None).exclude(adds=Line.RATIO)
    return list(rows.order_by("position", "pk"))


def _day(slug: str) -> date:
    year, _, month = slug.partition("-")
    return date(int(year), int(month), 1)


def periods_from(form: Form, on: date, back: int = 3) -> list[tuple[str, str]]:
    """Periods something may begin or end with, as choices: a few behind, the one under way, the next."""
    first = period_at(form.every, max(on, form.begins)).first
    found = [first, period_at(form.every, first).after]
    for _ in range(back):
        before = period_at(form.every, found[0] - timedelta(days=1)).first
        if before >= form.begins:
            found.insert(0, before)
    return [(slug_of(each), label_of(form.every, each)) for each in found]


@FORM
def check(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Đặt phép kiểm giữa các dòng."""
    row = the_form(request, pk)
    request.actor.must(Power.DIRECT, row.scope_path)

    def act(typed: dict[str, Any]) -> LineCheck:
        left = [int(typed[name]) for name in ("left", "left2") if typed[name]]
        right = [int(typed[name]) for name in ("right", "right2", "right3") if typed[name]]
        new = NewCheck(left, typed["kind"], right, typed["number"] or forms.ZERO, typed["grave"] == "stop")
        return add_check(row, new, since=_day(typed["since"]), **author(request))

    context = about(request, row.unit, "Đặt phép kiểm", "Đặt phép kiểm", "Phép kiểm", sub=row.name)
    shown = forms.new_check(_typed(request, row), periods_from(row, request.today))
    return answer_form(request, shown, act, context=context, back=page_of(row))


@FORM
def form_end(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Thôi dùng biểu."""
    row = the_form(request, pk)
    request.actor.must(Power.DIRECT, row.scope_path)
    told = ["Các phiếu đã nộp và số đã chốt giữ nguyên, vẫn mở ra được.",
            "Muốn đổi tên, đổi hạn nộp: thôi dùng biểu này rồi đặt biểu mới."]  # fmt: skip
    context = about(request, row.unit, "Thôi dùng biểu này?", "Thôi dùng biểu", "Thôi dùng", sub=row.name, told=told,
                    grave=True)  # fmt: skip

    def act(typed: dict[str, Any]) -> Form:
        return end_form(row, after=_day(typed["after"]), at=request.now, by=request.actor)

    return answer_form(request, forms.ending(periods_from(row, request.today)), act, context=context, back=page_of(row))


@FORM
def line_end(request: Request, pk: int) -> HttpResponse:
    """Thôi hỏi một dòng."""
    rows = Line.objects.named_to(request.actor).select_related("form")
    return _part_end(request, get_object_or_404(rows, pk=pk), "Thôi hỏi dòng này?", "Thôi hỏi")


@FORM
def check_end(request: Request, pk: int) -> HttpResponse:
    """Thôi một phép kiểm."""
    rows = LineCheck.objects.named_to(request.actor).select_related("form")
    return _part_end(request, get_object_or_404(rows, pk=pk), "Thôi phép kiểm này?", "Thôi kiểm")


def _part_end(request: Request, part: Line | LineCheck, title: str, verb: str) -> HttpResponse:
    row = part.form
    request.actor.must(Power.DIRECT, row.scope_path)
    if isinstance(part, Line):
        words = part.name
    else:
        known = {line.pk: line for line in Line.objects.named_to(request.actor).filter(form=row)}
        words = check_words(part, known)

    def act(typed: dict[str, Any]) -> Line | LineCheck:
        told: dict[str, Any] = {"after": _day(typed["after"]), "at": request.now, "by": request.actor}
        return end_line(part, **told) if isinstance(part, Line) else end_check(part, **told)

    told = ["Những kỳ trước vẫn như cũ. Số đã chốt giữ nguyên."]
    context = about(request, row.unit, title, verb, verb, sub=words, told=told, grave=True)
    return answer_form(request, forms.ending(periods_from(row, request.today)), act, context=context, back=page_of(row))
