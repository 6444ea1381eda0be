"""What both districts are built with: cells and committees, lists of members, those who lead them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from random import Random

from chibo.cadres.models import Office
from chibo.cadres.operations import NewPost, appoint_all, give_state_post
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE, show_day
from chibo.kernel.text import lower_first
from chibo.membership.models import Belonging, Person, Standing
from chibo.membership.operations import NewMember, enter_lists
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit
from chibo.reorganisation.plans import Paper

FIRST = date(2016, 1, 1)  # the book of the districts begins


@dataclass(slots=True, eq=False)
class Cell:
    """A cell, who belongs to it, and the villages it serves."""

    unit: Unit
    name: str
    members: int  # how many are on its first list
    people: list[Person] = field(default_factory=list)
    villages: tuple[str, ...] = ()

    @property
    def secretary(self) -> Person:
        """Whoever stands first on its list."""
        return self.people[0]


class District:
    """Một huyện while it is built; all its chance comes from a seed of its own."""

    def __init__(
        self, province: Province, name: str, seed: int, people: Iterator[str], villages: Iterator[str]
    ) -> None:
        self.province, self.name, self.random = province, name, Random(seed)  # noqa: S311 - a play, not a secret
        self.people, self.villages = people, villages
        self.unit = self.committee(f"Đảng bộ huyện {name}", "district", province.units["province"], place=name)
        self.communes: dict[str, Unit] = {}
        self.committees: list[Unit] = []
        self.cells: dict[int, list[Cell]] = {}  # by the unit above

    def committee(self, name: str, kind: str, parent: Unit, *, place: str = "") -> Unit:
        """Đảng bộ."""
        short = name.removeprefix("Đảng bộ ")
        return found_unit(name, kind=kind, parent=parent, on=FIRST, by=MACHINE, place=place,
                          short_name=short[0].upper() + short[1:])  # fmt: skip

    def cell(self, title: str, parent: Unit, members: int, *villages: str) -> Cell:
        """Chi bộ of the first day."""
        name = f"Chi bộ {title}"
        unit = found_unit(
            name, kind="cell", parent=parent, on=FIRST, by=MACHINE, short_name=title[0].upper() + title[1:]
        )
        return self.keep(Cell(unit, name, members, villages=villages), parent)

    def keep(self, cell: Cell, parent: Unit) -> Cell:
        """A cell of this district, however it came."""
        self.cells.setdefault(parent.pk, []).append(cell)
        return cell

    def below(self, *parents: Unit) -> list[Cell]:
        """Cells directly below these units."""
        return [cell for parent in parents for cell in self.cells.get(parent.pk, [])]

    def every_cell(self) -> list[Cell]:
        """All of them, in the order they came."""
        return [cell for cells in self.cells.values() for cell in cells]

    # people ---------------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """The first lists of all cells, in one act."""
        lists = {cell: [self._line(FIRST) for _ in range(cell.members)] for cell in self.every_cell()}
        self._enter(lists, FIRST)
        self.province.look_at_tables()

    def admit(self, days: Mapping[Cell, Iterable[date]], *, on: date) -> None:
        """Kết nạp: who came that way in a year, in one act; a year later each is official."""
        self._enter({cell: [self._admitted(day) for day in sorted(each)] for cell, each in days.items()}, on)

    def bring_in(self, cell: Cell, count: int, *, on: date) -> None:
        """Members from outside the province, who carry a new cell."""
        self._enter({cell: [self._line(on, Belonging.WAYS_IN[2][0]) for _ in range(count)]}, on)

    def _enter(self, lists: Mapping[Cell, list[NewMember]], on: date) -> None:
        lists = {cell: rows for cell, rows in lists.items() if rows}
        entered = iter(enter_lists({cell.unit: rows for cell, rows in lists.items()}, on=on, by=MACHINE))
        for cell, rows in lists.items():
            cell.people += islice(entered, len(rows))

    def _line(self, first: date, way: str = Belonging.LISTED) -> NewMember:
        name = next(self.people)
        return NewMember(
            name, since=first, way_in=way, particulars=self._told(name, first.year - self.random.randint(25, 58))
        )

    def _admitted(self, day: date) -> NewMember:
        name, decided, age = next(self.people), date(day.year, day.month, 1), self.random.randint(19, 34)
        return NewMember(
            name, Standing.OFFICIAL, day, "admitted", admitted_on=day, decided_on=decided,
            official_on=day.replace(year=day.year + 1), particulars=self._told(name, day.year - age),
        )  # fmt: skip

    def _told(self, name: str, year: int) -> dict[str, str]:
        born = date(year, self.random.randint(1, 12), self.random.randint(1, 28))
        return {"birth": show_day(born), "sex": "female" if " Thị " in name else "male"}

    # who leads ------------------------------------------------------------------------------------------------------

    def lead(self, cells: Iterable[Cell], committees: Iterable[Cell], *, on: date = FIRST) -> None:
        """Bí thư of these cells; chi ủy of those: a deputy and one member beside the secretary."""
        posts = [NewPost(cell.secretary, Office.CELL_SECRETARY, cell.unit) for cell in cells]
        for cell in committees:
            posts += [NewPost(cell.people[1], Office.CELL_DEPUTY, cell.unit),
                      NewPost(cell.people[2], Office.CELL_COMMITTEE, cell.unit)]  # fmt: skip
        appoint_all(posts, on=on, by=MACHINE)

    def head(self, cell: Cell, place: int = 0, *, on: date = FIRST) -> None:
        """Trưởng bản of the village the cell is of, by the place of whoever it is on the list."""
        if cell.villages:
            give_state_post(cell.people[place], "village_head", cell.unit, first=on, by=MACHINE,
                            place=lower_first(f"Bản {cell.villages[0]}"))  # fmt: skip


def spread(total: int, parts: int) -> list[int]:
    """A total over so many parts that are nearly but not quite alike."""
    weights = [12 + place * 5 % 7 for place in range(parts)]
    found = [total * weight // sum(weights) for weight in weights]
    for place in range(total - sum(found)):
        found[place % parts] += 1
    return found


def morning(day: date) -> datetime:
    """When an act of that day is written."""
    return datetime.combine(day, time(8), ZONE)


def paper(province: Province, number: str, day: date, reason: str = "") -> Paper:
    """Văn bản with a key out of the seed."""
    return Paper(number, day, reason=reason, key=province.uuid())
