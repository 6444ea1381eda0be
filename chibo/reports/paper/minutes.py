"""The minutes of a meeting as a Word file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document


def minutes_docx(content: dict[str, Any], *, layout: str, outline: str) -> bytes:
    """Biên bản: drawn from the sealed content, in the layout and outline of its date."""
    paper = Document()
    paper.add_paragraph(content["unit"]["name"])
    paper.add_paragraph(content["conclusion"])
    made = BytesIO()
    paper.save(made)
    return made.getvalue()
