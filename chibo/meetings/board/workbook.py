"""The board as a workbook: numbers as numbers, days as days, words never read as formulas."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from chibo.figures.answers import Part
from chibo.kernel.dates import show_day
from chibo.meetings.board.squares import KINDS, Board, BoardCell, BoardRow

STATES = {"on_day": "Đúng ngày", "late": "Sau ngày", "missed": "Chưa họp", "not_held": "Không họp",
          "postponed": "Đã hẹn ngày khác", "not_yet": "Chưa đến hạn", "none": ""}  # fmt: skip
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOT_SHOWN = "…"
AFTER = ["Buổi đã họp", "Buổi đến hạn", "Lượt có mặt", "Lượt phải dự", "Tỷ lệ dự", "Quý đủ chuyên đề",
         "Quý phải có chuyên đề", "Nhiệm vụ đang mở", "Nhiệm vụ quá hạn"]  # fmt: skip
EACH = ["Đơn vị", "Tháng", "Ngày", "Tình trạng", "Có mặt", "Phải dự", "Ghi chú"]
TOP = 3  # lines above the heads of columns


def workbook_of(board: Board, *, title: str, on: date, posted: bool) -> bytes:
    """Bảng tháng as .xlsx; a board to be posted has no sheet of single meetings."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "percent": book.add_format({"num_format": "0.0%"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "plain": book.add_format({}),
    }
    _board_sheet(book, styles, board, title, on)
    if not posted:
        _meetings_sheet(book, styles, board)
    book.close()
    return made.getvalue()


def _board_sheet(book: Any, styles: dict[str, Any], board: Board, title: str, on: date) -> None:
    sheet = book.add_worksheet("Bảng tháng")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"{title}: {KINDS[board.ask.kind][1].lower()} năm {board.ask.year}", styles["title"])
    tree = "từng tháng" if board.ask.as_was else "hôm nay"
    sheet.write_string(1, 0, f"Số liệu đến ngày {show_day(on)}, theo cây tổ chức của {tree}.")
    heads = ["Đơn vị", "Số đảng viên", *(f"Tháng {c.month.month}" for c in board.columns), *AFTER]
    for place, words in enumerate(heads):
        sheet.write_string(TOP, place, words, styles["head"])
    for line, row in enumerate(board.rows, TOP + 1):
        _row(sheet, styles, line, row)
    _total(sheet, styles, TOP + 1 + len(board.rows), board)
    sheet.freeze_panes(TOP + 1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(2, 1 + len(board.columns), 11)


def _row(sheet: Any, styles: dict[str, Any], line: int, row: BoardRow) -> None:
    sheet.write_string(line, 0, row.name)
    _number(sheet, line, 1, row.members, hidden="members" in row.hidden)
    for place, cell in enumerate(row.cells, 2):
        sheet.write_string(line, place, _words(cell))
    held = sum(cell.held for cell in row.cells), sum(cell.due for cell in row.cells)
    _after(sheet, styles, line, 2 + len(row.cells), held, row.attendance, row.thematic,
           (row.open, row.overdue), row.hidden)  # fmt: skip


def _total(sheet: Any, styles: dict[str, Any], line: int, board: Board) -> None:
    answers = board.answers
    sheet.write_string(line, 0, "Tất cả đơn vị", styles["head"])
    _number(sheet, line, 1, answers["members.count"].numerator, hidden="members" in board.hidden)
    for place, (_, held, due) in enumerate(board.monthly, 2):
        sheet.write_string(line, place, f"{held}/{due} buổi")
    _after(sheet, styles, line, 2 + len(board.columns), (board.held.numerator, board.held.denominator),
           board.attendance, answers["meetings.thematic"],
           (answers["tasks.open"].numerator, answers["tasks.overdue"].numerator), board.hidden)  # fmt: skip


def _after(sheet: Any, styles: dict[str, Any], line: int, start: int, held: tuple[int, int], attendance: Any,
           thematic: Part | Any, tasks: tuple[int, int], hidden: frozenset[str]) -> None:  # fmt: skip
    away = "attendance" in hidden
    _number(sheet, line, start, held[0])
    _number(sheet, line, start + 1, held[1])
    _number(sheet, line, start + 2, attendance.numerator, hidden=away)
    _number(sheet, line, start + 3, attendance.denominator, hidden=away)
    if attendance.denominator and not away:
        sheet.write_number(line, start + 4, attendance.numerator / attendance.denominator, styles["percent"])
    _number(sheet, line, start + 5, thematic.numerator)
    _number(sheet, line, start + 6, thematic.denominator)
    _number(sheet, line, start + 7, tasks[0], hidden="open" in hidden)
    _number(sheet, line, start + 8, tasks[1], hidden="overdue" in hidden)


def _number(sheet: Any, line: int, place: int, number: int, *, hidden: bool = False) -> None:
    if hidden:
        sheet.write_string(line, place, NOT_SHOWN)
    else:
        sheet.write_number(line, place, number)


def _words(cell: BoardCell) -> str:
    if not cell.meeting and cell.due:
        return f"{cell.held}/{cell.due} buổi"
    words = STATES[cell.state]
    return f"{words} {cell.day:%d/%m}" if cell.day and cell.held else words


def _meetings_sheet(book: Any, styles: dict[str, Any], board: Board) -> None:
    sheet = book.add_worksheet("Từng buổi")
    came = {row.about: row for row in board.attendance.rows}
    for place, words in enumerate(EACH):
        sheet.write_string(0, place, words, styles["head"])
    kept = {row.unit_id for row in board.rows}
    rows = [row for row in board.held.rows if row.child_id in kept]
    for line, row in enumerate(rows, 1):
        sheet.write_string(line, 0, row.unit_name)
        sheet.write_number(line, 1, row.month.month)
        sheet.write_datetime(line, 2, row.day, styles["day"])
        sheet.write_string(line, 3, STATES[row.state])
        if row.numerator:
            sheet.write_number(line, 4, came[row.about].numerator)
            sheet.write_number(line, 5, came[row.about].denominator)
        sheet.write_string(line, 6, row.note)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(2, 3, 14)
    sheet.set_column(6, 6, 40)
