"""Give the form of members who came and left out as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db import transaction

from chibo.figures.answers import Question, Tree
from chibo.kernel.actor import Power
from chibo.kernel.dates import show_day
from chibo.ledger.operations import record
from chibo.membership.models import Person
from chibo.membership.movement import IN, OUT, WAYS_IN, WAYS_OUT, Movement
from chibo.organisation.queries import placement_on

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TREES = {Tree.AS_WAS: "cây tổ chức của từng ngày", Tree.RESTATED: "cây tổ chức của hôm nay"}


@transaction.atomic
def give_movement(question: Question, form: Movement, people: Mapping[UUID, Person], cells: Mapping[int, str]) -> bytes:
    """Tải biểu tăng, giảm đảng viên: what was shown, one line in the ledger. Raises NoPower."""
    question.by.must(Power.READ, question.unit.scope_path)
    record(question.by, "movement.given_out", on=question.on, unit_id=question.unit.pk, touched=[question.unit])
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    _form_sheet(book, bold, question, form)
    _people_sheet(book, bold, form, people, cells)
    book.close()
    return made.getvalue()


def _form_sheet(book: Any, bold: Any, question: Question, form: Movement) -> None:
    sheet = book.add_worksheet("Biểu tăng, giảm")
    sheet.set_paper(9)  # A4
    sheet.set_column(0, 0, 52)
    placement = placement_on(question.unit.pk, question.on)
    sheet.write_string(0, 0, f"Tăng, giảm đảng viên: {placement.name if placement else ''}", bold)
    span = f"Từ {show_day(question.period.first)} đến {show_day(form.last)}, theo {TREES[question.tree]}."
    sheet.write_string(1, 0, span)
    rows: list[tuple[str, int, bool]] = [(f"Có đến hết ngày {show_day(form.before)}", form.start, True)]
    for title, side, steps in (("Tăng", IN, form.came), ("Giảm", OUT, form.left)):
        rows.append((title, len(steps), True))
        rows += [(f"    {words}", number, False) for _, words, number in form.lines(side)]
    rows.append((f"Có đến hết ngày {show_day(form.last)}", form.end, True))
    if form.break_:
        rows.append(("Lệch, cần xem lại sổ", form.break_, True))
    for line, (words, number, strong) in enumerate(rows, 3):
        sheet.write_string(line, 0, words, bold if strong else None)
        sheet.write_number(line, 1, number, bold if strong else None)


def _people_sheet(
    book: Any, bold: Any, form: Movement, people: Mapping[UUID, Person], cells: Mapping[int, str]
) -> None:
    sheet = book.add_worksheet("Từng người")
    for column, words in enumerate(["Tăng, giảm", "Hình thức", "Ngày", "Họ và tên", "Chi bộ", "Văn bản"]):
        sheet.write_string(0, column, words, bold)
        sheet.set_column(column, column, 24)
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    line = 0
    for title, ways, steps in (("Tăng", dict(WAYS_IN), form.came), ("Giảm", dict(WAYS_OUT), form.left)):
        for step in steps:
            line += 1
            who = people.get(step.person_id)
            named = who.full_name if who else "Nay hồ sơ ở nơi khác"
            for column, words in ((0, title), (1, ways.get(step.way, step.way)), (3, named),
                                  (4, cells.get(step.unit_id, "")), (5, step.decision)):  # fmt: skip
                sheet.write_string(line, column, words)
            sheet.write_datetime(line, 2, step.day, day)
