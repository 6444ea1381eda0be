"""Where an installation keeps its things, and at which door it answers: `CHIBO_HOME`, `CHIBO_PORT`."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from chibo.platform.errors import Trouble

DEFAULT_PORT = 8420
_LAST_RESORT = Path("/var/tmp")  # noqa: S108 - open to all: the folder in it is checked for its owner


def chibo_home() -> Path:
    """Thư mục dữ liệu: the one folder with database, attachments and keys; made when missing.

    `CHIBO_HOME` when set; else /var/lib/chibo for root, the XDG data folder for others, and
    /var/tmp/chibo-<uid> when that cannot be written. Raises Trouble when no place can be written.
    """
    if given := os.environ.get("CHIBO_HOME"):
        place = Path(given).expanduser().absolute()
        if not _usable(place):
            raise Trouble(
                f"Không ghi được vào {place} (CHIBO_HOME). Hãy cấp quyền ghi cho tài khoản đang chạy, "
                "hoặc đặt CHIBO_HOME sang thư mục khác."
            )
        return place
    for place in _candidates():
        if _usable(place):
            return place
    raise Trouble("Không có chỗ nào ghi được để đặt dữ liệu. Hãy đặt CHIBO_HOME tới một thư mục ghi được.")


def files_dir(home: Path | None = None) -> Path:
    """Thư mục tệp đính kèm: content-addressed files; made when missing, closed to other accounts."""
    place = (home or chibo_home()) / "files"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def port() -> int:
    """Cổng: `CHIBO_PORT`, 8420 when unset. Raises Trouble unless it is a number from 1 to 65535."""
    given = os.environ.get("CHIBO_PORT", "").strip() or str(DEFAULT_PORT)
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Trouble(f"CHIBO_PORT={given!r} không phải số cổng; hãy đặt một số từ 1 đến 65535.")
    return int(given)


def _candidates() -> Iterator[Path]:
    uid = os.geteuid()
    if uid == 0:
        yield Path("/var/lib/chibo")
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share")
        home = Path(os.path.expanduser(data))
        if home.is_absolute():  # no HOME and no account: '~' stays as it is
            yield home / "chibo"
    yield _LAST_RESORT / f"chibo-{uid}"


def _usable(place: Path) -> bool:
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = place.lstat() if place.parent == _LAST_RESORT else place.stat()
    except OSError:
        return False
    mine = about.st_uid == os.geteuid() or "CHIBO_HOME" in os.environ
    return stat.S_ISDIR(about.st_mode) and mine and os.access(place, os.W_OK | os.X_OK)
