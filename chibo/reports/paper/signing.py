"""Who signs for a body, and where copies go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chibo.reports.paper.parts import Paper

Content = Mapping[str, Any]
CAPACITY = {"Chi bộ": "T/M CHI BỘ", "Chi ủy": "T/M CHI BỘ", "Ban Chấp hành": "T/M ĐẢNG ỦY",
            "Ban Thường vụ": "T/M BAN THƯỜNG VỤ", "Đảng ủy": "T/M ĐẢNG ỦY"}  # fmt: skip
ARCHIVE = {"CB": "Lưu Chi bộ", "ĐU": "Lưu Văn phòng Đảng ủy", "TU": "Lưu Văn phòng Tỉnh ủy"}


def sign(paper: Paper, *, body: str, unit: Content, signer: Content, recipients: list[str]) -> None:
    """Đề ký, chức vụ, nơi nhận. A collective body never signs by proxy: its deputy signs for it, too (rule 9.14)."""
    paper.signed(
        capacity=CAPACITY[body], post=post_line(signer["post"]), name=signer["name"],
        recipients=[*filter(None, recipients), ARCHIVE.get(unit["symbol"], "Lưu")],
    )  # fmt: skip


def post_line(post: str) -> str:
    """«Phó bí thư chi bộ» → PHÓ BÍ THƯ: the post never names the body."""
    return next((words.upper() for words in ("Phó bí thư", "Bí thư") if post.startswith(words)), "")


def committee_above(unit: Content) -> str:
    """«Đảng bộ xã Huổi Lam» → «Đảng ủy xã Huổi Lam»; a province's is its «Tỉnh ủy»."""
    name = str(unit["parent"])
    if name.startswith("Đảng bộ tỉnh"):
        return "Tỉnh ủy" + name.removeprefix("Đảng bộ tỉnh")
    return name.replace("Đảng bộ", "Đảng ủy", 1)
