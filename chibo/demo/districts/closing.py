"""Ngày 30/9/2026 a commune closes the two committees between it and its cells: ten new cells, twenty-three in all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.demo.districts.reform import PARTY, STATE, Line, write
from chibo.kernel.actor import MACHINE
from chibo.membership.models import Belonging
from chibo.organisation.models import Placement, Unit

ON = date(2026, 9, 30)
COMMUNE = "Đảng bộ xã Sam Lốc"
NEW = {  # new cell → words by which the cells it is made of are known
    "Văn phòng Đảng ủy": ("Văn phòng Huyện ủy", "Ban Tổ chức"), "Ban Xây dựng Đảng": ("Ban Tuyên giáo",),
    "Cơ quan Ủy ban Kiểm tra": ("Ủy ban Kiểm tra",), "Mặt trận và đoàn thể": ("Mặt trận",),
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân": ("Cơ quan xã",),
    "Phòng Kinh tế": ("Phòng Tài chính", "Phòng Nông nghiệp"),
    "Phòng Văn hóa - Xã hội": ("Phòng Nội vụ", "Phòng Văn hóa"), "Trung tâm Phục vụ hành chính công": ("Tư pháp",),
    "Y tế": ("Trạm Y tế",), "Các trường học": ("Trường Tiểu học", "Trường Trung học cơ sở"),
}  # fmt: skip


def close_two_committees() -> None:
    """Kết thúc hai đảng bộ trung gian, by a sheet of the commune."""
    commune = Placement.objects.on(ON).get(name=COMMUNE).unit
    between = list(Placement.objects.on(ON).filter(parent=commune, name__startswith=PARTY))
    between += Placement.objects.on(ON).filter(parent=commune, name__startswith=STATE)
    write(commune, list(_lines(between)), number="06-ĐA/ĐU", signed_on=date(2026, 9, 18), on=ON, name="sap-xep-xa.xlsx")
    for title in NEW:
        unit = Placement.objects.on(ON).get(name=f"Chi bộ {title} xã Sam Lốc").unit
        _lead(unit)


def _lines(between: list[Placement]) -> Iterator[Line]:
    rows = Placement.objects.on(ON).filter(parent__in=[row.unit_id for row in between])
    cells = {row.name: row.unit_id for row in rows.order_by("unit_id")}
    for title in NEW:
        yield {"act": "found", "name": f"Chi bộ {title} xã Sam Lốc", "kind": "Chi bộ", "parent": COMMUNE}
    for title, words in NEW.items():
        for name in (name for word in words for name in cells if word in name):
            yield {"act": "merge", "code": str(cells[name]), "unit": name, "into": f"Chi bộ {title} xã Sam Lốc"}
    for row in between:
        yield {"act": "end", "code": str(row.unit_id), "unit": row.name}


def _lead(cell: Unit) -> None:
    rows = Belonging.objects.on(ON).filter(unit=cell, kind=Belonging.OFFICIAL).select_related("person")
    people = [row.person for row in rows.order_by("person__name_key", "person__full_name")]
    for person, office in zip(people, (Office.CELL_SECRETARY, Office.CELL_DEPUTY, Office.CELL_COMMITTEE), strict=False):
        appoint(person, office, cell, on=ON, by=MACHINE)
