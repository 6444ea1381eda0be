"""The log of who opened whose file: written beside the ledger, with its own right and its own end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.access.models import Reading
from chibo.kernel.actor import Actor
from chibo.rules.reader import rules_on


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened: one person's file, or a list of so many people of a branch."""

    page: str  # a code of Reading.PAGES
    scope_path: str
    person_id: UUID | None = None
    count: int = 1


@transaction.atomic
def note_opened(opened: Opened, *, at: datetime, by: Actor, by_name: str, by_post: str) -> None:
    """Ghi việc mở hồ sơ: once a day for a reader, a person and a page; every list with its count.

    One's own file is nobody's business; so is what the machine reads for itself.
    """
    if by.person_id is None or by.person_id == opened.person_id or not opened.count:
        return
    row = Reading(
        person_id=opened.person_id, page=opened.page, count=opened.count, at=at, on=at.date(),
        keep_until=end_of_keeping(at.date()), by_account=by.account_id, by_person=by.person_id, by_name=by_name[:80],
        by_post=by_post[:160], scope_path=opened.scope_path,
    )  # fmt: skip
    Reading.objects.bulk_create([row], ignore_conflicts=True)


def end_of_keeping(day: date) -> date:
    """The last day a reading of that day is kept (rule privacy.readings_kept_months)."""
    months = day.month - 1 + int(rules_on(day)["privacy.readings_kept_months"].value)
    return date(day.year + months // 12, months % 12 + 1, min(day.day, 28))


def forget_readings(*, at: datetime) -> str:
    """Bỏ những dòng đã hết hạn giữ; work of the clock."""
    gone, _ = Reading.objects.filter(keep_until__lt=at.date()).delete()
    return f"nhật ký mở hồ sơ: bỏ {gone} dòng hết hạn" if gone else "nhật ký mở hồ sơ: không có dòng hết hạn"
