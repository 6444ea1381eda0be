"""Appoint, end or correct a post, let a member go with all posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import timezone

from chibo.cadres.models import HELD_BY_ONE, Office, Post, Seat
from chibo.cadres.offices import OF_A_CELL
from chibo.cadres.operations.bodies import end_seat
from chibo.kernel.actor import Actor, Power
from chibo.kernel.bulk import insert_rows
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days, since
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Belonging, Person
from chibo.membership.operations import end_belonging, move_member
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import placement_on


@transaction.atomic
def appoint(
    person: Person, office: Office, unit: Unit, *, on: date, by: Actor, until: date | None = None, decision: str = ""
) -> Post:
    """Giao chức vụ từ ngày `on` (đến hết ngày `until`).

    Raises Refused: not_standing, office_not_for_unit, post_held_by_other, post_held_already,
    ends_before_it_starts.
    """
    by.must(Power.APPOINT, unit.scope_path)
    during = days(on, until)
    Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_unfit(office, unit, on)
    post = Post(
        person=person, office=office, unit=unit, during=during, scope_path=unit.scope_path,
        decision=clean(decision, most=120),
    )  # fmt: skip
    _refuse_held(post)
    post.save(force_insert=True)
    record(by, "post.given", on=on, unit_id=unit.pk, touched=[post, person])
    return post


@dataclass(frozen=True, slots=True)
class NewPost:
    """One line of a list of posts."""

    person: Person
    office: Office
    unit: Unit


@transaction.atomic
def appoint_all(rows: Sequence[NewPost], *, on: date, by: Actor, decision: str = "") -> list[Post]:
    """Giao chức vụ theo danh sách từ ngày `on`: one act, one ledger line, four queries however many.

    Raises as `appoint`.
    """
    units = {row.unit.pk: row.unit for row in rows}
    for unit in units.values():
        by.must(Power.APPOINT, unit.scope_path)
    list(Unit.objects.select_for_update().filter(pk__in=units).order_by("pk"))
    kinds = dict(Placement.objects.on(on).filter(unit__in=units).values_list("unit", "kind"))
    held = Post.objects.live().filter(unit__in=units, during__overlap=since(on))
    known = set(held.values_list("unit", "office", "person"))
    led = {each[:2] for each in known}
    posts = []
    for row in rows:
        _refuse_unless_fit(row.office, kinds.get(row.unit.pk))
        where, office = row.unit.pk, str(row.office)
        refuse_if((where, office, row.person.pk) in known, "post_held_already")
        refuse_if(office in HELD_BY_ONE and (where, office) in led, "post_held_by_other")
        known.add((where, office, row.person.pk))
        led.add((where, office))
        posts.append(Post(
            person=row.person, office=office, unit=row.unit, during=since(on), scope_path=row.unit.scope_path,
            decision=clean(decision, most=120),
        ))  # fmt: skip
    insert_rows(posts)
    record(by, "posts.given", on=on, unit_id=None, touched=[*posts, *(row.person for row in rows)])
    return posts


def _refuse_unfit(office: str, unit: Unit, day: date) -> None:
    placement = placement_on(unit.pk, day)
    _refuse_unless_fit(office, placement.kind if placement else None)


def _refuse_unless_fit(office: str, kind: str | None) -> None:
    refuse_if(kind is None, "not_standing")
    fits = office == Office.SERVER_KEEPER or (office in OF_A_CELL) == (kind == "cell")
    refuse_if(not fits, "office_not_for_unit")


def _refuse_held(post: Post) -> None:
    same = Post.objects.live().filter(unit=post.unit_id, office=post.office, during__overlap=post.during)
    refuse_if(same.filter(person=post.person_id).exists(), "post_held_already")
    refuse_if(post.office in HELD_BY_ONE and same.exists(), "post_held_by_other")


@transaction.atomic
def end_post(post: Post, *, last: date, by: Actor, reason: str = "") -> Post:
    """Thôi chức vụ: `last` is the last day. The rights end with it; `reason` is a code of `Post.ENDINGS` or none.

    Raises Refused: not_held_then, unknown_ending.
    """
    by.must(Power.APPOINT, post.scope_path)
    refuse_if(reason and reason not in dict(Post.ENDINGS), "unknown_ending")
    post = Post.objects.select_for_update().get(pk=post.pk)
    refuse_if(post.withdrawn_at is not None or last not in post.during, "not_held_then")
    post.during = DateRange(post.during.lower, last + timedelta(days=1))
    post.save(update_fields=["during"])
    record(by, "post.ended", on=last, unit_id=post.unit_id, touched=[post], reason=reason)
    return post


@transaction.atomic
def correct_post(
    post: Post, *, office: Office, first: date, last: date | None, why: str, at: datetime, by: Actor,
    decision: str | None = None,
) -> Post:  # fmt: skip
    """Sửa chức vụ đã ghi sai: the row is withdrawn and said anew. Another person or unit: withdraw and appoint.

    Raises Refused: unknown_why, withdrawn_already, ends_before_it_starts, not_standing, office_not_for_unit,
    post_held_by_other, post_held_already.
    """
    by.must(Power.APPOINT, post.scope_path)
    Unit.objects.select_for_update().get(pk=post.unit_id)
    post = Post.objects.select_related("unit").get(pk=post.pk)
    during = days(first, last)
    _refuse_unfit(office, post.unit, first)
    post.withdraw(why=why, at=at, by_account=by.account_id)
    said = {} if decision is None else {"decision": clean(decision, most=120)}
    new = post.said_anew(office=office, during=during, **said)
    _refuse_held(new)
    new.save(force_insert=True)
    on = timezone.localdate(at)
    record(by, "post.corrected", on=on, unit_id=post.unit_id, touched=[post, new, post.person], reason=why)
    return new


@transaction.atomic
def withdraw_post(post: Post, *, why: str, at: datetime, by: Actor) -> None:
    """Rút chức vụ đã ghi mà không giữ. Raises Refused: unknown_why, withdrawn_already."""
    by.must(Power.APPOINT, post.scope_path)
    post = Post.objects.select_for_update().get(pk=post.pk)
    post.withdraw(why=why, at=at, by_account=by.account_id)
    on = timezone.localdate(at)
    record(by, "post.withdrawn", on=on, unit_id=post.unit_id, touched=[post, ("membership.person", post.person_id)],
           reason=why)  # fmt: skip


@transaction.atomic
def transfer_member(person: Person, *, to: Unit, first: date, on: date, by: Actor, decision: str = "") -> Belonging:
    """Chuyển sinh hoạt chính thức, với chức vụ ở chi bộ cũ: they end the day before. Raises as `move_member`."""
    new = move_member(person, to=to, first=first, on=on, by=by, decision=decision)
    cells = Post.objects.live().filter(office__in=OF_A_CELL).exclude(unit=to)
    _end_all(cells.filter(person=person), last=first - timedelta(days=1), by=by, reason="moved")
    return new


@transaction.atomic
def leave_list(person: Person, way: str, *, last: date, on: date, by: Actor, decision: str = "") -> Belonging:
    """Ra khỏi danh sách đảng viên, thôi mọi chức vụ, ban, tổ cùng ngày. Raises as `end_belonging` and `end_post`."""
    ended = end_belonging(person, way, last=last, on=on, by=by, decision=decision)
    _end_all(Post.objects.live().filter(person=person), last=last, by=by, reason="left")
    seats = Seat.objects.live().filter(person=person)
    refuse_if(seats.filter(during__startswith__gt=last).exists(), "facts_afterwards")
    for seat in seats.filter(during__contains=last + timedelta(days=1)):
        end_seat(seat, last=last, by=by)
    return ended


def _end_all(posts: QuerySet[Post], *, last: date, by: Actor, reason: str) -> None:
    """End what is held after `last`; a post that would only begin then must be withdrawn by who knows why."""
    after = last + timedelta(days=1)
    refuse_if(posts.filter(during__startswith__gte=after).exists(), "facts_afterwards")
    for post in posts.filter(during__contains=after):
        end_post(post, last=last, by=by, reason=reason)
