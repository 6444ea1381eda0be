"""What the rules say about this meeting. Unsure rules warn, with their document; they never block (decision 20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from chibo.kernel.dates import show_percent
from chibo.meetings.queries import MeetingView
from chibo.rules.reader import Rule, rules_on


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence and the rule it rests on."""

    code: str
    sentence: str
    rule: Rule | None


def remarks(view: MeetingView, started: time | None, ended: time | None) -> list[Remark]:
    """Lưu ý trước khi kết thúc: length, attendance goal, majority; empty when all is well."""
    found = [_length(view, started, ended), _attendance(view), _majority(view)]
    return [remark for remark in found if remark]


def minutes_between(started: time, ended: time) -> int:
    """Whole minutes from start to end on one day."""
    return (ended.hour - started.hour) * 60 + ended.minute - started.minute


def _length(view: MeetingView, started: time | None, ended: time | None) -> Remark | None:
    rule = rules_on(view.held_on).get("meeting.min_minutes")
    if rule is None or started is None or ended is None:
        return None
    length = minutes_between(started, ended)
    if length >= rule.value:
        return None
    text = f"Buổi này {length} phút, ngắn hơn mức {rule.value} phút ({rule.citation})."
    return Remark("short_meeting", text, rule)


def _attendance(view: MeetingView) -> Remark | None:
    rule, roll = rules_on(view.held_on).get("meeting.attendance_goal"), view.roll
    if rule is None or not roll.expected or roll.present / roll.expected >= float(rule.value):
        return None
    goal = show_percent(round(float(rule.value) * 100), 100)
    text = (
        f"Dự {roll.present}/{roll.expected}, đạt {show_percent(roll.present, roll.expected)}, "
        f"thấp hơn mức {goal} ({rule.citation})."
    )
    return Remark("low_attendance", text, rule)


def _majority(view: MeetingView) -> Remark | None:
    rule, votes = rules_on(view.held_on).get("vote.ordinary_share"), view.sheet.count("vote_for")
    if rule is None or votes is None or votes > view.roll.voters_called * float(rule.value):
        return None
    text = (
        f"{votes}/{view.roll.voters_called} đảng viên chính thức tán thành, "
        f"chưa quá một nửa số được triệu tập ({rule.citation})."
    )
    return Remark("no_majority", text, rule)
