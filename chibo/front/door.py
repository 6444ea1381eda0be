"""From the right passphrase to the first page: at once, or by way of the second step."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare

from chibo.access.http import PASSED, Request, device_of
from chibo.access.models import Account, Authenticator
from chibo.access.operations import note_signed_in
from chibo.front.kept import Pairs, send_again

HALF = "half"  # in the session: who has given the passphrase, and when
HALF_LIVES = timedelta(minutes=5)


def admit(request: Request, account: Account, onward: str, kept: Pairs) -> HttpResponse:
    """Whoever gave the right passphrase or code of paper: asked for the second step if they have one."""
    if not Authenticator.objects.in_force().filter(account=account).exists():
        return go_in(request, account, onward, kept)
    request.session.flush()
    request.session[HALF] = [account.pk, account.get_session_auth_hash(), request.now.isoformat()]
    return render(request, "front/signin_code.html", {"next": onward, "kept": kept})


def half_way(request: Request) -> Account | None:
    """The account whose passphrase this browser gave a moment ago; None when too late, or when it changed since."""
    half = request.session.get(HALF)
    if not half or request.now - datetime.fromisoformat(half[2]) > HALF_LIVES:
        return None
    account = Account.objects.filter(pk=half[0], is_active=True).first()
    same = account is not None and constant_time_compare(account.get_session_auth_hash(), half[1])
    return account if same else None


def go_in(request: Request, account: Account, onward: str, kept: Pairs, *, passed: bool = False) -> HttpResponse:
    """In: a new session, then where one wanted to go."""
    enter(request, account, passed=passed)
    if kept and onward:
        return send_again(request, onward, kept)
    return redirect(onward or "front:home")


def enter(request: Request, account: Account, *, passed: bool = False) -> None:
    """The session begins: a new key, the device in two words, the day of the account."""
    request.session.flush()  # a key known from before is worth nothing, whoever it was given to
    request.session["device"], request.session["opened"] = device_of(request), request.now.isoformat()
    if passed:
        request.session[PASSED] = request.now.isoformat()
    login(request, account)
    note_signed_in(account, at=request.now)
