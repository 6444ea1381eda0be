"""Who of the committee looks after which cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import since
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.meetings.care import committee_above
from chibo.meetings.models import Charge
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on


@transaction.atomic
def assign_charge(
    person: UUID, units: Sequence[Unit], *, first: date, last: date | None, by: Actor, decision: str = ""
) -> list[Charge]:
    """Phân công cấp ủy viên phụ trách các chi bộ, from `first` to `last`, the year as a rule (MTG-19).

    Raises NoPower and Refused: no_cell_chosen, ends_before_it_starts, not_a_cell, not_of_committee,
    charge_held_already.
    """
    refuse_if(not units, "no_cell_chosen")
    for unit in units:
        by.must(Power.APPOINT, unit.scope_path)
    refuse_if(last is not None and last < first, "ends_before_it_starts")
    locked = list(Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in units]).order_by("pk"))
    during = DateRange(first, last, bounds="[]") if last else since(first)
    decision = clean(decision, most=120)
    made = Charge.objects.bulk_create(_charge(person, unit, first, during, decision) for unit in locked)
    record(by, "charge.given", on=first, unit_id=None, touched=[*made, *locked])
    return made


def _charge(person: UUID, unit: Unit, first: date, during: DateRange, decision: str) -> Charge:
    placement = placement_on(unit.pk, first)
    refuse_if(placement is None or placement.kind != "cell", "not_a_cell")
    committee = {member.person_id: member.full_name for member in committee_above(unit, first)}
    refuse_if(person not in committee, "not_of_committee")
    held = Charge.objects.filter(person=person, unit=unit, during__overlap=during).exists()
    refuse_if(held, "charge_held_already", cell=placement.short_name if placement else "")
    return Charge(
        person_id=person, full_name=committee[person], unit=unit, during=during, decision=decision,
        scope_path=unit.scope_path,
    )  # fmt: skip


@transaction.atomic
def end_charge(charge: Charge, *, last: date, by: Actor) -> Charge:
    """Thôi phụ trách: `last` is the last day; the row stays as it was until then. Raises Refused("not_held_then")."""
    by.must(Power.APPOINT, charge.scope_path)
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    ended = charge.during.upper is not None and charge.during.upper <= last
    refuse_if(last < charge.during.lower or ended, "not_held_then")
    charge.during = DateRange(charge.during.lower, last, bounds="[]")
    charge.save(update_fields=["during"])
    record(by, "charge.ended", on=last, unit_id=charge.unit_id, touched=[charge])
    return charge
