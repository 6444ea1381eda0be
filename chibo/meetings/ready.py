"""What is prepared for meetings ahead, and what is not: focal item, papers, who presents, who writes, who is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F

from chibo.kernel.dates import show_day
from chibo.meetings.models import Invitation, Meeting, SheetEntry
from chibo.meetings.notices import told_of
from chibo.rules.reader import rules_on

IS_READY, NOT_READY, TO_SEE = "ready", "not_ready", "to_see"
_FIELDS = ("focal", "papers_sent_on", "writer")


@dataclass(frozen=True, slots=True)
class Ready:
    """One thing of the preparation, in words."""

    state: str  # ready | not_ready | to_see
    words: str
    page: str = ""  # where it stands, when that is not the sheet


def ready_of(meetings: Collection[Meeting]) -> dict[UUID, tuple[Ready, ...]]:
    """Chuẩn bị của từng buổi; three queries however many meetings, none without any."""
    if not meetings:
        return {}
    ids = [meeting.pk for meeting in meetings]
    noted: dict[UUID, dict[str, str]] = defaultdict(dict)
    written = SheetEntry.objects.filter(meeting__in=ids, field__in=_FIELDS).order_by("id")
    for meeting, field, value in written.values_list("meeting", "field", "value"):
        noted[meeting][field] = value  # the newest counts
    asked = dict(
        Invitation.objects.filter(meeting__in=ids, meets_on=F("meeting__meets_on"))
        .values("meeting").annotate(people=Count("person", distinct=True)).values_list("meeting", "people")
    )  # fmt: skip
    away = told_of(ids)
    return {
        each.pk: tuple(_ready(each, noted[each.pk], asked.get(each.pk, 0), len(away.get(each.pk, {}))))
        for each in meetings
    }


def _ready(meeting: Meeting, noted: dict[str, str], asked: int, away: int) -> list[Ready]:
    found = []
    if meeting.kind == Meeting.ORDINARY:
        found.append(_said(noted.get("focal"), "Đã có nội dung trọng tâm", "Chưa có nội dung trọng tâm"))
    if meeting.kind == Meeting.THEMATIC:
        found.append(_said(meeting.presenter_id, "Đã giao người chuẩn bị", "Chưa giao ai chuẩn bị chuyên đề"))
    found.append(_papers(meeting, noted.get("papers_sent_on", "")))
    found.append(_said(noted.get("writer"), "Đã chọn người ghi biên bản", "Chưa chọn người ghi biên bản"))
    announced = _said(asked, f"Đã mời {asked} người", "Chưa mời họp")
    found.append(Ready(announced.state, announced.words, "meetings:invitations"))
    if away:
        found.append(Ready(TO_SEE, f"{away} người báo vắng", "meetings:invitations"))
    return found


def _said(noted: object, yes: str, no: str) -> Ready:
    return Ready(IS_READY, yes) if noted else Ready(NOT_READY, no)


def _papers(meeting: Meeting, sent: str) -> Ready:
    """Papers go out some days before, by the rule of the day; unsure rules remind and no more."""
    if sent:
        return Ready(IS_READY, f"Tài liệu gửi {show_day(date.fromisoformat(sent))}")
    rule = rules_on(meeting.meets_on).get("meeting.papers_before_days")
    before = f", gửi trước ít nhất {rule.value} ngày" if rule else ""
    return Ready(NOT_READY, f"Chưa ghi ngày gửi tài liệu{before}")
