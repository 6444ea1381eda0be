"""Numbers of a report: each said once, kept with its exact value and with what opens it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from chibo.figures.answers import Answer, Kind, Tree
from chibo.figures.door import figures
from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit
from chibo.reports.paper.writing import count, of_whole, rate

Json = dict[str, Any]
Said = list[str | Json]  # words, and numbers as {"n": place in the table, "as": how it is written}
TREES = {Tree.AS_WAS: "ngay-ay", Tree.RESTATED: "hom-nay"}
SHARE, BOTH, PLAIN = "share", "both", "plain"


@dataclass(slots=True)
class Numbers:
    """The table of numbers while a report is drafted."""

    unit: Unit
    by: Actor
    on: date
    tree: Tree
    rows: list[Json] = field(default_factory=list)
    known: dict[tuple[str, date, date], Answer] = field(default_factory=dict)

    def ask(self, codes: Iterable[str], period: Period) -> None:
        """Ask figures of one period together: what they read in common is read once."""
        wanted = [code for code in codes if (code, period.first, period.after) not in self.known]
        found = figures(wanted, self.unit, period, self.tree, by=self.by, on=self.on) if wanted else {}
        self.known.update({(code, period.first, period.after): answer for code, answer in found.items()})

    def answer(self, code: str, period: Period) -> Answer:
        """One figure over a period, asked once."""
        self.ask([code], period)
        return self.known[code, period.first, period.after]

    def figure(self, code: str, period: Period, how: str = PLAIN) -> Json:
        """A number through the door of figures: its value, both numbers (12/15) or the share in percent."""
        found = self.answer(code, period)
        ratio = found.figure.kind is Kind.RATIO
        whole = found.denominator if ratio else None
        lacking = [part.name for part in found.children if part.done < part.due]
        return self._row(
            name=found.figure.name, measure=found.figure.unit_of_measure, part=found.numerator, whole=whole, how=how,
            code=code, first=period.first.isoformat(), last=period.last.isoformat(), tree=TREES[self.tree],
            done=found.done, due=found.due, lacking=lacking if found.done < found.due else [],
        )  # fmt: skip

    def fact(self, name: str, measure: str, part: int, whole: int | None, page: str, how: str = PLAIN) -> Json:
        """A number that a page of its own opens."""
        return self._row(name=name, measure=measure, part=part, whole=whole, how=how, page=page, done=0, due=0,
                         lacking=[])  # fmt: skip

    def _row(self, *, part: int, whole: int | None, how: str, **more: Any) -> Json:
        same = [row for row in self.rows if {**more, "part": part, "whole": whole}.items() <= row.items()]
        row = same[0] if same else {"n": len(self.rows) + 1, "part": part, "whole": whole, **more}
        if not same:
            self.rows.append(row)
        return {"n": row["n"], "as": written(part, whole, how)}


def written(part: int, whole: int | None, how: str) -> str:
    """08, 08/54, 14,8%: as a paper writes it; a share of nothing is «chưa có số»."""
    if how == SHARE:
        return rate(part, whole) if whole else "chưa có số"
    return of_whole(part, whole) if how == BOTH and whole is not None else count(part)


def exact(row: Json) -> Fraction | None:
    """The exact value behind a number: a share of its whole, else the count."""
    if row["whole"] is None:
        return Fraction(row["part"])
    return Fraction(row["part"], row["whole"]) if row["whole"] else None


def plain(said: Said) -> str:
    """The sentence as text."""
    return "".join(each if isinstance(each, str) else each["as"] for each in said)
