"""Documents of one register are linked: what carries out, rests on, continues, replaces what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chibo.directives.models import Document, Link
from chibo.directives.operations.documents import heading_of
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record


@transaction.atomic
def link_documents(
    document: Document, other: Document, kind: str, *, at: datetime, by: Actor, by_name: str = ""
) -> Link:
    """Ghi văn bản liên quan, from the later to the earlier one; said again it changes nothing.

    Raises NoPower and Refused: unknown_link, linked_to_itself, other_register, linked_in_a_circle,
    document_withdrawn.
    """
    by.must(Power.ASSIGN, document.scope_path)
    refuse_if(kind not in dict(Link.KINDS), "unknown_link")
    refuse_if(document.pk == other.pk, "linked_to_itself")
    refuse_if(document.unit_id != other.unit_id, "other_register")
    list(Document.objects.select_for_update().filter(pk__in=[document.pk, other.pk]).order_by("pk"))
    heading_of(document), heading_of(other)
    if known := Link.objects.live().filter(document=document, other=other, kind=kind).first():
        return known
    refuse_if(_reaches(other, document), "linked_in_a_circle")
    row = Link.objects.create(
        document=document, other=other, kind=kind, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=document.scope_path,
    )  # fmt: skip
    record(by, "document.linked", on=at.date(), unit_id=document.unit_id, touched=[row, document, other])
    return row


def _reaches(first: Document, last: Document) -> bool:
    """Whether links lead from the one to the other: then the other way would be a circle."""
    seen, ahead = set(), {first.pk}
    while ahead:
        seen |= ahead
        rows = Link.objects.live().exclude(kind=Link.ATTACHED).filter(document__in=ahead)
        ahead = set(rows.values_list("other", flat=True)) - seen
    return last.pk in seen


@transaction.atomic
def withdraw_link(link: Link, *, why: str, at: datetime, by: Actor) -> Link:
    """Bỏ liên quan ghi nhầm. Raises NoPower and Refused: unknown_why, withdrawn_already."""
    by.must(Power.ASSIGN, link.scope_path)
    link = Link.objects.select_for_update().get(pk=link.pk)
    link.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "document.unlinked", on=at.date(), unit_id=link.document.unit_id, touched=[link], reason=why)
    return link
