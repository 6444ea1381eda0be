"""Accounts of people in one's scope: who may hand over, renew, lock, for whom; and the list of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from chibo.access import operations as doors
from chibo.access.models import Account, Authenticator, Handover, RecoveryCode, SecondStep, Session
from chibo.access.totp import key_mark
from chibo.cadres.authority import HeldPost, above, beyond, held_posts
from chibo.cadres.models import Office, Post
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import is_uuid
from chibo.ledger.models import Entry, Touch
from chibo.ledger.operations import record
from chibo.membership.models import Person
from chibo.membership.operations import give_account
from chibo.organisation.models import Placement, Unit

LOOKS = [("asked", "người ấy nhờ xem giúp"), ("fault", "tìm lỗi người ấy báo")]


@dataclass(frozen=True, slots=True)
class Handed:
    """What goes onto the sheet of paper; the code is nowhere else."""

    person: Person
    account: Account
    code: str
    posts: list[HeldPost]


@transaction.atomic
def hand_over(person: Person, username: str, *, key: uuid.UUID, at: datetime, by: Actor) -> Handed:
    """Trao tài khoản: an account for this person, opened by the code on the sheet.

    Raises Refused: not_for_oneself, account_taken, account_beyond, bad_username, username_taken, code_given_already.
    """
    by.must(Power.APPOINT, person.scope_path)
    refuse_if(by.person_id == person.pk, "not_for_oneself")
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_if(person.account_id is not None, "account_taken")
    account = doors.make_unopened_account(username, at=at, by=by)
    give_account(person, account, on=at.date(), by=by)
    posts = _within_reach(account, at.date(), by)
    code = doors.give_code(account, Handover.FIRST, key=key, at=at, by=by)
    return Handed(person, account, code, posts)


@transaction.atomic
def renew_code(person: Person, *, key: uuid.UUID, at: datetime, by: Actor) -> Handed:
    """Cấp lại mã khi quên cụm từ bí mật: what was known before opens nothing any more.

    Raises Refused: not_for_oneself, no_account, account_beyond, account_locked, code_given_already.
    """
    account, posts = _of(person, at.date(), by)
    code = doors.give_code(account, Handover.FORGOTTEN, key=key, at=at, by=by)
    return Handed(person, account, code, posts)


@transaction.atomic
def lock_account(person: Person, why: str, *, at: datetime, by: Actor) -> None:
    """Khóa. Nobody locks their own, so the last who may unlock stays. Raises as `renew_code`, and unknown_lock."""
    account, _ = _of(person, at.date(), by)
    doors.close_account(account, why, at=at, by=by)


@transaction.atomic
def unlock_account(person: Person, *, at: datetime, by: Actor) -> None:
    """Mở khóa. Raises Refused: not_for_oneself, no_account, account_beyond, account_open."""
    account, _ = _of(person, at.date(), by)
    doors.open_account(account, at=at, by=by)


@transaction.atomic
def end_all_sessions(person: Person, *, at: datetime, by: Actor) -> int:
    """Kết thúc mọi phiên của người ấy. Raises Refused: not_for_oneself, no_account, account_beyond."""
    account, _ = _of(person, at.date(), by)
    return doors.end_sessions_of(account, at=at, by=by)


@transaction.atomic
def reset_second_step(person: Person, *, at: datetime, by: Actor) -> None:
    """Đặt lại bước hai of somebody who lost phone and recovery codes: the office above does it.

    Raises Refused: not_for_oneself, no_account, account_beyond, not_from_above, step_not_set.
    """
    account, posts = _of(person, at.date(), by)
    refuse_if(not above(by, person.scope_path, posts), "not_from_above")
    doors.reset_step(account, at=at, by=by)


@transaction.atomic
def look_in_place_of(person: Person, why: str, *, at: datetime, by: Actor) -> Account:
    """Xem thử bằng quyền của người khác, to help: written to the ledger, where that person sees it.

    Raises Refused: unknown_look, not_for_oneself, no_account, account_beyond.
    """
    refuse_if(why not in dict(LOOKS), "unknown_look")
    account, _ = _of(person, at.date(), by)
    record(by, "account.looked", on=at.date(), unit_id=None, touched=[account], reason=why)
    return account


def _of(person: Person, on: date, by: Actor) -> tuple[Account, list[HeldPost]]:
    by.must(Power.APPOINT, person.scope_path)
    refuse_if(by.person_id == person.pk, "not_for_oneself")
    account = Account.objects.filter(person=person).first()
    if account is None:
        refuse_if(True, "no_account")
    assert account is not None
    return account, _within_reach(account, on, by)


def _within_reach(account: Account, on: date, by: Actor) -> list[HeldPost]:
    """The posts of the account. Raises Refused("account_beyond") when one reaches further than the giver."""
    posts = held_posts(account.pk, on=on)
    refuse_if(beyond(by, posts), "account_beyond")
    return [post for post in posts if post.office]


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the list: a person who has an account, or a post without one."""

    person: Person
    posts: list[Post]
    account: Account | None
    state: str  # none | waiting | expired | open | locked
    sessions: int
    stepped: bool  # has the second step
    key: str


def account_lines(unit: Unit, on: date, *, at: datetime, actor: Actor, after: str = "", most: int) -> list[AccountLine]:
    """Tài khoản trong nhánh, xếp theo tên: holders of posts and of accounts; three queries, paged by key."""
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    held = Post.objects.visible_to(actor).on(on).filter(scope_path__gte=low, scope_path__lt=high)
    people = Person.objects.visible_to(actor).filter(scope_path__gte=low, scope_path__lt=high)
    people = people.filter(Q(account__isnull=False) | Q(pk__in=held.values("person"))).order_by("name_key", "id")
    name, _, last = after.rpartition("~")
    if name and is_uuid(last):
        people = people.filter(Q(name_key__gt=name) | Q(name_key=name, id__gt=last))
    shown = list(people[:most])
    posts: dict[Any, list[Post]] = defaultdict(list)
    for post in _posts(on, actor).filter(person__in=shown):
        posts[post.person_id].append(post)
    accounts = {row.pk: row for row in _told(at).filter(pk__in=[person.account_id for person in shown])}
    return [_line(person, posts[person.pk], accounts.get(person.account_id)) for person in shown]


def account_line(person: Person, on: date, *, at: datetime, actor: Actor) -> AccountLine:
    """The same for one person; two queries."""
    return _line(person, list(_posts(on, actor).filter(person=person)), _told(at).filter(pk=person.account_id).first())


def _posts(on: date, actor: Actor) -> QuerySet[Post]:
    """With the name of the unit that day: two secretaries of one name are told apart by their cells."""
    named = Placement.objects.on(on).filter(unit=OuterRef("unit")).values("short_name")[:1]
    rows: QuerySet[Post] = Post.objects.visible_to(actor).on(on).annotate(unit_name=Subquery(named))
    return rows.order_by("scope_path", "office")


def _told(at: datetime) -> Any:
    waiting = Handover.objects.live(at).filter(account=OuterRef("pk")).exclude(kind=Handover.SEALED)
    alive = Count("sessions", filter=Q(sessions__expire_date__gt=at))
    stepped = Authenticator.objects.in_force().filter(account=OuterRef("pk"))
    return Account.objects.annotate(waits=Exists(waiting), alive=alive, stepped=Exists(stepped))


def _line(person: Person, posts: list[Post], account: Any) -> AccountLine:
    key = f"{person.name_key}~{person.pk}"
    if account is None:
        return AccountLine(person, posts, None, "none", 0, False, key)
    if not account.is_active:
        state = "locked"
    elif account.waits:
        state = "waiting"
    else:
        state = "open" if account.has_usable_password() else "expired"
    return AccountLine(person, posts, account, state, account.alive, account.stepped, key)


def sessions_of(account: Account, at: datetime) -> list[Session]:
    """Where somebody is signed in: device and day, the key never."""
    return list(Session.objects.filter(account=account, expire_date__gt=at).order_by("-opened_at"))


@dataclass(frozen=True, slots=True)
class StepState:
    """One's own second step."""

    row: Authenticator | None
    confirmed: bool
    codes_left: int


def step_of_account(actor: Actor) -> StepState:
    """Bước hai của mình: none, begun, or set up with so many recovery codes left. A row of an old key is none."""
    rows = Authenticator.objects.filter(account=actor.account_id, key_mark=key_mark())
    row = rows.select_related("account").first()
    left = RecoveryCode.objects.filter(account=actor.account_id, used_at=None).count() if row else 0
    return StepState(row, row is not None and row.confirmed_at is not None, left)


def offices_with_step(on: date) -> list[str]:
    """Chức vụ phải có bước hai, in words."""
    asked = set(SecondStep.objects.filter(during__contains=on).values_list("office", flat=True))
    return [office.label for office in Office if office in asked]


EVENTS = {
    "account.made": "Lập tài khoản",
    "account.code_given": "Cấp mã trao tài khoản",
    "account.code_used": "Mở tài khoản bằng mã",
    "account.passphrase_changed": "Đổi cụm từ bí mật",
    "account.locked": "Khóa tài khoản",
    "account.unlocked": "Mở khóa tài khoản",
    "account.sessions_ended": "Kết thúc mọi phiên",
    "account.step_set": "Lập bước hai",
    "account.step_stopped": "Thôi bước hai",
    "account.step_reset": "Đặt lại bước hai",
    "account.recovery_code_used": "Dùng một mã khôi phục thay điện thoại",
    "account.recovery_codes_renewed": "Cấp lại mã khôi phục",
    "account.codes_sealed": "Cấp mã khôi phục trong phong bì",
    "account.recovered": "Cấp mã tại máy chủ",
    "account.looked": "Xem thử bằng quyền của tài khoản này, không ghi được gì",
}


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """What was done with one's account."""

    at: datetime
    words: str
    who: str  # own | office | machine


def account_events(actor: Actor, most: int = 20) -> list[AccountEvent]:
    """Việc đã làm với tài khoản của mình, from the ledger, newest first: a code one never got shows here."""
    touched = Touch.objects.filter(kind="access.account", object_id=str(actor.account_id)).values("entry")
    rows = Entry.objects.filter(pk__in=touched, verb__in=EVENTS).order_by("-pk")[:most]
    return [AccountEvent(row.at, EVENTS[row.verb], _who(row.by_account, actor)) for row in rows]


def _who(account: int | None, actor: Actor) -> str:
    if account is None:
        return "machine"
    return "own" if account == actor.account_id else "office"
