"""What every kind of list plans: lines compared, and the acts that write them, tried before they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from chibo.exchange.drafts import Draft
from chibo.exchange.kinds import Field
from chibo.kernel.actor import Actor
from chibo.membership.models import Person

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, so that it can be taken back: who is new, which units were founded or renamed, what
    changed among localities."""

    people: list[UUID] = field(default_factory=list)
    founded: list[int] = field(default_factory=list)
    renamed: list[int] = field(default_factory=list)
    localities: dict[str, Any] = field(default_factory=dict)


class Planned(Protocol):
    """A list compared with the book."""

    drafts: list[Draft]
    unused: list[Field]
    touched: Sequence[Person]

    def write(self, *, on: date, at: datetime, by: Actor) -> Written:
        """Write what is not refused."""
        ...


def would_pass(acts: Iterable[Act]) -> None:
    """Do the acts and undo them: what they would refuse is refused now. Raises as they do."""
    with transaction.atomic():
        for act in acts:
            act()
        transaction.set_rollback(True)


def person_name(draft: Draft) -> str:
    """Full name as it is kept: one in capitals is written as a name; an old font had no capital for «Í»."""
    values = draft.values
    front, back = values.get("name_front", ""), values.get("name_back", "")
    name = str(values.get("full_name") or " ".join(filter(None, [front, back])))
    if name.isupper() and len(name) > 3:
        draft.notes.append("capitals")
        name = name.title()
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
