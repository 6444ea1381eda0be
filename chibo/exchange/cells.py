"""What a cell says, read as its column asks; or why it cannot be read, with what to do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.exchange.columns import is_cross, plain
from chibo.exchange.kinds import CODE, DAY, PART_DAY, WORD, Field
from chibo.exchange.reading import child
from chibo.exchange.reading.legacy import looks_spoilt
from chibo.exchange.reading.workbook import Cell
from chibo.kernel.dates import parse_day
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.text import TextRefused, clean, fold

_DITTO = {"nt", "nhu tren", "như trên", '"', "''", "“", "”", "//", "-nt-", "-//-", "〃"}
_NOTHING = {"", "-", "–", "không", "khong", "x x x", "…", "..."}
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_TWO_DIGITS = re.compile(r"\s*\d{1,2}\s*[/.\- ]\s*\d{1,2}\s*[/.\- ]\s*\d{2}\s*")
_MONTH_AND_YEAR = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\s*")
_YEAR = re.compile(r"\s*(\d{4})\s*")
_BOTH_SMALL = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*\d{4}\s*")
_LATIN = re.compile("[\u0000-\u024f\u1e00-\u1eff]*")
_NUMBERS = re.compile(r"[ .\-\u00a0]")


@dataclass(frozen=True, slots=True)
class PartDay:
    """A day of which the day, or the month too, may be unknown: old files often keep only the year."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "/".join(f"{part:02d}" for part in (self.day, self.month, self.year) if part)


def read_cell(cell: Cell | None, field: Field, *, months_first: bool = False) -> Any:
    """The value of a cell for its field: text, day, code, word; None for an empty one.

    `months_first`: the column holds days written the American way, so that 03/04/2020 could be either.
    Raises Refused: cell_fault, cell_uncalculated, text_too_long, cell_odd_signs, cell_mixed_letters, cell_spoilt,
    cell_ditto and by shape cell_is_number, cell_lost_zeros, cell_unknown_word, and those of `_day`.
    """
    if cell is None:
        return None
    refuse_if(cell.kind == child.FAULT, "cell_fault", seen=cell.text)
    refuse_if(cell.kind == child.FORMULA, "cell_uncalculated")
    refuse_if(cell.kind == child.LONG, "text_too_long", most=field.most, length=cell.text)
    if field.shape in {DAY, PART_DAY}:
        return _day(cell, partly=field.shape == PART_DAY, months_first=months_first)
    if field.shape == CODE:
        _refuse_number(cell)
    refuse_if(cell.kind in {child.TRUTH, child.DAY, child.MOMENT}, "cell_not_text", seen=cell.text)
    text = _text(cell, field)
    if not text or text.lower() in _NOTHING:
        return None
    if field.shape == WORD:
        return _word(text, field)
    if field.shape == CODE:
        return _NUMBERS.sub("", text)
    return text


def _text(cell: Cell, field: Field) -> str:
    refuse_if(cell.kind == child.NUMBER and field.name in {"full_name", "name_front", "name_back"}, "cell_is_number",
              seen=cell.text)  # fmt: skip
    refuse_if(_BIDI.search(cell.text) or _CONTROL.search(cell.text), "cell_odd_signs")
    refuse_if(fold(cell.text) in _DITTO, "cell_ditto", seen=cell.text.strip())
    refuse_if(not cell.was and looks_spoilt(cell.text), "cell_spoilt")
    try:
        text = clean(cell.text, most=field.most)
    except TextRefused as refusal:
        raise Refused("text_too_long", **refusal.facts) from None
    refuse_if(_mixed(text), "cell_mixed_letters")
    return text


def _mixed(text: str) -> bool:
    """Letters that only look Latin inside a word: Cyrillic, Greek."""
    if _LATIN.fullmatch(text):
        return False
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
        if scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "FULLWIDTH"}:
            return True
    return False


def _word(text: str, field: Field) -> str:
    meant = field.words.get(plain(text))
    refuse_if(meant is None, "cell_unknown_word", seen=text[:40], words=", ".join(field.shown or _said(field)))
    return str(meant)


def _said(field: Field) -> list[str]:
    """One way to say each meaning."""
    first: dict[str, str] = {}
    for words, meant in field.words.items():
        first.setdefault(meant, words)
    return list(first.values())


def _refuse_number(cell: Cell) -> None:
    """A card or identity number kept as a number may have lost its zeros."""
    if cell.kind == child.NUMBER:
        shown = f"{float(cell.text):.2E}".replace(".", ",") if len(cell.text) > 11 else cell.text
        raise Refused("cell_lost_zeros", seen=shown)


def _day(cell: Cell, *, partly: bool, months_first: bool) -> date | PartDay | None:
    if cell.kind == child.DAY:
        return date.fromisoformat(cell.text)
    if cell.kind == child.MOMENT:
        refuse_if("-" not in cell.text, "cell_not_a_day", seen=cell.text)
        return date.fromisoformat(cell.text[:10])
    if cell.kind == child.NUMBER:
        return _day_from_number(cell.text, partly)
    refuse_if(cell.kind == child.TRUTH, "cell_not_a_day", seen=cell.text)
    return _day_from_text(cell.text, partly, months_first)


def _day_from_number(text: str, partly: bool) -> PartDay:
    whole = text.isdigit() and len(text) <= 5
    refuse_if(not whole, "cell_not_a_day", seen=text[:20])
    number = int(text)
    refuse_if(not 1900 <= number <= 2100, "cell_serial", seen=text)
    refuse_if(not partly, "cell_year_only", seen=text)
    return PartDay(number)


def _day_from_text(text: str, partly: bool, months_first: bool) -> date | PartDay | None:
    text = clean(text, most=200)
    if not text or text.lower() in _NOTHING:
        return None
    refuse_if(_TWO_DIGITS.fullmatch(text), "cell_short_year", seen=text[:20])
    if found := _YEAR.fullmatch(text):
        refuse_if(not 1900 <= int(found[1]) <= 2100, "cell_not_a_day", seen=text[:20])
        refuse_if(not partly, "cell_year_only", seen=text)
        return PartDay(int(found[1]))
    if found := _MONTH_AND_YEAR.fullmatch(text):
        refuse_if(not partly, "cell_year_only", seen=text)
        refuse_if(not 1 <= int(found[1]) <= 12, "cell_not_a_day", seen=text[:20])
        return PartDay(int(found[2]), int(found[1]))
    both = _BOTH_SMALL.fullmatch(text)
    refuse_if(months_first and both and int(both[1]) <= 12 and int(both[2]) <= 12, "cell_day_or_month", seen=text)
    return parse_day(text)


def months_first(cells: list[Cell | None]) -> bool:
    """Whether a column holds a day that can only be month/day/year."""
    for cell in cells:
        found = _BOTH_SMALL.fullmatch(cell.text) if cell is not None and cell.kind == child.TEXT else None
        if found and int(found[1]) <= 12 < int(found[2]) <= 31:
            return True
    return False


def read_crosses(crosses: list[tuple[Cell | None, str]], field: Field) -> str | None:
    """Columns of crosses: what the one that is set means. Raises Refused: cell_not_a_cross, cell_two_crosses."""
    there = [(cell, meant) for cell, meant in crosses if cell is not None and cell.text.strip()]
    for cell, _ in there:
        refuse_if(not is_cross(cell), "cell_not_a_cross", seen=cell.text[:40])
    refuse_if(len(there) > 1, "cell_two_crosses", label=field.label)
    return there[0][1] if there else None
