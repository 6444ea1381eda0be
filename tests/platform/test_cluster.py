"""The embedded server under the accidents of an office: kills, two clicks at once, closed folders."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys

import psycopg
import pytest

from chibo.platform import programs
from chibo.platform.cluster import Cluster
from chibo.platform.errors import Trouble
from tests.platform.conftest import ROOT, as_ordinary_user, seed

pytestmark = pytest.mark.server


def test_two_first_starts_at_once_make_one_server(other_process, home):
    first, second = other_process(), other_process()
    pids = {first.stdout.readline(), second.stdout.readline()}
    assert len(pids) == 1
    stopped = [process.communicate("")[0].strip() for process in (first, second)]
    assert sorted(stopped) == ["False", "True"]
    assert not Cluster(home).running()
    assert len(list(home.glob("data*"))) == 1


def test_the_last_one_out_stops_the_server(cluster, home):
    guest = Cluster(home, durable=False)
    guest.start()
    assert guest.server_pid() == cluster.server_pid()
    assert cluster.stop() is False
    assert guest.running()
    assert guest.stop() is True
    assert not guest.running()
    assert not guest.socket_dir.exists()


def test_a_killed_server_comes_back_without_losing_a_row(home):
    cluster = Cluster(home)
    cluster.start()
    with psycopg.connect(cluster.dsn(), autocommit=True) as db:
        db.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('đã ghi')")
        os.kill(cluster.server_pid(), signal.SIGKILL)
        again = Cluster(home)
        again.start()
    with psycopg.connect(again.dsn()) as db:
        assert db.execute("SELECT word FROM kept").fetchall() == [("đã ghi",)]
    cluster.stop()
    assert again.stop() is True


def test_a_killed_user_leaves_the_server_to_the_next(other_process, home):
    gone = other_process()
    pid = int(gone.stdout.readline())
    gone.kill()
    gone.wait()
    heir = Cluster(home, durable=False)
    heir.start()
    assert heir.server_pid() == pid
    assert heir.stop() is True


def test_a_polite_kill_of_the_last_user_stops_the_server_too(home, template):
    seed(template, home)
    code = (
        "import signal, sys; from pathlib import Path; from chibo.platform import cli, cluster\n"
        "signal.signal(signal.SIGTERM, cli._leave)\n"
        "c = cluster.Cluster(Path(sys.argv[1]), durable=False); c.start()\n"
        "print(c.server_pid(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as user:
        assert user.stdout.readline().strip().isdigit()
        user.terminate()
        assert user.wait() == 128 + signal.SIGTERM
    assert not Cluster(home).running()


def test_a_stale_pid_file_of_a_living_stranger_is_no_bar(cluster, home):
    leftover = (home / "data17" / "postmaster.pid").read_text().split("\n")
    assert cluster.stop() is True
    leftover[0] = str(os.getpid())
    (cluster.data / "postmaster.pid").write_text("\n".join(leftover))
    cluster.start()
    assert cluster.running()


def test_a_stale_socket_lock_is_no_bar(cluster):
    assert cluster.stop() is True
    cluster.socket_dir.mkdir(mode=0o700)
    os.chown(cluster.socket_dir, cluster.account.pw_uid, cluster.account.pw_gid)
    (cluster.socket_dir / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    (cluster.socket_dir / ".s.PGSQL.5432").touch()
    cluster.start()
    assert cluster.running()


def test_a_first_start_that_was_cut_off_is_done_again(home):
    (home / "data.new" / "base").mkdir(parents=True)
    (home / "data.new" / "PG_VERSION").write_text("17\n")
    cluster = Cluster(home, durable=False)
    cluster.start()
    assert not (home / "data.new").exists()
    assert cluster.stop() is True


def test_data_of_another_major_are_never_taken_for_an_empty_place(home):
    (home / "data16").mkdir()
    with pytest.raises(Trouble, match="data16"):
        Cluster(home, durable=False).start()
    assert not (home / "data17").exists()


@pytest.mark.usefixtures("impatient")
def test_an_orphan_in_the_data_folder_is_named_and_not_overrun(cluster):
    assert cluster.stop() is True
    orphan = subprocess.Popen(["sleep", "60"], cwd=cluster.data)
    (cluster.data / "postmaster.pid").write_text(f"{orphan.pid}\n")
    try:
        with pytest.raises(Trouble, match=str(orphan.pid)):
            cluster.start()
    finally:
        orphan.kill()
        orphan.wait()
    cluster.start()
    assert cluster.running()


def test_a_real_installation_refuses_a_server_that_can_lose_data(cluster, home):
    with pytest.raises(Trouble, match="fsync"):
        Cluster(home).start()
    assert cluster.running()


def test_a_real_installation_runs_safely_with_checksums(home):
    cluster = Cluster(home)
    cluster.start()
    with psycopg.connect(cluster.dsn()) as db:
        settings = dict(db.execute("SELECT name, setting FROM pg_settings").fetchall())
    assert cluster.stop() is True
    safe = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
    assert {settings[name] for name in safe} == {"on"}
    assert settings["listen_addresses"] == ""


def test_letters_fold_without_the_systems_locale(cluster):
    with psycopg.connect(cluster.dsn()) as db:
        row = db.execute("SELECT lower('ĐẶNG ỄƠ'), datlocprovider::text FROM pg_database LIMIT 1").fetchone()
    assert row == ("đặng ễơ", "b")


def test_a_forked_child_neither_stops_nor_holds_the_server(cluster):
    child = os.fork()
    if child == 0:
        os._exit(1 if cluster.stop() or cluster.in_use() else 0)
    assert os.waitpid(child, 0)[1] == 0
    assert cluster.running()
    assert cluster.stop() is True


def test_a_strangers_socket_folder_is_refused(cluster):
    assert cluster.stop() is True
    cluster.socket_dir.mkdir(mode=0o755)
    try:
        with pytest.raises(Trouble, match=str(cluster.socket_dir)):
            cluster.start()
    finally:
        cluster.socket_dir.rmdir()


def test_the_socket_is_closed_to_other_accounts(cluster):
    about = cluster.socket_dir.stat()
    assert about.st_mode & 0o777 == 0o700
    assert about.st_uid == cluster.account.pw_uid != 0
    assert len(str(cluster.socket_dir / ".s.PGSQL.5432")) < 107


def test_an_ordinary_user_starts_and_stops_it(home):
    programs.unpack(home, durable=False)  # the environment may lie where that user cannot read
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)

    def work() -> str:
        cluster = Cluster(home, durable=False)
        cluster.start()
        with psycopg.connect(cluster.dsn()) as db:
            owner = db.execute("SELECT usesuper FROM pg_user WHERE usename = current_user").fetchone()
        return f"{owner} {cluster.stop()} {os.geteuid() == 0}"

    assert as_ordinary_user(work) == "(True,) True False"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts, so only root can meet this")
def test_root_is_told_which_folder_is_closed_to_the_server(home):
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(Trouble, match=str(closed)):
        Cluster(closed / "home").start()


def test_a_missing_program_is_a_sentence(cluster):
    assert cluster.stop() is True
    programs_folder = cluster.home / f"pg-{cluster.version}"
    programs_folder.unlink()
    programs_folder.mkdir()
    with pytest.raises(Trouble, match="pg_ctl"):
        cluster.start()
