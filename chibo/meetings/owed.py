"""What somebody owes in this room: meetings to hold, tasks to finish (decision 17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.kernel.actor import Actor, Power
from chibo.meetings.models import Meeting, NotHeld, Task
from chibo.meetings.queries import tasks_open_now

AHEAD = timedelta(days=7)  # a meeting is owed from a week before its day


@dataclass(frozen=True, slots=True)
class Owed:
    """Việc cần làm: what, why, by when, and where its button leads."""

    kind: str  # meeting | task
    about: str  # id of the meeting that is opened
    unit_id: int
    title: str
    why: str
    due: date
    days_late: int  # 0 when not late
    mine: bool  # this actor can do it; else it waits for somebody


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Meetings due and tasks overdue in the actor's sight, most urgent first; three queries."""
    meetings = list(
        Meeting.objects.visible_to(actor)
        .filter(meets_on__lte=on + AHEAD, closure=None)
        .exclude(not_held__in=NotHeld.objects.filter(withdrawn_at=None))
        .order_by("meets_on")
    )
    found = [_meeting(m, actor, on) for m in meetings] + list(_tasks(actor, meetings, on))
    return sorted(found, key=lambda o: (not o.mine, o.due, o.kind, o.about))


def _meeting(meeting: Meeting, actor: Actor, on: date) -> Owed:
    return Owed(
        kind="meeting",
        about=str(meeting.pk),
        unit_id=meeting.unit_id,
        title=meeting.title,
        why=meeting.venue,
        due=meeting.meets_on,
        days_late=max(0, (on - meeting.meets_on).days),
        mine=actor.can(Power.CHAIR, meeting.scope_path),
    )


def _tasks(actor: Actor, meetings: list[Meeting], on: date) -> Iterable[Owed]:
    """Overdue tasks: the chair notes their result at the next open meeting; the owner sees their own."""
    opens = {m.unit_id: str(m.pk) for m in reversed(meetings)}
    for task in tasks_open_now(actor).filter(due__lt=on):
        if task.unit_id in opens or task.owner_id == actor.person_id:
            yield _task(task, actor, opens.get(task.unit_id, ""), on)


def _task(task: Task, actor: Actor, about: str, on: date) -> Owed:
    assert task.due is not None
    owner = f"đồng chí {task.owner.full_name} phụ trách" if task.owner else "chưa có người phụ trách"
    return Owed(
        kind="task",
        about=about,
        unit_id=task.unit_id,
        title=task.text,
        why=owner,
        due=task.due,
        days_late=(on - task.due).days,
        mine=actor.can(Power.CHAIR, task.scope_path) or task.owner_id == actor.person_id,
    )
