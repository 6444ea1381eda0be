"""Signing an act: one line, inside its transaction, without a word about anybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from chibo.kernel.actor import MACHINE
from chibo.ledger.models import Entry, Salt, Touch, Waiting
from chibo.ledger.operations import content_holds, record
from tests.ledger.conftest import DAY, SECRETARY, sign


def test_a_line_says_who_what_where_and_when(db):
    entry = record(SECRETARY, "meeting.closed", on=DAY, unit_id=12, touched=[("meetings.task", 3)], reason="from_paper")
    entry.refresh_from_db()
    assert (entry.verb, entry.unit_id, entry.on, entry.reason) == ("meeting.closed", 12, DAY, "from_paper")
    assert (entry.by_account, entry.by_person) == (SECRETARY.account_id, SECRETARY.person_id)
    assert entry.at is not None
    assert [(touch.kind, touch.object_id) for touch in entry.touches.all()] == [("meetings.task", "3")]
    assert entry.content_hash is None
    assert Waiting.objects.filter(entry=entry).exists()


def test_models_and_pairs_are_touched_once_each(db):
    first = sign()
    again = record(MACHINE, "ledger.tried", on=DAY, unit_id=None, touched=[first, first, ("ledger.entry", first.pk)])
    assert list(again.touches.values_list("kind", "object_id")) == [("ledger.entry", str(first.pk))]


def test_signing_takes_two_queries_and_a_third_for_content(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        sign(touches=300)
    with django_assert_num_queries(3):
        sign(content={"conclusion": "đồng ý"})


def test_content_is_recognised_and_nothing_else(db):
    content = {"roll": ["A", "B"], "present": 2, "vote": None}
    entry = sign(content=content)
    assert content_holds(entry, {"vote": None, "present": 2, "roll": ["A", "B"]})
    assert not content_holds(entry, {**content, "present": 3})
    assert not content_holds(sign(), content)


def test_equal_contents_do_not_show_that_they_are_equal(db):
    first, second = sign(content={"opinion": "không"}), sign(content={"opinion": "không"})
    assert first.content_hash != second.content_hash


def test_content_left_without_its_salt_is_no_longer_proved(db):
    entry = sign(content={"a": 1})
    Salt.objects.filter(entry=entry).delete()
    assert not content_holds(entry, {"a": 1})


def test_no_line_outside_a_transaction(db):
    def in_a_thread_without_transaction() -> None:
        with pytest.raises(RuntimeError, match="inside the transaction"):
            sign()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(in_a_thread_without_transaction).result()


def test_what_is_undone_leaves_no_line(db):
    before = Entry.objects.count()
    with transaction.atomic():
        sign()
        transaction.set_rollback(True)
    assert (Entry.objects.count(), Touch.objects.count()) == (before, Touch.objects.count())


@pytest.mark.parametrize(
    ("verb", "reason"), [("Đã họp", ""), ("meeting closed", ""), ("", ""), ("post.ended", "ông Tư xin nghỉ")]
)
def test_verbs_and_reasons_are_codes(db, verb: str, reason: str):
    with pytest.raises(IntegrityError):
        record(SECRETARY, verb, on=DAY, unit_id=1, touched=[], reason=reason)


def test_no_column_could_hold_a_name_or_a_value_of_a_person():
    texts = {
        (model.__name__, field.name)
        for model in apps.get_app_config("ledger").get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
    }
    assert texts == {
        ("Entry", "verb"), ("Entry", "reason"), ("Touch", "kind"), ("Touch", "object_id"),
        ("Attachment", "sha256"), ("Attachment", "kind"),  # the database holds them to a hash and three words
    }  # fmt: skip


def test_the_database_agrees_about_the_columns(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name LIKE 'ledger\\_%'"
        )
        found = cursor.fetchall()
    plain = {"bigint", "integer", "uuid", "date", "timestamp with time zone", "bytea", "ARRAY"}
    assert {f"{table}.{column}" for table, column, kind in found if kind not in plain} == {
        "ledger_entry.verb", "ledger_entry.reason", "ledger_touch.kind", "ledger_touch.object_id",
        "ledger_attachment.sha256", "ledger_attachment.kind",
    }  # fmt: skip
