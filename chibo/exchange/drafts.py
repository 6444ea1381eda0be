"""Lines of a list, read: what each says, what cannot be read in it, which lines are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from chibo.exchange.cells import months_first, read_cell, read_crosses
from chibo.exchange.columns import Column, Heading
from chibo.exchange.kinds import DAY, PART_DAY, Field, Kind
from chibo.exchange.reading.workbook import Cell, Line, Sheet, place
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.text import cut, fold

_SUM = re.compile(r"(tong cong|tong so|cong)\b")
_TAIL = re.compile(r"(nguoi lap|lap bieu|noi nhan|t/?m\b|tm\.|xac nhan|thu truong|ngay\s+[\d.…]*\s*thang)")
_NUMBERING = re.compile(r"\W*(?:[ivxlc]{1,6}|[a-z]|\d[\d.]*)?\W*")
_FRONT = re.compile(r"^(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2})\s*[.)/:–-]\s*", re.IGNORECASE)
_COUNT = re.compile(r"\s*[:(–-]\s*\d+\s*(?:đảng viên|đồng chí|đ/c|người)?\s*\)?\s*$", re.IGNORECASE)
_UNIT = re.compile(r"(?:chi bo|dang bo)\b")
_WITHIN = re.compile(r"(?:dang vien|chinh thuc|du bi|mien)\b")  # a part of the unit's own lines
SHOWN = 60  # letters of a value somebody typed


class Verdict(StrEnum):
    """What would become of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a line out: the column and cell where there is one, what stands there, and why."""

    refusal: Refused
    label: str = ""
    cell: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field: as the book has it, as the file has it."""

    label: str
    old: str
    new: str
    of: str = ""  # name of the field, where two sides can be told apart


@dataclass(slots=True)
class Draft:
    """One line of the list."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)  # name of a field → value; absent when the cell is empty
    cells: dict[str, str] = field(default_factory=dict)  # name of a field → «F18»
    problems: list[Problem] = field(default_factory=list)
    verdict: Verdict = Verdict.SAME
    title: str = ""  # whom or what the line is about
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    does: list[str] = field(default_factory=list)  # of an act: what it would do, with counts, as sentences
    remarks: list[Refused] = field(default_factory=list)  # what rules say against it without refusing

    def seen(self, name: str) -> str:
        """What stands in a cell that could not be read."""
        return next((p.seen for p in self.problems if p.cell and p.cell == self.cells.get(name)), "")

    def refuse(self, refusal: Refused, of: Field | None = None) -> None:
        """Keep the line out."""
        seen = _shown(self.values.get(of.name)) if of is not None else ""
        label, cell = (of.label, self.cells.get(of.name, "")) if of is not None else ("", "")
        self.problems.append(Problem(refusal, label, cell, seen))
        self.verdict = Verdict.REFUSED


@dataclass(frozen=True, slots=True)
class Read:
    """All lines of a list, and those that are none."""

    drafts: list[Draft]
    skipped: int  # titles of groups, sums, signatures
    hidden: int  # lines that are hidden in the file
    converted: int  # cells typed in an old encoding


def _shown(value: Any) -> str:
    return cut(str(value), SHOWN) if value is not None else ""


def read_lines(heading: Heading, kind: Kind, *, hidden_too: bool = True) -> Read:
    """Read every line below the heads."""
    reading = _Reading(heading, kind, hidden_too)
    drafts = list(reading.drafts())
    return Read(drafts, reading.skipped, reading.hidden, reading.converted)


class _Reading:
    def __init__(self, heading: Heading, kind: Kind, hidden_too: bool) -> None:
        self.kind, self.sheet, self.hidden_too = kind, heading.sheet, hidden_too
        self.lines = heading.lines()
        known = {f.name for f in kind.fields}
        self.columns = [c for c in heading.columns if c.field in known]
        self.by_field: dict[str, list[Column]] = {}
        for column in self.columns:
            self.by_field.setdefault(column.field, []).append(column)
        self.american = {c.number for c in self.columns if self._american(c)}
        self.titles = {top for top, left, _, right in heading.sheet.merged if right > left}  # lines of merged cells
        self.merged = _merged_rows(heading.sheet, heading.row)
        self.grouped = "unit" in known
        self.group: tuple[str, str] | None = None  # the unit in the title above, and its cell
        self.told: dict[str, str] = {}  # of the line in hand: field → what the place of another value says of it
        self.skipped = self.hidden = self.converted = 0

    def _american(self, column: Column) -> bool:
        dated = self.kind.field(column.field).shape in {DAY, PART_DAY}
        return dated and months_first([line.cells.get(column.number) for line in self.lines])

    def drafts(self) -> Iterator[Draft]:
        for place_, line in enumerate(self.lines):
            words = _first_words(line)
            if self.grouped and self._group(line):
                self.skipped += 1
                continue
            if _TAIL.match(words) and not self._has_name(line, allow_tail=False):
                self.skipped += len(self.lines) - place_
                return
            if self._is_none(line, words):
                self.skipped += 1
                continue
            if line.number in self.sheet.hidden_rows:
                self.hidden += 1
                if not self.hidden_too:
                    continue
            yield self._draft(line)

    def _has_name(self, line: Line, *, allow_tail: bool = True) -> bool:
        names = [c.number for c in self.columns if c.field in {"full_name", "name_back", "name", "act"}]
        cells = [line.cells[n] for n in names if n in line.cells]
        title = len(line.cells) == 1 and line.number in self.titles
        return any(allow_tail or not _TAIL.match(fold(cell.text)) for cell in cells) and not title

    def _is_none(self, line: Line, words: str) -> bool:
        """A line of numbers under the heads, a title of a group, a sum."""
        texts = [re.sub(r"[()\s]", "", cell.text) for cell in line.cells.values()]
        if len(texts) > 1 and all(text.isdigit() and len(text) <= 2 for text in texts):
            return _rising([int(text) for text in texts])
        if _SUM.match(words):
            return True
        there = sum(1 for c in self.columns if c.number in line.cells)
        return not self._has_name(line) and there <= 1

    def _draft(self, line: Line) -> Draft:
        draft = Draft(line.number)
        self.told = {}
        for name, columns in self.by_field.items():
            of = self.kind.field(name)
            self._fill(draft, line, of, columns)
        self._told(draft)
        if self.group and not line.cells.keys() & {c.number for c in self.by_field.get("unit", [])}:
            draft.values["unit"], draft.cells["unit"] = self.group
        if line.number in self.merged:
            draft.refuse(Refused("line_merged"))
        return draft

    def _fill(self, draft: Draft, line: Line, of: Field, columns: list[Column]) -> None:
        cells = [line.cells.get(column.number) for column in columns]
        self.converted += sum(1 for cell in cells if cell is not None and cell.was)
        there = next((column for column, cell in zip(columns, cells, strict=True) if cell is not None), columns[0])
        draft.cells[of.name] = place(line.number, there.number)
        try:
            if of.splits and columns[0].mark:
                value = self._side_by_side(draft, of, columns, cells)
            elif columns[0].mark:
                value = read_crosses(list(zip(cells, [c.mark for c in columns], strict=True)), of)
            else:
                value = read_cell(cells[0], of, months_first=columns[0].number in self.american)
        except Refused as refusal:
            seen = next((cell for cell in cells if cell is not None), None)
            draft.problems.append(Problem(refusal, of.label, draft.cells[of.name], _seen(seen)))
            draft.verdict = Verdict.REFUSED
            return
        if value is not None:
            draft.values[of.name] = value

    def _side_by_side(self, draft: Draft, of: Field, columns: list[Column], cells: list[Cell | None]) -> Any:
        """The value of the one column that is filled; which one it is goes into the field it tells."""
        there = [(c, cell) for c, cell in zip(columns, cells, strict=True) if cell is not None and cell.text.strip()]
        refuse_if(len(there) > 1, "cell_in_both", label=of.label)
        if not there:
            return None
        column, cell = there[0]
        value = read_cell(cell, of, months_first=column.number in self.american)
        if value is not None:
            self.told[of.tells] = column.mark
            draft.cells.setdefault(of.tells, place(draft.number, column.number))
        return value

    def _told(self, draft: Draft) -> None:
        """What the place of a value says, where the line does not say it itself."""
        for name, said in self.told.items():
            if draft.values.setdefault(name, said) != said:
                draft.refuse(Refused("cell_says_other"), self.kind.field(name))

    def _group(self, line: Line) -> bool:
        """«II. Chi bộ bản Nà Lốc» on a line of its own: the lines below are of that unit, until the next one."""
        words = [cell for cell in line.cells.values() if not _NUMBERING.fullmatch(fold(cell.text))]
        if len(words) != 1 or _SUM.match(fold(words[0].text)):
            return False
        title = _COUNT.sub("", _FRONT.sub("", words[0].text.strip())).strip()
        if _UNIT.match(fold(title)):
            self.group = cut(title, SHOWN * 2), place(line.number, words[0].column)
            return True
        if _WITHIN.match(fold(title)):
            return True
        if not any(cell.text.strip().isdigit() for cell in line.cells.values()):
            self.group = None  # somebody else's lines begin
        return False


def _seen(cell: Cell | None) -> str:
    return cut(cell.was or cell.text, SHOWN) if cell is not None else ""


def _first_words(line: Line) -> str:
    """The first cell that holds words."""
    texts = (fold(cell.text) for cell in line.cells.values())
    return next((text for text in texts if any(letter.isalpha() for letter in text)), "")


def _rising(numbers: list[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(numbers))


def _merged_rows(sheet: Sheet, heading_row: int) -> set[int]:
    """Lines of which a cell is merged with one of another line: what it says of each is anybody's guess."""
    rows: set[int] = set()
    for top, _, bottom, _ in sheet.merged:
        if bottom > top and bottom > heading_row:
            rows.update(range(max(top, heading_row + 1), min(bottom, top + 20_000) + 1))
    return rows


def counted(drafts: Iterable[Draft]) -> dict[str, int]:
    """How many of each verdict."""
    found = dict.fromkeys(map(str, Verdict), 0)
    for draft in drafts:
        found[draft.verdict] += 1
    return found


def told(draft: Draft) -> dict[str, Any]:
    """A line with what was said of it, to be kept for the answer."""
    problems = [[p.refusal.code, _plain(p.refusal.facts), p.label, p.cell, p.seen] for p in draft.problems]
    changes = [[change.label, change.old, change.new, change.of] for change in draft.changes]
    return {"number": draft.number, "verdict": str(draft.verdict), "title": draft.title, "changes": changes,
            "problems": problems, "notes": draft.notes, "does": draft.does,
            "remarks": [[each.code, _plain(each.facts)] for each in draft.remarks]}  # fmt: skip


def from_told(kept: dict[str, Any]) -> Draft:
    """The same the other way round."""
    problems = [Problem(Refused(code, **facts), *rest) for code, facts, *rest in kept["problems"]]
    changes = [Change(*change) for change in kept["changes"]]
    remarks = [Refused(code, **facts) for code, facts in kept.get("remarks", ())]
    return Draft(kept["number"], problems=problems, verdict=Verdict(kept["verdict"]), title=kept["title"],
                 changes=changes, notes=kept["notes"], does=kept.get("does", []), remarks=remarks)  # fmt: skip


def _plain(facts: dict[str, object]) -> dict[str, str]:
    return {name: show_day(value) if isinstance(value, date) else str(value) for name, value in facts.items()}
