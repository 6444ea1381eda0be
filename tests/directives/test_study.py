"""The resolution goes to the cells with a day; they study it in time, late, or not at all."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from chibo.directives.models import Delivery, StudySession
from chibo.directives.operations import (
    NewSession,
    hold_session,
    mark_session,
    note_receipt,
    send_to_study,
    withdraw_delivery,
    withdraw_session,
)
from chibo.directives.owed import owed
from chibo.directives.studying import LATE, OVERDUE, STUDIED, WAITING, study_of
from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.kernel.errors import NoPower
from chibo.kernel.periods import Period
from tests.commune import TODAY, Commune
from tests.conftest import refused
from tests.directives.conftest import NOW, RESOLUTION, Register

OCTOBER = date(2026, 10, 1)


def study(register: Register, delivery: Delivery, by: str, day: int, attended: int = 8, **more: Any) -> StudySession:
    said = NewSession(date(2026, 10, day), attended, more.pop("expected", 9), **more)
    return hold_session(delivery, said, key=uuid.uuid4(), **register.by(by))


def states(register: Register, on: date = TODAY) -> list[tuple[str, int]]:
    found = study_of(Delivery.objects.first().document, {}, on, actor=register.office)  # type: ignore[union-attr]
    assert found is not None
    return [(row.state, row.days_late) for row in found.rows]


def test_each_cell_has_a_clock_of_its_own(register: Register) -> None:
    na_loc, pom_khe = register.send(register.enter(), due=date(2026, 10, 20))
    assert states(register, date(2026, 10, 20)) == [(WAITING, 0), (WAITING, 0)]
    assert states(register) == [(OVERDUE, 16), (OVERDUE, 16)]
    note_receipt(na_loc, on=date(2026, 10, 7), **register.by("Inh"))
    study(register, na_loc, "Inh", 20)
    study(register, pom_khe, "Liên", 25)
    found = study_of(na_loc.document, {}, TODAY, actor=register.office)
    assert found is not None
    late, in_time = found.rows
    assert (late.state, late.days_late, late.to_receipt, late.to_study) == (LATE, 5, None, 24)
    assert (in_time.state, in_time.days_late, in_time.to_receipt, in_time.to_study) == (STUDIED, 0, 6, 19)
    assert (found.done, found.turns) == (2, (16, 18))


def test_a_unit_that_has_it_keeps_its_day(register: Register) -> None:
    row = register.enter()
    register.send(row, units=[register.commune.na_loc])
    assert [each.unit for each in register.send(row, due=date(2026, 12, 31))] == [register.commune.pom_khe]
    assert sorted(each.due_on for each in Delivery.objects.all()) == [date(2026, 10, 31), date(2026, 12, 31)]


def test_the_roll_of_a_closed_meeting_says_who_studied(commune: Commune, register: Register) -> None:
    (delivery,) = register.send(register.enter(), units=[commune.na_loc])
    meeting = commune.meeting(month=OCTOBER)
    with refused("meeting_not_closed"):
        study(register, delivery, "Inh", 3, meeting=meeting.pk)
    commune.mark(meeting, "Khiêm", "absent", "ốm")
    commune.close(meeting)
    row = study(register, delivery, "Inh", 1, attended=0, expected=None, meeting=meeting.pk, presenter="Lò Văn Inh")
    assert (row.held_on, row.attended, row.expected) == (meeting.closure.held_on, 8, 9)
    with refused("meeting_of_another"):
        study(register, delivery, "Inh", 3, meeting=commune.meeting(commune.pom_khe, OCTOBER).pk)


def test_with_the_people_households_are_counted_and_the_debt_stays(register: Register) -> None:
    (delivery,) = register.send(register.enter(), units=[register.commune.na_loc])
    row = study(register, delivery, "Inh", 12, 64, audience=StudySession.PEOPLE, villages=1)
    assert (row.attended, row.expected, row.villages) == (64, None, 1)
    assert states(register) == [(OVERDUE, 5)]


def test_what_has_to_be_studied_again_is_owed_again(register: Register) -> None:
    (delivery,) = register.send(register.enter(), units=[register.commune.na_loc])
    first = study(register, delivery, "Inh", 12)
    with refused("say_what_lacks"):
        mark_session(first, "again", " ", key=uuid.uuid4(), **register.by())
    mark_session(first, "again", "Chưa bàn phần chỉ tiêu.", key=uuid.uuid4(), **register.by())
    assert states(register) == [(OVERDUE, 5)]
    study(register, delivery, "Inh", 28, attended=9)
    assert states(register) == [(STUDIED, 0)]
    with pytest.raises(NoPower):
        mark_session(first, "good", "", key=uuid.uuid4(), **register.by("Inh"))


def test_the_secretary_owes_it_and_no_longer_when_it_is_studied(commune: Commune, register: Register) -> None:
    (delivery,) = register.send(register.enter(), units=[commune.na_loc])
    (item,) = owed(commune.actor("Inh"), on=TODAY)
    assert (item.days_late, item.mine, item.about) == (5, True, str(delivery.pk))
    assert "Nghị quyết số 02-NQ/TU" in item.title
    assert owed(commune.actor("Liên"), on=TODAY) == owed(commune.actor("Khiêm"), on=TODAY) == []
    study(register, delivery, "Inh", 30)
    assert owed(commune.actor("Inh"), on=TODAY) == []


def test_the_office_types_from_paper_and_it_says_so(register: Register) -> None:
    (delivery,) = register.send(register.enter(), units=[register.commune.na_loc])
    assert study(register, delivery, "Nhung", 12).from_paper
    assert not study(register, delivery, "Inh", 13).from_paper


@pytest.mark.parametrize(("said", "code"), [
    (NewSession(date(2026, 11, 6), 8, 9), "day_ahead"),
    (NewSession(date(2026, 9, 30), 8, 9), "studied_before_asked"),
    (NewSession(date(2026, 10, 20), 8, None), "nobody_expected"),
    (NewSession(date(2026, 10, 20), 10, 9), "more_than_expected"),
    (NewSession(date(2026, 10, 20), 8, 9, audience="khách"), "unknown_audience"),
])  # fmt: skip
def test_sessions_that_cannot_be(said: NewSession, code: str, register: Register) -> None:
    (delivery,) = register.send(register.enter(), units=[register.commune.na_loc])
    with refused(code):
        hold_session(delivery, said, key=uuid.uuid4(), **register.by("Inh"))


def test_only_to_those_below_and_by_who_directs(commune: Commune, register: Register) -> None:
    row = register.enter()
    with pytest.raises(NoPower):
        register.send(row, units=[commune.khuoi_moc])
    with refused("not_below"):
        register.send(row, units=[commune.commune])
    with refused("due_before_asked"):
        register.send(row, due=date(2026, 10, 4))
    with refused("no_unit_chosen"):
        register.send(row, units=[])
    with pytest.raises(NoPower):
        register.send(row, by=commune.actor("Inh"))
    secret = register.enter(RESOLUTION.__class__("công văn", "07", symbol="CV/TU", secret=True))
    with refused("secret_not_sent"):
        send_to_study(secret, [commune.na_loc], on=TODAY, due=TODAY, **register.by())


def test_a_mistake_is_taken_back_unless_it_was_studied(register: Register) -> None:
    na_loc, pom_khe = register.send(register.enter())
    withdraw_delivery(pom_khe, why="typed_wrong", at=NOW, by=register.office)
    with refused("withdrawn_already"):
        study(register, pom_khe, "Liên", 12)
    session = study(register, na_loc, "Inh", 12)
    with refused("studied_already"):
        withdraw_delivery(na_loc, why="typed_wrong", at=NOW, by=register.office)
    withdraw_session(session, why="did_not_happen", at=NOW, by=register.commune.actor("Inh"))
    assert states(register) == [(OVERDUE, 5)]
    withdraw_delivery(na_loc, why="typed_wrong", at=NOW, by=register.office)


def test_the_door_counts_it(register: Register) -> None:
    na_loc, pom_khe = register.send(register.enter(), due=date(2026, 10, 20))
    study(register, na_loc, "Inh", 15)
    study(register, pom_khe, "Liên", 25, attended=3, expected=5)
    study(register, pom_khe, "Liên", 26, attended=40, audience=StudySession.PEOPLE, villages=1)

    def ask(code: str, first: date, last: date) -> tuple[int, int]:
        found = figure(f"study.{code}", register.commune.commune, Period.days(first, last), Tree.RESTATED,
                       by=register.office, on=TODAY)  # fmt: skip
        assert sum(row.numerator for row in found.rows) == found.numerator
        return found.numerator, found.denominator

    year = date(2026, 1, 1), date(2026, 12, 31)
    assert ask("units", *year) == (2, 2)
    assert ask("on_time", *year) == (1, 2)
    assert ask("turns", *year) == (11, 14)
    assert ask("overdue", *year) == (0, 0)
    assert ask("overdue", date(2026, 10, 1), date(2026, 10, 22)) == (1, 0)
    assert ask("with_people", *year) == (1, 0)
    assert ask("households", *year) == (40, 0)
