"""Each night's backup to the second medium, and the month's rehearsal of bringing it back."""

from __future__ import annotations

import random
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from chibo.platform import archive, database, locking, nightly, notes, schedule
from chibo.platform.errors import Trouble
from chibo.platform.restore import restore
from tests.platform.conftest import ROOT

pytestmark = pytest.mark.server
FIXTURE = ROOT / "tests" / "fixtures" / "release-0.1.0.chibo"
NOW = datetime(2026, 11, 3, 15, 5, tzinfo=UTC)


@pytest.fixture
def stick(installation, home):
    """An installation at work and a medium it is backed up to."""
    installation("at-work")
    database.prepare()
    with psycopg.connect(database.dsn_for("owner")) as db:
        db.execute("CREATE TABLE told (id int PRIMARY KEY, word text); INSERT INTO told VALUES (1, 'đã ghi')")
    place = home / "stick"
    place.mkdir()
    schedule.set_plan(place, at="22:00", keep=2)
    return place


@pytest.fixture
def rehearsed(monkeypatch):
    """Rehearsals are counted, not held: one is held for real below."""
    files: list[str] = []
    monkeypatch.setattr(nightly, "rehearse", lambda file: files.append(file.name) or 0.0)
    return files


def test_nights_leave_verified_files_and_throw_old_ones_away(stick, rehearsed):
    for night in range(5):
        assert nightly.main(NOW + timedelta(days=night)) == 0
        assert nightly.main(NOW + timedelta(days=night, hours=1)) == 0  # the hour after: nothing to do
    kept = sorted(file.name for file in stick.glob("*.chibo"))
    assert kept == ["chibo-20261103-220500.chibo", "chibo-20261106-220500.chibo", "chibo-20261107-220500.chibo"]
    assert rehearsed == ["chibo-20261103-220500.chibo"]
    told = notes.read(schedule.TOLD)
    assert told["backup_file"].endswith(kept[-1])
    assert told["rehearsed_file"].endswith(kept[0])


def test_a_missing_medium_is_told_and_the_last_success_stays(stick, rehearsed):
    assert nightly.main(NOW) == 0
    shutil.rmtree(stick)
    assert nightly.main(NOW + timedelta(days=1)) == 1
    told = notes.read(schedule.TOLD)
    assert "cắm đúng ổ" in told["backup_trouble"]
    assert told["backup_at"] == NOW.isoformat(timespec="seconds")


def test_a_full_medium_is_told_before_anything_is_written(stick, rehearsed, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(nightly.shutil, "disk_usage", lambda _: usage(10**9, 10**9, 10**6))
    assert nightly.main(NOW) == 1
    assert "còn 0 MB" in notes.read(schedule.TOLD)["backup_trouble"]
    assert list(stick.glob("chibo-*")) == []


def test_what_lies_on_the_medium_is_read_only_with_the_key(stick, rehearsed, installation, tmp_path):
    assert nightly.main(NOW) == 0
    (file,) = stick.glob("*.chibo")
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert "đã ghi".encode() not in file.read_bytes()
    key = locking.spoken_key()  # in groups, as on the paper
    place = installation("new-machine")
    with pytest.raises(Trouble, match="có khóa"):
        restore(file)
    with pytest.raises(Trouble, match="không phải của tệp này"):
        restore(file, str(locking.pyrage.x25519.Identity.generate()))
    with pytest.raises(Trouble, match="gõ sai"):
        restore(file, key.replace("Q", "P", 1) + "A")
    assert sorted(each.name for each in place.iterdir() if each.is_file()) == []
    restore(file, key.lower())
    with psycopg.connect(database.dsn_for("owner")) as db:
        assert db.execute("SELECT word FROM told").fetchall() == [("đã ghi",)]
    assert locking.spoken_key() == key
    assert (place / "backup-key").stat().st_mode & 0o777 == 0o600


def test_a_flipped_bit_of_a_locked_file_is_refused(stick, rehearsed, tmp_path):
    assert nightly.main(NOW) == 0
    (file,) = stick.glob("*.chibo")
    whole, chance = file.read_bytes(), random.Random(7)
    for _ in range(60):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        file.write_bytes(broken)
        opened = locking.unlock if locking.locked(file) else archive.verify  # its head no longer says what it is
        with pytest.raises(Trouble):
            opened(*([file, tmp_path / "open"] if opened is locking.unlock else [file]))
        assert not (tmp_path / "open").exists()


def test_two_at_once_make_one_backup(stick, rehearsed):
    with notes.only_one("nightly") as first:
        assert first
        assert nightly.main(NOW) == 0
    assert list(stick.glob("*.chibo")) == []


def test_a_rehearsal_brings_a_whole_installation_back_and_leaves_nothing(installation):
    place = installation("host")
    assert nightly.rehearse(FIXTURE) > 0
    assert not (place / "rehearsal").exists()


def test_a_rehearsal_of_a_damaged_file_says_so(installation, home):
    place = installation("host")
    broken = bytearray(FIXTURE.read_bytes())
    broken[len(broken) // 2] ^= 1
    (home / "broken.chibo").write_bytes(broken)
    with pytest.raises(Trouble, match="bị hỏng"):
        nightly.rehearse(home / "broken.chibo")
    assert not (place / "rehearsal").exists()
