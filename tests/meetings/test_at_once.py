"""Several people at the same moment, each with a connection of their own: numbers without holes, no text lost."""

from __future__ import annotations

import os
import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from chibo.access.wall import raise_wall
from chibo.cadres.models import PaperNumber
from chibo.cadres.operations import open_term, take_number
from chibo.figures.answers import Tree
from chibo.figures.checks import checks
from chibo.figures.door import figure
from chibo.figures.tallies import fold
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import Stale
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting, Minutes, SheetEntry
from chibo.meetings.operations import Change, close_meeting, save_fields
from chibo.meetings.sheet import sheet_of
from chibo.platform import database
from tests.browser.server import connect_here, connected_here, copy_database, drop_database
from tests.commune import EVENING, TODAY, Commune, found_commune

pytestmark = pytest.mark.sweep

HANDS = 6
Act = Callable[[], Any]


class Given(Exception):
    """The act is given up after it took its number."""


@pytest.fixture(scope="module")
def shared(django_db_blocker: Any) -> Iterator[tuple[str, Commune]]:
    """A database that is really written to, with the commune in it."""
    name = f"at_once_{os.getpid()}"
    with django_db_blocker.unblock():
        copy_database(database.DATABASE, name)
        with connected_here(name, "owner"):
            call_command("migrate", verbosity=0)
            told = found_commune()
            for unit in (told.commune, told.other_commune):
                open_term(unit, "2025 - 2030", first=date(2025, 8, 1), last=date(2030, 7, 31), by=MACHINE)
            open_term(told.na_loc, "2030 - 2035", first=date(2030, 8, 1), last=date(2035, 7, 31), by=MACHINE)
        yield name, told
        drop_database(name)


@pytest.fixture
def commune(shared: tuple[str, Commune], django_db_blocker: Any) -> Iterator[Commune]:
    """The commune there; this thread is one more connection of the application."""
    with django_db_blocker.unblock(), connected_here(shared[0], "app"):
        yield shared[1]


def within[T](act: Callable[[], T]) -> T:
    """Do it in a transaction behind the wall, as a request does."""
    with transaction.atomic():
        raise_wall(MACHINE)
        return act()


def together(acts: Sequence[Act]) -> list[Any]:
    """Each act by a hand of its own, all starting at once; what each came to, or why not."""
    name = connections["default"].settings_dict["NAME"]
    start = Barrier(min(HANDS, len(acts)))

    def hand(own: Sequence[Act]) -> list[Any]:
        made = connect_here(name, "app")
        start.wait(timeout=30)
        try:
            return [_come_to(act) for act in own]
        finally:
            made.close()

    with ThreadPoolExecutor(HANDS) as pool:
        hands = [pool.submit(hand, acts[place::HANDS]) for place in range(min(HANDS, len(acts)))]
        return [found for each in hands for found in each.result(timeout=60)]


def _come_to(act: Act) -> Any:
    try:
        return within(act)
    except (Stale, Given) as refusal:
        return refusal


def given_up(unit: Any, kind: str, day: date) -> None:
    take_number(unit, kind, on=day)
    raise Given


def test_numbers_have_no_hole_and_no_double_whoever_takes_them(commune: Commune) -> None:
    dice = random.Random(11)
    books = [(unit, kind, day) for unit in (commune.na_loc, commune.commune) for kind in ("BB", "NQ", "BC")
             for day in (date(2026, 11, 3), date(2031, 1, 3)) if unit is commune.na_loc or day.year < 2030]  # fmt: skip
    acts: list[Act] = []
    for unit, kind, day in books * 5:
        take = given_up if dice.random() < 0.3 else lambda unit, kind, day: take_number(unit, kind, on=day)
        acts.append(lambda take=take, unit=unit, kind=kind, day=day: take(unit, kind, day))  # type: ignore[misc]
    dice.shuffle(acts)
    rows = PaperNumber.objects.filter(unit__in=[commune.na_loc, commune.commune])
    read = rows.values_list("unit", "kind", "term", "number")
    before = Counter(within(lambda: list(read.all())))  # another test may have taken some in this database
    taken = [(number.unit_id, number.kind, number.term_id, number.number)
             for number in together(acts) if isinstance(number, PaperNumber)]  # fmt: skip
    found = defaultdict(list)
    for *book, number in within(lambda: list(read.all())):
        found[tuple(book)].append(number)
    assert len(found) == len(books)
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in found.values())
    assert Counter((*book, n) for book, numbers in found.items() for n in numbers) == before + Counter(taken)


def ready_to_close(unit: Any, month: date) -> Act:
    """A meeting of the month with its end written; what closes it."""
    meeting = Meeting.objects.get_or_create(unit=unit, month=month, kind=Meeting.ORDINARY, defaults={
        "planned_on": month.replace(day=3), "meets_on": month.replace(day=3), "starts_at": time(19, 30),
        "scope_path": unit.scope_path, "place_path": unit.scope_path,
    })[0]  # fmt: skip
    at = datetime.combine(month.replace(day=3), time(21, 30), ZONE)
    changes = {"ended": Change("21:15", 0), "conclusion": Change("Nhất trí.", 0), "resolution": Change("yes", 0)}
    save_fields(meeting, changes, at=at, by=MACHINE, by_name="")
    seen = sheet_of(meeting).revision
    return lambda: close_meeting(meeting, key=uuid.uuid4(), seen_revision=seen, at=at, by=MACHINE, by_name="")


def test_meetings_closed_at_the_same_moment_get_numbers_one_after_the_other(commune: Commune) -> None:
    months = [date(2026, month, 1) for month in range(1, 7)]
    acts = within(lambda: [ready_to_close(unit, month) for month in months
                           for unit in (commune.pom_khe, commune.khuoi_moc)])  # fmt: skip
    # other meetings of these cells may have been closed in this database before
    books = {(unit, kind): PaperNumber.objects.filter(unit=unit, kind=kind)
             for unit in (commune.pom_khe, commune.khuoi_moc) for kind in ("BB", "NQ")}  # fmt: skip
    before = {book: within(rows.count) for book, rows in books.items()}
    closed = together(acts)
    assert all(isinstance(each, Minutes) for each in closed)
    for book, rows in books.items():
        taken = within(lambda rows=rows: list(rows.values_list("number", flat=True)))
        assert sorted(taken) == list(range(1, before[book] + 7))


def writing(meeting: Meeting, text: str, based_on: int, minutes: int = 0) -> Act:
    at = EVENING + timedelta(minutes=minutes)
    return lambda: save_fields(meeting, {"conclusion": Change(text, based_on)}, at=at, by=MACHINE, by_name=text)


def test_of_many_stale_writers_each_is_told_both_texts_and_none_is_lost(commune: Commune) -> None:
    meeting = within(lambda: commune.meeting(month=date(2026, 11, 1)))
    texts = [f"Bản của người thứ {n}." for n in range(HANDS)]
    left, version, rounds = set(texts), 0, 0
    while left:
        rounds += 1
        asked = sorted(left)
        answers = together([writing(meeting, text, version) for text in asked])
        won = [each for each in answers if isinstance(each, dict)]
        assert won == [{"conclusion": version + 1}]  # one of them, and only one
        version += 1
        now = within(lambda: sheet_of(meeting))["conclusion"]
        assert now.version == version and now.value in left
        stale = [each.conflicts[0] for each in answers if isinstance(each, Stale)]
        assert {told["mine"] for told in stale} == left - {now.value}
        assert {(told["theirs"], told["theirs_by"], told["version"]) for told in stale} <= {
            (now.value, now.value, version)
        }
        left.remove(now.value)
    entries = SheetEntry.objects.filter(meeting=meeting, field="conclusion").order_by("version")
    kept = within(lambda: list(entries.values_list("version", "value")))
    assert [version for version, _ in kept] == list(range(1, HANDS + 1))
    assert {value for _, value in kept} == set(texts) and rounds == HANDS


def test_writers_of_different_boxes_do_not_meet(commune: Commune) -> None:
    meeting = within(lambda: commune.meeting(commune.khuoi_moc, month=date(2026, 11, 1)))
    boxes = ["conclusion", "discussion", "information", "guests", "focal", "opinions"]
    acts = [lambda box=box: save_fields(meeting, {box: Change(f"Ở ô {box}", 0)}, at=EVENING, by=MACHINE, by_name="")
            for box in boxes]  # fmt: skip
    assert sorted(map(str, together(acts))) == sorted(str({box: 1}) for box in boxes)
    sheet = within(lambda: sheet_of(meeting))
    assert {box: sheet.text(box) for box in boxes} == {box: f"Ở ô {box}" for box in boxes}


def test_whoever_counts_while_others_close_finds_sums_and_meetings_in_step(commune: Commune) -> None:
    months = [date(2025, month, 1) for month in range(8, 13)]
    acts = within(lambda: [ready_to_close(unit, month) for month in months
                           for unit in (commune.na_loc, commune.pom_khe, commune.khuoi_moc)])  # fmt: skip
    dice, looks = random.Random(5), [lambda: list(checks()), lambda: [fold()] and list(checks())] * 15
    mixed: list[Act] = [*acts, *looks]
    dice.shuffle(mixed)
    found = together(mixed)
    assert [each for each in found if isinstance(each, Minutes)] and len(found) == len(mixed)
    assert [each for each in found if isinstance(each, list) and each] == []
    autumn = Period(date(2025, 8, 1), date(2026, 1, 1))
    answer = within(lambda: figure("meetings.held", commune.province, autumn, Tree.RESTATED, by=MACHINE, on=TODAY))
    assert (answer.numerator, answer.denominator) == (15, 15)
