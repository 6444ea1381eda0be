"""Correct sealed minutes by a note beside them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.meetings.models import Minutes, MinutesNote
from chibo.meetings.signed import signed_note

LONGEST = 4_000


@transaction.atomic
def add_note(minutes: Minutes, text: str, *, key: UUID, at: datetime, by: Actor, by_name: str) -> MinutesNote:
    """Đính chính biên bản: the sealed paper stays as signed, the note stands beside it.

    Sending the same `key` again returns the same note. Raises Refused: no_text, text_too_long,
    looks_like_identity, key_used.
    """
    by.must(Power.CHAIR, minutes.scope_path)
    text = clean(text, most=LONGEST, lines=True)
    refuse_if(not text, "no_text")
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    if sent := MinutesNote.objects.filter(pk=key).first():
        refuse_if(sent.minutes_id != minutes.pk or sent.text != text, "key_used")
        return sent
    note = MinutesNote.objects.create(
        id=key, minutes=minutes, text=text, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=minutes.scope_path,
    )  # fmt: skip
    record(by, "minutes.noted", on=at.date(), unit_id=minutes.number.unit_id, touched=[note, minutes],
           content=signed_note(note))  # fmt: skip
    return note
