"""Two clerks at the same moment, each with a connection of their own: one wins, the other is told, nothing is half."""

from __future__ import annotations

import itertools
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from datetime import time as clock
from typing import Any

import psycopg
import pytest
import time_machine
from django.core.management import call_command
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from chibo.access.wall import raise_wall
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.exchange.models import Intake
from chibo.exchange.operations import preview, receive
from chibo.kernel.actor import MACHINE
from chibo.kernel.turns import beside
from chibo.ledger.models import Entry
from chibo.meetings.models import Closure, Meeting
from chibo.meetings.operations import Change, Plan, plan_meeting, save_fields
from chibo.meetings.queries import meeting_view
from chibo.membership.models import Person
from chibo.organisation.checks import checks
from chibo.organisation.models import Placement
from chibo.platform import database
from chibo.reorganisation.checks import checks as tree_checks
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations import merge_units
from chibo.reorganisation.plans import Paper
from tests.browser.server import connect_here, connected_here, copy_database, drop_database
from tests.commune import FOUNDED, TODAY, Commune, found_commune
from tests.exchange.making import a_list
from tests.exchange.test_members import HEADS, a_new
from tests.reorganisation.test_acts import AT
from tests.reorganisation.test_pages import SAID, hidden, splitting
from tests.settings import _cluster

pytestmark = pytest.mark.sweep
COUNTER = itertools.count()
ONE, TWO = "Nhung", "Hoa"  # both keep the office


@pytest.fixture(scope="module")
def told(django_db_blocker: Any) -> Iterator[tuple[str, Commune]]:
    """A database with the commune in it, for every test a copy."""
    name = f"forestalled_{os.getpid()}"
    with django_db_blocker.unblock(), time_machine.travel(AT, tick=False):
        copy_database(database.DATABASE, name)
        with connected_here(name, "owner"):
            call_command("migrate", verbosity=0)
            commune = found_commune()
            appoint(commune.person(TWO), Office.COMMITTEE_OFFICE, commune.commune, on=FOUNDED, by=MACHINE)
            for who in (ONE, TWO, "Inh"):
                commune.account(who)
        yield name, commune
        drop_database(name)


@pytest.fixture
def commune(told: tuple[str, Commune], django_db_blocker: Any) -> Iterator[Commune]:
    """The commune there; this thread is one of the two hands."""
    name = f"{told[0]}_{next(COUNTER)}"
    with django_db_blocker.unblock(), time_machine.travel(AT, tick=False):
        copy_database(told[0], name)
        with connected_here(name, "app"):
            yield told[1]
        drop_database(name)


def within[T](act: Callable[[], T]) -> T:
    """In a transaction behind the wall."""
    with transaction.atomic():
        raise_wall(MACHINE)
        return act()


def meanwhile(first: Callable[[], Any], second: Callable[[], Any], *, waits: bool = True) -> tuple[Any, Any]:
    """The second begins while the first is done but not committed; what came of both."""
    name = connections["default"].settings_dict["NAME"]

    def other_hand() -> Any:
        made = connect_here(name, "app")
        try:
            return second()
        finally:
            made.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            raise_wall(MACHINE)
            made = first()
            going = pool.submit(other_hand)
            if waits:
                _until_it_waits(name)
            else:
                going.result(timeout=30)
        return made, going.result(timeout=30)


def _until_it_waits(name: str) -> None:
    query = ("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
             " WHERE d.datname = %s AND l.locktype = 'advisory' AND NOT l.granted")  # fmt: skip
    with psycopg.connect(_cluster.dsn(), autocommit=True) as db:
        for _ in range(600):
            if db.execute(query, [name]).fetchone() == (1,):
                return
            time.sleep(0.05)
    raise AssertionError("the other hand does not wait")


def signed_in(commune: Commune, who: str) -> Client:
    client = Client()
    client.force_login(commune.accounts[who])
    return client


def looked(client: Client, address: str, typed: dict[str, str]) -> Callable[[], HttpResponse]:
    """The preview is before them; what is left is to confirm it."""
    page = client.post(address, {**typed, "step": "preview"})
    assert page.status_code == 200, page.text
    sent = {**hidden(page.text), "step": "confirm"}
    return lambda: client.post(address, sent)


def act_on(commune: Commune, who: str, slug: str, typed: dict[str, str], unit: str = "na_loc") -> Any:
    address = reverse("reorganisation:act", args=[getattr(commune, unit).pk, slug])
    return looked(signed_in(commune, who), address, {**SAID, **typed})


def halves(commune: Commune) -> dict[str, str]:
    """What is typed to split Nà Lốc."""
    return within(lambda: splitting(commune))


def written() -> Any:
    """All that an act would have left behind."""

    def counted() -> Any:
        models = (Decision, Placement, Entry, Person)
        return [model.objects.count() for model in models], list(checks()), list(tree_checks())

    return within(counted)


def alert_of(page: HttpResponse) -> str:
    found = re.search(r'role="alert"[^>]*>(.*?)</div>', page.text, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).strip() if found else page.text


def test_of_two_who_split_one_cell_the_second_is_told(commune: Commune) -> None:
    one, two = (act_on(commune, who, "chia-tach", halves(commune)) for who in (ONE, TWO))
    won, lost = meanwhile(one, two)
    assert (won.status_code, lost.status_code) == (302, 409)
    assert "Chi bộ bản Nà Lốc đã kết thúc hoạt động" in lost.text
    assert "Chưa ghi gì" in lost.text
    counts, *wrong = written()
    assert counts[0] == 1
    assert wrong == [[], []]


def test_of_two_who_rename_the_second_sees_the_new_name_before_anything_is_written(commune: Commune) -> None:
    one = act_on(commune, ONE, "doi-ten", {"name": "Chi bộ bản Nà Lốc Thượng"})
    two = act_on(commune, TWO, "doi-ten", {"name": "Chi bộ bản Nà Lốc Hạ"})
    won, lost = meanwhile(one, two)
    assert (won.status_code, lost.status_code) == (302, 409)
    assert "xem lại bên dưới" in alert_of(lost)
    assert within(lambda: Placement.objects.on(TODAY).get(unit=commune.na_loc).name) == "Chi bộ bản Nà Lốc Thượng"
    again = signed_in(commune, TWO).post(
        reverse("reorganisation:act", args=[commune.na_loc.pk, "doi-ten"]), {**hidden(lost.text), "step": "confirm"}
    )
    assert again.status_code == 302
    assert within(lambda: Placement.objects.on(TODAY).get(unit=commune.na_loc).name) == "Chi bộ bản Nà Lốc Hạ"


def test_two_cells_are_split_one_after_the_other(commune: Commune) -> None:
    one = act_on(commune, ONE, "doi-ten", {"name": "Chi bộ bản Nà Lốc Mới"})
    two = act_on(commune, TWO, "doi-ten", {"name": "Chi bộ bản Pom Khe Mới"}, unit="pom_khe")
    assert [each.status_code for each in meanwhile(one, two)] == [302, 302]


def test_a_cell_is_split_while_its_commune_merges(commune: Commune) -> None:
    """The heirs do not stay behind in a commune that has ended."""
    paper = Paper("01-QĐ/TU", TODAY, key=uuid.uuid4())
    two = act_on(commune, ONE, "chia-tach", halves(commune))
    _, late = meanwhile(
        lambda: merge_units([commune.commune], commune.other_commune, paper=paper, on=TODAY, at=AT, by=MACHINE), two
    )
    assert late.status_code in {403, 404, 409}  # the office of the commune that ended decides nothing any more
    counts, *wrong = written()
    assert counts[0] == 1
    assert wrong == [[], []]


def evening(commune: Commune) -> tuple[Meeting, Callable[[], HttpResponse]]:
    """A meeting of today, written; what is left is to close it."""
    plan = Plan(TODAY, theme="Giữ rừng đầu nguồn", starts_at=clock(17, 0))
    meeting = within(lambda: plan_meeting(commune.na_loc, Meeting.THEMATIC, plan, key=uuid.uuid4(), by=MACHINE))
    changes = {"ended": Change("19:00", 0), "conclusion": Change("Nhất trí.", 0)}
    within(lambda: save_fields(meeting, changes, at=AT, by=MACHINE, by_name=""))
    sent = {"key": str(uuid.uuid4()), "revision": str(within(lambda: meeting_view(meeting).sheet.revision))}
    client, address = signed_in(commune, "Inh"), reverse("meetings:closure", args=[meeting.pk])
    return meeting, lambda: client.post(address, sent)


def test_a_meeting_that_is_closed_stands_against_a_split_that_waited(commune: Commune) -> None:
    meeting, close = evening(commune)
    split = act_on(commune, ONE, "chia-tach", halves(commune))
    closed, late = meanwhile(close, split)
    assert (closed.status_code, late.status_code) == (302, 409)
    assert "buổi sinh hoạt đã kết thúc" in alert_of(late)
    assert within(lambda: Closure.objects.get(meeting=meeting).place_path) == commune.na_loc.scope_path
    assert written()[0][0] == 0


def test_a_meeting_closed_after_a_split_is_closed_in_the_heir(commune: Commune) -> None:
    meeting, close = evening(commune)
    done, closed = meanwhile(act_on(commune, ONE, "chia-tach", halves(commune)), close)
    assert (done.status_code, closed.status_code) == (302, 302)
    row = within(lambda: Closure.objects.select_related("meeting__unit").get(meeting=meeting))
    assert row.meeting.unit != commune.na_loc
    assert row.scope_path == row.place_path == row.meeting.unit.scope_path
    assert written()[1:] == ([], [])


def waiting_list(commune: Commune) -> Callable[[], HttpResponse]:
    """A list with a new member of the cell, looked at; what is left is to write it."""
    by, data = commune.actor(ONE), a_list(HEADS, a_new("Lò Thị Mới", "Bản Nà Lốc"))

    def prepared() -> tuple[Intake, str]:
        raise_wall(by)
        intake = receive(commune.commune, "members", "", data, holds_from=TODAY, at=AT, by=by)
        return intake, preview(intake, at=AT, by=by).digest

    intake, digest = within(prepared)
    client, address = signed_in(commune, ONE), reverse("exchange:writing", args=[intake.pk])
    return lambda: client.post(address, {"seen": digest})


def test_a_list_for_a_cell_that_was_split_meanwhile_is_not_written(commune: Commune) -> None:
    write, before = waiting_list(commune), within(Person.objects.count)
    done, late = meanwhile(act_on(commune, TWO, "chia-tach", halves(commune)), write)
    assert done.status_code == 302
    assert late.status_code == 422, late.text
    assert within(Person.objects.count) == before
    assert written()[1:] == ([], [])


def test_whoever_came_in_by_a_list_stands_against_a_split_that_waited(commune: Commune) -> None:
    write = waiting_list(commune)
    split = act_on(commune, TWO, "chia-tach", halves(commune))
    taken, late = meanwhile(write, split)
    assert (taken.status_code, late.status_code) == (302, 409)
    assert "Chưa ghi gì" in alert_of(late)
    assert written()[0][0] == 0


def test_who_writes_beside_another_does_not_wait(commune: Commune) -> None:
    _, close = evening(commune)
    _, closed = meanwhile(beside, close, waits=False)
    assert closed.status_code == 302


def test_whoever_reads_does_not_wait_for_an_act(commune: Commune) -> None:
    client, address = signed_in(commune, ONE), reverse("front:unit", args=[commune.na_loc.pk])
    _, page = meanwhile(act_on(commune, TWO, "chia-tach", halves(commune)), lambda: client.get(address), waits=False)
    assert page.status_code == 200
    assert "đã kết thúc" not in page.text  # what is not committed is not there


def test_the_day_of_this_file_is_the_day_of_its_acts() -> None:
    assert datetime.combine(TODAY, clock(20), AT.tzinfo) == AT
    assert date(2026, 11, 5) == TODAY
