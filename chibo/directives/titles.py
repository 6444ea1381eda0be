"""How a document is named in a sentence, and what its heading still lacks."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from chibo.kernel.dates import show_day

# Known by their names: nobody misses a number.
NAMED = frozenset({"luật", "bộ luật", "hiến pháp", "điều lệ", "cương lĩnh", "chiến lược", "pháp lệnh"})


class Said(Protocol):
    """The fields of a heading."""

    kind: str
    number: str
    year: str
    symbol: str
    issuer: str
    dated_on: date | None
    term: str
    about: str


def number_of(said: Said) -> str:
    """«02-NQ/TU», «22/2019/NQ-HĐND»: as it is printed behind «số»."""
    if not said.number:
        return ""
    if said.year:
        return "/".join(filter(None, (said.number, said.year, said.symbol)))
    slash = said.symbol and "/" not in said.symbol  # 1630/QĐ-TTg
    return f"{said.number}{'/' if slash else '-'}{said.symbol}" if said.symbol else said.number


def title_of(said: Said) -> str:
    """«Nghị quyết số 02-NQ/TU, ngày 21/01/2021 của …», in 300 characters at most (rule 9.18)."""
    words = said.kind[:1].upper() + said.kind[1:]
    if said.number:
        words += f" số {number_of(said)}"
    if said.dated_on:
        words += f", ngày {show_day(said.dated_on)}"
    if said.issuer:
        words += f" của {said.issuer}"
    if said.term:
        words += f" ({said.term})"
    return words[:300]


def short_title_of(said: Said) -> str:
    """«Nghị quyết 02-NQ/TU»: how it is cited after the first time."""
    return f"{said.kind[:1].upper()}{said.kind[1:]} {number_of(said)}".strip()


def lacks(said: Said) -> list[str]:
    """What the register still wants to know (DOC-4), in words."""
    if said.kind in NAMED:
        return []
    asked = {"số": said.number, "ký hiệu": said.symbol, "ngày": said.dated_on, "nơi ban hành": said.issuer}
    if said.term and not said.number:  # a resolution of a congress or a plenum has no number of its own
        asked = {"nơi ban hành": said.issuer}
    return [words for words, value in asked.items() if not value]
