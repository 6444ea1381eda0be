"""Give a task between meetings, note what became of it, pass it on or give it more time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.meetings.bodies import may_own_on
from chibo.meetings.models import Task, TaskChange, TaskResult
from chibo.organisation.models import PathVersion, Unit
from chibo.organisation.queries import placement_on

LONGEST = 1_000
NEEDS_CAUSE = (TaskResult.NOT_DONE, TaskResult.DROPPED)


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is given: the words, to whom, by when, and the line of a paper it carries out."""

    text: str
    owner: UUID | None = None
    due: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of a task, why when it was not done, and what will be done about it."""

    state: str
    cause: str = ""
    remedy: str = ""


@transaction.atomic
def give_task(unit: Unit, new: NewTask, *, key: UUID, at: datetime, by: Actor, by_name: str) -> Task:
    """Giao nhiệm vụ giữa hai kỳ họp. Sending the same `key` again gives the same task.

    Raises NoPower and Refused: no_text, text_too_long, looks_like_identity, not_standing, owner_not_here,
    due_passed, key_used.
    """
    by.must(Power.ASSIGN, unit.scope_path)
    on = at.date()
    Unit.objects.select_for_update().get(pk=unit.pk)
    text, source = _words(new.text, LONGEST), _words(new.source, 200)
    refuse_if(not text, "no_text")
    if sent := Task.objects.filter(pk=key).first():
        refuse_if(sent.unit_id != unit.pk or sent.text != text, "key_used")
        return sent
    stood = PathVersion.objects.on(on).filter(unit=unit).first()
    refuse_if(stood is None, "not_standing")
    assert stood is not None
    _check_owner(unit, new.owner, on)
    refuse_if(new.due is not None and new.due < on, "due_passed", day=new.due)
    task = Task.objects.create(
        id=key, unit=unit, given_on=on, source=source, text=text, owner_id=new.owner, due=new.due, given_by=by_name,
        scope_path=unit.scope_path, place_path=stood.path,
    )  # fmt: skip
    record(by, "task.given", on=on, unit_id=unit.pk, touched=[task])
    return task


@transaction.atomic
def note_result(task: Task, noted: Noted, *, key: UUID, at: datetime, by: Actor, by_name: str) -> TaskResult:
    """Ghi kết quả nhiệm vụ, by its owner or by who gives tasks there. The newest result is its state.

    A settled task is taken up again only by who gives tasks. Sending the same `key` again changes nothing.
    Raises NoPower and Refused: unknown_choice, no_cause, text_too_long, looks_like_identity, task_settled, key_used.
    """
    if by.person_id is None or by.person_id != task.owner_id:
        by.must(Power.ASSIGN, task.scope_path)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if sent := TaskResult.objects.filter(key=key).first():
        refuse_if(sent.task_id != task.pk or sent.state != noted.state, "key_used")
        return sent
    refuse_if(noted.state not in dict(TaskResult.STATES), "unknown_choice")
    cause, remedy = _words(noted.cause, LONGEST), _words(noted.remedy, LONGEST)
    refuse_if(noted.state in NEEDS_CAUSE and not cause, "no_cause")
    taken_up_again = task.settled_on is not None
    refuse_if(taken_up_again and not by.can(Power.ASSIGN, task.scope_path), "task_settled", day=task.settled_on)
    result = TaskResult.objects.create(
        task=task, owner_id=task.owner_id, key=key, on=at.date(), state=noted.state, cause=cause, remedy=remedy, at=at,
        by_account=by.account_id, by_name=by_name, scope_path=task.scope_path,
    )  # fmt: skip
    record(by, "task.noted", on=at.date(), unit_id=task.unit_id, touched=[task], reason=noted.state)
    return result


@transaction.atomic
def change_task(
    task: Task, *, owner: UUID | None, due: date | None, reason: str, key: UUID, at: datetime, by: Actor, by_name: str
) -> TaskChange:
    """Giao lại, gia hạn, có lý do: owner and day as they are to be from now on.

    Sending the same `key` again changes nothing. Raises NoPower and Refused: no_reason, text_too_long,
    looks_like_identity, task_settled, nothing_changed, owner_not_here, due_passed.
    """
    by.must(Power.ASSIGN, task.scope_path)
    task = Task.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task.pk)
    if sent := TaskChange.objects.filter(pk=key, task=task).first():
        return sent
    reason = _words(reason, 300)
    refuse_if(not reason, "no_reason")
    refuse_if(task.settled_on is not None, "task_settled", day=task.settled_on)
    refuse_if((owner, due) == (task.owner_id, task.due), "nothing_changed")
    if owner != task.owner_id:
        _check_owner(task.unit, owner, at.date())
    refuse_if(due is not None and due != task.due and due < at.date(), "due_passed", day=due)
    row = TaskChange.objects.create(
        id=key, task=task, from_owner_id=task.owner_id, to_owner_id=owner, from_due=task.due, to_due=due,
        reason=reason, at=at, by_account=by.account_id, by_name=by_name, scope_path=task.scope_path,
    )  # fmt: skip
    task.owner_id, task.due = owner, due
    task.save(update_fields=["owner", "due"])
    record(by, "task.changed", on=at.date(), unit_id=task.unit_id, touched=[task, row])
    return row


def _check_owner(unit: Unit, owner: UUID | None, day: date) -> None:
    if owner is None:
        return
    standing = placement_on(unit.pk, day)
    refuse_if(standing is None, "not_standing")
    assert standing is not None
    refuse_if(owner not in {member.person_id for member in may_own_on(unit, standing.kind, day)}, "owner_not_here")


def _words(text: str, most: int) -> str:
    text = clean(text, most=most, lines=most == LONGEST)
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    return text
