"""The answer: the list as it came, with what became of each line in one more column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from chibo.exchange.drafts import Draft, Problem, Verdict
from chibo.exchange.reading import child
from chibo.exchange.reading.workbook import Cell, Sheet
from chibo.kernel.errors import Refused

HEAD = "Trả lời của Chibo"
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WORDS = {
    Verdict.NEW: ("Mới", "Mới, đã ghi"), Verdict.CHANGED: ("Có đổi", "Có đổi, đã ghi"),
    Verdict.SAME: ("Không đổi", "Không đổi"), Verdict.REFUSED: ("Từ chối", "Từ chối"),
}  # fmt: skip
_ACTED = {**_WORDS, Verdict.NEW: ("Sẽ ghi", "Đã ghi")}  # a line that is an act
NOTES = {
    "capitals": "Tên viết hoa đã đổi thành chữ thường có hoa đầu.",
    "book_younger": "Ngày trong tệp sớm hơn ngày sổ bắt đầu có tổ chức ấy hoặc cấp trên: ghi từ ngày sổ bắt đầu.",
    "erased": "Có ô đã xóa theo yêu cầu của đảng viên, không ghi lại.",
}
Say = Callable[[Refused], str]


def problem_words(problem: Problem, say: Say) -> str:
    """«Ô F18, cột «Số thẻ»: «1,40E+10». Excel giữ ô này là số …»"""
    where = f"Ô {problem.cell}, cột «{problem.label}»: " if problem.cell else ""
    words = say(problem.refusal)
    seen = f"«{problem.seen}». " if problem.seen and problem.seen not in words else ""
    return f"{where}{seen}{words}"


def remark(draft: Draft, say: Say, *, written: bool) -> str:
    """What became of a line, in words."""
    parts = [(_ACTED if draft.does else _WORDS)[draft.verdict][written]]
    if draft.problems:
        parts += [problem_words(problem, say) for problem in draft.problems]
    elif draft.verdict is Verdict.CHANGED:
        parts += [f"{c.label}: {c.old or '(trống)'} → {c.new}" for c in draft.changes]
    parts += [*draft.does, *(f"Lưu ý: {say(each)}" for each in draft.remarks)] if not draft.problems else []
    parts += [NOTES[note] for note in draft.notes if not draft.problems]
    return ". ".join(part.rstrip(".") for part in parts) + "."


Part = tuple[Sheet, int, Iterable[Draft]]  # a sheet, the line of its heads, what became of each line


def answer_workbook(parts: Iterable[Part], say: Say, *, written: bool) -> bytes:
    """The same cells in the same places, as plain values; the answer stands behind the last column."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    styles = {
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "head": book.add_format({"bold": True, "text_wrap": True}),
        "refused": book.add_format({"bg_color": "#fbe4e1", "text_wrap": True, "valign": "top"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }  # fmt: skip
    for sheet, heading_row, drafts in parts:
        page = book.add_worksheet(sheet.name[:31])
        _answered(page, sheet, heading_row, [(d, remark(d, say, written=written)) for d in drafts], styles)
    book.close()
    return made.getvalue()


def _answered(
    page: Any, sheet: Sheet, heading_row: int, lines: Iterable[tuple[Draft, str]], styles: dict[str, Any]
) -> None:
    last = max((column for line in sheet.lines for column in line.cells), default=0)
    for line in sheet.lines:
        for cell in line.cells.values():
            _write(page, line.number - 1, cell, styles)
    page.write_string(heading_row - 1, last, HEAD, styles["head"])
    for draft, words in lines:
        page.write_string(draft.number - 1, last, words, styles["refused" if draft.problems else "plain"])
    page.set_column(0, max(last - 1, 0), 16)
    page.set_column(last, last, 70)
    page.freeze_panes(heading_row, 0)


def _write(page: Any, row: int, cell: Cell, styles: dict[str, Any]) -> None:
    if cell.kind == child.NUMBER:
        page.write_number(row, cell.column - 1, float(cell.text))
    elif cell.kind == child.DAY:
        page.write_datetime(row, cell.column - 1, date.fromisoformat(cell.text), styles["day"])
    else:
        page.write_string(row, cell.column - 1, cell.text)
