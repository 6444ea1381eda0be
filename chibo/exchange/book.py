"""What the book says of the members of a branch, read at once; and who of them a line of a list means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from chibo.exchange.cells import PartDay
from chibo.figures.answers import Tree
from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.text import text_key
from chibo.membership.models import Absence, Belonging, Erasure, Particular, Person, Standing
from chibo.membership.particulars import NUMBERS, same_birth
from chibo.membership.queries import members_on
from chibo.organisation.models import Unit


def spelt(value: Any) -> str:
    """A day as particulars keep it: 1979-05-19, 1979-05, 1979."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartDay):
        return "-".join(
            str(part) if part > 31 else f"{part:02d}" for part in (value.year, value.month, value.day) if part
        )
    return str(value)


def as_typed(value: Any) -> str:
    """A value as a person would type it into the form."""
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(slots=True)
class Known:
    """One member as the book has them."""

    person: Person
    belonging: Belonging
    standings: list[Standing] = field(default_factory=list)
    particulars: dict[str, str] = field(default_factory=dict)
    began: dict[str, date] = field(default_factory=dict)  # since when each of them holds
    exempt: bool = False
    erased: set[str] = field(default_factory=set)  # fields that went at the person's wish


class Book:
    """Members of a branch on a day; six queries however many they are."""

    def __init__(self, unit: Unit, on: date, *, actor: Actor, tree: Tree = Tree.RESTATED) -> None:
        people = members_on(unit, on, actor=actor, tree=tree)
        rows = Belonging.objects.visible_to(actor).on(on).filter(kind=Belonging.OFFICIAL, person__in=people)
        self.known = {row.person_id: Known(row.person, row) for row in rows.select_related("person", "unit")}
        held = people.values("pk")
        for standing in Standing.objects.visible_to(actor).live().filter(person__in=held).order_by("during"):
            if standing.person_id in self.known:
                self.known[standing.person_id].standings.append(standing)
        rows = Particular.objects.visible_to(actor).live().filter(person__in=held, during__upper_inf=True)
        particulars = rows.exclude(value="")
        for person, code, value, during in particulars.values_list("person", "field", "value", "during"):
            if person in self.known:
                self.known[person].particulars[code] = value
                self.known[person].began[code] = during.lower
        exempt = Absence.objects.visible_to(actor).on(on).filter(person__in=held, kind=Absence.EXEMPT)
        for person in exempt.values_list("person", flat=True):
            if person in self.known:
                self.known[person].exempt = True
        self._note_erased(Erasure.objects.visible_to(actor).filter(person__in=held))
        self._index()

    def _note_erased(self, gone: QuerySet[Erasure]) -> None:
        for person, code in gone.values_list("person", "field"):
            if person in self.known:
                self.known[person].erased.add(code)

    def _index(self) -> None:
        self.by_name: dict[str, list[UUID]] = defaultdict(list)
        self.by_number: dict[tuple[str, str], UUID] = {}
        for pk, known in self.known.items():
            self.by_name[text_key(known.person.full_name)].append(pk)
            for code in NUMBERS:
                if number := known.particulars.get(code):
                    self.by_number[code, number] = pk

    def who(self, values: dict[str, Any], unit_id: int | None) -> Known | None:
        """Whom the line means; None for somebody not in the book.

        Raises Refused: person_ambiguous, person_unclear, numbers_of_two.
        """
        by_number = {
            self.by_number[code, values[code]] for code in NUMBERS if (code, values.get(code)) in self.by_number
        }
        refuse_if(len(by_number) > 1, "numbers_of_two")
        if by_number:
            return self.known[by_number.pop()]
        alike = [self.known[pk] for pk in self.by_name.get(text_key(values["full_name"]), [])]
        alike = [known for known in alike if not _another(known, values)]
        sure = [known for known in alike if _same_birth(known, values)]
        if len(sure) == 1:
            return sure[0]
        here = [known for known in (sure or alike) if unit_id in {None, known.belonging.unit_id}]
        refuse_if(len(here) > 1, "person_ambiguous")
        if not here and alike:
            raise Refused("person_unclear", cell=_cell_name(alike[0]))
        return here[0] if here else None


def _cell_name(known: Known) -> str:
    placement = known.belonging.unit.placements.order_by("-during").first() if known.belonging.unit else None
    return placement.short_name if placement else ""


def _same_birth(known: Known, values: dict[str, Any]) -> bool:
    return same_birth(known.particulars.get("birth", ""), spelt(values["birth"]) if "birth" in values else "")


def _another(known: Known, values: dict[str, Any]) -> bool:
    """Certainly somebody else: another birth, or another number of the same kind."""
    ours = known.particulars
    if "birth" in values and ours.get("birth") and not _same_birth(known, values):
        return True
    return any(
        values.get(code) and ours.get(code) and len(values[code]) == len(ours[code]) and values[code] != ours[code]
        for code in NUMBERS
    )


def known_elsewhere(numbers: dict[str, set[str]], unit: Unit) -> set[tuple[str, str]]:
    """Which of these numbers belong to a member of another branch; says that, and nothing about whom or where."""
    pairs = [(code, number) for code, found in numbers.items() for number in found]
    if not pairs:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM chibo_numbers_elsewhere(%s, %s, %s)",
            [[code for code, _ in pairs], [number for _, number in pairs], unit.scope_path],
        )
        return {(code, number) for code, number in cursor.fetchall()}
