"""The study of documents as a workbook: one row a unit and document, days as days, words never read as formulas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

import xlsxwriter

from chibo.directives.studying import WORDS, Studied
from chibo.kernel.dates import show_day

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEADS = ["Văn bản", "Trích yếu", "Tổ chức", "Ngày văn bản", "Ngày giao", "Hạn học", "Ngày nhận", "Ngày học",
         "Tình trạng", "Số ngày muộn", "Lượt dự", "Phải dự"]  # fmt: skip


def workbook_of(found: Iterable[Studied], *, title: str, on: date) -> bytes:
    """Bảng học tập, quán triệt as .xlsx."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Học tập")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"Số liệu đến ngày {show_day(on)}.")
    for place, words in enumerate(HEADS):
        sheet.write_string(3, place, words, head)
    lines = ((each, row) for each in found for row in each.rows)
    for line, (each, row) in enumerate(lines, 4):
        sent = row.delivery
        receipt = getattr(sent, "receipt", None)
        for place, text in enumerate([each.title, each.about, row.name]):
            sheet.write_string(line, place, text)
        for place, day in enumerate(
            [sent.issued_on, sent.asked_on, sent.due_on, receipt.on if receipt else None, sent.studied_on], 3
        ):
            if day is not None:
                sheet.write_datetime(line, place, day, days)
        sheet.write_string(line, 8, WORDS[row.state])
        for place, number in enumerate([row.days_late, row.attended, sent.expected or 0], 9):
            sheet.write_number(line, place, number)
    sheet.freeze_panes(4, 1)
    sheet.set_column(0, 1, 40)
    sheet.set_column(2, 2, 24)
    sheet.set_column(3, 8, 12)
    book.close()
    return made.getvalue()
