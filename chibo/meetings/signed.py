"""What the ledger's hash of a sealed paper covers: its content, and the frozen rows it was drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chibo.cadres.models import PaperNumber
from chibo.ledger.queries import utc_text
from chibo.meetings.models import Closure, Minutes, MinutesNote, Resolution, RollException

Json = dict[str, Any]
_COUNTED = ("total", "expected", "present", "late", "excused", "unexcused", "not_counted")


def signed_minutes(paper: Minutes, closure: Closure, exceptions: Iterable[RollException]) -> Json:
    """Biên bản with the roll, the counters and who closed; places are left out, reorganisation rewrites them."""
    return {
        "content": paper.content, "layout": paper.layout, "outline": paper.outline,
        "number": _number(paper.number), "meeting": str(paper.meeting_id),
        "closure": {
            **{name: getattr(closure, name) for name in _COUNTED},
            "key": str(closure.key), "held_on": closure.held_on.isoformat(),
            "started": closure.started.isoformat(), "ended": closure.ended.isoformat(),
            "at": utc_text(closure.at), "account": closure.by_account, "name": closure.by_name,
            "from_paper": closure.from_paper, "helper": str(closure.helper_id or ""),
            "roll": [str(person) for person in closure.roll],
            "exceptions": sorted([str(row.person_id), row.state, row.reason] for row in exceptions),
        },
    }  # fmt: skip


def signed_resolution(paper: Resolution) -> Json:
    """Nghị quyết."""
    return {"content": paper.content, "layout": paper.layout, "number": _number(paper.number),
            "minutes": str(paper.minutes_id)}  # fmt: skip


def signed_note(note: MinutesNote) -> Json:
    """Đính chính."""
    return {"text": note.text, "minutes": str(note.minutes_id), "at": utc_text(note.at), "name": note.by_name,
            "account": note.by_account}  # fmt: skip


def _number(given: PaperNumber) -> Json:
    return {"kind": given.kind, "number": given.number, "unit": given.unit_id, "term": given.term_id,
            "issued_on": given.issued_on.isoformat()}  # fmt: skip
