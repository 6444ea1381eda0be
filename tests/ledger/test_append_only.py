"""The ledger only grows: by right for the application, by trigger for the owner and the superuser."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from tests.ledger.conftest import OWNER, SUPERUSER, Connect

APP = "chibo_app"
KEPT = ["ledger_entry", "ledger_touch", "ledger_seal"]
CHANGES = ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
COLUMN = {"ledger_entry": "verb", "ledger_touch": "kind", "ledger_seal": "hash", "ledger_salt": "salt"}


def attempt(db: psycopg.Connection, table: str, change: str) -> None:
    column = COLUMN[table]
    db.execute(change.format(table, column, column))


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_has_no_right(connect: Connect, table: str, change: str):
    with pytest.raises(errors.InsufficientPrivilege):
        attempt(connect(APP), table, change)


@pytest.mark.parametrize("user", [OWNER, SUPERUSER])
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("change", CHANGES)
def test_the_trigger_stops_whoever_has_the_right(connect: Connect, user: str, table: str, change: str):
    with pytest.raises(errors.IntegrityError, match="the ledger only grows"):
        attempt(connect(user), table, change)


def test_an_upsert_is_no_way_around(connect: Connect):
    with pytest.raises(errors.IntegrityError, match="the ledger only grows"):
        connect(OWNER).execute(
            "INSERT INTO ledger_seal (id, entries, digests, previous, hash, at)"
            " VALUES (0, '{}', '', '', '', now())"
            " ON CONFLICT (id) DO UPDATE SET hash = EXCLUDED.hash"
        )


@pytest.mark.parametrize(("user", "refusal"), [(APP, errors.InsufficientPrivilege), (OWNER, errors.IntegrityError)])
def test_a_salt_is_never_exchanged(connect: Connect, user: str, refusal: type[psycopg.Error]):
    with pytest.raises(refusal):
        attempt(connect(user), "ledger_salt", CHANGES[0])


def test_a_salt_can_be_erased(connect: Connect):
    connect(APP).execute("DELETE FROM ledger_salt WHERE entry_id = 0")


@pytest.mark.parametrize("change", ["INSERT INTO ledger_waiting VALUES (1)", "UPDATE ledger_waiting SET entry_id = 1"])
def test_the_application_cannot_queue_entries_itself(connect: Connect, change: str):
    with pytest.raises(errors.InsufficientPrivilege):
        connect(APP).execute(change)
