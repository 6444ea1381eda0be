"""Sheets of figures as a workbook: the form to be filled in, and all numbers of a period.

The form to fill in has a row of codes by which `exchange` knows again what each row and column is; whatever else is
moved, hidden or added beside is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import F

from chibo.figures.answers import Kind
from chibo.kernel.dates import show_day
from chibo.returns.boxes import field_of
from chibo.returns.content import EDITABLE, parts_of
from chibo.returns.models import Entry, Form, Line, LineCheck, Sheet, Value
from chibo.returns.owing import Square
from chibo.returns.periods import label_of, slug_of
from chibo.returns.summing import Table

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
UNIT, VERSION, NAME = "ma", "ban", "don_vi"  # codes of the first three columns
FORM, PERIOD = "bieu", "ky"  # before the codes: which form, which period
HEAD = 3  # the row of codes, counted from nothing
LOCKED_NOTE = {Sheet.HANDED_IN: "đã nộp, chờ kiểm", Sheet.ACCEPTED: "đã chốt"}


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a unit's sheet, and how often it was written in."""

    texts: Mapping[str, str]
    version: int
    state: str


def written_in(form: Form, first: date, units: Sequence[int]) -> dict[int, Written]:
    """By unit: what was typed, else what stays from before; three queries."""
    sheets = {row.unit_id: row for row in Sheet.objects.filter(form=form, first=first, unit__in=units)}
    texts: dict[int, dict[str, str]] = {unit: {} for unit in units}
    versions = dict.fromkeys(units, 0)
    for unit, field, value in _kept(form, first, units):
        texts[unit][field] = value
    entries = Entry.objects.filter(sheet__in=[row.pk for row in sheets.values()]).order_by("version")
    for unit, field, value in entries.values_list("sheet__unit", "field", "value"):
        texts[unit][field], versions[unit] = value, versions[unit] + 1
    return {unit: Written(texts[unit], versions[unit], sheets[unit].state if unit in sheets else "") for unit in units}


def _kept(form: Form, first: date, units: Sequence[int]) -> list[tuple[int, str, str]]:
    """What was last accepted of lines that stay."""
    rows = (
        Value.objects.filter(line__form=form, line__adds=Line.LAST, unit__in=units, first__lt=first)
        .filter(sheet__accepted=F("step"))
        .order_by("unit", "line", "-first")
        .distinct("unit", "line")
        .select_related("line")
    )
    return [(row.unit_id, field_of(row.line), _plain(row.value, row.line.decimals)) for row in rows]


def _plain(value: Decimal, decimals: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-decimals)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be filled in."""

    field: str
    code: str
    head: str
    part: Line | LineCheck


def columns_of(form: Form, first: date) -> list[Column]:
    """Figures in the order of the form, then a column for the reason of each check that only warns."""
    lines, checks = parts_of(form, first)
    names = {line.pk: line.name for line in lines}
    typed = [line for line in lines if line.adds != Line.RATIO]
    return [
        *(Column(field_of(line), line.code, f"{line.name} ({line.measure})", line) for line in typed),
        *(Column(field_of(check), field_of(check), f"Giải thích: {names.get(check.left[0], '')}", check)
          for check in checks if not check.grave),
    ]  # fmt: skip


def form_to_fill(form: Form, first: date, squares: Sequence[Square], *, title: str) -> bytes:
    """Biểu để điền: one row a unit; what was typed so far stands in it."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    sheet = book.add_worksheet("Phiếu")
    styles = _styles(book)
    columns = columns_of(form, first)
    _heads(sheet, styles, form, first, columns, title)
    kept = written_in(form, first, [each.owner.unit_id for each in squares])
    for at, each in enumerate(squares, HEAD + 2):
        row = kept[each.owner.unit_id]
        closed = row.state not in EDITABLE and row.state != ""
        sheet.write_number(at, 0, each.owner.unit_id, styles["small"])
        sheet.write_number(at, 1, row.version, styles["small"])
        note = f" ({LOCKED_NOTE[row.state]})" if closed else ""
        sheet.write_string(at, 2, each.owner.name + note, styles["words"])
        for place, column in enumerate(columns, 3):
            _cell(sheet, at, place, column, row.texts.get(column.field, ""), styles["shut" if closed else "open"])
    _measures(sheet, columns, len(squares))
    book.close()
    return made.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    thin = {"border": 1, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "small": book.add_format({"font_color": "#8a8577", "font_size": 8}),
        "head": book.add_format({"bold": True, "text_wrap": True, **thin}),
        "words": book.add_format({"text_wrap": True, **thin}),
        "open": book.add_format({**thin, "num_format": "#,##0.###", "bg_color": "#fffbe9"}),
        "shut": book.add_format({**thin, "num_format": "#,##0.###", "bg_color": "#eeeae0"}),
        "sum": book.add_format({**thin, "bold": True, "num_format": "#,##0.###"}),
        "share": book.add_format({**thin, "num_format": "0.0%"}),
    }


def _heads(sheet: Any, styles: dict[str, Any], form: Form, first: date, columns: Sequence[Column], title: str) -> None:
    sheet.write_string(0, 0, f"{form.name}, {label_of(form.every, first)}. {title}", styles["title"])
    told = "Gõ số vào ô vàng, lưu .xlsx rồi tải lên ở trang Phiếu số liệu. Không sửa dòng 3, dòng 4 và hai cột đầu."
    sheet.write_string(1, 0, told)
    for at, text in enumerate((FORM, str(form.pk), PERIOD, slug_of(first))):
        sheet.write_string(2, at, text, styles["small"])
    for at, text in enumerate((UNIT, VERSION, NAME, *(column.code for column in columns))):
        sheet.write_string(HEAD, at, text, styles["small"])
    for at, text in enumerate(("Mã", "Bản", "Đơn vị", *(column.head for column in columns))):
        sheet.write_string(HEAD + 1, at, text, styles["head"])


def _cell(sheet: Any, row: int, at: int, column: Column, text: str, style: Any) -> None:
    if text and isinstance(column.part, Line):
        sheet.write_number(row, at, float(text), style)
    elif text:
        sheet.write_string(row, at, text, style)
    else:
        sheet.write_blank(row, at, None, style)


def _measures(sheet: Any, columns: Sequence[Column], many: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 1, 5)
    sheet.set_column(2, 2, 28)
    sheet.set_column(3, 2 + len(columns), 14)
    sheet.set_row(HEAD, 11)
    sheet.freeze_panes(HEAD + 2, 3)
    for at, column in enumerate(columns, 3):
        if many and isinstance(column.part, Line):
            told = "Gõ một số không âm. Không có thì ghi 0."
            sheet.data_validation(HEAD + 2, at, HEAD + 1 + many, at, {
                "validate": "decimal", "criteria": ">=", "value": 0, "error_title": "Số liệu", "error_message": told,
            })  # fmt: skip


def numbers_of_period(form: Form, first: date, table: Table, *, title: str, on: date) -> bytes:
    """Tổng hợp một kỳ: units × lines as the page shows them, sums below."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    sheet = book.add_worksheet("Tổng hợp")
    styles = _styles(book)
    sheet.write_string(0, 0, f"{form.name}, {label_of(form.every, first)}. {title}", styles["title"])
    sheet.write_string(1, 0, f"Chỉ tính phiếu đã chốt, đến ngày {show_day(on)}.")
    heads = ["Đơn vị", *(f"{line.name} ({line.measure})" for line in table.lines), "Phiếu"]
    for at, text in enumerate(heads):
        sheet.write_string(3, at, text, styles["head"])
    for at, row in enumerate(table.rows, 4):
        sheet.write_string(at, 0, row.name, styles["words"])
        for place, (answer, _) in enumerate(table.sums, 1):
            _number(sheet, at, place, row.exact[place - 1], answer.figure.kind, styles, "words")
        sheet.write_string(at, len(heads) - 1, f"{row.cell.handed}/{len(row.cell.squares)} đã nộp", styles["words"])
    last = 4 + len(table.rows)
    sheet.write_string(last, 0, "Tất cả", styles["sum"])
    for place, (answer, words) in enumerate(table.sums, 1):
        _number(sheet, last, place, answer.value if words else None, answer.figure.kind, styles, "sum")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(heads), 15)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 1)
    book.close()
    return made.getvalue()


def _number(sheet: Any, row: int, at: int, value: Any, kind: Kind, styles: dict[str, Any], plain: str) -> None:
    if value is None:
        sheet.write_blank(row, at, None, styles[plain])
        return
    style = styles["share"] if kind is Kind.RATIO else styles["sum" if plain == "sum" else "open"]
    sheet.write_number(row, at, float(value), style)
