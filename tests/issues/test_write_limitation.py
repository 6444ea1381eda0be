"""Ghi hạn chế."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chibo.issues.models import Limitation
from chibo.issues.operations import Source
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.errors import NoPower
from chibo.kernel.periods import Period
from chibo.ledger.models import Entry
from chibo.meetings.operations import plan_visit
from tests.commune import EVENING, TODAY, Commune
from tests.conftest import refused
from tests.issues.acting import SEEN, written


def test_it_says_what_where_since_when_and_how_it_is_known(commune: Commune) -> None:
    row = written(commune)
    assert (row.unit, row.text, row.area) == (commune.na_loc, "Sinh hoạt chưa đúng giờ", "meetings")
    assert (row.seen_on, row.seen_term, row.entered_on) == (SEEN, "2025 - 2030", EVENING.date())
    assert (row.source, row.source_note) == ("self", "Báo cáo tự giám sát quý III")
    assert (row.closed_on, row.reopened, row.place_path) == (None, 0, commune.na_loc.scope_path)


def test_one_of_an_earlier_term_keeps_that_term(commune: Commune) -> None:
    row = written(commune, seen_on=date(2022, 5, 1), term="2020 - 2025")
    assert (row.seen_on.year, row.seen_term) == (2022, "2020 - 2025")
    known = written(commune, term="2020 - 2025")
    assert known.seen_term == "2025 - 2030", "where the register knows the term, it is not typed"


def test_a_red_figure_keeps_what_the_door_said_then(commune: Commune) -> None:
    meeting = commune.meeting(month=date(2026, 10, 1))
    commune.mark(meeting, "Khiêm", "absent", "Đi rẫy")
    commune.close(meeting)
    period = Period.month(date(2026, 10, 1))
    row = written(commune, source=Source(Limitation.FIGURE, figure="meetings.attendance", period=period))
    assert (row.figure, row.figure_first, row.figure_last) == ("meetings.attendance", period.first, period.last)
    assert row.figure_said == "8/9 (88,9 %)".replace(" %", "\u00a0%")


def test_it_may_come_from_a_meeting_or_a_visit_of_the_unit(commune: Commune) -> None:
    meeting = commune.meeting()
    assert written(commune, source=Source(Limitation.MEETING, meeting=meeting.pk)).at_meeting == meeting
    visit = plan_visit(meeting, commune.person("Páo").pk, key=uuid.uuid4(), at=EVENING, by=MACHINE)
    assert written(commune, "Páo", source=Source(Limitation.VISIT, visit=visit.pk)).on_visit == visit
    elsewhere = commune.meeting(commune.pom_khe)
    with refused("source_not_here"):
        written(commune, source=Source(Limitation.MEETING, meeting=elsewhere.pk))


def test_it_signs_one_line(commune: Commune) -> None:
    row = written(commune)
    entry = Entry.objects.get(verb="limitation.written")
    assert [(t.kind, t.object_id) for t in entry.touches.all()] == [("issues.limitation", str(row.pk))]


def test_sending_twice_gives_one(commune: Commune) -> None:
    key = uuid.uuid4()
    assert written(commune, key=key) == written(commune, key=key)
    assert Limitation.objects.count() == 1
    with refused("key_used"):
        written(commune, key=key, text="Việc khác")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"text": " "}, "no_text"),
        ({"text": "Gọi số 0912345678"}, "looks_like_identity"),
        ({"text": "a" * 1001}, "text_too_long"),
        ({"area": "không có"}, "unknown_choice"),
        ({"source": Source("rumour")}, "unknown_choice"),
        ({"source": Source(Limitation.FIGURE)}, "source_not_here"),
        ({"source": Source(Limitation.FIGURE, figure="no.such", period=Period.year(2026))}, "unknown_figure"),
        ({"source": Source(Limitation.MEETING)}, "source_not_here"),
        ({"source": Source(note="CCCD 012345678901")}, "looks_like_identity"),
        ({"seen_on": EVENING.date() + timedelta(days=1)}, "seen_ahead"),
    ],
)
def test_it_says_what_is_wrong(commune: Commune, told: dict[str, Any], code: str) -> None:
    with refused(code):
        written(commune, **told)
    assert not Limitation.objects.exists()


@pytest.mark.parametrize("name", ["Khiêm", "Liên", "Vân", "Quý", "Sơn"])
def test_it_needs_who_keeps_the_register_here(commune: Commune, name: str) -> None:
    with pytest.raises(NoPower):
        written(commune, name)


@pytest.mark.parametrize("name", ["Inh", "Duyên", "Páo", "Nhung"])
def test_the_second_wall_lets_them_write(commune: Commune, as_app: Callable[[Actor], None], name: str) -> None:
    as_app(commune.actor(name, TODAY))
    assert written(commune, name) == Limitation.objects.get()
