"""What the rules say about this meeting. Unsure rules warn, with their document; they never block (decision 20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from chibo.kernel.dates import show_day, show_percent
from chibo.kernel.text import fold
from chibo.meetings.models import Meeting
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
    if view.meeting.kind == Meeting.ORDINARY:
        found += [_focal(view), _papers(view)]
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
    if (
        view.meeting.kind in Meeting.OF_A_COMMITTEE
        or rule is None
        or not roll.expected
        or roll.present / roll.expected >= float(rule.value)
    ):
        return None
    goal = show_percent(round(float(rule.value) * 100), 100)
    text = (
        f"Dự {roll.present}/{roll.expected}, đạt {show_percent(roll.present, roll.expected)}, "
        f"thấp hơn mức {goal} ({rule.citation})."
    )
    return Remark("low_attendance", text, rule)


def _focal(view: MeetingView) -> Remark | None:
    """No focal item, or the same as last time."""
    focal = view.sheet.text("focal")
    if not focal:
        return Remark("no_focal", "Chưa chọn nội dung trọng tâm của buổi.", None)
    if fold(focal) == fold(view.last.focal):
        return Remark("same_focal", "Nội dung trọng tâm giống hệt kỳ trước.", None)
    return None


def _papers(view: MeetingView) -> Remark | None:
    """Papers sent too late, or not noted."""
    rule = rules_on(view.held_on).get("meeting.papers_before_days")
    sent = view.sheet.day("papers_sent_on")
    if rule is None:
        return None
    if sent is None:
        text = f"Chưa ghi ngày gửi nội dung, tài liệu; cần gửi trước ít nhất {rule.value} ngày ({rule.citation})."
        return Remark("papers_not_sent", text, rule)
    if (view.held_on - sent).days < rule.value:
        text = f"Tài liệu gửi ngày {show_day(sent)}, chưa trước {rule.value} ngày ({rule.citation})."
        return Remark("papers_late", text, rule)
    return None


def _majority(view: MeetingView) -> Remark | None:
    rule, votes = rules_on(view.held_on).get("vote.ordinary_share"), view.sheet.count("vote_for") or 0
    if rule is None or not view.sheet.voted or votes > view.roll.voters_called * float(rule.value):
        return None
    text = (
        f"{votes}/{view.roll.voters_called} đảng viên chính thức tán thành, "
        f"chưa quá một nửa số được triệu tập ({rule.citation})."
    )
    return Remark("no_majority", text, rule)
