"""A sheet of acts: each line's act with its units found by name, rehearsed or carried out by `reorganisation`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import Any

from chibo.exchange.acts.heirs import Dividing
from chibo.exchange.acts.kinds import ACTS, FUSE
from chibo.exchange.acts.naming import Standing
from chibo.exchange.acts.reading import Wanted, share, wanted
from chibo.exchange.drafts import Draft, Verdict, counted, told
from chibo.exchange.names import name_forms
from chibo.exchange.units import kind_said
from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.organisation.models import Placement, Unit
from chibo.reorganisation import planning as plans
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations import reform, rehearse
from chibo.reorganisation.operations.reforming import Act
from chibo.reorganisation.planning import NewUnit
from chibo.reorganisation.plans import Paper, Plan
from chibo.reorganisation.shape import kinds_on
from chibo.reorganisation.words import leaderless, lines

# The cell a refusal of the plan speaks of; those not named here speak of the whole line.
CELLS = {
    "kind_not_below": "kind", "unknown_kind": "kind", "same_kind": "kind", "unit_kind_unknown": "kind",
    "same_superior": "parent", "below_itself": "parent", "parent_not_standing": "parent", "no_name": "name",
    "merge_alike": "into", "two_sources": "into", "two_heirs": "cells", "cells_only": "unit", "root_stays": "unit",
    "split_by_form": "unit",
    "units_below": "unit", "members_left": "unit", "tasks_left": "unit", "tree_changed_since": "unit",
    "facts_since": "unit", "members_need_cells": "unit", "posts_need_ending": "unit", "localities_remain": "unit",
    "too_few_official": "cells", "act_members_unplaced": "cells",
    "act_people_refused": "cells", "line_out_of_reach": "unit",
}  # fmt: skip
SUMS = ("unit_begins", "unit_ends", "branch_moves", "members_move", "posts_end", "tasks_move")
Done = Callable[[int, int], None]  # how many acts of how many are done


def _quiet(done: int, of: int) -> None:
    """Nobody watches."""


class Sheet:
    """The acts of one sheet, for one body, on one paper."""

    def __init__(
        self, drafts: Sequence[Draft], people: Sequence[Draft], unit: Unit, *, paper: Paper, on: date, at: datetime,
        by: Actor,
    ) -> None:  # fmt: skip
        self.drafts, self.people, self.unit = drafts, people, unit
        self.paper, self.on, self.at, self.by = paper, on, at, by
        self.names = Standing(unit, on, actor=by)
        found = wanted(drafts)
        self.dividing = Dividing(people, found, on=on, by=by)
        self.acts = [act for act in found if not act.refused]
        self.sums: Counter[str] = Counter()
        self.leaderless: list[str] = []
        self._speaking_of = ""

    # running through the acts ---------------------------------------------------------------------------------------

    def rehearse(self, done: Done = _quiet) -> None:
        """Do them all and undo them: every line says what it would do, or why it cannot."""
        turns = iter(self.acts)
        asked = [partial(self._asked, act) for act in self.acts]

        def heard(outcome: Plan | Refused | NoPower) -> None:
            act = next(turns)
            if isinstance(outcome, Plan):
                self._planned(act, outcome)
            else:
                self._refused(act, outcome if isinstance(outcome, Refused) else Refused("line_out_of_reach"))
            done(self.acts.index(act) + 1, len(self.acts))

        rehearse(self.unit, asked, paper=self.paper, on=self.on, at=self.at, by=self.by, told=heard)

    def carry_out(self, *, by_name: str, done: Done = _quiet) -> Decision:
        """Do them all. Raises what the first act that cannot be refuses."""
        turns = iter(enumerate(self.acts, 1))
        asked = [partial(self._asked, act) for act in self.acts]

        def heard(plan: Plan) -> None:
            number, act = next(turns)
            self._planned(act, plan)
            done(number, len(self.acts))

        return reform(self.unit, asked, paper=self.paper, on=self.on, at=self.at, by=self.by, by_name=by_name,
                      told=heard)  # fmt: skip

    def _planned(self, act: Wanted, plan: Plan) -> None:
        first = act.lines[0]
        first.does = [words for words, _ in lines(plan)]
        first.remarks = [remark.said for remark in plan.remarks]
        for line in act.lines[1:]:
            line.does = [f"Cùng một việc với dòng {first.number}"]
        for step in plan.steps:
            self.sums[step.code] += step.count
        self.leaderless += leaderless(plan)
        units = [*plan.sources, *plan.changed, *(heir.there for heir in plan.heirs)]
        self.names.refresh(unit.pk for unit in units)

    def _refused(self, act: Wanted, refusal: Refused) -> None:
        refusal = self._later(act, refusal)
        name = self._speaking_of or CELLS.get(refusal.code, "")
        (act.line_of(name) if name else act.lines[0]).refuse(refusal, ACTS.field(name) if name else None)
        share(act)

    def _later(self, act: Wanted, refusal: Refused) -> Refused:
        """A name nobody has yet, and a line further down gives."""
        if refusal.code not in {"unit_unknown", "act_target_unknown"}:
            return refusal
        seen = name_forms(str(refusal.facts["seen"]))
        rest = self.acts[self.acts.index(act) + 1 :]
        line = next((each.lines[0].number for each in rest for name in each.makes() if name_forms(name) & seen), None)
        return refusal if line is None else Refused("act_later", seen=refusal.facts["seen"], row=line)

    def told(self) -> dict[str, Any]:
        """What became of every line, to be kept, shown and compared with what somebody saw."""
        kept = {
            "counts": counted(self.drafts), "acts": len(self.acts), "lines": [told(draft) for draft in self.drafts],
            "people": [told(draft) for draft in self.people], "leaderless": self.leaderless,
            "sums": {code: self.sums[code] for code in SUMS},
            "refused": sum(1 for draft in [*self.drafts, *self.people] if draft.verdict is Verdict.REFUSED),
        }  # fmt: skip
        spelt = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        return {**kept, "digest": hashlib.sha256(spelt.encode()).hexdigest()[:32]}

    # one act --------------------------------------------------------------------------------------------------------

    def _asked(self, act: Wanted) -> Act:
        """Its units, found when its turn comes. Raises Refused."""
        self._speaking_of = ""
        made: dict[str, Callable[[Wanted], Act]] = {
            Decision.FOUND: self._found, Decision.RENAME: self._rename, Decision.KIND: self._kind,
            Decision.UPGRADE: self._upgrade, Decision.MOVE: self._move, Decision.END: self._end,
            Decision.SPLIT: self._split, Decision.MERGE: self._merge, FUSE: self._fuse,
        }  # fmt: skip
        return made[act.act](act)

    def _found(self, act: Wanted) -> Act:
        name = act.get("name") or act.get("unit")
        parent = self._superior(act) if act.get("parent") else self._unit(self.unit.pk)
        kind = self._kind_said(act, name)
        new = NewUnit(name, act.get("short_name"))
        return Act([parent], lambda: plans.plan_found(parent, new, kind, on=self.on, by=self.by, paper=self.paper.text,
                                                      place=act.get("place")))  # fmt: skip

    def _rename(self, act: Wanted) -> Act:
        unit = self._whom(act).unit
        return Act([unit], lambda: plans.plan_rename(unit, act.get("name"), short_name=act.get("short_name"),
                                                     on=self.on, paper=self.paper.text))  # fmt: skip

    def _kind(self, act: Wanted) -> Act:
        unit, kind = self._whom(act).unit, self._kind_said(act, "")
        return Act([unit], lambda: plans.plan_kind(unit, kind, on=self.on, paper=self.paper.text))

    def _move(self, act: Wanted) -> Act:
        with self._of("unit"):
            unit = self._fresh(self.names.one(act.get("unit"), code=act.get("code")))
        to = self._superior(act)
        return Act([unit, to], lambda: plans.plan_move(unit, to, on=self.on, paper=self.paper.text))

    def _end(self, act: Wanted) -> Act:
        unit = self._whom(act).unit
        return Act([unit], lambda: plans.plan_end(unit, on=self.on, by=self.by, paper=self.paper.text))

    def _split(self, act: Wanted) -> Act:
        cell = self._whom(act)
        refuse_if(cell.kind != "cell", "split_by_form")
        into = self.dividing.into(act, cell)
        return Act([cell.unit], lambda: plans.plan_split(cell.unit, into, on=self.on, by=self.by,
                                                         paper=self.paper.text))  # fmt: skip

    def _upgrade(self, act: Wanted) -> Act:
        cell, kind = self._whom(act), self._kind_said(act, act.get("name"))
        into = self.dividing.into(act, cell)
        return Act([cell.unit], lambda: plans.plan_upgrade(
            cell.unit, kind, into, name=act.get("name"), short_name=act.get("short_name"), on=self.on, by=self.by,
            paper=self.paper.text,
        ))  # fmt: skip

    def _merge(self, act: Wanted) -> Act:
        with self._of("into"):
            into = self._fresh(self._target(act.get("into")))
        sources = self._sources(act)
        return Act([*sources, into], lambda: plans.plan_merge(sources, into, on=self.on, by=self.by,
                                                              paper=self.paper.text))  # fmt: skip

    def _fuse(self, act: Wanted) -> Act:
        sources = self._sources(act)
        with self._of("into"):
            others = self.names.stands(act.get("into")) and self.names.find(act.get("into")).unit not in sources
            refuse_if(others, "act_target_stands", seen=act.get("into")[:60])
        kind = self._kind_said(act, "") if act.get("kind") else ""
        new = NewUnit(act.get("into"), act.get("short_name"))
        return Act(sources, lambda: plans.plan_merge(sources, new, on=self.on, by=self.by, paper=self.paper.text,
                                                     kind=kind))  # fmt: skip

    # names ----------------------------------------------------------------------------------------------------------

    @contextmanager
    def _of(self, name: str) -> Iterator[None]:
        """What is refused meanwhile speaks of that cell."""
        self._speaking_of = name
        yield
        self._speaking_of = ""

    def _whom(self, act: Wanted) -> Placement:
        with self._of("unit"):
            found = self.names.one(act.get("unit"), code=act.get("code"), under=act.get("parent"))
            found.unit = self._fresh(found)
        return found

    def _sources(self, act: Wanted) -> list[Unit]:
        """Each line names one by its number, or several by their names."""
        found: list[Unit] = []
        with self._of("unit"):
            for line in act.lines:
                one = Wanted(act.act, [line])
                for text in one.all("unit") or [""]:
                    found.append(self._fresh(self.names.one(text, code=one.get("code"), under=one.get("parent"))))
        return found

    def _superior(self, act: Wanted) -> Unit:
        with self._of("parent"):
            found = self.names.one(act.get("parent"))
            refuse_if(found.kind == "cell", "act_parent_is_cell", name=found.name)
            return self._fresh(found)

    def _target(self, name: str) -> Placement:
        try:
            return self.names.one(name)
        except Refused as refusal:  # a name that is not there may have been meant for a new unit
            raise (
                Refused("act_target_unknown", **refusal.facts) if refusal.code == "unit_unknown" else refusal
            ) from None

    def _fresh(self, placement: Placement) -> Unit:
        return self._unit(placement.unit_id)

    def _unit(self, pk: int) -> Unit:
        """As it is now: an act before this one may have hung it elsewhere."""
        found: Unit = Unit.objects.visible_to(self.by).get(pk=pk)
        return found

    def _kind_said(self, act: Wanted, name: str) -> str:
        with self._of("kind"):
            return kind_said(act.get("kind"), name, kinds_on(self.on))
