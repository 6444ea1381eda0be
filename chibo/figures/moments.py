"""A moment one looks at: a day, and which tree its facts hang on. Lists and pages read it from their address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chibo.figures.answers import Tree
from chibo.kernel.dates import parse_day
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Period

THAT_DAY, TODAY = "ngay-ay", "hom-nay"  # as addresses say it


@dataclass(frozen=True, slots=True)
class Moment:
    """Thời điểm xem: facts of `day`, on the tree of that day or restated on today's (decision 7)."""

    day: date
    tree: Tree
    today: date

    @property
    def past(self) -> bool:
        """Whether it is another day than today."""
        return self.day != self.today

    @property
    def as_was(self) -> bool:
        """Whether the tree is that of the day."""
        return self.tree is Tree.AS_WAS

    @property
    def tree_day(self) -> date:
        """The day whose tree is shown."""
        return self.day if self.as_was else self.today

    @property
    def suffix(self) -> str:
        """What a link carries so that the next page shows the same moment; empty for today."""
        if not self.past:
            return ""
        return f"?ngay={self.day:%d/%m/%Y}&cay={THAT_DAY if self.as_was else TODAY}"


def period_of(asked: Mapping[str, str], today: date) -> Period:
    """?tu=01/01/2025&den=31/12/2025; the year of today when nothing is asked. Raises Refused: bad_day, bad_period."""
    first, last = asked.get("tu", ""), asked.get("den", "")
    begin = parse_day(first) if first else today.replace(month=1, day=1)
    end = parse_day(last) if last else today.replace(month=12, day=31)
    refuse_if(end < begin, "bad_period")
    return Period.days(begin, end)


def tree_of(asked: Mapping[str, str]) -> Tree:
    """?cay=ngay-ay|hom-nay; restated unless asked."""
    return Tree.AS_WAS if asked.get("cay") == THAT_DAY else Tree.RESTATED


def moment_of(asked: Mapping[str, str], today: date) -> Moment:
    """?ngay=30/06/2025&cay=ngay-ay|hom-nay; today when nothing is asked, as it was when only a day is.

    Raises Refused: bad_day, day_not_come.
    """
    typed = asked.get("ngay", "").strip()
    if not typed:
        return Moment(today, Tree.RESTATED, today)
    day = parse_day(typed)
    refuse_if(day > today, "day_not_come", day=day)
    restated = day == today or asked.get("cay") == TODAY
    return Moment(day, Tree.RESTATED if restated else Tree.AS_WAS, today)
