"""Accounts and sessions, the log of readings, requests about one's own data."""

from chibo.access.models.accounts import (
    Account,
    AccountManager,
    Authenticator,
    FailedSignIn,
    Handover,
    RecoveryCode,
    SecondStep,
    Session,
)
from chibo.access.models.forms import FilledForm
from chibo.access.models.readings import Reading
from chibo.access.models.requests import DataAnswer, DataRequest

__all__ = [
    "Account",
    "AccountManager",
    "Authenticator",
    "DataAnswer",
    "DataRequest",
    "FailedSignIn",
    "FilledForm",
    "Handover",
    "Reading",
    "RecoveryCode",
    "SecondStep",
    "Session",
]
