"""Việc cần làm: nhiệm vụ đến hạn."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from chibo.meetings.models import Task
from chibo.meetings.operations import NewTask, Noted, give_task, note_result
from chibo.meetings.owed import Owed, owed
from tests.commune import EVENING, TODAY, Commune


def given(commune: Commune, due: date | None, owner: str = "Khiêm") -> Task:
    task = NewTask("Tuần tra rừng", commune.person(owner).pk if owner else None, due, "")
    return give_task(commune.na_loc, task, key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"), by_name="Inh")


def tasks_of(commune: Commune, name: str, on: date = TODAY) -> list[Owed]:
    return [item for item in owed(commune.actor(name), on=on) if item.kind == "task"]


def test_an_overdue_task_leads_to_its_own_page(commune: Commune) -> None:
    task = given(commune, TODAY)
    (item,) = tasks_of(commune, "Inh", TODAY + timedelta(days=3))
    assert (item.page, item.about, item.button, item.days_late) == ("meetings:task", str(task.pk), "Ghi kết quả", 3)
    assert item.why == "Nhiệm vụ giao ngày 03/11/2026, đồng chí Hà Văn Khiêm phụ trách"


def test_its_owner_sees_it_a_week_ahead_and_the_secretary_once_it_is_overdue(commune: Commune) -> None:
    given(commune, TODAY + timedelta(days=7))
    assert tasks_of(commune, "Khiêm", TODAY - timedelta(days=1)) == []
    (item,) = tasks_of(commune, "Khiêm")
    assert (item.days_late, item.why) == (0, "Nhiệm vụ giao ngày 03/11/2026, đồng chí phụ trách")
    assert tasks_of(commune, "Inh") == []
    assert len(tasks_of(commune, "Inh", TODAY + timedelta(days=8))) == 1


def test_nobody_else_owes_it(commune: Commune) -> None:
    given(commune, TODAY)
    for name in ("Nhung", "Páo", "Hoa", "Liên", "Vân", "Quý"):
        assert tasks_of(commune, name, TODAY + timedelta(days=1)) == [], name


def test_settled_or_without_a_day_it_is_not_owed(commune: Commune) -> None:
    task = given(commune, TODAY)
    given(commune, None)
    given(commune, TODAY, owner="")
    assert len(tasks_of(commune, "Inh", TODAY + timedelta(days=1))) == 2
    note_result(task, Noted("done", "", ""), key=uuid.uuid4(), at=EVENING, by=commune.actor("Khiêm"), by_name="Khiêm")
    (item,) = tasks_of(commune, "Inh", TODAY + timedelta(days=1))
    assert item.why.endswith("chưa có người phụ trách")
