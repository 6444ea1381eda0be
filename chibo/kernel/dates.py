"""Days, times and numbers as they are typed and as they are shown."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from chibo.kernel.errors import Refused

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NBSP = "\u00a0"
_WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
_EARLIEST, _LATEST = 1900, 2199
_MARKED = re.compile(r"\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*(?:[/.\- ]\s*(\d{4}|\d{2})\s*)?")
_RUN = re.compile(r"\s*(\d\d)(\d\d)(\d{4})\s*")  # keypads of some phones have digits and nothing else
_SHORT_RUN = re.compile(r"\s*(\d\d)(\d\d)(\d\d)?\s*")


def now() -> datetime:
    """The clock. Only views, commands and ticks may look at it; the domain is told (`at=`)."""
    return datetime.now(ZONE)


def today() -> date:
    """Today where the commune is. Only views, commands and ticks may ask; the domain is told (`on=`)."""
    return now().date()


def parse_day(typed: str, *, since: date | None = None) -> date:
    """Đọc ngày: 03/11/2026, 3/11/26, 3-11-2026, 2026-11-03, 03112026. Raises Refused("bad_day", why=…).

    A day without its year (3/11, 0311) is the first such day from `since` on, where the form knows one.
    """
    found = _MARKED.fullmatch(typed) or _RUN.fullmatch(typed) or (_SHORT_RUN.fullmatch(typed) if since else None)
    if found and found[3] is None:
        day, month = int(found[1]), int(found[2])
        if since is None:
            raise Refused("bad_day", why=f"Ngày «{typed.strip()}» chưa có năm.")
        year = since.year + ((month, day) < (since.month, since.day))
    elif found:
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    elif iso := re.fullmatch(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", typed):
        year, month, day = (int(part) for part in iso.groups())
    else:
        written = typed.strip()[:20]
        raise Refused("bad_day", why=f"Ngày «{written}» không đọc được." if written else "Chưa có ngày.")
    return _real_day(year, month, day)


def _real_day(year: int, month: int, day: int) -> date:
    if not _EARLIEST <= year <= _LATEST:
        raise Refused("bad_day", why=f"Năm {year} không đúng.")
    if not 1 <= month <= 12:
        raise Refused("bad_day", why=f"Không có tháng {month}.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Refused("bad_day", why=f"Tháng {month}/{year} chỉ có {last} ngày. Sửa lại ngày.")
    return date(year, month, day)


def parse_time(typed: str) -> time:
    """Đọc giờ: 19:30, 19h30, 19g30, 19 giờ 30, 19h. Raises Refused("bad_time")."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*(?::|h|g|giờ|\.)\s*(\d{1,2})?\s*(?:phút|ph|p)?\s*", typed.lower())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise Refused("bad_time", typed=typed.strip()[:20])
    return time(hour, minute)


def parse_count(typed: str) -> int:
    """Đọc số đếm: 12, 3.416. Raises Refused("bad_count")."""
    plain = typed.strip()
    if re.fullmatch(r"[0-9]{1,3}([. ][0-9]{3})+", plain):
        plain = re.sub(r"[. ]", "", plain)
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise Refused("bad_count", typed=typed.strip()[:20])
    return int(plain)


def parse_amount(typed: str, places: int) -> Decimal:
    """Đọc số có phần lẻ: 14.419, 1,25, 1.250,5; at most `places` digits behind the comma.

    A point parts thousands as everywhere in Vietnamese: «1.2» is refused rather than guessed. Raises
    Refused("bad_amount", typed, places), Refused("bad_count") where only whole numbers are taken.
    """
    plain = typed.strip()
    whole, comma, rest = plain.partition(",")
    if re.fullmatch(r"[0-9]{1,3}([. ][0-9]{3})+", whole):
        whole = re.sub(r"[. ]", "", whole)
    digits = re.fullmatch(r"[0-9]{1,12}", whole) and (not comma or re.fullmatch(r"[0-9]+", rest))
    if not digits or len(rest.rstrip("0")) > places:
        shown = plain[:20]
        raise Refused("bad_amount", typed=shown, places=places) if places else Refused("bad_count", typed=shown)
    return Decimal(f"{whole}.{rest or 0}").quantize(Decimal(1).scaleb(-places))


def half_a_year_before(day: date) -> date:
    """From when a day without its year is looked for where it may lie on either side of `day`."""
    return day - timedelta(days=182)


def show_day(day: date) -> str:
    """03/11/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def show_number(number: int | Fraction | Decimal) -> str:
    """3.416; 1,25: three decimals at most, none where they are zeros."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return f"{exact.numerator:,}".replace(",", ".")
    shown = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.001"), ROUND_HALF_UP)
    whole, _, rest = f"{shown:,}".partition(".")
    return f"{whole.replace(',', '.')},{rest.rstrip('0')}".removesuffix(",")


def show_percent(numerator: int | Fraction, denominator: int | Fraction) -> str:
    """89,5 %: one decimal, half up, «,0» left out. Raises ZeroDivisionError without a denominator."""
    if denominator == 0:
        raise ZeroDivisionError("a ratio without denominator is not shown")
    share = Fraction(numerator) * 100 / Fraction(denominator)
    exact = Decimal(share.numerator) / share.denominator
    shown = f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}".removesuffix(".0").replace(".", ",")
    return f"{shown}{NBSP}%"


def weekday_vn(day: date) -> str:
    """Thứ Ba."""
    return _WEEKDAYS[day.weekday()]


def spoken_time(at: time) -> str:
    """19 giờ 30."""
    return f"{at.hour} giờ {at.minute:02d}" if at.minute else f"{at.hour} giờ"


def month_label(day: date) -> str:
    """tháng 11/2026."""
    return f"tháng {day.month}/{day.year}"


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def refuse_ahead(day: date | None, *, on: date, most_days: int = 0) -> None:
    """Raise Refused: day_ahead when it has not come, too_far_ahead beyond `most_days` from `on`."""
    if day is None or day <= on:
        return
    if most_days == 0:
        raise Refused("day_ahead", day=day)
    if (day - on).days > most_days:
        raise Refused("too_far_ahead", day=day)
