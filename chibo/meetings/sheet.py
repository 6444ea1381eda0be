"""The sheet of a meeting (phiếu): which fields it has, what each accepts, and its current state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from chibo.kernel.dates import parse_count, parse_day, parse_time
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.meetings.models import Meeting, SheetEntry

LONG = 20_000
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SUBJECT = re.compile(rf"(roll|reason|result|cause|remedy|task|owner|due)\.({_UUID})")

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
    "vote_for": Kind("count"),
    "vote_against": Kind("count"),
    "vote_blank": Kind("count"),
}
_OF_A_SUBJECT = {
    "roll": Kind("choice", choices=frozenset({PRESENT, LATE, ABSENT, NOT_COUNTED, ATTENDS})),
    "reason": Kind("line", 200),
    "result": Kind("choice", choices=frozenset({"", "done", "doing", "not_done"})),
    "cause": Kind("line", 500),
    "remedy": Kind("line", 500),
    "task": Kind("line", 500),
    "owner": Kind("person"),
    "due": Kind("day"),
}


def kind_of(field: str) -> Kind | None:
    """What the field accepts; None when a sheet has no such field."""
    if field in _PLAIN:
        return _PLAIN[field]
    match = _SUBJECT.fullmatch(field)
    return _OF_A_SUBJECT[match[1]] if match else None


_LABELS = {
    "held_on": "Ngày họp", "started": "Giờ bắt đầu", "ended": "Giờ kết thúc", "venue": "Nơi họp", "chair": "Chủ trì",
    "writer": "Người ghi biên bản", "guests": "Đại biểu cấp trên", "dues_paid": "Đã nộp đảng phí",
    "dues_due": "Phải nộp đảng phí", "dues_amount": "Số đảng phí", "focal": "Nội dung trọng tâm",
    "information": "Thông tin đã phổ biến", "discussion": "Thảo luận", "criticism": "Tự phê bình và phê bình",
    "criticism_concluded": "Kết luận tự phê bình", "opinions": "Ý kiến theo vấn đề", "petitions": "Giải đáp kiến nghị",
    "conclusion": "Kết luận", "vote_for": "Tán thành", "vote_against": "Không tán thành", "vote_blank": "Ý kiến khác",
    "roll": "Điểm danh", "reason": "Lý do vắng", "result": "Kết quả nhiệm vụ", "cause": "Nguyên nhân",
    "remedy": "Cách khắc phục", "task": "Nhiệm vụ", "owner": "Người phụ trách", "due": "Thời hạn",
}  # fmt: skip
_CHOICES = {
    "present": "có mặt", "late": "đến muộn", "absent": "vắng", "not_counted": "không dự", "attends": "có dự",
    "done": "xong", "doing": "đang làm", "not_done": "chưa làm",
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
        return meeting.planned_on.isoformat()
    if field == "started":
        return meeting.starts_at.strftime("%H:%M") if meeting.starts_at else ""
    if field == "venue":
        return meeting.venue
    return ""


def read_value(field: str, typed: str) -> str:
    """The stored form of what somebody typed: days ISO, times HH:MM, counts as digits, texts cleaned.

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
    return _READERS[kind.shape](typed, kind) if typed else _empty(kind)


def _empty(kind: Kind) -> str:
    refuse_if(kind.shape == "choice" and "" not in kind.choices, "unknown_choice")
    return ""


def _read_choice(typed: str, kind: Kind) -> str:
    refuse_if(typed not in kind.choices, "unknown_choice")
    return typed


def _read_person(typed: str, kind: Kind) -> str:
    refuse_if(not re.fullmatch(_UUID, typed.lower()), "unknown_person")
    return typed.lower()


_READERS = {
    "day": lambda typed, kind: parse_day(typed).isoformat(),
    "time": lambda typed, kind: parse_time(typed).strftime("%H:%M"),
    "count": lambda typed, kind: str(parse_count(typed)),
    "choice": _read_choice,
    "person": _read_person,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The current state of one field."""

    value: str
    version: int
    at: datetime | None = None
    by_name: str = ""


EMPTY = Cell("", 0)


class Sheet(Mapping[str, Cell]):
    """All fields of a meeting as they stand now; a field nobody wrote is empty, version 0."""

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self._cells = dict(cells)

    def __getitem__(self, field: str) -> Cell:
        return self._cells.get(field, EMPTY)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __contains__(self, field: object) -> bool:
        return field in self._cells

    def text(self, field: str) -> str:
        """The value, empty when nothing was written."""
        return self[field].value

    def day(self, field: str) -> date | None:
        """The value as a day."""
        return date.fromisoformat(self.text(field)) if self.text(field) else None

    def time(self, field: str) -> time | None:
        """The value as a time of day."""
        return time.fromisoformat(self.text(field)) if self.text(field) else None

    def count(self, field: str) -> int | None:
        """The value as a number."""
        return int(self.text(field)) if self.text(field) else None

    def person(self, field: str) -> UUID | None:
        """The value as the id of a person."""
        return UUID(self.text(field)) if self.text(field) else None

    def subjects(self, word: str) -> list[UUID]:
        """Ids of all `word.<id>` fields that have a value, in the order they were first written."""
        found = [f for f, cell in self._cells.items() if f.startswith(word + ".") and cell.value]
        return [UUID(f.partition(".")[2]) for f in found]

    @property
    def revision(self) -> int:
        """Sum of all versions: grows with every save, equal only when nothing was saved in between."""
        return sum(cell.version for cell in self._cells.values())


def sheet_of(meeting: Meeting) -> Sheet:
    """The current sheet, one query."""
    rows = SheetEntry.objects.filter(meeting=meeting).order_by("id")
    return sheet_from(rows)


def sheet_from(rows: Iterable[SheetEntry]) -> Sheet:
    """Fold entries, oldest first, into the current state; a field keeps the place where it first appeared."""
    cells: dict[str, Cell] = {}
    for row in rows:
        cells[row.field] = Cell(row.value, row.version, row.at, row.by_name)
    return Sheet(cells)
