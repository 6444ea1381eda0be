"""Việc cần làm của người trông máy chủ: báo động trước, rồi máy lúc này; lần kiểm gần nhất để lại kết quả."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from chibo.kernel.dates import ZONE
from chibo.platform import alarms, notes, schedule
from tests.commune import Commune

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=ZONE)
LAST_NIGHT = datetime(2026, 11, 4, 22, 3, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own that is well."""
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    folder = {"folder": str(tmp_path), "at": "22:00", "keep": 14, "mark": "x", "other_disk": True}
    notes.write(schedule.PLAN, folder)
    kept = {"backup_at": LAST_NIGHT.isoformat(), "rehearsed_at": LAST_NIGHT.isoformat(), "backup_bytes": 2**20}
    notes.write(schedule.TOLD, kept)
    monkeypatch.setattr(alarms, "ROOM", 0)
    return tmp_path


def checked(days: int, findings: int = 0) -> None:
    notes.write(alarms.CHECKED, {"at": (NOW - timedelta(days=days)).isoformat(), "findings": findings})


def home(commune: Commune, name: str = "Quý") -> str:
    client = Client()
    with time_machine.travel(NOW, tick=False):
        client.force_login(commune.account(name))
        return " ".join(client.get("/").content.decode().split())


def test_a_machine_that_is_well_is_said_to_be(commune: Commune) -> None:
    checked(2)
    page = home(commune)
    assert "<h1>Máy chủ đang ổn</h1>" in page
    assert "22:03 ngày 04/11/2026" in page
    assert "20:00 ngày 03/11/2026: khớp" in page
    assert "Ổ dữ liệu còn trống" in page


def test_alarms_come_first(commune: Commune) -> None:
    notes.write(schedule.TOLD, {"backup_at": (NOW - timedelta(days=4)).isoformat()})
    page = home(commune)
    assert "<h1>1 việc cần làm</h1>" in page
    assert "Bản sao lưu đã cũ" in page
    assert "Từ 01/11/2026" in page


def test_nobody_else_sees_the_machine(commune: Commune) -> None:
    notes.write(schedule.TOLD, {})
    for name in ("Nhung", "Khiêm", "Inh"):
        assert "Máy chủ lúc này" not in home(commune, name)


@pytest.mark.parametrize(
    ("days", "findings", "title"),
    [(2, 0, ""), (36, 0, "Lâu chưa kiểm tra dữ liệu"), (2, 3, "Kiểm tra dữ liệu thấy chỗ không khớp")],
)
def test_the_last_check_rings_when_old_or_when_something_did_not_fit(days: int, findings: int, title: str) -> None:
    checked(days, findings)
    assert [alarm.title for alarm in alarms.ringing(NOW)] == ([title] if title else [])


def test_a_machine_never_checked_does_not_ring() -> None:
    assert alarms.ringing(NOW) == []


@pytest.mark.django_db
def test_the_check_leaves_its_result() -> None:
    with time_machine.travel(NOW, tick=False):
        call_command("check_house")
    assert notes.read(alarms.CHECKED) == {"at": NOW.isoformat(timespec="seconds"), "findings": 0}
