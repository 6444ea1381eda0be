"""The downloaded minutes as an eye reads them: each field by itself, the measures of the page, every letter."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

import chibo.front
from chibo.reports.paper.layouts import layout
from tests.browser.visitor import Visitor
from tests.reports.reading import MM, lines, opened, paragraphs, rows

FONTS = Path(chibo.front.__file__).parent / "static/front/vendor/fonts"
FIELDS = {
    "number": r"^Số (\S+)$",
    "issued": r"^(.+, ngày \d\d tháng \d\d năm \d{4})$",
    "started": r"^Hôm nay, vào hồi (.+?), ngày",
    "held_on": r"^Hôm nay, .+? phút, ngày (.+?), tại",
    "venue": r"^Hôm nay, .+, tại (.+), Chi bộ .+ tổ chức",
    "total": r"^1\. Đảng viên .+ Tổng số (\d+) đồng chí",
    "exempt": r"miễn công tác và sinh hoạt đảng (\d+)",
    "expected": r"số phải dự sinh hoạt (\d+)",
    "present": r"^- Có mặt: (\d+/\d+) đồng chí",
    "late": r"đến muộn (\d+)",
    "excused": r"^- Vắng mặt: .+Có lý do \d+ đồng chí: (.+?)\. Vắng",
    "unexcused": r"Vắng không có lý do: \d+ đồng chí: (.+)\.$",
    "guests": r"^\d\. Đại biểu cấp trên: (.+)\.$",
    "chair": r"^\d\. Chủ trì: Đồng chí (.+?)[,.]",
    "writer": r"^\d\. Thư ký: Đồng chí (.+?)[,.]",
    "dues": r"đảng phí: (\d+/\d+)",
    "done": r"hoàn thành (\d+/\d+) nhiệm vụ",
    "unfinished": r"^- Chưa hoàn thành: (.+)\.$",
    "focal": r"^Nội dung trọng tâm: (.+)\.$",
    "vote": r"biểu quyết (?:thông qua|về) .+: (\d+/\d+) đảng viên chính thức",
    "against": r"không tán thành (\d+)",
    "ended": r"kết thúc vào hồi (.+) cùng ngày\.$",
}  # fmt: skip


def download(me: Visitor, folder: Path) -> bytes:
    """Press «Tải biên bản» and take what comes."""
    with me.page.expect_download() as coming:
        me.press("Tải biên bản")
    place = folder / coming.value.suggested_filename
    coming.value.save_as(place)
    return place.read_bytes()


def told(paper: bytes) -> dict[str, Any]:
    """Each field of the minutes that the paper has, once: a field told twice would be an error of the paper."""
    said = lines(paper)
    found: dict[str, Any] = {}
    for name, pattern in FIELDS.items():
        hits = {match[1] for line in said if (match := re.search(pattern, line))}
        assert len(hits) <= 1, (name, hits)
        if hits:
            found[name] = hits.pop()
    first = next((n for n, line in enumerate(said) if line.startswith("1. Kết luận")), len(said))
    found["conclusions"] = [line[2:] for line in said[first:] if line.startswith("- ")]
    table = rows(opened(paper).tables[1])
    assert table[0] == ["TT", "Nhiệm vụ", "Đảng viên thực hiện", "Thời hạn"]
    found["tasks"] = [tuple(row[1:]) for row in table[1:]]
    found["signed"] = [cell.split("\n")[-1] for cell in rows(opened(paper).tables[-1])[0]]
    return found


def measured(paper: bytes) -> None:
    """The page as the layout of that day asks for it: edges, widths of tables, sizes of letters."""
    asked, document = layout("hd05"), opened(paper)
    for section in document.sections:
        sides = {side: round(getattr(section, f"{side}_margin") / MM) for side in asked.margins_mm}
        assert sides == asked.margins_mm
        assert [round(edge / MM) for edge in (section.page_width, section.page_height)] == list(asked.page_mm)
    for table in document.tables:
        assert round(sum(column.width for column in table.columns) / MM) == asked.text_mm
    letters = {(run.font.size or p.style.font.size).pt for p in paragraphs(paper) for run in p.runs if run.text.strip()}
    assert letters <= set(asked.sizes_pt.values())


def every_letter_is_in_its_font(paper: bytes) -> None:
    """Only Times New Roman is named; Tinos, which has its metrics and letters, knows every letter in its face."""
    with zipfile.ZipFile(BytesIO(paper)) as archive:
        parts = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("word/"))
    named = {name for fonts in re.findall(r"<w:rFonts([^>]+)>", parts) for name in re.findall(r'"([^"]+)"', fonts)}
    assert named == {"Times New Roman"}
    used: dict[str, set[int]] = {}
    for paragraph in paragraphs(paper):
        for run in paragraph.runs:
            used.setdefault(_face(run, paragraph), set()).update(map(ord, run.text.replace("\n", "")))
    assert len(used) == 3  # plain, bold and italic: a paper of one face was not drawn by its layout
    for face, letters in used.items():
        assert not (letters - _known(face)), (face, [chr(letter) for letter in letters - _known(face)])


def _face(run: Any, paragraph: Any) -> str:
    bold, italic = (
        value if value is not None else getattr(paragraph.style.font, kind)
        for kind, value in (("bold", run.bold), ("italic", run.italic))
    )
    return "700-normal" if bold else "400-italic" if italic else "400-normal"


@cache
def _known(face: str) -> frozenset[int]:
    halves = (TTFont(FONTS / f"tinos-{half}-{face}.woff2").getBestCmap() for half in ("latin", "vietnamese"))
    return frozenset().union(*halves)
