"""Health: one line for each thing an installation stands on, and what to do when it is not well."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from chibo.platform import alarms, database, places
from chibo.platform.errors import Trouble
from chibo.platform.serve import free_port

NEEDED_EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
_ZONES = Path("/usr/share/zoneinfo")


def examine(show: Callable[[str], None] = print) -> int:
    """Khám máy: show one line per finding. Returns 0 when all is well, else 1."""
    well = True
    for look in (_python, _libc, _zones, _clock, _home, _door, _server):
        try:
            for line in look():
                show(f"được    {line}")
        except Trouble as trouble:
            well = False
            show(f"KHÔNG   {trouble}")
    return 0 if well else 1


def _python() -> Iterator[str]:
    yield f"Python {platform.python_version()} tại {sys.executable}"


def _libc() -> Iterator[str]:
    name, number = platform.libc_ver()
    if database.database_url() is None:
        parts = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
        if name != "glibc" or parts < (2, 34):
            raise Trouble(
                f"Thư viện C {name or 'không rõ'} {number}: PostgreSQL kèm theo cần glibc từ 2.34 "
                "(Debian 12 trở lên). Hãy nâng cấp hệ điều hành hoặc đặt DATABASE_URL."
            )
    yield f"thư viện C {name} {number}"


def _zones() -> Iterator[str]:
    if not (_ZONES / "Asia/Ho_Chi_Minh").exists():
        raise Trouble(f"Thiếu múi giờ trong {_ZONES}. Hãy cài: apt-get install tzdata")
    yield "múi giờ Asia/Ho_Chi_Minh"


def _clock() -> Iterator[str]:
    now = datetime.now(UTC)
    alarms.clock_is_sane(now)
    yield f"đồng hồ {now:%d/%m/%Y %H:%M} UTC"


def _home() -> Iterator[str]:
    home = places.chibo_home()
    yield f"ghi được vào {home}"
    free = shutil.disk_usage(home).free
    if free < alarms.ROOM:
        raise Trouble(f"Ổ đĩa của {home} chỉ còn {free // 2**20} MB; nên còn từ {alarms.ROOM // 2**20} MB.")
    yield f"ổ đĩa còn {free // 2**30} GB"


def _door() -> Iterator[str]:
    number = places.port()
    if free_port("127.0.0.1", number):
        yield f"cổng {number} còn trống"
    else:
        yield f"cổng {number} đang có chương trình dùng (nếu là Chibo đang chạy thì không sao)"


def _server() -> Iterator[str]:
    if database.database_url() is None:
        cluster = database.embedded()
        yield f"PostgreSQL {cluster.version} kèm theo khởi động được, ổ cắm {cluster.socket_dir}"
    else:
        database.prepare()
    try:
        with psycopg.connect(database.dsn_for("owner")) as db:
            yield f"PostgreSQL bản {database.server_major(db)}"
            yield from _extensions(db)
        with psycopg.connect(database.dsn_for("app")) as db:
            yield from _rights(db)
    except psycopg.OperationalError as error:
        raise Trouble(f"Không kết nối được cơ sở dữ liệu: {error}") from error


def _extensions(db: psycopg.Connection[Any]) -> Iterator[str]:
    rows = db.execute("SELECT name FROM pg_available_extensions").fetchall()
    missing = sorted(set(NEEDED_EXTENSIONS) - {name for (name,) in rows})
    if missing:
        raise Trouble(
            f"Máy chủ thiếu phần mở rộng {', '.join(missing)}. Hãy cài gói postgresql-contrib cho máy chủ đó."
        )
    yield f"phần mở rộng {', '.join(NEEDED_EXTENSIONS)}"


def _rights(db: psycopg.Connection[Any]) -> Iterator[str]:
    found = db.execute(
        """
        SELECT rolname, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole,
               (SELECT count(*) FROM pg_class WHERE relowner = r.oid)
               + (SELECT count(*) FROM pg_database WHERE datdba = r.oid)
               + (SELECT count(*) FROM pg_namespace WHERE nspowner = r.oid),
               has_schema_privilege(r.oid, 'public', 'CREATE')
        FROM pg_roles r WHERE rolname = current_user
        """
    ).fetchone()
    if found is None or found[1:] != (False, 0, False):
        raise Trouble(
            f"Vai {database.APP} có quyền quá rộng (quản trị, bỏ qua phân quyền dòng, sở hữu hoặc tạo bảng). "
            "Hãy thu hồi các quyền đó trong PostgreSQL."
        )
    yield f"vai {found[0]} không sở hữu gì, không vượt được phân quyền dòng"
    if os.geteuid() == 0 and database.database_url() is None:
        yield f"máy chủ dữ liệu chạy bằng tài khoản '{database.embedded().account.pw_name}', không phải root"
