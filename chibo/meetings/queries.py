"""Reads wider than one model: a meeting with all that belongs on its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chibo.cadres.queries import post_labels
from chibo.kernel.actor import Actor
from chibo.meetings.models import Closure, Meeting, Minutes, Task, TaskResult
from chibo.meetings.roll import Roll, roll_of
from chibo.meetings.sheet import Sheet, sheet_of
from chibo.membership.queries import roll_on
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import placement_on


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task not yet done when the meeting looks at it."""

    task: Task
    owner_name: str
    last_state: str  # of the newest result before; "" when none

    def overdue_days(self, day: date) -> int:
        """Days past its due day; 0 when not overdue or without a day."""
        return max(0, (day - self.task.due).days) if self.task.due else 0


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting, its sheet, its roll and the tasks it looks back on."""

    meeting: Meeting
    unit_name: str
    parent: Placement | None
    placement: Placement | None
    sheet: Sheet
    roll: Roll
    posts: dict  # type: ignore[type-arg]  # person id → post in words
    open_tasks: tuple[OpenTask, ...]

    @property
    def held_on(self) -> date:
        """The day of the sheet, or the planned one."""
        return self.sheet.day("held_on") or self.meeting.planned_on


def meeting_view(meeting: Meeting) -> MeetingView:
    """Everything the sheet of an open meeting needs, on the day it is held; a fixed number of queries."""
    sheet = sheet_of(meeting)
    day = sheet.day("held_on") or meeting.planned_on
    placement = placement_on(meeting.unit_id, day) or placement_on(meeting.unit_id, meeting.planned_on)
    parent = placement_on(placement.parent_id, day) if placement and placement.parent_id else None
    return MeetingView(
        meeting=meeting,
        unit_name=placement.name if placement else "",
        parent=parent,
        placement=placement,
        sheet=sheet,
        roll=roll_of(roll_on(meeting.unit, day), sheet),
        posts=post_labels(meeting.unit, day),
        open_tasks=tuple(open_tasks(meeting)),
    )


def open_tasks(meeting: Meeting) -> list[OpenTask]:
    """Tasks of the cell given before this meeting and not done by then, overdue first."""
    before = Q(given_at__month__lt=meeting.month) & ~Q(given_at=meeting)
    tasks = with_state(Task.objects.filter(unit_id=meeting.unit_id).filter(before), before=meeting)
    rows = tasks.filter(~Q(state=TaskResult.DONE) | Q(state=None)).select_related("owner", "given_at")
    found = [OpenTask(t, t.owner.full_name if t.owner else "", getattr(t, "state", None) or "") for t in rows]
    return sorted(found, key=lambda o: (o.task.due or date.max, o.task.position, str(o.task.pk)))


def with_state(tasks: QuerySet[Task], *, before: Meeting | None = None) -> QuerySet[Task]:
    """Annotate `state`: the newest result, or None; only results of earlier months when `before` is given."""
    results = TaskResult.objects.filter(task=OuterRef("pk")).order_by("-meeting__month", "-id")
    if before is not None:
        results = results.filter(meeting__month__lt=before.month)
    return tasks.annotate(state=Subquery(results.values("state")[:1]))


def tasks_open_now(actor: Actor) -> QuerySet[Task]:
    """Tasks in sight that are not done, the earliest due first."""
    rows = with_state(Task.objects.visible_to(actor)).filter(~Q(state=TaskResult.DONE) | Q(state=None))
    return rows.select_related("owner").order_by("due", "id")


def cells_without_meeting(month: date) -> Iterable[Unit]:
    """Cells standing on the last days of that month without an ordinary meeting of it."""
    day = month.replace(day=28)
    planned = Meeting.objects.filter(kind=Meeting.ORDINARY, month=month).values("unit")
    cells = Placement.objects.on(day).filter(kind="cell").values("unit")
    return Unit.objects.filter(pk__in=cells).exclude(pk__in=planned).order_by("pk")


def meetings_of(unit: Unit, *, actor: Actor) -> QuerySet[Meeting]:
    """Meetings of one unit, newest month first, each with its closure if it has one."""
    return (
        Meeting.objects.visible_to(actor)
        .filter(unit=unit)
        .select_related("closure", "minutes__number")
        .order_by("-month")
    )


def closed_parts(meeting: Meeting) -> tuple[Closure, Minutes] | None:
    """Closure and sealed minutes; None while the meeting is open."""
    closure = Closure.objects.filter(meeting=meeting).first()
    if closure is None:
        return None
    minutes = Minutes.objects.select_related("number__term").prefetch_related("notes").get(meeting=meeting)
    return closure, minutes
