"""Where the heads of the columns stand in a sheet, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chibo.exchange.kinds import MARK, Field, Kind
from chibo.exchange.kinds import TEXT as TEXT_FIELD
from chibo.exchange.reading.child import NUMBER, TEXT, TRUTH
from chibo.exchange.reading.workbook import Cell, Line, Sheet
from chibo.kernel.text import cut, fold

HEADS_WITHIN = 40  # lines from the top
LOOKED_AT = 60  # cells of a column, to tell crosses from days
NOT_USED = "-"  # a column somebody said is not to be used
CROSSES = {"x", "×", "v", "✓", "✔", "1", "+", "co", "\u00fc"}  # ü is a tick in Wingdings
_STT = {"stt", "tt", "so tt", "so thu tu", "thu tu", "no"}


def plain(label: str) -> str:
    """A head as it is compared: «Họ và tên (chữ in hoa)» → «ho va ten»."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", fold(label))))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: what it says on top, what it is taken for."""

    number: int
    label: str
    field: str = ""  # name of a field; empty when nobody knows; NOT_USED
    mark: str = ""  # what a cross means in a column of crosses; in one of columns side by side, what it says besides

    @property
    def key(self) -> str:
        """What is remembered of it."""
        return cut(plain(self.label), 120)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heads of a sheet."""

    sheet: Sheet
    row: int  # the last line of the heads
    columns: list[Column] = field(default_factory=list)

    def taken(self, name: str) -> list[Column]:
        """Columns taken for that field."""
        return [column for column in self.columns if column.field == name]

    def missing(self, kind: Kind) -> list[Field]:
        """Needed fields without a column."""
        split = self.taken("name_front") and self.taken("name_back")
        return [f for f in kind.fields if f.needed and not self.taken(f.name) and not (split and f.name == "full_name")]

    def twice(self, kind: Kind) -> list[tuple[Field, list[Column]]]:
        """Fields that more than one column is taken for, but for columns of crosses and those side by side."""
        found = [(f, self.taken(f.name)) for f in kind.fields]
        return [(f, cs) for f, cs in found if len(cs) > 1 and ("" in (ms := {c.mark for c in cs}) or len(ms) < len(cs))]

    def lines(self) -> list[Line]:
        """What stands below."""
        return [line for line in self.sheet.lines if line.number > self.row]


def heading_of(sheets: Iterable[Sheet], kind: Kind, remembered: Mapping[str, tuple[str, str]]) -> Heading | None:
    """The first sheet that has heads of this kind of list, and every one it needs; None when there is none.

    `remembered` is what somebody of the body said about a head before: key → (field, mark).
    """
    found = [heading for sheet in sheets if (heading := _heading(sheet, kind, remembered)) is not None]
    return next((heading for heading in found if not heading.missing(kind)), found[0] if found else None)


def _heading(sheet: Sheet, kind: Kind, remembered: Mapping[str, tuple[str, str]]) -> Heading | None:
    covered, best, most = sheet.covered(), None, 1
    for line in sheet.lines[:HEADS_WITHIN]:
        heads = [cell for cell in line.cells.values() if cell.kind == TEXT]
        if len(heads) < 2:  # a title, or a list of one column
            continue
        last = _last_row_of_heads(sheet, line)
        columns = _columns(sheet, line.number, last, kind, remembered, covered)
        known = len({column.field for column in columns if column.field not in {"", NOT_USED}})
        if known > most or (known == 1 and best is None and _has_needed(columns, kind)):
            best, most = Heading(sheet, last, columns), max(known, 1)
    return best


def _has_needed(columns: list[Column], kind: Kind) -> bool:
    needed = {f.name for f in kind.fields if f.needed}
    return any(column.field in needed for column in columns)


def _last_row_of_heads(sheet: Sheet, line: Line) -> int:
    """Heads of two lines: cells of the first are merged, over columns or down to the second."""
    number = line.number
    over = [m for m in sheet.merged if m[0] == number and (m[3] > m[1])]
    down = [m[2] for m in sheet.merged if m[0] == number and m[2] > number and m[2] - number <= 2]
    below = next((each for each in sheet.lines if each.number == number + 1), None)
    if down:
        return max(down)
    if over and below is not None and all(cell.kind == TEXT for cell in below.cells.values()):
        return number + 1
    return number


def _columns(
    sheet: Sheet, first: int, last: int, kind: Kind, remembered: Mapping[str, tuple[str, str]],
    covered: Mapping[tuple[int, int], tuple[int, int]],
) -> list[Column]:  # fmt: skip
    rows = {line.number: line.cells for line in sheet.lines if first <= line.number <= last}
    below = [line for line in sheet.lines if line.number > last][:LOOKED_AT]
    numbers = sorted({n for cells in rows.values() for n in cells} | {n for row, n in covered if first <= row <= last})
    found = []
    for number in numbers:
        words = _words(rows, number, covered)
        if words:
            cells = [cell for line in below if (cell := line.cells.get(number)) is not None]
            column = Column(number, " / ".join(words))
            found.append(_understood(column, words, kind, remembered, cells))
    return found


def _words(rows: Mapping[int, Mapping[int, Cell]], number: int,
           covered: Mapping[tuple[int, int], tuple[int, int]]) -> list[str]:  # fmt: skip
    words: list[str] = []
    for row in sorted(rows):
        top, left = covered.get((row, number), (row, number))
        cell = rows.get(top, {}).get(left)
        text = " ".join(cell.text.split()) if cell is not None and cell.kind == TEXT else ""
        if text and text not in words:
            words.append(text)
    return words


def is_cross(cell: Cell) -> bool:
    """A mark in a column of crosses."""
    return cell.kind in {TEXT, NUMBER, TRUTH} and fold(cell.text) in CROSSES


def _understood(column: Column, words: list[str], kind: Kind, remembered: Mapping[str, tuple[str, str]],
                cells: list[Cell]) -> Column:  # fmt: skip
    if column.key in remembered:
        name, mark = remembered[column.key]
        return Column(column.number, column.label, name, mark)
    tried = [plain(" ".join(words)), plain(words[-1]), *(plain(word) for word in words[:-1])]
    if tried[1] in _STT:
        return Column(column.number, column.label, NOT_USED)
    crosses = bool(cells) and all(is_cross(cell) for cell in cells)
    # under «Dân tộc», «Kinh» has no cross when nobody is: the crosses are missing, not the meaning
    meant = (None if cells else _valued(words, kind)) or (None if crosses else _side_by_side(tried[0], kind))
    return Column(column.number, column.label, *(meant or _by_label(tried, words, kind, crosses)))


def _by_label(tried: list[str], words: list[str], kind: Kind, crosses: bool) -> tuple[str, str]:
    for label in tried:
        if crosses and (found := _marked(label, kind) or _valued(words, kind)):
            return found
        for each in kind.fields:
            if each.shape != MARK and label in each.synonyms:
                return each.name, ""
    return "", ""


def _marked(label: str, kind: Kind) -> tuple[str, str] | None:
    return next(((f.name, f.marks[label]) for f in kind.fields if label in f.marks), None)


def _side_by_side(label: str, kind: Kind) -> tuple[str, str] | None:
    """«Ngày sinh» over «Nam» and «Nữ»: the day of birth, and which column it stands in says one thing more."""
    above, _, below = label.rpartition(" ")
    return next(((f.name, f.splits[below]) for f in kind.fields if below in f.splits and above in f.synonyms), None)


def _valued(words: list[str], kind: Kind) -> tuple[str, str] | None:
    """Crosses below «Dân tộc»: «Thái», «Mông» …: the lower head is what the cross says."""
    if len(words) < 2:
        return None
    above, below = plain(" ".join(words[:-1])), words[-1][:40]
    found = next((f for f in kind.fields if f.shape == TEXT_FIELD and above in f.synonyms), None)
    return (found.name, below) if found else None
