"""The parts every paper is put together from, called from the top of the first page to the foot of the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chibo.reports.paper.layouts import Layout
from chibo.reports.paper.wordfile import CENTER, LEFT, blank_document, safe, to_bytes
from chibo.reports.paper.writing import ROMAN, long_day

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its width, and whether its cells stand in the middle."""

    heading: str
    mm: float
    centred: bool = False


class Paper:
    """Một văn bản. Headings number themselves, and one under which nothing is written is never printed."""

    def __init__(self, layout: Layout, *, title: str, issuer: str, issued: date) -> None:
        self.layout, self.issued = layout, issued
        self._word = blank_document(layout, title=title, issuer=issuer, issued=issued)
        self._parts = self._items = 0
        self._part = self._item = ""  # headings waiting for the first line under them

    # top of the first page

    def letterhead(self, *, parent: str, issuer: str, number: str, place: str, dated: str = "") -> None:
        """Tiêu đề, cơ quan ban hành, số, nơi và ngày. Number and day share a row, so they stay level.

        `dated` stands for the day where that is not known yet.
        """
        sizes = self.layout.sizes_pt
        (top_left, top_right), (left, right) = self._grid(self.layout.columns_mm, rows=2)
        if parent:
            self._line(top_left, parent.upper(), sizes["body"])
        self._line(top_left, issuer.upper(), sizes["body"], bold=True)
        self._line(top_left, "*", sizes["body"])
        self._line(top_right, PARTY, sizes["party"], bold=True)
        self._rule(top_right)
        self._line(left, number, sizes["number"])
        self._line(right, ", ".join(filter(None, (place, dated or long_day(self.issued)))), sizes["date"], italic=True)

    def title(self, kind: str, *abstract: str) -> None:
        """Tên loại và trích yếu, with the five hyphens below (rule 9.11)."""
        self._paragraph(kind.upper(), "VB Tên loại")
        for line in abstract:
            self._paragraph(line, "VB Trích yếu")
        self._hyphens()

    # body

    def part(self, name: str) -> None:
        """I- TÊN MỤC."""
        self._part, self._item, self._items = name.upper(), "", 0

    def item(self, name: str) -> None:
        """1. Tên mục, on a line of its own."""
        self._item = name

    def said(self, name: str, text: str, *, keep: bool = False) -> None:
        """1. Tên mục: with its text on the same line."""
        self._item = ""
        self._print_headings()
        self._items += 1
        self._paragraph(text, "VB Nội dung", lead=f"{self._items}. {name}: ", keep=keep)

    def under_no_heading(self) -> None:
        """What follows belongs to the whole paper; headings that found no text are dropped."""
        self._part = self._item = ""

    def text(self, text: str, *, lead: str = "", keep: bool = False) -> None:
        """A paragraph. `lead` is a bold opening; `keep` holds it on the page of what follows."""
        self._print_headings()
        self._paragraph(text, "VB Nội dung", lead=lead, keep=keep)

    def dashes(self, texts: Iterable[str]) -> None:
        """- One paragraph each."""
        for text in texts:
            self.text(f"- {text}")

    def lines_to_write(self, number: int) -> None:
        """Dòng kẻ để viết tay."""
        self._print_headings()
        for _ in range(number):
            paragraph = self._paragraph("\t", "VB Dòng kẻ")
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(self.layout.text_mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, row_mm: float = 0) -> None:
        """Bảng: its heading repeats on every page, its rows never break, and leave room for a hand if asked."""
        self._print_headings()
        self._word.paragraphs[-1].paragraph_format.space_after = Pt(6)
        table = self._word.add_table(rows=1, cols=len(columns), style="Table Grid")
        _fix(table, [column.mm for column in columns])
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._cell(cell, column.heading, centred=True, bold=True)
        for row in rows:
            line = table.add_row()
            if row_mm:
                line.height_rule, line.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(row_mm)
            for cell, column, value in zip(line.cells, columns, row, strict=True):
                cell.width = Mm(column.mm)
                self._cell(cell, value, centred=column.centred)
        _flag_rows(table, "w:cantSplit")
        _flag(table.rows[0], "w:tblHeader")
        for row in table.rows[:2]:  # neither the heading nor one row alone at the foot of a page
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._gap(4)

    # foot of the last page

    def signed(self, *, capacity: str, post: str, name: str, recipients: Sequence[str]) -> None:
        """Nơi nhận, thể thức đề ký, chức vụ, người ký."""
        self._gap(keep=True)
        [(left, right)] = self._grid(self.layout.foot_mm)
        label = self._line(left, "Nơi nhận:", self.layout.sizes_pt["recipients_label"], centred=False)
        label.runs[0].underline = True
        for place, recipient in enumerate(recipients, 1):
            end = "." if place == len(recipients) else self.layout.recipients_end
            self._line(left, f"- {recipient}{end}", self.layout.sizes_pt["recipients"], centred=False)
        self._signature(right, capacity, name, post=post)

    def signed_by_two(self, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Two signatures side by side, each a capacity and a name: «NGƯỜI GHI BIÊN BẢN», «CHỦ TRÌ HỘI NGHỊ»."""
        self._gap(keep=True)
        [cells] = self._grid((self.layout.text_mm / 2, self.layout.text_mm / 2))
        for cell, (capacity, name) in zip(cells, (left, right), strict=True):
            self._signature(cell, capacity, name)

    def fine_print(self, lines: Sequence[str]) -> None:
        """Dòng ghi chú nhỏ cuối văn bản: what the paper rests on, the checkpoint of the ledger."""
        if lines:
            self._gap(12)
        for line in lines:
            self._paragraph(line, "VB Ghi chú")

    def annex(self, name: str, *abstract: str, basis: str) -> None:
        """Phụ lục: a page and a section of its own."""
        self._word.add_section(WD_SECTION.NEW_PAGE)
        self._parts = self._items = 0
        for line in (name.upper(), *abstract):
            self._paragraph(line, "VB Trích yếu")
        self._paragraph(f"({basis})", "VB Giữa").runs[0].italic = True
        self._hyphens()

    def to_bytes(self) -> bytes:
        """The Word file."""
        return to_bytes(self._word)

    # small helpers, in the order they are called

    def _print_headings(self) -> None:
        if self._part:
            self._paragraph(f"{ROMAN[self._parts]}- {self._part}", "VB Mục lớn")
            self._parts, self._part = self._parts + 1, ""
        if self._item:
            self._items += 1
            self._paragraph(f"{self._items}. {self._item}", "VB Mục")
            self._item = ""

    def _paragraph(self, text: str, style: str, *, lead: str = "", keep: bool = False) -> Any:
        paragraph = self._word.add_paragraph(style=style)
        if lead:
            paragraph.add_run(safe(lead)).bold = True
        paragraph.add_run(safe(text))
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _hyphens(self) -> None:
        self._paragraph("-----", "VB Giữa").paragraph_format.space_after = Pt(6)

    def _gap(self, points: float = 0, *, keep: bool = False) -> None:
        shape = self._word.add_paragraph(style="VB Giữa").paragraph_format
        shape.keep_with_next = keep
        if points:
            shape.line_spacing = Pt(points)

    def _grid(self, widths_mm: Sequence[float], rows: int = 1) -> list[Any]:
        """Cells without borders and padding; a row never breaks over pages."""
        table = self._word.add_table(rows=rows, cols=len(widths_mm), style="Normal Table")
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            edge = OxmlElement(f"w:{side}")
            edge.set(qn("w:w"), "0")
            edge.set(qn("w:type"), "dxa")
            margins.append(edge)
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # Word reads no other order
        _fix(table, widths_mm)
        _flag_rows(table, "w:cantSplit")
        return [row.cells for row in table.rows]

    def _line(
        self, cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, centred: bool = True,
        keep: bool = True,
    ) -> Any:  # fmt: skip
        unused = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if unused else cell.add_paragraph()
        paragraph.alignment = CENTER if centred else LEFT
        paragraph.paragraph_format.keep_with_next = keep
        run = paragraph.add_run(safe(text))
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
        return paragraph

    def _rule(self, cell: Any) -> None:
        """A line as long as the words above: underlining would cut the dots under Ộ."""
        shape = self._line(cell, "", 1).paragraph_format
        shape.left_indent = shape.right_indent = Mm((self.layout.columns_mm[1] - self.layout.rule_mm) / 2)
        shape.line_spacing = Pt(3)
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        width = str(round(self.layout.rule_pt * 8))
        for key, value in (("val", "single"), ("sz", width), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{key}"), value)
        borders.append(top)
        cell.paragraphs[-1]._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")

    def _signature(self, cell: Any, capacity: str, name: str, *, post: str = "") -> None:
        size = self.layout.sizes_pt["signature"]
        self._line(cell, capacity, size, bold=True)
        if post:
            self._line(cell, post, size)
        for _ in range(self.layout.signature_lines):
            self._line(cell, "", size)
        self._line(cell, name, size, bold=True, keep=False)

    def _cell(self, cell: Any, text: str, *, centred: bool, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style, paragraph.alignment = "VB Bảng", CENTER if centred else LEFT
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(safe(text)).bold = bold


def _fix(table: Any, widths_mm: Sequence[float]) -> None:
    """Widths in the grid and in the cells: Word reads the one, LibreOffice the other."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, width in enumerate(widths_mm):
        table.columns[place].width = Mm(width)
        for row in table.rows:
            row.cells[place].width = Mm(width)


def _flag_rows(table: Any, flag: str) -> None:
    for row in table.rows:
        _flag(row, flag)


def _flag(row: Any, flag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(flag))
