"""Sửa việc đã ghi sai: a row is withdrawn (who, when, why) and another stands instead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.membership.operations import (
    correct_absence,
    correct_belonging,
    correct_standing,
    end_belonging,
    leave_out,
    move_member,
    recognise_official,
    send_temporarily,
    withdraw_fact,
)
from chibo.membership.queries import roll_on
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

RECOGNISED = date(2026, 8, 1)
EARLIER, LATER = date(2026, 7, 1), date(2026, 9, 1)
WRONG = {"why": "typed_wrong", "at": EVENING}


def spans(model: type[Belonging | Standing | Absence], person: Person) -> list[tuple[str, date, date | None]]:
    rows = model.objects.live().filter(person=person).order_by("during")
    return [(row.kind, row.during.lower, row.during.upper) for row in rows]


def test_the_wrong_row_stays_with_who_when_and_why(commune: Commune) -> None:
    row = leave_out(commune.person("Khiêm"), Absence.EXEMPT, first=FOUNDED, last=None, by=MACHINE)
    office = commune.actor("Nhung")
    new = correct_absence(row, kind=Absence.SPECIAL_DUTY, first=LATER, last=TODAY, by=office, **WRONG)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawn_why) == (EVENING, office.account_id, "typed_wrong")
    assert (row.kind, row.during.lower) == (Absence.EXEMPT, FOUNDED)
    assert spans(Absence, commune.person("Khiêm")) == [("special_duty", LATER, TODAY + timedelta(days=1))]
    entry = Entry.objects.get(verb="absence.corrected")
    assert entry.reason == "typed_wrong"
    assert {t.object_id for t in entry.touches.filter(kind="membership.absence")} == {str(row.pk), str(new.pk)}


def test_as_of_answers_show_the_corrected_row(commune: Commune) -> None:
    row = leave_out(commune.person("Khiêm"), Absence.EXEMPT, first=LATER, last=None, by=MACHINE)
    correct_absence(row, kind=Absence.EXEMPT, first=TODAY, last=None, by=MACHINE, **WRONG)
    why = {m.full_name: m.why_not_counted for m in roll_on(commune.na_loc, LATER)}
    assert why["Hà Văn Khiêm"] == ""


def test_a_sealed_roll_keeps_what_it_said(commune: Commune) -> None:
    row = Absence.objects.get(person=commune.person("Hặc"))
    minutes = commune.close(commune.meeting())
    withdraw_fact(row, by=commune.actor("Nhung"), why="did_not_happen", at=EVENING)
    minutes.refresh_from_db()
    assert minutes.content["roll"]["exempt"] == 1
    assert minutes.meeting.closure.not_counted == 1


def test_the_day_of_recognition_moves_both_standings(commune: Commune) -> None:
    person = commune.person("Ngoan")
    row = recognise_official(person, on=RECOGNISED, by=MACHINE)
    for day in (EARLIER, LATER):
        row = correct_standing(row, kind=Standing.OFFICIAL, first=day, last=None, by=MACHINE, **WRONG)
        assert spans(Standing, person) == [("probationary", FOUNDED, day), ("official", day, None)]


def test_a_move_of_another_day_moves_both_cells(commune: Commune) -> None:
    person = commune.person("Khiêm")
    row = move_member(person, to=commune.pom_khe, first=RECOGNISED, on=TODAY, by=MACHINE)
    correct_belonging(row, unit=commune.pom_khe, first=EARLIER, last=None, by=commune.actor("Nhung"), **WRONG)
    assert spans(Belonging, person) == [("official", FOUNDED, EARLIER), ("official", EARLIER, None)]


def test_the_wrong_cell_is_put_right_and_today_follows(commune: Commune) -> None:
    person = commune.person("Khiêm")
    row = Belonging.objects.get(person=person)
    correct_belonging(row, unit=commune.pom_khe, first=FOUNDED, last=None, by=commune.actor("Nhung"), **WRONG)
    person.refresh_from_db()
    assert person.scope_path == commune.pom_khe.scope_path
    assert [m.full_name for m in roll_on(commune.na_loc, FOUNDED)].count("Hà Văn Khiêm") == 0


def test_a_move_that_never_was_leaves_the_old_cell_as_before(commune: Commune) -> None:
    person = commune.person("Khiêm")
    row = move_member(person, to=commune.pom_khe, first=RECOGNISED, on=TODAY, by=MACHINE)
    withdraw_fact(row, by=commune.actor("Nhung"), why="did_not_happen", at=EVENING)
    person.refresh_from_db()
    assert person.scope_path == commune.na_loc.scope_path
    (left,) = Belonging.objects.live().filter(person=person)
    assert (left.unit_id, left.during.upper, left.way_out) == (commune.na_loc.pk, None, "")


def test_a_recognition_that_never_was_reopens_probation(commune: Commune) -> None:
    row = recognise_official(commune.person("Ngoan"), on=RECOGNISED, by=MACHINE)
    withdraw_fact(row, by=MACHINE, why="entered_twice", at=EVENING)
    assert spans(Standing, commune.person("Ngoan")) == [("probationary", FOUNDED, None)]


def test_who_was_written_off_by_mistake_is_a_member_again(commune: Commune) -> None:
    person = commune.person("Khiêm")
    row = end_belonging(person, "died", last=RECOGNISED, on=TODAY, by=MACHINE)
    new = correct_belonging(row, unit=commune.na_loc, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    assert (new.way_out, new.decision_out) == ("", "")
    assert spans(Belonging, person) == [("official", FOUNDED, None)]
    assert spans(Standing, person) == [("official", FOUNDED, None)]


def test_who_was_entered_twice_is_on_no_list(commune: Commune) -> None:
    withdraw_fact(Belonging.objects.get(person=commune.person("Khiêm")), by=MACHINE, why="entered_twice", at=EVENING)
    assert "Hà Văn Khiêm" not in {m.full_name for m in roll_on(commune.na_loc, TODAY)}
    assert Person.objects.get(pk=commune.person("Khiêm").pk).scope_path == commune.na_loc.scope_path


def test_a_stay_that_has_ended_already_takes_the_guest_away(commune: Commune) -> None:
    person = commune.person("Khiêm")
    row = send_temporarily(person, to=commune.pom_khe, first=FOUNDED, last=None, on=TODAY, by=MACHINE)
    assert person.guest_path == commune.pom_khe.scope_path
    correct_belonging(row, unit=commune.pom_khe, first=FOUNDED, last=EARLIER, by=MACHINE, **WRONG)
    person.refresh_from_db()
    assert person.guest_path == ""


def test_it_is_refused(commune: Commune) -> None:
    person = commune.person("Ngoan")
    official = recognise_official(person, on=RECOGNISED, by=MACHINE)
    with refused("neighbour_swallowed"):
        correct_standing(official, kind=Standing.OFFICIAL, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    with refused("unknown_why"):
        withdraw_fact(official, by=MACHINE, why="", at=EVENING)
    with refused("ends_before_it_starts"):
        correct_standing(official, kind=Standing.OFFICIAL, first=LATER, last=EARLIER, by=MACHINE, **WRONG)
    withdraw_fact(official, by=MACHINE, why="typed_wrong", at=EVENING)
    with refused("withdrawn_already"):
        withdraw_fact(official, by=MACHINE, why="typed_wrong", at=EVENING)
    home = Belonging.objects.get(person=person)
    with refused("not_a_cell"):
        correct_belonging(home, unit=None, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    with refused("leaving_is_an_act"):
        correct_belonging(home, unit=commune.na_loc, first=FOUNDED, last=LATER, by=MACHINE, **WRONG)
    stay = send_temporarily(person, to=commune.pom_khe, first=FOUNDED, last=None, on=TODAY, by=MACHINE)
    with refused("same_cell"):
        correct_belonging(stay, unit=commune.na_loc, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    with refused("same_cell"):
        correct_belonging(home, unit=commune.pom_khe, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    first = leave_out(person, Absence.EXEMPT, first=FOUNDED, last=EARLIER, by=MACHINE)
    leave_out(person, Absence.EXEMPT, first=LATER, last=None, by=MACHINE)
    with refused("overlaps_another"):
        correct_absence(first, kind=Absence.EXEMPT, first=FOUNDED, last=TODAY, by=MACHINE, **WRONG)


def test_a_secretary_does_not_correct(commune: Commune) -> None:
    row = Absence.objects.get(person=commune.person("Hặc"))
    with pytest.raises(NoPower):
        withdraw_fact(row, by=commune.actor("Inh"), why="typed_wrong", at=EVENING)


REWRITES = [
    {"kind": "special_duty"},
    {"during": (date(2025, 1, 1), None)},
    {"decision": "khác"},
]


@pytest.mark.parametrize("values", REWRITES, ids=lambda v: next(iter(v)))
def test_the_database_lets_nobody_rewrite_a_fact(commune: Commune, values: dict[str, object]) -> None:
    rows = Absence.objects.filter(person=commune.person("Hặc"))
    with pytest.raises(IntegrityError, match="a correction withdraws"), transaction.atomic():
        rows.update(**values)
    with pytest.raises(IntegrityError, match="a correction withdraws"), transaction.atomic():
        rows.delete()


def test_a_withdrawn_row_stays_withdrawn(commune: Commune) -> None:
    rows = Absence.objects.filter(person=commune.person("Hặc"))
    withdraw_fact(rows.get(), by=MACHINE, why="typed_wrong", at=EVENING)
    with pytest.raises(IntegrityError, match="a correction withdraws"), transaction.atomic():
        rows.update(withdrawn_at=None, withdrawn_why="")
