"""What a paper calls a meeting of each kind, and the body that held it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.reports.paper.writing import ROMAN, long_month

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Called:
    """The words of one meeting in its papers."""

    issuer: str  # «Chi bộ bản Nà Lốc», «Đảng ủy xã Huổi Lam»
    body: str  # «Chi bộ», «Ban Thường vụ»: who concludes and votes
    people: str  # heading over the roll
    name: str  # «sinh hoạt thường kỳ tháng 10 năm 2026»
    abstract: tuple[str, ...]  # lines under BIÊN BẢN
    discussion: str  # heading over what was discussed
    of_members: bool  # a meeting of all members: who is official, who exempt


def called(content: Content) -> Called:
    """How the papers of this meeting speak of it."""
    meeting, unit = content["meeting"], content["unit"]
    month = date.fromisoformat(meeting["month"])
    kind, theme = meeting["kind"], meeting.get("theme") or ""
    name, abstract, body = _NAMES[kind]
    name, abstract = (words.format(month=long_month(month), quarter=quarter(month)) for words in (name, abstract))
    of_members = body == "Chi bộ"
    return Called(
        issuer=issuer(unit), body=body, name=name, of_members=of_members,
        people="Đảng viên của Chi bộ" if of_members else f"Thành viên {body}",
        abstract=(abstract, *([theme] if theme else [])),
        discussion=f"Dự thảo nhiệm vụ tháng {month.month} và thảo luận" if kind == "ordinary" else "Thảo luận",
    )  # fmt: skip


_NAMES = {
    "ordinary": ("sinh hoạt thường kỳ {month}", "sinh hoạt chi bộ thường kỳ {month}", "Chi bộ"),
    "thematic": ("sinh hoạt chuyên đề {quarter}", "sinh hoạt chuyên đề {quarter}", "Chi bộ"),
    "extraordinary": ("sinh hoạt bất thường", "sinh hoạt chi bộ bất thường", "Chi bộ"),
    "cell_committee": ("họp chi ủy {month}", "họp chi ủy {month}", "Chi ủy"),
    "committee": ("hội nghị Ban Chấp hành", "hội nghị Ban Chấp hành Đảng bộ", "Ban Chấp hành"),
    "standing": ("hội nghị Ban Thường vụ", "hội nghị Ban Thường vụ Đảng ủy", "Ban Thường vụ"),
}


def issuer(unit: Content) -> str:
    """Cơ quan ban hành: a cell issues in its own name, a party committee («đảng ủy») for its «đảng bộ»."""
    name = str(unit["name"])
    return name if unit["symbol"] == "CB" else name.replace("Đảng bộ", "Đảng ủy", 1)


def quarter(day: date) -> str:
    """quý IV năm 2026."""
    return f"quý {ROMAN[(day.month - 1) // 3]} năm {day.year}"
