"""Hold a congress: close the posts of a body, open those elected, as one act; take it back as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import timezone

from chibo.cadres.models import HELD_BY_ONE, ClosedPost, Congress, Office, PaperNumber, Post, Term
from chibo.cadres.offices import ELECTED, OF_A_CELL
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Person, Standing
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on


@dataclass(frozen=True, slots=True)
class Elected:
    """Người trúng cử: one line of the minutes of the congress."""

    person: Person
    office: Office


@dataclass(frozen=True, slots=True)
class Changes:
    """What the congress would do, counted before it is done."""

    closed: Sequence[Post]  # posts that end
    opened: Sequence[Elected]
    stay: int  # persons who hold a post before and after
    leave: int  # who hold none afterwards
    new: int  # who held none before


def posts_of_the_body(unit: Unit) -> QuerySet[Post]:
    """Posts of the leading body of the unit, whatever their days; the office's staff are not elected."""
    return Post.objects.live().filter(unit=unit, office__in=ELECTED)


def changes_of(unit: Unit, elected: Sequence[Elected], *, first: date) -> Changes:
    """The preview. Raises as `hold_congress` for what can be told without writing."""
    _refuse_unfit(unit, elected, first)
    closed = list(posts_of_the_body(unit).filter(during__contains=first).select_related("person"))
    before, after = {post.person_id for post in closed}, {each.person.pk for each in elected}
    return Changes(closed, elected, len(before & after), len(before - after), len(after - before))


@transaction.atomic
def hold_congress(
    unit: Unit, name: str, elected: Sequence[Elected], *, first: date, last: date, by: Actor, decision: str = ""
) -> Congress:
    """Đại hội: the term `name` runs from `first` to `last`; posts of the body end the day before, the elected begin.

    Who is elected takes charge at once (Điều lệ Đảng, Điều 13) and holds the post to the end of the term.
    Raises NoPower, Refused: not_standing, nobody_elected, office_not_for_unit, elected_twice, two_secretaries,
    not_official_then, no_term_name, term_overlaps, term_began_then, facts_afterwards, ends_before_it_starts.
    """
    by.must(Power.APPOINT, unit.scope_path)
    during = days(first, last)
    Unit.objects.select_for_update().get(pk=unit.pk)
    changes = changes_of(unit, elected, first=first)
    refuse_if(not clean(name, most=20), "no_term_name")
    previous, until = _end_term(unit, first)
    refuse_if(Term.objects.live().filter(unit=unit, during__overlap=during).exists(), "term_overlaps")
    refuse_if(posts_of_the_body(unit).filter(during__startswith__gte=first).exists(), "facts_afterwards")
    path, decision = unit.scope_path, clean(decision, most=120)
    term = Term.objects.create(unit=unit, name=clean(name, most=20), during=during, scope_path=path)
    congress = Congress.objects.create(
        unit=unit, term=term, previous=previous, previous_until=until, during=days(first, first), decision=decision,
        scope_path=path,
    )  # fmt: skip
    _close(congress, changes.closed, first)
    posts = [
        Post(person=each.person, unit=unit, office=each.office, term=term, during=during, decision=decision,
             scope_path=path)
        for each in elected
    ]  # fmt: skip
    Post.objects.bulk_create(posts)
    touched = [congress, term, *changes.closed, *posts, *(each.person for each in elected)]
    record(by, "congress.held", on=first, unit_id=unit.pk, touched=touched)
    return congress


def _refuse_unfit(unit: Unit, elected: Sequence[Elected], first: date) -> None:
    placement = placement_on(unit.pk, first)
    refuse_if(placement is None, "not_standing")
    assert placement is not None
    refuse_if(not elected, "nobody_elected")
    cell = placement.kind == "cell"
    refuse_if(any((each.office in OF_A_CELL) != cell or each.office not in ELECTED for each in elected),
              "office_not_for_unit")  # fmt: skip
    pairs = [(each.person.pk, each.office) for each in elected]
    refuse_if(len(set(pairs)) < len(pairs), "elected_twice")
    for office in HELD_BY_ONE:
        refuse_if(sum(each.office == office for each in elected) > 1, "two_secretaries")
    _refuse_probationary([each.person for each in elected], first)


def _refuse_probationary(people: Iterable[Person], day: date) -> None:
    """Only official members stand for election (Điều lệ Đảng, Điều 3)."""
    by_id = {person.pk: person for person in people}
    official = Standing.objects.on(day).filter(person__in=by_id, kind=Standing.OFFICIAL)
    missing = set(by_id) - set(official.values_list("person", flat=True))
    name = next((person.full_name for pk, person in by_id.items() if pk in missing), "")
    refuse_if(missing, "not_official_then", name=name)


def _end_term(unit: Unit, first: date) -> tuple[Term | None, date | None]:
    previous = Term.objects.select_for_update().on(first).filter(unit=unit).first()
    if previous is None:
        return None, None
    refuse_if(previous.during.lower == first, "term_began_then")
    until = previous.during.upper
    previous.during = DateRange(previous.during.lower, first)
    previous.save(update_fields=["during"])
    return previous, until


def _close(congress: Congress, posts: Sequence[Post], first: date) -> None:
    rows = [
        ClosedPost(congress=congress, post=post, was_until=post.during.upper, scope_path=congress.scope_path)
        for post in posts
    ]
    for post in posts:
        refuse_if(post.during.lower == first, "facts_afterwards")
        post.during = DateRange(post.during.lower, first)
    Post.objects.bulk_update(posts, ["during"])
    ClosedPost.objects.bulk_create(rows)


@transaction.atomic
def take_back_congress(congress: Congress, *, why: str, at: datetime, by: Actor) -> None:
    """Rút lần ghi đại hội: what it opened is withdrawn, what it closed is said anew as it was (decision 12).

    Raises NoPower, Refused: unknown_why, withdrawn_already, papers_numbered, facts_afterwards.
    """
    by.must(Power.APPOINT, congress.scope_path)
    Unit.objects.select_for_update().get(pk=congress.unit_id)
    congress = Congress.objects.select_related("term", "previous").get(pk=congress.pk)
    stamp: dict[str, Any] = {"why": why, "at": at, "by_account": by.account_id}
    congress.withdraw(**stamp)
    refuse_if(PaperNumber.objects.filter(term=congress.term).exists(), "papers_numbered")
    opened = list(Post.objects.live().filter(term=congress.term))
    for post in opened:
        post.withdraw(**stamp)
    congress.term.withdraw(**stamp)
    restored = _reopen(congress, stamp)
    if congress.previous is not None:
        congress.previous.during = DateRange(congress.previous.during.lower, congress.previous_until)
        congress.previous.save(update_fields=["during"])
    touched = [congress, congress.term, *opened, *restored]
    record(by, "congress.taken_back", on=timezone.localdate(at), unit_id=congress.unit_id, touched=touched, reason=why)


def _reopen(congress: Congress, stamp: dict[str, Any]) -> list[Post]:
    found: list[Post] = []
    for row in ClosedPost.objects.filter(congress=congress).select_related("post"):
        if row.post.withdrawn_at is not None:  # corrected meanwhile: whoever did so knows better
            continue
        row.post.withdraw(**stamp)
        again = row.post.said_anew(during=DateRange(row.post.during.lower, row.was_until))
        clash = Post.objects.live().filter(unit=again.unit_id, office=again.office, during__overlap=again.during)
        refuse_if(clash.filter(person=again.person_id).exists(), "facts_afterwards")
        refuse_if(again.office in HELD_BY_ONE and clash.exists(), "facts_afterwards")
        again.save(force_insert=True)
        found += [row.post, again]
    return found


@transaction.atomic
def prolong_term(term: Term, *, last: date, by: Actor) -> Term:
    """Kéo dài nhiệm kỳ: the term and the posts that end with it go on to `last`.

    Raises NoPower, Refused: withdrawn_already, not_longer, term_overlaps.
    """
    by.must(Power.APPOINT, term.scope_path)
    Unit.objects.select_for_update().get(pk=term.unit_id)
    term = Term.objects.get(pk=term.pk)
    refuse_if(term.withdrawn_at is not None, "withdrawn_already")
    old, upper = term.during.upper, last + timedelta(days=1)
    refuse_if(old is not None and upper <= old, "not_longer")
    others = Term.objects.live().filter(unit=term.unit_id).exclude(pk=term.pk)
    refuse_if(others.filter(during__overlap=DateRange(term.during.lower, upper)).exists(), "term_overlaps")
    posts = list(Post.objects.live().filter(term=term, during__endswith=old))
    for row in [term, *posts]:
        row.during = DateRange(row.during.lower, upper)
    term.save(update_fields=["during"])
    Post.objects.bulk_update(posts, ["during"])
    record(by, "term.prolonged", on=last, unit_id=term.unit_id, touched=[term, *posts])
    return term
