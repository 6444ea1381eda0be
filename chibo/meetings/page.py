"""The meeting page as its template reads it: every field with its value, its version and its error."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chibo.kernel.actor import Actor
from chibo.meetings.content import agenda
from chibo.meetings.fields import NOT_COUNTED, PRESENT, shown_value
from chibo.meetings.models import Meeting, TaskResult
from chibo.meetings.offering import Suggestion
from chibo.meetings.operations.saving import writes
from chibo.meetings.prepared import ScorePart, score_part, suggestions, vote_base
from chibo.meetings.queries import MeetingView, OpenTask
from chibo.meetings.remarks import remarks
from chibo.meetings.roll import RollLine
from chibo.meetings.sheet import Cell
from chibo.membership.models import Absence
from chibo.rules.reader import rules_on

EMPTY_TASK_ROWS = 2
WHY_WORDS = {**dict(Absence.KINDS), "away": "sinh hoạt tạm thời nơi khác"}
REASONS = ["Ốm, chữa bệnh", "Đi công tác", "Việc gia đình", "Làm ca", "Đi học"]


@dataclass(frozen=True, slots=True)
class Field:
    """One input of the page."""

    name: str
    value: str  # as shown in the input
    version: int
    error: str = ""

    @property
    def id(self) -> str:
        """The HTML id."""
        return "o-" + self.name.replace(".", "-").replace("_", "-")


@dataclass(frozen=True, slots=True)
class RollRow:
    """One person of the roll call."""

    line: RollLine
    post: str
    mark: Field
    reason: Field
    why: str  # why not counted, in words

    @property
    def id(self) -> str:
        """The person, as fields that name somebody keep them."""
        return str(self.line.member.person_id)

    @property
    def choice(self) -> str:
        """present | late | absent | not_counted, as the radios say it."""
        return self.mark.value or (NOT_COUNTED if self.why else PRESENT)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One task of before, looked back on."""

    open: OpenTask
    overdue: int
    result: Field
    cause: Field
    remedy: Field


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task to give."""

    text: Field
    owner: Field
    due: Field


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """All of it."""

    view: MeetingView
    may_write: bool
    fields: Mapping[str, Field]
    roll: list[RollRow]
    results: list[ResultRow]
    tasks: list[TaskRow]
    agenda: list[dict[str, Any]]
    remarks: list[Any]
    score: ScorePart | None
    suggestions: list[Suggestion]
    vote_base: str
    topics: list[dict[str, Any]]
    reasons: list[str] = field(default_factory=lambda: REASONS)
    states: list[tuple[str, str]] = field(default_factory=lambda: list(TaskResult.STATES))

    @property
    def shows(self) -> dict[str, bool]:
        """Parts of the sheet this kind of meeting has: those its agenda names; all when no agenda is known."""
        codes = {item["code"] for item in self.agenda}
        found = {code: not codes or code in codes for code in PARTS}
        return found | {"dues": self.view.meeting.kind == Meeting.ORDINARY}

    @property
    def counted(self) -> list[RollRow]:
        """Those who must attend."""
        return [row for row in self.roll if not row.why]

    @property
    def uncounted(self) -> list[RollRow]:
        """Those who need not."""
        return [row for row in self.roll if row.why]

    @property
    def results_done(self) -> int:
        """Tasks of before that have a result on this sheet."""
        return sum(bool(row.result.value) for row in self.results)

    @property
    def tasks_given(self) -> int:
        """Tasks with words."""
        return sum(bool(row.text.value) for row in self.tasks)

    @property
    def errors(self) -> list[Field]:
        """Fields with an error, for the summary on top."""
        everything = [
            *self.fields.values(),
            *(f for row in self.roll for f in (row.mark, row.reason)),
            *(f for row in self.results for f in (row.result, row.cause, row.remedy)),
            *(f for row in self.tasks for f in (row.text, row.owner, row.due)),
            *(f for row in (self.score.rows if self.score else []) for f in (row.points, row.why)),
        ]
        return [f for f in everything if f.error]


PARTS = ("previous", "information", "criticism", "petitions", "vote")
PLAIN = (
    "held_on", "started", "ended", "venue", "chair", "writer", "guests", "dues_paid", "dues_due", "dues_amount",
    "focal", "information", "discussion", "criticism", "criticism_concluded", "opinions", "petitions", "conclusion",
    "vote_for", "vote_against", "vote_blank", "papers", "papers_sent_on", "topic", "resolution",
)  # fmt: skip


def meeting_page(
    view: MeetingView,
    *,
    actor: Actor,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> MeetingPage:
    """Trang buổi sinh hoạt. `typed` and `errors` keep what somebody just typed and could not be saved."""
    make = _Maker(view, typed or {}, errors or {})
    sheet = view.sheet
    started = sheet.time("started") or view.meeting.starts_at
    topics = rules_on(view.held_on).get("meeting.topics")
    return MeetingPage(
        view=view,
        may_write=writes(view.meeting, actor),
        fields={name: make(name) for name in PLAIN},
        roll=[_roll_row(line, view, make) for line in view.roll.lines],
        results=[_result_row(open_task, view, make) for open_task in view.open_tasks],
        tasks=_task_rows(view, make),
        agenda=agenda(view),
        remarks=remarks(view, started, sheet.time("ended")),
        score=score_part(view, make),
        suggestions=suggestions(view),
        vote_base=vote_base(view),
        topics=list(topics.value) if topics else [],
    )


class _Maker:
    """Makes fields, preferring what was typed over what is stored."""

    def __init__(self, view: MeetingView, typed: Mapping[str, str], errors: Mapping[str, str]) -> None:
        self.view, self.typed, self.errors = view, typed, errors

    def __call__(self, name: str) -> Field:
        cell = self.view.sheet[name]
        value = self.typed[name] if name in self.typed else shown_value(name, cell.value) or self._default(name, cell)
        return Field(name, value, cell.version, self.errors.get(name, ""))

    def _default(self, name: str, cell: Cell) -> str:
        given = "" if cell.version else self.view.defaults.get(name, "")
        return shown_value(name, given)


def _roll_row(line: RollLine, view: MeetingView, make: _Maker) -> RollRow:
    person = line.member.person_id
    return RollRow(
        line=line, post=view.posts.get(person, ""), mark=make(f"roll.{person}"), reason=make(f"reason.{person}"),
        why=WHY_WORDS.get(line.member.why_not_counted, ""),
    )  # fmt: skip


def _result_row(open_task: OpenTask, view: MeetingView, make: _Maker) -> ResultRow:
    pk = open_task.task.pk
    return ResultRow(
        open=open_task, overdue=open_task.overdue_days(view.held_on), result=make(f"result.{pk}"),
        cause=make(f"cause.{pk}"), remedy=make(f"remedy.{pk}"),
    )  # fmt: skip


def _task_rows(view: MeetingView, make: _Maker) -> list[TaskRow]:
    """Rows already written, rows just typed, and empty ones with fresh ids: the page works without script."""
    ids = list(dict.fromkeys([*_task_ids(view.sheet), *_task_ids(make.typed)]))
    written = [i for i in ids if any(make(f"{word}.{i}").value for word in ("task", "owner", "due"))]
    rows = written + [str(uuid.uuid4()) for _ in range(EMPTY_TASK_ROWS)]
    return [TaskRow(make(f"task.{i}"), make(f"owner.{i}"), make(f"due.{i}")) for i in rows]


def _task_ids(names: Mapping[str, Any]) -> list[str]:
    return [name.partition(".")[2] for name in names if name.startswith(("task.", "owner.", "due."))]
