"""The second step of signing in: set it up on one's phone, pass it, use a recovery code, stop, be reset."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.access.codes import SHORT, code_digest, new_code
from chibo.access.models import Account, Authenticator, FailedSignIn, RecoveryCode, SecondStep, Session
from chibo.access.operations.signing_in import forget_failures, note_failure, refuse_while_waiting
from chibo.access.totp import key_mark, matching_step, secret_of
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record

RECOVERY_CODES = 10
MOST_WRONG_CODES = 30  # a day; only who has the passphrase can use them up
PURPOSE = "recovery"


@transaction.atomic
def start_step(*, at: datetime, by: Actor) -> Authenticator:
    """Bắt đầu lập bước hai: a new secret that counts for nothing until confirmed. Raises Refused("step_set_up")."""
    account = Account.objects.select_for_update().get(pk=_own(by))
    refuse_if(Authenticator.objects.in_force().filter(account=account).exists(), "step_set_up")
    Authenticator.objects.filter(account=account).delete()
    return Authenticator.objects.create(account=account, salt=secrets.token_hex(16), key_mark=key_mark(), at=at)


@transaction.atomic
def confirm_step(typed: str, *, address: str | None, keep: str | None, at: datetime, by: Actor) -> list[str] | None:
    """Xác nhận bước hai by a code from the phone; the recovery codes come back, once. None: wrong code.

    Every other session ends: they came in without it. Raises Refused: sign_in_wait, step_not_started, step_set_up.
    """
    row = Authenticator.objects.select_for_update().filter(account=_own(by), key_mark=key_mark()).first()
    if row is None:
        refuse_if(True, "step_not_started")
    assert row is not None
    refuse_if(row.confirmed_at is not None, "step_set_up")
    if not _passes(row, typed, address, at):
        return None
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at"])
    Session.objects.filter(account=row.account_id).exclude(session_key=keep).delete()
    record(by, "account.step_set", on=at.date(), unit_id=None, touched=[row.account])
    return _new_recovery_codes(row.account)


def pass_step(account: Account, typed: str, *, address: str | None, at: datetime) -> bool:
    """Qua bước hai khi đăng nhập: a code of the phone, each used once, or one of the recovery codes.

    Raises Refused: sign_in_wait as the first step does, both count the same failures; too_many_codes.
    """
    with transaction.atomic():
        row = Authenticator.objects.in_force().select_for_update().filter(account=account).first()
        if row is None:
            return False
        return _passes(row, typed, address, at) or _uses_recovery_code(row.account, typed, at)


def _passes(row: Authenticator, typed: str, address: str | None, at: datetime) -> bool:
    _refuse_guessing(row.account.username, address, at)
    step = matching_step(secret_of(row.account_id, row.salt), typed, at, after=row.last_step)
    if step is None:
        note_failure(row.account.username, address, at=at, at_step=True)
        return False
    row.last_step = step
    row.save(update_fields=["last_step"])
    forget_failures(row.account.username)
    return True


def _refuse_guessing(username: str, address: str | None, at: datetime) -> None:
    """As at the first step; and so many wrong codes in a day that somebody else must have the passphrase."""
    refuse_while_waiting(username, address, at=at)
    wrong = FailedSignIn.objects.filter(username=username, at_step=True, at__gt=at - timedelta(days=1)).count()
    refuse_if(wrong >= MOST_WRONG_CODES, "too_many_codes")


def _uses_recovery_code(account: Account, typed: str, at: datetime) -> bool:
    """Instead of the phone. Written to the ledger, for its owner to see."""
    found = RecoveryCode.objects.filter(account=account, digest=code_digest(typed, PURPOSE), used_at=None)
    if not found.update(used_at=at):
        return False
    forget_failures(account.username)
    record(Actor(account.pk, None, {}), "account.recovery_code_used", on=at.date(), unit_id=None, touched=[account])
    return True


@transaction.atomic
def renew_recovery_codes(typed: str, *, address: str | None, at: datetime, by: Actor) -> list[str] | None:
    """Cấp lại mã khôi phục của mình, with a code of the phone; None when it is wrong.

    Raises Refused: sign_in_wait, step_not_set.
    """
    row = _in_force(by)
    if not _passes(row, typed, address, at):
        return None
    record(by, "account.recovery_codes_renewed", on=at.date(), unit_id=None, touched=[row.account])
    return _new_recovery_codes(row.account)


@transaction.atomic
def stop_step(typed: str, *, address: str | None, at: datetime, by: Actor) -> bool:
    """Thôi bước hai, to begin anew on another phone; False when the code is wrong.

    Where a post asks for it, nothing opens until it is set up again. Raises Refused: sign_in_wait, step_not_set.
    """
    row = _in_force(by)
    if not _passes(row, typed, address, at):
        return False
    drop_step(row.account)
    record(by, "account.step_stopped", on=at.date(), unit_id=None, touched=[row.account])
    return True


def drop_step(account: Account) -> None:
    """The phone and the recovery codes count no more. Part of an act that says why."""
    Authenticator.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()


@transaction.atomic
def reset_step(account: Account, *, at: datetime, by: Actor) -> None:
    """Đặt lại bước hai of somebody who lost phone and codes: sessions end. Raises Refused("step_not_set")."""
    refuse_if(not Authenticator.objects.filter(account=account).exists(), "step_not_set")
    drop_step(account)
    Session.objects.filter(account=account).delete()
    record(by, "account.step_reset", on=at.date(), unit_id=None, touched=[account])


def _in_force(by: Actor) -> Authenticator:
    row = Authenticator.objects.in_force().select_for_update().filter(account=_own(by)).first()
    if row is None:
        refuse_if(True, "step_not_set")
    assert row is not None
    return row


def _new_recovery_codes(account: Account) -> list[str]:
    RecoveryCode.objects.filter(account=account).delete()
    codes = [new_code(SHORT) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=code_digest(c, PURPOSE)) for c in codes)
    return codes


def _own(by: Actor) -> int:
    assert by.account_id is not None
    return by.account_id


@transaction.atomic
def require_step(offices: list[str], *, on: date, by: Actor) -> None:
    """Bắt buộc bước hai với các chức vụ này từ ngày `on`. Raises Refused("step_required_already")."""
    for office in offices:
        same = SecondStep.objects.filter(office=office, during__overlap=DateRange(on, None))
        refuse_if(same.exists(), "step_required_already")
        SecondStep.objects.create(office=office, during=DateRange(on, None))
    record(by, "second_step.required", on=on, unit_id=None, touched=[("access.secondstep", o) for o in offices])


@transaction.atomic
def release_step(office: str, *, last: date, by: Actor) -> None:
    """Thôi bắt buộc sau ngày `last`. Raises Refused("step_not_required")."""
    row = SecondStep.objects.select_for_update().filter(office=office, during__contains=last).first()
    if row is None:
        refuse_if(True, "step_not_required")
    assert row is not None
    row.during = DateRange(row.during.lower, last + timedelta(days=1))
    row.save(update_fields=["during"])
    record(by, "second_step.released", on=last, unit_id=None, touched=[("access.secondstep", office)])
