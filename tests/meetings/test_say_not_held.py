"""Ghi không họp, và bỏ ghi."""

from __future__ import annotations

import uuid

import pytest

from chibo.kernel.errors import NoPower
from chibo.meetings.models import Meeting, NotHeld
from chibo.meetings.operations import say_not_held, withdraw_not_held
from tests.commune import EVENING, Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn


def said(commune: Commune, meeting: Meeting, reason: str = "Sạt đường", by: str = "Inh") -> NotHeld:
    return say_not_held(meeting, reason=reason, key=uuid.uuid4(), at=EVENING, by=commune.actor(by), by_name=by)


def test_it_needs_a_reason_and_is_said_once(commune: Commune) -> None:
    meeting = commune.meeting()
    with refused("no_reason"):
        said(commune, meeting, " ")
    said(commune, meeting)
    with refused("not_held_said"):
        said(commune, meeting)


def test_nothing_is_closed_while_it_stands(commune: Commune) -> None:
    meeting = commune.meeting()
    said(commune, meeting)
    with refused("not_held_said"):
        commune.close(meeting)
    withdraw_not_held(meeting, at=EVENING, by=commune.actor("Duyên"))
    commune.close(meeting)
    row = NotHeld.objects.get()
    assert row.withdrawn_at == EVENING
    assert row.reason == "Sạt đường"  # taken back, not erased


def test_what_was_not_said_is_not_taken_back(commune: Commune) -> None:
    meeting = commune.meeting()
    with refused("not_said_so"):
        withdraw_not_held(meeting, at=EVENING, by=commune.actor("Inh"))
    with pytest.raises(NoPower):
        withdraw_not_held(meeting, at=EVENING, by=commune.actor("Páo"))


def test_a_closed_meeting_was_held(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.close(meeting)
    with refused("already_closed"):
        said(commune, meeting)


def test_the_page_hides_the_sheet_until_it_is_taken_back(commune: Commune, sign_in: SignIn) -> None:
    meeting, inh = commune.meeting(), sign_in("Inh")
    path = f"/sinh-hoat/{meeting.pk}/"
    assert inh.post(f"{path}khong-hop/", {"key": str(uuid.uuid4()), "reason": ""}).status_code == 422
    inh.post(f"{path}khong-hop/", {"key": str(uuid.uuid4()), "reason": "Sạt đường"})
    page = inh.get(path).content.decode()
    assert "Lý do: Sạt đường" in page
    assert "Xem lại, kết thúc" not in page
    assert "Bỏ ghi không họp" not in sign_in("Páo").get(path).content.decode()
    assert "Lý do: Sạt đường" in inh.get(f"/don-vi/{commune.na_loc.pk}/sinh-hoat/").content.decode()
    inh.post(f"{path}van-hop/")
    assert "Xem lại, kết thúc" in inh.get(path).content.decode()
