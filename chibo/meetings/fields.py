"""The fields of a sheet (phiếu): what each is called, what it accepts, how it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from chibo.kernel.dates import half_a_year_before, parse_count, parse_day, parse_time, show_day
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.meetings.models import Meeting

LONG = 20_000
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SUBJECT = re.compile(rf"(roll|reason|result|cause|remedy|task|owner|due)\.({_UUID})")
_POINT = re.compile(r"(score|why)\.([a-z_]{1,30})")  # of the self-score, by the code of its line

PRESENT, LATE, ABSENT, NOT_COUNTED = "present", "late", "absent", "not_counted"
ATTENDS = "attends"  # not counted, yet in the room


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field accepts: `shape` is day, time, count, person, choice, line or lines."""

    shape: str
    most: int = 0
    choices: frozenset[str] = frozenset()


_PLAIN = {
    "held_on": Kind("day"),
    "started": Kind("time"),
    "ended": Kind("time"),
    "venue": Kind("line", 160),
    "chair": Kind("person"),
    "writer": Kind("person"),
    "guests": Kind("line", 500),
    "dues_paid": Kind("count"),
    "dues_due": Kind("count"),
    "dues_amount": Kind("count"),
    "focal": Kind("line", 300),
    "information": Kind("lines", LONG),
    "discussion": Kind("lines", LONG),
    "criticism": Kind("choice", choices=frozenset({"", "done", "not_done"})),
    "criticism_concluded": Kind("lines", LONG),
    "opinions": Kind("lines", LONG),
    "petitions": Kind("lines", LONG),
    "conclusion": Kind("lines", LONG),
    "papers": Kind("lines", 2_000),
    "papers_sent_on": Kind("day"),
    "topic": Kind("code"),
    "resolution": Kind("choice", choices=frozenset({"", "yes", "no"})),
    "vote_for": Kind("count"),
    "vote_against": Kind("count"),
    "vote_blank": Kind("count"),
}
_OF_A_SUBJECT = {
    "roll": Kind("choice", choices=frozenset({PRESENT, LATE, ABSENT, NOT_COUNTED, ATTENDS})),
    "reason": Kind("line", 200),
    "result": Kind("choice", choices=frozenset({"", "done", "doing", "not_done", "dropped"})),
    "cause": Kind("line", 500),
    "remedy": Kind("line", 500),
    "task": Kind("line", 500),
    "owner": Kind("person"),
    "due": Kind("day"),
}
_OF_A_POINT = {"score": Kind("points"), "why": Kind("line", 300)}
NOT_APPLICABLE = "na"


def kind_of(field: str) -> Kind | None:
    """What the field accepts; None when a sheet has no such field."""
    if field in _PLAIN:
        return _PLAIN[field]
    if match := _SUBJECT.fullmatch(field):
        return _OF_A_SUBJECT[match[1]]
    point = _POINT.fullmatch(field)
    return _OF_A_POINT[point[1]] if point else None


def shape_of(field: str) -> str:
    """The shape of what the field accepts; nothing when a sheet has no such field."""
    kind = kind_of(field)
    return kind.shape if kind else ""


_LABELS = {
    "held_on": "Ngày họp", "started": "Giờ bắt đầu", "ended": "Giờ kết thúc", "venue": "Nơi họp", "chair": "Chủ trì",
    "writer": "Người ghi biên bản", "guests": "Đại biểu cấp trên", "dues_paid": "Đã nộp đảng phí",
    "dues_due": "Phải nộp đảng phí", "dues_amount": "Số đảng phí", "focal": "Nội dung trọng tâm",
    "information": "Thông tin đã phổ biến", "discussion": "Thảo luận", "criticism": "Tự phê bình và phê bình",
    "criticism_concluded": "Kết luận tự phê bình", "opinions": "Ý kiến theo vấn đề", "petitions": "Giải đáp kiến nghị",
    "conclusion": "Kết luận", "vote_for": "Tán thành", "vote_against": "Không tán thành", "vote_blank": "Ý kiến khác",
    "roll": "Điểm danh", "reason": "Lý do vắng", "result": "Kết quả nhiệm vụ", "cause": "Nguyên nhân",
    "remedy": "Cách khắc phục", "score": "Tự chấm", "why": "Giải thích điểm", "papers": "Tài liệu gửi trước",
    "papers_sent_on": "Ngày gửi tài liệu",
    "topic": "Lĩnh vực", "resolution": "Ra nghị quyết", "task": "Nhiệm vụ", "owner": "Người phụ trách",
    "due": "Thời hạn",
}  # fmt: skip
_CHOICES = {
    "present": "có mặt", "late": "đến muộn", "absent": "vắng", "not_counted": "không dự", "attends": "có dự",
    "yes": "có", "no": "không", "done": "xong", "doing": "đang làm", "not_done": "chưa làm", "dropped": "thôi",
}  # fmt: skip


def label_of(field: str) -> str:
    """The field in the words of the page."""
    return _LABELS[field.partition(".")[0]]


def choice_words(value: str) -> str:
    """A choice in the words of the page."""
    return _CHOICES.get(value, value)


def default_of(field: str, meeting: Meeting) -> str:
    """What the page shows, and closing takes, while nobody has written the field."""
    if field == "held_on":
        return meeting.meets_on.isoformat()
    if field == "started":
        return meeting.starts_at.strftime("%H:%M") if meeting.starts_at else ""
    if field == "venue":
        return meeting.venue
    return ""


def read_value(field: str, typed: str, near: date) -> str:
    """The stored form of what somebody typed: days ISO, times HH:MM, counts as digits, texts cleaned.

    A day without its year is the one nearest to `near`, the day of the meeting; a deadline is the next one after it.

    Raises Refused: unknown_field, unknown_choice, bad_day, bad_time, bad_count, text_too_long,
    looks_like_identity (an identity or telephone number in free text; privacy, Nghị định 13/2023/NĐ-CP).
    """
    kind = kind_of(field)
    if kind is None:
        refuse_if(True, "unknown_field")
    assert kind is not None
    if kind.shape in {"line", "lines"}:
        text = clean(typed, most=kind.most, lines=kind.shape == "lines")
        found = looks_like_identity(text)
        refuse_if(found, "looks_like_identity", found=found)
        return text
    typed = clean(typed, most=60)
    if kind.shape == "day" and typed:
        ahead = field.startswith("due.")
        return parse_day(typed, since=near if ahead else half_a_year_before(near)).isoformat()
    return _READERS[kind.shape](typed, kind) if typed else _empty(kind)


def shown_value(field: str, value: str) -> str:
    """A stored value as its box shows it."""
    return show_day(date.fromisoformat(value)) if value and shape_of(field) == "day" else value


def _empty(kind: Kind) -> str:
    refuse_if(kind.shape == "choice" and "" not in kind.choices, "unknown_choice")
    return ""


def _read_choice(typed: str, kind: Kind) -> str:
    refuse_if(typed not in kind.choices, "unknown_choice")
    return typed


def _read_person(typed: str, kind: Kind) -> str:
    refuse_if(not re.fullmatch(_UUID, typed.lower()), "unknown_person")
    return typed.lower()


def _read_code(typed: str, kind: Kind) -> str:
    refuse_if(not re.fullmatch(r"[a-z_]{1,30}", typed), "unknown_choice")
    return typed


def _read_points(typed: str, kind: Kind) -> str:
    return NOT_APPLICABLE if typed.lower() in {NOT_APPLICABLE, "không", "k"} else str(parse_count(typed))


_READERS = {
    "code": _read_code,
    "points": _read_points,
    "time": lambda typed, kind: parse_time(typed).strftime("%H:%M"),
    "count": lambda typed, kind: str(parse_count(typed)),
    "choice": _read_choice,
    "person": _read_person,
}
