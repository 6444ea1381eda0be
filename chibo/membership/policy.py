"""The door to particulars: lists, pages and exports all read them here, each for its own use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower, Refused
from chibo.membership.models import Erasure, Particular, Person
from chibo.membership.particulars import BIRTH, FIELDS, Field, Use
from chibo.membership.today import gone_into


def allows(actor: Actor, field: Field, use: Use, person: Person) -> bool:
    """Whether this actor may use the field of this person so. One's own is read and taken along, nothing else."""
    if actor.person_id == person.pk and use in {Use.READ, Use.EXPORT}:
        return True
    power = field.power(use)
    return power is not None and actor.can(power, person.scope_path)


def must_write(actor: Actor, codes: Iterable[str], paths: Collection[str]) -> None:
    """Refuse unless every one of these fields may be written there. Raises NoPower, Refused("unknown_field")."""
    powers = {field_of(code).power(Use.WRITE) for code in codes}
    for power in powers:
        for path in paths:
            if power is None:
                raise NoPower("", path)
            actor.must(power, path)


def field_of(code: str) -> Field:
    """The field of that code. Raises Refused("unknown_field")."""
    if code not in FIELDS:
        raise Refused("unknown_field")
    return FIELDS[code]


def field_for(code: str, use: Use) -> Field:
    """The field, when anybody at all may use it so. Raises Refused: unknown_field, field_closed."""
    field = field_of(code)
    if field.power(use) is None:
        raise Refused("field_closed", field=field.label)
    return field


def values_of(
    people: Collection[Person], *, actor: Actor, use: Use = Use.READ, paper: str = "", codes: Collection[str] = (),
    on: date | None = None,
) -> dict[UUID, dict[str, str]]:  # fmt: skip
    """Person → field → value as shown, only what this actor may use so; of today, or of the day `on`; one query.

    A sensitive field leaves the house only in a `paper` that demands it.
    """
    asked = [FIELDS[code] for code in codes or FIELDS]
    if use is Use.EXPORT:
        asked = [each for each in asked if not each.sensitive or paper in each.papers]
    by_id = {person.pk: person for person in people}
    seen = Particular.objects.visible_to(actor)
    said = seen.live().filter(during__upper_inf=True) if on is None else seen.on(on)
    rows = said.filter(person__in=list(by_id), field__in=[each.code for each in asked]).exclude(value="")  # erased
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in rows.order_by("field"):
        field = FIELDS[row.field]
        if allows(actor, field, use, by_id[row.person_id]):
            found[row.person_id][row.field] = field.show(row.value)
    return found


def written(person: Person, *, actor: Actor) -> dict[str, str]:
    """Field → value as a form shows it, of what this actor may write; without a value too, but erased ones not."""
    gone = erased_of(person, actor=actor)
    mine = [each for each in FIELDS.values() if each.code not in gone and allows(actor, each, Use.WRITE, person)]
    rows = Particular.objects.visible_to(actor).live().filter(person=person, during__upper_inf=True)
    held = dict(rows.values_list("field", "value"))
    shown = {each.code: held.get(each.code, "") for each in mine}
    return {code: value if FIELDS[code].choices else FIELDS[code].show(value) for code, value in shown.items()}


def erased_of(person: Person, *, actor: Actor) -> dict[str, date]:
    """Field → the day it was first erased, of this record or one merged into it.

    Of the fields this actor may read, in the order of the form.
    """
    records = [person.pk, *gone_into([person.pk])]
    rows = Erasure.objects.visible_to(actor).filter(person__in=records).order_by("-on")
    days = dict(rows.values_list("field", "on"))
    return {code: days[code] for code, each in FIELDS.items() if code in days and allows(actor, each, Use.READ, person)}


def recorded(person: Person, *, actor: Actor) -> dict[str, str]:
    """Field → value as shown, of all that is kept of the person: the value of today, else that it stands in old rows.

    Withdrawn and ended rows count, those of records merged into this one too; erased ones do not. In the order of the
    form.
    """
    records = [person.pk, *gone_into([person.pk])]
    rows = Particular.objects.visible_to(actor).filter(person__in=records).exclude(value="").order_by("during")
    said: dict[str, str] = {}
    for code, value, during, withdrawn in rows.values_list("field", "value", "during", "withdrawn_at"):
        now = withdrawn is None and during.upper is None
        if code in FIELDS and (now or not said.get(code)):
            said[code] = FIELDS[code].show(value) if now else ""
    return {code: said[code] for code, each in FIELDS.items() if code in said and allows(actor, each, Use.READ, person)}


def born_not_before(values: Mapping[str, str]) -> date | None:
    """The first day a birth written like this can mean; None when it is not known."""
    parts = [int(part) for part in values.get(BIRTH, "").split("-") if part]
    return date(parts[0], *[*parts[1:], 1, 1][:2]) if parts else None
