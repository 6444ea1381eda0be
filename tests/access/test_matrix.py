"""Every address × method × principal × unit, with both walls, and a part again with each wall alone."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.actor import NOBODY, Power
from chibo.organisation.models import UnitQuerySet
from tests.access.conftest import as_application, keeping_cookies, undone, words_of
from tests.access.holders import ABOVE, HOLDS
from tests.access.matrix import MORE, ROUTES, expected
from tests.access.things import UNIT, Page
from tests.access.world import CELLS, PRINCIPALS, World, canary

pytestmark = pytest.mark.django_db
EVERY = {**ROUTES, **MORE}
BOTH, FIRST, SECOND = "both walls", "the first wall alone", "the second wall alone"
OTHER_METHODS = ("put", "patch", "delete")


def routes(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Names of all addresses."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from routes(each, f"{space}{each.namespace}:" if each.namespace else space)
        else:
            assert isinstance(each, URLPattern)
            assert each.name, f"{each.pattern}: give the address a name"
            yield space + each.name


def test_every_address_has_a_line() -> None:
    known = set(routes(get_resolver()))
    for name in sorted(known - set(ROUTES)):
        pytest.fail(
            f"The access matrix does not know «{name}». Add one line to ROUTES in tests/access/matrix.py that says "
            f'who may open it, for example: "{name}": Page(of=UNIT, get=Power.READ, post=Power.CHAIR),'
        )
    assert set(ROUTES) <= known, "The matrix has lines for addresses that are gone: remove them"


def test_every_power_has_a_line() -> None:
    missing = set(Power) - set(HOLDS)
    assert not missing, f"Say in HOLDS of tests/access/matrix.py who holds {missing}, and where"


@pytest.mark.parametrize("power", Power)
def test_posts_give_the_powers_of_the_table(power: Power, world: World) -> None:
    for principal, name in PRINCIPALS.items():
        actor = world.commune.actor(name) if name else NOBODY
        held = {unit for unit, row in world.units.items() if actor.can(power, row.scope_path)}
        assert held == HOLDS[power].get(principal, frozenset()), principal


def targets(page: Page, world: World) -> list[str]:
    of = page.of or page.query
    return [unit for unit in world.units if of(world, unit) is not None] if of else [""]


def address(name: str, page: Page, world: World, unit: str, *, missing: bool = False) -> str:
    """The address for a unit, or for something that does not exist."""
    kwargs = dict(page.of(world, unit) or {}) if page.of else {}
    query = dict(page.query(world, unit) or {}) if page.query else {}
    if missing:
        kwargs, query = _nothing(kwargs), _nothing(query)
    found = reverse(name.partition(" ")[0], kwargs={**page.args, **kwargs})
    return f"{found}?{urlencode(query)}" if query else found


def _nothing(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {key: uuid.uuid4() if isinstance(value, uuid.UUID) else 999_999_999 for key, value in kwargs.items()}


def ask(client: Client, method: str, path: str, page: Page) -> HttpResponse:
    return client.post(path, page.sends()) if method == "post" else getattr(client, method)(path)


def outcome(response: HttpResponse) -> int | str:
    if response.status_code == 401:
        return "sign in"
    if response.status_code in {301, 302, 303}:
        return "sign in" if response["Location"].startswith("/dang-nhap/?next=") else "in"
    return "in" if response.status_code in {200, 422} else response.status_code


def same_words(response: HttpResponse) -> str:
    """The body without what differs between two answers anyway: the address itself, the form's token."""
    body = words_of(response).replace(response.wsgi_request.path, "…")
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", body)


def foreign_words(principal: str) -> set[str]:
    """Cells whose words must never reach the principal."""
    return set(CELLS) - HOLDS[Power.READ].get(principal, frozenset())


def leaks(response: HttpResponse, principal: str) -> list[str]:
    words = words_of(response)
    return [cell for cell in foreign_words(principal) if canary(cell, "") in words]


def test_the_words_that_must_not_leak_are_there(world: World, visitors: dict[str, Client]) -> None:
    path = reverse("reports:minutes", args=[world.closed["na_loc"].pk])
    assert canary("na_loc", "conclusion") in words_of(visitors["secretary"].get(path))
    assert leaks(visitors["secretary"].get(path), "stranger") == ["na_loc"]


def check(world: World, client: Client, principal: str, name: str, method: str, unit: str, walls: str) -> str:
    """What is wrong with the answer; empty when nothing is."""
    page = EVERY[name]
    wanted = expected(page, method, principal, unit)
    response = ask(client, method, address(name, page, world, unit), page)
    got = outcome(response)
    case = f"{method.upper()} {name} of {unit or 'nothing'} by {principal}"
    named = walls == SECOND and unit in ABOVE.get(principal, ()) and page.of in (None, UNIT)
    if named and wanted == 404:  # its name is let through, not what it keeps
        open_to_readers = (page.post if method == "post" else page.get) is Power.READ
        wanted = "in" if open_to_readers and got != 403 else 403  # what asks for the power itself says so at once
        if page.query and got == 404:  # what the query names is out of sight, the unit's name is not
            wanted = 404
    if got != wanted:
        return f"{case}: {got}, wanted {wanted}"
    if found := leaks(response, principal):
        return f"{case}: shows words of {found}"
    if got == 404 and unit:
        absent = ask(client, method, address(name, page, world, unit, missing=True), page)
        if absent.status_code != 404 or same_words(absent) != same_words(response):
            return f"{case}: out of sight does not look like absent"
    return ""


def sweep(world: World, visitors: dict[str, Client], cases: list[tuple[str, str, str, str]],
          walls: str = BOTH) -> list[str]:  # fmt: skip
    """Everything that is wrong; as the application's role, or as the owner whom the second wall does not see."""
    found = []
    for principal, name, method, unit in cases:
        with keeping_cookies(visitors[principal]), undone() if walls == FIRST else as_application():
            found.append(check(world, visitors[principal], principal, name, method, unit, walls))
    return [each for each in found if each]


def cases_of(name: str, world: World) -> list[tuple[str, str, str, str]]:
    """All units for what the address offers, one for a method it does not offer."""
    page, found = EVERY[name], []
    for method in ("get", "post"):
        units = targets(page, world)
        units = units if getattr(page, method) is not None else units[-1:]
        found += [(principal, name, method, unit) for principal in PRINCIPALS for unit in units]
    return found


@pytest.mark.sweep
@pytest.mark.parametrize("name", EVERY)
def test_who_opens_what(name: str, world: World, visitors: dict[str, Client], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = sweep(world, visitors, cases_of(name, world))
    assert not wrong, "\n".join(wrong)
    assert not [r for r in caplog.records if any(canary(cell, "") in r.getMessage() for cell in CELLS)]


@pytest.mark.sweep
@pytest.mark.parametrize("name", ROUTES)
def test_no_other_method_is_taken(name: str, world: World, visitors: dict[str, Client]) -> None:
    page = ROUTES[name]
    path = address(name, page, world, targets(page, world)[-1])
    for method in OTHER_METHODS:
        with keeping_cookies(visitors["secretary"]), as_application():
            assert ask(visitors["secretary"], method, path, page).status_code == 405, method


SHARES = 6


def a_fifth(world: World, seed: int, share: int) -> list[tuple[str, str, str, str]]:
    """One of the shares of a fifth of all cases: a share is short enough for a busy machine."""
    every = [case for name in EVERY for case in cases_of(name, world)]
    return Random(seed).sample(every, len(every) // 5)[share::SHARES]


@pytest.mark.sweep
@pytest.mark.parametrize("share", range(SHARES))
def test_the_second_wall_holds_alone(
    share: int, world: World, visitors: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, actor: rows.all())
    monkeypatch.setattr(UnitQuerySet, "named_to", lambda rows, actor: rows.all())
    wrong = sweep(world, visitors, a_fifth(world, 1, share), walls=SECOND)
    assert not wrong, "\n".join(wrong)


@pytest.mark.sweep
@pytest.mark.parametrize("share", range(SHARES))
def test_the_first_wall_holds_alone(share: int, world: World, visitors: dict[str, Client]) -> None:
    """The owner of the tables passes the policies by."""
    wrong = sweep(world, visitors, a_fifth(world, 2, share), walls=FIRST)
    assert not wrong, "\n".join(wrong)
