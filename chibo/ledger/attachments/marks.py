"""Documents with a mark of secrecy do not come in; only their number may be noted."""

from __future__ import annotations

import re
import unicodedata

from chibo.kernel.text import fold

_STAMP = re.compile(r"(?<!\w)(TUYỆT\s+MẬT|TỐI\s+MẬT|(?<!BÍ )(?<!BẢO )(?<!CƠ )MẬT)(?!\w)")
_HARMLESS = {"bi", "bao", "co", "vang", "gap", "be", "ra", "than", "kin"}  # bí mật, bảo mật, có mặt, vắng mặt …


def mark_in_text(text: str) -> str | None:
    """Dấu mật on a page: stamps are in capitals; «bí mật» in a sentence is none."""
    found = _STAMP.search(" ".join(unicodedata.normalize("NFC", text).split()))
    return found[0].capitalize() if found else None


def mark_in_name(name: str) -> str | None:
    """Dấu mật in a file's name, with or without accents: «cv 12 TUYET MAT.pdf»."""
    words = re.findall(r"[^\W_]+", fold(name))
    for before, word in zip(["", *words], words, strict=False):
        if word in {"toimat", "tuyetmat"} or (word == "mat" and before in {"toi", "tuyet"}):
            return "Tối mật" if "toi" in before + word else "Tuyệt mật"
        if word == "mat" and before not in _HARMLESS:
            return "Mật"
    return None
