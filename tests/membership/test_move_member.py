"""Chuyển sinh hoạt đảng chính thức."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.queries import meeting_view
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.membership.operations import leave_out, move_member, send_temporarily
from chibo.membership.queries import roll_on
from chibo.membership.today import tick
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused

TOMORROW = TODAY + timedelta(days=1)


def move(commune: Commune, name: str = "Khiêm", first: date = TODAY, on: date = TODAY) -> Belonging:
    return move_member(commune.person(name), to=commune.pom_khe, first=first, on=on, by=commune.actor("Nhung"))


def on_roll(commune: Commune, day: date) -> tuple[bool, bool]:
    """Whether Khiêm is on the roll of Nà Lốc, and of Pom Khe."""
    name = commune.person("Khiêm").full_name
    here, there = ({m.full_name for m in roll_on(unit, day)} for unit in (commune.na_loc, commune.pom_khe))
    return name in here, name in there


def test_the_old_cell_ends_where_the_new_one_begins(commune: Commune) -> None:
    new = move(commune)
    old = Belonging.objects.get(person=commune.person("Khiêm"), unit=commune.na_loc)
    assert (old.during.upper, old.way_out) == (TODAY, "moved")
    assert (new.during.lower, new.during.upper, new.way_in) == (TODAY, None, "moved")
    assert on_roll(commune, TODAY - timedelta(days=1)) == (True, False)
    assert on_roll(commune, TODAY) == (False, True)


def test_what_is_known_of_the_member_goes_with_them(commune: Commune) -> None:
    person = commune.person("Khiêm")
    leave_out(person, Absence.SPECIAL_DUTY, first=FOUNDED, last=None, by=MACHINE)
    move(commune)
    there = commune.pom_khe.scope_path
    assert person.scope_path == there
    assert Person.objects.get(pk=person.pk).scope_path == there
    for model in (Standing, Absence):
        assert set(model.objects.filter(person=person).values_list("scope_path", flat=True)) == {there}
    assert set(Belonging.objects.filter(person=person).values_list("home_path", flat=True)) == {there}


def test_a_move_of_tomorrow_is_followed_tomorrow(commune: Commune) -> None:
    person = commune.person("Khiêm")
    move(commune, first=TOMORROW)
    assert (person.scope_path, person.follow_on) == (commune.na_loc.scope_path, TOMORROW)
    tick(at=datetime(2026, 11, 5, 23, 59, tzinfo=ZONE))
    person.refresh_from_db()
    assert person.scope_path == commune.na_loc.scope_path
    said = tick(at=datetime(2026, 11, 9, 0, 0, tzinfo=ZONE))  # the machine was off for a weekend
    person.refresh_from_db()
    assert (person.scope_path, person.follow_on) == (commune.pom_khe.scope_path, None)
    assert "1 người" in said
    assert "0 người" in tick(at=datetime(2026, 11, 9, 0, 1, tzinfo=ZONE))


def test_a_move_of_last_month_is_followed_at_once_and_frozen_rolls_stay(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.close(meeting)
    move(commune, first=date(2026, 10, 1))
    meeting.closure.refresh_from_db()
    assert commune.person("Khiêm").pk in meeting.closure.roll
    assert on_roll(commune, date(2026, 10, 1)) == (False, True)
    assert commune.person("Khiêm").scope_path == commune.pom_khe.scope_path


def test_last_weeks_meeting_still_calls_who_moved_today(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    """Behind the second wall too: a secretary may not lose a line of the roll without a word."""
    ngoan = commune.person("Ngoan")
    outside = commune.person("Uyên")
    send_temporarily(outside, to=None, first=FOUNDED, last=None, on=TODAY, by=MACHINE)
    meeting = commune.meeting()
    for person in (ngoan, outside):
        move_member(person, to=commune.pom_khe, first=TODAY, on=TODAY, by=MACHINE)
    before = [(line.member.full_name, line.state, line.official) for line in meeting_view(meeting).roll.lines]
    as_app(commune.actor("Inh"))
    assert [(line.member.full_name, line.state, line.official) for line in meeting_view(meeting).roll.lines] == before
    assert ("Lò Thị Ngoan", "present", False) in before
    assert ("Hà Thị Uyên", "not_counted", True) in before


def test_the_old_cell_does_not_read_what_came_later(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    person = commune.person("Khiêm")
    move(commune)
    leave_out(person, Absence.EXEMPT, first=TOMORROW, last=None, by=MACHINE)
    secretary = commune.actor("Inh")
    assert not Person.objects.visible_to(secretary).filter(pk=person.pk).exists()
    as_app(secretary)
    assert Standing.objects.filter(person=person).exists()
    assert not Absence.objects.filter(person=person).exists()
    assert [b.unit_id for b in Belonging.objects.filter(person=person)] == [commune.na_loc.pk]


def test_a_guest_who_stays_is_a_guest_no_more(commune: Commune) -> None:
    send_temporarily(
        commune.person("Khiêm"), to=commune.pom_khe, first=FOUNDED, last=None, on=TODAY, by=commune.actor("Nhung")
    )
    move(commune)
    assert commune.person("Khiêm").guest_path == ""
    assert [m.guest for m in roll_on(commune.pom_khe, TODAY) if m.full_name.endswith("Khiêm")] == [False]
    assert [m.guest for m in roll_on(commune.pom_khe, TODAY - timedelta(days=1)) if m.guest] == [True]


def test_it_signs_once(commune: Commune) -> None:
    move(commune)
    entry = Entry.objects.get(verb="member.moved")
    assert (entry.on, entry.unit_id) == (TODAY, commune.pom_khe.pk)
    assert set(entry.touches.values_list("kind", flat=True)) == {"membership.person", "organisation.unit"}


@pytest.mark.parametrize(
    ("to", "first", "code"),
    [
        ("commune", TODAY, "not_a_cell"),
        ("pom_khe", FOUNDED - timedelta(days=1), "not_a_cell"),
        ("na_loc", TODAY, "same_cell"),
        ("pom_khe", FOUNDED, "belongs_since_then"),
    ],
)
def test_it_is_refused(commune: Commune, to: str, first: date, code: str) -> None:
    with refused(code):
        move_member(commune.person("Khiêm"), to=getattr(commune, to), first=first, on=TODAY, by=MACHINE)


def test_a_second_move_before_the_first_is_a_correction(commune: Commune) -> None:
    move(commune, first=TOMORROW)
    with refused("moved_later"):
        move(commune)


def test_it_needs_the_office_of_both_cells(commune: Commune) -> None:
    for name in ("Inh", "Páo", "Lan", "Vân"):
        with pytest.raises(NoPower):
            move_member(commune.person("Khiêm"), to=commune.pom_khe, first=TODAY, on=TODAY, by=commune.actor(name))
    with pytest.raises(NoPower):
        move_member(commune.person("Khiêm"), to=commune.khuoi_moc, first=TODAY, on=TODAY, by=commune.actor("Nhung"))
