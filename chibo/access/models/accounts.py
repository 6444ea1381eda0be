"""Accounts, sessions, failed sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from chibo.access.totp import key_mark
from chibo.kernel.periods import one_at_a_time


class AccountManager(BaseUserManager["Account"]):
    """Accounts by name, without regard to capitals."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Tài khoản: one person's key to the door. Never shared; rights come from dated posts, not from here."""

    LOCKS = [
        ("lost", "mất máy, nghi lộ cụm từ bí mật"),
        ("left", "không còn làm việc này"),
        ("unused", "lâu không dùng"),
    ]

    last_login = None  # when people come and go is nobody's statistic
    username = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    signed_in_on = models.DateField(null=True)  # a day, no hour: finds the keys nobody uses
    locked_at = models.DateTimeField(null=True)
    locked_why = models.CharField(max_length=8, blank=True, default="", choices=LOCKS)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="username_in_small_letters", condition=models.Q(username__regex=r"^[a-z0-9][a-z0-9._-]*$")
            )
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class Session(AbstractBaseSession):
    """Phiên đăng nhập: one signed-in browser, which its owner can list and end."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    opened_at = models.DateTimeField()
    device = models.CharField(max_length=80, blank=True)

    @classmethod
    def get_session_store_class(cls):  # type: ignore[no-untyped-def]
        from chibo.access.session_store import SessionStore

        return SessionStore

    def __str__(self) -> str:
        return f"session of {self.account_id}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Codes."""

    def live(self, at: datetime) -> Self:
        """Neither used, nor withdrawn, nor expired."""
        lasts = models.Q(expires_at__gt=at) | models.Q(expires_at=None)
        return self.filter(lasts, used_at=None, withdrawn_at=None)


class Handover(models.Model):
    """Mã trao tài khoản: given on paper, opens the account once; only its keyed hash is kept."""

    FIRST, FORGOTTEN, SEALED, MACHINE = "first", "forgotten", "sealed", "machine"
    KINDS = [
        (FIRST, "trao lần đầu"),
        (FORGOTTEN, "cấp lại"),
        (SEALED, "khôi phục, niêm phong"),
        (MACHINE, "cấp tại máy chủ"),
    ]

    account = models.ForeignKey(Account, models.CASCADE, related_name="handovers")
    kind = models.CharField(max_length=10, choices=KINDS)
    key = models.UUIDField(unique=True)  # of the form: a page sent twice gives one code
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)  # sealed ones lie in an envelope until they are needed
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    by_account = models.BigIntegerField(null=True)

    objects = HandoverQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} code of {self.account_id}"


class AuthenticatorQuerySet(models.QuerySet["Authenticator"]):
    """Second steps."""

    def in_force(self) -> Self:
        """Confirmed, and made by the key this installation has now."""
        return self.filter(confirmed_at__isnull=False, key_mark=key_mark())


class Authenticator(models.Model):
    """Bước hai: the application on a person's phone. The secret is not here: the installation's key makes it."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="authenticator")
    salt = models.CharField(max_length=32)
    key_mark = models.CharField(max_length=8)
    last_step = models.BigIntegerField(default=0)  # each code once
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = AuthenticatorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"second step of {self.account_id}"


class RecoveryCode(models.Model):
    """Mã khôi phục của bước hai: on paper with its owner, instead of the phone, each once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="a_recovery_code_is_given_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.account_id}"


class SecondStep(models.Model):
    """Chức vụ phải có bước hai, over a period: a rule of this installation, none in the demo."""

    office = models.CharField(max_length=24)  # of `cadres.Office`, a floor above
    during = DateRangeField()

    class Meta:
        constraints = [one_at_a_time("office", name="one_rule_of_a_second_step_at_a_time")]

    def __str__(self) -> str:
        return f"second step for {self.office}"


class FailedSignIn(models.Model):
    """Lần đăng nhập sai: kept for a day, only to slow down guessing."""

    username = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    at_step = models.BooleanField(default=False)  # the passphrase was right, the code was not

    class Meta:
        indexes = [models.Index(fields=["username", "at"]), models.Index(fields=["address", "at"])]

    def __str__(self) -> str:
        return f"failed at {self.at}"
