"""What somebody owes in this room: meetings to prepare and hold, tasks to finish (decision 17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import spoken_time
from chibo.meetings.invited import invitations_of
from chibo.meetings.models import Invitation, Meeting, NotHeld, Task
from chibo.meetings.queries import tasks_open_now
from chibo.meetings.ready import NOT_READY, Ready, ready_of

EVENING = time(17, 0)
MEETS = {
    Meeting.ORDINARY: "chi bộ sinh hoạt", Meeting.THEMATIC: "chi bộ sinh hoạt chuyên đề",
    Meeting.EXTRAORDINARY: "chi bộ sinh hoạt bất thường", Meeting.CELL_COMMITTEE: "chi ủy họp",
    Meeting.COMMITTEE: "Ban Chấp hành họp", Meeting.STANDING: "Ban Thường vụ họp",
}  # fmt: skip
AHEAD = timedelta(days=7)  # a meeting is owed from a week before its day


@dataclass(frozen=True, slots=True)
class Owed:
    """Việc cần làm: what, why, by when, and where its button leads."""

    kind: str  # meeting | task | invitation | confirm | visit | …
    about: str  # id of the thing
    unit_id: int
    title: str
    why: str
    due: date | None  # None: nobody knows a day for it
    days_late: int  # 0 when not late
    mine: bool  # this actor can do it; else it waits for somebody
    page: str  # the address its button leads to
    button: str  # its words
    args: tuple[Any, ...] = ()  # of the address; `about` when empty
    tail: str = ""  # behind the address: «#chuan-bi», «?loai=thematic»
    firm: bool = True  # else a reminder: no rule that is sure sets its day, so it is never late
    ready: tuple[Ready, ...] = ()  # of a meeting: what is prepared and what is not
    tonight: str = ""  # of a meeting, on its day: «Tối nay chi bộ sinh hoạt»

    @property
    def urgency(self) -> tuple[bool, bool, date, str, str]:
        """What comes first: my own debts, the earliest due first; reminders after them."""
        return not self.mine, not self.firm, self.due or date.max, self.kind, self.about


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Meetings of a week ahead and tasks due, most urgent first; invitations are no debts."""
    meetings = list(meetings_due(actor, on + AHEAD).select_related("presenter").order_by("meets_on", "starts_at", "id"))
    ready = ready_of([meeting for meeting in meetings if meeting.meets_on >= on])
    found = [
        *(_meeting(each, ready.get(each.pk, ()), on) for each in meetings),
        *(_task(each, actor, on) for each in tasks_due(actor, on).select_related("owner").order_by("due", "id")),
        *_invitations(actor, on),
    ]
    return sorted(found, key=lambda each: each.urgency)


def meetings_due(actor: Actor, last: date) -> ScopedQuerySet:
    """Open meetings the actor chairs, to be held up to that day."""
    open_ones = Meeting.objects.held_by(actor, Power.CHAIR).filter(meets_on__lte=last, closure=None)
    return open_ones.exclude(not_held__in=NotHeld.objects.filter(withdrawn_at=None))


def tasks_due(actor: Actor, on: date) -> Any:
    """Overdue tasks of units where the actor notes results, and the actor's own ones of a week ahead."""
    theirs = Q(due__lt=on) & within("scope_path", actor.ranges(Power.ASSIGN))
    own = Q(due__lte=on + AHEAD, owner=actor.person_id) if actor.person_id else Q(pk__in=[])
    return tasks_open_now(actor).filter(theirs | own)


def _meeting(meeting: Meeting, ready: tuple[Ready, ...], on: date) -> Owed:
    missing = [each.words for each in ready if each.state == NOT_READY]
    title = f"{meeting.title}: {meeting.theme}" if meeting.theme else meeting.title
    at = [spoken_time(meeting.starts_at) if meeting.starts_at else "", meeting.venue]
    return Owed(
        kind="meeting",
        about=str(meeting.pk),
        unit_id=meeting.unit_id,
        title=title,
        why=", ".join(part for part in at if part),
        due=meeting.meets_on,
        days_late=max(0, (on - meeting.meets_on).days),
        mine=True,
        page="meetings:meeting",
        button="Chuẩn bị" if missing and meeting.meets_on > on else "Mở buổi sinh hoạt",
        tail="#chuan-bi" if missing else "",
        ready=ready,
        tonight=f"{_today(meeting)} {MEETS[meeting.kind]}",
    )


def _today(meeting: Meeting) -> str:
    return "Tối nay" if meeting.starts_at and meeting.starts_at >= EVENING else "Hôm nay"


def _task(task: Task, actor: Actor, on: date) -> Owed:
    assert task.due is not None
    own = actor.person_id is not None and task.owner_id == actor.person_id
    named = f"đồng chí {task.owner.full_name} phụ trách" if task.owner else "chưa có người phụ trách"
    return Owed(
        kind="task",
        about=str(task.pk),
        unit_id=task.unit_id,
        title=task.text,
        why=f"Nhiệm vụ giao ngày {task.given_on:%d/%m/%Y}, {'đồng chí phụ trách' if own else named}",
        due=task.due,
        days_late=max(0, (on - task.due).days),
        mine=True,
        page="meetings:task",
        button="Ghi kết quả",
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
        page="meetings:invitation",
        button="Xem, báo vắng",
    )
