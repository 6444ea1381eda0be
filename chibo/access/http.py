"""What the web knows about a visitor: the session, the device in two words, the typed request."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.http import HttpRequest, HttpResponse

from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused


class Request(HttpRequest):
    """A request after the middleware: it carries the actor, the posts, the day, and words for refusals."""

    actor: Actor
    posts: list[Any]  # cadres.authority.HeldPost
    today: date
    real_actor: Actor  # who sits at the keyboard, when looking in somebody's place
    viewing: str  # the name of whose place it is; empty when one's own
    viewing_until: datetime | None
    stepless: bool  # a post of theirs asks for the second step, and they have not passed it
    now: datetime
    undo: bool
    say: Callable[[Refused], str]


def goes_alone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose POST may be an act on the tree: no other request writes meanwhile (`kernel.turns`)."""
    view.goes_alone = True  # type: ignore[attr-defined]
    return view


VIEWING = "viewing"  # in the session: in whose place somebody looks, and until when
PASSED = "step"  # in the session: when the second step was passed


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's, on our store; named here so that settings show one place for sessions."""


_BROWSERS = [("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"),
             ("Chrome/", "Chrome"), ("Safari/", "Safari")]  # fmt: skip
_SYSTEMS = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux")]  # fmt: skip


def device_of(request: HttpRequest) -> str:
    """«Chrome trên Android»: enough to recognise one's own phone, too little to be a fingerprint."""
    told = request.headers.get("User-Agent", "")[:400]
    browser = next((name for mark, name in _BROWSERS if mark in told), "Trình duyệt")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    return f"{browser} trên {system}" if system else browser


def address_of(request: HttpRequest) -> str | None:
    """The address of the peer; forwarded headers are not believed."""
    address: str = request.META.get("REMOTE_ADDR", "")
    return address if re.fullmatch(r"[0-9a-fA-F.:]+", address) else None
