"""Xem thử: the office sees the pages as somebody else does, to help; nothing can be written, and it ends by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse

from chibo.access.http import VIEWING, Request
from chibo.cadres.authority import beyond, held_posts, in_place_of
from chibo.front.refusals import refused_page
from chibo.kernel.actor import Power

LASTS = timedelta(minutes=15)
OWN_ROOMS = {f"chibo.front.views.{name}" for name in ("accounts", "own", "passphrase", "requests", "second_step")}
SAFE = {"GET", "HEAD"}
ONLY_LOOKING = "Đang xem thử nên không ghi được gì. Bấm «Thôi xem thử» rồi làm bằng tài khoản của mình."
THEIR_OWN = "Trang này là phần riêng của mỗi người, hoặc phần kín, nên xem thử không mở được."


def look_from_there(request: Request) -> None:
    """Take the place for this request, if the time has not run out and the visitor still may."""
    held = request.session.get(VIEWING)
    if not held:
        return
    account, until = int(held[0]), datetime.fromisoformat(held[1])
    posts = held_posts(account, on=request.today)
    may = request.actor.ranges(Power.APPOINT) and posts and not beyond(request.actor, posts)
    if request.now >= until or not may:
        del request.session[VIEWING]
        return
    request.viewing, request.viewing_until = posts[0].full_name, until
    request.actor, request.posts = in_place_of(request.actor, posts), posts


def closed_to_visitors(request: Request, view: Any) -> HttpResponse | None:
    """A refusal for what a visitor may not open or send. The database itself takes no writing meanwhile."""
    if getattr(view, "ends_viewing", False):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
    if request.method not in SAFE:
        return refused_page(request, 403, "Chỉ xem, không ghi", ONLY_LOOKING, "only_looking")
    if view.__module__ in OWN_ROOMS or getattr(view, "__name__", "") == "sessions":
        return refused_page(request, 403, "Phần riêng", THEIR_OWN, "their_own")
    return None
