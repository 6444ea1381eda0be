"""Đổi bản PostgreSQL lớn: data of an older major are backed up, brought back under ours, and only then replaced."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from chibo.platform import database, notes, places, programs
from chibo.platform.backup import backup
from chibo.platform.cluster import Cluster, sync_folder
from chibo.platform.errors import Trouble
from chibo.platform.upkeep import numbers
from chibo.platform.words import say


class OldCluster(Cluster):
    """The server an older release left here, run by its own programs, which that release copied beside its data."""

    def __init__(self, home: Path, data: Path, *, durable: bool = True) -> None:
        super().__init__(home, durable=durable)
        self.data, self.major = data, data.name.removeprefix("data")

    def _unpacked(self) -> Path:
        kept = sorted(self.home.glob(f"pg-{self.major}.*"), key=lambda place: numbers(place.name))
        if not kept:
            raise Trouble(
                f"{self.data} là dữ liệu của PostgreSQL {self.major} nhưng chương trình pg-{self.major} không còn. "
                "Hãy phục hồi bản sao lưu gần nhất vào một CHIBO_HOME trống."
            )
        return kept[-1]


def move_if_needed(*, durable: bool = True) -> bool:
    """Move the data of this installation to our major. False when there is nothing to move.

    Nothing is given up before the new data are proved equal; the old folder stays, renamed. Raises Trouble.
    """
    home = places.chibo_home()
    old = _older(home)
    if database.database_url() or not old:
        return False
    with notes.nobody_serving():
        side = home / "doi-postgresql"
        ours = home / f"data{programs.MAJOR}"
        if not ours.exists():
            file = _take_out(home, old[-1], durable=durable)
            _bring_in(home, side, file)
            (side / ours.name).rename(ours)
            sync_folder(home)
        for each in old:
            each.rename(home / f"cu-{each.name}-{datetime.now(UTC):%Y%m%d%H%M%S}")
        shutil.rmtree(side, ignore_errors=True)
    say(f"Dữ liệu đã chuyển sang PostgreSQL {programs.MAJOR}. Thư mục cũ đổi tên thành cu-data...; xóa khi đã yên tâm.")
    return True


def _older(home: Path) -> list[Path]:
    found = [each for each in home.glob("data[0-9]*") if each.name.removeprefix("data").isdecimal()]
    older = [each for each in found if int(each.name.removeprefix("data")) < int(programs.MAJOR)]
    return sorted(older, key=lambda each: int(each.name.removeprefix("data")))


def _take_out(home: Path, data: Path, *, durable: bool) -> Path:
    cluster = OldCluster(home, data, durable=durable)
    say(f"Sao lưu dữ liệu PostgreSQL {cluster.major} trước khi chuyển...")
    file = notes.folder("backups") / f"truoc-postgresql-{programs.MAJOR}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.chibo"
    database.use(cluster)
    try:
        backup(file)
    finally:
        database.forget(cluster)
    return file


def _bring_in(home: Path, side: Path, file: Path) -> None:
    """Restore into an installation of its own beside ours; a cut-off try before is thrown away."""
    _stop(side)
    shutil.rmtree(side, ignore_errors=True)
    side.mkdir(mode=0o700)
    with programs.locked(home):
        ours = programs.unpack(home)
    (side / ours.name).symlink_to(ours)
    done = subprocess.run(
        [sys.executable, "-m", "chibo.platform.cli", "restore", str(file)],
        env={**os.environ, "CHIBO_HOME": str(side)},
        check=False,
    )
    if done.returncode:
        raise Trouble("Chưa chuyển được sang bản PostgreSQL mới; dữ liệu cũ còn nguyên. Xem các dòng ngay trên.")


def _stop(side: Path) -> None:
    server = Cluster(side)
    if side.exists() and server.running():
        server.start()
        server.stop()
