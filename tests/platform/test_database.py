"""Three roles: who owns, who works, and that the one who works cannot step over the wall."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chibo.platform import database
from chibo.platform.cluster import Cluster
from chibo.platform.errors import Trouble
from tests.platform.conftest import seed, short_folder

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def server(template):
    """One server for all of this file."""
    with short_folder() as place:
        seed(template, place)
        made = Cluster(place, durable=False)
        made.start()
        yield made
        made.stop()


@pytest.fixture
def name(server):
    """A prepared database of the test's own."""
    made = f"t_{uuid4().hex}"
    database.prepare(server.dsn(), made)
    return made


@pytest.fixture
def as_owner(server, name):
    with psycopg.connect(server.dsn(name, "chibo_owner"), autocommit=True) as db:
        yield db


@pytest.fixture
def as_app(server, name):
    with psycopg.connect(server.dsn(name, "chibo_app"), autocommit=True) as db:
        yield db


def test_the_application_has_no_rights_of_its_own(as_app):
    assert (
        as_app.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        == (False,) * 5
    )
    owned = as_app.execute(
        "SELECT (SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole)"
        " + (SELECT count(*) FROM pg_database WHERE datdba = current_user::regrole)"
        " + (SELECT count(*) FROM pg_namespace WHERE nspowner = current_user::regrole)"
    ).fetchone()
    assert owned == (0,)
    assert as_app.execute("SELECT pg_has_role('chibo_owner', 'MEMBER')").fetchone() == (False,)


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE walled DISABLE ROW LEVEL SECURITY",
        "TRUNCATE walled",
        "SET ROLE chibo_owner",
        "SET ROLE chibo_super",
        "CREATE DATABASE mine",
    ],
)
def test_the_application_cannot(as_owner, as_app, attempt):
    as_owner.execute("CREATE TABLE walled (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(attempt)


def test_row_security_binds_the_application_and_not_the_owner(as_owner, as_app):
    as_owner.execute(
        "CREATE TABLE walled (id int GENERATED ALWAYS AS IDENTITY, shown bool);"
        "ALTER TABLE walled ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY shown ON walled USING (shown)"
    )
    as_app.execute("INSERT INTO walled (shown) VALUES (true)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute("INSERT INTO walled (shown) VALUES (false)")
    as_owner.execute("INSERT INTO walled (shown) VALUES (false)")
    assert as_app.execute("SELECT count(*) FROM walled").fetchone() == (1,)
    assert as_owner.execute("SELECT count(*) FROM walled").fetchone() == (2,)


def test_the_owner_makes_extensions_without_being_superuser(as_owner):
    for name in ("btree_gist", "unaccent", "pg_trgm"):
        as_owner.execute(f"CREATE EXTENSION {name}")
    assert as_owner.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone() == (
        False,
        False,
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_owner.execute("CREATE EXTENSION file_fdw")


def test_preparing_twice_at_once_is_harmless(server):
    with ThreadPoolExecutor(4) as many:
        list(many.map(lambda _: database.prepare(server.dsn(), "another"), range(4)))
    with psycopg.connect(server.dsn("another", "chibo_app")) as db:
        assert db.execute("SELECT current_user::text").fetchone() == ("chibo_app",)


def test_settings_for_django_connect_as_asked(server, name):
    for role, user in (("app", "chibo_app"), ("owner", "chibo_owner")):
        given = database.settings_for(server, role, name)
        assert given["ENGINE"] == "django.db.backends.postgresql"
        with psycopg.connect(
            host=given["HOST"],
            port=given["PORT"],
            user=given["USER"],
            dbname=given["NAME"],
            **given["OPTIONS"],
        ) as db:
            assert db.info.user == user


@pytest.fixture
def foreign(server, monkeypatch):
    """A database of somebody else's server, and the login that owns it."""
    with psycopg.connect(server.dsn(), autocommit=True) as db:
        db.execute("CREATE ROLE office LOGIN")
        db.execute("CREATE DATABASE elsewhere OWNER office")
        socket = str(server.socket_dir).replace("/", "%2F")
        monkeypatch.setenv("DATABASE_URL", f"postgresql://office@{socket}:{server.port}/elsewhere")
        yield db
        db.execute("DROP DATABASE elsewhere")
        db.execute("DROP ROLE office")


def test_a_login_that_may_not_step_down_is_told_what_to_ask_for(foreign):
    with pytest.raises(Trouble, match="GRANT chibo_app TO"):
        database.prepare()


def test_behind_a_url_the_application_steps_down_as_it_connects(foreign):
    foreign.execute("GRANT chibo_app TO office")
    database.prepare()
    with psycopg.connect(database.dsn_for("owner"), autocommit=True) as db:
        assert db.execute("SELECT current_user::text").fetchone() == ("office",)
        db.execute("CREATE TABLE ours (id int)")
    with psycopg.connect(database.dsn_for("app"), autocommit=True) as db:
        assert db.execute("SELECT current_user::text, count(*) FROM ours").fetchone() == ("chibo_app", 0)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("CREATE TABLE mine (id int)")
    settings = database.connection_settings("app")
    assert settings["USER"] == "office"
    assert settings["OPTIONS"] == {"options": "-c role=chibo_app"}


@pytest.mark.parametrize("url", ["postgresql://somebody@localhost", "postgresql://[", "sqlite:///x.db"])
def test_an_unreadable_url_is_a_sentence(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(Trouble, match="DATABASE_URL"):
        database.connection_settings("app")


def test_an_unknown_role_is_a_sentence(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/x")
    with pytest.raises(Trouble, match="CHIBO_DB_ROLE"):
        database.connection_settings("root")


def test_an_old_server_is_refused():
    class Old:
        class info:
            server_version = 140012

    with pytest.raises(Trouble, match="PostgreSQL 14"):
        database.server_major(Old())


def test_the_url_of_a_dead_server_is_a_sentence(monkeypatch, home):
    monkeypatch.setenv("DATABASE_URL", make_conninfo(host=str(home), dbname="x", user="y"))
    with pytest.raises(Trouble, match="DATABASE_URL"):
        database.prepare()
