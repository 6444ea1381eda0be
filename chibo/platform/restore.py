"""Phục hồi: a verified backup into an empty installation, whole or not at all, then proved equal."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from chibo.platform import archive, canonical, database, erased, locking, places, tools
from chibo.platform.errors import Trouble
from chibo.platform.upkeep import numbers
from chibo.platform.words import say

# done apart: rights come after the tables, extensions' comments belong to whoever installed them
_APART = re.compile(r"^\d+; \d+ \d+ (ACL|DEFAULT ACL|COMMENT - EXTENSION)\b")
_RIGHTS = re.compile(r"^\d+; \d+ \d+ ACL\b")


def restore(file: Path, key: str | None = None) -> None:
    """Bring back what `file` holds; a locked one with the key given, or the one kept here.

    Raises Trouble before anything is written when a bit of the file differs, when it comes from a newer
    Chibo, or when this installation already holds data; and undoes everything when the result differs.
    What was erased after the backup was made is learnt from the file beside it, for `upkeep` to erase again.
    """
    file = file.expanduser().absolute()
    if not file.is_file():
        raise Trouble(f"Không có tệp {file}.")
    home = places.chibo_home()
    erased.take(file.parent)
    with tempfile.TemporaryDirectory(dir=home, prefix="restore-") as scratch:
        if locking.locked(file):
            key = locking.unlock(file, Path(scratch) / "open.chibo", key)
            _restore(Path(scratch) / "open.chibo", home, Path(scratch))
            locking.keep_key(key)  # the paper stays good for what this machine writes from now on
        else:
            _restore(file, home, Path(scratch))


def _restore(file: Path, home: Path, scratch: Path) -> None:
    say("Kiểm tra tệp sao lưu...")
    manifest = archive.verify(file)
    if numbers(manifest.version) > numbers(version("chibo")):
        raise Trouble(f"Tệp do Chibo {manifest.version} tạo, mới hơn bản đang dùng. Hãy nâng cấp Chibo.")
    database.prepare()
    _must_be_empty(places.files_dir(home), manifest)
    archive.extract(file, scratch)
    say("Nạp cơ sở dữ liệu...")
    _load(scratch, manifest)
    say("So lại với bản kê...")
    _prove(manifest)
    database.look_at_tables()
    _place_files(scratch / "files", places.files_dir(home))
    day = datetime.fromisoformat(manifest.created_at)
    say(f"Đã phục hồi bản sao lưu ngày {day:%d/%m/%Y %H:%M} UTC; dữ liệu khớp từng dòng.")


def _must_be_empty(files: Path, manifest: archive.Manifest) -> None:
    present = {f"files/{f.relative_to(files)}" for f in files.rglob("*") if f.is_file()}
    strange = present - manifest.members.keys()
    with psycopg.connect(database.dsn_for("owner")) as db:
        tools.known_major(db)
        if strange or not canonical.empty(db):
            raise Trouble(
                "Nơi này đã có dữ liệu nên không phục hồi đè lên. "
                "Hãy đặt CHIBO_HOME (hoặc DATABASE_URL) tới một nơi trống rồi chạy lại."
            )


def _load(scratch: Path, manifest: archive.Manifest) -> None:
    """One transaction as the owner: take the default rights back, load, give the rights of the backup."""
    dump = str(scratch / archive.DUMP)
    listing = tools.run("pg_restore", "--list", dump, connect=False).splitlines()
    _script(scratch / "main", dump, [line for line in listing if not _APART.match(line)])
    _script(scratch / "rights", dump, [line for line in listing if _RIGHTS.match(line)])
    with psycopg.connect(database.dsn_for("owner")) as db:
        row = db.execute("SELECT current_user").fetchone()
        owner = str(row[0]) if row else database.OWNER
        for name in ("main", "rights"):
            _tune(scratch / f"{name}.sql", database.server_major(db))
        _rename_owner(scratch / "rights.sql", manifest.owner, owner, db)
        (scratch / "before.sql").write_text(database.default_rights(db, owner, give=False))
        (scratch / "after.sql").write_text(database.default_rights(db, owner, give=True))
    scripts = (str(scratch / f"{name}.sql") for name in ("before", "main", "rights", "after"))
    order = [word for script in scripts for word in ("-f", script)]
    tools.run("psql", "-X", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", *order)


def _script(stem: Path, dump: str, lines: list[str]) -> None:
    listing = stem.with_suffix(".list")
    listing.write_text("\n".join(lines) + "\n")
    acl = [] if stem.name == "rights" else ["--no-acl"]
    script = str(stem.with_suffix(".sql"))
    tools.run("pg_restore", "--no-owner", *acl, "-L", str(listing), "-f", script, dump, connect=False)


def _tune(script: Path, major: int) -> None:
    """Comment out the one setting of our pg_restore that servers before 17 do not know, in place."""
    if major >= 17:
        return
    line = b"SET transaction_timeout = 0;"
    with open(script, "r+b") as text:
        at = text.read(8192).find(line)
        if at >= 0:
            text.seek(at)
            text.write(b"--" + line[2:])


def _rename_owner(script: Path, old: str, new: str, db: psycopg.Connection[Any]) -> None:
    if old != new:
        quoted = sql.Identifier(new).as_string(db)
        text = script.read_text()
        script.write_text(re.sub(rf'(?<=FROM |..TO )"?{re.escape(old)}"?(?=;| WITH)', lambda _: quoted, text))


def _prove(manifest: archive.Manifest) -> None:
    with psycopg.connect(database.dsn_for("owner")) as db:
        same = canonical.data_digest(db) == manifest.data_sha256
        if database.server_major(db) == manifest.server_major:  # elsewhere the server words its shape differently
            same = same and canonical.shape_digest(db) == manifest.shape_sha256
        if same:
            return
        db.execute("DROP SCHEMA public CASCADE")
        db.execute("CREATE SCHEMA public")
        database.grant(db, db.info.user)
    raise Trouble("Dữ liệu nạp xong không khớp bản kê nên đã gỡ ra hết. Hãy giữ tệp sao lưu và báo người hỗ trợ.")


def _place_files(source: Path, target: Path) -> None:
    for file in sorted(source.rglob("*")) if source.exists() else []:
        if file.is_file():
            place = target / file.relative_to(source)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(file, place)
