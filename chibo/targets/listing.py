"""What pages of plans show: a list of plans with how far each is, one plan with every line and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from chibo.kernel.actor import Actor
from chibo.organisation.models import Placement, Unit
from chibo.targets.measures import asked_words
from chibo.targets.models import LineDone, LineSaid, Plan, PlanIssue, Target
from chibo.targets.queries import Line, lacks, lines_of, owner_words, units_of, with_said
from chibo.targets.valuing import Valued, valued

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list."""

    row: Plan
    issue: PlanIssue | None
    lines: int
    wanting: int  # lines that still lack something


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as its plan shows it."""

    line: Line
    owner: str
    asked: str  # «ít nhất 12 đảng viên»
    lacks: list[str]
    valued: Valued | None
    place: int
    done: LineDone | None  # of a line nothing measures
    late: int  # days past its day, not done


@dataclass(frozen=True, slots=True)
class PlanShown:
    """One plan whole."""

    issue: PlanIssue | None
    lines: list[LineRow]
    changed: list[tuple[LineRow, LineSaid, LineSaid, str]]  # since it was issued: newer words, older ones, who then

    @property
    def wanting(self) -> int:
        """How many lines still lack something."""
        return sum(bool(each.lacks) for each in self.lines)

    @property
    def measured(self) -> int:
        """How many lines have a target."""
        return sum(each.line.said.measured for each in self.lines)


def page_of(unit: Unit, number: str | None, *, actor: Actor) -> Page[Plan]:
    """A page of the unit's plans, the newest period first; drafts that were dropped are left out."""
    rows = Plan.objects.visible_to(actor).filter(unit=unit, withdrawn_at=None).select_related("issue__document")
    return Paginator(rows.order_by("-first", "-at", "pk"), A_PAGE).get_page(number)


def plans_of(page: Iterable[Plan], *, actor: Actor) -> list[PlanRow]:
    """Each with how many lines it has and how many are not whole; one query for the words of all."""
    plans = list(page)
    words = LineSaid.objects.visible_to(actor).filter(line__plan__in=[each.pk for each in plans])
    said: dict[Any, list[LineSaid]] = {}
    for each in words.order_by("line", "-pk").distinct("line").select_related("line"):
        if not each.dropped:
            said.setdefault(each.line.plan_id, []).append(each)
    return [
        PlanRow(
            row, getattr(row, "issue", None), len(said.get(row.pk, [])),
            sum(bool(lacks(each)) for each in said.get(row.pk, [])),
        )
        for row in plans
    ]  # fmt: skip


def plan_of(row: Plan, *, actor: Actor, on: date) -> PlanShown:
    """Every line with who answers for it and, once the plan was issued, where its target stands."""
    lines = lines_of(row, actor=actor)
    targets = Target.objects.visible_to(actor).filter(line__plan=row)
    standing = {each.row.line_id: each for each in valued(with_said(targets, actor=actor), by=actor, on=on)}
    names = _names(units_of(lines) | {said.owner_unit_id for line in lines for said in line.before}, actor)
    issue = getattr(row, "issue", None)
    done = {each.line_id: each for each in LineDone.objects.visible_to(actor).live().filter(line__plan=row)}
    shown = [
        LineRow(line, _owner(line.said, names), _asked(line.said), line.lacks, standing.get(line.row.pk), place,
                done.get(line.row.pk), _late(line.said, on) if issue and line.row.pk not in done else 0)
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    changed = [
        (each, newer, older, _owner(older, names))
        for each in shown
        for newer, older in zip((each.line.said, *each.line.before), each.line.before, strict=False)
        if issue is not None and newer.why
    ]
    return PlanShown(issue, shown, changed)


def _late(said: LineSaid, on: date) -> int:
    return max(0, (on - said.due).days) if said.due is not None and not said.measured else 0


def _owner(said: LineSaid, names: dict[int, str]) -> str:
    return owner_words(said, names) if said.owner_unit_id or said.owner_body_id or said.owner_post else ""


def _asked(said: LineSaid) -> str:
    if not said.measured or said.value is None:
        return ""
    return asked_words(said.comparison, said.value, said.measure)


def _names(units: set[Any], actor: Actor) -> dict[int, str]:
    placed = Placement.objects.visible_to(actor).filter(unit__in=units).order_by("during")
    return dict(placed.values_list("unit_id", "short_name"))
