"""Three roles and the way in: the machine's superuser, the schema's owner, the app that owns nothing."""

from __future__ import annotations

import contextlib
import os
from typing import Any, Literal

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from chibo.platform.cluster import Cluster
from chibo.platform.errors import Trouble
from chibo.platform.places import chibo_home

Role = Literal["app", "owner"]
DATABASE, OWNER, APP = "chibo", "chibo_owner", "chibo_app"
OLDEST_SERVER = 15
_NO_RIGHTS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
_PREPARED = "chibo: prepared, step 1"  # raise the step when `grant` changes
_clusters: dict[str, Cluster] = {}


def database_url() -> str | None:
    """`DATABASE_URL` when the installation uses a server of its own, None when it uses the embedded one."""
    return os.environ.get("DATABASE_URL", "").strip() or None


def embedded() -> Cluster:
    """This installation's own server, started and prepared, once per process. Raises Trouble."""
    home = chibo_home()
    cluster = _clusters.setdefault(str(home), Cluster(home))
    if not cluster.in_use():
        cluster.start()
        prepare(cluster.dsn())
    return cluster


def use(cluster: Cluster) -> None:
    """Work on that server of this installation's folder from now on: an older one, before its data are moved."""
    _clusters[str(cluster.home)] = cluster
    cluster.start()


def forget(cluster: Cluster) -> None:
    """Stop it, and let `embedded` choose anew."""
    cluster.stop()
    _clusters.pop(str(cluster.home), None)


def connection_settings(role: str = "app") -> dict[str, Any]:
    """What Django's DATABASES needs to work as `app` (default) or `owner`; starts the embedded server.

    With `DATABASE_URL` the URL's login is the owner, and `app` steps down to chibo_app as it connects.
    Raises Trouble for an unknown role, an unreadable URL, or a server that cannot start.
    """
    if url := database_url():
        return _django(_from_url(url, _known(role)))
    return settings_for(embedded(), role)


def settings_for(cluster: Cluster, role: str = "app", database: str = DATABASE) -> dict[str, Any]:
    """The same for a given running cluster and database; tests use it."""
    user = OWNER if _known(role) == "owner" else APP
    return _django(conninfo_to_dict(cluster.dsn(database, user)))


def dsn_for(role: Role) -> str:
    """The same as one libpq connection string, for the platform's own work."""
    if url := database_url():
        return make_conninfo(**_from_url(url, role))
    return embedded().dsn(DATABASE, OWNER if role == "owner" else APP)


def prepare(dsn: str | None = None, database: str = DATABASE) -> None:
    """Make roles, database and rights; safe to repeat and to run twice at once.

    `dsn` is a superuser's on the embedded server. None means this installation's own database, also
    behind DATABASE_URL, where the login must own the database. Raises Trouble when rights are missing.
    """
    if dsn is None:
        url = database_url()
        if not url:
            embedded()
            return
        _prepare_foreign(make_conninfo(**_from_url(url, "owner")))
        return
    with psycopg.connect(dsn, autocommit=True) as db:
        if _prepared(db, database):
            return
        db.execute("SELECT pg_advisory_lock(8420)")  # ours until this connection closes
        _make_role(db, OWNER)
        _make_role(db, APP)
        _make_database(db, database)
        with psycopg.connect(dsn, dbname=database) as inside:
            inside.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
            grant(inside, OWNER)
            mark = sql.SQL("COMMENT ON DATABASE {} IS {}")
            inside.execute(mark.format(sql.Identifier(database), sql.Literal(_PREPARED)))


def grant(db: psycopg.Connection[Any], owner: str) -> None:
    """What the application may do with everything the owner makes from now on."""
    database = db.execute("SELECT current_database()").fetchone()
    words = {
        "database": sql.Identifier(database[0] if database else DATABASE),
        "app": sql.Identifier(APP),
    }
    for line in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {app}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
    ):
        db.execute(sql.SQL(line).format(**words))
    db.execute(sql.SQL(default_rights(db, owner, give=True)))


def default_rights(db: psycopg.Connection[Any], owner: str, *, give: bool) -> str:
    """Statements that give the application, or take back, rights on what the owner has yet to make."""
    verb, to = ("GRANT", "TO") if give else ("REVOKE", "FROM")
    who, app = (sql.Identifier(name).as_string(db) for name in (owner, APP))
    return "".join(
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {who} {verb} {rights} {to} {app};\n"
        for rights in (
            "SELECT, INSERT, UPDATE, DELETE ON TABLES",
            "USAGE, SELECT ON SEQUENCES",
            "EXECUTE ON FUNCTIONS",
        )
    )


def server_major(db: psycopg.Connection[Any]) -> int:
    """The server's major version. Raises Trouble when it is older than we can work with."""
    major = db.info.server_version // 10000
    if major < OLDEST_SERVER:
        raise Trouble(
            f"Máy chủ trong DATABASE_URL là PostgreSQL {major}; Chibo cần từ bản {OLDEST_SERVER}. "
            "Hãy nâng cấp máy chủ, hoặc bỏ DATABASE_URL để dùng PostgreSQL kèm theo."
        )
    return major


def _prepared(db: psycopg.Connection[Any], database: str) -> bool:
    found = db.execute(
        "SELECT 1 FROM pg_database WHERE datname = %s AND shobj_description(oid, 'pg_database') = %s",
        [database, _PREPARED],
    )
    return found.fetchone() is not None


def look_at_tables() -> None:
    """Let the database count its tables anew: after a great load nothing is known of them until it does."""
    with psycopg.connect(dsn_for("owner"), autocommit=True) as db:
        db.execute("ANALYZE")


def _make_role(db: psycopg.Connection[Any], name: str) -> None:
    known = db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if known else "CREATE"
    db.execute(sql.SQL(f"{verb} ROLE {{}} LOGIN {_NO_RIGHTS}").format(sql.Identifier(name)))


def _make_database(db: psycopg.Connection[Any], database: str) -> None:
    line = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
        sql.Identifier(database), sql.Identifier(OWNER)
    )
    with contextlib.suppress(psycopg.errors.DuplicateDatabase):
        db.execute(line)


def _prepare_foreign(dsn: str) -> None:
    try:
        with psycopg.connect(dsn, autocommit=True) as db:
            server_major(db)
            login = db.info.user
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
                db.execute(sql.SQL(f"CREATE ROLE {{}} NOLOGIN {_NO_RIGHTS}").format(sql.Identifier(APP)))
            if not _may_step_down(db):
                db.execute(
                    sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(login)),
                )
            with db.transaction():
                grant(db, login)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Trouble(
            "Tài khoản trong DATABASE_URL chưa đủ quyền. Nhờ người quản trị PostgreSQL chạy:\n"
            f"  CREATE ROLE {APP} NOLOGIN;\n  GRANT {APP} TO tài_khoản;\n"
            "  ALTER DATABASE tên_cơ_sở_dữ_liệu OWNER TO tài_khoản;"
        ) from error
    except psycopg.OperationalError as error:
        raise Trouble(f"Không kết nối được DATABASE_URL: {error}") from error


def _may_step_down(db: psycopg.Connection[Any]) -> bool:
    # from PostgreSQL 16 on, who makes a role administers it but may not yet become it
    right = "SET" if db.info.server_version >= 160000 else "MEMBER"
    found = db.execute("SELECT pg_has_role(current_user, %s, %s)", [APP, right]).fetchone()
    return bool(found and found[0])


def _from_url(url: str, role: Role) -> dict[str, Any]:
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise Trouble("DATABASE_URL không đọc được. Dạng đúng: postgresql://tài_khoản:mật_khẩu@máy:5432/tên") from error
    if not given.get("dbname"):
        raise Trouble("DATABASE_URL thiếu tên cơ sở dữ liệu ở cuối.")
    if role == "app":
        given["options"] = f"{given.get('options') or ''} -c role={APP}".strip()
    return dict(given)


def _django(given: dict[str, Any]) -> dict[str, Any]:
    rest = dict(given)
    named = {
        "NAME": rest.pop("dbname", ""),
        "USER": rest.pop("user", ""),
        "PASSWORD": rest.pop("password", ""),
        "HOST": rest.pop("host", ""),
        "PORT": str(rest.pop("port", "") or ""),
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "OPTIONS": rest,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _known(role: str) -> Role:
    if role == "app":
        return "app"
    if role == "owner":
        return "owner"
    raise Trouble(f"CHIBO_DB_ROLE={role!r}: chỉ nhận app hoặc owner.")
