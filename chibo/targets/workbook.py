"""The board as a workbook: one row a target, numbers as numbers, days as days."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import xlsxwriter

from chibo.kernel.dates import show_day
from chibo.targets.board import Board, of_all
from chibo.targets.measures import AT, rounded
from chibo.targets.standing import WORDS

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEADS = ["Chỉ tiêu", "Tổ chức", "Văn bản giao", "Phụ trách", "Quan trọng", "Mức", "Số phải đạt", "Đơn vị tính",
         "Từ ngày", "Hạn", "Đã được", "Tử số", "Mẫu số", "Dự báo", "Tình trạng", "Ghi chú"]  # fmt: skip
WIDTHS = [36, 20, 32, 20, 10, 10, 11, 11, 11, 11, 11, 9, 9, 11, 14, 26]


def workbook_of(board: Board, *, title: str, on: date) -> bytes:
    """Bảng chỉ tiêu as .xlsx, in the order of the page."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    days = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    sheet = book.add_worksheet("Chỉ tiêu")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    failed = f"{of_all(board.failed, board.total)} chỉ tiêu không đạt hoặc đạt thấp"
    sheet.write_string(1, 0, f"Tính đến ngày {show_day(on)}. {failed}.")
    for place, name in enumerate(HEADS):
        sheet.write_string(3, place, name, head)
        sheet.set_column(place, place, WIDTHS[place])
    for at, each in enumerate(board.rows, 4):
        row, said, value = each.row, each.valued.said, each.valued.value
        ahead = each.valued.standing.ahead
        texts = {0: row.name, 1: each.unit_name, 2: row.source, 3: each.owner, 4: "có" if said.key else "",
                 5: AT[said.comparison], 7: row.measure, 14: WORDS[each.valued.state], 15: each.hint}  # fmt: skip
        for place, text in texts.items():
            sheet.write_string(at, place, text, words)
        numbers = {6: said.value, 10: rounded(value.exact, row.kind) if value.exact is not None else None,
                   11: value.numerator, 12: value.denominator,
                   13: rounded(ahead, row.kind) if ahead is not None else None}  # fmt: skip
        for place, number in numbers.items():
            if number is not None:
                sheet.write_number(at, place, float(number), words)
        sheet.write_datetime(at, 8, row.first, days)
        sheet.write_datetime(at, 9, said.last, days)
    sheet.freeze_panes(4, 1)
    book.close()
    return made.getvalue()
