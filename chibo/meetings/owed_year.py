"""The theme calendar of the year (lịch chuyên đề): what a cell has not planned yet. Reminders only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from chibo.kernel.actor import Actor, Power
from chibo.kernel.periods import Period, next_month
from chibo.meetings.models import Meeting, NotHeld
from chibo.meetings.owed import Owed
from chibo.organisation.models import Placement
from chibo.rules.reader import Rule, rules_on

NEXT_YEAR_FROM = 12  # in December the calendar of the next year is due


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Quarters from now on without a thematic meeting, of cells the actor chairs; two queries.

    The rules on themes are not sure enough to call anything late.
    """
    rule = rules_on(on).get("meeting.thematic_per_quarter")
    if rule is None or not actor.ranges(Power.CHAIR):
        return []
    cells = list(Placement.objects.held_by(actor, Power.CHAIR).on(on).filter(kind="cell").order_by("sort_key"))
    if not cells:
        return []
    planned = _planned([cell.unit_id for cell in cells], on)
    return [item for cell in cells for item in _of(cell, planned, rule, on)]


def _planned(units: list[int], on: date) -> set[tuple[int, int, int]]:
    """Unit, year and quarter of thematic meetings held or in the calendar, of this year and the next."""
    rows = Meeting.objects.filter(
        unit__in=units, kind=Meeting.THEMATIC, month__gte=on.replace(month=1, day=1),
        month__lt=date(on.year + 2, 1, 1),
    ).exclude(not_held__in=NotHeld.objects.filter(withdrawn_at=None))  # fmt: skip
    return {(unit, month.year, _quarter(month)) for unit, month in rows.values_list("unit", "month")}


def _of(cell: Placement, planned: set[tuple[int, int, int]], rule: Rule, on: date) -> Iterable[Owed]:
    missing = [q for q in range(_quarter(on), 5) if (cell.unit_id, on.year, q) not in planned]
    if missing:
        whole = missing == [1, 2, 3, 4]
        names = ", ".join(("I", "II", "III", "IV")[q - 1] for q in missing)
        title = f"Lập lịch chuyên đề năm {on.year}" if whole else f"Xếp chuyên đề quý {names} năm {on.year}"
        yield _item(cell, title, rule, _last_day(on.year, missing[0]))
    after = on.year + 1
    if on.month >= NEXT_YEAR_FROM and not any((cell.unit_id, after, q) in planned for q in range(1, 5)):
        yield _item(cell, f"Lập lịch chuyên đề năm {after}", rule, date(on.year, 12, 31))


def _item(cell: Placement, title: str, rule: Rule, due: date) -> Owed:
    return Owed(
        kind="themes", about=f"{cell.unit_id}-{due.year}", unit_id=cell.unit_id, title=title,
        why=f"Mỗi quý ít nhất {rule.value} buổi ({rule.citation})", due=due, days_late=0, mine=True,
        page="meetings:plan", button="Thêm chuyên đề", args=(cell.unit_id,), tail="?loai=thematic", firm=False,
    )  # fmt: skip


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _last_day(year: int, quarter: int) -> date:
    first = date(year, 3 * quarter, 1)
    return Period(first, next_month(first)).after - timedelta(days=1)
