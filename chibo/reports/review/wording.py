"""Words around numbers, checked against the exact values: «gần 90%», «hơn 1.720», «từ 70% trở lên» (RPT-4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chibo.reports.review.numbers import exact

Json = dict[str, Any]
_NUMBER = r"(?<![\d/.,])(?P<number>\d{1,3}(?:\.\d{3})+|\d+)(?P<decimals>,\d+)?(?P<percent>\s*%)?(?![\d/]|[.,]\d)"
_SAID = re.compile(
    rf"(?:\b(?P<word>gần|hơn|trên|dưới|khoảng|cơ bản đạt|đạt cơ bản)\s+)?{_NUMBER}(?P<up>[^.;,\n]{{0,30}}?\btrở lên)?",
    re.I,
)
_PARTS = re.compile(rf"{_NUMBER}[^.;()\n]*?(?P<kind>,?\s*(?:gồm|trong đó)\s*:?|\()\s*(?P<list>[^.;()\n]+)", re.I)
NEAR = Fraction(1, 20)  # «gần»: at most a twentieth below
ABOVE = Fraction(1, 10)  # «hơn, trên»: at most a tenth above
_NOT_COUNTED = re.compile(r"\b(?:ngày|tháng|năm|quý|số|khóa|lần thứ|nhiệm kỳ|giai đoạn|điều|khoản|mục)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Finding:
    """One number somebody wrote, and whether a number of the report bears it."""

    words: str
    fits: bool
    number: int  # of the report's table; 0 when none fits
    why: str


def findings(text: str, rows: Sequence[Json]) -> list[Finding]:
    """Every number of a text beside the table of the report. Days, years and numbers of papers are left alone."""
    found = [_finding(match, rows) for match in _SAID.finditer(text) if not _of_a_name(text, match)]
    return found + _sums(text)


def _of_a_name(text: str, match: re.Match[str]) -> bool:
    start = match.start("number")
    after = text[match.end("number") : match.end("number") + 2]
    return bool(_NOT_COUNTED.search(text[:start])) or bool(re.match(r"[-/]\w", after))


def value_of(match: re.Match[str]) -> Fraction:
    """The number as it is meant: 90,5% is 905/1000."""
    whole = Fraction(match["number"].replace(".", ""))
    if match["decimals"]:
        digits = match["decimals"][1:]
        whole += Fraction(int(digits), 10 ** len(digits))
    return whole / 100 if match["percent"] else whole


def _finding(match: re.Match[str], rows: Sequence[Json]) -> Finding:
    said, word, up = value_of(match), (match["word"] or "").lower(), bool(match["up"])
    words = " ".join(match[0].split())
    for row in rows:
        if any(_fits(word, up, said, value) for value in _values(row, bool(match["percent"]))):
            return Finding(words, True, row["n"], f"khớp «{row['name']}»")
    return Finding(
        words, False, 0, _WHY.get(word or ("trở lên" if up else ""), "không có số nào trong báo cáo như vậy")
    )


_WHY = {
    "gần": "«gần» là kém không quá một phần hai mươi", "hơn": "«hơn» là nhiều hơn, không quá một phần mười",
    "trên": "«trên» là nhiều hơn, không quá một phần mười", "trở lên": "không có số nào bằng hoặc hơn như vậy",
}  # fmt: skip


def _values(row: Json, percent: bool) -> list[Fraction]:
    if percent:
        share = exact(row)
        return [] if row["whole"] is None or share is None else [share]
    return [Fraction(row["part"]), *([Fraction(row["whole"])] if row["whole"] is not None else [])]


def _fits(word: str, up: bool, said: Fraction, value: Fraction) -> bool:
    if up or word == "":
        rounded = Fraction(round(value * 1000), 1000) if value.denominator > 1 else value
        return value >= said and (value - said) <= said * ABOVE if up else rounded == said or value == said
    if word in {"gần", "cơ bản đạt", "đạt cơ bản"}:
        return said * (1 - NEAR * (1 if word == "gần" else 2)) <= value < said
    if word in {"hơn", "trên"}:
        return said < value <= said * (1 + ABOVE)
    if word == "dưới":
        return said * (1 - ABOVE) <= value < said
    return said * (1 - NEAR) <= value <= said * (1 + NEAR)  # khoảng


def _sums(text: str) -> list[Finding]:
    """«33 cuộc (8 cuộc …, 21 cuộc …, 4 cuộc …)»: parts in brackets or after «gồm» make the whole (RPT-2)."""
    found = []
    for match in _PARTS.finditer(text):
        parts = [value_of(each) for each in re.finditer(_NUMBER, match["list"]) if not each["percent"]]
        if len(parts) < 2 or match["percent"]:
            continue
        whole, total = value_of(match), sum(parts)
        inside = "trong đó" in match["kind"].lower()
        if total != whole and (total > whole or not inside):
            found.append(
                Finding(" ".join(match[0].split()), False, 0, f"các phần cộng lại là {total}, không phải {whole}")
            )
    return found
