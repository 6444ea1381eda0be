"""Lines and targets as they are said now, or on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from chibo.cadres.models import Office
from chibo.kernel.actor import Actor, Power
from chibo.organisation.models import Placement
from chibo.targets.models import LineSaid, Plan, PlanLine, Target, TargetSaid

WHOLE = ("ai làm", "hạn", "chỉ tiêu, hoặc lý do không đo được")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its newest words, all its words before, and the target it became."""

    row: PlanLine
    said: LineSaid
    before: tuple[LineSaid, ...]
    target_id: Any

    @property
    def lacks(self) -> list[str]:
        """What it still needs before the plan can be issued."""
        return lacks(self.said)


@dataclass(frozen=True, slots=True)
class Asked:
    """A target with what it asks for."""

    row: Target
    said: TargetSaid

    @property
    def last(self) -> date:
        """The last day."""
        return self.said.last


def lacks(said: LineSaid) -> list[str]:
    """What a line still lacks: owner, day, target or why there is none (LIM-2)."""
    has = (
        bool(said.owner_unit_id or said.owner_body_id or said.owner_post),
        said.due is not None,
        said.measured or bool(said.why_none),
    )
    return [words for words, there in zip(WHOLE, has, strict=True) if not there]


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A plan that carries out a document: whose, since when, how many days after the document (DIR-8)."""

    plan: Plan
    unit_name: str
    issued_on: date | None  # None: a draft still
    days: int | None  # between the day of the document and that of the plan


def plans_for(document: Any, *, actor: Actor, on: date) -> list[CarriedOut]:
    """Kế hoạch thực hiện một văn bản: its own unit's and those of whom it was sent to, as issued; two queries."""
    asked = Q(basis=document) | Q(delivery__document=document)
    rows = Plan.objects.visible_to(actor).live().filter(asked).select_related("issue")
    found = sorted(rows, key=lambda plan: (_issued(plan) or date.max, str(plan.pk)))
    names = Placement.objects.visible_to(actor).on(on).filter(unit__in={plan.unit_id for plan in found})
    known = dict(names.values_list("unit_id", "short_name"))
    return [CarriedOut(plan, known.get(plan.unit_id, ""), _issued(plan), _days(plan)) for plan in found]


def _issued(plan: Plan) -> date | None:
    issue = getattr(plan, "issue", None)
    return issue.on if issue else None


def _days(plan: Plan) -> int | None:
    issued = _issued(plan)
    return (issued - plan.carried_on).days if issued and plan.carried_on else None


def lines_of(plan: Plan, *, actor: Actor) -> list[Line]:
    """Lines in order, those that were dropped left out; two queries."""
    rows = PlanLine.objects.visible_to(actor).filter(plan=plan).select_related("target").order_by("place")
    said: dict[Any, list[LineSaid]] = {}
    words = LineSaid.objects.visible_to(actor).filter(line__plan=plan).select_related("owner_body")
    for each in words.order_by("-pk"):
        said.setdefault(each.line_id, []).append(each)
    found = [Line(row, said[row.pk][0], tuple(said[row.pk][1:]), _target(row)) for row in rows if row.pk in said]
    return [line for line in found if not line.said.dropped]


def _target(row: PlanLine) -> Any:
    target = getattr(row, "target", None)
    return target.pk if target else None


def newest_said(line: PlanLine) -> LineSaid | None:
    """What the line says now."""
    return LineSaid.objects.filter(line=line).order_by("-pk").first()


def said_now(target: Target) -> TargetSaid:
    """What the target asks for now."""
    return TargetSaid.objects.filter(target=target).latest("pk")


def with_said(rows: Any, *, actor: Actor, on: date | None = None) -> list[Asked]:
    """Targets with what they asked for on a day, or ask now; what was dropped by then is left out. Two queries."""
    targets = list(rows)
    words = TargetSaid.objects.visible_to(actor).filter(target__in=[row.pk for row in targets])
    if on is not None:
        words = words.filter(on__lte=on)
    newest = {each.target_id: each for each in words.order_by("target", "-pk").distinct("target")}
    return [Asked(row, newest[row.pk]) for row in targets if row.pk in newest and not newest[row.pk].dropped]


def owner_words(said: LineSaid, names: dict[int, str]) -> str:
    """«Chi bộ bản Nà Lốc», «Bí thư chi bộ», «Ban chỉ đạo …»."""
    if said.owner_unit_id:
        return names.get(said.owner_unit_id, "Tổ chức cũ")
    if said.owner_body_id and said.owner_body is not None:
        return said.owner_body.name
    return Office(said.owner_post).label if said.owner_post in Office.values else said.owner_post


def units_of(lines: Iterable[Line]) -> set[int]:
    """Units the lines name as owners."""
    return {line.said.owner_unit_id for line in lines if line.said.owner_unit_id}


def writes(path: str, by: Actor) -> bool:
    """Whether the actor writes plans and numbers there: who leads the unit, or the office that types for it."""
    return by.can(Power.ASSIGN, path) or by.can(Power.HELP, path)


def must_write(path: str, by: Actor) -> None:
    """Raises NoPower."""
    if not by.can(Power.HELP, path):
        by.must(Power.ASSIGN, path)
