"""Chia đảng viên: which heir of a cell each of its members goes to, as the second sheet says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chibo.exchange.acts.kinds import PEOPLE
from chibo.exchange.acts.reading import Wanted
from chibo.exchange.book import Book
from chibo.exchange.drafts import Draft, Verdict
from chibo.exchange.names import name_forms
from chibo.exchange.plans import person_name
from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.text import fold
from chibo.organisation.models import Placement
from chibo.reorganisation.models import Decision
from chibo.reorganisation.planning import NewUnit

NAMED = 3  # of those nobody placed, so many are named


class Dividing:
    """The lines of the second sheet, by the act whose heirs they name."""

    def __init__(self, drafts: Sequence[Draft], acts: Sequence[Wanted], *, on: date, by: Actor) -> None:
        self.on, self.by = on, by
        self.acts = [act for act in acts if act.act in {Decision.SPLIT, Decision.UPGRADE}]
        self.lines: dict[int, list[tuple[Draft, str]]] = {id(act): [] for act in self.acts}
        for draft in drafts:
            draft.title = person_name(draft)
            if draft.values.get("heir") and not draft.problems:
                self._give(draft)

    def _give(self, draft: Draft) -> None:
        heir, cell = str(draft.values["heir"]), str(draft.values.get("unit", ""))
        there = [(act, name) for act in self.acts for name in heirs_of(act) if _alike(name, heir)]
        mine = [
            (act, name) for act, name in there if not cell or _alike(act.get("unit"), cell) or act.get("code") == cell
        ]
        found = mine or ([] if cell else there)
        if len(found) != 1:
            draft.refuse(Refused("heir_of_many" if found else "heir_unknown", seen=heir[:60]), PEOPLE.field("heir"))
            return
        draft.verdict = Verdict.NEW
        act, name = found[0]
        self.lines[id(act)].append((draft, name))

    def into(self, act: Wanted, cell: Placement) -> list[NewUnit]:
        """The heirs of the cell with their people; the first one keeps its papers.

        Raises Refused: two_heirs, act_members_unplaced, act_people_refused.
        """
        names = heirs_of(act)
        refuse_if(len(names) < (2 if act.act == Decision.SPLIT else 1), "two_heirs")
        book = Book(cell.unit, self.on, actor=self.by)
        placed: dict[UUID, tuple[str, Draft]] = {}
        for draft, name in self.lines[id(act)]:
            self._place(draft, name, book, placed, cell.unit_id)
        refused = sum(1 for draft, _ in self.lines[id(act)] if draft.problems)
        refuse_if(refused, "act_people_refused", count=refused)
        if len(names) == 1:
            placed = dict.fromkeys(book.known, (names[0], act.lines[0]))
        left = sorted(known.person.full_name for pk, known in book.known.items() if pk not in placed)
        refuse_if(left, "act_members_unplaced", count=len(left), names=", ".join(left[:NAMED]),
                  more=" …" if len(left) > NAMED else "")  # fmt: skip
        people = {name: frozenset(pk for pk, (heir, _) in placed.items() if heir == name) for name in names}
        return [NewUnit(name, "", people[name], main=name == names[0]) for name in names]

    def _place(self, draft: Draft, name: str, book: Book, placed: dict[UUID, tuple[str, Draft]], cell: int) -> None:
        try:
            known = book.who({**draft.values, "full_name": draft.title}, cell)
            refuse_if(known is None, "person_not_there")
            assert known is not None
            pk = known.person.pk
            if pk in placed:
                raise Refused("line_twice", rows=f"{placed[pk][1].number}, {draft.number}")
        except Refused as refusal:
            draft.refuse(refusal, PEOPLE.field("full_name"))
        else:
            placed[pk] = (name, draft)


def heirs_of(act: Wanted) -> list[str]:
    """The cells that come of it."""
    return act.all("cells") or (act.all("name") if act.act == Decision.SPLIT else [])


def _alike(one: str, other: str) -> bool:
    return fold(one) == fold(other) or bool(name_forms(one) & name_forms(other))
