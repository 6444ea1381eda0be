"""Reads of papers: sealed content with what belongs beside it."""

from __future__ import annotations

from typing import Any

from chibo.meetings.models import Minutes

_NAMES = {"BB": "bien-ban", "NQ": "nghi-quyet", "BC": "bao-cao"}


def notes_of(minutes: Minutes) -> list[dict[str, Any]]:
    """Đính chính beside the minutes, the oldest first, as papers take them."""
    rows = sorted(minutes.notes.all(), key=lambda note: (note.at, str(note.pk)))
    return [{"text": note.text, "at": note.at.isoformat(), "by_name": note.by_name} for note in rows]


def minutes_file(content: dict[str, Any], ending: str) -> str:
    """bien-ban-02-2026-11-03.docx."""
    return f"{_NAMES[content['kind']]}-{content['number']:02d}-{content['issued_on']}.{ending}"
