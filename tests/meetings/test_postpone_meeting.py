"""Hoãn buổi họp."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest

from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.kernel.periods import Period
from chibo.meetings.models import Invitation, Meeting, Postponement
from chibo.meetings.operations import invite, postpone_meeting, say_not_held
from tests.commune import Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn

NOON = datetime(2026, 11, 3, 12, tzinfo=ZONE)
THE_3RD, THE_7TH = date(2026, 11, 3), date(2026, 11, 7)


def postponed(commune: Commune, meeting: Meeting, to: date = THE_7TH, by: str = "Inh", reason: str = "Mưa lũ",
              key: uuid.UUID | None = None, at: datetime = NOON) -> Postponement:  # fmt: skip
    return postpone_meeting(
        meeting, to=to, reason=reason, key=key or uuid.uuid4(), at=at, by=commune.actor(by), by_name=by
    )


def state_on(commune: Commune, day: date) -> str:
    ask = (commune.na_loc, Period.month(THE_3RD), Tree.RESTATED)
    return figure("meetings.held", *ask, by=MACHINE, on=day).rows[0].state


def test_the_calendar_keeps_its_day(commune: Commune) -> None:
    meeting = commune.meeting()
    postponed(commune, meeting)
    meeting.refresh_from_db()
    assert (meeting.planned_on, meeting.meets_on) == (THE_3RD, THE_7TH)


def test_sending_twice_postpones_once(commune: Commune) -> None:
    meeting, key = commune.meeting(), uuid.uuid4()
    assert postponed(commune, meeting, key=key) == postponed(commune, meeting, key=key)
    assert Postponement.objects.count() == 1


def test_the_board_says_so_and_then_that_it_was_late(commune: Commune) -> None:
    meeting = commune.meeting()
    postponed(commune, meeting)
    assert state_on(commune, THE_3RD + timedelta(days=2)) == "postponed"
    assert state_on(commune, THE_7TH + timedelta(days=1)) == "missed"
    meeting.refresh_from_db()
    commune.close(meeting, at=datetime(2026, 11, 7, 21, 30, tzinfo=ZONE))
    assert state_on(commune, THE_7TH) == "late"


def test_held_on_its_calendar_day_after_all_it_is_on_day(commune: Commune) -> None:
    meeting = commune.meeting()
    postponed(commune, meeting)
    meeting.refresh_from_db()
    commune.close(meeting, at=datetime(2026, 11, 3, 21, 30, tzinfo=ZONE), held_on="3/11/2026")
    assert state_on(commune, THE_7TH) == "on_day"


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [(THE_3RD, "Mưa", "same_day"), (date(2026, 11, 2), "Mưa", "day_passed"), (THE_7TH, " ", "no_reason")],
)
def test_it_says_why_not(commune: Commune, to: date, reason: str, code: str) -> None:
    with refused(code):
        postponed(commune, commune.meeting(), to, reason=reason)


def test_what_is_over_or_off_is_not_postponed(commune: Commune) -> None:
    held, off = commune.meeting(), commune.meeting(commune.pom_khe)
    commune.close(held)
    with refused("already_closed"):
        postponed(commune, held)
    say_not_held(off, reason="Dịch", key=uuid.uuid4(), at=NOON, by=MACHINE, by_name="")
    with refused("not_held_said"):
        postponed(commune, off, by="Liên")


def test_who_was_asked_is_asked_for_the_new_day(commune: Commune) -> None:
    meeting = commune.meeting()
    invite(meeting, at=NOON, by=commune.actor("Inh"))
    postponed(commune, meeting)
    assert Invitation.objects.filter(meets_on=THE_7TH).count() == Invitation.objects.filter(meets_on=THE_3RD).count()
    quiet = commune.meeting(commune.pom_khe)
    postponed(commune, quiet, by="Liên")
    assert not Invitation.objects.filter(meeting=quiet).exists()


def test_only_who_schedules_there(commune: Commune) -> None:
    meeting = commune.meeting()
    for name in ("Liên", "Khiêm", "Páo", "Vân"):
        with pytest.raises(NoPower):
            postponed(commune, meeting, by=name)


def test_the_page_asks_for_day_and_reason(commune: Commune, sign_in: SignIn) -> None:
    meeting, inh = commune.meeting(), sign_in("Inh")
    path = f"/sinh-hoat/{meeting.pk}/hoan/"
    assert "Hoãn sinh hoạt thường kỳ tháng 11/2026 sang ngày nào?" in inh.get(path).content.decode()
    answer = inh.post(path, {"key": str(uuid.uuid4()), "day": "mai", "reason": "Đường sạt"})
    assert answer.status_code == 422
    assert "Đường sạt" in answer.content.decode()
    answer = inh.post(path, {"key": str(uuid.uuid4()), "day": "7/11", "reason": "Đường sạt"})
    page = inh.get(answer["Location"]).content.decode()
    assert "Hoãn từ 03/11/2026 sang 07/11/2026: Đường sạt" in page
    assert "Hoãn từ 03/11/2026" in inh.get(f"/don-vi/{commune.na_loc.pk}/sinh-hoat/").content.decode()
