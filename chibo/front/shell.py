"""What every page needs: who I am, the rail, the tabs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from chibo.cadres.models import Office
from chibo.kernel.actor import Actor, Power
from chibo.meetings.bodies import COMMITTEE_POSTS
from chibo.meetings.owed_counts import counts


class Badges:
    """The counts beside the rail; asked of the database when a page shows them, once."""

    def __init__(self, actor: Actor, day: date) -> None:
        self.actor, self.day = actor, day

    @cached_property
    def found(self) -> dict[str, int]:
        """Icon of the place → how many."""
        return counts(self.actor, on=self.day)


@dataclass(frozen=True, slots=True)
class RailItem:
    """One line of the navigation."""

    icon: str
    label: str
    url: str
    current: bool
    short: str  # on a phone, where five stand in one row
    badges: Badges

    @property
    def count(self) -> int:
        """What this person owes there today."""
        return self.badges.found.get(self.icon, 0)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; the posts were read when the actor was made, one query counts what is owed."""
    actor, posts = getattr(request, "actor", None), getattr(request, "posts", [])
    held = [post for post in posts if post.office]
    first = held[0] if held else None
    context: dict[str, Any] = {
        "big_text": request.COOKIES.get("chu-lon") == "1",
        "brand_name": first.unit_name if first else "Chibo",
        "me": None,
        "rail": [],
        "tabs": [],
        "now": getattr(request, "now", None),
    }
    if actor is None or actor.account_id is None:
        return context
    post = Office(first.office).label if first else ""
    name = posts[0].full_name if posts else "Tài khoản chưa ghép với người"
    context["me"] = {"name": name, "post_label": post, "unit_name": first.unit_name if first else ""}
    if request.stepless:  # type: ignore[attr-defined]
        return context
    context["viewing"], context["viewing_until"] = request.viewing, request.viewing_until  # type: ignore[attr-defined]
    context["rail"] = list(_rail(request, actor, held))
    context["tabs"] = context["rail"][:4]
    return context


def _rail(request: HttpRequest, actor: Any, posts: list[Any]) -> Iterable[RailItem]:
    badges = Badges(actor, request.today)  # type: ignore[attr-defined]
    places = list(_places(actor, posts))
    inside = [url for _, _, url, *_ in places if request.path == url or (url != "/" and request.path.startswith(url))]
    here = max(inside, key=len, default="")  # a unit's meetings lie below the unit
    for icon, label, url, *short in places:
        yield RailItem(icon, label, url, url == here, short[0] if short else label, badges)


def _places(actor: Any, posts: list[Any]) -> Iterable[tuple[str, ...]]:
    """Icon, words, address, and shorter words for a phone."""
    yield "home", "Việc cần làm", reverse("front:home"), "Việc"
    if posts and actor.ranges(Power.READ):
        yield from _of_unit(actor, posts)
        office = next((post for post in posts if actor.can(Power.ADMIT, post.path)), None)
        if office is not None:
            yield "up", "Nhập danh sách", reverse("exchange:intakes", args=[office.unit_id]), "Nhập"
    elif actor.person_id is not None:
        yield "tasks", "Nhiệm vụ", reverse("meetings:my_tasks")
    if actor.ranges(Power.KEEP_SERVER):
        yield "info", "Máy chủ", reverse("front:machine"), "Máy chủ"
    yield "person", "Trang của tôi", reverse("front:me"), "Của tôi"


def _of_unit(actor: Any, posts: list[Any]) -> Iterable[tuple[str, ...]]:
    """The first post's unit, then what another post opens: a board, the meetings of a committee."""
    unit = [posts[0].unit_id]
    above = next((post for post in posts if not post.office.startswith("cell_")), None)
    committee = next((post for post in posts if post.office in COMMITTEE_POSTS), None)
    if above is not posts[0]:
        yield "minutes", "Sinh hoạt", reverse("meetings:of_unit", args=unit)
    if above is not None:
        yield "board", "Bảng tháng", reverse("meetings:board", args=[above.unit_id])
    yield "tasks", "Nhiệm vụ", reverse("meetings:tasks_of_unit", args=unit)
    yield "doc", "Văn bản", reverse("directives:register", args=unit)
    yield "target", "Chỉ tiêu", reverse("targets:board", args=unit)
    yield "paper", "Kế hoạch", reverse("targets:plans", args=unit)
    yield "figures", "Phiếu số liệu", reverse("returns:of_unit", args=unit)
    yield "flag", "Hạn chế", reverse("issues:register", args=unit)
    yield "report", "Báo cáo", reverse("reports:reviews", args=unit)
    yield "people", "Đảng viên", reverse("front:members", args=unit)
    yield "tree", "Tổ chức", reverse("front:unit", args=unit)
    if committee is not None:
        yield "talk", "Họp cấp ủy", reverse("meetings:of_unit", args=[committee.unit_id])
    keeps = next((post for post in posts if actor.can(Power.APPOINT, post.path)), None)
    if keeps is not None:
        yield "lock", "Tài khoản", reverse("front:accounts", args=[keeps.unit_id])
