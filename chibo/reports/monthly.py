"""What a unit reports of a month: meetings through the door of figures, tasks from their register."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from chibo.cadres.models import Office
from chibo.cadres.queries import holders_on
from chibo.figures.answers import Answer, Tree
from chibo.figures.branches import child_below
from chibo.figures.door import figure
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.meetings.content import body_content, rests_on
from chibo.meetings.models import Closure, Meeting, NotHeld, Task
from chibo.meetings.queries import with_state
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on

Json = dict[str, Any]
_SIGNERS = (Office.CELL_SECRETARY, Office.COMMITTEE_SECRETARY, Office.CELL_DEPUTY, Office.COMMITTEE_DEPUTY)


def month_content(unit: Unit, month: date, *, by: Actor, on: date) -> Json:
    """Nội dung báo cáo tháng, as far as `by` may see it, as it stood at the end of the month or today.

    Raises Refused: not_standing, report_too_early.
    """
    period = Period.month(month)
    refuse_if(period.first > on, "report_too_early", day=period.first)
    cutoff = min(period.last, on)
    placement = placement_on(unit.pk, cutoff)
    refuse_if(placement is None, "not_standing")
    assert placement is not None
    parent = placement_on(placement.parent_id, cutoff) if placement.parent_id else None
    held = figure("meetings.held", unit, period, Tree.AS_WAS, by=by, on=on)
    came = figure("meetings.attendance", unit, period, Tree.AS_WAS, by=by, on=on)
    content = {
        "unit": body_content(placement, parent, on), "of_cell": placement.kind == "cell",
        "month": period.first.isoformat(), "cutoff": cutoff.isoformat(), "issued_on": on.isoformat(),
        "signer": _signer(unit, on, by),
        "held": _both(held), "attendance": _both(came),
        "rests_on": [rule for rule in rests_on(on) if rule["key"] == "document.layout"],
    }  # fmt: skip
    if content["of_cell"]:
        return content | {
            "meetings": _meetings(unit, held, came, period, by),
            "tasks": _tasks(unit, period, cutoff, by),
        }
    return content | {"units": _units(unit, held, came, period, cutoff, by)}


def _both(answer: Answer) -> Json:
    return {"part": answer.numerator, "whole": answer.denominator}


def _signer(unit: Unit, day: date, by: Actor) -> Json:
    posts = {post.office: post for post in holders_on(unit, day, actor=by)}
    post = next((posts[office] for office in _SIGNERS if office in posts), None)
    return {"name": post.person.full_name, "post": post.get_office_display()} if post else {"name": "", "post": ""}


# a cell


def _meetings(unit: Unit, held: Answer, came: Answer, period: Period, by: Actor) -> list[Json]:
    """Buổi thường kỳ of the calendar, then the other meetings held in the month."""
    present = {row.about: row for row in came.rows}
    reasons = dict(
        NotHeld.objects.visible_to(by)
        .filter(meeting__in=[row.about[1] for row in held.rows], withdrawn_at=None)
        .values_list("meeting_id", "reason")
    )
    ordinary = [
        {"title": "Sinh hoạt thường kỳ", "day": row.day.isoformat(), "state": row.state,
         "present": present[row.about].numerator, "expected": present[row.about].denominator,
         "reason": next((why for pk, why in reasons.items() if str(pk) == row.about[1]), "")}
        for row in held.rows
    ]  # fmt: skip
    others = (
        Closure.objects.visible_to(by)
        .filter(meeting__unit=unit, held_on__gte=period.first, held_on__lt=period.after)
        .exclude(meeting__kind=Meeting.ORDINARY)
        .select_related("meeting")
        .order_by("held_on", "started")
    )
    return ordinary + [
        {"title": each.meeting.title, "day": each.held_on.isoformat(), "state": "on_day", "present": each.present,
         "expected": each.expected, "reason": each.meeting.theme}
        for each in others
    ]  # fmt: skip


def _tasks(unit: Unit, period: Period, cutoff: date, by: Actor) -> list[Json]:
    """Settled in the month, or still open at its end; earliest due first."""
    known = Task.objects.visible_to(by).filter(unit=unit)
    rows = with_state(_alive(known, period, cutoff), by=cutoff).select_related("owner")
    return [
        {"text": task.text, "owner": task.owner.full_name if task.owner else "",
         "due": task.due.isoformat() if task.due else None, "state": getattr(task, "state", None) or "",
         "open": _open(task.settled_on, cutoff), "overdue": _overdue(task.settled_on, task.due, cutoff)}
        for task in rows.order_by("due", "given_on", "position", "id")
    ]  # fmt: skip


def _alive(tasks: Any, period: Period, cutoff: date) -> Any:
    return tasks.filter(Q(settled_on=None) | Q(settled_on__gte=period.first), given_on__lte=cutoff)


def _open(settled_on: date | None, cutoff: date) -> bool:
    return settled_on is None or settled_on > cutoff


def _overdue(settled_on: date | None, due: date | None, cutoff: date) -> bool:
    return _open(settled_on, cutoff) and due is not None and due < cutoff


# a branch: units below, nobody's name


def _units(unit: Unit, held: Answer, came: Answer, period: Period, cutoff: date, by: Actor) -> list[Json]:
    attendance = {part.unit_id: part for part in came.children}
    tasks = _task_counts(unit, period, cutoff, by)
    met: dict[int, list[Any]] = defaultdict(list)
    for row in held.rows:
        met[row.child_id].append(row)
    return [
        {"name": part.name, "held": part.numerator, "due": part.denominator,
         "present": attendance[part.unit_id].numerator, "expected": attendance[part.unit_id].denominator,
         "day": _only_day(met[part.unit_id]), "states": sorted({row.state for row in met[part.unit_id]}),
         **tasks[part.unit_id]}
        for part in held.children
    ]  # fmt: skip


def _only_day(rows: list[Any]) -> str | None:
    """The day it met, where one square is one meeting."""
    return rows[0].day.isoformat() if len(rows) == 1 and rows[0].numerator else None


def _task_counts(unit: Unit, period: Period, cutoff: date, by: Actor) -> dict[int, Json]:
    area = PathRange.of(unit.scope_path)
    branch = Task.objects.visible_to(by).filter(scope_path__gte=area.low, scope_path__lt=area.high)
    counts: dict[int, Json] = defaultdict(lambda: {"settled": 0, "open": 0, "overdue": 0})
    for path, settled_on, due in _alive(branch, period, cutoff).values_list("scope_path", "settled_on", "due"):
        found = counts[child_below(path, unit.pk)]
        found["open" if _open(settled_on, cutoff) else "settled"] += 1
        found["overdue"] += _overdue(settled_on, due, cutoff)
    return counts
