"""What every page needs: who I am, the rail, the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from chibo.cadres.models import Office
from chibo.kernel.actor import Power


@dataclass(frozen=True, slots=True)
class RailItem:
    """One line of the navigation."""

    icon: str
    label: str
    url: str
    current: bool
    count: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; no query of its own, the posts were read when the actor was made."""
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
    context["rail"] = list(_rail(request, actor, first))
    context["tabs"] = context["rail"][:4]
    return context


def _rail(request: HttpRequest, actor: Any, post: Any) -> Any:
    here = request.path
    places = [("home", "Việc cần làm", reverse("front:home"))]
    if post is not None and actor.ranges(Power.READ):
        unit = [post.unit_id]
        if _leads_others(post):
            places.append(("board", "Bảng tháng", reverse("meetings:board", args=unit)))
        else:
            places.append(("minutes", "Sinh hoạt", reverse("meetings:of_unit", args=unit)))
        places.append(("tasks", "Nhiệm vụ", reverse("meetings:tasks_of_unit", args=unit)))
        places.append(("people", "Đảng viên", reverse("front:members", args=unit)))
        places.append(("tree", "Tổ chức", reverse("front:unit", args=unit)))
    elif actor.person_id is not None:
        places.append(("tasks", "Nhiệm vụ của tôi", reverse("meetings:my_tasks")))
        places.append(("people", "Hồ sơ của tôi", reverse("front:person", args=[actor.person_id])))
    places.append(("lock", "Phiên đăng nhập", reverse("front:sessions")))
    for icon, label, url in places:
        current = here == url if url == "/" else here.startswith(url)
        yield RailItem(icon, label, url, current)


def _leads_others(post: Any) -> bool:
    return not post.office.startswith("cell_")
