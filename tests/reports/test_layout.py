"""Thể thức: the checklist of rules 9.1-9.16, measured on the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from fontTools.ttLib import TTFont

import chibo.front
from chibo.reports.paper.layouts import FOLDER, layout
from chibo.reports.paper.minutes import minutes_docx
from chibo.reports.paper.writing import count, long_day, rate, short_day, symbol
from chibo.rules.reader import rules_on
from tests.reports.reading import MM, opened, paragraphs, part, size, text, the
from tests.reports.sealed import bare_evening, full_evening

CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
VERSIONS = ["hd36", "hd05"]
FONTS = Path(chibo.front.__file__).parent / "static/front/vendor/fonts"


@pytest.fixture(params=VERSIONS)
def paper(request: Any) -> bytes:
    return minutes_docx(full_evening(), layout=request.param, outline="hd42")


def test_9_1_one_line_names_the_party_with_a_rule_below(paper: bytes) -> None:
    title = the(paper, "ĐẢNG CỘNG SẢN VIỆT NAM")
    assert title.runs[0].bold and size(title) == 15 and title.alignment == CENTER
    cell = opened(paper).tables[0].rows[0].cells[1]
    [rule] = cell.paragraphs[1]._p.xpath("./w:pPr/w:pBdr/w:top")
    attributes = {key.rpartition("}")[2]: value for key, value in rule.attrib.items()}
    assert attributes["val"] == "single" and attributes["sz"] == "6"  # three quarters of a point
    assert cell.paragraphs[1].paragraph_format.left_indent / MM == pytest.approx(8, abs=0.1)  # 74 of 90 mm
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA" not in text(paper)
    issuer = the(paper, "CHI BỘ BẢN NÀ LỐC")
    assert issuer.runs[0].bold and size(issuer) == 14
    assert not the(paper, "ĐẢNG BỘ XÃ XUÂN MỘC").runs[0].bold
    assert the(paper, "*").alignment == CENTER


def test_9_2_and_9_5_number_and_symbol(paper: bytes) -> None:
    assert the(paper, "Số ").text == "Số 21-BB/CB"
    assert [symbol(5, "NQ", "ĐU"), symbol(128, "BC", "ĐU")] == ["05-NQ/ĐU", "128-BC/ĐU"]


def test_9_10_page_margins_and_text(paper: bytes) -> None:
    [section] = opened(paper).sections
    edges = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin,
             section.right_margin)  # fmt: skip
    assert [round(edge / MM) for edge in edges] == [210, 297, 20, 20, 30, 15]
    body = the(paper, "Hôm nay").style
    shape = body.paragraph_format
    assert (body.font.size.pt, shape.alignment, round(shape.first_line_indent / MM)) == (14, JUSTIFY, 10)
    assert shape.line_spacing_rule == WD_LINE_SPACING.EXACTLY and shape.line_spacing.pt in (18, 19)
    assert shape.space_before.pt == 6


def test_9_10_one_font_everywhere(paper: bytes) -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        xml = part(paper, name)
        fonts = {piece.partition('"')[0] for piece in xml.split("w:ascii=")[1:] for piece in [piece[1:]]}
        assert fonts <= {"Times New Roman"}, name
        assert "Theme" not in xml
    assert 'w:ascii="Times New Roman"' in part(paper, "word/styles.xml")


def test_9_11_five_hyphens_under_the_abstract(paper: bytes) -> None:
    said = [p.text for p in paragraphs(paper)]
    place = said.index("BIÊN BẢN")
    assert said[place + 1 : place + 3] == ["sinh hoạt chi bộ thường kỳ tháng 10 năm 2026", "-----"]
    kind, abstract = the(paper, "BIÊN BẢN").style, the(paper, "sinh hoạt chi bộ").style
    assert (kind.font.size.pt, kind.font.bold, kind.paragraph_format.alignment) == (16, True, CENTER)
    assert (abstract.font.size.pt, abstract.font.bold, abstract.paragraph_format.alignment) == (14, True, CENTER)


def test_9_13_days_below_ten_and_months_one_and_two_take_a_zero(paper: bytes) -> None:
    line = the(paper, "Xuân Mộc, ngày 03 tháng 10 năm 2026")
    assert line.runs[0].italic and size(line) == 14
    assert long_day(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert [short_day(date(2026, m, 3)) for m in (2, 9, 12)] == ["03/02/2026", "03/9/2026", "03/12/2026"]


def test_9_15_the_text_ends_with_a_plain_full_stop(paper: bytes) -> None:
    last = the(paper, "Biên bản đã được đọc lại")
    assert last.text.endswith("cùng ngày.") and "./." not in text(paper)
    assert last.paragraph_format.keep_with_next  # the signatures never stand alone on a page


def test_9_16_writer_left_chair_right(paper: bytes) -> None:
    table = opened(paper).tables[-1]
    left, right = table.rows[0].cells
    assert [left.paragraphs[0].text, left.paragraphs[-1].text] == ["NGƯỜI GHI BIÊN BẢN", "Vì Thị Duyên"]
    assert [right.paragraphs[0].text, right.paragraphs[-1].text] == ["CHỦ TRÌ HỘI NGHỊ", "Lò Văn Thịnh"]
    for cell in (left, right):
        assert all(p.alignment == CENTER for p in cell.paragraphs)
        assert [size(p) for p in (cell.paragraphs[0], cell.paragraphs[-1])] == [14, 14]
        assert len(cell.paragraphs) == 6  # room for a hand
    assert table._tbl.xpath(".//w:cantSplit")


def test_the_page_number_stands_above_from_the_second_page_on(paper: bytes) -> None:
    [section] = opened(paper).sections
    assert section.different_first_page_header_footer and section.header_distance / MM == pytest.approx(10, abs=0.1)
    [number] = section.header.paragraphs[0]._p.xpath("./w:fldSimple")
    assert "PAGE" in number.values() and section.header.paragraphs[0].alignment == CENTER
    assert section.first_page_header.is_linked_to_previous or not section.first_page_header.paragraphs[0].text


def test_tables_repeat_their_heading_and_fill_the_width(paper: bytes) -> None:
    table = opened(paper).tables[1]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert sum(column.width for column in table.columns) / MM == pytest.approx(165, abs=0.2)
    assert table.rows[1].cells[0].paragraphs[0].style.font.size.pt == 12


@pytest.mark.parametrize("version", VERSIONS)
def test_every_letter_exists_in_the_font(version: str) -> None:
    """Tinos has the metrics and the letters of Times New Roman."""
    full, bare = (minutes_docx(made, layout=version, outline="hd42") for made in (full_evening(), bare_evening()))
    letters = {ord(letter) for letter in text(full) + text(bare) if letter != "\n"}
    for face in ("400-normal", "400-italic", "700-normal"):
        known = set().union(*(TTFont(FONTS / f"tinos-{part}-{face}.woff2").getBestCmap()
                              for part in ("latin", "vietnamese")))  # fmt: skip
        assert letters <= known, [chr(letter) for letter in letters - known]


def test_layouts_stand_beside_the_rule_that_picks_them() -> None:
    for version in VERSIONS:
        made = layout(version)
        rule = next(r for r in (rules_on(day)["document.layout"] for day in (date(2020, 1, 1), date(2026, 10, 3)))
                    if r.value == version)  # fmt: skip
        assert (made.document, made.dated) == (rule.source.document, rule.source.dated)
        assert sum(made.columns_mm) == sum(made.foot_mm) == made.text_mm == 165
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(VERSIONS)


def test_figures_are_written_as_papers_write_them() -> None:
    assert [count(n) for n in (0, 8, 54, 3416, 1_234_567)] == ["0", "08", "54", "3.416", "1.234.567"]
    assert [rate(19, 21), rate(1, 1), rate(179, 200), rate(1, 800)] == ["90,5%", "100%", "89,5%", "0,1%"]
