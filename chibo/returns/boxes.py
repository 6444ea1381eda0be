"""The boxes of a sheet: what each accepts, how it is kept, how it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chibo.kernel.dates import parse_amount, show_number
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.returns.models import Entry, Line, LineCheck

LONGEST = 200  # of a reason
_FIELD = re.compile(r"(line|why)\.([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed into a box, and the version they had before their eyes."""

    typed: str
    based_on: int


class BadBoxes(Refused):
    """Some boxes cannot be read: 422. `errors` maps each to its refusal."""

    def __init__(self, errors: Mapping[str, Refused]) -> None:
        super().__init__("bad_fields", count=len(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Written:
    """The newest version of a box."""

    value: str = ""
    version: int = 0
    by_name: str = ""
    entry: Entry | None = None


def field_of(part: Line | LineCheck) -> str:
    """The box of a figure, or of the reason a check asks for."""
    return f"{'line' if isinstance(part, Line) else 'why'}.{part.pk}"


def part_of(field: str) -> tuple[str, int]:
    """«line» or «why», and the id. Raises Refused("unknown_field")."""
    found = _FIELD.fullmatch(field)
    if found is None:
        raise Refused("unknown_field")
    return found[1], int(found[2])


def read_box(field: str, typed: str, lines: Mapping[int, Line], checks: Mapping[int, LineCheck]) -> str:
    """How what was typed is kept: numbers plain, reasons cleaned; nothing stays nothing.

    Raises Refused: unknown_field, bad_count, bad_amount, text_too_long, looks_like_identity.
    """
    word, pk = part_of(field)
    if word == "why":
        refuse_if(pk not in checks, "unknown_field")
        text = clean(typed, most=LONGEST)
        found = looks_like_identity(text)
        refuse_if(found, "looks_like_identity", found=found)
        return text
    refuse_if(pk not in lines or lines[pk].adds == Line.RATIO, "unknown_field")
    typed = clean(typed, most=60)
    return str(parse_amount(typed, lines[pk].decimals)) if typed else ""


def number_in(value: str) -> Decimal | None:
    """The number a box holds."""
    return Decimal(value) if value else None


def shown_box(field: str, value: str) -> str:
    """A kept value as its box shows it."""
    return show_number(Decimal(value)) if value and field.startswith("line.") else value
