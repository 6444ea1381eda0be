"""What `chibo check` looks at in this room: issued papers are what was signed."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.ledger.verification import changed_contents, printed_hold
from chibo.reports.correcting import signed_note
from chibo.reports.models import IssuedReview, MonthReport, ReportNote


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    papers = list(MonthReport.objects.all())
    changed = set(changed_contents((paper.entry_id, paper.content) for paper in papers))
    for paper in papers:
        if paper.entry_id in changed:
            yield f"Báo cáo tháng {paper.pk}: nội dung khác với lúc ký sổ."
    reviews = list(IssuedReview.objects.all())
    changed = set(changed_contents((paper.entry_id, paper.content) for paper in reviews))
    for review in reviews:
        if review.entry_id in changed:
            yield f"Báo cáo {review.pk}: nội dung khác với lúc ký sổ."
    notes = list(ReportNote.objects.all())
    changed = set(changed_contents((note.entry_id, signed_note(note)) for note in notes))
    for note in notes:
        if note.entry_id in changed:
            yield f"Đính chính báo cáo {note.pk}: nội dung khác với lúc ký sổ."
    marks = [paper.content.get("checkpoint") for paper in [*papers, *reviews]]
    yield from printed_hold({(mark["upto"], mark["hash"]) for mark in marks if mark})
