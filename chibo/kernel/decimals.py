"""Numbers that are not whole, as they are typed and as they are shown: 14.419, 89,5."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from chibo.kernel.errors import Refused

_TYPED = re.compile(r"(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d{1,14})(?:,(?P<part>\d{1,4}))?")


def parse_decimal(typed: str) -> Decimal:
    """Đọc số: 12; 3.416; 89,5; 89,5 %. At most four places behind the comma. Raises Refused("bad_decimal")."""
    plain = typed.strip().removesuffix("%").strip()
    found = _TYPED.fullmatch(plain)
    if found is None:
        raise Refused("bad_decimal", typed=typed.strip()[:20])
    return Decimal(f"{re.sub('[. ]', '', found['whole'])}.{found['part'] or '0'}")


def show_decimal(value: Decimal | Fraction | int, *, places: int = 4) -> str:
    """3.416; 89,5: half up, no zeros at the end."""
    exact = Fraction(value)
    scaled = int(abs(exact) * 10**places + Fraction(1, 2))
    whole, part = divmod(scaled, 10**places)
    shown = f"{whole:,}".replace(",", ".")
    digits = f"{part:0{places}d}".rstrip("0") if places else ""
    sign = "-" if exact < 0 and scaled else ""
    return f"{sign}{shown},{digits}" if digits else f"{sign}{shown}"
