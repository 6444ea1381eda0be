"""What is where after an act on the tree, and who may do what there: the second table the program is held against.

A place is a unit of the world, or «first» and «second» for the heirs of a split. Things of the cell the act was about
stay with it, ended or not, unless `moved` says where they went. Nothing here is computed from the program.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from chibo.kernel.actor import MACHINE, Power
from chibo.membership.queries import roll_on
from chibo.organisation.models import Unit
from chibo.reorganisation.models import Decision, Descent
from chibo.reorganisation.operations import merge_units, move_unit, reform, split_unit
from chibo.reorganisation.operations.reforming import Act
from chibo.reorganisation.planning import NewUnit, plan_merge, plan_move
from chibo.reorganisation.plans import Paper
from tests.access.holders import COMMUNE, HOLDS, KHUOI_MOC, NA_LOC, POM_KHE, Where
from tests.access.things import ACCOUNT_OF, FACT, INVITATION, KEPT, MEMBER, PLANNED_MEETING, TASK, TWO_MEMBERS, Of
from tests.access.world import NOW, World

LATER = datetime(2026, 11, 6, 8, 0, tzinfo=NOW.tzinfo)  # the world names its cells anew on the day before
ON = LATER.date()
FIRST, SECOND = frozenset({"first"}), frozenset({"second"})


@dataclass(frozen=True)
class After:
    """One act and what holds afterwards."""

    act: Callable[[World], Decision]
    reads: Where
    leads: Where  # chair, schedule, assign: of whoever leads there
    office: frozenset[str]  # where the office of the commune writes
    moved: Mapping[str, Mapping[Of, str]]  # cell → what its things are → where they are now
    gone: frozenset[str]  # units that ended
    named: Where = field(default_factory=dict)  # whose name the second wall lets through besides

    def holds(self, power: Power) -> Where:
        """Who holds it afterwards, and where."""
        match power:
            case Power.READ:
                return self.reads
            case Power.CHAIR | Power.ASSIGN:
                return self.leads
            case Power.SCHEDULE:
                return {**self.leads, "office": self.office}
            case Power.REMEDY:
                return {**self.leads, "office": self.office, "leader": self.office}
            case Power.SEE_READINGS:
                return {"leader": self.office}
            case Power.KEEP_SERVER:
                return HOLDS[power]
        return {"office": self.office}


def told(number: str) -> dict[str, object]:
    paper = Paper(number, ON, key=uuid.uuid4())
    return {"paper": paper, "on": ON, "at": LATER, "by": MACHINE}


def split(world: World) -> Decision:
    """Nà Lốc: the secretary, and whoever has something to hide, to the first heir; the deputy to the other."""
    cell, people = world.units["na_loc"], world.commune.people
    second = frozenset(people[name].pk for name in ("Duyên", "Ún", "Ngoan", "Uyên", "Nhung"))
    everybody = frozenset(member.person_id for member in roll_on(cell, ON) if not member.guest)
    into = [NewUnit("Chi bộ bản Nà Lốc 1", people=everybody - second, main=True),
            NewUnit("Chi bộ bản Nà Lốc 2", people=second)]  # fmt: skip
    decision = split_unit(cell, into, **told("11-QĐ/ĐU"))  # type: ignore[arg-type]
    heirs = Descent.objects.filter(decision=decision).order_by("-keeps_papers")
    world.units["first"], world.units["second"] = (row.heir for row in heirs)
    return decision


def merge(world: World) -> Decision:
    """Nà Lốc goes into Pom Khe."""
    return merge_units([world.units["na_loc"]], world.units["pom_khe"], **told("12-QĐ/ĐU"))  # type: ignore[arg-type]


def move(world: World) -> Decision:
    """Nà Lốc goes under the other commune."""
    return move_unit(world.units["na_loc"], world.units["other_commune"], **told("13-QĐ/TU"))  # type: ignore[arg-type]


def reformed(world: World) -> Decision:
    """Three acts of one sheet: two communes become one, a cell of each one cell, the third moves up to the province."""
    units = world.units

    def of(name: str) -> Unit:
        return Unit.objects.get(pk=units[name].pk)

    def merging(one: str, other: str) -> Act:
        return Act([of(one), of(other)], partial(plan_merge, [of(one)], of(other), on=ON, by=MACHINE))

    acts = [
        lambda: merging("other_commune", "commune"),
        lambda: merging("pom_khe", "khuoi_moc"),
        lambda: Act([of("na_loc"), of("province")], partial(plan_move, of("na_loc"), of("province"), on=ON)),
    ]
    return reform(units["province"], acts, **told("14-QĐ/TU"))  # type: ignore[arg-type]


PERSON_OF: tuple[Of, ...] = (KEPT("mergings"), KEPT("apart"), FACT("chinh-thuc"), FACT("thong-tin"), TASK)
"""What goes with the member of the cell nobody outside knows of."""
OPEN: tuple[Of, ...] = (
    PLANNED_MEETING, INVITATION, KEPT("limitations"), KEPT("causes"), KEPT("remedies"), KEPT("reports")
)  # fmt: skip
"""What is not over yet goes on with the main heir; a limitation that is closed stays."""
_WITH = dict.fromkeys

AFTER = {
    "split": After(
        split,
        reads={
            "secretary": NA_LOC | FIRST, "deputy": NA_LOC | SECOND, "neighbour": POM_KHE, "stranger": KHUOI_MOC,
            "office": COMMUNE | FIRST | SECOND, "leader": COMMUNE | FIRST | SECOND,
            "province": COMMUNE | KHUOI_MOC | {"other_commune", "province", "first", "second"},
        },
        leads={"secretary": FIRST, "deputy": SECOND, "neighbour": POM_KHE, "stranger": KHUOI_MOC,
               "office": frozenset({"commune"}), "leader": frozenset({"commune"})},
        office=COMMUNE | FIRST | SECOND,
        moved={"na_loc": {**_WITH((*PERSON_OF, *OPEN, ACCOUNT_OF), "first"), MEMBER: "second", TWO_MEMBERS: "second"}},
        gone=NA_LOC,
        named={"member": FIRST, "former": FIRST},
    ),
    "merge": After(
        merge,
        reads={
            "neighbour": NA_LOC | POM_KHE, "stranger": KHUOI_MOC, "office": COMMUNE, "leader": COMMUNE,
            "province": COMMUNE | KHUOI_MOC | {"other_commune", "province"},
        },
        leads={"neighbour": POM_KHE, "stranger": KHUOI_MOC, "office": frozenset({"commune"}),
               "leader": frozenset({"commune"})},
        office=COMMUNE,
        moved={"na_loc": _WITH((*PERSON_OF, *OPEN, ACCOUNT_OF, MEMBER, TWO_MEMBERS), "pom_khe")},
        gone=NA_LOC,
        named=_WITH(["secretary", "deputy", "member", "former"], POM_KHE),
    ),
    "move": After(
        move,
        reads={
            "secretary": NA_LOC, "deputy": NA_LOC, "neighbour": POM_KHE, "stranger": KHUOI_MOC,
            "office": POM_KHE | {"commune"}, "leader": POM_KHE | {"commune"},
            "province": COMMUNE | KHUOI_MOC | {"other_commune", "province"},
        },
        leads={"secretary": NA_LOC, "deputy": NA_LOC, "neighbour": POM_KHE, "stranger": KHUOI_MOC,
               "office": frozenset({"commune"}), "leader": frozenset({"commune"})},
        office=POM_KHE | {"commune"},
        moved={},
        gone=frozenset(),
        named={"office": NA_LOC, "leader": NA_LOC},  # both are members there
    ),
    "reform": After(
        reformed,
        reads={
            "secretary": NA_LOC, "deputy": NA_LOC, "stranger": KHUOI_MOC | POM_KHE,
            "office": POM_KHE | KHUOI_MOC | {"commune", "other_commune"},
            "leader": POM_KHE | KHUOI_MOC | {"commune", "other_commune"},
            "province": COMMUNE | KHUOI_MOC | {"other_commune", "province"},
        },
        leads={"secretary": NA_LOC, "deputy": NA_LOC, "stranger": KHUOI_MOC, "office": frozenset({"commune"}),
               "leader": frozenset({"commune"})},
        office=POM_KHE | KHUOI_MOC | {"commune", "other_commune"},
        moved={"pom_khe": _WITH((*PERSON_OF, *OPEN, ACCOUNT_OF, MEMBER, TWO_MEMBERS), "khuoi_moc")},
        gone=POM_KHE | {"other_commune"},
        named={"office": NA_LOC, "leader": NA_LOC, "neighbour": KHUOI_MOC},
    ),
}  # fmt: skip
