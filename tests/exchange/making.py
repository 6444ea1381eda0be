"""Workbooks for the tests: written here, never kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def a_list(*rows: Iterable[Any], sheet: str = "Danh sách", title: Iterable[str] = ()) -> bytes:
    """A workbook of one sheet; `title` lines stand above the rows. A tuple (text, font) is text in that font."""

    def fill(book: Any) -> None:
        page = book.add_worksheet(sheet)
        lines = [[words] for words in title] + [list(row) for row in rows]
        for number, row in enumerate(lines):
            for column, value in enumerate(row):
                _write(book, page, number, column, value)

    return a_book(fill)


def a_book(fill: Callable[[Any], None], **options: Any) -> bytes:
    """A workbook filled by a function."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {**PLAIN, "default_date_format": "dd/mm/yyyy", **options})
    fill(book)
    book.close()
    return made.getvalue()


def _write(book: Any, page: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, tuple):
        page.write_string(row, column, value[0], book.add_format({"font_name": value[1]}))
    elif value is not None:
        page.write(row, column, value)


def changed(data: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """The archive with parts put in, changed or (None) taken out."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.get(name, old.read(name))
            if callable(change):
                change = change(old.read(name))
            if change is not None:
                new.writestr(name, change)
        for name, content in parts.items():
            if name not in old.namelist() and isinstance(content, bytes):
                new.writestr(name, content)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(rows: bytes, data: bytes | None = None) -> bytes:
    """The workbook with these rows of XML in place of its own."""

    def put(part: bytes) -> bytes:
        start, end = part.index(b"<sheetData"), part.index(b"</sheetData>") if b"</sheetData>" in part else -1
        tail = part[end + len(b"</sheetData>") :] if end >= 0 else part[part.index(b"/>", start) + 2 :]
        return part[:start] + b"<sheetData>" + rows + b"</sheetData>" + tail

    return changed(data or a_list(["Họ và tên"]), {SHEET: put})
