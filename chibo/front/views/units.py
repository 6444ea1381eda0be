"""A unit: where it stands, who leads it, its members, its meetings. And a figure, opened to its rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.cadres.models import Term
from chibo.cadres.queries import holders_on, state_posts_on
from chibo.figures.answers import Answer, Kind, Number, Part, Tree
from chibo.figures.branches import tree_changed
from chibo.figures.door import figure, known
from chibo.figures.moments import moment_of, period_of, tree_of
from chibo.front.links import figure_address, row_address
from chibo.kernel.actor import Power
from chibo.meetings.charges import charges_on
from chibo.meetings.year import newest_of
from chibo.membership.queries import members_on, out_of_sight_on
from chibo.organisation.models import Unit
from chibo.organisation.queries import children_on, line_to, placement_on
from chibo.reorganisation.queries import kin_of, last_names
from chibo.returns.queries import form_of_figure

A_HUNDRED, A_DOZEN = 100, 12


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """Trang của một tổ chức, hôm nay hoặc như một ngày đã qua: ?ngay=…&cay=…"""
    actor, moment = request.actor, moment_of(request.GET, request.today)
    day = moment.day
    row = get_object_or_404(Unit.objects.visible_to(actor), pk=pk)
    people = members_on(row, day, actor=actor, tree=moment.tree).order_by("name_key", "id")
    placement = placement_on(row.pk, day)
    ended = placement is None
    if placement is None:  # an ended unit is read under its last name
        placement = last_names([row.pk], actor=actor).get(row.pk)
    is_cell = placement is not None and placement.kind == "cell"
    kin = kin_of(row, actor=actor)
    context = {
        "moment": moment,
        "unseen": out_of_sight_on(row, day, actor=actor, tree=moment.tree) if moment.past else 0,
        "unit": row,
        "placement": placement,
        "is_cell": is_cell,
        "ended": ended,
        "not_yet": ended and placement is not None and placement.during.lower > day,
        "heirs": kin.heirs if ended else [],
        "before": [] if ended or moment.past else [each for each in kin.sources if each.during.upper is not None],
        "line": line_to(row, moment.tree_day, actor=actor, as_was=moment.as_was),
        "children": list(children_on(row, moment.tree_day, actor=actor)),
        "holders": holders_on(row, day, actor=actor),
        "state_posts": state_posts_on(row, day, actor=actor),
        "term": Term.objects.visible_to(actor).on(day).filter(unit=row).first(),
        "count": people.count(),
        "people": list(people[:A_HUNDRED]) if is_cell else [],
        "meetings": [] if moment.past else newest_of(row, A_DOZEN, actor=actor, on=day),
        "meets": not moment.past and placement is not None and placement.kind in {"cell", "commune"},
        "charges": charges_on(row, day, actor=actor) if is_cell and not moment.past else [],
        "may_organise": not ended and actor.can(Power.ORGANISE, row.scope_path),
        "day": day,
        "sees_readings": actor.can(Power.SEE_READINGS, row.scope_path),
    }
    return render(request, "front/unit.html", context)


@require_safe
def opened_figure(request: Request, code: str) -> HttpResponse:
    """Một số liệu mở ra đến từng dòng: ?don-vi=…&tu=…&den=…&cay=hom-nay|ngay-ay."""
    actor, day = request.actor, request.today
    if not known([code], by=actor):
        raise Http404
    row = get_object_or_404(Unit.objects.visible_to(actor), pk=_number(request.GET.get("don-vi", "")))
    period, tree = period_of(request.GET, day), tree_of(request.GET)
    answer = figure(code, row, period, tree, by=actor, on=day)
    context = {
        "answer": answer,
        "ratio": answer.figure.kind is Kind.RATIO,
        "unit": row,
        "line": line_to(row, day, actor=actor),
        "period": period,
        "tree": tree.value,
        "rows": [{"row": r, "url": row_address(r)} for r in answer.rows],
        "parts": [{"part": p, "url": figure_address(answer, p.unit_id)} for p in answer.children],
        "asked_by": form_of_figure(code, actor=actor),
        "limits": actor.can(Power.REMEDY, row.scope_path) and not code.startswith("limitations."),
        "both": _both(answer) if tree_changed(row, period, on=day) else None,
    }
    return render(request, "front/figure.html", context)


@dataclass(frozen=True, slots=True)
class Both:
    """The same figure on the other tree, where a change of the tree makes a difference."""

    other: Answer
    address: str
    parts: list[tuple[str, Part | None, Part | None]]  # below: the name, on this tree, on the other


def _both(answer: Answer) -> Both | None:
    """Hai cây, hai số: only the units below whose numbers differ are told."""
    ask = answer.question
    tree = Tree.RESTATED if ask.tree is Tree.AS_WAS else Tree.AS_WAS
    other = figure(answer.figure.code, ask.unit, ask.period, tree, by=ask.by, on=ask.on)
    told: list[tuple[str, Part | None, Part | None]] = []
    names = {part.unit_id: part.name for part in [*other.children, *answer.children]}
    for unit_id, name in names.items():
        mine, theirs = answer.part(unit_id), other.part(unit_id)
        if _pair(mine) != _pair(theirs):
            told.append((name, mine, theirs))
    if not told and _pair(answer) == _pair(other):
        return None
    return Both(other, figure_address(other, ask.unit.pk), told)


def _pair(counted: Part | Answer | None) -> tuple[Number, Number]:
    return (counted.numerator, counted.denominator) if counted else (0, 0)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Http404
    return int(text)
