"""Trích dẫn văn bản: which documents a text names, with number, symbol, issuer, day and term, in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chibo.directives.words import (
    KINDS,
    LETTERS,
    NAMED,
    NUMBERED_ONLY,
    ORDINALS,
    QUANTITIES,
    STOPS,
)

Known = Container[tuple[str | None, str | None]]
_SAME = str.maketrans({
    "Ð": "Đ", "–": "-", "—": "-", "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\t": " ",
    "“": '"', "”": '"', "…": ".",
})  # fmt: skip
_KIND = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True)) + r")(?![\w-])", re.I
)
_CODE = r"(?:[A-ZĐÂĂÊÔƠƯ][A-Za-zĐđÂĂÊÔƠƯ]{0,19}\d{0,2})"
_DASH = r"\s{0,2}[-/]\s{0,2}"
_SYMBOL = rf"{_CODE}(?:(?:{_DASH}|\.){_CODE}){{0,3}}"
_KNOWN = "|".join(sorted(LETTERS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"\s*(?P<so>số\s*:?\s*)?(?P<number>\d{{1,5}}[a-zđ]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?:{_DASH}(?P<symbol>{_SYMBOL})|\s(?P<spaced>(?:{_KNOWN}){_DASH}{_CODE}))?(?![\w%])", re.I,
)  # fmt: skip
_MORE = re.compile(
    rf"\s*(?:,|;|và|,\s*và)\s*(?:số\s*)?(?P<number>\d{{1,5}}[a-zđ]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"{_DASH}(?P<symbol>{_SYMBOL})(?![\w%])"
)
_ALSO = re.compile(
    r"\s*(?:,|và)\s*(?:số\s*)?(?P<number>\d{1,4})"
    r"(?=\s*(?:[.;]?\s*$|;|,\s*\d|và\s|của\s|\(?kh[oó][aá]\s|\(|ngày\s|Hội nghị\s))"
)
_BARE = re.compile(
    rf"(?<![\w/.-])(?P<number>\d{{1,5}}[a-zđ]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?{_DASH}"
    rf"(?P<symbol>(?:{_KNOWN}){_DASH}{_CODE}(?:{_DASH}{_CODE})?)"
    r"(?![\w%])"
)
_APART = re.compile(
    rf"\s+(?P<between>[^\d.,;:()\n\"]{{2,60}}?)\s+số\s+(?P<number>\d{{1,5}}[a-zđ]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"{_DASH}(?P<symbol>{_SYMBOL})(?![\w%])"
)
_DAY = re.compile(
    r"\s*,?\s*\(?\s*(?:ra\s+|ký\s+)?ngày\s+(?P<d>\d{1,2})\s*(?:[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})(?!\d)"
    r"|tháng\s+(?P<lm>\d{1,2}|giêng|chạp|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\s*(?:,\s*)?năm\s+(?P<ly>\d{4}))",
    re.I,
)  # fmt: skip
_MONTHS = {"giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
           "một": 11, "chạp": 12}  # fmt: skip
_ROMAN = r"[IVXL]{1,7}"
_KHOA = re.compile(
    rf"\s*,?\s*\(?\s*(?i:kh[oó][aá])\s+(?P<khoa>{_ROMAN}(?:\s*(?:,|và)\s*(?:(?i:kh[oó][aá])\s+)?{_ROMAN})*)(?!\w)"
    r"(?:\s*\))?"
)
_BODIES = (
    "Ban|Bộ|Chính phủ|Thủ tướng|Quốc hội|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|"
    "Huyện uỷ|Quận ủy|Thị ủy|Đảng ủy|Đảng uỷ|Đảng bộ|Đảng đoàn|Đảng|Trung ương|Đại hội|Chi bộ|Chi ủy|Văn phòng|"
    "Thường trực|Hội nghị|BCH|BTV|Chủ tịch|Mặt trận|Tổng cục|Sở|Cục"
)
_ISSUER = re.compile(rf"\s*,?\s*của\s+(?P<name>(?:các\s+)?(?:{_BODIES})(?:\s[^\s,.;:()\n\"«»]+)*)")
_CONGRESS = re.compile(
    r"\s+(?P<name>[Đđ]ại hội(?:\s+đại biểu)?"
    r"(?:\s(?!(?:lần|nhiệm|khóa|khoá|về|và|đã)\b)[^\s,.;:()\n\"]+){0,10}?)"
    rf"(?:\s+(?:lần thứ\s+)?(?P<congress>{_ROMAN}|(?<=thứ )\d{{1,2}})(?!\w)(?:\s+của Đảng)?"
    r"|(?=\s*,?\s*\(?nhiệm kỳ\s+\d{4})|(?=\s*,?\s*\(?kh[oó][aá]\s+[IVXL]))"
)
_SOME_CONGRESS = re.compile(
    r"\s+(?P<name>[Đđ]ại hội(?:\s+đại biểu)?\s+[Đđ]ảng(?:\s+bộ)?"
    r"(?:\s+(?:các cấp|toàn quốc|(?:tỉnh|huyện|xã|phường|thị trấn|thành phố|quận)"
    r"(?:\s+[A-ZĐÂĂÊÔƠƯ][^\s,.;:()\n\"]*)*)))(?!\w)"
)
_PLENUM = re.compile(
    r"\s+(?:(?:Hội nghị\s+)?(?P<centre>Trung ương|TW|T\.Ư)\s*(?:lần thứ\s+)?(?P<plenum>\d{1,2})(?!\w)"
    r"|Hội nghị\s+(?:lần thứ\s+(?P<word>[\wđ]+(?:\s+(?:một|hai|ba))?)\s*,?\s*(?:của\s+)?)?"
    r"(?P<body>(?:Ban Chấp hành\s+|BCH\s+)?(?:Trung ương|TW)(?:\s+Đảng)?))", re.I,
)  # fmt: skip
_NEXT_PLENUM = re.compile(r"\s*(?:,|;|và|,\s*và)\s*(?P<centre>Trung ương|TW)\s*(?P<plenum>\d{1,2})(?!\w)")
_AT_PLENUM = re.compile(
    r"\s*,?\s*(?:tại\s+|của\s+)?Hội nghị\s+(?:Trung ương\s+)?(?:lần thứ\s+)?"
    r"(?P<plenum>\d{1,2}|[\wđ]+(?:\s+(?:một|hai|ba))?)\s*,?\s*(?:của\s+)?"
    r"(?:(?:Ban Chấp hành|BCH)\s+(?:Trung ương|TW)(?:\s+Đảng)?)?(?=\s*,?\s*\(?\s*kh[oó][aá]\s)", re.I,
)  # fmt: skip
_YEARS = re.compile(r"\s*,?\s*\(?(?:nhiệm kỳ|giai đoạn|thời kỳ)\s+(?P<a>(?:19|20)\d\d)\s*-\s*(?P<b>(?:19|20)\d\d)")
_OF_YEAR = re.compile(r"\s*,?\s*\(?(?:năm\s+)(?P<year>(?:19|20)\d\d)\)?")
_BY_CONTENT = re.compile(r"(?:[Qq]uy định\s+(?:về\s+)?)?những điều đảng viên không được làm")


@dataclass(slots=True)
class Citation:
    """One document named: `start` and `end` are places in the text as it was given."""

    kind: str | None
    start: int
    end: int
    number: str | None = None
    year: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    date: str | None = None
    term: dict[str, Any] = field(default_factory=lambda: dict.fromkeys(("khoa", "congress", "plenum", "years")))
    text: str = ""

    def told(self) -> dict[str, Any]:
        """For programs. Keys are never renamed."""
        return {
            "text": self.text, "kind": self.kind, "number": self.number, "year": self.year, "symbol": self.symbol,
            "issuer": self.issuer, "date": self.date, "term": self.term, "start": self.start, "end": self.end,
        }  # fmt: skip


def citations(text: str) -> list[Citation]:
    """Các văn bản được nêu trong đoạn văn, in reading order. Names and quantities with numbers are none."""
    plain, places = _plain(text)
    found: list[Citation] = []
    known: set[tuple[str | None, str | None]] = set()
    at = 0
    for first in _signs(plain):
        if first.start() < at:
            continue
        new = list(_read(plain, first, known))
        found += new
        known |= {(each.kind, each.number) for each in new}
        at = max([first.end(), *(each.end for each in new)])
    for each in found:
        each.start, each.end = places[each.start], places[each.end - 1] + _width(text, places[each.end - 1])
        each.text = text[each.start : each.end]
    return found


def _signs(plain: str) -> list[re.Match[str]]:
    """Places where a document may be named: by the word of its kind, by number and symbol alone, by content."""
    found = [match for sign in (_KIND, _BARE, _BY_CONTENT) for match in sign.finditer(plain)]
    return sorted(found, key=lambda match: (match.start(), -match.end()))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one spelling for each letter and dash, and where each of its letters stood."""
    letters: list[str] = []
    places: list[int] = []
    for cluster in re.finditer(r"[\s\S][\u0300-\u036f]*", text):
        for letter in unicodedata.normalize("NFC", cluster[0]).translate(_SAME):
            letters.append(letter)
            places.append(cluster.start())
    return "".join(letters), places


def _width(text: str, place: int) -> int:
    cluster = re.compile(r"[\s\S][\u0300-\u036f]*").match(text, place)
    return len(cluster[0]) if cluster else 1


def _read(plain: str, first: re.Match[str], known: Known) -> Iterator[Citation]:
    if first.re is _BY_CONTENT:
        before = plain[max(0, first.start() - 80) : first.start()]
        if not re.search(r"\d[^.;\n]{0,60}\svề\s+$", before):  # else it is what the document just named is about
            yield Citation("quy định", first.start(), first.end())
    elif first.re is _BARE:
        letters = re.split(r"\s*[-/]", first["symbol"])[0]
        said = "quy định" if letters == "QĐ" and ("quy định", first["number"]) in known else LETTERS[letters]
        yield from _numbered(plain, first, said, first.start())
    else:
        yield from _of_kind(plain, first, known)


def _of_kind(plain: str, word: re.Match[str], known: Known) -> Iterator[Citation]:
    kind = KINDS[re.sub(r"\s+", " ", word[1].lower())]
    if (number := _NUMBER.match(plain, word.end())) and _is_number(plain, word, number, kind, known):
        yield from _numbered(plain, number, kind, word.start())
    elif kind == "nghị quyết" and (congress := _congress(plain, word)):
        yield _of_congress(plain, congress, kind, word.start())
    elif kind in {"nghị quyết", "kết luận"} and (plenum := _PLENUM.match(plain, word.end())):
        yield from _of_plenum(plain, plenum, kind, word.start())
    elif (apart := _APART.match(plain, word.end())) and _same_kind(apart, kind):
        yield from _numbered(plain, apart, kind, word.start())
    elif word[1][0].isupper() and kind in NAMED:
        yield from _by_name(plain, word, kind)


def _same_kind(apart: re.Match[str], kind: str) -> bool:
    """«Nghị quyết chuyên đề số 05-NQ/CB»: words between, and the letters say the same kind."""
    letters = re.split(r"\s*[-/]", apart["symbol"])[0]
    return LETTERS.get(letters) == kind and not _KIND.search(apart["between"])


def _congress(plain: str, word: re.Match[str]) -> re.Match[str] | None:
    """A congress with its ordinal or its term; without either it must at least be written as a title of some body."""
    found = _CONGRESS.match(plain, word.end())
    return found or (_SOME_CONGRESS.match(plain, word.end()) if word[1][0].isupper() else None)


def _is_number(plain: str, word: re.Match[str], number: re.Match[str], kind: str, known: Known) -> bool:
    """A number of a document, not one of a name or a quantity."""
    symbol, bare = number["symbol"] or number["spaced"], number["number"]
    if symbol and (symbol[0].isupper() or number["year"]):
        return True
    if number["so"] or number["year"]:
        return True
    after = re.match(r"\s*([^\s,.;:()]+)", plain[number.end() :])
    if (after and after[1].lower() in QUANTITIES) or re.match(r"[.,]\d", plain[number.end() :]):
        return False
    if (kind, bare) in known:  # «Kế hoạch 82 nêu rõ», after it was cited in full
        return True
    if kind in NUMBERED_ONLY or len(bare) < 2 or re.fullmatch(r"(?:19|20)\d\d", bare):
        return False
    return word[1][0].isupper() or bare[0] == "0"


def _numbered(plain: str, number: re.Match[str], kind: str, start: int) -> Iterator[Citation]:
    row = _with_symbol(number, kind, start)
    if row.symbol is None and number.groupdict().get("so"):
        yield from _row_of_numbers(plain, row)
        return
    row.end = _beyond(plain, row, number.end())
    yield row
    while more := _MORE.match(plain, row.end):  # «số 21-KL/TW và 01-KL/TW»
        letters = re.split(r"\s*[-/]", more["symbol"])[0]
        row = _with_symbol(
            more, LETTERS.get(letters, kind) if LETTERS.get(letters) != kind else kind, more.start("number")
        )
        row.end = _beyond(plain, row, more.end())
        yield row


def _row_of_numbers(plain: str, row: Citation) -> Iterator[Citation]:
    """«Nghị quyết số 18, 19 của Hội nghị Trung ương 6 (khóa XII)»: what stands behind the last is said of each."""
    rows = [row]
    while also := _ALSO.match(plain, rows[-1].end):
        rows.append(Citation(row.kind, also.start("number"), also.end(), number=also["number"]))
    last = rows[-1]
    last.end = _beyond(plain, last, last.end)
    for each in rows[:-1]:
        each.issuer, each.date, each.term = last.issuer, last.date, dict(last.term)
    yield from rows


def _with_symbol(number: re.Match[str], kind: str, start: int) -> Citation:
    symbol = number["symbol"] or number.groupdict().get("spaced")
    if symbol is not None and not symbol[0].isupper():
        symbol = None
    row = Citation(kind, start, number.end(), number=number["number"], year=number["year"])
    if symbol:
        row.symbol = re.sub(r"\s+", "", symbol)
        row.issuer = _letters_of(row.symbol)
    return row


def _letters_of(symbol: str) -> str | None:
    """The body's letters: after the kind's own («NQ/TU» → TU), else before what follows («UBND-NV» → UBND)."""
    parts = re.split(r"([-/.])", symbol)
    if parts[0] in LETTERS:
        return "".join(parts[2:]) or None
    if len(parts) == 1:
        return "QH" if re.fullmatch(r"QH\d{1,2}", symbol) else (None if symbol in LETTERS else symbol)
    return parts[0]


def _beyond(plain: str, row: Citation, end: int) -> int:
    """Day, issuer and term that stand behind the number, in whichever order."""
    for _ in range(4):
        came = end
        if row.date is None and (day := _DAY.match(plain, end)) and (iso := _iso(day)):
            row.date, end = iso, day.end()
        if (
            row.term["plenum"] is None
            and (plenum := _AT_PLENUM.match(plain, end))
            and (held := _ordinal(plenum["plenum"]))
        ):
            row.term["plenum"], end = held, plenum.end()
            row.issuer = row.issuer or "Ban Chấp hành Trung ương"
        if (body := _ISSUER.match(plain, end)) and (name := _name(body["name"])):
            row.issuer = row.issuer or name
            end = body.start("name") + len(name)
        if row.term["khoa"] is None and (khoa := _KHOA.match(plain, end)):
            row.term["khoa"], end = khoa["khoa"], khoa.end()
        if row.term["years"] is None and (years := _YEARS.match(plain, end)):
            row.term["years"], end = f"{years['a']}-{years['b']}", years.end()
        if end == came:
            break
    return end


def _iso(day: re.Match[str]) -> str | None:
    month = day["m"] or day["lm"]
    try:
        number = int(month) if month.isdigit() else _MONTHS[month.lower()]
        return date(int(day["y"] or day["ly"]), number, int(day["d"])).isoformat()
    except ValueError:
        return None


def _name(words: str) -> str:
    """The name of a body, up to the word that begins something else."""
    kept: list[str] = []
    for word in words.split():
        if kept and (word.lower() in STOPS or word.lower() in {"khóa", "khoá"}):
            break
        kept.append(word)
        if len(kept) == 12:
            break
    return " ".join(kept)


def _ordinal(word: str | None) -> str | None:
    """«4», «tư», «mười một» as digits."""
    word = re.sub(r"\s+", " ", (word or "").lower())
    return word if word.isdigit() else ORDINALS.get(word)


def _of_congress(plain: str, congress: re.Match[str], kind: str, start: int) -> Citation:
    name = re.sub(r"\s+", " ", congress["name"]).strip()
    row = Citation(kind, start, congress.end(), issuer=name)
    row.term["congress"] = congress.groupdict().get("congress")
    row.end = _beyond(plain, row, row.end)
    return row


def _of_plenum(plain: str, plenum: re.Match[str], kind: str, start: int) -> Iterator[Citation]:
    """«Nghị quyết Trung ương 4 (khóa XI, XII)» is two; the plenum is no number of a document."""
    end = plenum.end()
    khoa = _KHOA.match(plain, end) or _KHOA.match(plain, end + (len(" Đảng") if plain.startswith(" Đảng", end) else 0))
    number = plenum["plenum"] or _ordinal(plenum.groupdict().get("word"))
    if number is None and khoa is None:
        return
    terms = re.findall(_ROMAN, khoa["khoa"]) if khoa else [None]
    end = khoa.end() if khoa else end
    for each in terms:
        row = Citation(kind, start, end, issuer="Ban Chấp hành Trung ương")
        row.term["plenum"], row.term["khoa"] = number, each
        row.end = _beyond(plain, row, end)
        yield row
    if further := _NEXT_PLENUM.match(plain, row.end):  # «Nghị quyết Trung ương 4 (khóa XI), Trung ương 4 (khóa XII)»
        yield from _of_plenum(plain, further, kind, further.start("centre"))


_OPEN = {"luật", "bộ luật", "pháp lệnh"}


def _title(words: str) -> str:
    """The name of a law that the list does not hold, up to the word that begins something else."""
    kept: list[str] = []
    for each in words.split():
        if kept and each.lower() in STOPS:
            break
        kept.append(each)
    return " " + " ".join(kept)


def _by_name(plain: str, word: re.Match[str], kind: str) -> Iterator[Citation]:
    """«Luật Lâm nghiệp», «Điều lệ Đảng», «Chiến lược phát triển kinh tế - xã hội 10 năm 2021 - 2030»."""
    found = NAMED[kind].match(plain, word.end())
    if found is None:
        return
    name = found[0] if found.groupdict().get("known") or kind not in _OPEN else _title(found[0])
    end = word.end() + len(name)
    number = _NUMBER.match(plain, end)
    if number and number["so"] and number["symbol"]:  # «Luật Đất đai số 31/2024/QH15»
        yield from _numbered(plain, number, kind, word.start())
        return
    row = Citation(kind, word.start(), end)
    if (day := _DAY.match(plain, end)) and (iso := _iso(day)):
        row.date, row.end = iso, day.end()
    if year := _OF_YEAR.match(plain, row.end):
        row.year, row.end = year["year"], year.end()
    if years := re.search(r"((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)\s*$", name):
        row.term["years"] = f"{years[1]}-{years[2]}"
    yield row
