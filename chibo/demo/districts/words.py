"""Invented names for the districts: people and villages put together by a fixed seed, none of them twice."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_FAMILIES = ["Lò", "Vì", "Hà", "Quàng", "Lường", "Cà", "Tòng", "Hoàng", "Mùa", "Giàng", "Nguyễn", "Trần", "Bùi", "Đèo",
             "Lê", "Phạm", "Đỗ", "Vàng", "Sùng", "Thào", "Cầm", "Bạc", "Lèo", "Tráng"]  # fmt: skip
_MEN = ["An", "Bình", "Bun", "Chung", "Dũng", "Điện", "Hặc", "Hiêng", "Inh", "Khiêm", "Lả", "Muôn", "Nghiệp", "Ơn",
        "Páo", "Phiêu", "Quý", "Sơn", "Thuận", "Tướng", "Ún", "Viện", "Xuân", "Ỏm", "Đức", "Ăm"]  # fmt: skip
_WOMEN = ["Ánh", "Chung", "Duyên", "Hương", "Hoa", "Khuyên", "Lan", "Liên", "Nga", "Ngoan", "Nhung", "Phượng", "Quỳnh",
          "Sáy", "Thiện", "Thủy", "Uyên", "Vân", "Xoan", "Yến", "Ỏn", "Đào", "Én"]  # fmt: skip
_OF_MEN = ["Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Thanh", "Trọng", "Duy", "Bá"]
_OF_WOMEN = ["Thị", "Thị", "Thị Minh", "Thị Thu", "Thị Kim", "Thị Hồng", "Thị Ngọc"]
_FIRST = ["Nà", "Huổi", "Pá", "Co", "Phiêng", "Pom", "Púng", "Tà", "Kéo", "Lọng", "Nong", "Pú"]
_SECOND = ["Lứa", "Sản", "Hin", "Khe", "Tấng", "Mạy", "Lẻ", "Sát", "Đin", "Hao", "Kho", "Pún", "Sàng", "Lẩy", "Tông",
           "Bon", "Ngùa", "Hịa", "Luông", "Nọi", "Phung", "Xa", "Cướm", "Liếng"]  # fmt: skip


def many_names(random: Random, but: set[str]) -> Iterator[str]:
    """Different full names without end, none of those given."""
    known = set(but)
    while True:
        woman = random.random() < 0.38
        middle = random.choice(_OF_WOMEN if woman else _OF_MEN)
        name = f"{random.choice(_FAMILIES)} {middle} {random.choice(_WOMEN if woman else _MEN)}"
        if name not in known:
            known.add(name)
            yield name


def many_villages(random: Random, but: set[str]) -> Iterator[str]:
    """Different names of villages."""
    found = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    random.shuffle(found)
    return (name for name in found if name not in but)
