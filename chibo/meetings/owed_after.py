"""What is left to do once a meeting is closed: scan the signed paper, write the resolution. Reminders only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from chibo.kernel.actor import Actor, Power
from chibo.kernel.text import lower_first
from chibo.meetings.models import Minutes, Resolution, SheetEntry, SignedScan
from chibo.meetings.owed import Owed

LOOKED_BACK = timedelta(days=45)  # older papers are a matter of the list of papers, not of today


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Signed papers not scanned, resolutions not written, of meetings the actor chairs; one query.

    No rule we know sets a day for either, so both remind and are never late.
    """
    if not actor.ranges(Power.CHAIR):
        return []
    live = SignedScan.objects.filter(minutes=OuterRef("pk"), withdrawn_at=None)
    passed = Resolution.objects.filter(minutes=OuterRef("pk"))
    said = SheetEntry.objects.filter(meeting=OuterRef("meeting"), field="resolution").order_by("-version")
    papers = (
        Minutes.objects.held_by(actor, Power.CHAIR)
        .filter(meeting__closure__held_on__gt=on - LOOKED_BACK)
        .annotate(scanned=Exists(live), passed=Exists(passed), wanted=Subquery(said.values("value")[:1]))
        .select_related("meeting__closure", "number")
        .order_by("meeting__closure__held_on", "pk")
    )
    return [item for paper in papers for item in _of(paper)]


def _of(paper: Any) -> Iterable[Owed]:
    vote = paper.content["vote"]
    voted_for = vote and vote["for"] and vote.get("carried") is not False
    if not paper.passed and paper.wanted != "no" and voted_for and paper.content["conclusion"]:
        yield _item(paper, "resolution", "Nghị quyết", "Đã biểu quyết thông qua kết luận mà chưa ra nghị quyết")
    if not paper.scanned:
        yield _item(paper, "scan", "Bản chụp biên bản đã ký", "Chưa có tệp nào bên biên bản")


def _item(paper: Any, kind: str, what: str, why: str) -> Owed:
    meeting, number = paper.meeting, paper.number
    page, button, tail = {
        "resolution": ("meetings:meeting", "Mở biên bản", "#nghi-quyet"),
        "scan": ("meetings:scans", "Thêm bản chụp", ""),
    }[kind]
    return Owed(
        kind=kind, about=str(paper.pk), unit_id=meeting.unit_id, title=f"{what}: {lower_first(meeting.title)}",
        why=f"{why} số {number.number:02d}" if kind == "scan" else why, due=meeting.closure.held_on, days_late=0,
        mine=True, page=page, button=button, tail=tail, firm=False,
    )  # fmt: skip
