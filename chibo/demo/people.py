"""Invented people: family, middle and given names put together by a fixed seed."""

from __future__ import annotations

from random import Random

_FAMILIES = ["Lò", "Vì", "Hà", "Quàng", "Lường", "Cà", "Tòng", "Hoàng", "Mùa", "Giàng", "Nguyễn", "Trần", "Bùi", "Đèo"]
_MEN = ["An", "Bình", "Bun", "Chung", "Dũng", "Điện", "Hặc", "Hiêng", "Inh", "Khiêm", "Lả", "Muôn", "Nghiệp", "Ơn",
        "Páo", "Phiêu", "Quý", "Sơn", "Thuận", "Tướng", "Ún", "Viện", "Xuân", "Ỏm", "Đức", "Ăm"]  # fmt: skip
_WOMEN = ["Ánh", "Chung", "Duyên", "Hương", "Hoa", "Khuyên", "Lan", "Liên", "Nga", "Ngoan", "Nhung", "Phượng", "Quỳnh",
          "Sáy", "Thiện", "Thủy", "Uyên", "Vân", "Xoan", "Yến", "Ỏn", "Đào", "Én"]  # fmt: skip


def invented_names(count: int, random: Random) -> list[str]:
    """That many different full names."""
    found: dict[str, None] = {}
    while len(found) < count:
        woman = random.random() < 0.38
        middle = random.choice(["Thị", "Thị", "Thị Minh"] if woman else ["Văn", "Văn", "Văn", "Đức"])
        found[f"{random.choice(_FAMILIES)} {middle} {random.choice(_WOMEN if woman else _MEN)}"] = None
    return list(found)
