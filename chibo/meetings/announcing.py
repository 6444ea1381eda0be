"""The invitation in words, to be copied into a message or read aloud (lời mời họp)."""

from __future__ import annotations

from chibo.kernel.dates import month_label, show_day, spoken_time, weekday_vn
from chibo.kernel.text import cut
from chibo.meetings.models import Meeting

_ADDRESSED = {
    Meeting.CELL_COMMITTEE: "các đồng chí chi ủy viên {unit}",
    Meeting.COMMITTEE: "các đồng chí ủy viên Ban Chấp hành {unit}",
    Meeting.STANDING: "các đồng chí ủy viên Ban Thường vụ {unit}",
}


def title_of(meeting: Meeting) -> str:
    """As people asked to it see it on their own page: with its theme, if it has one."""
    return cut(f"{meeting.title}: {meeting.theme}" if meeting.theme else meeting.title, 120)


def invitation_text(meeting: Meeting, unit_name: str, focal: str = "") -> str:
    """Kính gửi, thời gian, địa điểm, nội dung."""
    addressed = _ADDRESSED.get(meeting.kind, "các đồng chí đảng viên {unit}").format(unit=unit_name)
    at = f"{spoken_time(meeting.starts_at)}, " if meeting.starts_at else ""
    lines = [
        f"Kính gửi: {addressed}.",
        f"Thời gian: {at}{weekday_vn(meeting.meets_on).lower()}, ngày {show_day(meeting.meets_on)}.",
        f"Địa điểm: {meeting.venue or 'sẽ báo sau'}.",
        f"Nội dung: {_subject(meeting, focal)}",
        "Đồng chí nào không dự được, báo trước kèm lý do.",
    ]
    return "\n".join(lines)


def _subject(meeting: Meeting, focal: str) -> str:
    words = meeting.title[:1].lower() + meeting.title[1:]
    if meeting.kind == Meeting.THEMATIC:
        return f"{words} {month_label(meeting.month)}: {meeting.theme}."
    about = meeting.theme or focal
    return f"{words}; trọng tâm: {about}." if about else f"{words}."
