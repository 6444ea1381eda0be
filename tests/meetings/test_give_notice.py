"""Báo vắng trước: the person asked, or who chairs for them; taken back; what the roll makes of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest

from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.meetings.models import AbsenceNotice, Closure, Invitation, Meeting
from chibo.meetings.notices import notices_of
from chibo.meetings.operations import give_notice, invite, note_absence, postpone_meeting
from chibo.meetings.queries import meeting_view
from tests.commune import EVENING, Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn

MORNING = datetime(2026, 11, 2, 8, tzinfo=ZONE)


def asked(commune: Commune, meeting: Meeting, name: str = "Khiêm") -> Invitation:
    invite(meeting, at=MORNING, by=MACHINE)
    return Invitation.objects.filter(meeting=meeting, person=commune.person(name)).latest("at")


def told(commune: Commune, invitation: Invitation, reason: str, at: datetime = MORNING, by: str = "Khiêm",
         key: uuid.UUID | None = None) -> AbsenceNotice:  # fmt: skip
    return give_notice(invitation, reason, key=key or uuid.uuid4(), at=at, by=commune.actor(by), by_name=by)


def test_the_roll_opens_with_it_and_closing_takes_it(commune: Commune) -> None:
    meeting = commune.meeting()
    told(commune, asked(commune, meeting), "Đi công tác")
    roll = meeting_view(meeting).roll
    assert (roll.excused, roll.present) == (1, 8)
    commune.close(meeting)
    closure = Closure.objects.get()
    assert closure.excused == 1
    assert closure.exceptions.get(state="excused").reason == "Đi công tác"


def test_who_came_after_all_is_marked_present(commune: Commune) -> None:
    meeting = commune.meeting()
    told(commune, asked(commune, meeting), "Đi công tác")
    commune.mark(meeting, "Khiêm", "present")
    assert meeting_view(meeting).roll.excused == 0


def test_it_can_be_taken_back(commune: Commune) -> None:
    meeting = commune.meeting()
    invitation = asked(commune, meeting)
    told(commune, invitation, "Ốm")
    told(commune, invitation, "", at=MORNING + timedelta(hours=1))
    assert notices_of(meeting) == {}
    assert AbsenceNotice.objects.count() == 2


def test_sending_twice_tells_once(commune: Commune) -> None:
    invitation, key = asked(commune, commune.meeting()), uuid.uuid4()
    assert told(commune, invitation, "Ốm", key=key) == told(commune, invitation, "Ốm", key=key)


def test_not_after_the_day_and_not_with_a_number(commune: Commune) -> None:
    invitation = asked(commune, commune.meeting())
    with refused("notice_too_late"):
        told(commune, invitation, "Ốm", at=EVENING + timedelta(days=1))
    with refused("looks_like_identity"):
        told(commune, invitation, "gọi 0912345678")


def test_for_oneself_or_by_who_chairs(commune: Commune) -> None:
    meeting = commune.meeting()
    invitation = asked(commune, meeting)
    told(commune, invitation, "Ốm", by="Inh")
    for name in ("Hoa", "Liên", "Nhung"):
        with pytest.raises(NoPower):
            told(commune, invitation, "Ốm", by=name)


def test_the_chair_notes_it_for_somebody_never_asked(commune: Commune) -> None:
    meeting = commune.meeting()
    khiem = commune.person("Khiêm").pk
    by = {"key": uuid.uuid4(), "at": MORNING, "by": commune.actor("Inh"), "by_name": "Inh"}
    note_absence(meeting, khiem, "Ốm", **by)
    assert notices_of(meeting) == {khiem: "Ốm"}
    with refused("person_not_called"):
        note_absence(meeting, commune.person("Liên").pk, "Ốm", **{**by, "key": uuid.uuid4()})


def test_a_notice_is_for_its_day(commune: Commune) -> None:
    meeting = commune.meeting()
    told(commune, asked(commune, meeting), "Đi chợ huyện")
    postpone_meeting(meeting, to=date(2026, 11, 7), reason="Mưa lũ", key=uuid.uuid4(),
                     at=MORNING + timedelta(hours=2), by=MACHINE, by_name="")  # fmt: skip
    meeting.refresh_from_db()
    assert notices_of(meeting) == {}
    assert meeting_view(meeting).roll.present == 9


def test_the_member_says_so_from_home_and_takes_it_back(commune: Commune, sign_in: SignIn) -> None:
    meeting, khiem = commune.meeting(), sign_in("Khiêm")
    path = f"/loi-moi/{asked(commune, meeting).pk}/"
    assert path in khiem.get("/").content.decode()
    assert khiem.post(path, {"key": str(uuid.uuid4()), "reason": " "}).status_code == 422
    khiem.post(path, {"key": str(uuid.uuid4()), "reason": "Đi công tác"})
    assert "Đồng chí đã báo vắng" in khiem.get(path).content.decode()
    assert "Đã báo vắng: Đi công tác" in khiem.get("/").content.decode()
    assert "Hà Văn Khiêm</b>: Đi công tác" in sign_in("Inh").get(f"/sinh-hoat/{meeting.pk}/moi-hop/").content.decode()


def test_the_chair_notes_it_on_the_page(commune: Commune, sign_in: SignIn) -> None:
    meeting, inh = commune.meeting(), sign_in("Inh")
    path, khiem = f"/sinh-hoat/{meeting.pk}/bao-vang/", str(commune.person("Khiêm").pk)
    answer = inh.post(path, {"key": str(uuid.uuid4()), "person": "", "reason": "Ốm"})
    assert answer.status_code == 422
    assert "Chọn lại trong danh sách" in answer.content.decode()
    inh.post(path, {"key": str(uuid.uuid4()), "person": khiem, "reason": "Ốm"})
    assert "Báo vắng trước: 1" in inh.get(f"/sinh-hoat/{meeting.pk}/moi-hop/").content.decode()
    assert sign_in("Nhung").post(path, {"key": str(uuid.uuid4()), "person": khiem, "reason": ""}).status_code == 403
