"""A page that shows somebody's file says so: the log is written once the page is made, before it is sent."""

from __future__ import annotations

from django.db import transaction

from chibo.access.http import Request
from chibo.access.operations import Opened, note_opened
from chibo.access.wall import raise_wall
from chibo.cadres.authority import held_posts
from chibo.cadres.models import Office


def remember(request: Request, opened: Opened) -> None:
    """Nhớ là đã mở. After the page's own transaction, which may not write; without the log no page is sent."""
    actor, at = request.real_actor, request.now
    posts = request.posts if not request.viewing else held_posts(actor.account_id or 0, on=request.today)
    held = [post for post in posts if post.office]
    name = posts[0].full_name if posts else ""
    post = f"{Office(held[0].office).label}, {held[0].unit_name}" if held else ""

    def write() -> None:
        with transaction.atomic():
            raise_wall(actor)
            note_opened(opened, at=at, by=actor, by_name=name, by_post=post)

    transaction.on_commit(write)
