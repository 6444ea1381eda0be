"""Ask about one's own data, answer it with a reason, withdraw it; the clocks come from the book of rules."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from chibo.access.models import DataAnswer, DataRequest
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.rules.reader import rules_on

MOST = 1000


@dataclass(frozen=True, slots=True)
class Author:
    """Who asks or answers, and when."""

    by: Actor
    by_name: str
    at: datetime


@transaction.atomic
def ask_about_data(kind: str, text: str, *, key: uuid.UUID, scope_path: str, author: Author) -> DataRequest:
    """Gửi yêu cầu về dữ liệu của mình; the same form twice is one request.

    Raises Refused: unknown_request_kind, no_text, text_too_long, looks_like_identity, asked_already, key_used.
    """
    by, day = author.by, author.at.date()
    assert by.person_id is not None, "asks for themselves"
    refuse_if(kind not in dict(DataRequest.KINDS), "unknown_request_kind")
    said = _said(text)
    refuse_if(not said, "no_text")
    sent = DataRequest.objects.filter(pk=key).first()
    if sent is not None:
        refuse_if((sent.person_id, sent.kind, sent.text) != (by.person_id, kind, said), "key_used")
        return sent
    open_now = DataRequest.objects.filter(person_id=by.person_id, kind=kind)
    refuse_if(open_now.exclude(answers__kind__in=DataAnswer.SETTLED).exists(), "asked_already")
    rules = rules_on(day)
    row = DataRequest(
        id=key, person_id=by.person_id, kind=kind, text=said, on=day, at=author.at,
        answer_by=after_workdays(day, int(rules["privacy.answer_workdays"].value)),
        act_by=day + timedelta(days=int(rules["privacy.act_days"].value[kind])),
        by_account=by.account_id, by_name=author.by_name[:80], scope_path=scope_path,
    )  # fmt: skip
    row.save(force_insert=True)
    record(by, "request.made", on=day, unit_id=None, touched=[row], content={"text": said}, reason=kind)
    return row


@transaction.atomic
def answer_request(request: DataRequest, kind: str, reason: str, *, author: Author, erased: str = "") -> DataAnswer:
    """Trả lời yêu cầu: received, extended, done or refused. Nobody answers themselves.

    To erase is done by erasing: `erased` says what went, in the same act. Raises Refused: not_for_oneself,
    unknown_answer, erase_first, no_reason, text_too_long, looks_like_identity, request_settled, answered_so_already.
    """
    by = author.by
    by.must(Power.ADMIT, request.scope_path)
    refuse_if(by.person_id == request.person_id, "not_for_oneself")
    refuse_if(kind not in dict(DataAnswer.KINDS) or kind == DataAnswer.WITHDRAWN, "unknown_answer")
    refuse_if(request.kind == DataRequest.ERASURE and kind == DataAnswer.DONE and not erased, "erase_first")
    said = _said(" ".join(filter(None, [erased, reason])))
    refuse_if(not said and kind != DataAnswer.RECEIVED, "no_reason")
    _refuse_settled(request, kind)
    more = int(rules_on(request.on)["privacy.extension_days"].value)
    until = request.act_by + timedelta(days=more) if kind == DataAnswer.EXTENDED else None
    return _answer(request, kind, said, until, author)


@transaction.atomic
def withdraw_request(request: DataRequest, *, author: Author) -> DataAnswer:
    """Rút yêu cầu của mình. Raises Refused: not_your_request, request_settled."""
    refuse_if(author.by.person_id != request.person_id, "not_your_request")
    _refuse_settled(request, DataAnswer.WITHDRAWN)
    return _answer(request, DataAnswer.WITHDRAWN, "", None, author)


def _said(text: str) -> str:
    said = clean(text, most=MOST, lines=True)
    found = looks_like_identity(said)
    refuse_if(found, "looks_like_identity", found=found)
    return said


def _refuse_settled(request: DataRequest, kind: str) -> None:
    with connection.cursor() as cursor:  # a row lock asks for the right to change the row, which nobody has
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(request.pk)])
    given = set(DataAnswer.objects.filter(request=request).values_list("kind", flat=True))
    refuse_if(given & set(DataAnswer.SETTLED), "request_settled")
    refuse_if(kind in given, "answered_so_already")


def _answer(request: DataRequest, kind: str, said: str, until: date | None, author: Author) -> DataAnswer:
    day = author.at.date()
    row = DataAnswer(
        request=request, person_id=request.person_id, kind=kind, reason=said, act_by=until, on=day, at=author.at,
        by_account=author.by.account_id, by_name=author.by_name[:80], scope_path=request.scope_path,
    )  # fmt: skip
    row.save(force_insert=True)
    content = {"text": said} if said else None
    record(author.by, "request.answered", on=day, unit_id=None, touched=[request], content=content, reason=kind)
    return row


def after_workdays(day: date, count: int) -> date:
    """So many working days later: weekends and public holidays left out, a Saturday worked for one of them counted.

    Of a year whose holidays nobody has written into the book, weekends alone.
    """
    while count:
        day += timedelta(days=1)
        count -= _is_worked(day)
    return day


def _is_worked(day: date) -> bool:
    rule = rules_on(day).get("calendar.days_off")
    told = rule.value if rule else {}
    return day in told.get("worked", ()) or (day.weekday() < 5 and day not in told.get("free", ()))
