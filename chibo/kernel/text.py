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
# Latin letters in one piece, digits, signs; Ð and ð are left out, they look like Đ and đ.
_SIGN = "[!-~\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
_CLEAN = re.compile(f"{_SIGN}+(?: {_SIGN}+)*")


class TextRefused(Refused):
    """Longer than the field can hold: nothing is cut off behind the writer's back."""

    def __init__(self, most: int, length: int) -> None:
        super().__init__("text_too_long", most=most, length=length)


def clean(text: str, *, most: int, lines: bool = False) -> str:
    """Chữ đã làm sạch: NFC, Đ for its look-alikes, no invisible characters, blanks folded.

    `most` is the longest result in characters; `lines` keeps line breaks. Raises TextRefused when longer.
    """
    if _CLEAN.fullmatch(text):  # as nearly all text is: nothing to do
        return _short(text, most)
    text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text.translate(_LOOK_ALIKES)).replace("\t", " ")
    # invisible characters go first: one of them between a letter and its tone mark would keep them apart
    text = unicodedata.normalize("NFC", "".join(c for c in text if c == "\n" or not _invisible(c)))
    parts = [" ".join(line.split()) for line in text.split("\n")]
    cleaned = re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip() if lines else " ".join(filter(None, parts))
    return _short(cleaned, most)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise TextRefused(most, len(text))
    return text


def _invisible(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or character in _BLANK_LETTERS or unicodedata.category(character) in _NOT_TEXT


def cut(text: str, most: int) -> str:
    """At most that many characters, cut between words with «…»."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def lower_first(text: str) -> str:
    """The text inside a sentence: «Hội nghị Ban Thường vụ» becomes «hội nghị Ban Thường vụ»."""
    return text[:1].lower() + text[1:]


def fold(text: str) -> str:
    """The search form: «Nguyễn  Văn Đức» → «nguyen van duc»."""
    plain = text.lower().translate(_FOLDED)  # enough for nearly all text
    if not plain.isascii():
        plain = _unmarked(text)
    return " ".join(plain.split())


def _unmarked(text: str) -> str:
    """The same for any text: letters taken apart from their marks."""
    plain = unicodedata.normalize("NFD", text.translate(_LOOK_ALIKES).lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def plain_letters() -> tuple[str, str]:
    """Every accented Vietnamese letter, and the plain one for each: `fold` as a database can do it."""
    pairs = [(chr(code), _unmarked(chr(code))) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
    kept = [(letter, plain) for letter, plain in pairs if len(plain) == 1 and plain.isascii() and plain.isalpha()]
    return "".join(letter for letter, _ in kept), "".join(plain for _, plain in kept)


_FOLDED = str.maketrans(*plain_letters())

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
        elif mark.isdecimal() and letters and letters[-1].isdecimal():
            letters[-1] += mark
        elif not unicodedata.combining(mark):
            letters.append(mark)
    return "".join(_letter_key(letter) for letter in letters) + tone


def _letter_key(letter: str) -> str:
    """A letter, or a run of digits: longer numbers after shorter ones, so that «Bản 10» follows «Bản 2»."""
    if letter.isdecimal():
        number = str(int(letter[:30]))
        return f"${chr(0x40 + len(number))}{number}"
    rank = _RANK.get(letter) or _RANK.get(letter[0])
    if rank:
        return rank
    return "~" + letter if ord(letter[0]) > 127 else "#" + letter


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


# Long, but nobody's number: days, the dotted code of an organisation, and (unless it is named so) a quantity.
_DATED = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2}|\d{2}(?:\.\d{3}){4})(?!\d)")
_QUANTITY = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?!\d|[.]\d)")
_COUNTED = re.compile(
    r"\s*(?:đồng|đ\b|₫|vnđ|vnd|nghìn|triệu|tỷ|tỉ\b|ha\b|m2|m²|m³|kg|tấn|lượt|người|hộ|cây|con\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?P<card>thẻ đảng viên|thẻ đv|số thẻ)|cccd|cmnd|cmt|căn cước|chứng minh|định danh(?! sách)|sđt|đt"
    r"|điện thoại|di động|zalo)\b[^\d\n]{0,20}(?P<number>\d(?:[ .-]?\d){7,})",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?<![\w/])\d+(?:[ .-]\d+)*(?![\w/])")
_TELEPHONE = re.compile(r"(?:0|84)(?:[35789]\d{8}|2\d{8,9})|01\d{9}")
_MOST_GROUPS = 5


def looks_like_identity(text: str) -> str | None:
    """Số của cá nhân: the first citizen number (9 or 12 digits), card or telephone number in free text.

    Such text is stopped at saving: an issue carries a place and a subject, never a person's numbers.
    Days, sums, areas, document numbers and codes of organisations pass; None when nothing is to be stopped.
    """
    text = re.sub(r"\((0\d{1,3})\)\s*", r"\1 ", unicodedata.normalize("NFKC", text))
    text = _DATED.sub(_blotted, text)
    for match in _NAMED.finditer(text):
        length = sum(c.isdigit() for c in match["number"])
        if length in ({8, 12} if match["card"] else {9, 10, 11, 12}) and not _COUNTED.match(text, match.end()):
            return match["number"]
    text = _QUANTITY.sub(_blotted, text)
    found = (_number_of_a_person(text, run) for run in _RUN.finditer(text))
    return next(filter(None, found), None)


def _blotted(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def _number_of_a_person(text: str, run: re.Match[str]) -> str | None:
    groups = list(re.finditer(r"\d+", run[0]))
    for start in range(len(groups)):
        for window in (groups[start : start + size] for size in range(_MOST_GROUPS, 0, -1)):
            end = window[-1].end()
            if _is_personal([g[0] for g in window], counted=bool(_COUNTED.match(text, run.start() + end))):
                return run[0][window[0].start() : end]
    return None


def _is_personal(groups: list[str], *, counted: bool) -> bool:
    """Whether groups of digits have the shape of a person's number; a sum ends in 000 or names its unit."""
    digits, shortest = "".join(groups), min(map(len, groups))
    if _TELEPHONE.fullmatch(digits):
        return len(groups) == 1 or (shortest >= 2 and (len(groups[0]) >= 3 or groups[0] == "84"))
    if len(digits) == 16:
        return len(groups) in {1, 4} and _luhn(digits)
    if len(digits) not in {9, 12} or counted or digits.endswith("000"):
        return False
    return len(groups) == 1 or (digits.startswith("0") and shortest >= 3)


def _luhn(digits: str) -> bool:
    """The check digit of bank cards."""
    doubled = [int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def is_uuid(text: str) -> bool:
    """Whether the text is an id as our pages write it."""
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))
