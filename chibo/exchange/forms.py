"""What the forms of a list carry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.kernel.boxes import Box
from chibo.kernel.dates import parse_day, show_day

_PREFIX = "cot-"


def columns_from(posted: Mapping[str, str]) -> dict[int, str]:
    """Column → field, of `cot-<number>`."""
    names = ((name.removeprefix(_PREFIX), value) for name, value in posted.items() if name.startswith(_PREFIX))
    return {int(n): value[:40] for n, value in names if n.isascii() and n.isdigit() and len(n) <= 4}


def hidden_from(posted: Mapping[str, str]) -> bool | None:
    """Whether hidden lines are taken; None when nobody said."""
    return {"ca": True, "bo": False}.get(posted.get("hidden", ""))


def day_from(posted: Mapping[str, str], today: date) -> date:
    """The day from which the list holds. Raises Refused("bad_day")."""
    typed = posted.get("day", "").strip()
    return parse_day(typed) if typed else today


def paper_boxes(today: date) -> list[Box]:
    """Those of the decision a sheet of acts rests on."""
    return [
        Box("paper", "Số quyết định", hint="Như 07-QĐ/ĐU."),
        Box("signed_on", "Ngày ký", "day"),
        Box("on", "Ngày hiệu lực", "day", value=show_day(today), hint="Một ngày cho cả bảng. Có thể là ngày đã qua."),
        Box("signer", "Người ký", optional=True),
        Box("reason", "Lý do", optional=True),
    ]
