"""Huyện Phiêng Lam: forty-one grassroots organisations, eight communes; numbers shaped after a printed article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, give_state_post
from chibo.demo.districts.building import FIRST, Cell, District, morning, paper, spread
from chibo.kernel.actor import MACHINE
from chibo.membership.models import Person
from chibo.membership.operations import move_member, note_particulars
from chibo.organisation.models import Unit
from chibo.organisation.operations import NewLocality, register_localities
from chibo.reorganisation.operations import found
from chibo.reorganisation.planning import NewUnit

NAME = "Phiêng Lam"
COMMUNES = {"Nà Sàng": 13, "Mường Lẩy": 13, "Huổi Tấng": 13, "Pú Hao": 13, "Co Sen": 13, "Nậm Kho": 12,
            "Phiêng Đin": 12, "Sam Lốc": 12}  # villages, each with a cell of its own  # fmt: skip
COOPERATIVE = "Sam Lốc"  # the commune that sets up the one cell of a co-operative
OF_A_COMMUNE = ("Cơ quan xã", "Trạm Y tế", "Trường Tiểu học", "Trường Trung học cơ sở")
COMMITTEES = {"Công an huyện Phiêng Lam": 5, "Quân sự huyện Phiêng Lam": 3, "Bệnh viện Phiêng Lam": 4,
              "Trường Trung học phổ thông Phiêng Lam": 4, "Lâm trường Phiêng Lam": 4}  # and their cells  # fmt: skip
OFFICES = [
    "Văn phòng Huyện ủy", "Ban Tổ chức Huyện ủy", "Ban Tuyên giáo Huyện ủy", "Cơ quan Ủy ban Kiểm tra Huyện ủy",
    "Mặt trận Tổ quốc huyện", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Nông nghiệp", "Phòng Văn hóa",
    "Phòng Tư pháp", "Ban Dân vận Huyện ủy", "Đoàn Thanh niên huyện", "Hội Phụ nữ huyện", "Hội Nông dân huyện",
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện", "Phòng Giáo dục và Đào tạo", "Phòng Y tế",
    "Phòng Tài nguyên và Môi trường", "Phòng Lao động", "Thanh tra huyện", "Phòng Kinh tế và Hạ tầng",
    "Phòng Dân tộc", "Tòa án huyện", "Viện Kiểm sát huyện", "Chi cục Thuế", "Kho bạc", "Bảo hiểm xã hội huyện",
    "Trung tâm Chính trị huyện",
]  # fmt: skip
MEMBERS, IN_COMMITTEES, IN_OFFICES = 3416, 340, 420
MINORITY = {"ethnic_minority": "Quyết định số 21/QĐ-UBND tỉnh Thượng Lam"}
FAR = {**MINORITY, "hardship": "Quyết định số 21/QĐ-UBND tỉnh Thượng Lam"}
SMALL_ADMITTED = 26  # in cells that are small, in 2022
YEARS = {2021: 60, 2022: 44, 2023: 10}  # admitted in cells that are not small


def build(district: District) -> None:
    """Dựng huyện: its units and first lists, who leads, and what happened up to the spring of 2023."""
    villages = _communes(district)
    for name, cells in COMMITTEES.items():
        committee = district.committee(f"Đảng bộ {name}", "grassroots", district.unit)
        district.committees.append(committee)
        for number in range(1, cells + 1):
            district.cell(f"số {number} {name}", committee, 0)
    for name in OFFICES:
        district.cell(f"{name} {NAME}", district.unit, 0)
    small, middle, late = _sizes(district, villages)
    admitted = _admissions(district, small, villages)
    for cell, days in admitted.items():
        cell.members -= len(days)
    district.fill()
    for year in YEARS:
        of_year = {cell: [day for day in days if day.year == year] for cell, days in admitted.items()}
        district.admit(of_year, on=date(year, 12, 31))
    _lead(district, villages, {*small, *middle}, late)
    _found_cooperative(district)
    _register(district, villages)


def _communes(district: District) -> list[Cell]:
    villages = []
    for name, count in COMMUNES.items():
        commune = district.communes[name] = district.committee(
            f"Đảng bộ xã {name}", "commune", district.unit, place=name
        )
        for _ in range(count):
            village = next(district.villages)
            villages.append(district.cell(f"bản {village}", commune, 0, village))
        offices = [f"{each} {'' if each.endswith('xã') else 'xã '}{name}" for each in OF_A_COMMUNE]
        offices += [f"Công an xã {name}"] if count == 12 and name != COOPERATIVE else []
        for title in offices:
            district.cell(title, commune, 0)
    return villages


def _sizes(district: District, villages: list[Cell]) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """How many belong to each cell in the spring of 2023: small ones, without a committee, with a late one."""
    small = [cell for place, cell in enumerate(villages) if place % 5 in (1, 3)]
    middle = [cell for place, cell in enumerate(villages) if place % 5 == 4][:13]
    late = [cell for place, cell in enumerate(villages) if place % 5 == 2][:6]
    for place, cell in enumerate(small):
        cell.members = 5 + place % 3 + (place < SMALL_ADMITTED)
    for place, cell in enumerate(middle):
        cell.members = 10 + place % 3
    in_communes = district.below(*district.communes.values())
    big = [cell for cell in in_communes if not cell.members]
    rest = MEMBERS - IN_COMMITTEES - IN_OFFICES - sum(cell.members for cell in in_communes)
    for cells, total in (
        (big, rest), (district.below(*district.committees), IN_COMMITTEES), (district.below(district.unit), IN_OFFICES),
    ):  # fmt: skip
        for cell, count in zip(cells, spread(total, len(cells)), strict=True):
            cell.members = count
    return small, middle, late


def _admissions(district: District, small: list[Cell], villages: list[Cell]) -> dict[Cell, list[date]]:
    """Days of ceremonies, by cell."""
    days: dict[Cell, list[date]] = {cell: [] for cell in [*small, *villages]}
    for place, cell in enumerate(small[:SMALL_ADMITTED]):
        days[cell].append(date(2022, 1 + place % 12, 3 + place))
    big = [cell for cell in villages if cell.members > 14]
    for year, count in YEARS.items():
        for place in range(count):
            days[big[place % len(big)]].append(date(year, 1 + place % (3 if year == 2023 else 12), 4 + place % 24))
    return days


def _lead(district: District, villages: list[Cell], without: set[Cell], late: list[Cell]) -> None:
    in_communes = district.below(*district.communes.values())
    with_committee = [cell for cell in in_communes if cell not in late and cell not in without]
    district.lead(district.every_cell(), with_committee)
    for place, cell in enumerate(late):
        district.lead([], [cell], on=date(2022, 2 + place, 15))
    apart = {villages[20], villages[70]}  # two villages nobody could be found for
    for cell in villages:
        district.head(cell, 1 if cell in apart else 0)
    _lead_communes(district)


def _lead_communes(district: District) -> None:
    """Bí thư of every committee; those of communes come from elsewhere, as their forms say."""
    homes: dict[Person, dict[str, str]] = {}
    for name, commune in district.communes.items():
        office = next(cell for cell in district.below(commune) if cell.name.startswith("Chi bộ Cơ quan"))
        secretary, chair = office.people[3:5]
        appoint(secretary, Office.COMMITTEE_SECRETARY, commune, on=FIRST, by=MACHINE)
        give_state_post(chair, "people_committee_chair", commune, first=FIRST, by=MACHINE)
        homes[secretary] = {"home_village": "Xã Huổi Lam, tỉnh Thượng Lam"}
        homes[chair] = {"home_village": f"Xã {name}, tỉnh Thượng Lam"}
    note_particulars(homes, first=FIRST, at=morning(FIRST), by=MACHINE)
    for committee in district.committees:
        appoint(district.below(committee)[0].people[3], Office.COMMITTEE_SECRETARY, committee, on=FIRST, by=MACHINE)


def _found_cooperative(district: District) -> None:
    """Chi bộ hợp tác xã: set up in 2022 with members of five village cells."""
    commune, day = district.communes[COOPERATIVE], date(2022, 3, 15)
    title = f"Hợp tác xã {COOPERATIVE}"
    decision = paper(district.province, "47-QĐ/HU", day, "Hợp tác xã có đảng viên ở năm bản")
    found(commune, NewUnit(f"Chi bộ {title}", title), "cell", paper=decision, on=day, at=morning(day), by=MACHINE)
    unit = Unit.objects.filter(placements__name=f"Chi bộ {title}").get()
    sources = [cell for cell in district.below(commune) if cell.villages and cell.members > 14][:5]
    cell = district.keep(Cell(unit, f"Chi bộ {title}", 0), commune)
    for source in sources:
        person = source.people.pop(5)
        move_member(person, to=unit, first=day, on=day, by=MACHINE, decision=decision.text)
        cell.people.append(person)
    district.lead([cell], [], on=day)


def _register(district: District, villages: list[Cell]) -> None:
    """Sổ địa bàn: every village with its own cell, the schools and the station of each commune."""
    for name, commune in district.communes.items():
        cells = district.below(commune)
        rows = [
            NewLocality("hamlet", cell.villages[0], cell=cell.unit, tags=FAR if place % 3 else MINORITY)
            for place, cell in enumerate(cells)
            if cell.villages
        ]
        for kind, prefix, title in _institutions(name):
            rows.append(NewLocality(kind, title, cell=next(c.unit for c in cells if c.name.startswith(prefix))))
        register_localities(rows, commune, on=FIRST, by=MACHINE)


def _institutions(name: str) -> Iterable[tuple[str, str, str]]:
    """Kind, how the name of its cell begins, what it is called."""
    yield "health_station", "Chi bộ Trạm", f"xã {name}"
    yield "school", "Chi bộ Trường Tiểu", f"Tiểu học {name}"
    yield "school", "Chi bộ Trường Trung", f"Trung học cơ sở {name}"
