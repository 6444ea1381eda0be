"""Sắp xếp ngày 01/7/2025: districts end, their communes become fewer and stand below the province."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import appoint
from chibo.demo.districts.building import District, morning, paper
from chibo.exchange.acts.kinds import ACTS, SAID
from chibo.exchange.acts.operations import decide, look_ahead
from chibo.exchange.acts.planning import Sheet
from chibo.exchange.answers import SAFE
from chibo.exchange.drafts import Draft
from chibo.exchange.operations import receive, say_columns
from chibo.kernel.actor import MACHINE
from chibo.membership.models import Belonging
from chibo.organisation.models import Placement, Unit

ON = date(2025, 7, 1)
PROVINCE = "Đảng bộ tỉnh Thượng Lam"
COLUMNS = ("act", "code", "unit", "name", "kind", "parent", "into")
PARTY = "Đảng bộ các cơ quan Đảng xã"
STATE = "Đảng bộ Ủy ban nhân dân xã"


@dataclass(frozen=True, slots=True)
class NewCommune:
    """A commune after the reform: the one it goes on as, those that went into it."""

    name: str
    takes_in: Sequence[str]
    committees: Sequence[str] = (STATE,)  # set up below it for the offices of commune and district


FIRST_DISTRICT = [
    NewCommune("Nà Sàng", ("Mường Lẩy", "Huổi Tấng", "Pú Hao")), NewCommune("Co Sen", ("Nậm Kho", "Phiêng Đin")),
    NewCommune("Sam Lốc", (), (PARTY, STATE)),
]  # fmt: skip
SECOND_DISTRICT = [
    NewCommune("Nậm Lam", ("Huổi Pún", "Pá Sàng")), NewCommune("Nà Ngùa", ("Co Lẻ", "Púng Hao")),
    NewCommune("Kéo Mạy", ("Lọng Đin", "Nong Bon")), NewCommune("Tà Liếng", ("Pú Cướm",)),
]  # fmt: skip
TO_SAM_LOC = {PARTY: 5, STATE: 5}  # the first ten offices of the first district
ABOVE = ("Công an", "Quân sự", "Biên phòng")  # committees that stand below the province from now on

Line = dict[str, str]


def reform(first: District, second: District) -> None:
    """Quyết định của tỉnh: the lines of its sheet, carried out under one paper; every committee has its secretary."""
    lines = [*_lines(first, FIRST_DISTRICT), *_lines(second, SECOND_DISTRICT)]
    root, said = first.province.units["province"], paper(first.province, "1201-QĐ/TU", date(2025, 6, 20))
    drafts = [Draft(number, dict(line)) for number, line in enumerate(lines, 2)]
    Sheet(drafts, [], root, paper=said, on=ON, at=morning(ON), by=MACHINE).carry_out(by_name="")
    names = [f"Đảng bộ xã {each.name}" for each in FIRST_DISTRICT + SECOND_DISTRICT]
    lead(root, ON, names)


def _lines(district: District, communes: Sequence[NewCommune]) -> Iterator[Line]:
    """Moved before merged, everything before the district ends."""
    for each in communes:
        name = f"Đảng bộ xã {each.name}"
        yield _of(district.communes[each.name], act="move", unit=name, parent=PROVINCE)
        for old in each.takes_in:
            yield _of(district.communes[old], act="merge", unit=f"Đảng bộ xã {old}", into=name)
        for title in each.committees:
            yield {"act": "found", "name": f"{title} {each.name}", "kind": "Đảng bộ cơ sở", "parent": name}
    yield from _offices(district, communes)
    fewer = [each for each in communes if each.takes_in]
    for place, committee in enumerate(district.committees):
        name = Placement.objects.on(ON).get(unit=committee).name
        above = any(word in name for word in ABOVE)
        parent = PROVINCE if above else f"Đảng bộ xã {fewer[place % len(fewer)].name}"
        yield _of(committee, act="move", unit=name, parent=parent)
    yield _of(district.unit, act="end", unit=f"Đảng bộ huyện {district.name}")


def _offices(district: District, communes: Sequence[NewCommune]) -> Iterator[Line]:
    """Cells of offices, of communes and of the district, go below the committees set up for them."""
    offices = [(cell.unit, cell.name) for cell in district.below(district.unit)]
    whole = [each for each in communes if not each.takes_in]
    for each in whole:
        for title, count in TO_SAM_LOC.items():
            for unit, name in offices[:count]:
                yield _of(unit, act="move", unit=name, parent=f"{title} {each.name}")
            offices = offices[count:]
        for cell in district.below(district.communes[each.name]):
            if not cell.villages and "Hợp tác xã" not in cell.name:
                yield _of(cell.unit, act="move", unit=cell.name, parent=f"{STATE} {each.name}")
    others = [each for each in communes if each not in whole]
    for place, (unit, name) in enumerate(offices):
        yield _of(unit, act="move", unit=name, parent=f"{STATE} {others[place % len(others)].name}")


def _of(which: Unit, **line: str) -> Line:
    return {"code": str(which.pk), **line}


def write(unit: Unit, lines: Sequence[Line], *, number: str, signed_on: date, on: date, name: str) -> None:
    """Gửi bảng, xem trước, ghi quyết định: as the office does it on its pages."""
    at, said = morning(on), {"number": number, "signed_on": signed_on.isoformat(), "signer": "", "reason": ""}
    intake = receive(unit, "acts", name, _workbook(lines), holds_from=on, at=at, by=MACHINE, paper=said)
    intake = look_ahead(say_columns(intake, {}, hidden_too=None, by=MACHINE), at=at, by=MACHINE)
    decide(intake, seen=intake.outcome["digest"], at=at, by=MACHINE)


def _workbook(lines: Sequence[Line]) -> bytes:
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    page = book.add_worksheet("Sắp xếp")
    page.write_row(0, 0, ["STT", *(ACTS.field(column).label for column in COLUMNS)])
    for number, line in enumerate(lines, 1):
        said = {**line, "act": SAID[line["act"]]}
        page.write_row(number, 0, [str(number), *(said.get(column, "") for column in COLUMNS)])
    book.close()
    return made.getvalue()


def lead(unit: Unit, on: date, names: Sequence[str]) -> None:
    """Chỉ định bí thư: of each committee so named and of those below it, a member of its first cell."""
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    held = set(Post.objects.on(on).filter(office=Office.COMMITTEE_SECRETARY).values_list("unit", flat=True))
    rows = (
        Placement.objects.on(on).filter(scope_path__gte=low, scope_path__lt=high).exclude(kind__in=("cell", "province"))
    )
    tops = {row.scope_path for row in rows if row.name in names}
    for row in rows.order_by("sort_key", "unit_id").select_related("unit"):
        if row.unit_id in held or not any(row.scope_path.startswith(top) for top in tops):
            continue
        area = {"scope_path__gte": row.scope_path, "scope_path__lt": row.scope_path[:-1] + "0"}
        cells = Belonging.objects.on(on).filter(kind=Belonging.OFFICIAL, **area).select_related("person")
        people = cells.order_by("unit", "person__name_key", "person__full_name")
        if (member := people.first()) is not None:
            appoint(member.person, Office.COMMITTEE_SECRETARY, row.unit, on=on, by=MACHINE)
