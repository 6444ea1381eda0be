"""How papers write counts, rates, days and names. Screens write some of them another way (kernel.dates)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from chibo.kernel.dates import NBSP, show_number

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
LETTERS = "abcdđeghiklmnopqrstuvxy"  # lists of the Party have no f, j, w, z


def count(number: int) -> str:
    """0, 08, 54, 3.416."""
    return f"{number:02d}" if 0 < number < 10 else show_number(number)


def rate(part: int, whole: int) -> str:
    """90,5%; nothing to divide by is a ZeroDivisionError."""
    if whole == 0:
        raise ZeroDivisionError("a ratio without denominator is not written")
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{exact}".removesuffix(".0").replace(".", ",") + "%"


def of_whole(part: int, whole: int) -> str:
    """03/06."""
    return f"{count(part)}/{count(whole)}"


def month_number(day: date) -> str:
    """Months 1 and 2 take a zero, the others do not (rule 9.13)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def long_day(day: date) -> str:
    """ngày 05 tháng 02 năm 2026."""
    return f"ngày {day.day:02d} tháng {month_number(day)} năm {day.year}"


def short_day(day: date) -> str:
    """05/02/2026, 03/9/2026."""
    return f"{day.day:02d}/{month_number(day)}/{day.year}"


def long_month(day: date) -> str:
    """tháng 10 năm 2026."""
    return f"tháng {day.month} năm {day.year}"


def clock(at: time) -> str:
    """19 giờ 30 phút."""
    return f"{at.hour} giờ {at.minute:02d} phút"


def symbol(number: int, kind: str, body: str) -> str:
    """21-BB/CB (rule 9.2)."""
    return f"{number:02d}-{kind}/{body}"


def unnumbered(kind: str, body: str) -> str:
    """Số      -GM/CB: the number is taken at signing, not at drafting."""
    return f"{NBSP * 6}-{kind}/{body}"


def cited(kind: str, number: str, day: date) -> str:
    """Nghị quyết số 18-NQ/CB, ngày 03/9/2026."""
    return f"{kind} số{NBSP}{number}, ngày {short_day(day)}"


def comrade(name: str, post: str = "") -> str:
    """Đồng chí Lò Văn Inh, Bí thư Chi bộ."""
    return f"Đồng chí {name}" + (f", {in_capitals(post)}" if post else "")


def in_capitals(post: str) -> str:
    """A paper writes the issuing body with a capital: «Bí thư Chi bộ»."""
    return post.replace("chi bộ", "Chi bộ").replace("đảng ủy", "Đảng ủy")


def sentence(text: str) -> str:
    """The text closed by a full stop, unless it closes itself."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", ":", ";")) or not text else f"{text}."


def listed(parts: Iterable[str]) -> str:
    """The parts that say something, joined as a paper joins them."""
    return "; ".join(part for part in parts if part)


def plain_lines(text: str) -> list[str]:
    """Lines of a text typed by somebody, without the dashes they put themselves."""
    lines = (line.strip().lstrip("-–+•").strip() for line in text.splitlines())
    return [line for line in lines if line]
