"""Which unit a list means by a name: within the branch it is for, and no further."""

from __future__ import annotations

import difflib
import re
from datetime import date

from django.db.models import Min

from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused
from chibo.kernel.text import fold
from chibo.organisation.models import Placement, Unit

_FRONT = re.compile(r"^(chi bo|dang bo|dang uy|cb)\s+")
_VILLAGE = re.compile(r"^(ban|thon|xom|pho|khu pho|to dan pho)\s+(?=\D)")


def name_forms(text: str) -> set[str]:
    """«Chi bộ bản Nà Lốc» is also found as «bản Nà Lốc» and «Nà Lốc»."""
    whole = fold(text)
    short = _FRONT.sub("", whole)
    return {form for form in (whole, short, _VILLAGE.sub("", short)) if form}


def known_from(unit: Unit) -> date:
    """The first day the book has the unit: older files tell of days before it."""
    first: date = Placement.objects.filter(unit=unit).aggregate(first=Min("during__startswith"))["first"]
    return first


class Names:
    """Units of a branch by name, on a day; two queries."""

    def __init__(self, unit: Unit, on: date, *, actor: Actor) -> None:
        low, high = unit.scope_path, unit.scope_path[:-1] + "0"
        rows = Placement.objects.visible_to(actor).filter(scope_path__gte=low, scope_path__lt=high)
        self.standing = {row.unit_id: row for row in rows.on(on).select_related("unit")}
        self.now: dict[str, set[int]] = {}
        self.before: dict[str, set[int]] = {}
        for row in self.standing.values():
            self._keep(self.now, row)
        for row in rows.filter(during__upper_inf=False):
            self._keep(self.before, row)

    @staticmethod
    def _keep(known: dict[str, set[int]], row: Placement) -> None:
        for form in name_forms(row.name) | name_forms(row.short_name):
            known.setdefault(form, set()).add(row.unit_id)

    def find(self, text: str) -> Placement:
        """The unit of that name. Raises Refused: unit_unknown, unit_ambiguous, unit_renamed, unit_ended."""
        found = set().union(*(self.now.get(form, set()) for form in name_forms(text)))
        exact = self.now.get(fold(text), set())
        found = exact if len(exact) == 1 else found
        if len(found) == 1:
            return self.standing[next(iter(found))]
        if found:
            raise Refused("unit_ambiguous", seen=text[:60], which="; ".join(sorted(self._name(i) for i in found)))
        raise self._unknown(text)

    def _unknown(self, text: str) -> Refused:
        once = set().union(*(self.before.get(form, set()) for form in name_forms(text)))
        now = sorted(self._name(i) for i in once if i in self.standing)
        if now:
            return Refused("unit_renamed", seen=text[:60], now="; ".join(now))
        if once:
            return Refused("unit_ended", seen=text[:60])
        near = difflib.get_close_matches(fold(text), self.now, n=3, cutoff=0.7)
        names = sorted({self._name(i) for form in near for i in self.now[form]})
        return Refused("unit_unknown", seen=text[:60], near=f" Gần giống: {'; '.join(names)}." if names else "")

    def _name(self, unit_id: int) -> str:
        return str(self.standing[unit_id].name)
