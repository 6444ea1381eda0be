"""Find people and units within one's own sight, with or without accents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chibo.kernel.actor import Actor
from chibo.kernel.text import clean, fold
from chibo.membership.models import Person
from chibo.membership.queries import people_named
from chibo.organisation.models import Placement

MOST = 30  # of each kind: who needs more types one more word


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, each kind in its own order."""

    asked: str
    people: list[tuple[Person, str]]  # with the name of the cell
    units: list[Placement]
    more: bool


def search(typed: str, *, actor: Actor, on: date) -> Found:
    """Tìm: every word must stand somewhere in the name; three queries."""
    asked = clean(typed[:200], most=200)
    words = fold(asked).split()
    if not words:
        return Found(asked, [], [], more=False)
    shown = list(people_named(asked, actor=actor)[: MOST + 1])
    placed = Placement.objects.visible_to(actor).on(on).order_by("sort_key", "unit_id")
    units = [each for each in placed if all(word in fold(each.name) for word in words)]
    cells = {each.scope_path: each.short_name for each in placed}
    named = [(person, cells.get(person.scope_path, "")) for person in shown[:MOST]]
    return Found(asked, named, units[:MOST], more=len(shown) > MOST or len(units) > MOST)
