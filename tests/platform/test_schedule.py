"""Lịch sao lưu: what is due when, what may be thrown away, which medium is ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.platform import schedule
from chibo.platform.errors import Trouble

PLAN = schedule.Plan("/media/b", "22:00", 14, "m", True)
EVENING = datetime(2026, 11, 3, 22, 0, tzinfo=schedule.ZONE)


@pytest.fixture
def home(tmp_path, monkeypatch):
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("CHIBO_HOME", str(place))
    return place


def told(**moments: datetime) -> dict[str, str]:
    return {name: at.isoformat() for name, at in moments.items()}


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, EVENING - timedelta(hours=9), True),  # never yet: at once
        (EVENING - timedelta(days=1), EVENING - timedelta(minutes=1), False),
        (EVENING - timedelta(days=1), EVENING, True),
        (EVENING + timedelta(minutes=2), EVENING + timedelta(hours=23), False),
        (EVENING - timedelta(days=9), EVENING + timedelta(hours=9), True),  # the laptop slept: in the morning
        (EVENING + timedelta(days=400), EVENING, True),  # noted by a clock that was wrong
    ],
)
def test_a_backup_is_due_once_a_day(last, now, due):
    assert schedule.backup_due(PLAN, told(backup_at=last) if last else {}, now.astimezone(UTC)) is due


def test_a_failed_try_waits_an_hour():
    note = told(backup_tried=EVENING)
    assert not schedule.backup_due(PLAN, note, EVENING + timedelta(minutes=59))
    assert schedule.backup_due(PLAN, note, EVENING + timedelta(minutes=61))
    assert schedule.backup_due(PLAN, note, EVENING - timedelta(days=1))  # the clock was set back


def test_a_rehearsal_is_due_once_a_month():
    note = {"backup_file": "x"}
    assert not schedule.rehearsal_due({}, EVENING)
    assert schedule.rehearsal_due(note, EVENING)
    assert not schedule.rehearsal_due(note | told(rehearsed_at=EVENING), EVENING + timedelta(days=29))
    assert schedule.rehearsal_due(note | told(rehearsed_at=EVENING), EVENING + timedelta(days=31))
    assert not schedule.rehearsal_due(note | told(rehearsal_tried=EVENING), EVENING + timedelta(hours=23))


def test_the_last_ones_and_one_a_month_stay():
    days = [EVENING + timedelta(days=d) for d in range(400)]
    names = [schedule.name_for(day) for day in days]
    gone = schedule.expired([*names, "thu.docx", "chibo-cu.chibo"], 14)
    left = sorted(set(names) - set(gone))
    assert left[-14:] == names[-14:]
    assert len(left) == 14 + 12 - 1  # the month's first that is also among the last is counted once
    assert {"thu.docx", "chibo-cu.chibo"}.isdisjoint(gone)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(st.sets(st.integers(0, 1100), max_size=60), st.integers(2, 30))
def test_the_newest_never_goes(days, keep):
    names = [schedule.name_for(EVENING + timedelta(days=day)) for day in sorted(days)]
    gone = schedule.expired(names, keep)
    assert not set(names[-keep:]) & set(gone)
    assert len(names) - len(gone) <= keep + schedule.MONTHS_KEPT


def test_the_medium_is_known_by_its_mark(home, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = schedule.set_plan(stick, at="21:30", keep=7)
    assert schedule.plan() == made
    assert not made.other_disk
    assert schedule.ready(made) == stick
    (stick / ".chibo-noi-sao-luu").unlink()  # an empty mount point, or somebody else's stick
    with pytest.raises(Trouble, match="cắm đúng ổ"):
        schedule.ready(made)
    schedule.drop_plan()
    assert schedule.plan() is None


@pytest.mark.parametrize(("at", "keep", "said"), [("25:00", 7, "25:00"), ("8h", 7, "8h"), ("22:00", 1, "ít nhất 2")])
def test_a_schedule_that_makes_no_sense_is_refused(home, tmp_path, at, keep, said):
    with pytest.raises(Trouble, match=said):
        schedule.set_plan(tmp_path, at=at, keep=keep)
    assert schedule.plan() is None


def test_a_folder_that_is_not_there_is_refused(home, tmp_path):
    with pytest.raises(Trouble, match="Không ghi được"):
        schedule.set_plan(tmp_path / "none", at="22:00", keep=7)
