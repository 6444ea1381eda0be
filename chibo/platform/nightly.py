"""Run as `python -m chibo.platform.nightly`: the backup that is due, and once a month a rehearsal of bringing it back.

A process of its own, so that the one that serves never holds the owner's connection.
"""

from __future__ import annotations

import filecmp
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from chibo.platform import alarms, database, erased, locking, notes, places, programs, schedule
from chibo.platform.backup import backup
from chibo.platform.cluster import Cluster, sync_folder
from chibo.platform.errors import Trouble
from chibo.platform.words import say

PAUSE_SECONDS = 60
_log = logging.getLogger("chibo.nightly")
_SPARE = 256 * 2**20  # bytes that must stay free beside what is written


def main(now: datetime | None = None, *, at_once: bool = False) -> int:
    """Do what is due (`at_once`: both). Returns 0 when all went well, or there was nothing to do."""
    moment = now or datetime.now(UTC)
    wanted = schedule.plan()
    if wanted is None:
        return 0
    with notes.only_one("nightly") as first:
        if not first:
            return 0
        well = True
        if at_once or schedule.backup_due(wanted, notes.read(schedule.TOLD), moment):
            well = _try("backup", moment, lambda: _keep(wanted, moment))
        if well and (at_once or schedule.rehearsal_due(notes.read(schedule.TOLD), moment)):
            well = _try("rehearsal", moment, lambda: _rehearse(wanted, moment))
    return 0 if well else 1


def run_if_due() -> int:
    """Start ourselves when something is due; cheap when not. Returns the child's status."""
    wanted, told, now = schedule.plan(), notes.read(schedule.TOLD), datetime.now(UTC)
    if wanted is None or not (schedule.backup_due(wanted, told, now) or schedule.rehearsal_due(told, now)):
        return 0
    return subprocess.run([sys.executable, "-m", "chibo.platform.nightly"], check=False).returncode


def keep_watch() -> None:
    """Look every minute, in a thread of this process."""
    threading.Thread(target=_watch, name="chibo-nightly", daemon=True).start()


def rehearse(file: Path) -> float:
    """Diễn tập phục hồi: bring `file` back into an empty place, check it, throw it away; the seconds it took.

    Raises Trouble with what failed.
    """
    place = places.chibo_home() / "rehearsal"
    started = time.monotonic()
    _clear(place)
    try:
        place.mkdir(mode=0o700)
        _share_programs(place)
        if locking.locked(file):
            locking.unlock(file, place / "copy.chibo")
            file = place / "copy.chibo"
        for words in (["restore", str(file)], ["init"], ["check"]):  # init: the file may be of the version before
            _in(place, words)
    finally:
        _clear(place)
    return time.monotonic() - started


def _try(what: str, now: datetime, work: Callable[[], dict[str, object]]) -> bool:
    """Do it and note how it went: what went well stays noted when a later try fails."""
    told = notes.read(schedule.TOLD) | {f"{what}_tried": now.isoformat(timespec="seconds")}
    try:
        told |= {**work(), f"{what}_trouble": ""}
    except Trouble as trouble:
        told[f"{what}_trouble"] = str(trouble)
        say(f"Lỗi: {trouble}")
    notes.write(schedule.TOLD, told)
    return not told[f"{what}_trouble"]


def _keep(wanted: schedule.Plan, now: datetime) -> dict[str, object]:
    folder = schedule.ready(wanted)
    told = notes.read(schedule.TOLD)
    content = _content_size()
    _must_have_room(folder, int(told.get("backup_bytes") or 0) * 6 // 5 or content)
    _must_have_room(places.chibo_home(), 2 * content)
    file = folder / schedule.name_for(now)
    _keep_locked(file)
    for name in schedule.expired([each.name for each in folder.iterdir()], wanted.keep):
        (folder / name).unlink(missing_ok=True)
    return {"backup_at": now.isoformat(timespec="seconds"), "backup_file": str(file),
            "backup_bytes": file.stat().st_size}  # fmt: skip


def _keep_locked(file: Path) -> None:
    """Back up at home, lock, carry over, read back what was carried, and only then give it its name."""
    part = file.with_name(file.name + ".part")
    with tempfile.TemporaryDirectory(dir=places.chibo_home(), prefix="nightly-") as scratch:
        plain, again = Path(scratch) / file.name, Path(scratch) / "again"
        backup(plain)
        try:
            locking.lock(plain, part)
            locking.unlock(part, again)
            if not filecmp.cmp(plain, again, shallow=False):
                raise Trouble(f"Ổ chứa {file} đọc lại không như đã ghi. Hãy thay ổ.")
            part.rename(file)
            erased.carry(file.parent)
            sync_folder(file.parent)
        except OSError as error:
            raise Trouble(f"Không ghi được {file}: {error.strerror}. Hãy kiểm tra ổ sao lưu.") from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    say(f"Đã khóa, chép vào {file} và đọc lại.")


def _rehearse(wanted: schedule.Plan, now: datetime) -> dict[str, object]:
    schedule.ready(wanted)
    file = Path(notes.read(schedule.TOLD)["backup_file"])
    _must_have_room(places.chibo_home(), 3 * _content_size())
    seconds = rehearse(file)
    say(f"Đã phục hồi thử {file.name} trong {seconds:.0f} giây: khớp từng dòng.")
    return {"rehearsed_at": now.isoformat(timespec="seconds"), "rehearsed_file": str(file)}


def _content_size() -> int:
    files = sum(f.stat().st_size for f in places.files_dir().rglob("*") if f.is_file())
    with psycopg.connect(database.dsn_for("owner")) as db:
        row = db.execute("SELECT pg_database_size(current_database())").fetchone()
    return files + (row[0] if row else 0)


def _must_have_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE:
        raise Trouble(
            f"Ổ chứa {folder} còn {free // 2**20} MB, cần {(needed + _SPARE) // 2**20} MB. "
            "Hãy dọn ổ, bớt số bản giữ lại (chibo schedule --keep), hoặc thay ổ lớn hơn."
        )


def _share_programs(place: Path) -> None:
    home = places.chibo_home()
    with programs.locked(home):
        ours = programs.unpack(home)
    (place / ours.name).symlink_to(ours)


def _in(place: Path, words: list[str]) -> None:
    """A command of ours on the installation in `place`, with a server of its own whatever ours is."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CHIBO_DB_ROLE"}}
    done = subprocess.run(
        [sys.executable, "-m", "chibo.platform.cli", *words],
        env={
            **kept,
            "CHIBO_HOME": str(place),
            "CHIBO_STATIC": str(place / "static"),
            "DJANGO_SETTINGS_MODULE": "chibo.settings",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-5:])
        raise Trouble(f"Phục hồi thử không đạt ở bước {words[0]}:\n{last}")


def _clear(place: Path) -> None:
    """Also after a rehearsal that was cut off: its server may still be there."""
    if place.exists():
        server = Cluster(place)
        if server.running():
            server.start()
            server.stop()
        shutil.rmtree(place)


def _watch() -> None:
    pause, clock = threading.Event(), alarms.Watch()
    while True:
        try:
            clock.look()
            run_if_due()
        except (OSError, Trouble):  # a full disk must not end the watch
            _log.exception("the night's watch failed; the next look is in %d s", PAUSE_SECONDS)
        pause.wait(PAUSE_SECONDS)


if __name__ == "__main__":
    from chibo.platform.cli import guarded

    sys.exit(guarded(main))
