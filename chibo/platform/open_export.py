"""Xuất toàn bộ: an installation as files that anybody can read without Chibo; the format is docs/open-export.md."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from chibo.platform import canonical, places
from chibo.platform.errors import Trouble

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Described:
    """A table as the manifest explains it, and the columns that are nobody's business."""

    words: str
    columns: Mapping[str, Mapping[str, Any]]
    without: tuple[str, ...] = ()


def write(db: canonical.Db, folder: Path, tables: Mapping[str, Described], *, at: str, left_out: list[str]) -> int:
    """Write all rows of `tables` as one moment of `db` shows them, and the attachments; the number of rows.

    The folder appears whole or not at all. Raises Trouble when it is there already, or cannot be written.
    """
    folder = folder.expanduser().absolute()
    part = folder.with_name(folder.name + ".part")
    if folder.exists():
        raise Trouble(f"{folder} đã có. Hãy chọn tên khác.")
    try:
        shutil.rmtree(part, ignore_errors=True)  # of an export that was cut off
        (part / "tables").mkdir(mode=0o700, parents=True)
        os.chmod(part, 0o700)
        told = {name: _table(db, part, name, about) for name, about in sorted(tables.items())}
        files = _files(part / "files")
        _manifest(part, told, files, at=at, left_out=left_out)
        _sums(part)
        part.rename(folder)
    except OSError as error:
        raise Trouble(f"Không ghi được {folder}: {error.strerror}. Hãy chọn nơi khác hoặc dọn ổ đĩa.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return sum(each["rows"] for each in told.values())


def _table(db: canonical.Db, part: Path, name: str, about: Described) -> dict[str, Any]:
    with _opened(part / "tables" / f"{name}.jsonl") as out:
        rows = 0
        for line in canonical.table_lines(db, name, without=about.without):
            out.write(line.encode() + b"\n")
            rows += 1
    return {
        "file": f"tables/{name}.jsonl",
        "rows": rows,
        "words": about.words,
        "columns": dict(about.columns),
        "withheld": sorted(about.without),
    }


def _files(target: Path) -> int:
    source, found = places.files_dir(), 0
    for file in sorted(source.rglob("[!.]*")):
        if file.is_file():
            place = target / file.relative_to(source)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(file, place)
            place.chmod(0o600)
            found += 1
    return found


def _manifest(part: Path, tables: dict[str, Any], files: int, *, at: str, left_out: list[str]) -> None:
    told = {
        "format": FORMAT,
        "chibo": version("chibo"),
        "at": at,
        "tables": tables,
        "files": files,
        "left_out": sorted(left_out),
        "documentation": "docs/open-export.md",
    }
    with _opened(part / MANIFEST) as out:
        out.write(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode() + b"\n")


def _sums(part: Path) -> None:
    names = sorted(str(file.relative_to(part)) for file in part.rglob("*") if file.is_file())
    with _opened(part / SUMS) as out:
        for name in names:
            with open(part / name, "rb") as content:
                out.write(f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {name}\n".encode())


def _opened(place: Path) -> IO[bytes]:
    return open(place, "xb", opener=lambda path, flags: os.open(path, flags, 0o600))
