"""What an installation remembers about its upkeep: small JSON files in `CHIBO_HOME`, written whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chibo.platform import places, programs
from chibo.platform.errors import Trouble

_SERVING = "serve.lock"


def read(name: str) -> dict[str, Any]:
    """The note of that name; empty when there is none, or it cannot be read."""
    try:
        found = json.loads((places.chibo_home() / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(name: str, note: dict[str, Any]) -> None:
    """Keep a note; a power cut leaves the old one or the new one."""
    place = places.chibo_home() / f"{name}.json"
    draft = place.with_suffix(f".{os.getpid()}")
    with open(draft, "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as text:
        json.dump(note, text, ensure_ascii=False, indent=1, sort_keys=True)
        text.flush()
        os.fsync(text.fileno())
    draft.replace(place)


@contextlib.contextmanager
def serving() -> Iterator[None]:
    """While this process serves, the tables stay as they are. Raises Trouble while they are being upgraded."""
    with _lock(fcntl.LOCK_SH, "Dữ liệu đang được nâng cấp. Hãy chờ lệnh nâng cấp xong rồi chạy lại."):
        yield


@contextlib.contextmanager
def nobody_serving() -> Iterator[None]:
    """Alone with the tables. Raises Trouble while a server of this installation runs."""
    with _lock(fcntl.LOCK_EX, "Chibo đang chạy trên dữ liệu này. Hãy dừng nó (CTRL-C, hoặc systemctl stop chibo)."):
        yield


@contextlib.contextmanager
def only_one(name: str) -> Iterator[bool]:
    """True inside for the first to come, False for whoever comes meanwhile."""
    with programs.lock_file(places.chibo_home() / f"{name}.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextlib.contextmanager
def _lock(kind: int, refused: str) -> Iterator[None]:
    with programs.lock_file(places.chibo_home() / _SERVING) as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(refused) from None
        yield


def folder(name: str) -> Path:
    """A folder of ours in `CHIBO_HOME`, closed to other accounts; made when missing."""
    place = places.chibo_home() / name
    place.mkdir(mode=0o700, exist_ok=True)
    return place
