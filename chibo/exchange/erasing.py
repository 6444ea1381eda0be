"""Erase what a person asked to erase: in the book, in lists that wait or were just written; and tell them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from chibo.access.models import DataAnswer, DataRequest
from chibo.access.operations import Author, answer_request
from chibo.exchange.operations import forget_lists_of
from chibo.kernel.actor import Actor
from chibo.membership.models import Erasure, Person
from chibo.membership.operations import erase_particulars
from chibo.membership.particulars import FIELDS


@transaction.atomic
def erase_and_answer(request: DataRequest, fields: Collection[str], reason: str, *, author: Author) -> DataAnswer:
    """Xóa và trả lời yêu cầu xóa: what went is said in the answer. Raises as `erase_particulars`, `answer_request`."""
    person = Person.objects.get(pk=request.person_id)
    forget_lists_of([person.pk])  # first: a line may be known by the very number that goes
    gone = erase_particulars(person, fields, request=request, at=author.at, by=author.by)
    return answer_request(request, DataAnswer.DONE, reason, author=author, erased=_told(gone))


@transaction.atomic
def erase_on_paper(person: Person, fields: Collection[str], paper: str, *, at: datetime, by: Actor) -> list[Erasure]:
    """Xóa theo đơn giấy, of somebody who came to the office. Raises as `erase_particulars`."""
    forget_lists_of([person.pk])
    return erase_particulars(person, fields, paper=paper, at=at, by=by)


def _told(gone: Collection[Erasure]) -> str:
    return f"Đã xóa: {', '.join(FIELDS[each.field].label.lower() for each in gone)}."
