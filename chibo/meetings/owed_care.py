"""What somebody owes about meetings of others: confirm what was typed for the cell, note what was seen on a visit."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.actor import Actor, Power
from chibo.kernel.text import lower_first
from chibo.meetings.models import Closure, Visit
from chibo.meetings.owed import AHEAD, Owed

UNCONFIRMED = Q(helper__isnull=False, confirmation=None)


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Minutes to confirm or waiting for it, visits ahead and visits to note; two queries."""
    typed = Closure.objects.visible_to(actor).filter(UNCONFIRMED, by_account=actor.account_id, by_account__isnull=False)
    waiting = (to_confirm(actor) | typed).select_related("meeting", "helper").order_by("held_on", "pk")
    visits = visits_due(actor, on + AHEAD).select_related("meeting").order_by("meeting__meets_on", "pk")
    return [_confirm(closure, actor) for closure in waiting] + [_visit(visit, on) for visit in visits]


def to_confirm(actor: Actor) -> ScopedQuerySet:
    """Minutes typed for a cell the actor chairs, that nobody of it has confirmed."""
    return Closure.objects.held_by(actor, Power.CHAIR).filter(UNCONFIRMED)


def visits_due(actor: Actor, last: date) -> ScopedQuerySet:
    """The actor's own visits up to that day that have no observation yet."""
    if actor.person_id is None:
        return Visit.objects.none()
    return (
        Visit.objects.visible_to(actor)
        .filter(person=actor.person_id, observation=None, meeting__meets_on__lte=last)
        .exclude(meeting__not_held__withdrawn_at=None, meeting__not_held__isnull=False)
    )


def _confirm(closure: Closure, actor: Actor) -> Owed:
    mine = actor.can(Power.CHAIR, closure.scope_path)
    typed = f"{closure.by_name or 'Văn phòng'} ghi giúp ngày {closure.at:%d/%m/%Y}"
    return Owed(
        kind="confirm", about=str(closure.pk), unit_id=closure.meeting.unit_id,
        title=f"Xác nhận biên bản {lower_first(closure.meeting.title)}",
        why=typed if mine else f"{typed}, chờ chi bộ xác nhận", due=closure.held_on,
        days_late=0, mine=mine, page="meetings:confirmation",
        button="Xem và xác nhận" if mine else "Ghi là đã ký bản giấy",
    )  # fmt: skip


def _visit(visit: Visit, on: date) -> Owed:
    day = visit.meeting.meets_on
    return Owed(
        kind="visit", about=str(visit.pk), unit_id=visit.meeting.unit_id,
        title=f"{'Ghi nhận xét' if day <= on else 'Dự'} {lower_first(visit.meeting.title)}",
        why=visit.purpose or visit.meeting.venue, due=day, days_late=0, mine=True,
        page="meetings:visit", button="Ghi nhận xét" if day <= on else "Mở",
    )  # fmt: skip
