"""Appoint, end a post, open a term, take the next number."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from chibo.cadres.models import HELD_BY_ONE, Office, PaperNumber, Post, Term
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import since
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Person
from chibo.organisation.models import Unit


@transaction.atomic
def appoint(
    person: Person, office: Office, unit: Unit, *, on: date, by: Actor, until: date | None = None, decision: str = ""
) -> Post:
    """Giao chức vụ từ ngày `on` (đến hết ngày `until`).

    Raises Refused: post_held_by_other, post_held_already, ends_before_it_starts.
    """
    by.must(Power.APPOINT, unit.scope_path)
    refuse_if(until is not None and until < on, "ends_before_it_starts")
    Unit.objects.select_for_update().get(pk=unit.pk)
    during = DateRange(on, until, bounds="[]") if until else since(on)
    same = Post.objects.filter(unit=unit, office=office, during__overlap=during)
    refuse_if(same.filter(person=person).exists(), "post_held_already")
    refuse_if(office in HELD_BY_ONE and same.exists(), "post_held_by_other")
    post = Post.objects.create(
        person=person, office=office, unit=unit, during=during, scope_path=unit.scope_path,
        decision=clean(decision, most=120),
    )  # fmt: skip
    record(by, "post.given", on=on, unit_id=unit.pk, touched=[post, person])
    return post


@transaction.atomic
def end_post(post: Post, *, last: date, by: Actor, reason: str = "") -> Post:
    """Thôi chức vụ: `last` is the last day. The rights end with it. Raises Refused: not_held_then."""
    by.must(Power.APPOINT, post.scope_path)
    post = Post.objects.select_for_update().get(pk=post.pk)
    ended = post.during.upper is not None and post.during.upper <= last
    refuse_if(last < post.during.lower or ended, "not_held_then")
    post.during = DateRange(post.during.lower, last, bounds="[]")
    post.save(update_fields=["during"])
    record(by, "post.ended", on=last, unit_id=post.unit_id, touched=[post], reason=clean(reason, most=40))
    return post


@transaction.atomic
def open_term(unit: Unit, name: str, *, first: date, last: date, by: Actor) -> Term:
    """Nhiệm kỳ của cấp ủy, chi bộ. Raises Refused: term_overlaps, ends_before_it_starts."""
    by.must(Power.APPOINT, unit.scope_path)
    refuse_if(last < first, "ends_before_it_starts")
    during = DateRange(first, last, bounds="[]")
    refuse_if(Term.objects.filter(unit=unit, during__overlap=during).exists(), "term_overlaps")
    term = Term.objects.create(unit=unit, name=clean(name, most=20), during=during, scope_path=unit.scope_path)
    record(by, "term.opened", on=first, unit_id=unit.pk, touched=[term])
    return term


def take_number(unit: Unit, kind: str, *, on: date) -> PaperNumber:
    """Lấy số văn bản tiếp theo of the body, kind and term; part of the act that issues the paper.

    Locks the term's row, so two papers signed at once get two numbers. Raises Refused("no_term").
    """
    term = Term.objects.select_for_update().on(on).filter(unit=unit).first()
    if term is None:
        refuse_if(True, "no_term")
    assert term is not None
    taken = PaperNumber.objects.filter(unit=unit, kind=kind, term=term).aggregate(top=Max("number"))["top"]
    return PaperNumber.objects.create(
        unit=unit, kind=kind, term=term, number=(taken or 0) + 1, issued_on=on, scope_path=unit.scope_path
    )
