"""Xuất toàn bộ: everything is there, readable by a program that is not ours; no key to the door is."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from chibo.platform import archive, database, places
from chibo.platform.errors import Trouble
from chibo.platform.restore import restore
from tests.platform.conftest import ROOT
from tests.platform.test_upgrade import RELEASES, ours

sys.path.insert(0, str(ROOT / "packaging"))
import read_export

pytestmark = pytest.mark.server

EXPORT_TWICE = """
import os, sys
os.environ |= {"DJANGO_SETTINGS_MODULE": "chibo.settings", "CHIBO_DB_ROLE": "owner"}
from chibo.platform import cli, database, places, upkeep
from chibo.platform.cluster import Cluster
database._clusters[str(places.chibo_home())] = Cluster(places.chibo_home(), durable=False)
assert upkeep.main() == 0
sys.exit(cli.manage("export_all", [sys.argv[1]]) or cli.manage("export_all", [sys.argv[2]]))
"""


def test_everything_is_there_and_no_key_to_the_door(installation, tmp_path):
    place = installation("exported")
    restore(RELEASES[0])
    attached = places.files_dir(place) / "ab" / "abcdef"
    attached.parent.mkdir()
    attached.write_bytes(b"scan")
    (place / "secret-key").write_text("canary-of-the-signing-key")
    one, two = tmp_path / "one", tmp_path / "two"
    done = subprocess.run(
        [sys.executable, "-c", EXPORT_TWICE, str(one), str(two)],
        cwd=ROOT, env=ours(place), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(read_export.faults(one)) == []
    told = json.loads((one / "manifest.json").read_text())
    with psycopg.connect(database.dsn_for("owner")) as db:
        names = {n for (n,) in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        assert names == set(told["tables"]) | set(told["left_out"]) | {"django_migrations"}
        for name, about in told["tables"].items():
            count = db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            assert about["rows"] == count or name.startswith("ledger_")
        hashes = [row[0] for row in db.execute("SELECT password FROM access_account").fetchall()]
    assert told["tables"]["organisation_unit"]["rows"] > 10
    assert told["tables"]["cadres_post"]["columns"]["person_id"]["of"] == "membership_person"
    assert (one / "files" / "ab" / "abcdef").read_bytes() == b"scan"
    everything = b"".join(file.read_bytes() for file in one.rglob("*") if file.is_file())
    assert len(hashes) > 5
    assert not any(secret.encode() in everything for secret in [*hashes, "canary-of-the-signing-key", "argon2"])
    differing = {f.name for f in (one / "tables").iterdir() if f.read_bytes() != (two / "tables" / f.name).read_bytes()}
    assert all(name.startswith("ledger_") for name in differing)  # each export is a line of the ledger
    assert '"installation.exported"' in (one / "tables" / "ledger_entry.jsonl").read_text()
    assert one.stat().st_mode & 0o777 == 0o700
    damage(one)


def damage(folder: Path) -> None:
    """Any flipped bit, a missing file, a strange file are found by the reader."""
    chance = random.Random(5)
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.stat().st_size)
    for file in chance.sample(files, 12):
        whole = file.read_bytes()
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        file.write_bytes(broken)
        with suppress(ValueError, KeyError):  # no longer readable at all
            assert list(read_export.faults(folder))
        file.write_bytes(whole)
    assert list(read_export.faults(folder)) == []
    shutil.copy(folder / "manifest.json", folder / "more.json")
    assert any("more.json" in fault for fault in read_export.faults(folder))


def test_two_hundred_flipped_bits_of_a_backup_are_two_hundred_refusals(tmp_path):
    whole, broken_file = RELEASES[0].read_bytes(), tmp_path / "broken.chibo"
    chance = random.Random(17)
    found = 0
    for _ in range(200):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        broken_file.write_bytes(broken)
        with pytest.raises(Trouble):
            archive.verify(broken_file)
        found += 1
    assert found == 200
    assert archive.verify(RELEASES[0]).format == 1
