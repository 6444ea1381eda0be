"""Huyện Nậm Pún: blank villages cleared, joint cells split, cells upgraded in 2016 and 2017."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, leave_list
from chibo.demo.districts.building import FIRST, Cell, District, morning, paper, spread
from chibo.kernel.actor import MACHINE
from chibo.organisation.models import Locality, Placement, Unit
from chibo.organisation.operations import NewLocality, register_localities, serve_locality
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations import found, split_unit, upgrade_cell
from chibo.reorganisation.planning import NewUnit

NAME = "Nậm Pún"


@dataclass(frozen=True, slots=True)
class CommunePlan:
    """A commune: its cells in August 2017, and how many of each act led there."""

    name: str
    cells: int
    splits: int = 1  # of a cell that served two villages
    founds: int = 1  # of a cell in a blank village
    joins: int = 1  # of a blank village with a cell nearby, once somebody was admitted there
    left: int = 0  # blank villages that still are
    members: int = 66  # on the first lists
    admitted: int = 30

    @property
    def at_first(self) -> int:
        """Cells when the book begins."""
        return self.cells - self.splits - self.founds


COMMUNES = [
    CommunePlan("Nậm Lam", 19, splits=2, founds=2, members=194, admitted=40),
    CommunePlan("Huổi Pún", 12, joins=7, left=1, members=100, admitted=39),
    CommunePlan("Pá Sàng", 11, founds=2), CommunePlan("Nà Ngùa", 11, founds=2), CommunePlan("Co Lẻ", 11, founds=2),
    CommunePlan("Púng Hao", 11, left=1), CommunePlan("Kéo Mạy", 10, left=1), CommunePlan("Lọng Đin", 10, left=1),
    CommunePlan("Nong Bon", 10, left=1), CommunePlan("Tà Liếng", 10, joins=0, left=2),
    CommunePlan("Pú Cướm", 10, joins=0, left=1),
]  # fmt: skip
LATE = ("Tà Liếng", "Pú Cướm")  # the two whose blank village was cleared in 2017
COMMITTEES = ("Công an huyện Nậm Pún", "Quân sự huyện Nậm Pún", "Biên phòng Nậm Pún", "Lâm trường Nậm Pún")
OFFICES = [
    "Văn phòng Huyện ủy", "Ban Tổ chức Huyện ủy", "Ban Tuyên giáo Huyện ủy", "Cơ quan Ủy ban Kiểm tra Huyện ủy",
    "Ban Dân vận Huyện ủy", "Mặt trận Tổ quốc huyện", "Đoàn Thanh niên huyện", "Hội Phụ nữ huyện",
    "Hội Nông dân huyện", "Văn phòng Ủy ban nhân dân huyện", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch",
    "Phòng Nông nghiệp", "Phòng Giáo dục và Đào tạo", "Phòng Văn hóa", "Phòng Tư pháp", "Phòng Dân tộc",
    "Thanh tra huyện", "Tòa án huyện", "Viện Kiểm sát huyện", "Chi cục Thuế", "Kho bạc", "Bảo hiểm xã hội huyện",
    "Trung tâm Chính trị huyện",
]  # fmt: skip
UPGRADED = {"Trường Trung học phổ thông": (32, date(2017, 1, 16)), "Trung tâm Y tế": (31, date(2016, 9, 20))}
NEW_OFFICE, NEW_OFFICE_ON = "Ban Quản lý rừng phòng hộ", date(2017, 3, 10)
MEMBERS, ADMITTED, LEFT = 1724, 412, 6  # in August 2017; since 2016; out of the province or died since
CARRIERS = 4  # members from elsewhere who carry a new cell
FAR = dict.fromkeys(("remote", "ethnic_minority", "hardship"), "Quyết định số 21/QĐ-UBND tỉnh Thượng Lam")


@dataclass(slots=True)
class _Commune:
    plan: CommunePlan
    unit: Unit
    cells: list[Cell]
    joint: list[Cell]
    places: dict[str, Locality]
    blank: list[str]


def build(district: District) -> None:
    """Dựng huyện: as it was on the first day, then act by act to the summer of 2017."""
    communes = [_commune(district, plan) for plan in COMMUNES]
    _rest(district)
    _members(district, communes)
    district.fill()
    cells = district.every_cell()
    district.lead(cells, [cell for cell in cells if cell.members > 12])
    for commune in communes:
        appoint(commune.cells[-1].people[3], Office.COMMITTEE_SECRETARY, commune.unit, on=FIRST, by=MACHINE)
        for cell in commune.cells[::2]:
            district.head(cell)
        commune.places = _register(district, commune)
    for committee in district.committees:
        appoint(district.below(committee)[0].people[3], Office.COMMITTEE_SECRETARY, committee, on=FIRST, by=MACHINE)
    _acts(district, communes)
    _admissions(district, communes)
    for place, cell in enumerate(district.below(district.unit)[:LEFT]):
        last = date(2017, 2, 5 + place)
        leave_list(cell.people[4], "died" if place % 3 == 2 else "transferred_out", last=last,
                   on=last + timedelta(days=1), by=MACHINE)  # fmt: skip


def _commune(district: District, plan: CommunePlan) -> _Commune:
    unit = district.communes[plan.name] = district.committee(f"Đảng bộ xã {plan.name}", "commune", district.unit,
                                                             place=plan.name)  # fmt: skip
    cells, joint = [], []
    for place in range(plan.at_first - 3):
        names = [next(district.villages) for _ in range(2 if place < plan.splits else 1)]
        cells.append(district.cell(f"bản {names[0]}", unit, 0, *names))
        joint += cells[-1:] if place < plan.splits else []
    cells += [district.cell(f"{title} xã {plan.name}", unit, 0) for title in ("Trạm Y tế", "Trường học")]
    cells.append(district.cell(f"Cơ quan xã {plan.name}", unit, 0))
    blank = [next(district.villages) for _ in range(plan.founds + plan.joins + plan.left)]
    return _Commune(plan, unit, cells, joint, {}, blank)


def _rest(district: District) -> None:
    for name in COMMITTEES:
        committee = district.committee(f"Đảng bộ {name}", "grassroots", district.unit)
        district.committees.append(committee)
        for number in range(1, 4):
            district.cell(f"số {number} {name}", committee, 0)
    for title, (members, _) in UPGRADED.items():
        district.cell(f"{title} {NAME}", district.unit, members)
    for title in OFFICES:
        district.cell(f"{title} {NAME}", district.unit, 0)


def _members(district: District, communes: list[_Commune]) -> None:
    """First lists: what is left of the total once everybody who came later is taken off."""
    new_cells = sum(commune.plan.founds for commune in communes) + 1
    rest = MEMBERS + LEFT - ADMITTED - new_cells * CARRIERS - sum(members for members, _ in UPGRADED.values())
    for commune in communes:
        rest -= commune.plan.members
        for cell, count in zip(commune.cells, spread(commune.plan.members, len(commune.cells)), strict=True):
            cell.members = count
    others = [cell for cell in district.below(district.unit, *district.committees) if not cell.members]
    for cell, count in zip(others, spread(rest, len(others)), strict=True):
        cell.members = count


def _register(district: District, commune: _Commune) -> dict[str, Locality]:
    rows = [NewLocality("hamlet", name, cell=cell.unit, tags=FAR) for cell in commune.cells for name in cell.villages]
    rows += [NewLocality("hamlet", name, has_members=False, tags=FAR) for name in commune.blank]
    station, school = commune.cells[-3:-1]
    rows += [NewLocality("health_station", f"xã {commune.plan.name}", cell=station.unit),
             NewLocality("school", commune.plan.name, cell=school.unit)]  # fmt: skip
    found_rows = register_localities(rows, commune.unit, on=FIRST, by=MACHINE)
    return {row.name: locality for row, locality in zip(rows, found_rows, strict=True)}


# acts, in the order of their days -----------------------------------------------------------------------------------


def _acts(district: District, communes: list[_Commune]) -> None:
    todo: list[tuple[date, Callable[[date, str], None]]] = []
    for place, commune in enumerate(communes):
        plan, start = commune.plan, date(2016, 3, 1) + timedelta(days=9 * place)
        blank = iter(commune.blank)
        for number, cell in enumerate(commune.joint):
            todo.append((start + timedelta(days=40 + 60 * number), partial(_split, district, commune, cell)))
        for number in range(plan.founds):
            day = date(2017, 4, 11 + place) if plan.name in LATE else start + timedelta(days=80 + 30 * number)
            todo.append((day, partial(_found, district, commune, next(blank))))
        for number in range(plan.joins):
            day = start + timedelta(days=15 + 25 * number)
            todo.append((day, partial(_join, commune, next(blank))))
    todo += [(day, partial(_upgrade, district, title)) for title, (_, day) in UPGRADED.items()]
    todo.append((NEW_OFFICE_ON, partial(_found_office, district)))
    for number, (day, act) in enumerate(sorted(todo, key=lambda each: each[0]), 1):
        act(day, f"{number:02d}-QĐ/HU")


def _split(district: District, commune: _Commune, cell: Cell, day: date, number: str) -> None:
    """Chia tách chi bộ sinh hoạt ghép: each of its two villages has a cell of its own."""
    half = len(cell.people) // 2
    sides = [[cell.people[0], *cell.people[1:half]], cell.people[half:]]
    titles = [f"bản {name}" for name in cell.villages]
    new = [
        NewUnit(f"Chi bộ {title}", title[0].upper() + title[1:], frozenset(p.pk for p in people), main=not place)
        for place, (title, people) in enumerate(zip(titles, sides, strict=True))
    ]
    said = paper(district.province, number, day, "Chia tách chi bộ sinh hoạt ghép")
    decision = split_unit(cell.unit, new, paper=said, on=day, at=morning(day), by=MACHINE)
    there = _heirs(decision)
    district.cells[commune.unit.pk].remove(cell)
    commune.cells.remove(cell)
    for each, people, village in zip(new, sides, cell.villages, strict=True):
        heir = Cell(there[each.name], each.name, len(people), people, (village,))
        commune.cells.insert(0, district.keep(heir, commune.unit))
        if not each.main:
            appoint(heir.secretary, Office.CELL_SECRETARY, heir.unit, on=day, by=MACHINE)
            serve_locality(commune.places[village], cell=heir.unit, has_members=True, on=day + timedelta(days=1),
                           cause="split", decision=number, by=MACHINE)  # fmt: skip


def _heirs(decision: Decision) -> dict[str, Unit]:
    rows = Placement.objects.filter(unit__named_in__decision=decision, unit__named_in__part="heir").order_by("unit")
    return {row.name: row.unit for row in rows.select_related("unit")}


def _found(district: District, commune: _Commune, village: str, day: date, number: str) -> None:
    """Lập chi bộ ở bản «trắng»: members from elsewhere carry it."""
    cell = _new_cell(district, commune.unit, f"bản {village}", day, number, (village,))
    commune.cells.insert(0, cell)
    serve_locality(commune.places[village], cell=cell.unit, has_members=True, on=day, cause="founded", decision=number,
                   by=MACHINE)  # fmt: skip


def _found_office(district: District, day: date, number: str) -> None:
    """Thành lập chi bộ cơ sở."""
    _new_cell(district, district.unit, f"{NEW_OFFICE} {NAME}", day, number)


def _new_cell(
    district: District, parent: Unit, title: str, day: date, number: str, villages: tuple[str, ...] = ()
) -> Cell:
    name = f"Chi bộ {title}"
    decision = found(parent, NewUnit(name, title[0].upper() + title[1:]), "cell", on=day, at=morning(day), by=MACHINE,
                     paper=paper(district.province, number, day))  # fmt: skip
    unit = decision.units.get(part="heir").unit
    cell = district.keep(Cell(unit, name, 0, villages=villages), parent)
    district.bring_in(cell, CARRIERS, on=day)
    appoint(cell.secretary, Office.CELL_SECRETARY, unit, on=day, by=MACHINE)
    return cell


def _join(commune: _Commune, village: str, day: date, number: str) -> None:
    """Xóa bản «trắng» bằng kết nạp tại chỗ: the cell nearby serves the village too."""
    near = [cell for cell in commune.cells if cell.villages and cell not in commune.joint]
    cell = near[commune.blank.index(village) % len(near)]
    cell.villages = (*cell.villages, village)
    serve_locality(commune.places[village], cell=cell.unit, has_members=True, on=day, cause="admitted", decision=number,
                   by=MACHINE)  # fmt: skip


def _upgrade(district: District, title: str, day: date, number: str) -> None:
    """Nâng cấp chi bộ cơ sở thành đảng bộ cơ sở with two cells."""
    cell = next(each for each in district.below(district.unit) if each.name == f"Chi bộ {title} {NAME}")
    half = len(cell.people) // 2
    sides = [cell.people[:half], cell.people[half:]]
    new = [
        NewUnit(f"Chi bộ số {place} {title} {NAME}", "", frozenset(p.pk for p in people), main=place == 1)
        for place, people in enumerate(sides, 1)
    ]
    decision = upgrade_cell(
        cell.unit, "grassroots", new, name=f"Đảng bộ {title} {NAME}", short_name=f"{title} {NAME}", on=day,
        at=morning(day), by=MACHINE, paper=paper(district.province, number, day),
    )  # fmt: skip
    there = _heirs(decision)
    district.cells[district.unit.pk].remove(cell)
    district.committees.append(cell.unit)
    for each, people in zip(new, sides, strict=True):
        heir = district.keep(Cell(there[each.name], each.name, len(people), people), cell.unit)
        if not each.main:
            appoint(heir.secretary, Office.CELL_SECRETARY, heir.unit, on=day, by=MACHINE)
    appoint(cell.people[1], Office.COMMITTEE_SECRETARY, cell.unit, on=day, by=MACHINE)


def _admissions(district: District, communes: list[_Commune]) -> None:
    """Kết nạp from February 2016 on, in cells that stand as they stood; a new cell admits once it is there."""
    days: dict[Cell, list[date]] = {}
    others = [cell for cell in district.below(district.unit, *district.committees) if cell.members and not _new(cell)]
    for commune in communes:
        _over([cell for cell in commune.cells if not _new(cell)], commune.plan.admitted, days)
    _over(others, ADMITTED - sum(commune.plan.admitted for commune in communes), days)
    for year in (2016, 2017):
        of_year = {cell: [day for day in each if day.year == year] for cell, each in days.items()}
        district.admit(of_year, on=date(year, 12, 31))


def _new(cell: Cell) -> bool:
    return not cell.unit.placements.filter(during__contains=FIRST).exists()


def _over(cells: Iterable[Cell], count: int, days: dict[Cell, list[date]]) -> None:
    cells = list(cells)
    for place in range(count):
        month = 1 + place % 18  # February 2016 to July 2017
        day = date(2016 + month // 12, 1 + month % 12, 2 + place % 26)
        days.setdefault(cells[place % len(cells)], []).append(day)
