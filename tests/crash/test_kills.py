"""Killed in the middle of saving and closing: what was promised is there, and nothing is half there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chibo.platform import programs
from tests.platform.conftest import ROOT, short_folder

CHIBO, WORK = "chibo.platform.cli", "tests.crash.work"
KILLS = {"few": 20, "many": 200}
PATIENCE = 90.0  # seconds until a writer that makes no progress is a failure


class Installation:
    """A real place on disk, with a durable server, and the processes at work in it."""

    def __init__(self, home: Path) -> None:
        self.home, self.journal, self.complaints = home, home / "journal", home / "writers.log"
        self.env = {**os.environ, "CHIBO_HOME": str(home), "CHIBO_SECRET_KEY": "crash"}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "CHIBO_DB_ROLE"):
            self.env.pop(name, None)
        self.writers: list[subprocess.Popen[bytes]] = []

    def run(self, module: str, *words: str) -> str:
        """One command to the end; its output."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr[-3000:]
        return done.stdout

    def start_writers(self, count: int) -> None:
        """Those that are not running."""
        while len(self.writers) < count:
            self.writers.append(self._writer(len(self.writers), count))
        for place, writer in enumerate(self.writers):
            if writer.poll() not in (None, 0):
                self.writers[place] = self._writer(place, count)

    def _writer(self, place: int, of: int) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "tests.crash.work",
            "write",
            str(self.journal) + str(place),
            str(place),
            str(of),
        ]
        with self.complaints.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, stderr=log)

    def told(self) -> list[list[str]]:
        """What was promised so far; a line cut off by a kill was promised to nobody."""
        lines = [line for path in self.home.glob("journal*") for line in path.read_text(encoding="utf-8").splitlines()]
        return [json.loads(line) for line in lines if line.endswith("]")]

    def log(self) -> str:
        """The end of what the writers complained about."""
        return self.complaints.read_text(encoding="utf-8", errors="replace")[-3000:]

    def reached(self, goal: int) -> bool:
        """Enough was promised, or there is nothing left to write; whoever died is started again."""
        self.start_writers(2)
        return len(self.told()) >= goal or self.finished()

    def finished(self) -> bool:
        return bool(self.writers) and all(writer.poll() == 0 for writer in self.writers)

    def kill_writer(self, dice: random.Random) -> None:
        writer = dice.choice(self.writers)
        writer.kill()
        writer.wait()

    def kill_database(self, _: random.Random) -> None:
        """The whole server at once: nobody has time to tidy up."""
        folder = str((self.home / f"data{programs.MAJOR}").resolve())
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "cwd") == folder:
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                continue

    def stop(self) -> None:
        for writer in self.writers:
            writer.kill()
            writer.wait()


@pytest.fixture
def place() -> Iterator[Installation]:
    with short_folder() as home:
        made = Installation(home)
        made.run(CHIBO, "init")
        made.run(WORK, "prepare")
        yield made
        made.stop()
        made.kill_database(random.Random(0))


def until(true: Callable[[], Any]) -> bool:
    """Look again and again, not for ever."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def kill_while_writing(place: Installation, kills: int, seed: int) -> None:
    """Each time some answers later, one of the writers or the database dies."""
    dice = random.Random(seed)
    for _ in range(kills):
        goal = len(place.told()) + dice.randint(0, 5)
        assert until(partial(place.reached, goal)), place.log()
        dice.choice([place.kill_writer, place.kill_writer, place.kill_database])(dice)
    assert until(partial(place.reached, 10**9)), place.log()


def compare(place: Installation) -> None:
    """Acknowledged ⊆ stored, nothing half, numbers without holes, the ledger whole."""
    stored, promised = json.loads(place.run(WORK, "tell")), place.told()
    saved = {tuple(row) for row in stored["saved"]}
    assert [line for line in promised if line[0] == "saved" and tuple(line[1:]) not in saved] == []
    assert [line for line in promised if line[0] == "closed" and stored["closed"].get(line[1]) != line[2]] == []
    assert sorted(stored["closed"]) == stored["closures"], "a closing without minutes, or the other way round"
    place.run(CHIBO, "check")


@pytest.mark.server
@pytest.mark.timeout(400)
def test_twenty_kills_lose_nothing_that_was_promised(place: Installation) -> None:
    kill_while_writing(place, KILLS["few"], seed=1)
    assert place.finished()
    compare(place)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("seed", range(2, 7))
def test_many_kills_lose_nothing_that_was_promised(place: Installation, seed: int) -> None:
    kill_while_writing(place, KILLS["many"] // 5, seed=seed)
    compare(place)
