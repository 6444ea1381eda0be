"""Names of offices: the Party's own, and the state's by the rule of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.cadres.models import Office
from chibo.rules.reader import rules_on

RULE = "post.state_offices"
OF_A_CELL = (Office.CELL_SECRETARY, Office.CELL_DEPUTY, Office.CELL_COMMITTEE)
ELECTED = (*OF_A_CELL, Office.COMMITTEE_SECRETARY, Office.COMMITTEE_DEPUTY, Office.STANDING_MEMBER,
           Office.COMMITTEE_MEMBER)  # fmt: skip
OF_NO_UNIT = (Office.SERVER_KEEPER,)


def party_offices(kind: str) -> list[tuple[str, str]]:
    """Offices that can be held in a unit of that kind, as choices."""
    fit = [each for each in Office if each not in OF_NO_UNIT and (each in OF_A_CELL) == (kind == "cell")]
    return [(each.value, str(each.label)) for each in fit]


def state_offices(day: date, kind: str = "") -> dict[str, str]:
    """Code → name of the state's offices on that day, beside units of that kind when one is given."""
    rule = rules_on(day).get(RULE)
    table: dict[str, Any] = rule.value if rule else {}
    return {code: each["name"] for code, each in table.items() if not kind or kind in each["at"]}


def state_office_name(code: str, day: date) -> str:
    """Its name on that day, or as it is called now; the code when the book has forgotten it."""
    return state_offices(day).get(code) or state_offices(date.max).get(code) or code
