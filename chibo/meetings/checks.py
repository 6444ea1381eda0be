"""What `chibo check` looks at in this room: sealed papers are what was sealed, counters are what the rows say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from chibo.cadres.models import PaperNumber
from chibo.ledger.models import Entry
from chibo.ledger.operations import content_holds
from chibo.ledger.verification import changed_contents, printed_hold
from chibo.meetings.models import Closure, Minutes, MinutesNote, Resolution, SignedScan, Task, TaskResult
from chibo.meetings.operations.scanning import scan_content
from chibo.meetings.signed import signed_minutes, signed_note, signed_resolution

SOME = 500  # papers read together: memory stays flat


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    yield from _papers("Biên bản", Minutes, "meeting.closed", _signed)
    yield from _papers("Nghị quyết", Resolution, "resolution.passed", signed_resolution)
    yield from _notes()
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


def _papers(
    word: str, model: type[Minutes | Resolution], verb: str, signed: Callable[[Any], dict[str, Any]]
) -> Iterator[str]:
    """Each paper is what its line in the ledger signed, and each such line has its paper."""
    papers = model._default_manager.order_by("pk").select_related("number")
    if model is Minutes:
        papers = papers.select_related("number", "meeting__closure").prefetch_related("meeting__closure__exceptions")
    lines, read = dict(model._default_manager.values_list("pk", "entry_id")), set()

    def contents() -> Iterator[tuple[int, dict[str, Any]]]:
        for paper in papers.iterator(SOME):
            read.add(paper.pk)
            yield paper.entry_id, signed(paper)

    changed = set(changed_contents(contents()))
    for pk, entry in lines.items():
        if pk not in read or entry in changed:  # not read: what it leans on is gone
            yield f"{word} {pk}: nội dung hoặc điểm danh khác với lúc ký sổ."
    for entry in set(Entry.objects.filter(verb=verb).values_list("pk", flat=True)) - set(lines.values()):
        yield f"{word} ký ở dòng {entry} của sổ không còn."


def _signed(paper: Minutes) -> dict[str, Any]:
    closure = getattr(paper.meeting, "closure", None)
    return signed_minutes(paper, closure, closure.exceptions.all()) if closure else {}


def _notes() -> Iterator[str]:
    """A note names no line: the line names the note it touched."""
    notes = {str(note.pk): note for note in MinutesNote.objects.all()}
    lines = {}
    for entry in Entry.objects.filter(verb="minutes.noted").prefetch_related("touches"):
        touched = [touch.object_id for touch in entry.touches.all() if touch.kind == "meetings.minutesnote"]
        lines[entry.pk] = touched[0] if touched else ""
    kept = {line: note for line, note in lines.items() if note in notes}
    changed = set(changed_contents((line, signed_note(notes[note])) for line, note in kept.items()))
    for line, note in lines.items():
        if line in changed or line not in kept:
            yield f"Đính chính {note or '?'}: nội dung khác với lúc ký sổ."
    for note in set(notes) - set(lines.values()):
        yield f"Đính chính {note}: không có dòng nào trong sổ."


def _printed_checkpoints() -> Iterator[str]:
    """What the papers carry cannot follow a history that was written anew."""
    for model in (Minutes, Resolution):
        marks = model._default_manager.values_list("content__checkpoint", flat=True).distinct()
        yield from printed_hold(pair for mark in marks if (pair := _mark(mark)))


def _mark(found: Any) -> tuple[int, str] | None:
    """Number and digits; None for none, and for what is no checkpoint any more: the paper's own hash tells of that."""
    match found:
        case {"upto": int(number), "hash": str(digits)}:
            return number, digits
    return None


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
    """Numbers of a body, kind and term run from 1 without a hole, each on a paper."""
    rows = PaperNumber.objects.values("unit", "kind", "term").annotate(papers=Count("pk"), top=Max("number"))
    for row in rows.exclude(papers=F("top")):
        yield f"Đơn vị {row['unit']}: số văn bản {row['kind']} bị trùng hoặc thiếu."
    unused = PaperNumber.objects.filter(kind__in=["BB", "NQ"], minutes=None, resolution=None)
    for number in unused:
        yield f"Đơn vị {number.unit_id}: số {number} không có văn bản."


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
