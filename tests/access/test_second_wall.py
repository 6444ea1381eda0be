"""The second wall as the database holds it: the application's rights, the policies, the tables nobody rewrites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from psycopg.types.json import Jsonb

from chibo.access.querysets import ScopedQuerySet
from chibo.access.wall import raise_wall
from chibo.kernel.actor import NOBODY, Actor
from tests.access.conftest import as_application
from tests.access.world import PRINCIPALS, World

pytestmark = pytest.mark.django_db

# Tables without a scope. A new one needs a reason here, or `scope_columns` and policies of its own.
NO_SCOPE = {
    "access_account": "a name and a hash; asked before anybody is known",
    "access_handover": "keyed hashes; asked before anybody is known",
    "access_authenticator": "a salt and a number; asked before anybody is known",
    "access_recoverycode": "keyed hashes; asked before anybody is known",
    "access_secondstep": "which offices, the same for everybody",
    "access_session": "a visitor's own, found by its secret key",
    "access_failedsignin": "counted before anybody is known",
    "ledger_entry": "verbs and ids, no names and no values",
    "ledger_touch": "kinds and ids",
    "ledger_salt": "random bytes",
    "ledger_waiting": "ids of entries no seal holds yet",
    "ledger_seal": "hashes",
    "figures_tally": "sums of branches; read through a function that asks the wall, by nobody directly",
    "figures_pending": "what is not yet added to those sums; likewise",
    "ledger_attachment": "hashes and sizes; a row of a room says who may read the file",
}
# What happened is not rewritten: the application may add rows, and only an owner moves their scope.
APPEND_ONLY = {
    "access_datarequest", "access_dataanswer", "access_filledform",
    "ledger_entry", "ledger_touch", "ledger_seal", "cadres_papernumber", "meetings_sheetentry", "meetings_closure",
    "meetings_rollexception", "meetings_minutes", "meetings_minutesnote", "meetings_taskresult",
    "reports_monthreport", "reports_reviewtext", "reports_issuedreview", "directives_receipt", "directives_qualitymark",
    "reports_reportnote", "cadres_villagestep", "issues_remedyreport", "issues_remedycheck", "issues_turn",
    "targets_planissue", "targets_linesaid", "targets_targetsaid",
    "returns_entry", "returns_step", "returns_remark", "returns_value",
    "meetings_observationnote",
    "meetings_changetried", "meetings_changeeffect", "ledger_attachment",
}  # fmt: skip
ERASABLE = {"ledger_salt": {"DELETE"}}  # a person's content goes with its salt, the chain still holds (decision 16)
# The second wall lets more through than the first, and why.
WIDER = {
    "access_datarequest": "whoever reads the person: the first wall asks who keeps the book of members",
    "access_filledform": "whoever reads the unit: the first wall asks who keeps the book of members",
    "access_dataanswer": "whoever reads the person: the first wall asks who keeps the book of members",
    "access_reading": "whoever reads the person: the first wall asks for the right of the log",
    "organisation_unit": "names of the line above",
    "organisation_placement": "names of the line above",
    "organisation_pathversion": "names of the line above",
    "returns_form": "what the line above asks for: the first wall has named_to",
    "returns_line": "likewise",
    "returns_linecheck": "likewise",
    "membership_person": "names of those who belonged here when a roll is taken late",
    "membership_belonging": "where a guest is at home, where a former member was sent",
    "membership_standing": "whether a guest, or a former member, votes",
    "membership_absence": "whether a guest, or a former member, is counted",
}


def ask(query: str, *facts: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, facts)
        return cursor.fetchall()


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("chibo.") and not m._meta.proxy]


SCOPED = [m for m in our_models() if getattr(m, "scope_columns", None)]
TABLES = [m._meta.db_table for m in SCOPED]


def test_every_model_has_a_scope_or_a_reason() -> None:
    for model in our_models():
        table, scoped = model._meta.db_table, model in SCOPED
        assert scoped != (table in NO_SCOPE), (
            f"{table}: give the model scope_columns, a ScopedQuerySet and policies, or a reason in NO_SCOPE"
        )
        has_path = any(f.name.endswith("_path") for f in model._meta.local_fields)
        assert scoped or not has_path, f"{table} has a path and no scope_columns"


@pytest.mark.parametrize("model", SCOPED, ids=TABLES)
def test_scoped_models_are_read_through_the_scope(model: Any) -> None:
    names = {f.attname for f in model._meta.local_fields} | {f.name for f in model._meta.local_fields}
    assert {*model.scope_columns, *getattr(model, "own_columns", ())} <= names
    assert isinstance(model.objects.all(), ScopedQuerySet)


@pytest.mark.sweep
@pytest.mark.parametrize("table", TABLES)
def test_every_scoped_table_has_its_policies(table: str) -> None:
    on, forced = ask("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table)[0]
    assert (on, forced) == (True, False)
    rows = ask(
        "SELECT cmd, permissive, roles::text[], coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies"
        " WHERE schemaname = 'public' AND tablename = %s", table,
    )  # fmt: skip
    found = {cmd: (qual, check) for cmd, _, _, qual, check in rows}
    assert set(found) == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert all(roles == ["public"] and kind == "PERMISSIVE" for _, kind, roles, _, _ in rows)
    assert not [each for pair in found.values() for each in pair if each == "true"]
    assert "chibo_writes" in found["INSERT"][1]
    assert "chibo_writes" in found["UPDATE"][1]
    assert "chibo_writes" in found["DELETE"][0]


def test_tables_without_a_model_are_known() -> None:
    tables = {row[0] for row in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    django = {m._meta.db_table for m in apps.get_models()} | {
        f.m2m_db_table() for m in apps.get_models() for f in m._meta.local_many_to_many
    }
    assert tables - django == {"django_migrations"}


def test_the_application_owns_nothing_and_passes_nothing_by() -> None:
    assert ask("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
               " WHERE rolname = 'chibo_app'") == [(False,) * 5]  # fmt: skip
    for catalogue, owner in [("pg_class", "relowner"), ("pg_proc", "proowner"), ("pg_namespace", "nspowner"),
                             ("pg_type", "typowner"), ("pg_database", "datdba")]:  # fmt: skip
        assert ask(f"SELECT count(*) FROM {catalogue} WHERE {owner} = 'chibo_app'::regrole") == [(0,)], catalogue
    assert ask("SELECT count(*) FROM pg_auth_members WHERE member = 'chibo_app'::regrole") == [(0,)]
    assert ask("SELECT has_schema_privilege('chibo_app', 'public', 'CREATE')") == [(False,)]


@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON {table} USING (true)",
        "DROP POLICY sees ON {table}",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "TRUNCATE {table} CASCADE",
        "CREATE OR REPLACE FUNCTION chibo_sees(path text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "SET LOCAL row_security = off; SELECT * FROM {table}",
        "SET LOCAL session_replication_role = replica",
    ],
)
def test_the_application_cannot_take_the_wall_down(world: World, attempt: str) -> None:
    with as_application():
        raise_wall(NOBODY)
        with pytest.raises(DatabaseError), transaction.atomic():
            ask(attempt.format(table="meetings_meeting"))


def test_what_happened_is_not_rewritten() -> None:
    guarded = {row[0] for row in ask(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid"
        " WHERE proname IN ('chibo_only_scope_moves', 'ledger_is_append_only')"
    )}  # fmt: skip
    assert guarded >= APPEND_ONLY - {"ledger_seal"}, "a table of facts lost its trigger"
    for table in sorted(guarded | APPEND_ONLY):
        for right in {"UPDATE", "DELETE", "TRUNCATE"} - ERASABLE.get(table, set()):
            held = ask("SELECT has_table_privilege('chibo_app', %s, %s)", table, right)
            assert held == [(False,)], f"chibo_app may {right} {table}: revoke it in the migration"


def actors(world: World) -> Iterator[tuple[str, Actor]]:
    for principal, name in PRINCIPALS.items():
        yield principal, world.commune.actor(name) if name else NOBODY


@pytest.mark.sweep
@pytest.mark.parametrize("model", SCOPED, ids=TABLES)
def test_both_walls_draw_the_same_line(model: Any, world: World) -> None:
    for principal, actor in list(actors(world)):
        first = set(model.objects.visible_to(actor).values_list("pk", flat=True))
        with as_application():
            raise_wall(actor)
            second = set(model.objects.values_list("pk", flat=True))
        same = second >= first if model._meta.db_table in WIDER else second == first
        assert same, f"{principal}: first wall only {first - second}, second only {second - first}"


def test_before_anybody_is_named_nothing_is_seen(world: World) -> None:
    with as_application():
        for table in TABLES:
            assert ask(f"SELECT count(*) FROM {table}") == [(0,)], table


@pytest.mark.sweep
@pytest.mark.parametrize("model", SCOPED, ids=TABLES)
def test_nothing_is_written_beyond_the_wall(model: Any, world: World) -> None:
    """A row of another unit is not put in, not changed and not taken away, whatever the application forgot."""
    table = model._meta.db_table
    rows = [json.loads(row[0]) for row in ask(f"SELECT to_jsonb(t)::text FROM {table} t")]
    with connection.cursor() as cursor:  # the wall alone: some triggers would refuse these rows before it is asked
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DISABLE TRIGGER USER")
    for principal in ("secretary", "office", "member", "anonymous"):
        actor = dict(actors(world))[principal]
        beyond = [row for row in rows if not any(_inside(row[c], actor) for c in model.scope_columns)]
        with as_application():
            raise_wall(actor)
            for row in beyond[:3]:
                _refused(f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)", row)
            _untouched(f"UPDATE {table} SET scope_path = scope_path || '0' WHERE NOT chibo_writes(scope_path)")
            _untouched(f"DELETE FROM {table} WHERE NOT chibo_writes(scope_path)")


def _inside(path: str, actor: Actor) -> bool:
    return any(path in area for area in actor.writing_ranges())


def _refused(query: str, row: Any) -> None:
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        ask(query, Jsonb(row))


def _untouched(query: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query)
            assert cursor.rowcount == 0, query
    except DatabaseError as error:
        assert "row-level security" in str(error) or "permission denied" in str(error)
