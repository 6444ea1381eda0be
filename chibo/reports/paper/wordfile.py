"""A Word file with nothing in it but our own styles, and its bytes: the same paper, the same bytes."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chibo.reports.paper.layouts import Layout

FONT = "Times New Roman"
BLANK = Path(__file__).parent / "blank"
CENTER, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_PARTS = {
    "[Content_Types].xml": "content_types.xml", "_rels/.rels": "package_rels.xml", "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml", "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
}  # fmt: skip
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can say
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def blank_document(layout: Layout, *, title: str, issuer: str, issued: date) -> Any:
    """An A4 page of that layout, its styles, and properties that name nobody but the issuing body."""
    document = Document(BytesIO(_blank()))
    set_page(document.sections[0], layout)
    _add_styles(document, layout)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = safe(title)[:255], safe(issuer)[:255], "", ""
    core.language, core.revision = "vi-VN", 1
    core.created = core.modified = datetime(issued.year, issued.month, issued.day, 8)  # noqa: DTZ001 - Word keeps none
    return document


@cache
def _blank() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, file in _PARTS.items():
            archive.writestr(name, (BLANK / file).read_text("utf-8"))
    return made.getvalue()


def set_page(section: Any, layout: Layout) -> None:
    """Paper size, margins, and the page number above the text from the second page on."""
    margins = layout.margins_mm
    section.page_width, section.page_height = Mm(layout.page_mm[0]), Mm(layout.page_mm[1])
    section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
    section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
    section.header_distance = section.footer_distance = Mm(layout.page_number_mm)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add_styles(document: Any, layout: Layout) -> None:
    """Styles named in Vietnamese: an office changes a size once, for the whole paper."""
    sizes, text = layout.sizes_pt, layout.sizes_pt["text"]
    document.styles["header"].font.size = Pt(sizes["page_number"])
    body = {"size": text, "align": JUSTIFY, "indent": layout.first_line_mm, "before": layout.before_pt,
            "exact": layout.line_pt}  # fmt: skip
    flat: dict[str, Any] = {"indent": 0, "before": 0, "exact": None}
    heading = body | {"align": LEFT, "bold": True, "keep": True}
    for name, look in {
        "VB Nội dung": body,
        "VB Mục lớn": heading,
        "VB Mục": heading,
        "VB Tên loại": {"size": sizes["kind"], "align": CENTER, "bold": True} | flat | {"before": 20},
        "VB Trích yếu": {"size": sizes["abstract"], "align": CENTER, "bold": True} | flat,
        "VB Giữa": {"size": text, "align": CENTER} | flat,
        "VB Dòng kẻ": {"size": text, "align": LEFT} | flat | {"exact": 24},
        "VB Bảng": {"size": sizes["table"], "align": LEFT} | flat | {"before": 2},
        "VB Nơi nhận": {"size": sizes["recipients"], "align": LEFT} | flat,
        "VB Ghi chú": {"size": sizes["fine"], "align": JUSTIFY} | flat | {"before": 2},
    }.items():
        _add_style(document, name, **look)


def _add_style(
    document: Any, name: str, *, size: float, align: Any, indent: float, before: float, exact: float | None,
    bold: bool = False, keep: bool = False,
) -> None:  # fmt: skip
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size, style.font.bold = Pt(size), bold
    shape = style.paragraph_format
    shape.alignment, shape.first_line_indent, shape.space_before = align, Mm(indent), Pt(before)
    shape.keep_with_next, shape.widow_control = keep, True
    if exact:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(exact)


def safe(text: str) -> str:
    """Chữ in được: composed letters, and none of the characters XML has no place for."""
    return _NOT_XML.sub("", unicodedata.normalize("NFC", text))


def to_bytes(document: Any) -> bytes:
    """The file, packed so that the same paper is the same bytes on every day."""
    made = BytesIO()
    document.save(made)
    return packed(_files(made))


def packed(files: dict[str, bytes]) -> bytes:
    """A zip of these files in this order, without a clock in it."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content)
    return made.getvalue()


def _files(made: BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
