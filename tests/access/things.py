"""What an address of the matrix is about: the arguments of the address for a unit of the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.access.holders import Where, Who
from tests.access.world import CELLS, World

Kwargs = dict[str, Any]
Of = Callable[[World, str], Kwargs | None]  # arguments of the address for a unit; None when the unit has no such thing


def UNIT(world: World, unit: str) -> Kwargs:
    return {"pk": world.units[unit].pk}


def OPEN_MEETING(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.open[unit].pk} if unit in world.open else None


def CLOSED_MEETING(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.closed[unit].pk} if unit in world.closed else None


def MEMBER(world: World, unit: str) -> Kwargs | None:
    """Somebody of the cell who is none of the principals: one's own record is always seen."""
    names = {"na_loc": "Ún", "pom_khe": "Bun", "khuoi_moc": "Lan"}
    return {"pk": world.commune.people[names[unit]].pk} if unit in names else None


def TWO_MEMBERS(world: World, unit: str) -> Kwargs | None:
    """Two of the cell who are no principals."""
    names = {"na_loc": ("Ún", "Ngoan"), "pom_khe": ("Bun", "Yến"), "khuoi_moc": ("Lan", "Nghiệp")}
    pair = [world.commune.people[name].pk for name in names.get(unit, ())]
    return {"pk": pair[0], "other": pair[1]} if pair else None


def ACCOUNT_OF(world: World, unit: str) -> Kwargs | None:
    """Somebody of the cell who has an account."""
    return {"pk": world.commune.people[CELLS[unit]].pk} if unit in CELLS else None


def PLANNED_MEETING(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.planned[unit].pk} if unit in world.planned else None


def INVITATION(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.invitations[unit].pk} if unit in world.invitations else None


def TASK(world: World, unit: str) -> Kwargs | None:
    given = world.tasks.get(unit)
    return {"pk": given} if given else None


def VISIT(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.visits[unit].pk} if unit in world.visits else None


def SCAN(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.scans[unit].pk} if unit in world.scans else None


def CHARGE(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.charges[unit].pk} if unit in world.charges else None


def CHANGE(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.changes[unit].pk} if unit in world.changes else None


def INTAKE(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.intakes[unit].pk} if unit in world.intakes else None


def SHEET(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.sheets[unit].pk} if unit in world.sheets else None


@cache
def KEPT(where: str) -> Of:
    """A thing the world keeps by its number: a body, a seat, a term, a congress."""
    return lambda world, unit: {"pk": getattr(world, where)[unit]} if unit in getattr(world, where) else None


@cache
def RETURN(where: str) -> Of:
    """A sheet of figures: its form, its unit and its period."""
    return lambda world, unit: getattr(world, where).get(unit)


@cache
def FACT(kind: str) -> Of:
    """A row that is corrected or ended by its own number."""
    return lambda world, unit: {"kind": kind, "pk": world.facts[unit, kind]} if (unit, kind) in world.facts else None


def ASKED_UNIT(world: World, unit: str) -> Kwargs | None:
    """In the query: the form of a commune; of any other unit the first one is shown."""
    return {"bieu": world.asked[unit]} if unit in world.asked else {}


@dataclass(frozen=True)
class Page:
    """One address. `of` None: it is about nothing in particular, or about one's own things."""

    of: Of | None = None
    get: Who | None = None
    post: Who | None = None
    args: Kwargs = field(default_factory=dict)  # further arguments of the address
    query: Of | None = None  # the unit stands in the query instead: ?name=value
    seen: Where = field(default_factory=dict)  # by whom besides, so that they are refused (403), not told of nothing
    sends: Callable[[], dict[str, str]] = dict  # what is posted
