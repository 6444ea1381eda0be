"""Find people and units within one's own sight, with or without accents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Lower

from chibo.kernel.actor import Actor
from chibo.kernel.text import clean, plain_letters
from chibo.membership.finding import people_named, words_of
from chibo.membership.models import Person
from chibo.organisation.models import Placement

MOST = 30  # of each kind: who needs more types one more word
_ACCENTED, _PLAIN = plain_letters()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, each kind in its own order."""

    asked: str
    people: list[tuple[Person, str]]  # with the name of the cell
    units: list[Placement]
    more: bool


def search(typed: str, *, actor: Actor, on: date) -> Found:
    """Tìm: every word must stand somewhere in the name; three queries, one more over a whole province."""
    asked = clean(typed[:200], most=200)
    words = words_of(asked)
    if not words:
        return Found(asked, [], [], more=False)
    people = list(people_named(asked, actor=actor)[: MOST + 1])
    units = list(_units_named(words, actor, on)[: MOST + 1])
    placed = Placement.objects.visible_to(actor).on(on).filter(scope_path__in={p.scope_path for p in people})
    cells = dict(placed.values_list("scope_path", "short_name"))
    named = [(person, cells.get(person.scope_path, "")) for person in people[:MOST]]
    return Found(asked, named, units[:MOST], more=len(people) > MOST or len(units) > MOST)


def _units_named(words: list[str], actor: Actor, on: date) -> QuerySet[Placement]:
    plain = Func(F("name"), Value(_ACCENTED), Value(_PLAIN), function="translate", output_field=CharField())
    sought = Func(Lower(plain), Value("y"), Value("i"), function="translate", output_field=CharField())
    rows = Placement.objects.visible_to(actor).on(on).annotate(sought=sought)
    for word in words:
        rows = rows.filter(sought__contains=word)
    return rows.order_by("sort_key", "unit_id")
