"""Ghi kết quả nhiệm vụ."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Task, TaskResult
from chibo.meetings.operations import Noted, note_result
from chibo.meetings.queries import tasks_open_now
from tests.commune import EVENING, TODAY, Commune
from tests.conftest import refused
from tests.meetings.test_give_task import give


def note(
    commune: Commune, task: Task, state: str = "done", by: str = "Khiêm", *, at: datetime = EVENING,
    key: uuid.UUID | None = None, cause: str = "", remedy: str = "",
) -> TaskResult:  # fmt: skip
    """Note it as that person."""
    noted = Noted(state, cause, remedy)
    return note_result(task, noted, key=key or uuid.uuid4(), at=at, by=commune.actor(by), by_name=by)


@pytest.mark.parametrize("by", ["Khiêm", "Inh", "Duyên"])
def test_the_owner_or_who_gives_tasks_settles_it(commune: Commune, by: str) -> None:
    task = give(commune)
    result = note(commune, task, by=by)
    task.refresh_from_db()
    assert (task.settled_on, result.on, result.by_name, result.meeting) == (EVENING.date(), EVENING.date(), by, None)
    assert not tasks_open_now(commune.actor("Inh")).exists()
    entry = Entry.objects.get(verb="task.noted")
    assert entry.reason == "done"


@pytest.mark.parametrize("by", ["Hoa", "Nhung", "Páo", "Liên", "Vân"])
def test_nobody_else_does(commune: Commune, by: str) -> None:
    with pytest.raises(NoPower):
        note(commune, give(commune), by=by)


def test_what_was_not_done_says_why(commune: Commune) -> None:
    task = give(commune)
    for state in ("not_done", "dropped"):
        with refused("no_cause"):
            note(commune, task, state)
    result = note(commune, task, "not_done", cause="Mưa lũ", remedy="Làm sau ngày 15")
    task.refresh_from_db()
    assert (result.cause, result.remedy, task.settled_on) == ("Mưa lũ", "Làm sau ngày 15", None)


def test_dropping_settles(commune: Commune) -> None:
    task = give(commune)
    note(commune, task, "dropped", cause="Xã đã làm")
    task.refresh_from_db()
    assert task.settled_on == EVENING.date()


def test_sending_twice_notes_once(commune: Commune) -> None:
    task, key = give(commune), uuid.uuid4()
    assert note(commune, task, key=key) == note(commune, task, key=key)
    assert TaskResult.objects.count() == 1
    with refused("key_used"):
        note(commune, task, "doing", key=key)


def test_the_newest_result_is_the_state(commune: Commune) -> None:
    task = give(commune)
    note(commune, task, "doing")
    note(commune, task, "done", at=EVENING + timedelta(days=2))
    with refused("task_settled", day=TODAY):
        note(commune, task, "doing", at=EVENING + timedelta(days=3))
    note(commune, task, "doing", "Inh", at=EVENING + timedelta(days=3))  # the cell sees that it is not done after all
    task.refresh_from_db()
    assert task.settled_on is None


@pytest.mark.parametrize(
    ("state", "cause", "code"),
    [("perhaps", "", "unknown_choice"), ("doing", "Hỏi số 0912345678", "looks_like_identity")],
)
def test_it_says_what_is_wrong(commune: Commune, state: str, cause: str, code: str) -> None:
    with refused(code):
        note(commune, give(commune), state, cause=cause)


def test_an_owner_without_a_post_passes_both_walls(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    task, khiem = give(commune), commune.actor("Khiêm")
    as_app(khiem)
    mine = Task.objects.visible_to(khiem).get()
    note_result(mine, Noted("done"), key=uuid.uuid4(), at=EVENING, by=khiem, by_name="Khiêm")
    assert Task.objects.get(pk=task.pk).settled_on == EVENING.date()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(due=None)  # the task itself is not theirs to write


def test_somebody_elses_task_is_behind_the_wall(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    give(commune)
    as_app(commune.actor("Hoa"))
    assert not Task.objects.exists()


def test_results_and_words_are_not_rewritten(commune: Commune) -> None:
    task = give(commune)
    note(commune, task)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskResult.objects.update(state="doing")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.update(text="Việc khác")
