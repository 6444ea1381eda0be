"""What `chibo check` looks at in this room: issued papers are what was signed, and so are resolutions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chibo.ledger.models import Entry
from chibo.ledger.operations import content_holds
from chibo.ledger.verification import printed_hold
from chibo.meetings.models import Resolution
from chibo.reports.models import MonthReport


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    for name, papers in (("Báo cáo tháng", list(MonthReport.objects.all())), ("Nghị quyết", _resolutions())):
        entries = Entry.objects.in_bulk([paper.entry_id for paper in papers])
        for paper in papers:
            entry = entries.get(paper.entry_id)
            if entry is None or not content_holds(entry, paper.content):
                yield f"{name} {paper.pk}: nội dung khác với lúc ký sổ."
        marks = (paper.content.get("checkpoint") for paper in papers)
        yield from printed_hold({(mark["upto"], mark["hash"]) for mark in marks if mark})


def _resolutions() -> list[Any]:
    return list(Resolution.objects.all())
