"""Gói hỗ trợ: what a helper far away needs to know about the machine, with nobody in it.

Nothing is taken from tables but their names and sizes. Lines of logs are blacked out again on the way: what is quoted,
what has Vietnamese letters, long numbers, folders and accounts are gone whoever wrote them.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import distributions, version
from pathlib import Path
from typing import Any

import psycopg

from chibo.platform import alarms, database, doctor, logs, notes, places, schedule
from chibo.platform.errors import Trouble
from chibo.platform.upkeep import RELEASE

_LINES = 4000  # of each log
_GONE = "…"
_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][\w-]*")  # a word with any letter beyond ASCII
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"postgres(?:ql)?://\S+"), _GONE),
    (re.compile(r"\"[^\"]*\"|'[^']*'|«[^»]*»|`[^`]*`"), _GONE),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{13,}"), _GONE),
    (re.compile(r"[^\s/=<>,;()]+@[^\s/=<>,;()]+"), _GONE),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), _GONE),
    (re.compile(r"\d{6,}"), _GONE),
    (_WORD, _GONE),
)


def write(file: Path) -> None:
    """Make the bundle at `file`. Raises Trouble when it exists or cannot be written."""
    file = file.expanduser().absolute()
    parts = list(_parts())
    try:
        with zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED) as made:
            for name, text in parts:
                made.writestr(name, text)
    except FileExistsError:
        raise Trouble(f"{file} đã có. Hãy chọn tên khác.") from None
    except OSError as error:
        raise Trouble(f"Không ghi được {file}: {error.strerror}.") from error


def blacked_out(text: str) -> str:
    """The text without what could name anybody or anything of theirs."""
    for folder in sorted(_folders(), key=len, reverse=True):
        text = text.replace(folder, "<folder>")
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def _parts() -> Iterator[tuple[str, str]]:
    yield "may.json", _json(_machine())
    yield "kham.txt", _doctor()
    yield "lich.json", _json(_upkeep())
    yield "bao-dong.json", _json([alarm.part for alarm in alarms.ringing(datetime.now(UTC))])
    try:
        yield "bang.json", _json(_tables())
    except (psycopg.Error, Trouble) as error:
        yield "bang.json", _json({"failed": type(error).__name__})
    home = places.chibo_home()
    for log in (*sorted((home / "logs").glob(f"{logs.FILE}*")), home / "postgres.log"):
        if log.is_file():
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LINES:]
            yield f"nhat-ky/{log.name}", "\n".join(blacked_out(line) for line in lines) + "\n"


def _machine() -> dict[str, Any]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "chibo": version("chibo"),
        "newest_here": notes.read(RELEASE).get("version"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "libc": platform.libc_ver(),
        "processors": os.cpu_count(),
        "memory_mb": memory,
        "free_mb": alarms.free_bytes() // 2**20,
        "as_root": os.geteuid() == 0,
        "embedded": database.database_url() is None,
        "environment": sorted(name for name in os.environ if name.startswith("CHIBO_")),  # names, never values
        "packages": {each.name: each.version for each in sorted(distributions(), key=lambda d: d.name.lower())},
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "executable_in_venv": sys.prefix != sys.base_prefix,
    }


def _doctor() -> str:
    """How many things are well, and which of them are not."""
    lines: list[str] = []
    doctor.examine(lines.append)
    well = sum(line.startswith("được") for line in lines)
    # the sentences are Vietnamese, so they cannot be blacked out: which looks failed is told by their place
    return f"{well} of {len(lines)} well\n" + "".join(
        f"{number}: {'well' if line.startswith('được') else 'NOT WELL'}\n" for number, line in enumerate(lines, 1)
    )


def _upkeep() -> dict[str, Any]:
    wanted, told = schedule.plan(), notes.read(schedule.TOLD)
    moments = ("backup_at", "backup_tried", "rehearsed_at", "rehearsal_tried", "backup_bytes")
    return {
        "plan": {"at": wanted.at, "keep": wanted.keep, "other_disk": wanted.other_disk} if wanted else None,
        **{name: told.get(name) for name in moments},
        "backup_failed": bool(told.get("backup_trouble")),
        "rehearsal_failed": bool(told.get("rehearsal_trouble")),
        "clock": notes.read(alarms.CLOCK),
    }


def _tables() -> dict[str, Any]:
    with psycopg.connect(database.dsn_for("owner")) as db:
        sizes = db.execute(
            "SELECT s.relname::text, pg_total_relation_size(c.oid), n_live_tup, n_dead_tup, last_autovacuum::date::text"
            " FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid ORDER BY 1"
        ).fetchall()
        applied = db.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
        changed = db.execute(
            "SELECT name, setting FROM pg_settings WHERE source NOT IN ('default', 'override') AND vartype <> 'string'"
            " ORDER BY 1"
        ).fetchall()
        return {
            "server": db.info.server_version,
            "tables": {name: rest for name, *rest in sizes},
            "migrations": [name for (name,) in applied],
            "settings": dict(changed),
        }


def _folders() -> list[str]:
    wanted = schedule.plan()
    found = [str(places.chibo_home()), str(Path.home()), *([wanted.folder] if wanted else [])]
    return [folder for folder in found if len(folder) > 1]


def _json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n"
