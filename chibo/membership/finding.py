"""Find members by name, accents or not; narrow and order a list by what its address says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import unit_ids
from chibo.kernel.text import clean, fold, is_uuid
from chibo.membership.models import Absence, Belonging, Merging, Particular, Person, Standing
from chibo.membership.particulars import Use
from chibo.membership.policy import field_for

SHORTEST_INDEXED = 3  # letters a word needs before the index of triples can serve it
UNCOUNTED = "khong-tinh"


def words_of(typed: str) -> list[str]:
    """The words to look for: folded, and y as i, since «Vỹ» and «Vĩ» are one name to the ear."""
    return fold(clean(typed[:200], most=200)).replace("y", "i").split()[:8]


def people_named(typed: str, *, actor: Actor) -> QuerySet[Person]:
    """Người có tên như đã gõ, within sight: every word stands somewhere in the name. Given names first, then by name.

    Within a commune its people are read and compared; over a whole province the index of letters is asked first,
    one query more.
    """
    words = words_of(typed)
    merged = Merging.objects.standing().filter(merged=OuterRef("pk"))
    people = Person.objects.visible_to(actor).filter(~Exists(merged))
    wide = any(is_wide(area.low) for area in actor.ranges(Power.READ))
    if words and wide and max(map(len, words)) >= SHORTEST_INDEXED:
        people = people.filter(pk__in=_ids_named(words, actor))
    return _ordered(with_words(people, words), words)


def with_words(people: QuerySet[Person], words: list[str]) -> QuerySet[Person]:
    """Those whose name holds every word."""
    sought = Func(F("folded_name"), Value("y"), Value("i"), function="translate", output_field=CharField())
    people = people.annotate(sought=sought)
    for word in words:
        people = people.filter(sought__contains=word)
    return people


def _ordered(people: QuerySet[Person], words: list[str]) -> QuerySet[Person]:
    if not words:
        return people.order_by("name_key", "id")
    given = Func(F("sought"), Value(" "), Value(-1), function="split_part", output_field=CharField())
    first = Case(When(given__startswith=words[-1], then=0), default=1, output_field=IntegerField())
    return people.annotate(given=given).annotate(later=first).order_by("later", "name_key", "id")


def is_wide(path: str) -> bool:
    """A whole province."""
    return len(unit_ids(path)) <= 1


def _ids_named(words: list[str], actor: Actor) -> list[UUID]:
    areas = actor.ranges(Power.READ)
    patterns = [f"%{_plain(word)}%" for word in words]
    facts = [max(patterns, key=len), patterns, [a.low for a in areas], [a.high for a in areas], actor.person_id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT chibo_people_named(%s, %s::text[], %s::text[], %s::text[], %s)", facts)
        return [row[0] for row in cursor.fetchall()]


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for. Names of parameters are Vietnamese, as addresses are."""

    name: str = ""
    standing: str = ""  # official | probationary
    uncounted: bool = False
    field: str = ""  # a particular, and the value it must have
    value: str = ""
    sort: str = ""  # a particular to order by; by name when empty
    after: str = ""  # the key of the last line of the page before

    def narrow(self) -> bool:
        """Whether anything is left out."""
        return self != replace(Asked(), after=self.after, sort=self.sort)


def narrowed(people: QuerySet[Person], asked: Asked, day: date, *, actor: Actor) -> QuerySet[Person]:
    """Those asked for, in the order asked for; no query yet. Raises Refused: unknown_field, field_closed."""
    if asked.name:
        people = with_words(people, words_of(asked.name))
    if asked.standing:
        held = Standing.objects.visible_to(actor).on(day).filter(kind=asked.standing)
        people = people.filter(pk__in=held.values("person"))
    if asked.uncounted:
        absent = Absence.objects.visible_to(actor).on(day).values("person")
        away = Belonging.objects.visible_to(actor).on(day).filter(kind=Belonging.TEMPORARY).values("person")
        people = people.filter(Q(pk__in=absent) | Q(pk__in=away))
    if asked.field and asked.value:
        people = people.filter(pk__in=_having(asked, actor))
    return _paged(people, asked, actor)


def _having(asked: Asked, actor: Actor) -> QuerySet[Any, Any]:
    field = field_for(asked.field, Use.FILTER)
    rows = Particular.objects.visible_to(actor).live().filter(field=field.code, during__upper_inf=True)
    return rows.filter(value=field.read(asked.value)).exclude(value="").values("person")


def _paged(people: QuerySet[Person], asked: Asked, actor: Actor) -> QuerySet[Person]:
    order = Value("")
    if asked.sort:
        field = field_for(asked.sort, Use.SORT)
        values = (
            Particular.objects.visible_to(actor)
            .live()
            .filter(field=field.code, during__upper_inf=True, person=OuterRef("pk"))
        )
        order = Coalesce(Subquery(values.values("value")[:1]), Value(""), output_field=CharField())  # type: ignore[assignment]
    people = people.annotate(order_key=order) if asked.sort else people
    names = (["order_key"] if asked.sort else []) + ["name_key", "id"]
    return _after(people, asked, names).order_by(*names)


def _parts(asked: Asked, names: list[str]) -> list[str]:
    """The key the page starts after, taken apart; none when there is none or it is broken."""
    parts = asked.after.split("~")
    whole = len(parts) == len(names) and parts[-2] and is_uuid(parts[-1]) and "\x00" not in asked.after
    return parts if whole else []


def ids_listed(branch: str, asked: Asked, day: date, *, actor: Actor, most: int) -> list[UUID]:
    """Who is listed in a wide branch that day, in the order of names, after the key."""
    areas = actor.ranges(Power.READ)
    key, last = _parts(asked, ["name_key", "id"]) or ("", str(UUID(int=0)))
    facts: list[Any] = [branch, day, key, last, [a.low for a in areas], [a.high for a in areas], actor.person_id, most]
    with connection.cursor() as cursor:
        cursor.execute("SELECT chibo_people_listed(%s, %s, %s, %s, %s::text[], %s::text[], %s, %s)", facts)
        return [row[0] for row in cursor.fetchall()]


def _after(people: QuerySet[Person], asked: Asked, names: list[str]) -> QuerySet[Person]:
    parts = _parts(asked, names)
    if not parts:
        return people
    behind = Q(pk__in=[])
    for place, name in enumerate(names):
        same = dict(zip(names[:place], parts[:place], strict=True))
        behind |= Q(**same, **{f"{name}__gt": parts[place]})
    return people.filter(behind)


def key_of(person: Person, asked: Asked) -> str:
    """Where the next page starts after this line."""
    own = f"{person.name_key}~{person.pk}"
    return f"{getattr(person, 'order_key', '')}~{own}" if asked.sort else own
