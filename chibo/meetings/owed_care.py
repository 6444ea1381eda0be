"""What somebody owes about meetings of others: confirm what was typed for the cell, note what was seen on a visit."""

from __future__ import annotations

from datetime import date

from chibo.kernel.actor import Actor, Power
from chibo.meetings.models import Closure, Visit
from chibo.meetings.owed import AHEAD, Owed


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Minutes to confirm, visits ahead and visits to note; two queries."""
    waiting = (
        Closure.objects.visible_to(actor)
        .filter(helper__isnull=False, confirmation=None)
        .select_related("meeting", "helper")
        .order_by("held_on", "pk")
    )
    visits = (
        Visit.objects.visible_to(actor)
        .filter(person=actor.person_id, observation=None, meeting__meets_on__lte=on + AHEAD)
        .exclude(meeting__not_held__withdrawn_at=None, meeting__not_held__isnull=False)
        .select_related("meeting")
        .order_by("meeting__meets_on", "pk")
    )
    found = [_confirm(closure, actor, on) for closure in waiting]
    return found + [_visit(visit, on) for visit in (visits if actor.person_id else [])]


def _confirm(closure: Closure, actor: Actor, on: date) -> Owed:
    return Owed(
        kind="confirm", about=str(closure.pk), unit_id=closure.meeting.unit_id,
        title=f"Xác nhận biên bản {closure.meeting.title.lower()}",
        why=f"{closure.by_name or 'Văn phòng'} ghi giúp ngày {closure.at:%d/%m/%Y}", due=closure.held_on,
        days_late=0, mine=actor.can(Power.CHAIR, closure.scope_path),
        page="meetings:confirmation", button="Xem và xác nhận",
    )  # fmt: skip


def _visit(visit: Visit, on: date) -> Owed:
    day = visit.meeting.meets_on
    passed = day < on
    return Owed(
        kind="visit", about=str(visit.pk), unit_id=visit.meeting.unit_id,
        title=f"{'Ghi nhận xét' if day <= on else 'Dự'} {visit.meeting.title.lower()}",
        why=visit.purpose or visit.meeting.venue, due=day, days_late=(on - day).days if passed else 0, mine=True,
        page="meetings:visit", button="Ghi nhận xét" if day <= on else "Mở",
    )  # fmt: skip
