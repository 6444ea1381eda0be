"""Ra nghị quyết."""

from __future__ import annotations

from datetime import date

from chibo.meetings.models import Closure, Resolution
from tests.commune import Commune
from tests.conftest import refused


def test_it_has_its_own_number_and_says_what_the_minutes_say(commune: Commune) -> None:
    minutes = commune.close(commune.meeting(), resolution="yes", conclusion="Làm đường.")
    passed = Resolution.objects.get(minutes=minutes)
    assert (passed.number.kind, passed.number.number) == ("NQ", 1)
    assert passed.content["conclusion"] == "Làm đường."
    assert passed.content["minutes"] == {"number": 1, "kind": "BB"}


def test_minutes_and_resolutions_count_apart(commune: Commune) -> None:
    numbers = []
    for month, choice in ((8, "no"), (9, "yes"), (10, ""), (11, "yes")):
        minutes = commune.close(commune.meeting(month=date(2026, month, 1)), resolution=choice, conclusion="Nhất trí.")
        passed = Resolution.objects.filter(minutes=minutes).first()
        numbers.append((minutes.number.number, passed.number.number if passed else None))
    assert numbers == [(1, None), (2, 1), (3, None), (4, 2)]


def test_without_a_conclusion_nothing_is_closed(commune: Commune) -> None:
    meeting = commune.meeting()
    with refused("no_conclusion"):
        commune.close(meeting, resolution="yes")
    assert not Closure.objects.exists()
