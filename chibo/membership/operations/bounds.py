"""Days no fact about a member can have: before the Party, before their birth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.kernel.errors import refuse_if
from chibo.membership.models import Particular, Person
from chibo.membership.particulars import BIRTH
from chibo.membership.policy import born_not_before

THE_PARTY = date(1930, 2, 3)


def refuse_outside_life(first: date, values: Mapping[str, str]) -> None:
    """Raise Refused: before_the_party, before_birth. `values` are particulars in their own spelling."""
    refuse_if(first < THE_PARTY, "before_the_party", day=first)
    born = born_not_before(values)
    refuse_if(born is not None and first < born, "before_birth", day=first, born=born)


def refuse_before_birth(person: Person, first: date) -> None:
    """The same for somebody in the book."""
    row = Particular.objects.live().filter(person=person, field=BIRTH).first()
    refuse_outside_life(first, {BIRTH: row.value} if row else {})
