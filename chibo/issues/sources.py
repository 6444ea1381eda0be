"""Where a limitation was seen, as an address says it, and back again as words and a page to open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from chibo.figures.answers import Tree
from chibo.figures.door import catalogue, figure
from chibo.figures.moments import period_of
from chibo.issues.models import Limitation
from chibo.issues.operations import Source
from chibo.issues.said import in_words
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.periods import Period
from chibo.kernel.text import cut, is_uuid, lower_first
from chibo.meetings.care import day_of
from chibo.meetings.models import Meeting, Visit
from chibo.organisation.models import Unit
from chibo.targets.measures import amount, rounded
from chibo.targets.models import Target
from chibo.targets.standing import WORDS as STANDS
from chibo.targets.valuing import one_valued

FIGURE, MEETING, VISIT, TARGET = "so-lieu", "buoi-hop", "du-sinh-hoat", "chi-tieu"  # as addresses say it
AREA_OF = {  # what figures of a room are mostly about: where the form begins
    "meetings.": "meetings", "tasks.": "planning", "study.": "study", "members.": "admission", "posts.": "cadres",
    "cells.": "cadres",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A source as the form shows it: what is kept, the sentence, when it was seen, the area it suggests."""

    source: Source
    words: str
    on: date | None = None
    area: str = ""


def seen_at(asked: Mapping[str, str], unit: Unit, *, by: Actor, on: date) -> Seen | None:
    """?nguon=so-lieu&so=…&tu=…&den=…, ?nguon=buoi-hop&ma=…, ?nguon=du-sinh-hoat&ma=…,
    ?nguon=chi-tieu&ma=…; None when none is named.

    Raises Refused: source_not_here, bad_day, bad_period.
    """
    kind = asked.get("nguon", "")
    if kind == FIGURE:
        return _figure(asked, unit, by, on)
    if kind == TARGET:
        return _target(asked, unit, by, on)
    if kind == MEETING:
        meeting = Meeting.objects.visible_to(by).filter(pk=_id(asked), unit=unit).select_related("closure").first()
        return _meeting(meeting, Source(Limitation.MEETING, meeting=meeting.pk if meeting else None), "")
    if kind == VISIT:
        rows = Visit.objects.visible_to(by).filter(pk=_id(asked), meeting__unit=unit)
        visit = rows.select_related("meeting__closure").first()
        refuse_if(visit is None, "source_not_here")
        assert visit is not None
        return _meeting(visit.meeting, Source(Limitation.VISIT, visit=visit.pk), "Nhận xét khi dự ")
    return None


def _id(asked: Mapping[str, str]) -> UUID:
    typed = asked.get("ma", "")
    if not is_uuid(typed):
        raise Refused("source_not_here")
    return UUID(typed)


def _figure(asked: Mapping[str, str], unit: Unit, by: Actor, on: date) -> Seen:
    code = asked.get("so", "")
    refuse_if(code not in catalogue(), "source_not_here")
    period = period_of(asked, on)
    answer = figure(code, unit, period, Tree.RESTATED, by=by, on=on)
    days = f"từ {show_day(period.first)} đến {show_day(period.last)}"
    area = next((area for prefix, area in AREA_OF.items() if code.startswith(prefix)), "")
    words = f"{answer.figure.name}, {days}: {in_words(answer)}"
    return Seen(Source(Limitation.FIGURE, figure=code, period=period), words, min(period.last, on), area)


def _target(asked: Mapping[str, str], unit: Unit, by: Actor, on: date) -> Seen:
    """Where a target stands: by its figure it opens to rows; a number by hand is kept in words."""
    row = Target.objects.visible_to(by).filter(pk=_id(asked), unit=unit).first()
    stands = one_valued(row, by=by, on=on) if row is not None else None
    refuse_if(stands is None, "source_not_here")
    assert stands is not None
    value, target = stands.value, stands.row
    got = amount(rounded(value.exact, target.kind), target.measure) if value.exact is not None else "chưa có số"
    words = f"Chỉ tiêu «{target.name}», {stands.asked}: {got}, {STANDS[stands.state]} ({target.source})"
    last = min(stands.said.last, on)
    if target.figure and value.answer is not None:
        period = Period.days(target.first, last)
        return Seen(Source(Limitation.FIGURE, cut(words, 200), target.figure, period), words, last)
    return Seen(Source(Limitation.OTHER, cut(words, 200)), words, last)


def _meeting(meeting: Meeting | None, source: Source, before: str) -> Seen:
    refuse_if(meeting is None, "source_not_here")
    assert meeting is not None
    title = lower_first(meeting.title) if before else meeting.title
    return Seen(source, f"{before}{title}, ngày {show_day(day_of(meeting))}", day_of(meeting), "meetings")


def source_words(row: Limitation) -> str:
    """«Đảng viên dự sinh hoạt, từ … đến …: 21/23 (91,3 %)», «Sinh hoạt thường kỳ tháng 10/2026», or the note."""
    if row.source == Limitation.FIGURE:
        known = catalogue().get(row.figure)
        assert row.figure_first is not None
        assert row.figure_last is not None
        days = f"từ {show_day(row.figure_first)} đến {show_day(row.figure_last)}"
        return f"{known.name if known else row.figure}, {days}: {row.figure_said}"
    if row.at_meeting is not None:
        return row.at_meeting.title
    if row.on_visit is not None:
        return row.on_visit.meeting.title
    return row.source_note


def source_page(row: Limitation) -> str:
    """The page the source opens; empty when it is a paper."""
    if row.source == Limitation.FIGURE and row.figure in catalogue():
        days = {"tu": show_day(row.figure_first), "den": show_day(row.figure_last)}  # type: ignore[arg-type]
        return f"{reverse('front:figure', args=[row.figure])}?{urlencode({'don-vi': row.unit_id, **days})}"
    if row.at_meeting_id is not None:
        return reverse("meetings:meeting", args=[row.at_meeting_id])
    if row.on_visit_id is not None:
        return reverse("meetings:visit", args=[row.on_visit_id])
    return ""
