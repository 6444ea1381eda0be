"""Sign in, be slowed down when guessing, end a session, make an account."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Max, Q

from chibo.access.models import Account, FailedSignIn, Session
from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused, refuse_if
from chibo.ledger.operations import record

SHORTEST_PASSPHRASE = 12
FREE_TRIES = 5
FREE_TRIES_OF_AN_ADDRESS = 20  # a whole office may sit behind one address
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)  # also the memory: nobody is locked out for longer
COMMON = frozenset({"123456789012", "matkhau123456", "password1234", "abcdefghijkl", "111111111111", "chibo1234567"})


@transaction.atomic
def make_account(username: str, passphrase: str, *, at: datetime, by: Actor, demo: bool = False) -> Account:
    """Lập tài khoản. Raises Refused: bad_username, username_taken, short_passphrase, common_passphrase."""
    username = username.strip().lower()
    refuse_if(not username.isascii() or not username[:1].isalnum(), "bad_username")
    refuse_if(Account.objects.filter(username=username).exists(), "username_taken")
    refuse_if(len(passphrase) < SHORTEST_PASSPHRASE, "short_passphrase", least=SHORTEST_PASSPHRASE)
    refuse_if(passphrase.lower() in COMMON or username in passphrase.lower(), "common_passphrase")
    account = Account(username=username, is_demo=demo)
    account.set_password(passphrase)
    account.save()
    record(by, "account.made", on=at.date(), unit_id=None, touched=[account])
    return account


def check_sign_in(username: str, passphrase: str, *, address: str | None, at: datetime) -> Account | None:
    """Đăng nhập: the account when the phrase is right, None when not.

    Raises Refused("sign_in_wait", seconds=…) while this name or address has to wait; the phrase is then not
    looked at, so that guessing gains nothing.
    """
    username = "".join(letter for letter in username[:200] if letter.isprintable()).strip().lower()[:60]
    wait = waiting(username, address, at=at)
    refuse_if(wait > timedelta(0), "sign_in_wait", seconds=max(1, round(wait.total_seconds())))
    account = authenticate(username=username, password=passphrase[:500])
    if isinstance(account, Account):
        FailedSignIn.objects.filter(username=username).delete()
        return account
    FailedSignIn.objects.filter(at__lt=at - timedelta(days=1)).delete()
    FailedSignIn.objects.create(username=username, address=address, at=at)
    return None


def waiting(username: str, address: str | None, *, at: datetime) -> timedelta:
    """How long this name, or this address, has to wait before the next try."""
    recent = FailedSignIn.objects.filter(at__gt=at - LONGEST_WAIT)
    tries = [(Q(username=username), FREE_TRIES)]
    if address:
        tries.append((Q(address=address), FREE_TRIES_OF_AN_ADDRESS))
    return max((_wait(recent.filter(who), free, at) for who, free in tries), default=timedelta(0))


def _wait(failures, free: int, at: datetime) -> timedelta:  # type: ignore[no-untyped-def]
    count = failures.count()
    if count < free:
        return timedelta(0)
    pause = min(FIRST_WAIT * 2 ** min(count - free, 10), LONGEST_WAIT)
    last: datetime = failures.aggregate(last=Max("at"))["last"]
    return last + pause - at


@transaction.atomic
def end_session(session: Session, *, at: datetime, by: Actor) -> None:
    """Thu hồi phiên: that browser is signed out at its next request. Raises Refused("not_your_session")."""
    if session.account_id != by.account_id:
        raise Refused("not_your_session")
    record(by, "session.ended", on=at.date(), unit_id=None, touched=[("access.account", session.account_id)])
    session.delete()
