#!/usr/bin/env python3
"""Đọc, kiểm một bản xuất của Chibo mà không dùng Chibo: chỉ cần Python.

    python3 read_export.py THƯ_MỤC            # kiểm: đủ tệp, đúng mã, đúng số dòng, mọi dẫn chiếu đều có đích
    python3 read_export.py THƯ_MỤC BẢNG       # in các dòng của một bảng

Written after docs/open-export.md; shares no line with the system. Ends with 0 when all holds, else 1.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows(folder: Path, about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a table."""
    with open(folder / about["file"], encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def faults(folder: Path) -> Iterator[str]:
    """What does not hold."""
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    present = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()} - {"SHA256SUMS"}
    yield from _sums(folder, present)
    ids = {name: {row.get("id") for row in rows(folder, about)} for name, about in told["tables"].items()}
    for name, about in told["tables"].items():
        yield from _table(folder, name, about, ids)
    if sum(name.startswith("files/") for name in present) != told["files"]:
        yield "số tệp đính kèm không như bản kê"


def _sums(folder: Path, present: set[str]) -> Iterator[str]:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    yield from (f"tệp {name} không có trong bản kê hoặc bị thiếu" for name in sorted(present ^ set(listed)))
    for name in sorted(present & set(listed)):
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != listed[name]:
            yield f"tệp {name} sai mã"


def _table(folder: Path, name: str, about: dict[str, Any], ids: dict[str, set[Any]]) -> Iterator[str]:
    links = [(column, each["of"]) for column, each in about["columns"].items() if each.get("of") in ids]
    links = [(column, other) for column, other in links if None not in ids[other]]  # keyed by something else
    count = 0
    for count, row in enumerate(rows(folder, about), 1):
        if set(row) != set(about["columns"]):
            yield f"bảng {name}, dòng {count}: cột không như bản kê"
        for column, other in links:
            if row.get(column) is not None and row[column] not in ids[other]:
                yield f"bảng {name}, dòng {count}: {column} = {row[column]} không có trong {other}"
    if count != about["rows"]:
        yield f"bảng {name}: {count} dòng, bản kê ghi {about['rows']}"


def main() -> int:
    """Check, or print a table."""
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for row in rows(folder, told["tables"][sys.argv[2]]):
            print(json.dumps(row, ensure_ascii=False))
        return 0
    found = list(faults(folder))
    for fault in found:
        print(f"✗ {fault}")
    print("Bản xuất không nguyên vẹn." if found else "✓ Bản xuất đủ, đúng.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
