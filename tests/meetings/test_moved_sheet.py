"""Phiếu mở trước khi buổi họp dời sang ngày khác: nothing of the old day is written, nothing typed is lost."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from chibo.meetings.models import Meeting, SheetEntry
from chibo.meetings.operations import postpone_meeting
from tests.commune import EVENING, Commune
from tests.meetings.conftest import SignIn

OLD, NEW = "03/11/2026", "10/11/2026"


def moved(commune: Commune) -> Meeting:
    meeting = commune.meeting()
    postpone_meeting(
        meeting, to=date(2026, 11, 10), reason="Mưa lũ", key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"),
        by_name="Lò Văn Inh",
    )  # fmt: skip
    return meeting


def post(sign_in: SignIn, meeting: Meeting, **more: str) -> Any:
    """A whole part of the page as it was before the meeting moved."""
    typed = {
        "held_on": OLD, "v:held_on": "0", "focal": "Trồng rừng", "v:focal": "0", "part": "chuan-bi",
        "meant_for": "2026-11-03", **more,
    }  # fmt: skip
    return sign_in("Inh").post(f"/sinh-hoat/{meeting.pk}/phieu/", typed)


def test_the_page_says_what_happened_and_keeps_what_was_typed(commune: Commune, sign_in: SignIn) -> None:
    meeting = moved(commune)
    response = post(sign_in, meeting)
    page = response.content.decode()
    assert response.status_code == 422
    assert "buổi này đã dời từ ngày 03/11/2026 sang 10/11/2026" in page
    assert 'value="Trồng rừng"' in page
    assert f'value="{NEW}"' in page
    assert f'name="held_on" value="{OLD}"' not in page
    assert not SheetEntry.objects.exists()


def test_the_answer_can_be_saved_as_it_stands(commune: Commune, sign_in: SignIn) -> None:
    meeting = moved(commune)
    assert 'name="meant_for" value="2026-11-10"' in post(sign_in, meeting).content.decode()
    assert post(sign_in, meeting, meant_for="2026-11-10", held_on=NEW).status_code == 302
    assert list(SheetEntry.objects.values_list("field", "value")) == [("focal", "Trồng rừng")]


def test_a_day_somebody_chose_stays(commune: Commune, sign_in: SignIn) -> None:
    meeting = moved(commune)
    assert 'value="04/11/2026"' in post(sign_in, meeting, held_on="04/11/2026").content.decode()


def test_held_on_the_old_day_after_all_can_be_said(commune: Commune, sign_in: SignIn) -> None:
    meeting = moved(commune)
    assert post(sign_in, meeting, meant_for="2026-11-10").status_code == 302
    assert dict(SheetEntry.objects.values_list("field", "value"))["held_on"] == "2026-11-03"


def test_a_single_field_of_the_script_is_saved_whatever_the_day(commune: Commune, sign_in: SignIn) -> None:
    meeting = moved(commune)
    typed = {"conclusion": "Nhất trí.", "v:conclusion": "0"}
    answer = sign_in("Inh").post(f"/sinh-hoat/{meeting.pk}/phieu/", typed, headers={"X-Chibo-Part": "field"})
    assert answer.status_code == 200
