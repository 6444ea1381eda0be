"""What `chibo check` looks at in this room: sealed papers are what was sealed, counters are what the rows say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from chibo.ledger.models import Entry
from chibo.ledger.operations import content_holds
from chibo.ledger.verification import printed_hold
from chibo.meetings.models import Closure, Minutes, MinutesNote, SignedScan, Task, TaskResult
from chibo.meetings.operations.scanning import scan_content


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    yield from _sealed_minutes()
    yield from _counters()
    yield from _closed_without_paper()
    yield from _numbers()
    yield from _printed_checkpoints()
    yield from _settled_tasks()


def _settled_tasks() -> Iterator[str]:
    """What the database keeps beside a task is what its newest result says."""
    newest = TaskResult.objects.filter(task=OuterRef("pk")).order_by("-on", "-id")
    rows = Task.objects.annotate(
        last=Subquery(newest.values("state")[:1]), last_on=Subquery(newest.values("on")[:1])
    ).values_list("pk", "settled_on", "last", "last_on")
    for pk, settled_on, state, on in rows.iterator(chunk_size=2_000):
        if settled_on != (on if state in TaskResult.CLOSED else None):
            yield f"Nhiệm vụ {pk}: tình trạng không khớp kết quả mới nhất."


def _printed_checkpoints() -> Iterator[str]:
    """What the papers carry cannot follow a history that was written anew."""
    marks = (paper.content.get("checkpoint") for paper in Minutes.objects.only("content"))
    yield from printed_hold({(mark["upto"], mark["hash"]) for mark in marks if mark})


def _sealed_minutes() -> Iterator[str]:
    papers = list(Minutes.objects.all())
    entries = Entry.objects.in_bulk([paper.entry_id for paper in papers])
    for paper in papers:
        entry = entries.get(paper.entry_id)
        if entry is None or not content_holds(entry, paper.content):
            yield f"Biên bản {paper.pk}: nội dung khác với lúc ký sổ."
    notes = {str(note.pk): note for note in MinutesNote.objects.all()}
    for entry in Entry.objects.filter(verb="minutes.noted").prefetch_related("touches"):
        ids = [t.object_id for t in entry.touches.all() if t.kind == "meetings.minutesnote"]
        if not ids or ids[0] not in notes or not content_holds(entry, {"text": notes[ids[0]].text}):
            yield f"Đính chính {ids[0] if ids else '?'}: nội dung khác với lúc ký sổ."


def _counters() -> Iterator[str]:
    counted = Closure.objects.annotate(
        late_rows=Count("exceptions", filter=Q(exceptions__state="late")),
        excused_rows=Count("exceptions", filter=Q(exceptions__state="excused")),
        unexcused_rows=Count("exceptions", filter=Q(exceptions__state="unexcused")),
        not_counted_rows=Count("exceptions", filter=Q(exceptions__state="not_counted")),
    )
    same = Q(late=F("late_rows"), excused=F("excused_rows"), unexcused=F("unexcused_rows"),
             not_counted=F("not_counted_rows"), roll__len=F("expected"))  # fmt: skip
    for closure in counted.exclude(same):
        yield f"Buổi {closure.pk}: số điểm danh không khớp danh sách."


def _closed_without_paper() -> Iterator[str]:
    for closure in Closure.objects.filter(meeting__minutes=None):
        yield f"Buổi {closure.pk}: đã kết thúc mà không có biên bản."


def _numbers() -> Iterator[str]:
    """Numbers of a body, kind and term run from 1 without a hole."""
    rows = Minutes.objects.values("number__unit", "number__kind", "number__term").annotate(
        papers=Count("pk"), top=Max("number__number")
    )
    for row in rows.exclude(papers=F("top")):
        yield f"Đơn vị {row['number__unit']}: số văn bản {row['number__kind']} bị trùng hoặc thiếu."


def scan_checks() -> Iterator[str]:
    """Scans beside minutes are those whose hash was sealed."""
    scans = {str(scan.pk): scan for scan in SignedScan.objects.select_related("attachment")}
    for entry in Entry.objects.filter(verb="minutes.scanned").prefetch_related("touches"):
        ids = [t.object_id for t in entry.touches.all() if t.kind == "meetings.signedscan"]
        scan = scans.pop(ids[0], None) if ids else None
        if scan is None or not content_holds(entry, scan_content(scan)):
            yield f"Bản chụp {ids[0] if ids else '?'}: khác với lúc ký sổ."
    for pk in scans:
        yield f"Bản chụp {pk}: không có dòng nào trong sổ."
