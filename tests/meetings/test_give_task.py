"""Giao nhiệm vụ giữa hai kỳ họp."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Task
from chibo.meetings.operations import NewTask, give_task
from chibo.meetings.queries import meeting_view
from tests.commune import EVENING, TODAY, Commune
from tests.conftest import refused

DUE = date(2026, 11, 20)


def give(commune: Commune, by: str = "Inh", **told: Any) -> Task:
    """The task «Sửa đường» for Khiêm by the 20th, unless told otherwise."""
    facts = {"text": "Sửa đường", "owner": commune.person("Khiêm").pk, "due": DUE} | told
    unit, key = facts.pop("unit", commune.na_loc), facts.pop("key", uuid.uuid4())
    return give_task(unit, NewTask(**facts), key=key, at=EVENING, by=commune.actor(by), by_name=by)


def test_it_says_who_what_when_and_from_which_line(commune: Commune) -> None:
    task = give(commune, source="NQ 05-NQ/ĐU, mục 2")
    told = (task.text, task.owner, task.due, task.source)
    assert told == ("Sửa đường", commune.person("Khiêm"), DUE, "NQ 05-NQ/ĐU, mục 2")
    assert (task.given_at, task.given_on, task.given_by, task.settled_on) == (None, EVENING.date(), "Inh", None)
    assert task.place_path == commune.na_loc.scope_path


def test_it_signs_one_line(commune: Commune) -> None:
    task = give(commune)
    entry = Entry.objects.get(verb="task.given")
    assert [(t.kind, t.object_id) for t in entry.touches.all()] == [("meetings.task", str(task.pk))]


def test_the_next_meeting_looks_back_on_it(commune: Commune) -> None:
    task = give(commune)
    december = commune.meeting(month=date(2026, 12, 1))
    assert [o.task for o in meeting_view(december).open_tasks] == [task]


def test_sending_twice_gives_one_task(commune: Commune) -> None:
    key = uuid.uuid4()
    assert give(commune, key=key) == give(commune, key=key)
    assert Task.objects.count() == Entry.objects.filter(verb="task.given").count() == 1
    with refused("key_used"):
        give(commune, key=key, text="Việc khác")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"text": "  "}, "no_text"),
        ({"text": "Gọi số 0912345678"}, "looks_like_identity"),
        ({"source": "CCCD 012345678901"}, "looks_like_identity"),
        ({"text": "a" * 1001}, "text_too_long"),
        ({"owner": uuid.UUID(int=7)}, "owner_not_here"),
        ({"due": EVENING.date() - timedelta(days=1)}, "due_passed"),
    ],
)
def test_it_says_what_is_wrong(commune: Commune, told: dict[str, Any], code: str) -> None:
    with refused(code):
        give(commune, **told)
    assert not Task.objects.exists()


def test_somebody_of_another_cell_cannot_own_it(commune: Commune) -> None:
    with refused("owner_not_here"):
        give(commune, owner=commune.person("Thuận").pk)


def test_a_committee_gives_tasks_to_those_who_hold_its_posts(commune: Commune) -> None:
    task = give(commune, "Páo", unit=commune.commune, owner=commune.person("Nhung").pk)
    assert task.unit == commune.commune
    with refused("owner_not_here"):
        give(commune, "Páo", unit=commune.commune, owner=commune.person("Khiêm").pk)


@pytest.mark.parametrize("name", ["Khiêm", "Liên", "Nhung", "Páo", "Vân", "Quý", "Sơn"])
def test_it_needs_who_gives_tasks_here(commune: Commune, name: str) -> None:
    with pytest.raises(NoPower):
        give(commune, name)


def test_the_second_wall_lets_the_secretary_write(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    actor = commune.actor("Duyên", TODAY)
    as_app(actor)
    new = NewTask("Dọn kênh", None, DUE)
    task = give_task(commune.na_loc, new, key=uuid.uuid4(), at=EVENING, by=actor, by_name="Duyên")
    assert Task.objects.get() == task
