"""The process that opens a workbook: little memory, little time, no secrets around it. Bytes in, plain cells out."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from chibo.exchange.reading.archive import Unfit, ignored_in, parts_of
from chibo.exchange.reading.legacy import encoding_of, from_legacy
from chibo.exchange.reading.survey import MOST_ROWS, Survey, survey
from chibo.kernel.limited import MEMORY, hold_back

MOST_SHEETS, LONGEST = 5, 2_000  # sheets read; letters of a cell handed on

# A cell: [column, what it is, its text, what was typed before an old encoding was read]
TEXT, NUMBER, DAY, MOMENT, TRUTH, FAULT, FORMULA, LONG = "t", "n", "d", "m", "b", "e", "f", "l"


def main() -> None:
    hold_back()
    sys.stdout.buffer.write(json.dumps(answer(sys.stdin.buffer.read())).encode())


def answer(data: bytes) -> dict[str, Any]:
    """{"why": code, …} when refused, else {"sheets": …, "others": …, "ignored": …}."""
    try:
        return _read(data)
    except Unfit as unfit:
        return {"why": unfit.code, "facts": unfit.facts}
    except MemoryError:
        return {"why": "list_too_big_inside", "facts": {"most": MEMORY >> 20}}


def _read(data: bytes) -> dict[str, Any]:
    from openpyxl import load_workbook

    parts = parts_of(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, rich_text=True, keep_links=False)
        sheets: list[dict[str, Any]] = []
        others: list[dict[str, str]] = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible" or len(sheets) == MOST_SHEETS:
                others.append({"name": sheet.title, "state": sheet.sheet_state})
                continue
            sheets.append(_sheet(sheet, survey(parts[sheet._worksheet_path])))
    except (Unfit, MemoryError):
        raise
    except Exception:  # whatever openpyxl stumbles over, the file is not whole
        raise Unfit("list_broken") from None
    if sum(len(sheet["rows"]) for sheet in sheets) > MOST_ROWS:
        raise Unfit("list_too_many_rows", most=MOST_ROWS)
    return {"sheets": sheets, "others": others, "ignored": ignored_in(_names(data))}


def _names(data: bytes) -> list[str]:
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


def _sheet(sheet: Any, seen: Survey) -> dict[str, Any]:
    if seen.rows > MOST_ROWS:
        raise Unfit("list_too_many_rows", most=MOST_ROWS)
    fonts: dict[int, str] = {}
    rows = []
    if seen.rows:
        sheet.reset_dimensions()
        bounds = {"max_row": seen.last_row, "max_col": seen.last_column}
        for number, row in enumerate(sheet.iter_rows(min_row=1, **bounds), 1):
            cells = [made for place, cell in enumerate(row, 1) if (made := _cell(cell, number, place, seen, fonts))]
            if cells:
                rows.append([number, cells])
    return {
        "name": sheet.title, "rows": rows, "merged": seen.merged, "formulas": seen.formulas,
        "hidden_rows": sorted(seen.hidden_rows), "hidden_columns": sorted(seen.hidden_columns),
        "filtered": seen.filtered,
    }  # fmt: skip


def _cell(cell: Any, row: int, column: int, seen: Survey, fonts: dict[int, str]) -> list[Any] | None:
    if (row, column) in seen.uncalculated:
        return [column, FORMULA, "", ""]
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        return [column, FAULT, str(value)[:20], ""]
    if isinstance(value, bool):
        return [column, TRUTH, "1" if value else "0", ""]
    if isinstance(value, int | float):
        return [column, NUMBER, _plain(value), ""]
    if isinstance(value, datetime | date | time):
        return _moment(column, value)
    return _text(column, value, _font(cell, fonts))


def _plain(number: float) -> str:
    """As Excel keeps it, without the «.0» of a whole number."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)


def _moment(column: int, value: Any) -> list[Any]:
    if isinstance(value, datetime):
        whole = value.time() == time(0)
        return [column, DAY, value.date().isoformat(), ""] if whole else [column, MOMENT, value.isoformat(), ""]
    return [column, DAY if isinstance(value, date) else MOMENT, value.isoformat(), ""]


def _font(cell: Any, fonts: dict[int, str]) -> str:
    """The name of the cell's font, found once for each style."""
    style = getattr(cell, "_style_id", None)
    if style is None:
        return ""
    if style not in fonts:
        fonts[style] = cell.font.name or ""
    return fonts[style]


def _text(column: int, value: Any, font: str) -> list[Any] | None:
    runs = _runs(value, font)
    if sum(len(text) for text, _ in runs) > LONGEST:
        return [column, LONG, str(sum(len(text) for text, _ in runs)), ""]
    typed = "".join(text for text, _ in runs)
    if not typed.strip():
        return None
    legacy = any(encoding_of(name) for _, name in runs)
    return [column, TEXT, "".join(from_legacy(*run) for run in runs), typed if legacy else ""]


def _runs(value: Any, font: str) -> list[tuple[str, str]]:
    """Pieces of a text, each with its own font where one is named."""
    if isinstance(value, str):
        return [(value, font)]
    found = []
    for piece in value:
        named = getattr(getattr(piece, "font", None), "rFont", None)
        found.append((str(getattr(piece, "text", piece)), named or font))
    return found


if __name__ == "__main__":
    main()
