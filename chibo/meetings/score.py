"""The self-score of a meeting on the sheet of that place and date: computed where it can be, each point explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chibo.kernel.dates import show_day, show_percent
from chibo.meetings.fields import NOT_APPLICABLE
from chibo.meetings.models import Meeting
from chibo.meetings.queries import MeetingView
from chibo.rules.reader import Rule, rules_on


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of the sheet."""

    code: str
    label: str
    most: int
    given: str  # digits, «na», or "" when nobody has scored it
    why: str
    suggested: int | None  # computed from the record
    because: str

    @property
    def counts(self) -> bool:
        """Belongs to the total: scored, and applicable."""
        return self.given not in {"", NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Score:
    """The whole sheet. What does not apply leaves both the points and what could be reached."""

    lines: tuple[ScoreLine, ...]
    rule: Rule

    @property
    def points(self) -> int:
        """Tổng điểm tự chấm."""
        return sum(int(line.given) for line in self.lines if line.counts)

    @property
    def reachable(self) -> int:
        """Tổng điểm có thể đạt."""
        return sum(line.most for line in self.lines if line.given != NOT_APPLICABLE)

    @property
    def begun(self) -> bool:
        """Somebody has scored a line."""
        return any(line.given for line in self.lines)

    @property
    def unscored(self) -> list[ScoreLine]:
        """Lines without points and not marked as not applicable."""
        return [line for line in self.lines if not line.given]


def score_of(view: MeetingView) -> Score | None:
    """Bảng tự chấm của buổi; None when no frame is known for that day, or the meeting is not an ordinary one."""
    rule = rules_on(view.held_on).get("meeting.score_frame")
    if rule is None or view.meeting.kind != Meeting.ORDINARY:
        return None
    lines = []
    for item in rule.value:
        code, suggestion = item["code"], _SUGGESTED.get(item["code"], _nothing)
        suggested, because = suggestion(view, item["points"])
        given, why = view.sheet.text(f"score.{code}"), view.sheet.text(f"why.{code}")
        lines.append(ScoreLine(code, item["label"], item["points"], given, why, suggested, because))
    return Score(tuple(lines), rule)


def over_scored(view: MeetingView) -> list[ScoreLine]:
    """Lines with more points than the frame allows."""
    score = score_of(view)
    return [line for line in score.lines if line.counts and int(line.given) > line.most] if score else []


def band_of(view: MeetingView, score: Score) -> str:
    """Tốt, Khá, … by the share of the points that could be reached; empty while nothing is scored."""
    rule = rules_on(view.held_on).get("meeting.score_bands")
    if rule is None or not score.reachable or score.unscored:
        return ""
    share = score.points * 100 / score.reachable
    return next((str(band["label"]) for band in rule.value if share >= band["least"]), "")


def bands_of(view: MeetingView) -> list[dict[str, Any]]:
    """The bands of that day, the best first, for a total that moves while somebody scores."""
    rule = rules_on(view.held_on).get("meeting.score_bands")
    return list(rule.value) if rule else []


def score_content(view: MeetingView) -> dict[str, Any] | None:
    """As the sealed minutes keep it; None when nobody scored."""
    score = score_of(view)
    if score is None or not score.begun:
        return None
    return {
        "points": score.points, "reachable": score.reachable, "band": band_of(view, score),
        "document": score.rule.citation,
        "lines": [{"label": each.label, "most": each.most, "given": each.given, "why": each.why}
                  for each in score.lines],
    }  # fmt: skip


def _nothing(view: MeetingView, most: int) -> tuple[int | None, str]:
    return None, ""


def _time(view: MeetingView, most: int) -> tuple[int | None, str]:
    on_day = view.held_on <= view.meeting.planned_on
    word = "đúng" if on_day else "sau"
    return (
        most if on_day else None
    ), f"Họp ngày {show_day(view.held_on)}, {word} ngày lịch {show_day(view.meeting.planned_on)}."


def _attendance(view: MeetingView, most: int) -> tuple[int | None, str]:
    rule, roll = rules_on(view.held_on).get("meeting.attendance_goal"), view.roll
    if rule is None or not roll.expected:
        return None, ""
    reached = roll.present > roll.expected * rule.value and not roll.unexcused
    share = show_percent(roll.present, roll.expected)
    words = f"Dự {roll.present}/{roll.expected} ({share}), {roll.unexcused} vắng không lý do."
    return (most if reached else None), words


def _results(view: MeetingView, most: int) -> tuple[int | None, str]:
    tasks = view.open_tasks
    if not tasks:
        return None, ""
    done = sum(view.sheet.text(f"result.{each.task.pk}") == "done" for each in tasks)
    return most * done // len(tasks), f"Xong {done}/{len(tasks)} việc của các kỳ trước."


_SUGGESTED = {"time": _time, "attendance": _attendance, "results": _results}
