"""Between two meetings: tasks given, passed on, finished, late."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from chibo.demo import words_care
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Task, TaskResult
from chibo.meetings.operations import NewTask, Noted, change_task, give_task, note_result


def give_tasks(province: Province) -> None:
    """Nhiệm vụ giữa hai kỳ họp, in one cell and in the committee."""
    cell = [_give(province, "naloc", "naloc", row) for row in words_care.BETWEEN]
    office = [_give(province, "commune", "coquan", row) for row in words_care.BETWEEN_COMMITTEE]
    _note(province, cell[0], TaskResult.DOING, "", "Còn bốn hộ ở xa, hẹn gặp cuối tuần", days=5)
    _note(province, cell[2], TaskResult.DONE, "", "", days=3)
    _note(province, office[1], TaskResult.DOING, "", "Đã có đề nghị của bảy bản", days=2)
    _more_time(province, cell[3])
    _pass_on(province, office[2])


def _give(province: Province, unit: str, people: str, row: tuple[str, int, int, int, str]) -> Task:
    text, place, back, due, source = row
    given = province.on - timedelta(days=back)
    new = NewTask(text, province.people[people][place].pk, given + timedelta(days=due), source)
    return give_task(province.units[unit], new, key=province.uuid(), at=datetime.combine(given, time(10), ZONE),
                     by=MACHINE, by_name=_author(province, unit))  # fmt: skip


def _author(province: Province, unit: str) -> str:
    return (province.people["coquan"][5] if unit == "commune" else province.people[unit][0]).full_name


def _note(province: Province, task: Task, state: str, cause: str, remedy: str, *, days: int) -> None:
    at = datetime.combine(province.on - timedelta(days=days), time(17), ZONE)
    name = task.owner.full_name if task.owner else ""
    note_result(task, Noted(state, cause, remedy), key=province.uuid(), at=at, by=MACHINE, by_name=name)


def _more_time(province: Province, task: Task) -> None:
    at = datetime.combine(province.on - timedelta(days=1), time(18), ZONE)
    change_task(task, owner=task.owner_id, due=province.on + timedelta(days=10), key=province.uuid(), at=at, by=MACHINE,
                reason="Chờ trả lời của hai chi bộ nơi đến", by_name=_author(province, "naloc"))  # fmt: skip


def _pass_on(province: Province, task: Task) -> None:
    at = datetime.combine(province.on - timedelta(days=2), time(9), ZONE)
    other = province.people["coquan"][10]
    change_task(task, owner=other.pk, due=task.due, key=province.uuid(), at=at, by=MACHINE,
                reason="Đồng chí phụ trách đi học hai tuần", by_name=_author(province, "commune"))  # fmt: skip
