"""Lines of a sheet of acts, gathered into the acts they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from chibo.exchange.acts.kinds import ACTS, FUSE, KEEP, MAY, NEEDS, SAID, SAYS
from chibo.exchange.drafts import Draft, Verdict
from chibo.kernel.errors import Refused
from chibo.kernel.text import fold
from chibo.reorganisation.models import Decision

_APART = re.compile(r"\s*[;\n]\s*")
# Lines that say the same of this are one act: every source of a merger, every heir of a split.
_JOINED = {Decision.MERGE: ("into",), FUSE: ("into",), Decision.SPLIT: ("code", "unit"),
           Decision.UPGRADE: ("code", "unit")}  # fmt: skip


@dataclass(slots=True, eq=False)
class Wanted:
    """One act, and the lines that say it."""

    act: str
    lines: list[Draft] = field(default_factory=list)

    def get(self, name: str) -> str:
        """What its first line that says anything about this says."""
        return next((str(line.values[name]) for line in self.lines if line.values.get(name)), "")

    def all(self, name: str) -> list[str]:
        """Every name its lines say, «Chi bộ A; Chi bộ B» being two."""
        texts = [text for line in self.lines for text in _APART.split(str(line.values.get(name, "")))]
        return list(dict.fromkeys(filter(None, texts)))

    def line_of(self, name: str) -> Draft:
        """The line to speak of: the one that fills that cell, else the first."""
        return next((line for line in self.lines if line.values.get(name)), self.lines[0])

    def makes(self) -> list[str]:
        """Names that are there once it is done."""
        founded = self.all("unit") if self.act == Decision.FOUND else []
        return [*self.all("name"), *self.all("cells"), *founded, *(self.all("into") if self.act == FUSE else [])]

    @property
    def refused(self) -> bool:
        """Whether one of its lines cannot be."""
        return any(line.problems for line in self.lines)


def wanted(drafts: Iterable[Draft]) -> list[Wanted]:
    """The acts of a sheet in its order; lines that ask for nothing are left as they are."""
    found: list[Wanted] = []
    before: Wanted | None = None
    for draft in drafts:
        act = str(draft.values.get("act", ""))
        draft.title = str(draft.values.get("unit") or draft.values.get("name") or draft.seen("unit"))
        if act in {"", KEEP}:
            _looks_idle(draft, act)
            continue
        # a unit takes others in again and again; it is founded, or split, but once
        tried = [before] if act == Decision.MERGE else found
        joined = next((each for each in tried if each is not None and _same(each, act, draft)), None)
        before = joined or Wanted(act)
        before.lines.append(draft)
        if joined is None:
            found.append(before)
    for each in found:
        _look_at(each)
    return found


def _same(before: Wanted, act: str, draft: Draft) -> bool:
    keys = _JOINED.get(act, ())
    old = before.lines[0].values
    said = [fold(str(draft.values.get(key, ""))) for key in keys]
    return before.act == act and any(said) and said == [fold(str(old.get(key, ""))) for key in keys]


def _looks_idle(draft: Draft, act: str) -> None:
    """A line without an act asks for nothing; one that fills what only acts use has forgotten to say which."""
    filled = next((name for name in SAYS if draft.values.get(name)), None)
    if filled is not None and not draft.problems:
        draft.refuse(Refused("act_missing", words=", ".join(SAID.values())), ACTS.field(filled))


def _look_at(act: Wanted) -> None:
    """Cells it needs, cells it has no use for."""
    uses = {*NEEDS[act.act], *MAY.get(act.act, ()), "parent"}
    if act.act == Decision.SPLIT and not act.get("cells"):  # heirs in the column of new names
        uses.add("name")
    for line in act.lines:
        line.verdict = Verdict.REFUSED if line.problems else Verdict.NEW
        for name in SAYS:
            if name not in uses and line.values.get(name):
                line.refuse(Refused("act_not_used", act=SAID[act.act]), ACTS.field(name))
    for name in NEEDS[act.act]:
        heirs = name == "cells" and act.act == Decision.SPLIT and act.get("name")
        by_code = name == "unit" and act.get("code")
        if not (act.get(name) or heirs or by_code or act.refused):
            act.lines[0].refuse(Refused("act_needs", act=SAID[act.act], label=ACTS.field(name).label), ACTS.field(name))
    if act.act == Decision.FOUND and not (act.get("name") or act.get("unit") or act.refused):
        act.lines[0].refuse(Refused("act_needs", act=SAID[act.act], label="Tên mới"), ACTS.field("name"))
    share(act)


def share(act: Wanted) -> None:
    """When one line of an act cannot be, the others cannot either."""
    bad = next((line for line in act.lines if line.problems), None)
    for line in act.lines:
        if bad is not None and not line.problems:
            line.refuse(Refused("act_with_line", row=bad.number))
