"""Who is on the roll of a cell on a day, and why somebody is not counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chibo.figures.answers import Tree
from chibo.figures.branches import standing_on
from chibo.kernel.actor import Actor
from chibo.kernel.dates import months_after
from chibo.membership.finding import Asked, ids_listed, is_wide, key_of, narrowed
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import Standing as Place
from chibo.organisation.queries import line_to
from chibo.rules.reader import rules_on

AWAY = "away"
STANDINGS, ABSENCES = dict(Standing.KINDS), dict(Absence.KINDS)


@dataclass(frozen=True, slots=True)
class RollMember:
    """One line of the roll: a person as they stood on the day."""

    person_id: UUID
    full_name: str
    name_key: str
    standing: str  # official | probationary
    why_not_counted: str  # "" | exempt | special_duty | away
    guest: bool  # of temporary activity here


def roll_on(unit: Unit, day: date) -> list[RollMember]:
    """Danh sách điểm danh của ngày: members of the cell and temporary guests, by given name; four queries."""
    here = list(Belonging.objects.on(day).filter(unit=unit).select_related("person").order_by("person__name_key"))
    ids = [row.person_id for row in here]
    standing = dict(Standing.objects.on(day).filter(person__in=ids).values_list("person", "kind"))
    left_out = dict(Absence.objects.on(day).filter(person__in=ids).values_list("person", "kind"))
    elsewhere = Belonging.objects.on(day).filter(person__in=ids, kind=Belonging.TEMPORARY)
    away = set(elsewhere.filter(~Q(unit=unit) | Q(unit=None)).values_list("person", flat=True))
    return [
        RollMember(
            row.person_id,
            row.person.full_name,
            row.person.name_key,
            standing.get(row.person_id, Standing.OFFICIAL),
            AWAY if row.person_id in away else left_out.get(row.person_id, ""),
            row.kind == Belonging.TEMPORARY,
        )
        for row in here
    ]


def members_on(unit: Unit, day: date, *, actor: Actor, tree: Tree = Tree.RESTATED) -> QuerySet[Person]:
    """Members of that day whose cell lies in the branch of `unit`: on today's tree, or as it was."""
    return Person.objects.visible_to(actor).filter(pk__in=_belonging_on(unit, day, tree).values("person"))


def _belonging_on(unit: Unit, day: date, tree: Tree) -> QuerySet[Belonging]:
    rows = Belonging.objects.on(day).filter(kind=Belonging.OFFICIAL)
    if tree is Tree.RESTATED:
        return rows.filter(scope_path__gte=unit.scope_path, scope_path__lt=unit.scope_path[:-1] + "0")
    return rows.filter(unit__in=standing_on(unit, day, tree).values("unit"))


def out_of_sight_on(unit: Unit, day: date, *, actor: Actor, tree: Tree) -> int:
    """How many members of that day are not in the list above: their file lies elsewhere now."""
    there = _belonging_on(unit, day, tree) & Belonging.objects.visible_to(actor)
    return there.exclude(person__in=Person.objects.visible_to(actor).values("pk")).count()


def line_of(person: Person, day: date, *, actor: Actor) -> list[Place]:
    """The way down the tree to the cell of the person today, as far as the actor may read it."""
    unit = Unit.objects.visible_to(actor).filter(scope_path=person.scope_path).first()
    return line_to(unit, day, actor=actor) if unit else []


def end_of_probation(person: Person, day: date) -> date | None:
    """The day the months of probation are over, of whoever is on probation that day (rule probation.months)."""
    row = Standing.objects.on(day).filter(person=person, kind=Standing.PROBATIONARY).first()
    rule = rules_on(row.during.lower).get("probation.months") if row else None
    return months_after(row.during.lower, rule.value) if row and rule else None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One line of a list of members."""

    person: Person
    unit_name: str
    standing: str  # in words
    why_not_counted: str  # in words
    key: str  # where the next page starts


def member_lines(
    unit: Unit, day: date, *, actor: Actor, asked: Asked | None = None, after: str = "", most: int,
    tree: Tree = Tree.RESTATED,
) -> list[MemberLine]:  # fmt: skip
    """Danh sách đảng viên trong nhánh, xếp theo tên unless asked otherwise; one query however long the list.

    Paging is by key: a page deep inside costs what the first costs. A whole province is not put in order, it is walked
    in the order of names, one query more. Raises as `finding.narrowed`.
    """
    asked = replace(asked or Asked(), after=after or (asked.after if asked else ""))
    plain = tree is Tree.RESTATED and not asked.narrow() and not asked.sort
    people: QuerySet[Person]
    if plain and is_wide(unit.scope_path):
        ids = ids_listed(unit.scope_path, asked, day, actor=actor, most=most)
        people = Person.objects.visible_to(actor).filter(pk__in=ids).order_by("name_key", "id")
    else:
        people = narrowed(members_on(unit, day, actor=actor, tree=tree), asked, day, actor=actor)[:most]
    return [
        MemberLine(p, p.cell or "", STANDINGS.get(p.held, ""), ABSENCES.get(p.left_out, ""), key_of(p, asked))
        for p in _told(people, day, actor)
    ]


def _told(people: QuerySet[Person], day: date, actor: Actor) -> QuerySet[Any]:
    """With what a line says of each that day: looked up for those of the page alone."""

    def its(model: Any, *, of: str = "person") -> QuerySet[Any]:
        owner = OuterRef("pk" if of == "person" else of)
        there: QuerySet[Any] = model.objects.visible_to(actor).on(day).filter(**{of: owner})
        return there

    called = its(Placement, of="unit").values("short_name")[:1]
    cell = its(Belonging).filter(kind=Belonging.OFFICIAL).annotate(called=Subquery(called)).values("called")[:1]
    held, left_out = (its(model).order_by("kind").values("kind")[:1] for model in (Standing, Absence))
    return people.annotate(cell=Subquery(cell), held=Subquery(held), left_out=Subquery(left_out))
