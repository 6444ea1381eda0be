"""Reads of tasks: a list most urgent first, one task with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from chibo.kernel.actor import Actor
from chibo.kernel.paths import PathRange
from chibo.meetings.models import Closure, Task, TaskChange, TaskResult
from chibo.meetings.queries import with_state
from chibo.organisation.models import Placement, Unit

SOON = timedelta(days=7)
A_PAGE = 50
STATUSES = {"mo": "Đang mở", "qua-han": "Quá hạn", "xong": "Đã khép lại", "tat-ca": "Tất cả"}
GROUPS = ["Quá hạn", "Trong 7 ngày tới", "Còn hạn", "Chưa có thời hạn", "Đã khép lại"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: a status, one owner or all, a page from 1."""

    status: str = "mo"
    owner: UUID | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task as a list shows it."""

    task: Task
    unit_name: str
    group: str
    days_late: int
    state: str  # overdue, or the newest result, or given


@dataclass(frozen=True, slots=True)
class TaskList:
    """One page of a list, most urgent first."""

    lines: list[TaskLine]
    total: int
    wanted: Wanted

    @property
    def groups(self) -> list[tuple[str, list[TaskLine]]]:
        """Lines under their headings, in the order of urgency."""
        found = [(name, [line for line in self.lines if line.group == name]) for name in GROUPS]
        return [pair for pair in found if pair[1]]

    @property
    def first(self) -> int:
        """Number of the first line of this page."""
        return (self.wanted.page - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        """Number of its last line."""
        return self.first + len(self.lines) - 1

    @property
    def more(self) -> bool:
        """Whether another page follows."""
        return self.last < self.total


def tasks_below(unit: Unit, wanted: Wanted, *, actor: Actor, on: date) -> TaskList:
    """Nhiệm vụ của đơn vị và các đơn vị bên dưới; four queries."""
    area = PathRange.of(unit.scope_path)
    rows = Task.objects.visible_to(actor).filter(scope_path__gte=area.low, scope_path__lt=area.high)
    if wanted.owner is not None:  # one person only among the tasks of the unit itself (decision 21)
        rows = rows.filter(owner=wanted.owner, unit=unit)
    return _listed(rows, wanted, actor, on)


def tasks_of(person: UUID, wanted: Wanted, *, actor: Actor, on: date) -> TaskList:
    """Nhiệm vụ của tôi: also for somebody without a post."""
    return _listed(Task.objects.visible_to(actor).filter(owner=person), wanted, actor, on)


def _listed(rows: QuerySet[Task], wanted: Wanted, actor: Actor, on: date) -> TaskList:
    kept = {"mo": Q(settled_on=None), "qua-han": Q(settled_on=None, due__lt=on), "xong": ~Q(settled_on=None)}
    rows = rows.filter(kept.get(wanted.status, Q()))
    order = (F("settled_on").desc(nulls_first=True), F("due").asc(nulls_last=True), "given_on", "position", "id")
    start = (wanted.page - 1) * A_PAGE
    total = rows.count()
    page = list(with_state(rows).select_related("owner").order_by(*order)[start : start + A_PAGE])
    names = _names({task.unit_id for task in page}, actor, on)
    return TaskList([_line(task, names, on) for task in page], total, wanted)


def _names(units: Iterable[int], actor: Actor, on: date) -> Mapping[int, str]:
    rows = Placement.objects.visible_to(actor).on(on).filter(unit__in=set(units))
    return dict(rows.values_list("unit_id", "short_name"))


def _line(task: Task, names: Mapping[int, str], on: date) -> TaskLine:
    late = 0 if task.settled_on or task.due is None else max(0, (on - task.due).days)
    state: str = getattr(task, "state", None) or "given"
    return TaskLine(task, names.get(task.unit_id, ""), _group(task, on), late, "overdue" if late else state)


def _group(task: Task, on: date) -> str:
    if task.settled_on is not None:
        return GROUPS[4]
    if task.due is None:
        return GROUPS[3]
    if task.due < on:
        return GROUPS[0]
    return GROUPS[1] if task.due <= on + SOON else GROUPS[2]


def owners_of(unit: Unit, *, actor: Actor) -> list[tuple[UUID, str]]:
    """People who own tasks of this very unit, by given name."""
    rows = Task.objects.visible_to(actor).filter(unit=unit).exclude(owner=None).order_by("owner__name_key").distinct()
    return list(rows.values_list("owner_id", "owner__full_name"))


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a task. `kind`: given | result | changed | carried."""

    kind: str
    on: date
    row: Any
    meeting: UUID | None = None  # where it happened, when in a meeting


def history_of(task: Task, *, actor: Actor) -> list[Event]:
    """Given, looked at in meeting after meeting, changed, settled: oldest first; three queries."""
    results = list(TaskResult.objects.visible_to(actor).filter(task=task).order_by("on", "id"))
    changes = list(TaskChange.objects.visible_to(actor).filter(task=task).order_by("at"))
    events = [Event("given", task.given_on, task, task.given_at_id)]
    events += [Event("result", result.on, result, result.meeting_id) for result in results]
    events += [Event("changed", _day(change.at), change) for change in changes]
    events += _carried(task, {result.meeting_id for result in results}, actor)
    order = {"given": 0, "carried": 1, "changed": 2, "result": 3}
    return sorted(events, key=lambda event: (event.on, order[event.kind]))


def _carried(task: Task, noted: set[UUID | None], actor: Actor) -> list[Event]:
    """Ordinary meetings of the unit that passed without a word about it."""
    rows = Closure.objects.visible_to(actor).filter(
        meeting__unit_id=task.unit_id, meeting__kind="ordinary", held_on__gt=task.given_on
    )
    if task.settled_on is not None:
        rows = rows.filter(held_on__lt=task.settled_on)
    found = rows.exclude(pk__in=[pk for pk in noted if pk]).order_by("held_on").select_related("meeting")
    return [Event("carried", closure.held_on, closure.meeting, closure.pk) for closure in found]


def _day(at: datetime) -> date:
    return timezone.localdate(at)
