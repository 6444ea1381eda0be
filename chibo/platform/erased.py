"""Những ô đã xóa theo yêu cầu: whose, which and when, never what they said; kept outside of the database, where no
older backup overwrites it.

One line each, appended, in `CHIBO_HOME` and beside the backups. Both are read and joined whenever a backup comes back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from chibo.platform import places

NAME = "da-xoa.jsonl"


class Line(NamedTuple):
    """One erasure."""

    person: UUID
    field: str
    on: date


def known(folder: Path | None = None) -> list[Line]:
    """What the file in `folder` (`CHIBO_HOME` when none is given) tells; nothing when there is none."""
    try:
        text = ((folder or places.chibo_home()) / NAME).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return list(dict.fromkeys(_read(text)))


def add(lines: Iterable[Line], folder: Path | None = None) -> int:
    """Append those the file does not have, to the disk; how many."""
    folder = folder or places.chibo_home()
    there = set(known(folder))
    new = [line for line in lines if line not in there]
    if not new:
        return 0
    with open(folder / NAME, "a+b", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        text = b"".join(_told(line) for line in new)
        file.write((b"" if _ends_whole(folder / NAME) else b"\n") + text)
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def carry(folder: Path) -> None:
    """Bring what is known here beside the backups in `folder`."""
    add(known(), folder)


def take(folder: Path) -> None:
    """Learn what lies beside a backup that is brought back."""
    add(known(folder))


def _read(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # torn by a power cut; the database has it
            told = json.loads(line)
            yield Line(UUID(told["person"]), str(told["field"]), date.fromisoformat(told["on"]))


def _told(line: Line) -> bytes:
    told = {"person": str(line.person), "field": line.field, "on": line.on.isoformat()}
    return json.dumps(told, sort_keys=True).encode() + b"\n"


def _ends_whole(place: Path) -> bool:
    text = place.read_bytes()
    return not text or text.endswith(b"\n")
