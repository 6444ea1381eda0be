"""Mời họp."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.announcing import invitation_text, title_of
from chibo.meetings.models import Invitation, Meeting
from chibo.meetings.operations import Plan, invite, plan_meeting, say_not_held
from tests.commune import EVENING, Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn

THEMATIC = Plan(date(2026, 11, 20), theme="Giữ rừng đầu nguồn", venue="Nhà văn hóa")


def themed(commune: Commune) -> Meeting:
    return plan_meeting(commune.na_loc, Meeting.THEMATIC, THEMATIC, key=uuid.uuid4(), by=MACHINE)


def test_everybody_called_is_asked_once(commune: Commune) -> None:
    meeting = commune.meeting()
    assert len(invite(meeting, at=EVENING, by=commune.actor("Inh"))) == 10
    assert invite(meeting, at=EVENING, by=commune.actor("Nhung")) == []
    assert Entry.objects.filter(verb="meeting.announced").count() == 1


def test_a_committee_asks_who_holds_its_posts(commune: Commune) -> None:
    meeting = plan_meeting(commune.na_loc, Meeting.CELL_COMMITTEE, THEMATIC, key=uuid.uuid4(), by=MACHINE)
    asked = invite(meeting, at=EVENING, by=commune.actor("Inh"))
    assert {row.person for row in asked} == {commune.person("Inh"), commune.person("Duyên")}


def test_not_to_what_is_over_or_off(commune: Commune) -> None:
    held, off = commune.meeting(), commune.meeting(commune.pom_khe)
    commune.close(held)
    with refused("already_closed"):
        invite(held, at=EVENING, by=MACHINE)
    say_not_held(off, reason="Dịch", key=uuid.uuid4(), at=EVENING, by=MACHINE, by_name="")
    with refused("not_held_said"):
        invite(off, at=EVENING, by=MACHINE)
    with pytest.raises(NoPower):
        invite(off, at=EVENING, by=commune.actor("Inh"))


def test_a_committee_without_posts_has_nobody_to_ask(commune: Commune) -> None:
    meeting = plan_meeting(commune.other_commune, Meeting.STANDING, THEMATIC, key=uuid.uuid4(), by=MACHINE)
    with refused("nobody_on_the_roll"):
        invite(meeting, at=EVENING, by=MACHINE)


def test_the_words_say_who_when_where_what(commune: Commune) -> None:
    assert invitation_text(commune.meeting(), "Chi bộ bản Nà Lốc", "Làm đường").splitlines() == [
        "Kính gửi: các đồng chí đảng viên Chi bộ bản Nà Lốc.",
        "Thời gian: 19 giờ 30, thứ ba, ngày 03/11/2026.",
        "Địa điểm: Nhà văn hóa bản nà lốc.",
        "Nội dung: sinh hoạt thường kỳ tháng 11/2026; trọng tâm: Làm đường.",
        "Đồng chí nào không dự được, báo trước kèm lý do.",
    ]
    words = invitation_text(themed(commune), "Chi bộ bản Nà Lốc")
    assert "Nội dung: sinh hoạt chuyên đề tháng 11/2026: Giữ rừng đầu nguồn." in words
    assert "Thời gian: thứ sáu, ngày 20/11/2026." in words


def test_a_long_theme_is_cut_between_words(commune: Commune) -> None:
    meeting = themed(commune)
    meeting.theme = "giữ rừng đầu nguồn " * 15
    assert len(title_of(meeting)) <= 120
    assert title_of(meeting).endswith(("rừng…", "giữ…", "đầu…", "nguồn…"))


def test_the_page_copies_and_asks(commune: Commune, sign_in: SignIn) -> None:
    meeting, inh = commune.meeting(), sign_in("Inh")
    path = f"/sinh-hoat/{meeting.pk}/moi-hop/"
    assert "Kính gửi: các đồng chí đảng viên Chi bộ bản Nà Lốc." in inh.get(path).content.decode()
    assert inh.post(path)["Location"] == path
    assert "Đã mời 10/10 đồng chí" in inh.get(path).content.decode()
    assert Invitation.objects.count() == 10


def test_the_invitation_stands_on_the_own_home_page_until_the_meeting_is_over(
    commune: Commune, sign_in: SignIn
) -> None:
    meeting, khiem = commune.meeting(), sign_in("Khiêm")
    assert "Mời họp" not in khiem.get("/").content.decode()
    invite(meeting, at=EVENING - timedelta(hours=9), by=MACHINE)
    home = khiem.get("/").content.decode()
    assert "Sinh hoạt thường kỳ tháng 11/2026" in home
    assert "việc cần làm</h1>" not in home  # shown, not owed
    assert "Mời họp" not in sign_in("Liên").get("/").content.decode()
    assert "Xem, báo vắng" not in sign_in("Inh").get("/").content.decode()  # who chairs opens the meeting itself
    commune.close(meeting)
    assert "Xem, báo vắng" not in khiem.get("/").content.decode()


def test_called_off_it_no_longer_stands(commune: Commune, sign_in: SignIn) -> None:
    meeting, khiem = commune.meeting(), sign_in("Khiêm")
    asked = next(r for r in invite(meeting, at=EVENING, by=MACHINE) if r.person == commune.person("Khiêm"))
    assert "Mời đồng chí dự" in khiem.get(f"/loi-moi/{asked.pk}/").content.decode()
    say_not_held(meeting, reason="Dịch", key=uuid.uuid4(), at=EVENING, by=MACHINE, by_name="")
    assert "không còn hiệu lực" in khiem.get(f"/loi-moi/{asked.pk}/").content.decode()
    assert "Xem, báo vắng" not in khiem.get("/").content.decode()
