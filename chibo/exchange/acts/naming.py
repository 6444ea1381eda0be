"""Which unit a line means: by its number, by its name, by its name under a superior; and what acts before it made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from chibo.exchange.names import Names, name_forms
from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused, refuse_if
from chibo.organisation.models import Placement, Unit


class Standing(Names):
    """Units of a branch on a day, kept up with the acts that change them."""

    def __init__(self, unit: Unit, on: date, *, actor: Actor) -> None:
        super().__init__(unit, on, actor=actor)
        self.on, self.actor = on, actor

    def one(self, text: str, *, code: str = "", under: str = "") -> Placement:
        """The unit a line means.

        Raises Refused as `find`, and act_other_code, act_stands_elsewhere.
        """
        if code or (text.isascii() and text.isdigit() and text not in self.now):
            placement = self._by_code(code or text)
            ours = name_forms(placement.name) | name_forms(placement.short_name)
            differs = code and text and not text.isdigit() and not ours & name_forms(text)
            refuse_if(differs, "act_other_code", seen=text[:60], number=code[:20], name=placement.name)
        else:
            placement = self._by_name(text, under)
        if under:
            above = self.find(under)
            refuse_if(
                above.unit_id != placement.parent_id, "act_stands_elsewhere", name=placement.name, above=above.name
            )
        return placement

    def _by_code(self, code: str) -> Placement:
        known = self.standing.get(int(code)) if code.isascii() and code.isdigit() and len(code) <= 9 else None
        if known is None:
            raise Refused("unit_unknown", seen=code[:20], near="")
        return known

    def _by_name(self, text: str, under: str) -> Placement:
        try:
            return self.find(text)
        except Refused as refusal:
            if refusal.code != "unit_ambiguous" or not under:
                raise
            above = self.find(under)
            alike = set().union(*(self.now.get(form, set()) for form in name_forms(text)))
            there = [self.standing[pk] for pk in alike if self.standing[pk].parent_id == above.unit_id]
            if len(there) != 1:
                raise
            return there[0]

    def stands(self, text: str) -> bool:
        """Whether a unit is called so."""
        return any(self.now.get(form) for form in name_forms(text))

    def refresh(self, units: Iterable[int]) -> None:
        """Read anew what an act has touched: these units, and those right below them."""
        touched = set(units)
        rows = Placement.objects.visible_to(self.actor).on(self.on).filter(Q(unit__in=touched) | Q(parent__in=touched))
        anew = {row.unit_id: row for row in rows.select_related("unit")}
        for pk in touched | set(anew):
            if (old := self.standing.pop(pk, None)) is not None:
                self._forget(old, ended=pk not in anew)
        for row in anew.values():
            self.standing[row.unit_id] = row
            self._keep(self.now, row)

    def _forget(self, row: Placement, *, ended: bool) -> None:
        for form in name_forms(row.name) | name_forms(row.short_name):
            self.now.get(form, set()).discard(row.unit_id)
        self._keep(self.before, row)
