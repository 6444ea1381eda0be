"""The sheet of a meeting (phiếu): its current state, folded from everything that was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from chibo.meetings.models import Meeting, SheetEntry


@dataclass(frozen=True, slots=True)
class Cell:
    """The current state of one field."""

    value: str
    version: int
    at: datetime | None = None
    by_name: str = ""


EMPTY = Cell("", 0)
VOTES = ("vote_for", "vote_against", "vote_blank")


class Sheet(Mapping[str, Cell]):
    """All fields of a meeting as they stand now; a field nobody wrote is empty, version 0."""

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self._cells = dict(cells)

    def __getitem__(self, field: str) -> Cell:
        return self._cells.get(field, EMPTY)

    def __iter__(self) -> Iterator[str]:
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
    def voted(self) -> bool:
        """Whether any number of a vote was written, for it or not."""
        return any(self.text(field) for field in VOTES)

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
