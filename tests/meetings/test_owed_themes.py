"""Nên làm: lịch chuyên đề của năm."""

from __future__ import annotations

import uuid
from datetime import date, time

from chibo.kernel.actor import MACHINE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, plan_meeting
from chibo.meetings.owed_year import owed
from tests.commune import TODAY, Commune


def theme(commune: Commune, day: date) -> Meeting:
    plan = Plan(day, time(19, 30), "Nhà văn hóa", "Giữ rừng", None)
    return plan_meeting(commune.na_loc, Meeting.THEMATIC, plan, key=uuid.uuid4(), by=MACHINE)


def titles(commune: Commune, on: date, name: str = "Inh") -> list[str]:
    return [item.title for item in owed(commune.actor(name, on), on=on)]


def test_a_quarter_without_a_theme_reminds(commune: Commune) -> None:
    (item,) = owed(commune.actor("Inh"), on=TODAY)
    assert (item.title, item.due, item.firm) == ("Xếp chuyên đề quý IV năm 2026", date(2026, 12, 31), False)
    assert (item.page, item.args, item.tail) == ("meetings:plan", (commune.na_loc.pk,), "?loai=thematic")
    assert "42-HD/BTCTW" in item.why
    assert titles(commune, TODAY, "Liên") == ["Xếp chuyên đề quý IV năm 2026"]


def test_a_planned_theme_settles_its_quarter(commune: Commune) -> None:
    theme(commune, date(2026, 11, 20))
    assert titles(commune, TODAY) == []
    assert titles(commune, date(2026, 8, 1)) == ["Xếp chuyên đề quý III năm 2026"]


def test_at_the_start_of_the_year_the_whole_calendar_is_wanted(commune: Commune) -> None:
    assert titles(commune, date(2026, 1, 5)) == ["Lập lịch chuyên đề năm 2026"]
    theme(commune, date(2026, 2, 20))
    assert titles(commune, date(2026, 1, 5)) == ["Xếp chuyên đề quý II, III, IV năm 2026"]


def test_in_december_the_next_year_is_wanted(commune: Commune) -> None:
    theme(commune, date(2026, 11, 20))
    assert titles(commune, date(2026, 12, 1)) == ["Lập lịch chuyên đề năm 2027"]
    theme(commune, date(2027, 3, 20))
    assert titles(commune, date(2026, 12, 1)) == []


def test_before_the_guidance_nobody_is_reminded(commune: Commune) -> None:
    assert owed(commune.actor("Inh", date(2025, 9, 1)), on=date(2017, 5, 1)) == []


def test_only_who_chairs_a_cell_is_reminded(commune: Commune) -> None:
    for name in ("Nhung", "Páo", "Khiêm", "Vân", "Quý"):
        assert titles(commune, TODAY, name) == [], name
