"""The access matrix once more after a split, a merger, a move, a reform: nothing leaks, no right is left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import Any

import pytest
import time_machine
from django.test import Client

from chibo.access.querysets import ScopedQuerySet
from chibo.front import shell
from chibo.kernel.actor import NOBODY, WRITING, Power
from chibo.meetings.owed_counts import counts
from chibo.organisation.models import Unit, UnitQuerySet
from tests.access.after import AFTER, LATER, After
from tests.access.conftest import as_application, keeping_cookies, undone, words_of
from tests.access.holders import HOLDS
from tests.access.matrix import expected
from tests.access.test_matrix import BOTH, EVERY, FIRST, SECOND, address, ask, outcome, targets
from tests.access.things import ACCOUNT_OF, CHARGE, FACT, KEPT, MEMBER, RETURN, TWO_MEMBERS, UNIT, VISIT, Page
from tests.access.world import CELLS, PRINCIPALS, World, canary

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
HOME = {"na_loc": "commune", "pom_khe": "commune", "khuoi_moc": "other_commune"}  # who decided about its name
OWN = {"secretary": "na_loc", "neighbour": "pom_khe", "stranger": "khuoi_moc"}  # its secretary's own things
SENT = {"commune": "na_loc", "other_commune": "khuoi_moc"}  # to whom what came there was sent
ITS_OWN = (ACCOUNT_OF, FACT("dang"))  # one's own post stays in sight when it has ended
SHEETS = (
    RETURN("typing"),
    RETURN("handed"),
    RETURN("accepted"),
)  # the address names the unit; what is in it stays away
PEOPLE = (MEMBER, TWO_MEMBERS, ACCOUNT_OF, FACT("chinh-thuc"))  # names and votes of who was there
YOUNG = ("first", "second")
OF_THE_FIRST = ("occupation", "ethnicity", "focal")  # words that went to the first heir of a split, whole


@pytest.fixture(autouse=True)
def counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers beside the navigation are asked once for everybody: half a walk would go into them, and no right."""
    kept: dict[int | None, dict[str, int]] = {}

    def counted(actor: Any, *, on: date) -> dict[str, int]:
        if actor.account_id not in kept:
            kept[actor.account_id] = counts(actor, on=on)
        return kept[actor.account_id]

    monkeypatch.setattr(shell, "counts", counted)


@contextmanager
def afterwards(world: World, act: str) -> Iterator[dict[str, Client]]:
    """The act is done, and everybody has signed in anew; then all is as before."""
    units = dict(world.units)
    try:
        with time_machine.travel(LATER, tick=False), undone():
            AFTER[act].act(world)
            for name, unit in world.units.items():
                world.units[name] = Unit.objects.get(pk=unit.pk)
            visitors = {}
            for principal, name in PRINCIPALS.items():
                visitors[principal] = Client(raise_request_exception=True)
                if name is not None:
                    visitors[principal].force_login(world.commune.account(name))
            yield visitors
    finally:
        world.units.clear()
        world.units.update(units)


def wanted(after: After, page: Page, method: str, principal: str, unit: str) -> int | str | None:
    """The status the table asks for; None where the table of before names people, so that only words are looked at."""
    who = page.post if method == "post" else page.get
    file = page.of is KEPT("files")
    if who != HOLDS[Power.READ] and not isinstance(who, Power) and not file:
        return None if isinstance(who, Mapping) else expected(page, method, principal, unit)
    if principal == "anonymous":
        return "sign in"
    power = who if isinstance(who, Power) else Power.READ
    place = after.moved.get(unit, {}).get(page.of, unit) if page.of else unit
    held, reads = (after.holds(each).get(principal, frozenset()) for each in (power, Power.READ))
    places = {place}
    if page.of is KEPT("decisions"):  # it stays with whoever took it, and is read by those it is about
        places = {place, HOME[unit]} if power is Power.READ else {HOME[unit]}
        reads = reads | ({HOME[unit]} if place in reads else frozenset())
    if file:  # opened by whoever reads the cell it was sent to; withdrawn by whoever keeps the register
        reads = reads | ({place} if SENT[unit] in reads else frozenset())
        held = held if power is Power.ASSIGN else reads
    if places & held:
        return "in"
    own = (page.of in ITS_OWN and OWN.get(principal) == unit) or (page.of is CHARGE and principal == "leader")
    return 403 if own or places & reads else 404


def excused(
    page: Page, principal: str, unit: str, seen: tuple[str, int | str, int | str], reads: frozenset[str]
) -> bool:
    """Where one wall alone says less than the table, or says it otherwise, and still shows nothing kept away."""
    walls, expects, got = seen
    if walls == SECOND and expects == 404:  # names of the line above, and of who was there
        by_name = page.of in (None, UNIT, *SHEETS) and unit not in reads
        return got in {"in", 403, 422} and (by_name or (page.of in PEOPLE and unit in reads))
    if walls == FIRST and page.of is VISIT and principal == "leader":  # their own visit
        return got == "in"
    # one's own post that ended elsewhere: denied or not found, it is the same
    return (expects, got) == (403, 404) and page.of in ITS_OWN and OWN.get(principal) == unit


def wrong(world: World, after: After, client: Client, case: tuple[str, str, str, str], walls: str) -> str:
    """What is wrong with the answer; empty when nothing is."""
    principal, name, method, unit = case
    page = EVERY[name]
    expects = wanted(after, page, method, principal, unit)
    response = ask(client, method, address(name, page, world, unit), page)
    got, told = outcome(response), f"{method.upper()} {name} of {unit or 'nothing'} by {principal}"
    reads = after.reads.get(principal, frozenset())
    if expects is not None and got != expects and not excused(page, principal, unit, (walls, expects, got), reads):
        return f"{told}: {got}, wanted {expects}"
    words = words_of(response)
    for cell in CELLS:
        places = {cell, *after.moved.get(cell, {}).values()}
        if not places & reads and HOME[cell] not in reads and canary(cell, "") in words:
            return f"{told}: shows words of {cell}"
    if "first" in world.units and "first" not in reads and page.of is not None:
        shown = [word for word in OF_THE_FIRST if canary("na_loc", word) in words]
        if shown and principal not in ("office", "leader", "province"):
            return f"{told}: shows {shown} of the other heir"
    return ""


def cases(world: World, part: float, seed: int) -> list[tuple[str, str, str, str]]:
    """Every address, way, principal and unit; of these a part."""
    every = []
    for name, page in EVERY.items():
        for method in ("get", "post"):
            if getattr(page, method) is None:
                continue
            units = [unit for unit in targets(page, world) if unit not in YOUNG or page.of is UNIT]
            if name.startswith("reports:"):  # papers of a month in which they did not stand
                units = [unit for unit in units if unit not in YOUNG]
            every += [(principal, name, method, unit) for principal in PRINCIPALS for unit in units]
    return every if part == 1 else Random(seed).sample(every, int(len(every) * part))


def walk(world: World, act: str, walls: str, part: float, seed: int = 0) -> None:
    found = []
    with afterwards(world, act) as visitors:
        for case in cases(world, part, seed):
            client = visitors[case[0]]
            try:
                with keeping_cookies(client), undone() if walls == FIRST else as_application():
                    found.append(wrong(world, AFTER[act], client, case, walls))
            except Exception as error:  # what broke is told with the rest: one walk shows everything there is to mend
                found.append(f"{' '.join(case)}: {type(error).__name__}: {str(error)[:160]}")
    told = [each for each in found if each]
    assert not told, f"{len(told)} of {len(found)}\n" + "\n".join(told[:60])


@pytest.mark.timeout(600)
@pytest.mark.parametrize("act", AFTER)
def test_behind_both_walls(act: str, world: World) -> None:
    walk(world, act, BOTH, 0.06, seed=3)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("act", AFTER)
def test_behind_the_first_wall_alone(act: str, world: World) -> None:
    """The owner of the tables passes the policies by."""
    walk(world, act, FIRST, 0.03, seed=1)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("act", AFTER)
def test_behind_the_second_wall_alone(act: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, actor: rows.all())
    monkeypatch.setattr(UnitQuerySet, "named_to", lambda rows, actor: rows.all())
    walk(world, act, SECOND, 0.03, seed=2)


@pytest.mark.timeout(1800)
@pytest.mark.long
@pytest.mark.parametrize("act", AFTER)
@pytest.mark.parametrize("walls", [BOTH, FIRST, SECOND])
def test_every_address_for_everybody(act: str, walls: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if walls == SECOND:
        monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, actor: rows.all())
        monkeypatch.setattr(UnitQuerySet, "named_to", lambda rows, actor: rows.all())
    walk(world, act, walls, 1)


@pytest.mark.parametrize("act", AFTER)
def test_no_power_is_left_behind(act: str, world: World) -> None:
    """Unit by unit, ended ones too: what each holds is what the table says, and no writing power over what ended."""
    after = AFTER[act]
    with afterwards(world, act):
        for principal, name in PRINCIPALS.items():
            actor: Any = world.commune.actor(name, LATER.date()) if name else NOBODY
            for power in Power:
                held = {unit for unit, row in world.units.items() if actor.can(power, row.scope_path)}
                assert held == after.holds(power).get(principal, frozenset()), (principal, power)
            over = {unit for unit, row in world.units.items()
                    if any(row.scope_path in area for area in actor.writing_ranges())}  # fmt: skip
            may = {unit for power in WRITING for unit in after.holds(power).get(principal, frozenset())}
            assert over == may, principal


@pytest.mark.parametrize("act", AFTER)
def test_whoever_may_read_an_ended_unit_finds_its_minutes(act: str, world: World) -> None:
    """The past is not lost to those whose past it is: the heirs' leaders open the minutes of before."""
    after = AFTER[act]
    for cell in after.gone & set(CELLS):
        for principal, places in after.reads.items():
            if cell in places:
                with afterwards(world, act) as visitors:
                    page = address("meetings:meeting closed", EVERY["meetings:meeting closed"], world, cell)
                    assert canary(cell, "conclusion") in words_of(visitors[principal].get(page)), principal
                    heir = after.moved[cell][ACCOUNT_OF] if principal != "deputy" else "second"
                    shown = words_of(visitors[principal].get(f"/don-vi/{world.units[heir].pk}/"))
                    assert "Trước khi tách, nhập" in shown, principal
