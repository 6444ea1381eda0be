"""One sheet, looked over before its values are read: how far it reaches, what is merged, hidden, not calculated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from chibo.exchange.reading.archive import Unfit

MOST_ROWS = 20_000  # with something in them, of one file
MOST_COLUMNS = 200
FURTHEST_ROW = 100_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Survey:
    """What was seen. Rows and columns count from 1."""

    last_row: int = 0
    last_column: int = 0
    rows: int = 0  # rows that hold a value
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, column, last row, column
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)  # a formula without a kept value
    formulas: int = 0
    filtered: bool = False


def column_number(letters: str) -> int:
    """«A» → 1, «AB» → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """28 → «AB»."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def survey(part: bytes) -> Survey:
    """Look over a sheet's XML. Raises Unfit: list_broken, list_too_far."""
    looking = _Looking()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = looking.start, looking.end
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Unfit("list_broken") from None
    return looking.found


class _Looking:
    def __init__(self) -> None:
        self.found = Survey()
        self.row, self.column, self.counted = 0, 0, 0
        self.valued = self.formula = False

    def start(self, name: str, given: dict[str, str]) -> None:
        handler = _HANDLERS.get(name.rpartition(":")[2])
        if handler is not None:
            handler(self, given)

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c" and self.formula and not self.valued:
            self.found.uncalculated.add((self.row, self.column))
            self._count()

    def of_row(self, given: dict[str, str]) -> None:
        self.row = _whole(given.get("r")) or self.row + 1
        self.column = 0
        if given.get("hidden") in {"1", "true"}:
            self.found.hidden_rows.add(self.row)

    def of_cell(self, given: dict[str, str]) -> None:
        self.valued = self.formula = False
        place = _REFERENCE.fullmatch(given.get("r", ""))
        if place:
            self.column, self.row = column_number(place[1]), int(place[2])
        else:
            self.column += 1

    def of_value(self, _: dict[str, str]) -> None:
        self.valued = True
        self._count()

    def of_formula(self, _: dict[str, str]) -> None:
        self.formula = True
        self.found.formulas += 1

    def _count(self) -> None:
        found = self.found
        if self.row > FURTHEST_ROW or self.column > MOST_COLUMNS:
            raise Unfit("list_too_far", cell=f"{column_letters(min(self.column, 18_278))}{self.row}")
        found.last_row, found.last_column = max(found.last_row, self.row), max(found.last_column, self.column)
        if self.row != self.counted:
            self.counted, found.rows = self.row, found.rows + 1

    def of_merge(self, given: dict[str, str]) -> None:
        places = _REFERENCE.findall(given.get("ref", ""))
        if len(places) == 2 and len(self.found.merged) < MOST_ROWS:
            (left, top), (right, bottom) = places
            self.found.merged.append((int(top), column_number(left), int(bottom), column_number(right)))

    def of_column(self, given: dict[str, str]) -> None:
        first, last = _whole(given.get("min")), _whole(given.get("max"))
        if given.get("hidden") in {"1", "true"} and first:
            self.found.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))

    def of_filter(self, _: dict[str, str]) -> None:
        self.found.filtered = True


_HANDLERS = {
    "row": _Looking.of_row, "c": _Looking.of_cell, "v": _Looking.of_value, "is": _Looking.of_value,
    "f": _Looking.of_formula, "mergeCell": _Looking.of_merge, "col": _Looking.of_column,
    "autoFilter": _Looking.of_filter,
}  # fmt: skip


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0
