"""Báo cáo sơ kết, tổng kết as a Word file (papers 6.10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chibo.reports.paper.closing_lines import fine_lines
from chibo.reports.paper.kinds import issuer
from chibo.reports.paper.layouts import layout as layout_of
from chibo.reports.paper.parts import Paper
from chibo.reports.paper.signing import committee_above, sign
from chibo.reports.paper.writing import short_day, symbol, unnumbered

Content = Mapping[str, Any]
NOTHING = "(Chưa ghi.)"


def review_docx(content: Content, *, layout: str) -> bytes:
    """The Word file: numbered when it was issued, else a draft with room for the number."""
    unit, day = content["unit"], date.fromisoformat(content["issued_on"])
    name, abstract = issuer(unit), list(content["abstract"])
    paper = Paper(layout_of(layout), title=f"Báo cáo {' '.join(abstract)}", issuer=name, issued=day)
    number = (symbol(content["number"], "BC", unit["symbol"]) if "number" in content
              else unnumbered("BC", unit["symbol"]))  # fmt: skip
    paper.letterhead(parent=unit["parent"], issuer=name, number=f"Số {number}", place=unit["place"])
    paper.title("Báo cáo", *abstract)
    paper.text(f"{opening(content)}", keep=True)
    for section in content["sections"]:
        paper.part(section["name"])
        _items(paper, section["items"])
    paper.under_no_heading()
    cutoff = short_day(date.fromisoformat(content["cutoff"]))
    paper.text(f"Trên đây là Báo cáo {abstract[0].split(' về ')[0]} của {name} (số liệu tính đến ngày {cutoff}).",
               keep=True)  # fmt: skip
    above = committee_above(unit)
    body = "Chi bộ" if content["of_cell"] else "Ban Thường vụ"
    sign(paper, body=body, unit=unit, signer=content["signer"], recipients=[f"{above} (để báo cáo)" if above else ""])
    paper.fine_print([*fine_lines(content), *(f"Số còn thiếu: {line}" for line in content["missing"])])
    return paper.to_bytes()


def opening(content: Content) -> str:
    """«Thực hiện Nghị quyết số …, Ban Thường vụ Đảng ủy báo cáo kết quả như sau:»"""
    body = issuer(content["unit"]) if content["of_cell"] else f"Ban Thường vụ {issuer(content['unit'])}"
    document = content["document"]
    if document is None:
        return f"{body} báo cáo kết quả như sau:"
    return f"Thực hiện {document['title']} (sau đây gọi là {document['short']}), {body} báo cáo kết quả như sau:"


def _items(paper: Paper, items: list[Content]) -> None:
    for item in items:
        lines = [plain_text(said) for said in item["said"]] or ([NOTHING] if item["part"] else [])
        if not lines:
            continue
        if item["name"]:
            paper.item(item["name"])
        if len(lines) == 1:
            paper.text(lines[0])
        else:
            paper.dashes(lines)


def plain_text(said: list[Any]) -> str:
    """A sentence with its numbers as they are written."""
    return "".join(each if isinstance(each, str) else each["as"] for each in said)
