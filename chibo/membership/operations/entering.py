"""Enter members on the list, recognise one as official, give one an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.access.models import Account
from chibo.kernel.actor import Actor, Power
from chibo.kernel.bulk import insert_rows
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import since
from chibo.kernel.text import clean, fold, name_key
from chibo.ledger.operations import record
from chibo.membership.models import Belonging, Particular, Person, Standing
from chibo.membership.operations.bounds import refuse_before_birth, refuse_outside_life
from chibo.membership.policy import field_of, must_write
from chibo.membership.today import locked
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on


@dataclass(frozen=True, slots=True)
class NewMember:
    """One line of a list of members. `way_in` is how they came on the list (Biểu 1-TCTW).

    `since` is their first day in the cell; the days of ceremony, decision and recognition may lie long before.
    """

    full_name: str
    standing: str = Standing.OFFICIAL
    since: date | None = None
    way_in: str = Belonging.LISTED
    decision: str = ""  # the paper they came by
    admitted_on: date | None = None  # the ceremony: probation counts from it
    decided_on: date | None = None  # the decision of admission: years of membership count from it
    official_on: date | None = None
    particulars: Mapping[str, str] = field(default_factory=dict)  # code of a field → as typed


def enter_member(
    full_name: str,
    unit: Unit,
    *,
    on: date,
    by: Actor,
    standing: str = Standing.OFFICIAL,
    way_in: str = Belonging.LISTED,
) -> Person:
    """Ghi đảng viên vào sổ: a member who belongs to the cell `unit` from `on`. Raises as `enter_members`."""
    return enter_members([NewMember(full_name, standing, on, way_in)], unit, on=on, by=by)[0]


def enter_members(rows: Iterable[NewMember], unit: Unit, *, on: date, by: Actor) -> list[Person]:
    """The same for a whole list of one cell. Raises as `enter_lists`."""
    return enter_lists({unit: rows}, on=on, by=by)


@transaction.atomic
def enter_lists(lists: Mapping[Unit, Iterable[NewMember]], *, on: date, by: Actor) -> list[Person]:
    """Ghi danh sách đảng viên of several cells: one act, one ledger line, one touch for each person.

    `on` is the first day in the cell of those whose line names none.
    Raises NoPower, Refused: not_a_cell, no_name, unknown_standing, unknown_way, official_day_needed,
    official_before_admitted, standing_starts_late, before_birth, before_the_party, unknown_field, and what each
    field says of a value it cannot read.
    """
    entering = _Entering()
    for unit, rows in lists.items():
        by.must(Power.ADMIT, unit.scope_path)
        refuse_unless_cell(unit, on)
        for row in rows:
            entering.enter(row, unit, row.since or on)
    must_write(by, {each.field for each in entering.particulars}, {unit.scope_path for unit in lists})
    entering.write()
    where = next(iter(lists)).pk if len(lists) == 1 else None
    record(by, "members.entered", on=on, unit_id=where, touched=entering.people)
    return entering.people


def refuse_unfit(row: NewMember, *, on: date) -> None:
    """Refuse a line of a list as `enter_lists` would, before anything is written."""
    _read(row, row.since or on)


Stood = tuple[str, DateRange, date | None]  # kind of standing, how long, decided on


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a list as the book will have it."""

    name: str
    standings: list[Stood]
    values: dict[str, str]


def _read(row: NewMember, first: date) -> _Line:
    name = clean(row.full_name, most=80)
    refuse_if(not name, "no_name")
    refuse_if(row.standing not in dict(Standing.KINDS), "unknown_standing", standing=row.standing)
    refuse_if(row.way_in not in dict(Belonging.WAYS_IN) or row.way_in == Belonging.MOVED, "unknown_way")
    values = {code: value for code, typed in row.particulars.items() if (value := field_of(code).read(typed))}
    refuse_outside_life(min(filter(None, [first, row.admitted_on, row.official_on])), values)
    return _Line(name, _standings(row, first), values)


@dataclass(slots=True)
class _Entering:
    """The rows of one list, written together."""

    people: list[Person] = field(default_factory=list)
    belongings: list[Belonging] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    particulars: list[Particular] = field(default_factory=list)

    def enter(self, row: NewMember, unit: Unit, first: date) -> None:
        """One line of the list."""
        path, line = unit.scope_path, _read(row, first)
        person = Person(full_name=line.name, name_key=name_key(line.name), folded_name=fold(line.name), scope_path=path)
        own = {"person_id": person.pk, "scope_path": path}
        self.people.append(person)
        self.belongings.append(Belonging(
            unit_id=unit.pk, during=since(first), way_in=row.way_in, home_path=path,
            decision=clean(row.decision, most=120), **own,
        ))  # fmt: skip
        self.standings += [
            Standing(kind=kind, during=during, decided_on=decided_on, **own)
            for kind, during, decided_on in line.standings
        ]
        self.particulars += [
            Particular(field=code, value=value, sensitive=field_of(code).sensitive, during=since(first), **own)
            for code, value in line.values.items()
        ]

    def write(self) -> None:
        """All of them, in four statements."""
        for rows in (self.people, self.belongings, self.standings, self.particulars):
            insert_rows(rows)


def _standings(row: NewMember, first: date) -> list[Stood]:
    """Probation from the ceremony to the day of recognition, official from then on, as far as they are known."""
    official = row.standing == Standing.OFFICIAL
    refuse_if(official and row.admitted_on and not row.official_on, "official_day_needed")
    begins = row.admitted_on or (row.official_on if official else None) or first
    refuse_if(begins > first, "standing_starts_late", day=begins)
    if not official:
        return [(Standing.PROBATIONARY, since(begins), row.decided_on)]
    if row.admitted_on is None or row.official_on is None:
        return [(Standing.OFFICIAL, since(begins), None)]
    refuse_if(row.official_on <= row.admitted_on, "official_before_admitted")
    probation = DateRange(row.admitted_on, row.official_on)
    return [
        (Standing.PROBATIONARY, probation, row.decided_on),
        (Standing.OFFICIAL, since(row.official_on), None),
    ]


def refuse_unless_cell(unit: Unit, day: date) -> None:
    """Raise Refused("not_a_cell") unless the unit stands as a cell on that day."""
    placement = placement_on(unit.pk, day)
    refuse_if(placement is None or placement.kind != "cell", "not_a_cell")


@transaction.atomic
def recognise_official(
    person: Person, *, on: date, by: Actor, decision: str = "", decided_on: date | None = None
) -> Standing:
    """Công nhận đảng viên chính thức: probation ends the day before `on` (Điều lệ Đảng, Điều 5).

    Raises Refused: not_probationary, before_birth, before_the_party.
    """
    person = locked(person, by)
    refuse_before_birth(person, on)
    old = Standing.objects.on(on).filter(person=person).first()
    if old is None or old.kind != Standing.PROBATIONARY or old.during.lower == on:
        refuse_if(True, "not_probationary")
    assert old is not None
    until = old.during.upper
    old.during = DateRange(old.during.lower, on)
    old.save(update_fields=["during"])
    new = Standing.objects.create(
        person=person, kind=Standing.OFFICIAL, during=DateRange(on, until), scope_path=person.scope_path,
        decision=clean(decision, most=120), decided_on=decided_on,
    )  # fmt: skip
    record(by, "member.recognised", on=on, unit_id=None, touched=[person])
    return new


@transaction.atomic
def give_account(person: Person, account: Account, *, on: date, by: Actor) -> None:
    """Giao tài khoản: from now on this account acts with the person's posts. Raises Refused("account_taken")."""
    by.must(Power.APPOINT, person.scope_path)
    refuse_if(person.account_id is not None or hasattr(account, "person"), "account_taken")
    person.account = account
    person.save(update_fields=["account"])
    record(by, "account.given", on=on, unit_id=None, touched=[person, account])
