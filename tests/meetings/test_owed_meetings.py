"""Việc cần làm: buổi họp sắp tới, và những gì chưa chuẩn bị."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, give_notice, invite, plan_meeting, postpone_meeting, say_not_held
from chibo.meetings.owed import Owed, owed
from tests.commune import EVENING, TODAY, Commune

NOV_1, NOV_3 = date(2026, 11, 1), date(2026, 11, 3)


def meetings_of(commune: Commune, name: str, on: date) -> list[Owed]:
    return [item for item in owed(commune.actor(name), on=on) if item.kind == "meeting"]


def words(item: Owed, state: str) -> list[str]:
    return [each.words for each in item.ready if each.state == state]


def themed(commune: Commune, presenter: str = "") -> Meeting:
    person = commune.person(presenter).pk if presenter else None
    plan = Plan(NOV_3, time(19, 30), "Nhà văn hóa", "Giữ rừng đầu nguồn", person)
    return plan_meeting(commune.na_loc, Meeting.THEMATIC, plan, key=uuid.uuid4(), by=MACHINE)


def test_a_meeting_is_owed_from_a_week_before(commune: Commune) -> None:
    commune.meeting()
    assert meetings_of(commune, "Inh", NOV_3 - timedelta(days=8)) == []
    (item,) = meetings_of(commune, "Inh", NOV_3 - timedelta(days=7))
    assert (item.title, item.due, item.days_late) == ("Sinh hoạt thường kỳ tháng 11/2026", NOV_3, 0)
    assert (item.page, item.tail, item.button) == ("meetings:meeting", "#chuan-bi", "Chuẩn bị")


def test_only_who_chairs_owes_it(commune: Commune) -> None:
    commune.meeting()
    assert [len(meetings_of(commune, name, NOV_3)) for name in ("Inh", "Duyên")] == [1, 1]
    for name in ("Nhung", "Páo", "Khiêm", "Liên", "Vân", "Quý"):
        assert meetings_of(commune, name, NOV_3) == [], name


def test_what_is_not_noted_yet_is_named(commune: Commune) -> None:
    commune.meeting()
    (item,) = meetings_of(commune, "Inh", NOV_1)
    assert words(item, "not_ready") == [
        "Chưa có nội dung trọng tâm", "Chưa ghi ngày gửi tài liệu, gửi trước ít nhất 1 ngày",
        "Chưa chọn người ghi biên bản", "Chưa mời họp",
    ]  # fmt: skip
    assert words(item, "ready") == []


def test_what_was_noted_is_ready(commune: Commune) -> None:
    meeting = commune.meeting()
    writer = str(commune.person("Duyên").pk)
    commune.write(meeting, focal="Trồng rừng", papers_sent_on="1/11/2026", writer=writer)
    invite(meeting, at=EVENING - timedelta(days=3), by=commune.actor("Inh"))
    (item,) = meetings_of(commune, "Inh", NOV_3)
    assert words(item, "not_ready") == []
    assert words(item, "ready") == [
        "Đã có nội dung trọng tâm", "Tài liệu gửi 01/11/2026", "Đã chọn người ghi biên bản", "Đã mời 10 người",
    ]  # fmt: skip
    assert (item.button, item.tail) == ("Mở buổi sinh hoạt", "")


def test_what_was_erased_again_is_not_ready(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.write(meeting, focal="Trồng rừng")
    commune.write(meeting, focal="")
    (item,) = meetings_of(commune, "Inh", NOV_1)
    assert "Chưa có nội dung trọng tâm" in words(item, "not_ready")


def test_a_theme_needs_somebody_who_prepares_it(commune: Commune) -> None:
    themed(commune)
    (item,) = meetings_of(commune, "Inh", NOV_1)
    assert item.title == "Sinh hoạt chuyên đề: Giữ rừng đầu nguồn"
    assert "Chưa giao ai chuẩn bị chuyên đề" in words(item, "not_ready")
    themed(commune, "Khiêm")
    assert ["Đã giao người chuẩn bị" in words(each, "ready") for each in meetings_of(commune, "Inh", NOV_1)].count(True)


def test_notices_of_absence_are_to_see(commune: Commune) -> None:
    meeting = commune.meeting()
    asked = invite(meeting, at=EVENING - timedelta(days=3), by=commune.actor("Inh"))
    own = next(each for each in asked if each.person_id == commune.person("Khiêm").pk)
    at = EVENING - timedelta(days=2)
    give_notice(own, "Đi công tác", key=uuid.uuid4(), at=at, by=commune.actor("Khiêm"), by_name="Khiêm")
    (item,) = meetings_of(commune, "Inh", NOV_1)
    (told,) = (each for each in item.ready if each.state == "to_see")
    assert (told.words, told.page) == ("1 người báo vắng", "meetings:invitations")


def test_once_its_day_has_passed_it_is_late_and_needs_no_preparation(commune: Commune) -> None:
    commune.meeting()
    (item,) = meetings_of(commune, "Inh", TODAY)
    assert (item.days_late, item.ready, item.button) == (2, (), "Mở buổi sinh hoạt")


def test_moved_said_not_held_or_closed_it_is_owed_no_more(commune: Commune) -> None:
    moved, not_held = commune.meeting(), commune.meeting(commune.pom_khe)
    key, at = uuid.uuid4(), datetime(2026, 11, 2, 8, tzinfo=ZONE)
    postpone_meeting(
        moved, to=date(2026, 11, 20), reason="Mưa lũ", key=key, at=at, by=commune.actor("Inh"), by_name="Inh"
    )
    assert meetings_of(commune, "Inh", TODAY) == []
    say_not_held(not_held, reason="Dịch bệnh", key=key, at=at, by=commune.actor("Liên"), by_name="Liên")
    assert meetings_of(commune, "Liên", TODAY) == []
    october = commune.meeting(month=date(2026, 10, 1))
    assert len(meetings_of(commune, "Inh", TODAY)) == 1
    commune.close(october)
    assert meetings_of(commune, "Inh", TODAY) == []


def test_the_evening_is_called_tonight(commune: Commune) -> None:
    commune.meeting()
    (item,) = meetings_of(commune, "Inh", NOV_3)
    assert item.tonight == "Tối nay chi bộ sinh hoạt"
