"""Accounts, sessions, failed sign-ins."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Accounts by name, without regard to capitals."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Tài khoản: one person's key to the door. Never shared; rights come from dated posts, not from here."""

    last_login = None  # when people come and go is nobody's statistic
    username = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

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


class FailedSignIn(models.Model):
    """Lần đăng nhập sai: kept for a day, only to slow down guessing."""

    username = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["username", "at"]), models.Index(fields=["address", "at"])]

    def __str__(self) -> str:
        return f"failed at {self.at}"
