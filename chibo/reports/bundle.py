"""All sealed papers of a month in one file, with the text for the national handbook beside each meeting."""

from __future__ import annotations

import re

from chibo.kernel.text import fold
from chibo.reports.paper.handbook import handbook_text
from chibo.reports.paper.minutes import minutes_docx
from chibo.reports.paper.monthly import report_docx
from chibo.reports.paper.resolution import resolution_docx
from chibo.reports.paper.wordfile import packed
from chibo.reports.queries import MonthPapers, UnitPapers, confirmed_of, notes_of, paper_file, told

CONTENTS = "muc-luc.txt"


def bundle(papers: MonthPapers) -> bytes:
    """Bộ giấy tờ tháng (zip): a folder for each unit, and a list that also says what is missing."""
    files: dict[str, bytes] = {}
    for place, unit in enumerate(papers.in_bundle):
        folder = f"{place:02d}-{plain_name(unit.placement.short_name)}"
        files |= {f"{folder}/{name}": content for name, content in _papers(unit).items()}
    return packed({CONTENTS: _contents(papers, list(files)), **files})


def plain_name(name: str) -> str:
    """A name every machine can store: «Bản Nà Lốc» → ban-na-loc."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60] or "don-vi"


def _papers(unit: UnitPapers) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for minutes in unit.minutes:
        content = minutes.content
        files[paper_file(content, "docx")] = minutes_docx(
            content,
            layout=minutes.layout,
            outline=minutes.outline,
            notes=notes_of(minutes),
            confirmed=confirmed_of(minutes),
        )
        files[f"so-tay-{content['number']:02d}-{content['meeting']['held_on']}.txt"] = handbook_text(content)
        if resolution := getattr(minutes, "resolution", None):
            files[paper_file(resolution.content, "docx")] = resolution_docx(
                resolution.content, layout=resolution.layout
            )
    if unit.report:
        files[paper_file(unit.report.content, "docx")] = report_docx(
            unit.report.content, layout=unit.report.layout, notes=told(unit.report_notes)
        )
    return files


def _contents(papers: MonthPapers, names: list[str]) -> bytes:
    month = papers.month
    missing = [f"- {unit.placement.name}" for unit in papers.missing]
    lines = [
        f"{papers.own.placement.name}: giấy tờ tháng {month.month}/{month.year}", "", *names,
        *(["", "Chưa có biên bản thường kỳ tháng này:", *missing] if missing else []),
        "", "Tệp so-tay-*.txt: chép từng ô vào Sổ tay đảng viên điện tử.", "",
    ]  # fmt: skip
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode()
