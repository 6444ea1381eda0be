"""What a unit reports of a month: meetings through the door of figures, tasks from their register."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from chibo.cadres.models import Office
from chibo.cadres.queries import holders_on
from chibo.figures.answers import Answer, Row, Tree
from chibo.figures.door import figures
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Period
from chibo.meetings.content import body_content, rests_on
from chibo.meetings.models import Closure, Meeting, NotHeld, Task
from chibo.meetings.queries import with_state
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on

Json = dict[str, Any]
FIGURES = ("meetings.held", "meetings.attendance", "tasks.done", "tasks.open", "tasks.overdue")
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
    asked = figures(FIGURES, unit, period, Tree.AS_WAS, by=by, on=on)
    content = {
        "unit": body_content(placement, parent, on), "of_cell": placement.kind == "cell",
        "month": period.first.isoformat(), "cutoff": cutoff.isoformat(), "issued_on": on.isoformat(),
        "signer": signer_of(unit, on, by),
        "held": _both(asked["meetings.held"]), "attendance": _both(asked["meetings.attendance"]),
        "work": _work(asked),
        "rests_on": [rule for rule in rests_on(on) if rule["key"] == "document.layout"],
    }  # fmt: skip
    if content["of_cell"]:
        return content | {
            "meetings": _meetings(unit, asked, period, by),
            "tasks": _tasks(unit, asked, period, cutoff, by),
        }
    return content | {"units": _units(asked)}


def _both(answer: Answer) -> Json:
    return {"part": answer.numerator, "whole": answer.denominator}


def _work(asked: dict[str, Answer]) -> Json:
    given = asked["tasks.done"]
    return {
        "given": given.denominator, "done": given.numerator, "open": asked["tasks.open"].numerator,
        "overdue": asked["tasks.overdue"].numerator,
    }  # fmt: skip


def signer_of(unit: Unit, day: date, by: Actor) -> Json:
    """Who signs for the unit on that day: name and post, empty when nobody holds one."""
    posts = {post.office: post for post in holders_on(unit, day, actor=by)}
    post = next((posts[office] for office in _SIGNERS if office in posts), None)
    return {"name": post.person.full_name, "post": post.get_office_display()} if post else {"name": "", "post": ""}


# a cell


def _meetings(unit: Unit, asked: dict[str, Answer], period: Period, by: Actor) -> list[Json]:
    """Buổi thường kỳ of the calendar, then the other meetings held in the month."""
    held, present = asked["meetings.held"], {row.about: row for row in asked["meetings.attendance"].rows}
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


def _tasks(unit: Unit, asked: dict[str, Answer], period: Period, cutoff: date, by: Actor) -> list[Json]:
    """The tasks behind the figures: settled in the month, or still open at its end; earliest due first."""
    still_open, overdue = ({row.about[1] for row in asked[code].rows} for code in ("tasks.open", "tasks.overdue"))
    shown = Q(pk__in=still_open) | Q(settled_on__gte=period.first, settled_on__lte=cutoff)
    rows = with_state(Task.objects.visible_to(by).filter(shown, unit=unit), by=cutoff).select_related("owner")
    return [
        {"text": task.text, "owner": task.owner.full_name if task.owner else "",
         "due": task.due.isoformat() if task.due else None, "state": getattr(task, "state", None) or "",
         "open": str(task.pk) in still_open, "overdue": str(task.pk) in overdue}
        for task in rows.order_by("due", "given_on", "position", "id")
    ]  # fmt: skip


# a branch: units below, nobody's name


def _units(asked: dict[str, Answer]) -> list[Json]:
    parts = {code: {part.unit_id: part for part in answer.children} for code, answer in asked.items()}
    met: dict[int, list[Row]] = defaultdict(list)
    for row in asked["meetings.held"].rows:
        met[row.child_id].append(row)
    return [
        {"name": part.name, "held": part.numerator, "due": part.denominator,
         "present": parts["meetings.attendance"][unit].numerator,
         "expected": parts["meetings.attendance"][unit].denominator,
         "day": _only_day(met[unit]), "states": sorted({row.state for row in met[unit]}),
         "given": parts["tasks.done"][unit].denominator, "done": parts["tasks.done"][unit].numerator,
         "open": parts["tasks.open"][unit].numerator, "overdue": parts["tasks.overdue"][unit].numerator}
        for unit, part in parts["meetings.held"].items()
    ]  # fmt: skip


def _only_day(rows: list[Row]) -> str | None:
    """The day it met, where one square is one meeting."""
    return rows[0].day.isoformat() if len(rows) == 1 and rows[0].numerator else None
