"""Bảng chỉ tiêu of a unit: what needs a person now comes first; every count opens to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from chibo.kernel.actor import Actor
from chibo.organisation.models import Placement, Unit
from chibo.targets.measures import amount, rounded
from chibo.targets.models import LineSaid, Target, TargetSaid
from chibo.targets.queries import Asked, owner_words, with_said
from chibo.targets.standing import AHEAD, BEHIND, FAILED, LOW, MET, MISSED, ON_COURSE, PASSED, UNSAID
from chibo.targets.valuing import Valued, valued

MOST = 2_000
NEEDS, FAILING = "can-xu-ly", "khong-dat-hoac-thap"
GROUPS = [
    (NEEDS, "Cần người xử lý", (MISSED, LOW, BEHIND)),
    ("chua-co-so", "Chưa có số", (UNSAID,)),
    ("dung-tien-do", "Đúng tiến độ", (ON_COURSE,)),
    ("dat-va-vuot", "Đạt và vượt", (MET, PASSED)),
    ("chua-bat-dau", "Chưa bắt đầu", (AHEAD,)),
]
STATES = {
    FAILING: FAILED, "khong-dat": (MISSED,), "dat-thap": (LOW,), "cham": (BEHIND,),
    **{code: states for code, _, states in GROUPS},
}  # fmt: skip
STATUSES = {
    "": "Tất cả", NEEDS: "Cần người xử lý", FAILING: "Không đạt hoặc đạt thấp", "cham": "Chậm",
    "chua-co-so": "Chưa có số", "dung-tien-do": "Đúng tiến độ", "dat-va-vuot": "Đạt và vượt",
}  # fmt: skip
GRAVE = {state: place for place, state in enumerate((MISSED, LOW, BEHIND, UNSAID, ON_COURSE, MET, PASSED, AHEAD))}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    year: int
    status: str = ""
    source: str = ""
    key: bool = False
    below: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As an address says it."""
        return [("nam", str(self.year)), ("tinh-trang", self.status), ("nguon", self.source),
                ("quan-trong", "1" if self.key else ""), ("truc-thuoc", "1" if self.below else "")]  # fmt: skip

    @property
    def narrowed(self) -> bool:
        """Whether more than a year is asked for."""
        return bool(self.status or self.source or self.key)


def wanted_of(asked: Mapping[str, str], on: date) -> Wanted:
    """?nam=2026&tinh-trang=…&nguon=…&quan-trong=1&truc-thuoc=1; what is not known asks for nothing."""
    year, status = asked.get("nam", ""), asked.get("tinh-trang", "")
    known = year.isascii() and year.isdigit() and 1930 < int(year[:5]) < 2200
    return Wanted(int(year) if known else on.year, status if status in STATES else "", asked.get("nguon", "")[:300],
                  asked.get("quan-trong") == "1", asked.get("truc-thuoc") == "1")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One target of the board."""

    valued: Valued
    unit_name: str  # of a unit below
    owner: str

    @property
    def row(self) -> Target:
        """The target."""
        return self.valued.row

    @property
    def red(self) -> bool:
        """Whether it is missed, low or behind."""
        return self.valued.state in (*FAILED, BEHIND)

    @property
    def hint(self) -> str:
        """What the state means in numbers."""
        return hint_of(self.valued)


@dataclass(frozen=True, slots=True)
class Board:
    """The targets of a year, those asked for in groups, and how many there are of each kind."""

    groups: list[tuple[str, str, list[Row]]]
    counts: dict[str, int]
    total: int
    years: list[int]
    sources: list[str]
    wanted: Wanted

    @property
    def failed(self) -> int:
        """Missed or low."""
        return self.counts[FAILING]

    @property
    def rows(self) -> list[Row]:
        """All that are shown, in order."""
        return [row for _, _, rows in self.groups for row in rows]


def board_of(unit: Unit, wanted: Wanted, *, actor: Actor, on: date) -> Board:
    """The targets of the unit in force in a year, and with `below` of those directly below it.

    A constant number of queries, plus one question to the figures for each period among the targets.
    """
    units = {unit.pk, *_below(unit, on, actor)} if wanted.below else {unit.pk}
    found = Target.objects.visible_to(actor).filter(unit__in=units).order_by("first", "pk")
    asked = with_said(found.select_related("unit")[:MOST], actor=actor)
    years = sorted({year for each in asked for year in range(each.row.first.year, each.last.year + 1)}, reverse=True)
    of_year = [each for each in asked if each.row.first.year <= wanted.year <= each.last.year]
    standing = valued([each for each in of_year if _asked_for(each, wanted)], by=actor, on=on)
    counts = {code: sum(each.state in states for each in standing) for code, states in STATES.items()}
    shown = [each for each in standing if not wanted.status or each.state in STATES[wanted.status]]
    rows = _rows(sorted(shown, key=_first), unit, actor)
    groups = [(code, title, [row for row in rows if row.valued.state in states]) for code, title, states in GROUPS]
    sources = sorted({each.row.source for each in of_year})
    return Board([each for each in groups if each[2]], counts, len(standing), years, sources, wanted)


def _below(unit: Unit, on: date, actor: Actor) -> list[int]:
    placed = Placement.objects.visible_to(actor).on(on).filter(parent=unit)
    return list(placed.values_list("unit_id", flat=True))


def _asked_for(each: Asked, wanted: Wanted) -> bool:
    return (not wanted.source or each.row.source == wanted.source) and (not wanted.key or each.said.key)


def _first(each: Valued) -> Any:
    """Key ones first, then the gravest, then the least of the way gone."""
    share = each.standing.share
    return not each.said.key, GRAVE[each.state], share if share is not None else Fraction(0), each.row.name


def _rows(standing: Sequence[Valued], unit: Unit, actor: Actor) -> list[Row]:
    """With the names of units below and of who answers for each; two queries."""
    lines = [each.row.line_id for each in standing if each.row.line_id]
    words = LineSaid.objects.visible_to(actor).filter(line__in=lines).select_related("owner_body")
    said = {each.line_id: each for each in words.order_by("line", "-pk").distinct("line")}
    units = {each.row.unit_id for each in standing} | {each.owner_unit_id for each in said.values()}
    placed = Placement.objects.visible_to(actor).filter(unit__in=units).order_by("during")
    names = dict(placed.values_list("unit_id", "short_name"))
    return [
        Row(
            each, names.get(each.row.unit_id, "") if each.row.unit_id != unit.pk else "",
            owner_words(said[each.row.line_id], names) if each.row.line_id in said else "",
        )
        for each in standing
    ]  # fmt: skip


def hint_of(each: Valued) -> str:
    """«thiếu 3 nếu giữ đà này», «bằng 62 % mức giao», «150 % mức giao»."""
    standing, asked = each.standing, Fraction(each.said.value)
    if each.state == BEHIND and standing.ahead is not None:
        ahead = rounded(standing.ahead, Target.RATIO)
        word = "vượt mức" if each.said.comparison in (TargetSaid.AT_MOST, TargetSaid.ZERO) else "thiếu"
        return f"{word} {amount(abs(ahead - asked), each.row.measure)} nếu giữ đà này"
    least = each.said.comparison == TargetSaid.AT_LEAST and each.said.start is None
    if each.state in (*FAILED, PASSED) and least and standing.share is not None:
        return f"bằng {amount(rounded(standing.share * 100, Target.RATIO), '%')} mức giao"
    if each.state == UNSAID:
        return "báo số kèm giấy tờ" if not each.row.figure else "sổ sách chưa có dữ liệu"
    return ""


def of_all(many: int, total: int) -> str:
    """«08/54», as reports write it."""
    return f"{many:02d}/{total:02d}"
