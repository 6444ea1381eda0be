"""A list of units against the tree: founded below the unit the list is for, or known already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chibo.exchange.drafts import Change, Draft, Verdict
from chibo.exchange.kinds import UNITS, Field
from chibo.exchange.names import Names, known_from
from chibo.exchange.plans import Written, would_pass
from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.kernel.text import fold, text_key
from chibo.membership.models import Person
from chibo.organisation.models import Placement, Unit
from chibo.organisation.operations import found_unit, rename_unit
from chibo.rules.reader import rules_on


@dataclass(slots=True)
class New:
    """A unit to be founded; `parent` is a unit, or the line of the list that founds it."""

    draft: Draft
    kind: str
    parent: Unit | int
    on: date


@dataclass(slots=True)
class Plan:
    """What a list of units would do."""

    drafts: list[Draft]
    unused: list[Field] = field(default_factory=list)
    touched: list[Person] = field(default_factory=list)
    new: list[New] = field(default_factory=list)  # whoever stands above comes first
    renamed: list[tuple[Placement, Draft]] = field(default_factory=list)

    def write(self, *, on: date, at: datetime, by: Actor) -> Written:
        """Found and rename."""
        founded: dict[int, Unit] = {}
        for row in self.new:
            founded[row.draft.number] = _found(row, founded, by)
        for placement, draft in self.renamed:
            _rename(placement, draft, on, by)
        return Written(founded=[u.pk for u in founded.values()], renamed=[p.unit_id for p, _ in self.renamed])


def _found(row: New, founded: dict[int, Unit], by: Actor) -> Unit:
    values = row.draft.values
    parent = founded[row.parent] if isinstance(row.parent, int) else row.parent
    return found_unit(
        values["name"], kind=row.kind, parent=parent, on=row.on, by=by, short_name=values.get("short_name", ""),
        place=values.get("place", ""), decision=values.get("decision", ""),
    )  # fmt: skip


def _rename(placement: Placement, draft: Draft, on: date, by: Actor) -> None:
    rename_unit(placement.unit, draft.values["name"], short_name=draft.values["short_name"], on=on, by=by,
                decision=draft.values.get("decision", ""))  # fmt: skip


def plan_units(drafts: list[Draft], unit: Unit, *, on: date, at: datetime, by: Actor) -> Plan:
    """Compare; nothing is written."""
    planning = _Planning(drafts, unit, on, by)
    for draft in drafts:
        planning.one(draft)
    planning.place()
    planning.rehearse()
    return planning.plan


def kind_said(word: str, name: str, kinds: Mapping[str, Any]) -> str:
    """By its word, else by how the name begins. Raises Refused("unit_kind_unknown")."""
    said = fold(word) or fold(name)
    found = [code for code, each in kinds.items() if said.startswith(fold(each["name"])) or said == code]
    if not found and said.startswith("chi bo"):
        found = ["cell"]
    words = ", ".join(each["name"] for each in kinds.values())
    refuse_if(not found, "unit_kind_unknown", seen=word or name, words=words)
    return max(found, key=lambda code: len(kinds[code]["name"]))


class _Planning:
    def __init__(self, drafts: list[Draft], unit: Unit, on: date, by: Actor) -> None:
        self.plan, self.unit, self.on, self.by = Plan(drafts), unit, on, by
        self.names = Names(unit, on, actor=by)
        self.kinds: dict[str, Any] = rules_on(on)["organisation.kinds"].value
        self.known_from: dict[int, date] = {}  # superior → first day in the book
        self.new: dict[str, Draft] = {}  # folded name → line that founds it

    def one(self, draft: Draft) -> None:
        """Compare one line."""
        values = draft.values
        draft.title = values.get("name", "") or draft.seen("name")
        if draft.problems:
            return
        try:
            refuse_if(not draft.title, "no_name")
            known = self._known(values["name"])
            if known is None:
                key = fold(values["name"])
                refuse_if(key in self.new, "line_twice", rows=f"{self.new[key].number if key in self.new else 0}, "
                                                               f"{draft.number}")  # fmt: skip
                self.new[key] = draft
                draft.verdict = Verdict.NEW
            else:
                self._compare(draft, known)
        except Refused as refusal:
            draft.refuse(refusal, UNITS.field("name"))

    def _known(self, name: str) -> Placement | None:
        try:
            return self.names.find(name)
        except Refused as refusal:
            if refusal.code == "unit_unknown":
                return None
            raise

    def _compare(self, draft: Draft, known: Placement) -> None:
        values = draft.values
        kind = self._kind(values, known.kind)
        refuse_if(kind != known.kind, "unit_of_other_kind", ours=self.kinds[known.kind]["name"])
        if "parent" in values and known.parent_id in self.names.standing:
            above = self.names.standing[known.parent_id]
            refuse_if(self.names.find(values["parent"]).unit_id != above.unit_id, "unit_under_another", ours=above.name)
        short = values.get("short_name", known.short_name)
        name = values["name"] if text_key(values["name"]) != text_key(known.short_name) else known.name
        for label, old, new in (("Tên", known.name, name), ("Tên gọi tắt", known.short_name, short)):
            if text_key(old) != text_key(new):
                draft.changes.append(Change(label, old, new))
        if draft.changes:
            draft.verdict = Verdict.CHANGED
            values["name"], values["short_name"] = name, short
            would_pass([lambda: _rename(known, draft, self.on, self.by)])
            self.plan.renamed.append((known, draft))

    def _kind(self, values: dict[str, Any], otherwise: str = "") -> str:
        if "kind" not in values and otherwise:
            return otherwise
        return kind_said(values.get("kind", ""), values["name"], self.kinds)

    def place(self) -> None:
        """Each new unit below its superior; those above first."""
        waiting = list(self.new.values())
        placed: set[int] = set()
        while waiting:
            ready = [d for d in waiting if self._place(d, placed)]
            waiting = [d for d in waiting if d.number not in placed and not d.problems]
            if not ready:
                for draft in waiting:
                    draft.refuse(Refused("unit_unknown", seen=draft.values["parent"], near=""), UNITS.field("parent"))
                return

    def _place(self, draft: Draft, placed: set[int]) -> bool:
        values, parent = draft.values, draft.values.get("parent")
        above: Unit | int = self.unit
        try:
            if parent is not None:
                line = self.new.get(fold(parent))
                if line is not None and line is not draft:
                    if line.number not in placed:
                        return bool(line.problems) and self._give_up(draft, parent)
                    above = line.number
                else:
                    above = self.names.find(parent).unit
            kind = self._kind(values)
        except Refused as refusal:
            draft.refuse(refusal, UNITS.field("parent" if refusal.code.startswith("unit_u") else "kind"))
            return True
        placed.add(draft.number)
        self.plan.new.append(New(draft, kind, above, self._first_day(draft, above)))
        draft.changes = [Change("Loại", "", self.kinds[kind]["name"])]
        return True

    def _first_day(self, draft: Draft, above: Unit | int) -> date:
        """The day of founding; where the book knows the superior only from later on, that day, and the line says so."""
        founded: date = draft.values.get("founded_on", self.on)
        if isinstance(above, int):
            known = next(row.on for row in self.plan.new if row.draft.number == above)
        else:
            known = self.known_from.setdefault(above.pk, known_from(above))
        if founded < known:
            draft.notes.append("book_younger")
        return max(founded, known)

    def _give_up(self, draft: Draft, parent: str) -> bool:
        draft.refuse(Refused("unit_unknown", seen=parent, near=""), UNITS.field("parent"))
        return True

    def rehearse(self) -> None:
        """Found them all and undo it: what the act refuses, the line is refused for, and those below it."""
        founded: dict[int, Unit] = {}
        with transaction.atomic():
            for row in self.plan.new:
                if isinstance(row.parent, int) and row.parent not in founded:
                    self._give_up(row.draft, row.draft.values["parent"])
                    continue
                try:
                    with transaction.atomic():
                        founded[row.draft.number] = _found(row, founded, self.by)
                except (Refused, NoPower) as refusal:
                    row.draft.refuse(refusal if isinstance(refusal, Refused) else Refused("line_out_of_reach"))
            transaction.set_rollback(True)
        self.plan.new = [row for row in self.plan.new if row.draft.number in founded]
