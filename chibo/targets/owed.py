"""What somebody owes in this room: a plan asked for and not issued, a number by hand nobody has reported for long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from chibo.directives.models import Delivery
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import show_day
from chibo.kernel.text import cut
from chibo.meetings.owed import Owed
from chibo.rules.reader import rules_on
from chibo.targets.models import LineDone, LineSaid, Plan, PlanIssue, ReportedValue, Target, TargetSaid

AHEAD = timedelta(days=14)  # a plan is owed from two weeks before its day
NEAR = timedelta(days=31)  # a number of the last month says how it ended
REPORT_DAYS = "target.report_days"
MOST = 50


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Of the units the actor leads; three queries."""
    if not actor.ranges(Power.ASSIGN):
        return []
    return [*_plans(actor, on), *_lines(actor, on), *_numbers(actor, on)]


def _plans(actor: Actor, on: date) -> list[Owed]:
    """Plans a document asks for by a day."""
    issued = PlanIssue.objects.filter(plan__delivery=OuterRef("pk"))
    draft = Plan.objects.filter(delivery=OuterRef("pk"), withdrawn_at=None).order_by("at", "pk")
    rows = Delivery.objects.held_by(actor, Power.ASSIGN).live().filter(~Exists(issued), plan_due_on__lte=on + AHEAD)
    rows = rows.annotate(draft=Subquery(draft.values("pk")[:1])).order_by("plan_due_on", "pk")
    return [_plan(row, on) for row in rows[:MOST]]


def _plan(row: Any, on: date) -> Owed:
    """The draft when there is one, else the page that begins it."""
    begun = row.draft is not None
    return Owed(
        kind="plan", about=str(row.draft or row.pk), unit_id=row.unit_id,
        title=f"Kế hoạch thực hiện {cut(row.title, 110)}",
        why="Dự thảo chưa ban hành" if begun else "Cấp trên giao lập kế hoạch", due=row.plan_due_on,
        days_late=max(0, (on - row.plan_due_on).days), mine=True,
        page="targets:plan" if begun else "targets:plan_open", args=() if begun else (row.unit_id,),
        tail="" if begun else f"?giao-hoc={row.pk}", button="Mở dự thảo" if begun else "Lập kế hoạch",
    )  # fmt: skip


def _lines(actor: Actor, on: date) -> list[Owed]:
    """Lines nothing measures, not reported done: what they say now, from two weeks before their day."""
    newer = LineSaid.objects.filter(line=OuterRef("line"), pk__gt=OuterRef("pk"))
    rows = (
        LineSaid.objects.held_by(actor, Power.ASSIGN)
        .filter(measured=False, dropped=False, due__lte=on + AHEAD, line__plan__issue__isnull=False)
        .filter(~Exists(newer), ~Exists(LineDone.objects.live().filter(line=OuterRef("line"))))
        .select_related("line__plan")
        .order_by("due", "pk")
    )
    return [_line(row, on) for row in rows[:MOST]]


def _line(row: LineSaid, on: date) -> Owed:
    assert row.due is not None
    plan = row.line.plan
    return Owed(
        kind="plan_line", about=str(row.line_id), unit_id=plan.unit_id, title=cut(row.task, 140),
        why=f"Dòng {row.line.place} của {cut(f'{plan.kind} {plan.about}', 90)}", due=row.due,
        days_late=max(0, (on - row.due).days), mine=True, page="targets:line_done", button="Báo xong",
    )  # fmt: skip


def _numbers(actor: Actor, on: date) -> list[Owed]:
    """Targets by hand whose newest number is older than the rule says; a debt only once the last day has passed."""
    rule = rules_on(on).get(REPORT_DAYS)
    if rule is None:
        return []
    long = timedelta(days=int(rule.value))
    newest = TargetSaid.objects.filter(target=OuterRef("pk")).order_by("-pk")
    reported = ReportedValue.objects.filter(target=OuterRef("pk"), withdrawn_at=None).order_by("-on")
    rows = (
        Target.objects.held_by(actor, Power.ASSIGN)
        .filter(figure="", first__lte=on - long)
        .annotate(last=Subquery(newest.values("last")[:1]), dropped=Subquery(newest.values("dropped")[:1]),
                  newest=Subquery(reported.values("on")[:1]))
        .filter(Q(newest=None) | Q(newest__lt=on - long), dropped=False, last__gte=on - 2 * long)
    )  # fmt: skip
    found = rows.order_by("last", "name", "pk")[: 2 * MOST]
    return [_number(row, on) for row in found if row.newest is None or row.newest < row.last - NEAR][:MOST]


def _number(row: Any, on: date) -> Owed:
    over = row.last < on
    since = f"số mới nhất đến {show_day(row.newest)}" if row.newest else "chưa báo số nào"
    return Owed(
        kind="target_number", about=str(row.pk), unit_id=row.unit_id, title=cut(f"Báo số: {row.name}", 140),
        why=f"Chỉ tiêu báo tay, {since}", due=row.last if over else None,
        days_late=max(0, (on - row.last).days) if over else 0, mine=True, page="targets:number", button="Báo số",
        firm=over,
    )  # fmt: skip
