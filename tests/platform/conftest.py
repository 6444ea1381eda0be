"""Real servers in short temporary folders, each stopped by the test that started it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chibo.platform import cluster as cluster_module
from chibo.platform import database, programs
from chibo.platform.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
_MEMORY = Path("/dev/shm")
# ten times faster than a disk, where the machine gives it room
BASE = _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > 2**31 else Path("/tmp")


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    """A prepared installation at rest, to be copied: making one anew takes a second."""
    with short_folder() as place:
        made = Cluster(place, durable=False)
        made.start()
        database.prepare(made.dsn())
        assert made.stop() is True
        yield place


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty place for an installation."""
    with short_folder() as place:
        yield place


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder the server's account can reach; pytest's own are closed to it, and too long for a socket."""
    place = Path(tempfile.mkdtemp(prefix="cb-", dir=BASE))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def seed(template: Path, place: Path) -> None:
    """Make `place` a copy of the template; the programs are shared."""
    place.mkdir(mode=0o755, exist_ok=True)
    (place / f"pg-{programs.VERSION}").symlink_to(template / f"pg-{programs.VERSION}")
    subprocess.run(["cp", "-a", template / f"data{programs.MAJOR}", place], check=True)


@pytest.fixture
def cluster(home: Path, template: Path) -> Iterator[Cluster]:
    """A running server without safety: what is tested is not the disk."""
    seed(template, home)
    made = Cluster(home, durable=False)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def installation(home: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Switch to a named installation below `home`; the same name comes back to the same data."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(database, "_clusters", {})

    def enter(name: str) -> Path:
        place = home / name
        if not place.exists():
            seed(template, place)
        monkeypatch.setenv("CHIBO_HOME", str(place))
        database._clusters.setdefault(str(place), Cluster(place, durable=False))
        return place

    yield enter
    for each in database._clusters.values():
        each.stop()


@pytest.fixture
def other_process(home: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start another user of the server in `home`: it prints the server's pid, leaves when its input ends."""
    code = (
        "import sys; from pathlib import Path; from chibo.platform.cluster import Cluster\n"
        "c = Cluster(Path(sys.argv[1]), durable=False); c.start()\n"
        "print(c.server_pid(), flush=True); sys.stdin.read(); print(c.stop())"
    )
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(home)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def as_ordinary_user(work: Callable[[], str]) -> str:
    """Do the work as somebody who is not root and give back its text; in a fork when we are root."""
    if os.geteuid():
        return work()
    nobody = pwd.getpwnam("nobody")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            os.write(writer, work().encode())
        except BaseException:
            os.write(writer, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return text


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for orphans: the test knows they will not leave."""
    monkeypatch.setattr(cluster_module, "_ORPHANS_LEAVE_WITHIN", 0.0)
