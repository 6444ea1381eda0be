"""Security T4, T5: of a thousand changes by a superuser below the last printed checkpoint, a thousand are found."""

from __future__ import annotations

import importlib.util
import uuid
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string

from chibo.ledger.operations import checkpoint, record, seal
from chibo.ledger.verification import examine
from chibo.meetings.operations import add_note
from tests.commune import EVENING, found_commune
from tests.ledger.conftest import DAY, SECRETARY, switch_triggers
from tests.ledger.tampering import KEPT, WAYS, cut_the_end, rewrite_the_chain, sql

ATTEMPTS = 1_000
PARTS = 4
ROOT = Path(__file__).resolve().parents[2]
Finding = tuple[str, int | None, int | None]


def _independent():
    about = importlib.util.spec_from_file_location("verify_ledger", ROOT / "packaging" / "verify_ledger.py")
    made = importlib.util.module_from_spec(about)
    about.loader.exec_module(made)
    return made


verifier = _independent()


@pytest.fixture
def past(intruder) -> tuple[int, str]:
    """A commune's autumn, sealed as it went along; the checkpoint somebody has on paper."""
    commune = found_commune()
    for month in (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)):
        for unit, by, absent in ((commune.na_loc, "Inh", "Hoa"), (commune.pom_khe, "Liên", "Bun")):
            meeting = commune.meeting(unit, month)
            commune.mark(meeting, absent, "absent", "ốm", by=by)
            commune.mark(meeting, "Uyên" if by == "Inh" else "Muôn", "late", by=by)
            minutes = commune.close(meeting, by=by, conclusion=f"Nhất trí {month.month}", resolution="yes")
            add_note(minutes, f"Sửa {month.month}", key=uuid.uuid4(), at=EVENING, by=commune.actor(by), by_name=by)
        seal(at=EVENING + timedelta(minutes=month.month))
    for number in range(30):
        record(SECRETARY, "return.sent", on=DAY, unit_id=number, touched=[("figures.return", number)],
               content={"said": number} if number % 3 else None)  # fmt: skip
        if number % 10 == 9:
            seal(at=EVENING + timedelta(hours=number))
    printed = checkpoint()
    assert printed
    sql("CREATE TEMP TABLE kept_contents AS SELECT id AS entry_id FROM ledger_entry WHERE content_hash IS NOT NULL"
        " AND id IN (SELECT entry_id FROM meetings_minutes UNION SELECT entry_id FROM meetings_resolution"
        " UNION SELECT id FROM ledger_entry WHERE verb = 'minutes.noted')")  # fmt: skip
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    _drop_what_a_superuser_would_drop()
    assert looked_through(printed) == ([], set())
    switch_triggers(on=False)
    return printed


def _drop_what_a_superuser_would_drop() -> None:
    for table, name in sql("SELECT conrelid::regclass::text, conname FROM pg_constraint"
                           " WHERE contype IN ('c', 'x') AND conrelid::regclass::text = ANY(%s)",
                           list(KEPT)):  # fmt: skip
        sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def looked_through(printed: tuple[int, str]) -> tuple[list[str], set[Finding]]:
    """All `chibo check` finds, and the ledger's part as the program that shares no line with it finds it."""
    found = examine([printed])
    again = verifier.examine(connection.connection, [printed])
    assert {(f.code, f.seal, f.entry) for f in found} == again
    return [str(f) for f in found] + rooms(), again


def tampered(way, rnd: Random, printed: tuple[int, str]) -> tuple[str, list[str]] | None:
    """Do it, look, undo it. None when the database itself would not have it, or it changed nothing."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                done = way(rnd)
        except (DatabaseError, LookupError):
            return None
        found, _ = looked_through(printed)
        transaction.set_rollback(True)
    return done, found


@pytest.mark.server
@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_of_a_thousand_are_found(past, part: int):
    rnd, tries, kinds = Random(20261103 + part), 0, Counter()
    while sum(kinds.values()) < ATTEMPTS // PARTS:
        tries += 1
        assert tries < ATTEMPTS, f"too many changes the database would not have: {kinds}"
        (way,) = rnd.choices(list(WAYS), list(WAYS.values()))
        outcome = tampered(way, rnd, past)
        if outcome is None:
            continue
        done, found = outcome
        assert found, f"not found after {sum(kinds.values())} others: {done}"
        kinds[way.__name__] += 1
    assert set(kinds) == {each.__name__ for each in WAYS}
    assert looked_through(past) == ([], set())
    print(f"found {sum(kinds.values())} of {sum(kinds.values())}: {dict(kinds)}")


@pytest.mark.sweep
def test_each_way_is_found(past):
    for way in WAYS:
        outcomes = [outcome for seed in range(5) if (outcome := tampered(way, Random(seed), past))]
        assert outcomes, way
        assert all(found for _, found in outcomes), outcomes


@pytest.mark.sweep
def test_what_the_house_could_have_done_itself_only_paper_gives_away(past):
    """Without the checkpoint the ledger alone looks whole: a log without a witness is only a promise."""
    for way in (cut_the_end, rewrite_the_chain):
        with transaction.atomic():
            way(Random(3))
            assert examine() == []
            assert {f.code for f in examine([past])} & {"printed_missing", "printed_differs"}
            # the minutes kept beside it carry checkpoints too
            assert any("trên giấy" in line for line in rooms())
            transaction.set_rollback(True)


def rooms() -> list[str]:
    """What the rooms find in their own rows."""
    return [line for where in settings.CHIBO_CHECKS for line in import_string(where)()]
