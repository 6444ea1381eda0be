"""What the sheet offers beside its boxes: a focal item to take, the self-score, what a vote is counted on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chibo.kernel.text import cut
from chibo.meetings.models import Meeting, TaskResult
from chibo.meetings.offering import Suggestion, offers
from chibo.meetings.operations.saving import Change
from chibo.meetings.queries import MeetingView
from chibo.meetings.score import Score, ScoreLine, band_of, bands_of, score_of
from chibo.rules.reader import rules_on

if TYPE_CHECKING:
    from chibo.meetings.page import Field

MOST_SUGGESTED, TOO_OFTEN = 4, 2
TAKE_SCORES = "diem-goi-y"


def suggestions(view: MeetingView) -> list[Suggestion]:
    """Gợi ý nội dung trọng tâm (LIM-3): tasks first, then what each room of `settings.CHIBO_FOCAL` offers."""
    return [*_of_tasks(view), *offers(view)]


def _of_tasks(view: MeetingView) -> list[Suggestion]:
    """What is overdue, what was twice not done; one query, none without tasks."""
    if not view.open_tasks:
        return []
    ids = [each.task.pk for each in view.open_tasks]
    undone: dict[UUID, int] = {}
    for pk in TaskResult.objects.filter(task__in=ids, state=TaskResult.NOT_DONE).values_list("task", flat=True):
        undone[pk] = undone.get(pk, 0) + 1
    found = []
    for each in view.open_tasks:
        late = each.overdue_days(view.held_on)
        why = [f"{undone[each.task.pk]} lần chưa làm"] if undone.get(each.task.pk, 0) >= TOO_OFTEN else []
        why += [f"quá hạn {late} ngày"] if late else []
        if why:
            found.append(Suggestion(each.task.pk, each.task.text, ", ".join(why)))
    return found[:MOST_SUGGESTED]


def taken(view: MeetingView, word: str) -> dict[str, Change]:
    """The boxes one tap fills: a suggested focal item by its task, or the points that can be computed."""
    if word == TAKE_SCORES:
        score = score_of(view)
        return {
            f"score.{line.code}": Change(str(line.suggested), view.sheet[f"score.{line.code}"].version)
            for line in (score.lines if score else ())
            if line.suggested is not None and not line.given
        }
    chosen = next((each.text for each in suggestions(view) if str(each.about) == word), None)
    return {"focal": Change(cut(chosen, 300), view.sheet["focal"].version)} if chosen else {}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the self-score with its two boxes."""

    line: ScoreLine
    points: Field
    why: Field

    @property
    def options(self) -> list[str]:
        """Points that can be given, the most first."""
        return [str(points) for points in range(self.line.most, -1, -1)]


@dataclass(frozen=True, slots=True)
class ScorePart:
    """The self-score as the page shows it."""

    score: Score
    band: str
    bands: list[dict[str, Any]]
    rows: list[ScoreRow]

    @property
    def offers(self) -> bool:
        """Some point can be computed and was not given yet."""
        return any(row.line.suggested is not None and not row.line.given for row in self.rows)


def score_part(view: MeetingView, make: Callable[[str], Field]) -> ScorePart | None:
    """Phần tự chấm; None for meetings that are not scored."""
    score = score_of(view)
    if score is None:
        return None
    rows = [ScoreRow(line, make(f"score.{line.code}"), make(f"why.{line.code}")) for line in score.lines]
    return ScorePart(score, band_of(view, score), bands_of(view), rows)


_BASE = {
    Meeting.CELL_COMMITTEE: "chi ủy viên được triệu tập",
    Meeting.COMMITTEE: "ủy viên Ban Chấp hành được triệu tập",
    Meeting.STANDING: "ủy viên Ban Thường vụ được triệu tập",
}


def vote_base(view: MeetingView) -> str:
    """Mẫu số của biểu quyết, in words, with its document where there is one."""
    called, rule = view.roll.voters_called, rules_on(view.held_on).get("vote.denominator")
    if view.meeting.kind in _BASE:
        return f"Tính trên {called} {_BASE[view.meeting.kind]}; có mặt {view.roll.voters_present}."
    document = f" ({rule.citation})" if rule else ""
    return (
        f"Tính trên {called} đảng viên chính thức được triệu tập, trừ người sinh hoạt tạm thời nơi khác và người "
        f"được miễn không đến{document}; có mặt {view.roll.voters_present}."
    )
