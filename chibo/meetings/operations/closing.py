"""Close a meeting: freeze the roll, number and seal the minutes, give the tasks, sign the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from chibo.cadres.operations import take_number
from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused, refuse_if
from chibo.ledger.operations import checkpoint, record
from chibo.meetings.content import minutes_content
from chibo.meetings.models import Closure, Help, Meeting, Minutes, RollException, Task, TaskResult
from chibo.meetings.operations.resolving import pass_resolution
from chibo.meetings.operations.saving import may_write, refuse_closed, refuse_not_held
from chibo.meetings.queries import MeetingView, meeting_view
from chibo.meetings.score import over_scored
from chibo.meetings.sheet import VOTES, Sheet
from chibo.meetings.signed import signed_minutes
from chibo.rules.reader import rules_on


@dataclass(frozen=True, slots=True)
class Times:
    """When the meeting was really held."""

    held_on: date
    started: time
    ended: time


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, key: UUID, seen_revision: int, at: datetime, by: Actor, by_name: str, from_paper: bool = False
) -> Minutes:
    """Kết thúc buổi sinh hoạt: afterwards nothing about it changes; a correction is a note beside it.

    `key` is made by the page, so that sending twice gives the same minutes; `seen_revision` is the sheet
    revision the closer looked at. Raises NoPower and Refused: already_closed, sheet_moved, not_held_yet,
    no_time, ends_before_it_starts, nobody_on_the_roll, votes_exceed_voters, nobody_for_it, chair_not_on_roll,
    writer_not_on_roll, owner_not_on_roll, task_without_text, due_before_meeting, too_many_points, no_conclusion,
    no_term.
    """
    help_ = may_write(meeting, by)
    meeting = Meeting.objects.select_for_update().select_related("unit").get(pk=meeting.pk)
    if done := Minutes.objects.filter(meeting=meeting, meeting__closure__key=key).first():
        return done
    refuse_closed(meeting)
    refuse_not_held(meeting)
    view = meeting_view(meeting)
    refuse_if(view.sheet.revision != seen_revision, "sheet_moved")
    times = held_times(view, at=at)
    _check(view)
    closure, exceptions = _freeze(view, times, help_, key=key, at=at, by=by, by_name=by_name, from_paper=from_paper)
    tasks = _give_tasks(view, times)
    results = _note_results(view, times, at=at, by=by, by_name=by_name)
    minutes = _seal(view, times, tasks, by=by, closure=closure, exceptions=exceptions, results=results)
    if view.sheet.text("resolution") == "yes":
        pass_resolution(minutes, on=times.held_on, by=by)
    return minutes


def preview(view: MeetingView, *, at: datetime) -> Refused | None:
    """What would stop the closing as the sheet stands; None when nothing does."""
    try:
        held_times(view, at=at)
        _check(view)
    except Refused as refusal:
        return refusal
    return None


def held_times(view: MeetingView, *, at: datetime) -> Times:
    """Day and times from the sheet. Raises Refused: no_time, not_held_yet, ends_before_it_starts."""
    sheet, meeting = view.sheet, view.meeting
    held_on = view.held_on
    started, ended = sheet.time("started") or meeting.starts_at, sheet.time("ended")
    refuse_if(started is None or ended is None, "no_time")
    assert started is not None
    assert ended is not None
    refuse_if(held_on > at.date(), "not_held_yet", day=held_on)
    refuse_if(ended <= started, "ends_before_it_starts_time")
    return Times(held_on, started, ended)


def _check(view: MeetingView) -> None:
    roll, sheet = view.roll, view.sheet
    refuse_if(not roll.lines or roll.expected == 0, "nobody_on_the_roll")
    votes = sum(sheet.count(f) or 0 for f in VOTES)
    refuse_if(votes > roll.voters_present, "votes_exceed_voters", votes=votes, voters=roll.voters_present)
    refuse_if(sheet.text("resolution") == "yes" and sheet.voted and not sheet.count("vote_for"), "nobody_for_it")
    people = {line.member.person_id for line in roll.lines}
    for field, code in (("chair", "chair_not_on_roll"), ("writer", "writer_not_on_roll")):
        refuse_if(sheet.text(field) and sheet.person(field) not in people, code)
    owners = [sheet.person(f) for f in sheet if f.startswith("owner.") and sheet.text(f)]
    refuse_if(any(owner not in people for owner in owners), "owner_not_on_roll")
    refuse_if(_orphans(sheet), "task_without_text")
    for pk in sheet.subjects("task"):
        due = sheet.day(f"due.{pk}")
        early = due is not None and due < view.held_on
        refuse_if(early, "due_before_meeting", text=sheet.text(f"task.{pk}"), day=due, held_on=view.held_on)
    for line in over_scored(view):
        refuse_if(True, "too_many_points", label=line.label, most=line.most)


def _orphans(sheet: Sheet) -> list[str]:
    """Owners or days of tasks that have no words: somebody meant something."""
    fields = [f for f in sheet if f.startswith(("owner.", "due.")) and sheet.text(f)]
    return [f for f in fields if not sheet.text("task." + f.partition(".")[2])]


def _freeze(
    view: MeetingView,
    times: Times,
    help_: Help | None,
    *,
    key: UUID,
    at: datetime,
    by: Actor,
    by_name: str,
    from_paper: bool,
) -> tuple[Closure, list[RollException]]:
    roll, meeting = view.roll, view.meeting
    closure = Closure.objects.create(
        meeting=meeting, key=key, held_on=times.held_on, started=times.started, ended=times.ended,
        roll=[line.member.person_id for line in roll.lines if line.counted],
        total=roll.total, expected=roll.expected, present=roll.present, late=roll.late, excused=roll.excused,
        unexcused=roll.unexcused, not_counted=roll.not_counted, at=at, by_account=by.account_id, by_name=by_name,
        from_paper=from_paper, helper=help_, scope_path=meeting.scope_path, place_path=meeting.place_path,
    )  # fmt: skip
    exceptions = RollException.objects.bulk_create(
        RollException(
            closure=closure, person_id=line.member.person_id, state=line.state, reason=line.reason,
            scope_path=meeting.scope_path,
        )
        for line in roll.exceptions()
    )  # fmt: skip
    return closure, exceptions


def _give_tasks(view: MeetingView, times: Times) -> list[Task]:
    sheet, meeting = view.sheet, view.meeting
    ids = sheet.subjects("task")
    if len(set(ids)) != len(ids) or Task.objects.filter(pk__in=ids).exists():
        raise Refused("task_already_given")
    return Task.objects.bulk_create(
        Task(
            id=i, unit=meeting.unit, given_at=meeting, given_on=times.held_on, position=n, text=sheet.text(f"task.{i}"),
            owner_id=sheet.person(f"owner.{i}"), due=sheet.day(f"due.{i}"), scope_path=meeting.scope_path,
            place_path=meeting.place_path,
        )
        for n, i in enumerate(ids, 1)
    )  # fmt: skip


def _note_results(view: MeetingView, times: Times, *, at: datetime, by: Actor, by_name: str) -> list[TaskResult]:
    sheet = view.sheet
    return TaskResult.objects.bulk_create(
        TaskResult(
            task=open_task.task, meeting=view.meeting, owner_id=open_task.task.owner_id, on=times.held_on,
            state=sheet.text(f"result.{open_task.task.pk}"),
            cause=sheet.text(f"cause.{open_task.task.pk}"), remedy=sheet.text(f"remedy.{open_task.task.pk}"),
            at=at, by_account=by.account_id, by_name=by_name, scope_path=view.meeting.scope_path,
        )
        for open_task in view.open_tasks
        if sheet.text(f"result.{open_task.task.pk}")
    )  # fmt: skip


def _seal(
    view: MeetingView,
    times: Times,
    tasks: list[Task],
    *,
    by: Actor,
    closure: Closure,
    exceptions: list[RollException],
    results: list[TaskResult],
) -> Minutes:
    meeting = view.meeting
    rules = rules_on(times.held_on)
    number = take_number(meeting.unit, "BB", on=times.held_on)
    paper = Minutes(
        meeting=meeting, number=number, layout=str(rules["document.layout"].value),
        outline=str(rules["document.minutes_outline"].value), scope_path=meeting.scope_path,
        content=minutes_content(view, closure, tasks, number=number, checkpoint=checkpoint()),
    )  # fmt: skip
    entry = record(
        by, "meeting.closed", on=times.held_on, unit_id=meeting.unit_id,
        touched=[meeting, number, *tasks, *[result.task for result in results]],
        content=signed_minutes(paper, closure, exceptions),
    )  # fmt: skip
    paper.entry_id = entry.pk
    paper.save(force_insert=True)
    return paper
