"""A workbook on its way in: told by its bytes, opened in a child, handed on as rows of cells."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from chibo.exchange.reading.survey import column_letters
from chibo.kernel import limited
from chibo.kernel.errors import Refused, refuse_if
from chibo.ledger.attachments.marks import mark_in_name

MOST = 10 << 20  # bytes of the file
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .xls, and any workbook with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `kind` is one of the letters of `child`, `was` the text before an old encoding was read."""

    column: int
    kind: str
    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something."""

    number: int
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet."""

    name: str
    lines: list[Line]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: int = 0
    filtered: bool = False

    def covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """(row, column) inside a merged range → its first cell."""
        found = {}
        for top, left, bottom, right in self.merged:
            for row in range(top, min(bottom, top + 1_000) + 1):
                for column in range(left, min(right, left + 200) + 1):
                    found[row, column] = (top, left)
        return found


@dataclass(frozen=True, slots=True)
class Workbook:
    """What came in."""

    sheets: list[Sheet]
    others: list[str]  # sheets nobody read: hidden ones, those after the fifth
    ignored: list[str]  # links, queries, pictures: there, never opened


def place(row: int, column: int) -> str:
    """«F18»."""
    return f"{column_letters(column)}{row}"


def read_workbook(name: str, data: bytes) -> Workbook:
    """Đọc tệp Excel. `name` is looked at and forgotten.

    Raises Refused: file_empty, list_too_big, file_marked_secret, list_old_excel, list_locked, list_csv, list_kind,
    and from inside: list_broken, list_unsafe, list_macros, list_too_big_inside, list_too_far, list_too_many_rows.
    """
    refuse_if(not data, "file_empty")
    refuse_if(len(data) > MOST, "list_too_big", most=MOST >> 20)
    mark = mark_in_name(name)
    refuse_if(mark, "file_marked_secret", mark=mark)
    if data.startswith(_OLE):
        refuse_if(_LOCKED in data, "list_locked")
        refuse_if(True, "list_old_excel")
    refuse_if(not data.startswith(b"PK") and _is_text(data), "list_csv")
    refuse_if(not data.startswith(b"PK"), "list_kind")
    return _made(_asked(data))


def _is_text(data: bytes) -> bool:
    """Rows of words: CSV, or text pasted from a table; a web page or a PDF is neither."""
    head = data[:4096]
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"<", b"%", b"{"}:
        return False
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return wide or (b"\x00" not in head and any(sign in head for sign in (b",", b";", b"\t")))


def _asked(data: bytes) -> dict[str, Any]:
    """Opened in a process of its own, which cannot take this one down with it."""
    found = limited.ask("chibo.exchange.reading.child", data)
    if found is None:
        raise Refused("list_broken")
    told: dict[str, Any] = json.loads(found)
    if "why" in told:
        raise Refused(told["why"], **told["facts"])
    return told


def _made(told: dict[str, Any]) -> Workbook:
    return Workbook(
        [sheet_from(each) for each in told["sheets"]], [each["name"] for each in told["others"]], told["ignored"]
    )


def sheet_from(told: dict[str, Any]) -> Sheet:
    """A sheet as the child wrote it down."""
    lines = [Line(number, {cell[0]: Cell(*cell) for cell in cells}) for number, cells in told["rows"]]
    return Sheet(
        told["name"], lines, [(a, b, c, d) for a, b, c, d in told["merged"]], frozenset(told["hidden_rows"]),
        frozenset(told["hidden_columns"]), told["formulas"], told["filtered"],
    )  # fmt: skip


def sheet_told(sheet: Sheet) -> dict[str, Any]:
    """The same the other way round, to be kept between two steps."""
    rows = [[line.number, [[c.column, c.kind, c.text, c.was] for c in line.cells.values()]] for line in sheet.lines]
    return {
        "name": sheet.name, "rows": rows, "merged": sheet.merged, "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns), "formulas": sheet.formulas, "filtered": sheet.filtered,
    }  # fmt: skip
