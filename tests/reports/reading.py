"""Read a Word file back, as an eye would: lines of text, cells of tables, measures of the page."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from docx import Document

MM = 36_000  # EMU


def opened(paper: bytes) -> Any:
    return Document(BytesIO(paper))


def lines(paper: bytes) -> list[str]:
    """Every paragraph from top to bottom, those of tables included."""
    return [p.text for p in paragraphs(paper) if p.text]


def paragraphs(paper: bytes) -> list[Any]:
    found: list[Any] = []
    for block in opened(paper).iter_inner_content():
        if hasattr(block, "rows"):
            found += [p for row in block.rows for cell in row.cells for p in cell.paragraphs]
        else:
            found.append(block)
    return found


def text(paper: bytes) -> str:
    return "\n".join(lines(paper))


def the(paper: bytes, start: str) -> Any:
    """The one paragraph that starts so."""
    [found] = [p for p in paragraphs(paper) if p.text.startswith(start)]
    return found


def rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def size(paragraph: Any) -> float:
    """Size of its letters in points: the run's, else the style's, else the document's."""
    sizes = {run.font.size for run in paragraph.runs} - {None} or {paragraph.style.font.size}
    [found] = sizes
    return found.pt if found else 14


def part(paper: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(paper)) as archive:
        return archive.read(name).decode()
