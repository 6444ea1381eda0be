"""Reads wider than one model: a meeting with all that belongs on its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from chibo.cadres.queries import post_labels
from chibo.kernel.actor import Actor
from chibo.meetings.bodies import called_on
from chibo.meetings.models import Closure, Meeting, Minutes, Task, TaskResult, WrittenElsewhere
from chibo.meetings.notices import defaults_of
from chibo.meetings.roll import Roll, roll_of
from chibo.meetings.sheet import Sheet, sheet_of
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
class LastTime:
    """What the meeting of the same kind before this one came to; empty when there was none."""

    held_on: date | None = None
    focal: str = ""
    conclusion: str = ""
    present: int = 0
    expected: int = 0


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
    defaults: Mapping[str, str]  # fields nobody wrote, as they are shown
    last: LastTime

    @property
    def held_on(self) -> date:
        """The day of the sheet, or the one it is to be held on."""
        return self.sheet.day("held_on") or self.meeting.meets_on


def meeting_view(meeting: Meeting) -> MeetingView:
    """Everything the sheet of an open meeting needs, on the day it is held; a fixed number of queries."""
    sheet = sheet_of(meeting)
    day = sheet.day("held_on") or meeting.meets_on
    placement = placement_on(meeting.unit_id, day) or placement_on(meeting.unit_id, meeting.planned_on)
    defaults = defaults_of(meeting)
    parent = placement_on(placement.parent_id, day) if placement and placement.parent_id else None
    return MeetingView(
        meeting=meeting,
        unit_name=placement.name if placement else "",
        parent=parent,
        placement=placement,
        sheet=sheet,
        roll=roll_of(called_on(meeting, day), sheet, defaults),
        posts=post_labels(meeting.unit, day),
        open_tasks=tuple(open_tasks(meeting, day)),
        defaults=defaults,
        last=last_time(meeting),
    )


def last_time(meeting: Meeting) -> LastTime:
    """The newest sealed minutes of the unit before this meeting, of the same kind; one query."""
    papers = Minutes.objects.filter(meeting__unit_id=meeting.unit_id, meeting__kind=meeting.kind)
    paper = papers.filter(meeting__planned_on__lt=meeting.planned_on).order_by("-meeting__planned_on").first()
    if paper is None:
        return LastTime()
    said = paper.content
    return LastTime(
        date.fromisoformat(said["meeting"]["held_on"]), said["focal"], said["conclusion"],
        said["roll"]["present"], said["roll"]["expected"],
    )  # fmt: skip


def open_tasks(meeting: Meeting, day: date) -> list[OpenTask]:
    """Tasks of the unit given before this meeting and not settled before it, earliest due first.

    What this very meeting gave or settled does not count, so that a closed one still shows what it looked at.
    """
    before = Q(given_on__lt=day) | Q(given_on=day, given_at=None)
    given = Task.objects.filter(before, unit_id=meeting.unit_id).filter(~Q(given_at=meeting) | Q(given_at=None))
    rows = with_state(given, by=day, but=meeting).filter(OPEN).select_related("owner", "given_at")
    found = [OpenTask(t, t.owner.full_name if t.owner else "", getattr(t, "state", None) or "") for t in rows]
    return sorted(found, key=lambda o: (o.task.due or date.max, o.task.position, str(o.task.pk)))


OPEN = Q(state=None) | ~Q(state__in=TaskResult.CLOSED)  # after `with_state`


def with_state(tasks: QuerySet[Task], *, by: date | None = None, but: Meeting | None = None) -> QuerySet[Task]:
    """Annotate `state`: the newest result, or None; noted up to the day `by`, not at the meeting `but`."""
    results = TaskResult.objects.filter(task=OuterRef("pk")).order_by("-on", "-id")
    if by is not None:
        results = results.filter(on__lte=by)
    if but is not None:
        results = results.filter(~Q(meeting=but) | Q(meeting=None))
    return tasks.annotate(state=Subquery(results.values("state")[:1]))


def tasks_open_now(actor: Actor) -> QuerySet[Task]:
    """Tasks in sight that are not settled, the earliest due first."""
    return Task.objects.visible_to(actor).filter(settled_on=None).select_related("owner").order_by("due", "id")


def cells_without_meeting(month: date) -> Iterable[Unit]:
    """Cells standing on the last days of that month without an ordinary meeting of it."""
    day = month.replace(day=28)
    planned = Meeting.objects.filter(kind=Meeting.ORDINARY, month=month).values("unit")
    cells = Placement.objects.on(day).filter(kind="cell").values("unit")
    elsewhere = WrittenElsewhere.objects.on(day).values("unit")
    return Unit.objects.filter(pk__in=cells).exclude(pk__in=planned).exclude(pk__in=elsewhere).order_by("pk")


def touched_meetings(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those of them somebody wrote anything about: a box, an invitation, a visit, a reason, a task."""
    found = Q(pk__in=[])
    for relation in Meeting._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        found |= Q(Exists(rows))
    return meetings.filter(found)


def closed_parts(meeting: Meeting) -> tuple[Closure, Minutes] | None:
    """Closure and sealed minutes; None while the meeting is open."""
    closure = Closure.objects.filter(meeting=meeting).first()
    if closure is None:
        return None
    minutes = Minutes.objects.select_related("number__term").prefetch_related("notes").get(meeting=meeting)
    return closure, minutes
