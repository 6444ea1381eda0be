"""Bodies of a unit by the rule of a day: those whose seats are offices, and those set up with members of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.rules.reader import rules_on

RULE = "body.kinds"


@dataclass(frozen=True, slots=True)
class BodyKind:
    """One kind: its name, where it may be, who sits in it."""

    code: str
    name: str
    at: tuple[str, ...]  # kinds of unit
    offices: tuple[str, ...]  # whoever holds one of these posts sits in it; empty when it has seats of its own
    roles: Mapping[str, str]


def body_kinds(day: date, unit_kind: str = "") -> dict[str, BodyKind]:
    """Kinds of that day, in the order of the book; only those of a unit of that kind when one is given."""
    rule = rules_on(day).get(RULE)
    table: dict[str, Any] = rule.value if rule else {}
    kinds = {code: _kind(code, each) for code, each in table.items()}
    return {code: kind for code, kind in kinds.items() if not unit_kind or unit_kind in kind.at}


def _kind(code: str, each: Mapping[str, Any]) -> BodyKind:
    return BodyKind(code, each["name"], each["at"], each.get("offices", ()), each.get("roles", {}))


def kind_named(code: str, day: date) -> BodyKind:
    """The kind of that day, or as it is called now, or by its bare code when the book has forgotten it."""
    found = body_kinds(day).get(code) or body_kinds(date.max).get(code)
    return found or BodyKind(code, code, (), (), {})
