"""Sealing: every committed line in exactly one seal, whoever else is at work."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction

from chibo.ledger import operations
from chibo.ledger.models import Entry, Seal, Waiting
from chibo.ledger.operations import checkpoint, seal
from chibo.ledger.verification import examine, printed_hold, verify, waiting
from tests.ledger.conftest import EVENING, SUPERUSER, Connect, sign

SIGN = (
    "INSERT INTO ledger_entry (verb, unit_id, on_day, reason) VALUES ('meeting.closed', 1, '2026-11-03', '')"
    " RETURNING id"
)


def sign_raw(db: psycopg.Connection) -> int:
    """Sign from a connection of its own, without committing; the id of the line."""
    row = db.execute(SIGN).fetchone()
    assert row
    return int(row[0])


@contextmanager
def swept(connect: Connect, lines: list[int]) -> Iterator[None]:
    """Take away afterwards what had to be committed, once our own hold on it is given back."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        with connect(SUPERUSER) as db:
            db.execute("SET session_replication_role = replica")
            db.execute("DELETE FROM ledger_waiting WHERE entry_id = ANY(%s)", [lines])
            db.execute("DELETE FROM ledger_entry WHERE id = ANY(%s)", [lines])


def test_nothing_new_makes_no_seal(db):
    seal(at=EVENING)
    assert seal(at=EVENING) is None


def test_seals_are_numbered_and_linked(db):
    seal(at=EVENING)
    sign(1), sign(2)
    first = seal(at=EVENING)
    sign(3)
    second = seal(at=EVENING + timedelta(minutes=1))
    assert first and second
    assert (first.count, second.count) == (2, 1)
    assert second.pk == first.pk + 1
    assert bytes(second.previous) == bytes(first.hash)
    assert not Waiting.objects.exists()
    assert verify() == []


def test_an_abandoned_seal_leaves_no_hole_in_the_numbers(db):
    sign()
    with transaction.atomic():
        abandoned = seal(at=EVENING)
        transaction.set_rollback(True)
    again = seal(at=EVENING)
    assert abandoned and again
    assert (again.pk, again.hash) == (abandoned.pk, abandoned.hash)


def test_many_lines_go_into_several_seals(db, monkeypatch):
    monkeypatch.setattr(operations, "MOST", 3)
    seal(at=EVENING)
    for number in range(7):
        sign(number)
    counts = [made.count for _ in range(9) if (made := seal(at=EVENING))]
    assert counts[-3:] == [3, 3, 1]
    assert verify() == []


def test_sealing_costs_the_same_for_one_line_and_for_many(db, django_assert_num_queries):
    seal(at=EVENING)
    for lines in (1, 40):
        for number in range(lines):
            sign(number)
        with django_assert_num_queries(8):  # two of them are the savepoint of the test's own transaction
            seal(at=EVENING)


def test_a_running_act_is_not_skipped(connect: Connect, db):
    """The lower id commits last: it must not be lost behind a seal over a higher one."""
    slow, quick = connect("chibo_app"), connect("chibo_app")
    low, high = sign_raw(slow), sign_raw(quick)
    assert low < high
    with swept(connect, [low, high]):
        quick.commit()
        first = seal(at=EVENING)
        slow.commit()
        second = seal(at=EVENING)
        assert first and second
        assert high in first.entries
        assert low not in first.entries
        assert second.entries == [low]
        assert examine() == []


def test_an_act_undone_leaves_a_hole_that_nobody_minds(connect: Connect, db):
    undone, done = connect("chibo_app"), connect("chibo_app")
    hole, line = sign_raw(undone), sign_raw(done)
    with swept(connect, [hole, line]):
        done.commit()
        assert seal(at=EVENING)
        undone.rollback()
        assert seal(at=EVENING) is None
        assert examine() == []


def test_the_sealer_does_not_hold_up_who_signs(connect: Connect, db):
    sign()
    assert seal(at=EVENING)  # and still holds its lock: the test's transaction goes on
    signing = connect("chibo_app")
    signing.execute("SET lock_timeout = '100ms'")
    assert sign_raw(signing)


def test_two_sealers_take_turns(db, django_db_blocker):
    sign()
    assert seal(at=EVENING)

    def second_sealer() -> None:
        with django_db_blocker.unblock():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '100ms'")
                    with pytest.raises(OperationalError, match="lock timeout"):
                        seal(at=EVENING)
                    transaction.set_rollback(True)
            finally:
                connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(second_sealer).result()


def test_a_line_lost_to_the_queue_is_found(db):
    entry = sign()
    Waiting.objects.filter(entry=entry).delete()
    assert seal(at=EVENING) is None or not Seal.objects.filter(entries__contains=[entry.pk]).exists()
    assert verify() == [f"Dòng {entry.pk} không thuộc mốc nào và không chờ niêm."]


def test_lines_not_yet_sealed_are_counted(db):
    before = waiting()
    sign()
    assert waiting() == before + 1


def test_the_checkpoint_on_paper(db):
    sign()
    made = seal(at=EVENING)
    assert made
    printed = checkpoint()
    assert printed == (made.pk, bytes(made.hash).hex()[:16])
    sign()
    seal(at=EVENING)
    assert verify([printed]) == []
    assert verify([(printed[0], printed[1].upper())]) == []
    assert list(printed_hold([(printed[0], "0" * 16)])) == [f"Mốc {made.pk}: sổ khác với mốc đã in trên giấy."]
    assert list(printed_hold([(9_999, "ab")])) == ["Mốc 9999 có trên giấy mà không có trong sổ."]


def test_no_seal_no_checkpoint(intruder):
    assert checkpoint() is None
    sign()
    assert seal(at=EVENING)
    assert checkpoint() is not None
    assert Entry.objects.count() == 1
