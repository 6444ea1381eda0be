"""The register as a workbook: one row a limitation, days as days, words never read as formulas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from uuid import UUID

import xlsxwriter

from chibo.issues.models import Limitation, Remedy
from chibo.issues.queries import MENDING, NO_CAUSE, NO_REMEDY, OVERDUE, REMEDIED, TO_CONFIRM, Line
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEADS = ["Tổ chức", "Hạn chế", "Lĩnh vực", "Nguồn", "Phát hiện lần đầu", "Nhiệm kỳ", "Ghi vào sổ", "Tình trạng",
         "Số ngày", "Nguyên nhân", "Biện pháp", "Khép lại", "Số lần tái diễn"]  # fmt: skip
WORDS = {
    NO_CAUSE: "chưa có nguyên nhân", NO_REMEDY: "chưa có biện pháp", MENDING: "đang khắc phục", OVERDUE: "quá hạn",
    TO_CONFIRM: "chờ xác nhận", REMEDIED: "đã khép lại",
}  # fmt: skip
WIDTHS = [22, 48, 20, 20, 12, 12, 12, 16, 9, 40, 60, 12, 10]


def workbook_of(lines: Sequence[Line], *, title: str, actor: Actor, on: date) -> bytes:
    """Sổ hạn chế as .xlsx."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    days, words = (
        book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet = book.add_worksheet("Hạn chế")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"Tính đến ngày {show_day(on)}.")
    for place, name in enumerate(HEADS):
        sheet.write_string(3, place, name, head)
        sheet.set_column(place, place, WIDTHS[place])
    remedies, sources = _remedies(lines, actor), dict(Limitation.SOURCES)
    for at, line in enumerate(lines, 4):
        row = line.row
        causes = "\n".join(f"{each.side}: {each.label}" for each in line.causes)
        texts = {0: line.unit_name, 1: row.text, 2: line.area, 3: sources[row.source], 5: row.seen_term,
                 7: WORDS[line.state], 9: causes, 10: "\n".join(remedies[row.pk])}  # fmt: skip
        for place, text in texts.items():
            sheet.write_string(at, place, text, words)
        for place, day in {4: row.seen_on, 6: row.entered_on, 11: row.closed_on}.items():
            if day is not None:
                sheet.write_datetime(at, place, day, days)
        sheet.write_number(at, 8, line.days, words)
        sheet.write_number(at, 12, row.reopened, words)
    sheet.freeze_panes(4, 1)
    book.close()
    return made.getvalue()


def _remedies(lines: Sequence[Line], actor: Actor) -> dict[UUID, list[str]]:
    """Live remedies in words, by limitation; one query."""
    live = Remedy.objects.visible_to(actor).filter(withdrawn_at=None, limitation__in=[line.row.pk for line in lines])
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in live.select_related("owner").order_by("at", "pk"):
        whose = row.owner.full_name if row.owner else row.get_side_display()
        state = f"xác nhận {show_day(row.confirmed_on)}" if row.confirmed_on else f"hạn {show_day(row.due)}"
        found[row.limitation_id].append(f"{row.text} ({whose}, {state})")
    return found
