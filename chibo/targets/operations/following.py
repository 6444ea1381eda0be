"""The target of a line follows what the line says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chibo.directives.models import Heading
from chibo.directives.titles import short_title_of
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import cut
from chibo.organisation.models import PathVersion, Unit
from chibo.targets.models import LineSaid, Plan, PlanIssue, PlanLine, Target, TargetSaid

SAID = ("comparison", "value", "start", "last", "key", "dropped")


def follow_line(
    plan: Plan, line: PlanLine, said: LineSaid, *, at: datetime, by: Actor, by_name: str, on: date | None = None
) -> list[Any]:
    """Set, change or end the target of a line of an issued plan; gives what was touched.

    A target stays what it is: another figure, name or unit of measure is another target.
    Raises Refused("target_stays_what_it_is").
    """
    target = Target.objects.filter(line=line).first()
    measured = said.measured and not said.dropped
    if target is None:
        if not measured:
            return []
        return _begun(plan, line, said, on or at.date(), at=at, by=by, by_name=by_name)
    if measured:
        same = (said.name, said.figure, said.kind, said.measure)
        refuse_if(same != (target.name, target.figure, target.kind, target.measure), "target_stays_what_it_is")
        asked = {name: getattr(said, name) for name in ("comparison", "value", "start", "key")}
        words = {**asked, "last": said.due, "dropped": False}
    else:
        before = TargetSaid.objects.filter(target=target).latest("pk")
        words = {**{name: getattr(before, name) for name in SAID}, "dropped": True}
    made = say_target(target, words, said.why, on=on or at.date(), at=at, by=by, by_name=by_name)
    return [target, made] if made else []


def _begun(plan: Plan, line: PlanLine, said: LineSaid, on: date, *, at: datetime, by: Actor, by_name: str) -> list[Any]:
    target = Target.objects.create(
        id=line.pk, unit_id=plan.unit_id, line=line, source=source_of(plan), name=said.name, figure=said.figure,
        kind=said.kind, measure=said.measure, first=plan.first, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=plan.scope_path, place_path=place_of(plan.unit_id, on, plan.scope_path),
    )  # fmt: skip
    words = {"comparison": said.comparison, "value": said.value, "start": said.start, "key": said.key,
             "last": said.due, "dropped": False}  # fmt: skip
    made = say_target(target, words, said.why, on=on, at=at, by=by, by_name=by_name)
    return [target, made]


def source_of(plan: Plan) -> str:
    """«Kế hoạch 07-KH/ĐU», or what it is about when it has no number."""
    issue = PlanIssue.objects.filter(plan=plan).first()
    said = Heading.objects.live().filter(document=issue.document_id).first() if issue and issue.document_id else None
    if said is not None:
        return short_title_of(said)[:300]
    return cut(f"{plan.get_kind_display()} {plan.about}", 300)


def place_of(unit: int | Unit, on: date, otherwise: str) -> str:
    """Where the unit stood on that day."""
    found = PathVersion.objects.on(on).filter(unit=unit).values_list("path", flat=True).first()
    return found or otherwise


def say_target(
    target: Target, words: dict[str, Any], why: str, *, on: date, at: datetime, by: Actor, by_name: str
) -> TargetSaid | None:
    """Newer words of a target; None when they are the same as before."""
    before = TargetSaid.objects.filter(target=target).order_by("-pk").first()
    if before is not None and all(getattr(before, name) == words[name] for name in SAID):
        return None
    return TargetSaid.objects.create(
        target=target, on=on, why=why, at=at, by_account=by.account_id, by_name=by_name, scope_path=target.scope_path,
        **words,
    )  # fmt: skip
