"""Sao lưu: one verified file with the database, the attachments and the proof that both are whole."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from chibo.platform import archive, canonical, database, erased, places, tools
from chibo.platform.cluster import sync_folder
from chibo.platform.errors import Trouble
from chibo.platform.words import say


def backup(file: Path) -> archive.Manifest:
    """Write everything of this installation to `file`; it appears there only when verified.

    Raises Trouble when the file exists, cannot be written, or reads back differently.
    """
    file = file.expanduser().absolute()
    part = file.with_name(file.name + ".part")
    if file.exists():
        raise Trouble(f"{file} đã có. Hãy chọn tên khác, hoặc dời tệp cũ đi.")
    database.prepare()
    try:
        part.unlink(missing_ok=True)  # of a backup that was cut off
        manifest = _write(part)
        say("Kiểm tra lại tệp...")
        archive.verify(part)
        part.rename(file)
        erased.carry(file.parent)
        sync_folder(file.parent)
    except OSError as error:
        raise Trouble(f"Không ghi được {file}: {error.strerror}. Hãy chọn nơi khác hoặc dọn ổ đĩa.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    size, attached = file.stat().st_size / 2**10, len(manifest.members) - 1
    say(f"Đã sao lưu vào {file} ({size:.0f} KB, {attached} tệp đính kèm).")
    return manifest


def _write(part: Path) -> archive.Manifest:
    home = places.chibo_home()
    with tempfile.TemporaryDirectory(dir=home, prefix="backup-") as scratch:
        dump = Path(scratch) / archive.DUMP
        manifest = _dump(dump)
        tools.run("pg_restore", "--list", str(dump), connect=False)
        say("Đóng gói...")
        members = [(archive.DUMP, dump)]
        files = places.files_dir(home)
        kept = (f for f in sorted(files.rglob("[!.]*")) if f.is_file())  # a dot: still being written
        members += [(f"files/{f.relative_to(files)}", f) for f in kept]
        archive.write(part, manifest, members)
    return manifest


def _dump(dump: Path) -> archive.Manifest:
    """Dump and hash one and the same moment of the database."""
    with psycopg.connect(database.dsn_for("owner")) as db:
        db.isolation_level, db.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        major = tools.known_major(db)
        row = db.execute("SELECT pg_export_snapshot(), current_user").fetchone()
        snapshot, owner = row or ("", "")
        say("Đọc cơ sở dữ liệu...")
        tools.run("pg_dump", "-Fc", "--no-sync", f"--snapshot={snapshot}", "-f", str(dump))
        say("Tính mã kiểm dữ liệu...")
        return archive.Manifest(
            version=version("chibo"),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            server_major=major,
            owner=owner,
            data_sha256=canonical.data_digest(db),
            shape_sha256=canonical.shape_digest(db),
        )
