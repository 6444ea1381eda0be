"""Nâng cấp: every release's data come up to this one; a kill at any step is mended by trying again; never down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from chibo.platform import canonical, cli, database, major, notes, programs, upkeep
from chibo.platform.backup import backup
from chibo.platform.cluster import Cluster
from chibo.platform.errors import Trouble
from chibo.platform.restore import restore
from tests.platform.conftest import ROOT

pytestmark = pytest.mark.server
RELEASES = sorted((ROOT / "tests" / "fixtures").glob("release-*.chibo"))


def ours(place: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "CHIBO_"))}
    return {**kept, "CHIBO_HOME": str(place), "CHIBO_SECRET_KEY": "for tests", **more}


def upgrade(place: Path, kill_at: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.platform.upgrading", str(kill_at)],
        cwd=ROOT, env=ours(place), capture_output=True, text=True, check=False,
    )  # fmt: skip


def tables() -> dict[str, int]:
    """Each table with its number of rows."""
    with psycopg.connect(database.dsn_for("owner")) as db:
        names = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def applied() -> set[tuple[str, str]]:
    with psycopg.connect(database.dsn_for("owner")) as db:
        return set(db.execute("SELECT app, name FROM django_migrations").fetchall())


def test_there_is_a_file_of_the_first_release():
    assert RELEASES[0].name == "release-0.1.0.chibo"


@pytest.mark.timeout(400)  # eight whole processes, one after the other
@pytest.mark.parametrize("file", RELEASES, ids=lambda file: file.stem)
def test_a_release_comes_up_and_survives_kills(file, installation):
    steps = how_many_steps(file, installation)
    assert steps > 10
    some = {1, 3, steps // 2, steps - 2, steps - 1, steps}
    comes_up_after_kills(file, installation, sorted(some))


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("file", RELEASES, ids=lambda file: file.stem)
def test_a_release_comes_up_and_survives_a_kill_at_every_step(file, installation):
    comes_up_after_kills(file, installation, list(range(1, how_many_steps(file, installation) + 1)))


def how_many_steps(file: Path, installation) -> int:
    place = installation("counted")
    restore(file)
    done = upgrade(place)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def comes_up_after_kills(file: Path, installation, steps: list[int]) -> None:
    """Kill at one step after the other, each time on what the kill before has left; then let it end."""
    place = installation("released")
    restore(file)
    before, known, done_already = tables(), applied(), False
    for step in steps:
        killed = upgrade(place, step)
        assert done_already or killed.returncode == -signal.SIGKILL
        done_already = applied() != known
        if not done_already:  # all of it or nothing
            assert tables() == before
    assert done_already
    whole = upgrade(place)
    assert whole.returncode == 0, whole.stderr
    after = tables()
    assert after["next_release_remark"] == after["organisation_unit"] == before["organisation_unit"]
    assert {name for name in before if after.get(name, 0) < before[name]} == set()
    assert len(before) > 30
    looked = subprocess.run(
        [sys.executable, "-c", CHECK], cwd=ROOT, env=ours(place), capture_output=True, text=True, check=False
    )
    assert looked.returncode == 0, looked.stdout + looked.stderr


CHECK = """
import sys
from pathlib import Path
from chibo.platform import cli, database, places
from chibo.platform.cluster import Cluster
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.platform.next_settings"
database._clusters[str(places.chibo_home())] = Cluster(places.chibo_home(), durable=False)
sys.exit(cli.main(["check"]))
"""


def test_data_of_a_newer_release_are_left_alone(installation, monkeypatch):
    place = installation("newer")
    notes.write(upkeep.RELEASE, {"version": "99.1"})
    done = subprocess.run(
        [sys.executable, "-m", "chibo.platform.cli", "upgrade"],
        cwd=ROOT, env=ours(place), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "99.1" in done.stderr
    assert not (place / "postgres.log").exists()


def test_tables_of_a_newer_release_are_left_alone(installation):
    place = installation("newer")
    database.prepare()
    with psycopg.connect(database.dsn_for("owner")) as db:
        db.execute("CREATE TABLE django_migrations (id int, app varchar, name varchar, applied timestamptz)")
        db.execute("INSERT INTO django_migrations VALUES (1, 'meetings', '9999_later', now())")
    done = upgrade(place)
    assert done.returncode == 1
    assert "meetings.9999_later" in done.stderr


def test_nothing_is_upgraded_under_a_running_server(installation):
    installation("served")
    with notes.serving(), pytest.raises(Trouble, match="đang chạy"), notes.nobody_serving():
        raise AssertionError("two at once")
    with notes.serving(), notes.serving():
        assert cli.main(["upgrade"]) == 1
    with notes.nobody_serving(), pytest.raises(Trouble, match="đang được nâng cấp"), notes.serving():
        raise AssertionError("two at once")


@pytest.fixture
def older(installation):
    """An installation whose data and programs bear an older major's name (the programs are ours: no other is here)."""
    place = installation("older")
    database.prepare()
    with psycopg.connect(database.dsn_for("owner")) as db:
        db.execute("CREATE TABLE told (id int PRIMARY KEY, word text)")
        db.execute("INSERT INTO told SELECT i, 'dòng ' || i FROM generate_series(1, 500) i")
    database.forget(database.embedded())
    (place / f"data{programs.MAJOR}").rename(place / "data16")
    (place / f"pg-{programs.VERSION}").rename(place / "pg-16.4")
    return place


def rows() -> list[str]:
    with psycopg.connect(database.dsn_for("owner")) as db:
        return list(canonical.data_lines(db))


def test_data_of_an_older_major_are_moved_and_kept(older):
    with pytest.raises(Trouble, match="chibo upgrade"):
        Cluster(older, durable=False).start()
    assert major.move_if_needed(durable=False) is True
    database._clusters[str(older)] = Cluster(older, durable=True)
    assert sum("dòng" in line for line in rows()) == 500
    assert [path.name[:10] for path in older.glob("cu-*")] == ["cu-data16-"]
    assert len(list((older / "backups").glob("truoc-postgresql-17-*.chibo"))) == 1
    assert not (older / "doi-postgresql").exists()
    assert major.move_if_needed() is False


@pytest.mark.parametrize("step", ["_take_out", "sync_folder"])
def test_a_move_cut_short_is_done_again(older, monkeypatch, step):
    real = getattr(major, step)

    def cut(*given, **more):
        real(*given, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(major, step, cut)
        with pytest.raises(KeyboardInterrupt):
            major.move_if_needed(durable=False)
    assert (older / "data16").exists()
    assert (older / "data17").exists() == (step == "sync_folder")
    assert major.move_if_needed(durable=False) is True
    assert sum("dòng" in line for line in rows()) == 500


REAL = sorted(path.parent for path in Path("/usr/lib/postgresql").glob("1[56]/bin"))


@pytest.mark.skipif(not REAL, reason="this machine has no PostgreSQL of an older major")
def test_data_of_a_real_older_server_are_moved_row_by_row(installation, home):
    """The same with a server that truly is older: Debian's own, holding a whole commune."""
    installation("nothing")  # an environment without a server behind a URL
    place, old = home / "office", REAL[-1].name
    place.mkdir(mode=0o755)
    (place / f"pg-{old}.0").symlink_to(REAL[-1])
    (place / f"pg-{programs.VERSION}").symlink_to(home / "nothing" / f"pg-{programs.VERSION}")
    cluster = major.OldCluster(place, place / f"data{old}", durable=False)
    cluster.data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(cluster.data, cluster.account.pw_uid, cluster.account.pw_gid)
    made = programs.run_as(
        cluster.account, REAL[-1] / "bin" / "initdb", "-D", cluster.data, "-U", "chibo_super", "-E", "UTF8", "-k",
        "-A", "trust", "--locale=C.UTF-8", "--no-sync",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    os.environ["CHIBO_HOME"] = str(place)  # put back by the fixture
    database.use(cluster)
    database.prepare(cluster.dsn())
    with psycopg.connect(cluster.dsn()) as db:
        assert db.info.server_version // 10000 == int(old)
    restore(RELEASES[0])
    before = rows()
    database.forget(cluster)
    assert major.move_if_needed(durable=False) is True
    database._clusters[str(place)] = Cluster(place, durable=True)
    with psycopg.connect(database.dsn_for("owner")) as db:
        assert db.info.server_version // 10000 == int(programs.MAJOR)
    assert rows() == before
    assert len(before) > 1000


def test_data_without_their_programs_are_not_touched(older):
    (older / "pg-16.4").unlink()
    with pytest.raises(Trouble, match="pg-16"):
        major.move_if_needed(durable=False)
    assert (older / "data16" / "PG_VERSION").exists()


def test_a_backup_before_an_upgrade_can_be_brought_back(installation, home):
    installation("kept")
    restore(RELEASES[0])
    backup(home / "again.chibo")
    installation("again")
    restore(home / "again.chibo")
    assert tables()["organisation_unit"] > 10
