"""Tự chấm chất lượng buổi sinh hoạt."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from chibo.kernel.actor import MACHINE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, plan_meeting
from chibo.meetings.queries import meeting_view
from chibo.meetings.score import band_of, score_of
from tests.commune import Commune
from tests.conftest import refused
from tests.meetings.conftest import SignIn

FULL = {"time": 5, "attendance": 5, "preparation": 10, "running": 30, "chairing": 10, "principles": 5, "results": 30,
        "closing": 5}  # fmt: skip


def scored(commune: Commune, meeting: Meeting, **points: object) -> None:
    commune.write(meeting, **{f"score__{code}": str(value) for code, value in points.items()})


def test_points_that_follow_from_the_record_are_suggested_with_their_reason(commune: Commune) -> None:
    meeting = commune.meeting()
    score = score_of(meeting_view(meeting))
    assert score is not None
    offered = {line.code: (line.suggested, line.because) for line in score.lines if line.because}
    assert offered["time"] == (5, "Họp ngày 03/11/2026, đúng ngày lịch 03/11/2026.")
    assert offered["attendance"][0] == 5
    commune.mark(meeting, "Hoa", "absent")
    score = score_of(meeting_view(meeting))
    assert score is not None
    assert next(line for line in score.lines if line.code == "attendance").suggested is None


def test_what_does_not_apply_leaves_both_sides(commune: Commune) -> None:
    meeting = commune.meeting()
    scored(commune, meeting, **{**FULL, "results": "na", "running": 20})
    score = score_of(view := meeting_view(meeting))
    assert score is not None
    assert (score.points, score.reachable, score.unscored) == (60, 70, [])
    assert band_of(view, score) == "Khá"


def test_no_band_before_every_line_is_scored(commune: Commune) -> None:
    meeting = commune.meeting()
    scored(commune, meeting, time=5)
    score = score_of(view := meeting_view(meeting))
    assert score is not None
    assert band_of(view, score) == ""


def test_more_than_the_frame_gives_is_refused(commune: Commune) -> None:
    meeting = commune.meeting()
    scored(commune, meeting, time=6)
    with refused("too_many_points", most=5):
        commune.close(meeting)


def test_an_unscored_meeting_closes_without_a_score(commune: Commune) -> None:
    assert commune.close(commune.meeting()).content["score"] is None


def test_the_sealed_minutes_name_the_document(commune: Commune) -> None:
    meeting = commune.meeting()
    scored(commune, meeting, **FULL)
    said = commune.close(meeting, why__results="Xong cả").content["score"]
    assert (said["points"], said["reachable"], said["band"]) == (100, 100, "Tốt")
    assert "42-HD/BTCTW" in said["document"]


@pytest.mark.parametrize("kind", [Meeting.THEMATIC, Meeting.CELL_COMMITTEE])
def test_only_ordinary_meetings_are_scored(commune: Commune, kind: str) -> None:
    plan = Plan(date(2026, 11, 3), theme="Rừng")
    assert score_of(meeting_view(plan_meeting(commune.na_loc, kind, plan, key=uuid.uuid4(), by=MACHINE))) is None


def test_one_tap_takes_what_can_be_computed(commune: Commune, sign_in: SignIn) -> None:
    meeting, inh = commune.meeting(), sign_in("Inh")
    scored(commune, meeting, time=3)
    path = f"/sinh-hoat/{meeting.pk}/"
    assert inh.post(f"{path}phieu/", {"take": "diem-goi-y"})["Location"].endswith("#tu-cham")
    sheet = meeting_view(meeting).sheet
    assert (sheet.text("score.time"), sheet.text("score.attendance")) == ("3", "5")  # what was given stays
    assert "Tổng 8/100 điểm" in inh.get(path).content.decode()
