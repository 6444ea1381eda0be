"""Accounts handed over on paper: a one-time code, used once at the first sign-in; lock, unlock, end sessions."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from chibo.access.codes import code_digest, new_code
from chibo.access.models import Account, Handover, Session
from chibo.access.operations.signing_in import (
    fit_username,
    forget_failures,
    note_failure,
    refuse_weak,
    refuse_while_waiting,
    tidy_name,
)
from chibo.access.operations.stepping import drop_step
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record

CODE_LIVES = timedelta(days=7)
MACHINE_CODE_LIVES = timedelta(days=1)
PURPOSE = "handover"


@transaction.atomic
def make_unopened_account(username: str, *, at: datetime, by: Actor) -> Account:
    """Lập tài khoản chưa mở: nobody has its passphrase yet. Raises Refused: bad_username, username_taken."""
    account = Account(username=fit_username(username))
    account.set_unusable_password()
    account.save()
    record(by, "account.made", on=at.date(), unit_id=None, touched=[account])
    return account


@transaction.atomic
def give_code(account: Account, kind: str, *, key: uuid.UUID, at: datetime, by: Actor) -> str:
    """Cấp mã trao tài khoản: returned once, never shown again. The old passphrase and all sessions end now.

    Raises Refused: account_locked, code_given_already.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    refuse_if(not account.is_active, "account_locked")
    refuse_if(Handover.objects.filter(key=key).exists(), "code_given_already")
    _withdraw_codes(account, at)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    Session.objects.filter(account=account).delete()
    code = new_code()
    lives = MACHINE_CODE_LIVES if kind == Handover.MACHINE else CODE_LIVES
    Handover.objects.create(
        account=account, kind=kind, key=key, digest=code_digest(code, PURPOSE), at=at, expires_at=at + lives,
        by_account=by.account_id,
    )  # fmt: skip
    record(by, "account.code_given", on=at.date(), unit_id=None, touched=[account], reason=kind)
    return code


def _withdraw_codes(account: Account, at: datetime) -> None:
    Handover.objects.live(at).filter(account=account).exclude(kind=Handover.SEALED).update(withdrawn_at=at)


@transaction.atomic
def seal_codes(account: Account, *, count: int, at: datetime, by: Actor) -> list[str]:
    """Mã khôi phục niêm phong: each opens the account once, whatever happened. Earlier ones no longer do."""
    Account.objects.select_for_update().get(pk=account.pk)
    Handover.objects.live(at).filter(account=account, kind=Handover.SEALED).update(withdrawn_at=at)
    codes = [new_code() for _ in range(count)]
    Handover.objects.bulk_create(
        Handover(
            account=account, kind=Handover.SEALED, key=uuid.uuid4(), digest=code_digest(code, PURPOSE), at=at,
            by_account=by.account_id,
        )
        for code in codes
    )  # fmt: skip
    record(by, "account.codes_sealed", on=at.date(), unit_id=None, touched=[account])
    return codes


@transaction.atomic
def begin_with_code(username: str, code: str, passphrase: str, *, address: str | None, at: datetime) -> Account | None:
    """Lần đầu đăng nhập: the code is used up, the passphrase is the person's own. None: name or code is wrong.

    Wrong name, wrong code, used, expired, locked: one answer, after the same questions to the database. Raises
    Refused: sign_in_wait, short_passphrase, common_passphrase (these two before the code is looked at).
    """
    username = tidy_name(username)
    refuse_weak(passphrase, username)
    refuse_while_waiting(username, address, at=at)
    row = (
        Handover.objects.live(at)
        .filter(digest=code_digest(code, PURPOSE), account__username=username, account__is_active=True)
        .select_related("account").select_for_update().first()
    )  # fmt: skip
    if row is None:
        note_failure(username, address, at=at)
        return None
    account = row.account
    row.used_at = at
    row.save(update_fields=["used_at"])
    account.set_password(passphrase)
    account.save(update_fields=["password"])
    if row.kind in (Handover.SEALED, Handover.MACHINE):
        drop_step(account)  # whoever opened the envelope may have lost the phone as well
    Session.objects.filter(account=account).delete()
    forget_failures(username)
    by = Actor(account.pk, None, {})
    record(by, "account.code_used", on=at.date(), unit_id=None, touched=[account], reason=row.kind)
    return account


@transaction.atomic
def close_account(account: Account, why: str, *, at: datetime, by: Actor) -> None:
    """Khóa tài khoản: out at the next request, no way in until unlocked.

    Raises Refused: unknown_lock, account_locked.
    """
    refuse_if(why not in dict(Account.LOCKS), "unknown_lock")
    account = Account.objects.select_for_update().get(pk=account.pk)
    refuse_if(not account.is_active, "account_locked")
    account.is_active, account.locked_at, account.locked_why = False, at, why
    account.save(update_fields=["is_active", "locked_at", "locked_why"])
    _withdraw_codes(account, at)
    Session.objects.filter(account=account).delete()
    record(by, "account.locked", on=at.date(), unit_id=None, touched=[account], reason=why)


@transaction.atomic
def open_account(account: Account, *, at: datetime, by: Actor) -> None:
    """Mở khóa tài khoản: the passphrase is the old one. Raises Refused("account_open")."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    refuse_if(account.is_active, "account_open")
    account.is_active, account.locked_at, account.locked_why = True, None, ""
    account.save(update_fields=["is_active", "locked_at", "locked_why"])
    record(by, "account.unlocked", on=at.date(), unit_id=None, touched=[account])


@transaction.atomic
def end_sessions_of(account: Account, *, at: datetime, by: Actor) -> int:
    """Kết thúc mọi phiên của một tài khoản: how many there were."""
    ended, _ = Session.objects.filter(Q(account=account)).delete()
    record(by, "account.sessions_ended", on=at.date(), unit_id=None, touched=[account])
    return ended
