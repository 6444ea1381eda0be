"""Giao lại, gia hạn."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Task, TaskChange
from chibo.meetings.operations import change_task
from tests.commune import EVENING, Commune
from tests.conftest import refused
from tests.meetings.test_give_task import DUE, give
from tests.meetings.test_note_result import note

LATER = date(2026, 12, 20)


def change(commune: Commune, task: Task, by: str = "Inh", **told: Any) -> TaskChange:
    """More time for the same owner, unless told otherwise."""
    facts = {"owner": task.owner_id, "due": LATER, "reason": "Mưa lũ", "key": uuid.uuid4()} | told
    return change_task(task, **facts, at=EVENING, by=commune.actor(by), by_name=by)


def test_what_it_was_before_stays_readable(commune: Commune) -> None:
    task = give(commune)
    row = change(commune, task, owner=commune.person("Hoa").pk)
    task.refresh_from_db()
    assert (task.owner, task.due) == (commune.person("Hoa"), LATER)
    assert (row.from_owner, row.to_owner) == (commune.person("Khiêm"), commune.person("Hoa"))
    assert (row.from_due, row.to_due, row.reason, row.by_name) == (DUE, LATER, "Mưa lũ", "Inh")
    assert Entry.objects.filter(verb="task.changed").count() == 1


def test_sending_twice_changes_once(commune: Commune) -> None:
    task, key = give(commune), uuid.uuid4()
    assert change(commune, task, key=key) == change(commune, task, key=key)
    assert TaskChange.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"reason": " "}, "no_reason"),
        ({"due": DUE}, "nothing_changed"),
        ({"due": date(2026, 11, 1)}, "due_passed"),
        ({"owner": uuid.UUID(int=3)}, "owner_not_here"),
    ],
)
def test_it_says_what_is_wrong(commune: Commune, told: dict[str, Any], code: str) -> None:
    task = give(commune)
    with refused(code):
        change(commune, task, **told)


def test_a_settled_task_stays(commune: Commune) -> None:
    task = give(commune)
    note(commune, task)
    with refused("task_settled"):
        change(commune, task)


@pytest.mark.parametrize("by", ["Khiêm", "Nhung", "Liên"])
def test_it_needs_who_gives_tasks_here(commune: Commune, by: str) -> None:
    with pytest.raises(NoPower):
        change(commune, give(commune), by)


def test_both_owners_see_it_and_nobody_else(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    task = give(commune)
    change(commune, task, owner=commune.person("Hoa").pk)
    actors = [commune.actor(name) for name in ("Khiêm", "Hoa", "Uyên")]
    seen = []
    for actor in actors:
        as_app(actor)
        seen.append((TaskChange.objects.count(), TaskChange.objects.visible_to(actor).count()))
    assert seen == [(1, 1), (1, 1), (0, 0)]
