"""Ra nghị quyết."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.kernel.errors import NoPower
from chibo.meetings.models import Closure, Resolution
from chibo.meetings.operations import write_resolution
from tests.commune import TODAY, Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn


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


def test_what_was_voted_for_can_become_a_resolution_later(commune: Commune) -> None:
    minutes = commune.close(commune.meeting(), vote_for="7", conclusion="Nhất trí trồng rừng.")
    paper = write_resolution(minutes, on=TODAY, by=commune.actor("Inh"))
    assert paper.content["conclusion"] == "Nhất trí trồng rừng."
    assert (paper.content["issued_on"], paper.number.issued_on) == ("2026-11-05", TODAY)
    assert write_resolution(minutes, on=TODAY, by=commune.actor("Duyên")) == paper
    with pytest.raises(NoPower):
        write_resolution(minutes, on=TODAY, by=commune.actor("Nhung"))


def test_without_a_vote_or_a_conclusion_there_is_nothing_to_resolve(commune: Commune) -> None:
    minutes = commune.close(commune.meeting(), conclusion="Nhất trí.")
    with refused("not_voted"):
        write_resolution(minutes, on=TODAY, by=commune.actor("Inh"))
    minutes = commune.close(commune.meeting(commune.pom_khe), by="Liên", vote_for="4")
    with refused("no_conclusion"):
        write_resolution(minutes, on=TODAY, by=commune.actor("Liên"))


def test_a_vote_nobody_was_for_is_kept_and_passes_nothing(commune: Commune) -> None:
    meeting = commune.meeting()
    with refused("nobody_for_it"):
        commune.close(meeting, vote_against="6", conclusion="Lùi việc sửa đường.", resolution="yes")
    minutes = commune.close(meeting, resolution="no")
    assert minutes.content["vote"] == {"for": 0, "against": 6, "blank": 0, "base": 8, "called": 8, "carried": False}
    with refused("nobody_for_it"):
        write_resolution(minutes, on=TODAY, by=commune.actor("Inh"))


def test_the_closed_page_offers_it_once(commune: Commune, sign_in: SignIn) -> None:
    meeting = commune.meeting()
    commune.close(meeting, vote_for="7", conclusion="Nhất trí.")
    here = f"/sinh-hoat/{meeting.pk}/"
    assert "Lấy số, ra nghị quyết" not in sign_in("Nhung").get(here).content.decode()
    me = sign_in("Inh")
    assert "Lấy số, ra nghị quyết" in me.get(here).content.decode()
    assert me.post(here + "nghi-quyet/")["Location"] == here
    page = me.get(here).content.decode()
    assert "Lấy số, ra nghị quyết" not in page
    assert "Nghị quyết số 01-NQ/CB" in page
    assert me.get(here + "nghi-quyet.docx").status_code == 200
