"""The second wall: the actor's ranges are told to the database for one transaction (decision 8).

Row-level security catches a filter somebody forgot. It does not hold against an application that has been taken
over: who may run SQL here may also name other ranges.
"""

from __future__ import annotations

from django.db import connection

from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import PathRange

SLOTS = 4


def raise_wall(actor: Actor) -> None:
    """Tell the database who acts, until the end of this transaction. Outside of one this is a defect."""
    assert connection.in_atomic_block, "the wall stands inside a transaction"
    settings = {
        **_slots("r", actor.ranges(Power.READ)),
        **_slots("w", actor.writing_ranges()),
        **_slots("s", actor.ranges(Power.SENSITIVE)),
        "chibo.person": str(actor.person_id or ""),
        "chibo.named": "{" + ",".join(str(i) for i in sorted(actor.named_units)) + "}",
    }
    words = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + words, [text for pair in settings.items() for text in pair])


def _slots(letter: str, ranges: tuple[PathRange, ...]) -> dict[str, str]:
    assert len(ranges) <= SLOTS
    found = {}
    for slot in range(SLOTS):
        area = ranges[slot] if slot < len(ranges) else PathRange("!", "!")
        found[f"chibo.{letter}{slot}_low"], found[f"chibo.{letter}{slot}_high"] = area.low, area.high
    return found
