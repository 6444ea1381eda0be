"""Vietnamese text: cleaned at the border, folded for search, keyed for sorting by given name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chibo.kernel.errors import Refused

_LOOK_ALIKES = str.maketrans({
    "\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ",
    "\uf0b7": "-", "\uf0a7": "-", "\uf02d": "-", "\uf0d8": "-", "\uf076": "-",  # bullets pasted from Word
})  # fmt: skip
_NOT_TEXT = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, bidi and zero-width, surrogates, private, unassigned
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters by name, nothing to see


class TextRefused(Refused):
    """Longer than the field can hold: nothing is cut off behind the writer's back."""

    def __init__(self, most: int, length: int) -> None:
        super().__init__("text_too_long", most=most, length=length)


def clean(text: str, *, most: int, lines: bool = False) -> str:
    """Chữ đã làm sạch: NFC, Đ for its look-alikes, no invisible characters, blanks folded.

    `most` is the longest result in characters; `lines` keeps line breaks. Raises TextRefused when longer.
    """
    text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text.translate(_LOOK_ALIKES)).replace("\t", " ")
    # invisible characters go first: one of them between a letter and its tone mark would keep them apart
    text = unicodedata.normalize("NFC", "".join(c for c in text if c == "\n" or not _invisible(c)))
    parts = [" ".join(line.split()) for line in text.split("\n")]
    cleaned = re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip() if lines else " ".join(filter(None, parts))
    if len(cleaned) > most:
        raise TextRefused(most, len(cleaned))
    return cleaned


def _invisible(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or character in _BLANK_LETTERS or unicodedata.category(character) in _NOT_TEXT


def fold(text: str) -> str:
    """The search form: «Nguyễn  Văn Đức» → «nguyen van duc»."""
    plain = unicodedata.normalize("NFD", text.translate(_LOOK_ALIKES).lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


# One ASCII byte a letter in the order of the Vietnamese alphabet, the tone as a digit at the end of the word.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x41 + place) for place, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # the marks that make another letter: â, ă, ơ


@lru_cache(maxsize=20_000)
def _word_key(word: str) -> str:
    letters: list[str] = []
    tone = "0"
    for mark in unicodedata.normalize("NFD", word.translate(_LOOK_ALIKES).lower()):
        if mark in _TONES:
            tone = _TONES[mark]
        elif mark in _SHAPES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        elif not unicodedata.combining(mark):
            letters.append(mark)
    return "".join(_run_key(run) for run in re.findall(r"[0-9]+|[^0-9]+", "\0".join(letters).replace("\0", ""))) + tone


def text_key(text: str) -> str:
    """Sort key of a text, word by word, to be compared byte by byte."""
    return " ".join(_word_key(word) for word in text.split())


def name_key(full_name: str) -> str:
    """Sort key of a person: given name, then family name, then the middle ones, as lists are kept."""
    parts = full_name.split()
    if len(parts) > 1:
        parts = [parts[-1], parts[0], *parts[1:-1]]
    return " ".join(_word_key(part) for part in parts)


def given_name(full_name: str) -> str:
    """Tên: the last word."""
    return full_name.split()[-1] if full_name.split() else ""


_GROUPED = r"(?<![\d.,/-])(\d[\d .-]{7,16}\d)(?![\d,/]|[.-]\d)"
_MONEY = re.compile(r"\s*(?:đồng|đ\b|vnđ|triệu|tỷ|ha\b|m2|m²|kg|tấn|lượt|người|hộ)", re.IGNORECASE)


def looks_like_identity(text: str) -> str | None:
    """A citizen number (9 or 12 digits), a card number or a telephone number in free text, or None.

    Such text is stopped at saving: an issue carries a place and a subject, never a person's numbers.
    """
    for match in re.finditer(_GROUPED, text):
        found = match[1]
        digits = re.sub(r"\D", "", found)
        if _is_number_of_a_person(found, digits) and not _MONEY.match(text, match.end()):
            return found.strip()
    return None


def _is_number_of_a_person(found: str, digits: str) -> bool:
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", found) and not found.startswith("0"):
        return False  # 14.419.000 is a quantity
    if re.fullmatch(r"\d{1,2}[ .-]\d{1,2}[ .-]\d{4}.*", found):
        return False  # a day
    if re.fullmatch(r"(19|20)\d\d ?[-.] ?(19|20)\d\d", found):
        return False  # a term, 2025 - 2030
    phone = len(digits) in {10, 11} and digits.startswith("0")
    return phone or len(digits) in {9, 12}
