"""Every sensitive field × principal × operation × place: read, write, correct, end, sort, filter, find, export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chibo.access.wall import raise_wall
from chibo.kernel.actor import MACHINE, NOBODY, Actor
from chibo.membership.models import Particular, Person
from chibo.membership.operations import note_particulars
from chibo.membership.particulars import FIELDS, SENSITIVE, Use
from chibo.membership.policy import values_of
from tests.access.conftest import as_application, keeping_cookies, words_of
from tests.access.holders import HOLDS
from tests.access.world import CELLS, NOW, PRINCIPALS, World
from tests.commune import FOUNDED

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
SPELLED = {"citizen_number": "00107900000{n}", "old_id_number": "01234567{n}"}  # the others are words


def value(field: str, place: int) -> str:
    """A value that stands in one cell only."""
    return SPELLED.get(field, "Canary" + field + "{n}").format(n=place)


@pytest.fixture
def secret(world: World) -> dict[tuple[str, str], Particular]:
    """All sensitive fields of the hidden member of each cell, and of anh Khiêm: (cell or name, field) → row."""
    people: dict[str, Person] = {**world.hidden, "Khiêm": world.commune.person("Khiêm")}
    found = {}
    for place, (name, person) in enumerate(people.items()):
        values = {field: value(field, place) for field in SENSITIVE}
        note_particulars({person: values}, first=FOUNDED, at=NOW, by=MACHINE, why="typed_wrong")
        for row in Particular.objects.live().filter(person=person, sensitive=True):
            found[name, row.field] = row
    return found


def opens(principal: str, name: str) -> bool:
    """Whether the field policy opens the sensitive fields of this person to the principal."""
    own = PRINCIPALS[principal] == name
    cell = name if name in CELLS else "na_loc"
    return own or (principal == "office" and cell in HOLDS[FIELDS["ethnicity"].power(Use.READ)]["office"])  # type: ignore[index]


def pages(world: World, name: str) -> Iterator[tuple[str, str]]:
    """Every page on which something of this person could stand."""
    person = world.commune.person(name) if name not in CELLS else world.hidden[name]
    unit = world.units[name if name in CELLS else "na_loc"]
    yield "person", reverse("front:person", args=[person.pk])
    yield "form", reverse("membership:particulars", args=[person.pk])
    yield "list", reverse("front:members", args=[unit.pk])
    yield "unit", reverse("front:unit", args=[unit.pk])
    for words in ("Canary", "001079"):
        yield "find", reverse("front:find") + f"?q={words}"
        yield "narrow", reverse("front:members", args=[unit.pk]) + f"?q={words}"


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_read(principal: str, world: World, visitors: dict[str, Client], secret: dict[Any, Any]) -> None:
    seen = 0
    for name in [*CELLS, "Khiêm"]:
        for kind, path in pages(world, name):
            with keeping_cookies(visitors[principal]), as_application():
                words = words_of(visitors[principal].get(path))
            shown = {(who, row.field) for (who, _), row in secret.items() if row.value in words}
            beyond = {each for each in shown if not opens(principal, each[0])}
            assert not beyond, f"{principal} reads {beyond} on {path}"
            if kind in {"list", "unit", "find", "narrow"}:
                assert not shown, f"{kind} shows {shown}"
            seen += len(shown)
    expected = {"office": True, "member": True}.get(principal, False)
    assert bool(seen) is expected, "who may read them does, everybody else reads none"


@pytest.mark.parametrize("field", SENSITIVE)
@pytest.mark.parametrize("principal", PRINCIPALS)
def test_write_correct_and_end(
    principal: str, field: str, world: World, visitors: dict[str, Client], secret: dict[Any, Any]
) -> None:
    client = visitors[principal]
    for cell in CELLS:
        row, person = secret[cell, field], world.hidden[cell]
        sent = {field: value(field, 9), "first": "05/11/2026", "why": "typed_wrong"}
        writes = principal == "office" and opens(principal, cell)
        for path in (
            reverse("membership:particulars", args=[person.pk]),
            reverse("membership:correct", args=["thong-tin", row.pk]),
            reverse("membership:withdrawal", args=["thong-tin", row.pk]),
            reverse("membership:end", args=["thong-tin", row.pk]),
        ):  # fmt: skip
            with keeping_cookies(client), as_application():
                answer = client.post(path, {**sent, "last": "05/11/2026"})
                raise_wall(MACHINE)
                held = Particular.objects.live().filter(pk=row.pk, during__upper_inf=True).exists()
            assert held is not writes, f"{principal} {path}: {answer.status_code}"


@pytest.mark.parametrize("field", SENSITIVE)
@pytest.mark.parametrize("principal", PRINCIPALS)
def test_sort_and_filter(principal: str, field: str, world: World, visitors: dict[str, Client], secret: Any) -> None:
    for cell in CELLS:
        path = reverse("front:members", args=[world.units[cell].pk])
        for query in ({"xep": field}, {"o": field, "la": secret[cell, field].value}):
            with keeping_cookies(visitors[principal]), as_application():
                answer = visitors[principal].get(path, query)
            assert answer.status_code != 200, f"{principal} used {query}"


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_export(principal: str, world: World, secret: dict[Any, Any]) -> None:
    name = PRINCIPALS[principal]
    actor: Actor = world.commune.actor(name) if name else NOBODY
    people = [*world.hidden.values(), world.commune.person("Khiêm")]
    owners = {**{cell: person.pk for cell, person in world.hidden.items()}, "Khiêm": people[-1].pk}
    for field in SENSITIVE:
        for paper in ("", "7-HSĐV", "2-HSĐV", "biểu đối khớp", "danh sách"):
            with as_application():
                raise_wall(actor)
                got = values_of(people, actor=actor, use=Use.EXPORT, paper=paper, codes=[field])
            allowed = {pk for who, pk in owners.items() if opens(principal, who) and paper in FIELDS[field].papers}
            assert set(got) == allowed, f"{principal} takes {field} along in «{paper}»"
