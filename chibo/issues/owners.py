"""Who can be given a remedy, who may report it done, who may confirm it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chibo.issues.models import Limitation, Remedy, RemedyReport
from chibo.kernel.actor import Actor, Power
from chibo.meetings.bodies import may_own_on
from chibo.meetings.care import committee_above
from chibo.membership.queries import RollMember
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on


def owners_on(unit: Unit, day: date) -> list[RollMember]:
    """Of the unit itself, then the committees above it; each by given name."""
    standing = placement_on(unit.pk, day)
    own = may_own_on(unit, standing.kind, day) if standing else []
    known = {each.person_id for each in own}
    return own + [each for each in committee_above(unit, day) if each.person_id not in known]


def path_above(path: str) -> str:
    """Of the unit directly above; the unit's own where nothing is above it."""
    return path[: path.rstrip("/").rfind("/") + 1] or path


def is_owner(remedy: Remedy, by: Actor) -> bool:
    """Whether it was given to this very person."""
    return by.person_id is not None and by.person_id == remedy.owner_id


def may_report(remedy: Remedy, by: Actor) -> bool:
    """Its owner; for what a unit or its committee took on, whoever keeps the register there; the unit itself besides.

    A secretary types for an owner without a telephone: the owner still may not confirm it, nor may the secretary.
    """
    path = path_above(remedy.scope_path) if remedy.side == Remedy.ABOVE else remedy.scope_path
    return is_owner(remedy, by) or by.can(Power.REMEDY, path)


def may_check(report: RemedyReport, remedy: Remedy, by: Actor) -> bool:
    """Người thứ hai: keeps the register here, did not report it, and is not the one it was given to."""
    return by.can(Power.REMEDY, remedy.scope_path) and second_person(report, remedy, by.person_id)


def second_person(report: RemedyReport, remedy: Remedy, person: UUID | None) -> bool:
    """Neither who reported nor who was to do it."""
    return person is not None and person not in {report.by_person, report.owner_id, remedy.owner_id}


def may_keep(limitation: Limitation, by: Actor) -> bool:
    """Whether this person writes causes and remedies of it."""
    return by.can(Power.REMEDY, limitation.scope_path)
