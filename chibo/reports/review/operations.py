"""Open a review, write its parts, issue it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.cadres.operations import take_number
from chibo.directives.models import Document
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import Stale, refuse_if
from chibo.kernel.periods import Period
from chibo.kernel.text import clean
from chibo.ledger.operations import checkpoint, record
from chibo.organisation.models import Unit
from chibo.reports.models import IssuedReview, Review, ReviewText
from chibo.reports.review.content import KINDS, PARTS, review_content
from chibo.rules.reader import rules_on

LONGEST = 8_000  # characters of one part


@transaction.atomic
def open_review(
    unit: Unit, document: Document | None, kind: str, *, first: date, last: date, key: UUID, at: datetime, by: Actor,
    by_name: str = "",
) -> Review:  # fmt: skip
    """Mở báo cáo sơ kết, tổng kết: of a document of the unit's register, or of all its work in a period.

    Raises NoPower and Refused: unknown_review_kind, bad_period, report_too_early, other_register.
    """
    by.must(Power.CHAIR, unit.scope_path)
    if known := Review.objects.filter(pk=key, unit=unit).first():
        return known
    refuse_if(kind not in dict(KINDS), "unknown_review_kind")
    refuse_if(last < first, "bad_period")
    refuse_if(first > at.date(), "report_too_early", day=first)
    refuse_if(document is not None and document.unit_id != unit.pk, "other_register")
    row = Review.objects.create(
        id=key, unit=unit, document=document, kind=kind, first=first, last=last, at=at, by_account=by.account_id,
        by_name=by_name, scope_path=unit.scope_path,
    )  # fmt: skip
    record(by, "review.opened", on=at.date(), unit_id=unit.pk, touched=[row])
    return row


def texts_of(review: Review) -> dict[str, ReviewText]:
    """The newest text of each part."""
    rows = ReviewText.objects.filter(review=review).order_by("part", "-version").distinct("part")
    return {row.part: row for row in rows}


@transaction.atomic
def write_part(
    review: Review, part: str, text: str, *, based_on: int, at: datetime, by: Actor, by_name: str = ""
) -> ReviewText:
    """Ghi một phần của báo cáo. A draft: no line in the ledger; issuing is the act (decision 14).

    Raises NoPower, Refused: unknown_part, review_issued, text_too_long, and Stale with both texts.
    """
    by.must(Power.CHAIR, review.scope_path)
    refuse_if(part not in PARTS, "unknown_part")
    review = Review.objects.select_for_update().get(pk=review.pk)
    refuse_if(IssuedReview.objects.filter(review=review).exists(), "review_issued")
    text = clean(text, most=LONGEST, lines=True)
    newest = ReviewText.objects.filter(review=review, part=part).order_by("-version").first()
    version = newest.version if newest else 0
    if newest is not None and newest.text == text:
        return newest
    if version != based_on:
        assert newest is not None
        raise Stale([{
            "field": part, "label": PARTS[part][0], "mine": text, "mine_words": text, "theirs": newest.text,
            "theirs_words": newest.text, "theirs_by": newest.by_name, "theirs_at": newest.at, "version": newest.version,
        }])  # fmt: skip
    return ReviewText.objects.create(
        review=review, part=part, version=version + 1, text=text, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=review.scope_path,
    )  # fmt: skip


@transaction.atomic
def issue_review(review: Review, *, at: datetime, by: Actor, by_name: str = "") -> IssuedReview:
    """Ban hành báo cáo: its number is taken, its content sealed; issuing again gives the same.

    Raises NoPower and Refused: report_too_early, not_standing, no_term.
    """
    by.must(Power.CHAIR, review.scope_path)
    review = Review.objects.select_for_update(of=("self",)).select_related("unit", "document").get(pk=review.pk)
    if issued := IssuedReview.objects.filter(review=review).first():
        return issued
    on = at.date()
    texts = {part: row.text for part, row in texts_of(review).items()}
    content = review_content(review.unit, review.document, review.kind, Period.days(review.first, review.last), by=by,
                             on=on, texts=texts)  # fmt: skip
    number, mark = take_number(review.unit, "BC", on=on), checkpoint()
    content |= {
        "number": number.number, "term": number.term.name,
        "checkpoint": {"upto": mark[0], "hash": mark[1]} if mark else None,
    }  # fmt: skip
    entry = record(by, "review.issued", on=on, unit_id=review.unit_id, touched=[review, number], content=content)
    return IssuedReview.objects.create(
        review=review, number=number, layout=str(rules_on(on)["document.layout"].value), content=content,
        entry_id=entry.pk, at=at, by_account=by.account_id, by_name=by_name, scope_path=review.scope_path,
    )  # fmt: skip
