"""Sign in, be slowed down when guessing, end a session, change one's passphrase, make an account."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Max, Q

from chibo.access.models import Account, Authenticator, FailedSignIn, Session
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
    username = fit_username(username)
    refuse_weak(passphrase, username)
    account = Account(username=username, is_demo=demo)
    account.set_password(passphrase)
    account.save()
    record(by, "account.made", on=at.date(), unit_id=None, touched=[account])
    return account


def fit_username(username: str) -> str:
    """The sign-in name in small letters. Raises Refused: bad_username, username_taken."""
    username = tidy_name(username)
    plain = username.replace(".", "").replace("-", "").replace("_", "")
    refuse_if(not plain.isascii() or not plain.isalnum() or not username[:1].isalnum(), "bad_username")
    refuse_if(Account.objects.filter(username=username).exists(), "username_taken")
    return username


def refuse_weak(passphrase: str, username: str) -> None:
    """Raise Refused: short_passphrase, common_passphrase. Long is good; nothing else is asked of it."""
    refuse_if(len(passphrase.strip()) < SHORTEST_PASSPHRASE, "short_passphrase", least=SHORTEST_PASSPHRASE)
    refuse_if(passphrase.lower() in COMMON or (username and username in passphrase.lower()), "common_passphrase")


def tidy_name(username: str) -> str:
    """A typed sign-in name as it could stand in the table."""
    return "".join(letter for letter in username[:200] if letter.isprintable()).strip().lower()[:60]


def check_sign_in(username: str, passphrase: str, *, address: str | None, at: datetime) -> Account | None:
    """Đăng nhập: the account when the phrase is right, None when not.

    Raises Refused("sign_in_wait", seconds=…) while this name or address has to wait; the phrase is then not
    looked at, so that guessing gains nothing.
    """
    username = tidy_name(username)
    refuse_while_waiting(username, address, at=at)
    account = authenticate(username=username, password=passphrase[:500])
    if isinstance(account, Account):
        if not Authenticator.objects.in_force().filter(account=account).exists():
            forget_failures(username)  # else the second step does: who has the phrase may not guess codes for ever
        return account
    note_failure(username, address, at=at)
    return None


def refuse_while_waiting(username: str, address: str | None, *, at: datetime) -> None:
    """Raise Refused("sign_in_wait", seconds=…) while this name or address has to wait."""
    wait = waiting(username, address, at=at)
    refuse_if(wait > timedelta(0), "sign_in_wait", seconds=max(1, round(wait.total_seconds())))


def note_failure(username: str, address: str | None, *, at: datetime, at_step: bool = False) -> None:
    """One more wrong try; those of the day before are forgotten."""
    FailedSignIn.objects.filter(at__lt=at - timedelta(days=1)).delete()
    FailedSignIn.objects.create(username=username, address=address, at=at, at_step=at_step)


def forget_failures(username: str) -> None:
    """The right person came in."""
    FailedSignIn.objects.filter(username=username).delete()


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


def note_signed_in(account: Account, *, at: datetime) -> None:
    """Ngày đăng nhập gần nhất: the day only, so that keys nobody uses are found."""
    Account.objects.filter(pk=account.pk).exclude(signed_in_on=at.date()).update(signed_in_on=at.date())


@transaction.atomic
def end_session(session: Session, *, at: datetime, by: Actor) -> None:
    """Thu hồi phiên: that browser is signed out at its next request. Raises Refused("not_your_session")."""
    if session.account_id != by.account_id:
        raise Refused("not_your_session")
    record(by, "session.ended", on=at.date(), unit_id=None, touched=[("access.account", session.account_id)])
    session.delete()


@transaction.atomic
def change_passphrase(
    old: str, new: str, *, address: str | None, keep: str | None, at: datetime, by: Actor
) -> Account | None:
    """Đổi cụm từ bí mật của mình: every other session ends, `keep` is the key of this one. None: `old` is wrong.

    Raises Refused: sign_in_wait, short_passphrase, common_passphrase, same_passphrase.
    """
    assert by.account_id is not None
    account = Account.objects.get(pk=by.account_id)
    refuse_weak(new, account.username)
    refuse_if(new == old, "same_passphrase")
    refuse_while_waiting(account.username, address, at=at)
    if not account.check_password(old[:500]):
        note_failure(account.username, address, at=at)
        return None
    forget_failures(account.username)
    account.set_password(new)
    account.save(update_fields=["password"])
    Session.objects.filter(account=account).exclude(session_key=keep).delete()
    record(by, "account.passphrase_changed", on=at.date(), unit_id=None, touched=[account])
    return account
