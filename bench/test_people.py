"""Lists, names, lists in and lists out, beside the same in SQL by hand and in the same turn, as the province grows.

Everything is asked by the application's own role behind both walls. Lists in: SQL by hand only puts the rows in that
the service made out of a file; reading the file and comparing each line with the book have no SQL beside them.

Times are printed. How many rows the database took in hand, and that it walked no great table whole, is asserted: what
a commune asks costs what the commune holds, however large the province is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import by_hand
from bench.conftest import FOUNDED, YEAR, medians, undone
from bench.plans import walked
from chibo.access.operations import make_account
from chibo.access.wall import raise_wall
from chibo.cadres.authority import actor_for
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.demo.people import invented_names
from chibo.exchange.giving import give_out
from chibo.exchange.operations import receive, take_in
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.dates import now, today
from chibo.ledger.models import Entry
from chibo.membership.finding import people_named
from chibo.membership.models import Person
from chibo.membership.operations import NewMember, enter_lists, give_account
from chibo.membership.queries import member_lines
from chibo.organisation.models import Unit
from tests.exchange.making import a_list
from tests.exchange.test_members import HEADS, a_new

EACH, NEW = 20, 200  # members of a cell; lines of a list
OF_A_COMMUNE, PAGE = 12 * EACH, 101
GREAT = {f"membership_{name}" for name in ("person", "belonging", "standing", "particular")}
DAY = date(YEAR, 11, 5)
GROWTH: dict[str, list[float]] = defaultdict(list)  # what → its medians, size after size


def told(communes: int, what: str, service: float, hand: float, note: str = "") -> None:
    GROWTH[what].append(service)
    ratio, grown = f"ratio {service / hand:5.1f}", f"{service / GROWTH[what][0]:5.1f} times the first"
    print(f"{communes:>4} communes | {what:<24} | {service:8.1f} ms | by hand {hand:8.1f} ms | {ratio} | {grown}{note}")


def held_to(communes: int, work: Callable[[], object], most: int) -> None:
    """At most so many rows in hand, and beyond one commune no great table from end to end."""
    walk = walked(work)
    assert walk.touched <= most, walk.rows
    assert communes == 1 or not walk.whole & GREAT, walk.whole


def people(units: list[Unit]) -> list[Person]:
    """Twenty a cell, by one operation, with a birth and the number of a card."""
    cells = Unit.objects.filter(placements__kind="cell", scope_path__startswith=units[0].scope_path).distinct()
    names, dice = invented_names(900, Random(3)), Random(5)

    def one(number: int) -> NewMember:
        facts = {"birth": f"{dice.randint(1950, 2005)}", "card_number": f"{number:012d}", "occupation": "Làm ruộng"}
        return NewMember(dice.choice(names), particulars=facts)

    lists = {cell: [one(place * EACH + n) for n in range(EACH)] for place, cell in enumerate(cells)}
    return enter_lists(lists, on=FOUNDED, by=MACHINE)


def somebody(person: Person, office: Office, unit: Unit) -> tuple[Client, Actor]:
    """Signed in, and who they are."""
    account = make_account(f"u{person.pk.hex[:8]}", "tre xanh ven suoi", at=now(), by=MACHINE)
    give_account(person, account, on=FOUNDED, by=MACHINE)
    appoint(person, office, unit, on=FOUNDED, by=MACHINE)
    client = Client()
    client.force_login(account)
    return client, actor_for(account.pk, on=today())


def behind_the_wall(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE chibo_app")
    raise_wall(actor)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("communes", [1, 10, 100])
def test_people(province: Callable[..., list[Unit]], communes: int) -> None:
    root, commune, *_ = units = province(communes, met=False)
    everybody = people(units)
    office = somebody(everybody[0], Office.COMMITTEE_OFFICE, commune)
    officer = somebody(everybody[1], Office.PROVINCE_OFFICER, root)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\n{communes:>4} communes, {communes * 12} cells, {len(everybody)} members")
    for where, unit, (client, actor) in (("commune", commune, office), ("province", root, officer)):
        behind_the_wall(actor)
        _list(communes, where, unit, client, actor)
        _names(communes, where, unit, actor)
        _given_out(communes, where, unit, actor)
        if unit is commune:
            _taken_in(communes, unit, actor)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def _list(communes: int, where: str, unit: Unit, client: Client, actor: Actor) -> None:
    low, path = unit.scope_path, reverse("front:members", args=[unit.pk])
    shown = [line.person.pk for line in member_lines(unit, DAY, actor=actor, most=101)]
    assert shown == [row[0] for row in by_hand.ask(by_hand.LISTED, low, DAY)]
    assert client.get(path).status_code == 200
    service, hand, page = medians(
        lambda: member_lines(unit, DAY, actor=actor, most=101), lambda: by_hand.ask(by_hand.LISTED, low, DAY),
        lambda: client.get(path),
    )  # fmt: skip
    told(communes, f"list, {where}", service, hand, f" | page {page:.1f} ms")
    if communes > 1:
        held_to(communes, lambda: member_lines(unit, DAY, actor=actor, most=PAGE), OF_A_COMMUNE + 8 * PAGE)


def _names(communes: int, where: str, unit: Unit, actor: Actor) -> None:
    for typed in ("khiem", "van"):
        service, hand = medians(
            lambda: list(people_named(typed, actor=actor)[:31]),  # noqa: B023
            lambda: by_hand.ask(by_hand.NAMED, unit.scope_path, DAY, word=f"%{typed}%"),  # noqa: B023
        )
        told(communes, f"«{typed}», {where}", service, hand)
        held_to(communes, lambda: list(people_named(typed, actor=actor)[:31]), 8 * OF_A_COMMUNE)  # noqa: B023


def _given_out(communes: int, where: str, unit: Unit, actor: Actor) -> None:
    size = len(by_hand.ask(by_hand.GIVEN_OUT, unit.scope_path, DAY))
    service, hand = medians(
        undone(lambda: give_out(unit, "members", sensitive=False, by_name="", at=now(), by=actor)),
        lambda: by_hand.workbook(unit.scope_path, DAY, 20), runs=5 if size < 1000 else 1,
    )  # fmt: skip
    told(communes, f"list out, {where}", service, hand, f" | {size} rows")
    if size == OF_A_COMMUNE:  # a whole province is read whole
        work = undone(lambda: give_out(unit, "members", sensitive=False, by_name="", at=now(), by=actor))
        held_to(communes, work, 24 * size + Entry.objects.count())


def _taken_in(communes: int, unit: Unit, actor: Actor) -> None:
    data = a_list(HEADS, *[a_new(f"Lò Văn Mới {n}", "Chi bộ 0.0", card=f"9{n:011d}") for n in range(NEW)])
    read = medians(undone(lambda: receive(unit, "members", "", data, holds_from=DAY, at=now(), by=actor)), runs=3)[0]
    intake = receive(unit, "members", "", data, holds_from=DAY, at=now(), by=actor)

    def write() -> dict[str, str]:
        taken = take_in(intake, seen=None, at=now(), by=actor)
        assert taken.outcome["counts"]["new"] == NEW
        return by_hand.rows_of(
            list(Person.objects.filter(full_name__startswith="Lò Văn Mới").values_list("pk", flat=True))
        )

    held_to(communes, undone(lambda: take_in(intake, seen=None, at=now(), by=actor)), 20 * OF_A_COMMUNE)
    rows = undone(write)()
    service, hand = medians(undone(write), undone(lambda: by_hand.put_in(rows)), runs=5)
    told(
        communes, "list in, commune", service, hand, f" | {NEW} new lines; read and kept aside before in {read:.0f} ms"
    )
