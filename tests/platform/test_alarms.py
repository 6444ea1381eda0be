"""What rings when: disks, the clock, backups, rehearsals."""

from __future__ import annotations

from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from chibo.platform import alarms, notes, schedule

NOW = datetime(2026, 11, 4, 1, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("CHIBO_HOME", str(place))
    room(monkeypatch, 50)
    return place


def room(monkeypatch: pytest.MonkeyPatch, gigabytes: int) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(alarms.shutil, "disk_usage", lambda _: usage(10**12, 0, gigabytes * 2**30))


def told(**note: object) -> None:
    notes.write(schedule.TOLD, {name: v.isoformat() if isinstance(v, datetime) else v for name, v in note.items()})


def rings(now: datetime = NOW) -> list[tuple[str, str]]:
    return [(alarm.part, alarm.title) for alarm in alarms.ringing(now)]


@pytest.fixture
def well(home, tmp_path, monkeypatch):
    """Scheduled to another disk, backed up last night, rehearsed last week."""
    stick = tmp_path / "stick"
    stick.mkdir()
    made = schedule.set_plan(stick, at="22:00", keep=7)
    notes.write(schedule.PLAN, {**{f: getattr(made, f) for f in made.__slots__}, "other_disk": True})
    told(backup_at=NOW - timedelta(hours=9), backup_file="x", rehearsed_at=NOW - timedelta(days=8))


def test_a_machine_that_is_well_is_silent(well):
    assert rings() == []


def test_without_a_schedule_it_says_what_to_do(home):
    assert rings() == [("backup", "Chưa đặt lịch sao lưu")]
    assert "chibo schedule" in alarms.ringing(NOW)[0].why


def test_old_failed_and_unrehearsed_backups_ring(well):
    assert rings(NOW + timedelta(days=3)) == [("backup", "Bản sao lưu đã cũ")]
    assert rings(NOW + timedelta(days=40))[-1] == ("rehearsal", "Lâu chưa phục hồi thử")
    told(backup_at=NOW, backup_file="x", backup_trouble="Không thấy ổ", backup_tried=NOW, rehearsed_at=NOW)
    assert rings() == [("backup", "Sao lưu không được")]
    told(backup_at=NOW, backup_file="x", rehearsal_trouble="hỏng", rehearsed_at=NOW)
    assert rings() == [("rehearsal", "Phục hồi thử không đạt")]


def test_a_backup_on_the_same_disk_rings(home, tmp_path):
    schedule.set_plan(tmp_path, at="22:00", keep=7)
    told(backup_at=NOW, backup_file="x", rehearsed_at=NOW)
    assert rings() == [("backup", "Bản sao lưu nằm cùng ổ với dữ liệu")]


def test_full_disks_ring(well, monkeypatch):
    room(monkeypatch, 1)
    assert rings() == [("disk", "Ổ dữ liệu sắp đầy"), ("disk", "Ổ sao lưu sắp đầy")]


def test_a_clock_from_before_this_program_rings(well):
    assert ("clock", "Đồng hồ máy sai") in rings(datetime(2019, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("leap", "way"), [(timedelta(days=-400), "lùi"), (timedelta(days=3650), "tiến")])
def test_a_leap_while_running_rings_for_a_week(well, leap, way):
    watch = alarms.Watch()
    watch._wall, watch._steady = NOW, 100.0
    watch.look(NOW + timedelta(minutes=1), 160.0)
    assert not [ring for ring in rings() if ring[0] == "clock"]
    there = NOW + timedelta(minutes=2) + leap
    watch.look(there, 220.0)
    assert ("clock", f"Đồng hồ máy đã nhảy {way}") in rings(there)
    watch.look(there + timedelta(minutes=1), 280.0)
    assert ("clock", f"Đồng hồ máy đã nhảy {way}") in rings(there + timedelta(days=6))
    assert ("clock", f"Đồng hồ máy đã nhảy {way}") not in rings(there + timedelta(days=8))


def test_a_clock_set_back_while_the_machine_was_off_rings(well):
    notes.write(alarms.CLOCK, {"last": (NOW + timedelta(days=2)).isoformat()})
    watch = alarms.Watch()
    watch._wall, watch._steady = NOW, 5.0
    watch.look(NOW, 5.0)
    assert ("clock", "Đồng hồ máy đã nhảy lùi") in rings()
