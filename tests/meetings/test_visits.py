"""Dự sinh hoạt với chi bộ, nhận xét buổi họp."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.meetings.models import Meeting, Observation, Visit
from chibo.meetings.operations import add_to_observation, note_observation, plan_visit, say_not_held
from tests.commune import EVENING, Commune
from tests.conftest import refused

GOOD = {"on_time": "good", "review": "improve", "minutes": "none"}


def plan(commune: Commune, meeting: Meeting, person: str = "Páo", by: str = "Páo") -> Visit:
    who = commune.person(person).pk
    return plan_visit(meeting, who, key=uuid.uuid4(), at=EVENING, by=commune.actor(by), purpose="Hướng dẫn quy trình")


def note(commune: Commune, visit: Visit, by: str = "Páo", **said: object) -> Observation:
    told = {"attended": True, "points": GOOD, "advice": "Gửi tài liệu trước ba ngày.", "at": EVENING, **said}
    return note_observation(visit, by=commune.actor(by), **told)  # type: ignore[arg-type]


def test_one_plans_for_oneself_and_the_office_for_others(commune: Commune) -> None:
    meeting = commune.meeting()
    mine = plan(commune, meeting)
    assert mine.full_name == "Lường Văn Páo"
    assert plan(commune, meeting, by="Nhung") == mine
    assert plan(commune, meeting, person="Nhung", by="Nhung") != mine
    with pytest.raises(NoPower):
        plan(commune, meeting, person="Nhung", by="Páo")
    with pytest.raises(NoPower):
        plan(commune, meeting, person="Páo", by="Inh")


def test_nobody_of_the_cell_visits_itself(commune: Commune) -> None:
    meeting = commune.meeting()
    with refused("not_of_superior"):
        plan(commune, meeting, person="Inh", by="Inh")
    with refused("not_of_superior"):
        plan(commune, meeting, person="Khiêm", by="Nhung")
    with pytest.raises(NoPower):
        plan(commune, meeting, person="Khiêm", by="Khiêm")


def test_a_meeting_that_is_not_held_gets_no_visit(commune: Commune) -> None:
    meeting = commune.meeting()
    say_not_held(meeting, reason="Mưa lũ", key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"), by_name="Inh")
    with refused("not_held_said"):
        plan(commune, meeting)


def test_the_observation_is_about_the_meeting_by_points_of_that_day(commune: Commune) -> None:
    visit = plan(commune, commune.meeting())
    row = note(commune, visit)
    assert row.points == GOOD
    assert note(commune, visit) == row  # sent twice
    with refused("observation_noted"):
        note(commune, visit, advice="Khác.")
    later = add_to_observation(row, "Đã gửi trước một ngày.", key=uuid.uuid4(), at=EVENING, by=commune.actor("Páo"))
    assert list(row.notes.all()) == [later]
    with pytest.raises(IntegrityError, match="not rewritten"):
        Observation.objects.filter(pk=row.pk).update(advice="Khác.")


def test_who_could_not_come_says_so(commune: Commune) -> None:
    row = note(commune, plan(commune, commune.meeting()), attended=False, points={}, advice="Đi công tác tỉnh.")
    assert (row.attended, row.points) == (False, {})


def test_what_is_refused(commune: Commune) -> None:
    visit = plan(commune, commune.meeting())
    with refused("visit_ahead"):
        note(commune, visit, at=EVENING - timedelta(days=2))
    with refused("unknown_point"):
        note(commune, visit, points={"loyalty": "good"})
    with refused("unknown_choice"):
        note(commune, visit, points={"review": "9"})
    with refused("looks_like_identity"):
        note(commune, visit, advice="Gọi 0912345678")
    for name in ("Inh", "Vân", "Khiêm"):
        with pytest.raises(NoPower):
            note(commune, visit, by=name)


def test_the_office_types_what_the_visitor_told(commune: Commune) -> None:
    assert note(commune, plan(commune, commune.meeting()), by="Nhung").person == commune.person("Páo")


def test_the_wall_lets_one_plan_and_note_only_for_oneself(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    meeting, leader, stranger = commune.meeting(), commune.actor("Vân"), commune.actor("Sơn")
    clerk = commune.person("Nhung").pk
    as_app(leader)
    visit = plan(commune, meeting, person="Vân", by="Vân")  # reads the branch and writes nothing in it
    note(commune, visit, by="Vân")
    as_app(stranger)
    assert not Visit.objects.exists()
    assert not Observation.objects.exists()
    as_app(leader)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Visit.objects.create(meeting=meeting, person_id=clerk, full_name="x", at=EVENING, scope_path=meeting.scope_path)
