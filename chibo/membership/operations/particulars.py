"""Note and correct what the member's form says of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import DateField, F, Func, Value
from django.utils import timezone

from chibo.kernel.actor import Actor
from chibo.kernel.bulk import insert_rows
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Correctable, since
from chibo.kernel.text import clean, fold, name_key
from chibo.ledger.operations import record
from chibo.membership.models import Belonging, Erasure, Particular, Person, Standing
from chibo.membership.particulars import NAME
from chibo.membership.policy import born_not_before, field_of, must_write
from chibo.membership.today import gone_into, locked

Values = Mapping[str, str]  # code of a field → what was typed


def read_values(typed: Values) -> dict[str, str]:
    """Each value in its field's own spelling. Raises Refused, as each field reads its own."""
    return {code: field_of(code).read(value) for code, value in typed.items()}


@transaction.atomic
def note_particulars(
    changes: Mapping[Person, Values], *, first: date, at: datetime, by: Actor, decision: str = "", why: str = ""
) -> list[Particular]:
    """Ghi thông tin trong phiếu đảng viên: of one person or of a whole list, one ledger line; the new rows.

    What stays the same is left alone, what is empty ends. Without `why` a change holds from `first` on; with it the
    old value was wrong from its beginning: withdrawn, and said anew (decision 12).
    Raises NoPower, Refused: unknown_field, field_erased, field_began_then, overlaps_another, born_ahead,
    born_after_joining, unknown_why, and what each field says of a value it cannot read.
    """
    people = {person.pk: read_values(values) for person, values in changes.items()}
    codes = {code for values in people.values() for code in values}
    held = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=people).order_by("pk"))
    must_write(by, codes, {person.scope_path for person in held})
    refuse_if(why and why not in dict(Correctable.MISTAKES), "unknown_why", why=why)
    refuse_erased(people)
    _refuse_births(people, on=timezone.localdate(at))
    noting = _Noting(first, clean(decision, most=120), why, at, by)
    rows = Particular.objects.live().filter(person__in=people, field__in=codes).order_by("during")
    known = {(row.person_id, row.field): row for row in rows}  # the newest of each
    for person in held:
        for code, value in people[person.pk].items():
            noting.note(person, code, value, known.get((person.pk, code)))
    return noting.finish()


@dataclass(slots=True)
class _Noting:
    """Rows that end, are withdrawn or are added in one act."""

    first: date
    decision: str
    why: str
    at: datetime
    by: Actor
    ended: list[Particular] = field(default_factory=list)
    added: list[Particular] = field(default_factory=list)
    people: dict[UUID, Person] = field(default_factory=dict)

    def note(self, person: Person, code: str, value: str, old: Particular | None) -> None:
        """One field of one person."""
        if old is not None and old.during.upper is not None:
            refuse_if(value and old.during.upper > self.first, "overlaps_another")
            old = None
        if value == (old.value if old else ""):
            return
        self.people[person.pk] = person
        start = self._end(old) if old else self.first
        if value:
            self.added.append(Particular(
                person=person, field=code, value=value, sensitive=field_of(code).sensitive, during=since(start),
                decision=self.decision, scope_path=person.scope_path,
            ))  # fmt: skip

    def _end(self, old: Particular) -> date:
        self.ended.append(old)
        if self.why:
            old.withdrawn_at, old.withdrawn_by, old.withdrawn_why = self.at, self.by.account_id, self.why
            return old.during.lower
        refuse_if(old.during.lower >= self.first, "field_began_then", field=field_of(old.field).label)
        old.during = DateRange(old.during.lower, self.first)
        return self.first

    def finish(self) -> list[Particular]:
        """Write, and sign once when anything changed."""
        self._write_ends()
        insert_rows(self.added)
        if self.people:
            record(self.by, "particulars.noted", on=self.first, unit_id=None, touched=self.people.values(),
                   reason=self.why)  # fmt: skip
        return self.added

    def _write_ends(self) -> None:
        """All of them end the same way, so one statement says it."""
        if not self.ended:
            return
        rows = Particular.objects.filter(pk__in=[row.pk for row in self.ended])
        if self.why:
            rows.update(withdrawn_at=self.at, withdrawn_by=self.by.account_id, withdrawn_why=self.why)
        else:
            rows.update(
                during=Func(Func(F("during"), function="lower"), Value(self.first, DateField()), function="daterange")
            )


def refuse_erased(people: Mapping[UUID, Values]) -> None:
    """What was erased at the person's wish is not written anew. Raises Refused: field_erased."""
    typed = {(pk, code) for pk, values in people.items() for code, value in values.items() if value}
    into = gone_into(people)
    for row in Erasure.objects.filter(person__in=[*people, *into]):
        gone = (into.get(row.person_id, row.person_id), row.field) in typed
        refuse_if(gone, "field_erased", field=field_of(row.field).label, day=row.on)


def _refuse_births(people: Mapping[UUID, Values], *, on: date) -> None:
    births = {pk: born for pk, values in people.items() if (born := born_not_before(values)) is not None}
    for born in births.values():
        refuse_if(born > on, "born_ahead", day=born)
    if births:
        rows = Standing.objects.live().filter(person__in=births).values_list("person", "during")
        for person, during in rows:
            refuse_if(during.lower < births[person], "born_after_joining", day=during.lower)


@transaction.atomic
def rename_member(
    person: Person, name: str, *, first: date, at: datetime, by: Actor, decision: str = "", why: str = ""
) -> Person:
    """Đổi, sửa họ tên. Without `why` the old name was right to the day before `first`; with it, never.

    Papers and rolls that were closed keep the name they have.
    Raises NoPower, Refused: no_name, same_name, field_began_then, unknown_why.
    """
    person = locked(person, by)
    name = clean(name, most=80)
    refuse_if(not name, "no_name")
    refuse_if(name == person.full_name, "same_name")
    refuse_if(why and why not in dict(Correctable.MISTAKES), "unknown_why", why=why)
    begun = Belonging.objects.live().filter(person=person, kind=Belonging.OFFICIAL).order_by("during").first()
    start = begun.during.lower if begun else first
    refuse_if(not why and start >= first, "field_began_then", field=NAME.label)
    old = Particular(
        person=person, field=NAME.code, value=person.full_name, sensitive=False, scope_path=person.scope_path,
        during=since(start) if why else DateRange(start, first), decision=clean(decision, most=120),
    )  # fmt: skip
    if why:
        old.withdrawn_at, old.withdrawn_by, old.withdrawn_why = at, by.account_id, why
    _refuse_same_days(old)
    old.save(force_insert=True)
    person.full_name, person.name_key, person.folded_name = name, name_key(name), fold(name)
    person.save(update_fields=["full_name", "name_key", "folded_name"])
    record(by, "member.renamed", on=first, unit_id=None, touched=[person, old], reason=why)
    return person


def _refuse_same_days(row: Particular) -> None:
    """A second change of name starts where the first one ended."""
    borne = Particular.objects.live().filter(person=row.person_id, field=row.field).order_by("-during").first()
    if row.withdrawn_at is None and borne is not None:
        refuse_if(borne.during.upper >= row.during.upper, "field_began_then", field=NAME.label)
        row.during = DateRange(borne.during.upper, row.during.upper)


@transaction.atomic
def correct_particular(
    row: Particular, value: str, *, first: date, why: str, at: datetime, by: Actor, decision: str | None = None
) -> Particular | None:
    """Sửa một thông tin đã ghi sai: the row is withdrawn and said anew; without a value it is withdrawn only.

    Raises NoPower, Refused: unknown_why, withdrawn_already, field_erased, ends_before_it_starts, overlaps_another,
    born_ahead, born_after_joining, and what the field says of a value it cannot read.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=row.person_id)
    must_write(by, [row.field], [person.scope_path])
    row = Particular.objects.get(pk=row.pk)
    values = read_values({row.field: value})
    day = timezone.localdate(at)
    refuse_erased({person.pk: values})
    _refuse_births({person.pk: values}, on=day)
    row.withdraw(why=why, at=at, by_account=by.account_id)
    new = None
    if values[row.field]:
        refuse_if(row.during.upper is not None and first >= row.during.upper, "ends_before_it_starts")
        said = {} if decision is None else {"decision": clean(decision, most=120)}
        new = row.said_anew(value=values[row.field], during=DateRange(first, row.during.upper), **said)
        others = Particular.objects.live().filter(person=person, field=row.field)
        refuse_if(others.filter(during__overlap=new.during).exists(), "overlaps_another")
        new.save(force_insert=True)
    touched = [person, row, *([new] if new else [])]
    record(by, "particular.corrected", on=day, unit_id=None, touched=touched, reason=why)
    return new
