"""Note what held of a member before the book began."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import refuse_ahead
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Belonging, Person, Standing
from chibo.membership.operations.bounds import refuse_before_birth
from chibo.membership.operations.entering import refuse_unless_cell
from chibo.membership.today import follow, locked
from chibo.organisation.models import Unit


@transaction.atomic
def note_standing(
    person: Person, kind: str, *, first: date, last: date | None, on: date, by: Actor, decided_on: date | None = None,
    decision: str = "",
) -> Standing:  # fmt: skip
    """Ghi thêm quãng dự bị, chính thức trước đây: what held before the book began. `on` is today.

    Raises Refused: unknown_standing, day_ahead, before_birth, before_the_party, ends_before_it_starts,
    overlaps_another.
    """
    person = locked(person, by)
    refuse_if(kind not in dict(Standing.KINDS), "unknown_standing", standing=kind)
    refuse_ahead(first, on=on)
    refuse_before_birth(person, first)
    during = days(first, last)
    clash = Standing.objects.live().filter(person=person, during__overlap=during)
    refuse_if(clash.exists(), "overlaps_another")
    row = Standing.objects.create(
        person=person, kind=kind, during=during, decided_on=decided_on, scope_path=person.scope_path,
        decision=clean(decision, most=120),
    )  # fmt: skip
    record(by, "standing.noted", on=first, unit_id=None, touched=[person, row])
    return row


@transaction.atomic
def note_belonging(
    person: Person, unit: Unit, *, first: date, last: date, on: date, by: Actor, decision: str = ""
) -> Belonging:
    """Ghi thêm nơi đã sinh hoạt trước đây, in a cell of this tree. `on` is today.

    Raises NoPower unless both cells are within reach, Refused: not_a_cell, day_ahead, before_birth,
    before_the_party, ends_before_it_starts, overlaps_another.
    """
    person = locked(person, by)
    by.must(Power.ADMIT, unit.scope_path)
    refuse_ahead(last, on=on)
    refuse_before_birth(person, first)
    refuse_unless_cell(unit, first)
    during = days(first, last)
    rows = Belonging.objects.live().filter(person=person, kind=Belonging.OFFICIAL)
    refuse_if(rows.filter(during__overlap=during).exists(), "overlaps_another")
    row = Belonging.objects.create(
        person=person, unit=unit, during=during, way_in=Belonging.LISTED, way_out=Belonging.MOVED,
        scope_path=unit.scope_path, home_path=person.scope_path, decision=clean(decision, most=120),
    )  # fmt: skip
    follow([person.pk], on=on)
    record(by, "belonging.noted", on=first, unit_id=unit.pk, touched=[person, row])
    return row
