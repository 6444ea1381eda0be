"""Renew form and content of the meetings: what was tried, and what came of it (MTG-23)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.meetings.models import ChangeEffect, ChangeTried
from chibo.organisation.models import Unit

LONGEST = 1_000


@transaction.atomic
def try_change(
    unit: Unit, what: str, *, on: date, key: UUID, at: datetime, by: Actor, by_name: str
) -> ChangeTried:  # fmt: skip
    """Ghi một đổi mới đã làm từ ngày `on`. Raises Refused: no_text, day_ahead, looks_like_identity."""
    by.must(Power.CHAIR, unit.scope_path)
    what = _said(what, on, at)
    if sent := ChangeTried.objects.filter(pk=key, unit=unit).first():
        return sent
    row = ChangeTried.objects.create(
        id=key, unit=unit, on=on, what=what, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=unit.scope_path,
    )  # fmt: skip
    record(by, "change.tried", on=on, unit_id=unit.pk, touched=[row], content={"what": what})
    return row


@transaction.atomic
def note_effect(
    change: ChangeTried, text: str, *, on: date, key: UUID, at: datetime, by: Actor, by_name: str
) -> ChangeEffect:
    """Ghi kết quả của đổi mới, nhìn vào ngày `on`. Raises Refused: no_text, day_ahead, before_the_change,
    looks_like_identity.
    """
    by.must(Power.CHAIR, change.scope_path)
    text = _said(text, on, at)
    refuse_if(on < change.on, "before_the_change", day=change.on)
    if sent := ChangeEffect.objects.filter(pk=key, change=change).first():
        return sent
    row = ChangeEffect.objects.create(
        id=key, change=change, on=on, text=text, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=change.scope_path,
    )  # fmt: skip
    record(by, "change.looked_at", on=on, unit_id=change.unit_id, touched=[row, change], content={"text": text})
    return row


def _said(text: str, on: date, at: datetime) -> str:
    text = clean(text, most=LONGEST, lines=True)
    refuse_if(not text, "no_text")
    refuse_if(on > at.date(), "day_ahead", day=on)
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    return text
