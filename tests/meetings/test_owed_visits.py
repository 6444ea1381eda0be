"""Việc cần làm: buổi đồng chí dự với chi bộ, và nhận xét chưa ghi."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from chibo.meetings.operations import say_not_held
from chibo.meetings.owed import Owed
from chibo.meetings.owed_care import owed
from tests.commune import EVENING, TODAY, Commune
from tests.meetings.test_visits import note, plan

NOV_3 = date(2026, 11, 3)


def visits_of(commune: Commune, name: str = "Páo", on: date = TODAY) -> list[Owed]:
    return [item for item in owed(commune.actor(name), on=on) if item.kind == "visit"]


def test_from_a_week_before_it_is_a_visit_and_from_its_day_an_observation(commune: Commune) -> None:
    visit = plan(commune, commune.meeting())
    assert visits_of(commune, on=NOV_3 - timedelta(days=8)) == []
    (ahead,) = visits_of(commune, on=NOV_3 - timedelta(days=7))
    assert (ahead.title, ahead.button) == ("Dự sinh hoạt thường kỳ tháng 11/2026", "Mở")
    (item,) = visits_of(commune)
    assert (item.title, item.button) == ("Ghi nhận xét sinh hoạt thường kỳ tháng 11/2026", "Ghi nhận xét")
    assert (item.page, item.about, item.why) == ("meetings:visit", str(visit.pk), "Hướng dẫn quy trình")


def test_no_rule_dates_an_observation_so_it_is_never_late(commune: Commune) -> None:
    plan(commune, commune.meeting())
    (item,) = visits_of(commune, on=TODAY + timedelta(days=60))
    assert item.days_late == 0


def test_only_the_visitor_owes_it_until_it_is_noted(commune: Commune) -> None:
    visit = plan(commune, commune.meeting())
    for name in ("Nhung", "Inh", "Vân", "Khiêm"):
        assert visits_of(commune, name) == [], name
    note(commune, visit)
    assert visits_of(commune) == []


def test_a_meeting_called_off_needs_no_observation(commune: Commune) -> None:
    meeting = commune.meeting()
    plan(commune, meeting)
    say_not_held(meeting, reason="Mưa lũ", key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"), by_name="Inh")
    assert visits_of(commune) == []
