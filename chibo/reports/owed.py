"""What somebody owes in this room: the report of the month that is over."""

from __future__ import annotations

from datetime import date, timedelta

from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import month_label
from chibo.kernel.periods import month_before, next_month
from chibo.meetings.owed import Owed
from chibo.organisation.models import Placement
from chibo.reports.models import MonthReport
from chibo.rules.reader import Rule, rules_on

OF_A_MONTH = frozenset({"cell", "commune", "grassroots"})  # kinds of unit that report by the month


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Reports of last month not issued yet, of units the actor chairs; two queries.

    The day comes from the rule `report.month_day`; while nobody knows one, or it is unsure, this only reminds.
    """
    month = month_before(on.replace(day=1))
    standing = Placement.objects.held_by(actor, Power.CHAIR).on(next_month(month) - timedelta(days=1))
    units = list(standing.filter(kind__in=OF_A_MONTH).order_by("sort_key")) if actor.ranges(Power.CHAIR) else []
    if not units:
        return []
    reports = MonthReport.objects.filter(unit__in=[each.unit_id for each in units], month=month)
    issued = set(reports.values_list("unit", flat=True))
    rule = rules_on(on).get("report.month_day")
    return [_item(each, month, rule, on) for each in units if each.unit_id not in issued]


def _item(unit: Placement, month: date, rule: Rule | None, on: date) -> Owed:
    due = next_month(month).replace(day=int(rule.value)) if rule else None
    sure = rule is not None and rule.binds
    why = f"Ngày gửi: {rule.citation}" if rule else "Chưa rõ ngày gửi"
    return Owed(
        kind="report", about=f"{unit.unit_id}-{month:%Y-%m}", unit_id=unit.unit_id,
        title=f"Báo cáo {month_label(month)} chưa ban hành", why=why, due=due,
        days_late=max(0, (on - due).days) if sure and due else 0, mine=True, page="reports:month",
        button="Mở dự thảo", args=(unit.unit_id, month.year, month.month), firm=sure,
    )  # fmt: skip
