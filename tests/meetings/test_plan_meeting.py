"""Thêm một buổi họp vào lịch, và lịch cả năm."""

from __future__ import annotations

import uuid
from datetime import date, time

import pytest

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, plan_meeting, say_not_held
from chibo.meetings.year import often_away, year_of
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn

THE_20TH = date(2026, 11, 20)
FOREST = Plan(THE_20TH, time(19, 30), "Nhà văn hóa", theme="Giữ rừng đầu nguồn")


def planned(commune: Commune, kind: str = Meeting.THEMATIC, plan: Plan = FOREST, by: str = "Inh") -> Meeting:
    unit = commune.commune if kind in Meeting.OF_A_COMMITTEE else commune.na_loc
    return plan_meeting(unit, kind, plan, key=uuid.uuid4(), by=commune.actor(by))


def test_it_stands_in_the_calendar_and_the_ledger(commune: Commune) -> None:
    meeting = planned(commune)
    assert (meeting.month, meeting.planned_on, meeting.meets_on) == (date(2026, 11, 1), THE_20TH, THE_20TH)
    assert Entry.objects.get(verb="meeting.planned", unit_id=commune.na_loc.pk).on == THE_20TH


def test_sending_twice_plans_once(commune: Commune) -> None:
    key, by = uuid.uuid4(), commune.actor("Inh")
    assert plan_meeting(commune.na_loc, Meeting.THEMATIC, FOREST, key=key, by=by) == plan_meeting(
        commune.na_loc, Meeting.THEMATIC, FOREST, key=key, by=by
    )
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "plan", "code"),
    [
        (Meeting.THEMATIC, Plan(THE_20TH), "no_theme"),
        (Meeting.EXTRAORDINARY, Plan(THE_20TH, theme="  "), "no_theme"),
        (Meeting.THEMATIC, Plan(THE_20TH, theme="Rừng", presenter=uuid.UUID(int=7)), "presenter_not_called"),
        (Meeting.THEMATIC, Plan(date(2025, 1, 1), theme="Rừng"), "not_standing"),
        (Meeting.ORDINARY, FOREST, "kind_not_for_unit"),
    ],
)
def test_it_says_why_not(commune: Commune, kind: str, plan: Plan, code: str) -> None:
    with refused(code):
        planned(commune, kind, plan)
    assert not Meeting.objects.exists()


def test_a_committee_meets_where_it_is(commune: Commune) -> None:
    assert planned(commune, Meeting.COMMITTEE, Plan(THE_20TH), by="Nhung").title == "Hội nghị Ban Chấp hành"
    with refused("kind_not_for_unit"):
        plan_meeting(commune.na_loc, Meeting.STANDING, FOREST, key=uuid.uuid4(), by=commune.actor("Inh"))


def test_only_who_schedules_there(commune: Commune) -> None:
    planned(commune, by="Nhung")  # the office, for a cell below it
    for name in ("Liên", "Khiêm", "Páo", "Sơn"):
        with pytest.raises(NoPower):
            planned(commune, by=name)


def test_the_page_plans_and_keeps_what_was_typed(commune: Commune, sign_in: SignIn) -> None:
    inh, path = sign_in("Inh"), f"/don-vi/{commune.na_loc.pk}/sinh-hoat/them/"
    first = inh.get(f"{path}?loai=thematic").content.decode()
    assert "19:30" in first  # from the habit
    assert "Hội nghị" not in first
    bad = {"key": str(uuid.uuid4()), "kind": "thematic", "day": "31/11/2026", "theme": "Trồng cây", "venue": "Bản trên"}
    answer = inh.post(path, bad)
    assert answer.status_code == 422
    assert "Tháng 11/2026 chỉ có 30 ngày" in answer.content.decode()
    assert "Trồng cây" in answer.content.decode()
    answer = inh.post(path, {**bad, "day": "20/11/2026", "theme": ""})
    assert "Chưa có chuyên đề" in answer.content.decode()
    answer = inh.post(path, {**bad, "day": "20/11/2026"})
    assert answer["Location"] == f"/sinh-hoat/{Meeting.objects.get().pk}/"


def test_the_year_shows_every_kind_and_points_out_the_quarter(commune: Commune, sign_in: SignIn) -> None:
    october, theme = commune.meeting(month=date(2026, 10, 1)), planned(commune)
    commune.close(october, conclusion="Nhất trí.")
    year = year_of(commune.na_loc, 2026, actor=commune.actor("Inh"), on=TODAY)
    assert [(month.month, len(rows)) for month, rows in year.months] == [(11, 1), (10, 1)]
    assert [(q.number, q.missing, q.begun) for q in year.quarters] == [
        (1, 1, True), (2, 1, True), (3, 1, True), (4, 0, True),
    ]  # fmt: skip
    page = sign_in("Inh").get(f"/don-vi/{commune.na_loc.pk}/sinh-hoat/").content.decode()
    assert "đã họp 1/2 buổi" in page
    assert "Giữ rừng đầu nguồn" in page
    assert "42-HD/BTCTW" in page
    say_not_held(theme, reason="Mưa lũ", key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"), by_name="")
    assert year_of(commune.na_loc, 2026, actor=commune.actor("Inh"), on=TODAY).quarters[3].missing == 1


def test_a_quarter_before_the_cell_was_founded_is_not_asked_for(commune: Commune) -> None:
    year = year_of(commune.na_loc, 2025, actor=commune.actor("Inh"), on=TODAY)
    assert [quarter.number for quarter in year.quarters] == [3, 4]


def test_what_the_year_lacked_opens_to_its_meetings(commune: Commune) -> None:
    for month, focal in ((9, "Làm đường"), (10, "làm  đường"), (11, "")):
        commune.close(commune.meeting(month=date(2026, month, 1)), focal=focal, topic="works" if focal else "")
    year = year_of(commune.na_loc, 2026, actor=commune.actor("Inh"), on=TODAY)
    lacks = {lack.words: [row.meeting.month.month for row in lack.rows] for lack in year.lacks}
    assert lacks["Chưa có nội dung trọng tâm"] == [11]
    assert lacks["Nội dung trọng tâm giống buổi trước"] == [10]
    assert year.topics[0] == ("Đường sá, công trình, môi trường", 2)
    assert ("Xây dựng Đảng", 0) in year.topics


def test_who_is_often_away_is_told_to_who_chairs(commune: Commune, sign_in: SignIn) -> None:
    for month, reason in ((9, ""), (10, "Ốm"), (11, "")):
        meeting = commune.meeting(month=date(2026, month, 1))
        commune.mark(meeting, "Khiêm", "absent")
        commune.mark(meeting, "Hoa", "absent", reason)
        commune.mark(meeting, "Ún", "absent", "Đi học")
        commune.close(meeting)
    away = often_away(commune.na_loc, actor=commune.actor("Inh"), on=TODAY)
    assert [(name, len(days)) for name, days in away] == [("Cà Thị Hoa", 2), ("Hà Văn Khiêm", 3)]
    path = f"/don-vi/{commune.na_loc.pk}/sinh-hoat/"
    assert "Hà Văn Khiêm</b>" in sign_in("Inh").get(path).content.decode()
    for name in ("Nhung", "Páo", "Vân"):
        assert "Hà Văn Khiêm" not in sign_in(name).get(path).content.decode()


def test_reading_a_year_takes_the_same_queries_however_long(commune: Commune, queries: object) -> None:
    actor = commune.actor("Inh")
    for month in (8, 9, 10):
        commune.close(commune.meeting(month=date(2026, month, 1)))
    for day in (5, 15, 25):
        planned(commune, plan=Plan(date(2026, 11, day), theme=f"Chuyên đề {day}"))
    with queries(4):  # type: ignore[operator]
        year_of(commune.na_loc, 2026, actor=actor, on=TODAY)


def test_a_body_is_who_holds_its_posts(commune: Commune) -> None:
    appoint(commune.person("Ún"), Office.CELL_COMMITTEE, commune.na_loc, on=FOUNDED, by=MACHINE)
    meeting = planned(commune, Meeting.CELL_COMMITTEE, Plan(THE_20TH, presenter=commune.person("Ún").pk))
    assert meeting.presenter == commune.person("Ún")
    with refused("presenter_not_called"):
        planned(commune, Meeting.CELL_COMMITTEE, Plan(THE_20TH, presenter=commune.person("Khiêm").pk))
