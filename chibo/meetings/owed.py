"""What somebody owes in this room: meetings to hold, tasks to finish (decision 17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import spoken_time
from chibo.meetings.invited import invitations_of
from chibo.meetings.models import Invitation, Meeting, NotHeld, Task
from chibo.meetings.queries import tasks_open_now

AHEAD = timedelta(days=7)  # a meeting is owed from a week before its day


@dataclass(frozen=True, slots=True)
class Owed:
    """Việc cần làm: what, why, by when, and where its button leads."""

    kind: str  # meeting | task | invitation
    about: str  # id of the meeting that is opened; of the invitation
    unit_id: int
    title: str
    why: str
    due: date
    days_late: int  # 0 when not late
    mine: bool  # this actor can do it; else it waits for somebody
    page: str = ""  # the address its button leads to, with `about`; empty for the meeting
    button: str = ""  # its words


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Meetings due and tasks overdue in the actor's sight, most urgent first; invitations are no debts."""
    meetings = list(
        Meeting.objects.visible_to(actor)
        .filter(meets_on__lte=on + AHEAD, closure=None)
        .exclude(not_held__in=NotHeld.objects.filter(withdrawn_at=None))
        .order_by("meets_on")
    )
    found = [*(_meeting(m, actor, on) for m in meetings), *_tasks(actor, meetings, on), *_invitations(actor, on)]
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


def _invitations(actor: Actor, on: date) -> Iterable[Owed]:
    """Meetings this person is asked to; who chairs there opens the meeting itself instead."""
    for asked, reason in invitations_of(actor, on):
        if not actor.can(Power.CHAIR, asked.scope_path):
            yield _invitation(asked, reason)


def _invitation(asked: Invitation, reason: str) -> Owed:
    at = f"{spoken_time(asked.starts_at)}, " if asked.starts_at else ""
    away = f". Đã báo vắng: {reason}" if reason else ""
    return Owed(
        kind="invitation",
        about=str(asked.pk),
        unit_id=0,
        title=asked.title,
        why=f"{at}{asked.venue or 'nơi họp sẽ báo sau'}{away}",
        due=asked.meets_on,
        days_late=0,
        mine=True,
    )
