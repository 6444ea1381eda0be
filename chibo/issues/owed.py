"""What somebody owes in this room: a remedy to carry out, a report to look at, a limitation without cause or remedy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chibo.access.querysets import within
from chibo.issues.codes import ANSWER_DAYS
from chibo.issues.models import Cause, Limitation, Remedy, RemedyReport
from chibo.issues.queries import waiting_reports
from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import unit_ids
from chibo.kernel.text import cut
from chibo.meetings.owed import Owed
from chibo.rules.reader import rules_on

AHEAD = timedelta(days=14)  # a remedy is owed from two weeks before its day
MOST = 50
_CHILD = "[0-9a-z]{6}/$"  # a unit directly below, as paths write it


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Remedies of one's own and of the units one chairs, reports to look at, limitations left alone; three queries."""
    return [*_remedies(actor, on), *_reports(actor), *_left_alone(actor, on)]


def _remedies(actor: Actor, on: date) -> list[Owed]:
    rows = remedies_due(actor, on + AHEAD).select_related("owner").order_by("due", "pk")
    return [_remedy(row, actor, on) for row in rows[:MOST]]


def remedies_due(actor: Actor, last: date) -> Any:
    """Unreported remedies up to that day: the actor's own, those their unit took on, or a unit below left to it."""
    chairs = actor.ranges(Power.CHAIR)
    whose = within("scope_path", chairs) & Q(side=Remedy.UNIT)
    for here in chairs:
        whose |= Q(side=Remedy.ABOVE, scope_path__regex=f"^{here.low}{_CHILD}")
    if actor.person_id is not None:
        whose |= Q(owner=actor.person_id)
    rows = Remedy.objects.visible_to(actor).filter(whose, confirmed_on=None, withdrawn_at=None, due__lte=last)
    return rows.filter(~Exists(waiting_reports()))


def _remedy(row: Remedy, actor: Actor, on: date) -> Owed:
    mine = actor.person_id is not None and row.owner_id == actor.person_id
    return Owed(
        kind="remedy", about=str(row.pk), unit_id=unit_ids(row.scope_path)[-1], title=cut(row.text, 140),
        why=f"Biện pháp khắc phục, {'đồng chí phụ trách' if mine else row.get_side_display()}", due=row.due,
        days_late=max(0, (on - row.due).days), mine=True, page="issues:remedy", button="Báo đã làm", tail="#bao",
    )  # fmt: skip


def _reports(actor: Actor) -> list[Owed]:
    rows = to_look_at(actor).select_related("remedy").order_by("done_on", "pk")
    return [_report(row, actor) for row in rows[:MOST]]


def to_look_at(actor: Actor) -> Any:
    """Reports this person may confirm: neither their own nor of a remedy given to them."""
    if actor.person_id is None:
        return RemedyReport.objects.none()
    rows = RemedyReport.objects.held_by(actor, Power.REMEDY).filter(check_of=None, remedy__withdrawn_at=None)
    own = Q(by_person=actor.person_id) | Q(owner=actor.person_id) | Q(remedy__owner=actor.person_id)
    # `exclude` would also leave out reports without a person
    return rows.exclude(pk__in=RemedyReport.objects.filter(own).values("pk"))


def _report(row: RemedyReport, actor: Actor) -> Owed:
    """In one's own unit a debt; from above a reminder: the unit's own people look first."""
    return Owed(
        kind="remedied", about=str(row.pk), unit_id=unit_ids(row.scope_path)[-1],
        title=f"Xác nhận đã khắc phục: {cut(row.remedy.text, 110)}",
        why=f"{row.by_name or 'Đơn vị'} báo làm xong, chờ một đồng chí khác xem", due=row.done_on, days_late=0,
        mine=True, page="issues:check", button="Xem và xác nhận", firm=actor.can(Power.CHAIR, row.scope_path),
    )  # fmt: skip


def _left_alone(actor: Actor, on: date) -> list[Owed]:
    """Open ones of units the actor chairs that wait too long for a cause or a remedy; no sure rule, so a reminder."""
    rule = rules_on(on).get(ANSWER_DAYS)
    if rule is None or not actor.ranges(Power.CHAIR):
        return []
    left = Remedy.objects.live().filter(limitation=OuterRef("pk"), round=OuterRef("reopened"))
    rows = (
        Limitation.objects.held_by(actor, Power.CHAIR)
        .filter(~Exists(left), closed_on=None)
        .annotate(caused=Exists(Cause.objects.live().filter(limitation=OuterRef("pk"))))
        .order_by("entered_on", "pk")
    )
    return [_alone(row, timedelta(days=int(rule.value))) for row in rows[:MOST]]


def _alone(row: Any, days: timedelta) -> Owed:
    missing = "biện pháp" if row.caused else "nguyên nhân"
    return Owed(
        kind="limitation", about=str(row.pk), unit_id=row.unit_id, title=cut(row.text, 140),
        why=f"Hạn chế chưa có {missing}", due=row.entered_on + days, days_late=0, mine=True,
        page="issues:limitation", button=f"Ghi {missing}", firm=False,
    )  # fmt: skip
