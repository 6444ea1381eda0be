"""Tăng, giảm đảng viên: form 1 of a branch over a period, every line open to its people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from chibo.access.http import Request
from chibo.access.operations import Opened
from chibo.figures.answers import Question, Tree
from chibo.figures.branches import names_of
from chibo.figures.moments import period_of, tree_of
from chibo.front.readings import remember
from chibo.kernel.actor import Power
from chibo.membership.models import Person
from chibo.membership.movement import IN, OUT, Movement, Step, movement
from chibo.membership.operations import give_movement
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 200
SIDES = {"tang": IN, "giam": OUT}


def _asked(request: Request, pk: int, given: Any) -> Question:
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.READ, unit.scope_path)
    return Question(unit, period_of(given, request.today), tree_of(given), request.actor, request.today)


@require_safe
def movement_page(request: Request, pk: int) -> HttpResponse:
    """Biểu tăng, giảm: ?tu=…&den=…&cay=…&dong=tang.admitted opens one line."""
    question = _asked(request, pk, request.GET)
    form = movement(question)
    opened = request.GET.get("dong", "")[:40]
    steps = _opened(form, opened)
    context = {
        "unit": question.unit, "line": line_to(question.unit, request.today, actor=request.actor), "form": form,
        "placement": placement_on(question.unit.pk, request.today), "period": question.period,
        "as_was": question.tree is Tree.AS_WAS, "opened": opened, "found": len(steps),
        "sides": [("tang", "Tăng", form.lines(IN), len(form.came)), ("giam", "Giảm", form.lines(OUT), len(form.left))],
        "steps": list(_told(question, steps[:MOST])), "kept": _kept(request),
    }  # fmt: skip
    if steps:
        remember(request, Opened("list", question.unit.scope_path, count=len(steps[:MOST])))
    return render(request, "front/movement.html", context)


def _kept(request: Request) -> str:
    kept = request.GET.copy()
    kept.pop("dong", None)
    return kept.urlencode()


def _opened(form: Movement, opened: str) -> list[Step]:
    side, _, way = opened.partition(".")
    if side not in SIDES:
        return []
    return [step for step in (form.came if SIDES[side] == IN else form.left) if step.way == way]


def _told(question: Question, steps: list[Step]) -> Iterable[tuple[Step, Person | None, str]]:
    people = Person.objects.visible_to(question.by).in_bulk({step.person_id for step in steps}) if steps else {}
    cells = names_of(question, {step.unit_id for step in steps}) if steps else {}
    for step in steps:
        yield step, people.get(step.person_id), cells.get(step.unit_id, "")


@require_POST
def workbook(request: Request, pk: int) -> HttpResponse:
    """Tải biểu tăng, giảm: as shown, with the people; the ledger notes it."""
    question = _asked(request, pk, request.POST)
    form = movement(question)
    steps = [(side, step) for side, steps in ((IN, form.came), (OUT, form.left)) for step in steps]
    people = Person.objects.visible_to(request.actor).in_bulk({step.person_id for _, step in steps})
    made = give_movement(question, form, people, names_of(question, {step.unit_id for _, step in steps}))
    remember(request, Opened("list", question.unit.scope_path, count=len(steps)))
    headers = {"Content-Disposition": 'attachment; filename="tang-giam-dang-vien.xlsx"'}
    return HttpResponse(made, content_type=EXCEL, headers=headers)
