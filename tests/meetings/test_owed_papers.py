"""Nên làm sau buổi họp: bản chụp biên bản đã ký, nghị quyết đã biểu quyết mà chưa ra."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from chibo.meetings.owed_after import owed
from tests.commune import TODAY, Commune
from tests.meetings.test_scans import scan


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))


def kinds(commune: Commune, name: str = "Inh", later: int = 0) -> list[str]:
    return [item.kind for item in owed(commune.actor(name), on=TODAY + timedelta(days=later))]


def test_closed_minutes_without_a_scan_remind_and_are_never_late(commune: Commune) -> None:
    commune.close(commune.meeting())
    (item,) = owed(commune.actor("Inh"), on=TODAY + timedelta(days=40))
    assert (item.kind, item.firm, item.days_late) == ("scan", False, 0)
    assert item.title == "Bản chụp biên bản đã ký: sinh hoạt thường kỳ tháng 11/2026"


def test_a_scan_settles_it(commune: Commune) -> None:
    minutes = commune.close(commune.meeting())
    scan(commune, minutes)
    assert kinds(commune) == []


def test_old_papers_are_left_to_the_list_of_papers(commune: Commune) -> None:
    commune.close(commune.meeting())
    assert kinds(commune, later=43) == []


def test_a_vote_without_a_resolution_reminds_unless_the_cell_said_none(commune: Commune) -> None:
    commune.close(commune.meeting(), vote_for="7", conclusion="Nhất trí trồng rừng.")
    assert kinds(commune) == ["resolution", "scan"]
    commune.close(commune.meeting(commune.pom_khe), by="Liên", vote_for="4", conclusion="Nhất trí.", resolution="no")
    assert kinds(commune, "Liên") == ["scan"]


def test_a_passed_resolution_needs_no_reminder(commune: Commune) -> None:
    commune.close(commune.meeting(), vote_for="7", conclusion="Nhất trí.", resolution="yes")
    assert kinds(commune) == ["scan"]


def test_only_who_chairs_is_reminded(commune: Commune) -> None:
    commune.close(commune.meeting())
    for name in ("Nhung", "Páo", "Khiêm", "Liên", "Vân", "Quý"):
        assert kinds(commune, name) == [], name
