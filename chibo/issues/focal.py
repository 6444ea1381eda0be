"""An open limitation offers itself as the focal item (nội dung trọng tâm) of its unit's next meeting (LIM-3, REV-8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.issues.models import Limitation
from chibo.issues.queries import MENDING, NO_CAUSE, NO_REMEDY, OVERDUE, TO_CONFIRM, state_of, with_state
from chibo.kernel.dates import show_day
from chibo.kernel.text import cut, lower_first
from chibo.meetings.offering import Suggestion

MOST = 2
URGENT = (OVERDUE, NO_CAUSE, NO_REMEDY, MENDING, TO_CONFIRM)
WORDS = {NO_CAUSE: "chưa có nguyên nhân", NO_REMEDY: "chưa có biện pháp", TO_CONFIRM: "chờ xác nhận"}


def focal(unit_id: int, *, on: date) -> list[Suggestion]:
    """Hạn chế đang mở của chính đơn vị ấy, the most urgent first, then the oldest; one query."""
    rows = with_state(Limitation.objects.filter(unit=unit_id, closed_on=None)).order_by("seen_on", "pk")
    found = sorted(rows, key=lambda row: URGENT.index(state_of(row, on)))
    return [_offer(row, on) for row in found[:MOST]]


def _offer(row: Any, on: date) -> Suggestion:
    state, text = state_of(row, on), lower_first(" ".join(row.text.split()).rstrip("."))
    why = WORDS.get(state) or (
        f"quá hạn {(on - row.next_due).days} ngày" if state == OVERDUE else f"hạn {show_day(row.next_due)}"
    )
    return Suggestion(row.pk, cut(f"Khắc phục hạn chế: {text}", 300), why, "limitation")
