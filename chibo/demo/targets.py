"""Plans and targets: a resolution carried out line by line, its targets split among cells, and a year of a district."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from chibo.demo import targets_district
from chibo.demo.plan import COMMUNE
from chibo.demo.province import Province
from chibo.directives.models import Document, Heading
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.targets.measures import Measure
from chibo.targets.models import Plan, PlanLine, Target, TargetSaid
from chibo.targets.operations import (
    NewLine,
    NewPlan,
    NewValue,
    issue_plan,
    open_plan,
    report_line,
    report_value,
    split_target,
    write_line,
)

KEYS = uuid.UUID("5f0c2a1e-6b1d-4c62-9d3e-0a4be2f1c701")  # ids of this page of the play, so that no dice are thrown
HAND = "Báo cáo tháng của Ủy ban nhân dân xã"


def keep(province: Province) -> None:
    """Kế hoạch của xã và của một chi bộ; chỉ tiêu năm của một huyện."""
    _of_the_commune(province)
    _of_a_cell(province)
    targets_district.keep()
    province.say("  kế hoạch, chỉ tiêu")


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(KEYS, name)


def told(on: date, name: str = "Văn phòng Đảng ủy") -> dict[str, Any]:
    """Who wrote it and when."""
    return {"at": datetime.combine(on, time(9), ZONE), "by": MACHINE, "by_name": name}


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the commune's plan."""

    key: str
    task: str
    owner: str
    measure: Measure | None
    why_none: str = ""
    value: str = ""  # by hand
    due: date | None = None


def _of_the_commune(province: Province) -> None:
    """The resolution of the province, carried out this year: seven lines, some counted, some reported, some behind."""
    unit, on = province.units["commune"], province.on
    first, last = on.replace(month=1, day=1), on.replace(month=12, day=31)
    row = Document.objects.get(headings__number="02", headings__symbol="NQ/TU", unit=unit)
    dated = Heading.objects.live().get(document=row).dated_on
    assert dated is not None
    drafted = dated + timedelta(days=8)
    new = NewPlan("kế hoạch", "thực hiện Nghị quyết số 02-NQ/TU trong năm", first, last, basis=row)
    plan = open_plan(unit, new, key=_key("commune"), **told(drafted))
    for each in _lines(province, last):
        line = NewLine(each.task, each.owner, each.due or last, each.measure, each.why_none)
        write_line(plan, line, key=_key(each.key), **told(drafted))
    issue_plan(plan, on=dated + timedelta(days=12), **told(dated + timedelta(days=12)))
    for each in _lines(province, last):
        if each.value:
            day = max(first, on - timedelta(days=3))
            number = NewValue(day, HAND, Decimal(each.value))
            report_value(_target(each.key), number, key=_key(f"{each.key} number"), **told(on))
    book = PlanLine.objects.get(pk=_key("book"))
    report_line(book, "Đã in 120 cuốn, 12 chi bộ ký nhận", on=on, key=_key("book done"), **told(on))
    _split(province, "admit", on)


def _lines(province: Province, last: date) -> list[Kept]:
    unit, villages = province.units["commune"], province.units["huoisen"]
    office = "post:committee_office"
    return [
        Kept("admit", "Kết nạp đảng viên mới ở các bản", "post:committee_secretary",
             Measure("Kết nạp đảng viên", TargetSaid.AT_LEAST, Decimal(8), "members.admitted", key=True)),
        Kept("attend", "Nâng tỷ lệ đảng viên dự sinh hoạt", office,
             Measure("Đảng viên dự sinh hoạt", TargetSaid.AT_LEAST, Decimal(90), "meetings.attendance")),
        Kept("poor", "Giảm tỷ lệ hộ nghèo đa chiều", f"unit:{unit.pk}",
             Measure("Tỷ lệ hộ nghèo đa chiều", TargetSaid.AT_MOST, Decimal(15), kind=Target.RATIO, start=Decimal(21),
                     key=True), value="17.4"),
        Kept("road", "Vận động Nhân dân mở rộng đường liên bản", f"unit:{unit.pk}",
             Measure("Đường liên bản được mở rộng", TargetSaid.AT_LEAST, Decimal(12), measure="km"), value="11.6"),
        Kept("fire", "Giữ rừng đầu nguồn, không để xảy ra cháy", f"unit:{villages.pk}",
             Measure("Vụ cháy rừng", TargetSaid.ZERO, None, measure="vụ"), value="0"),
        Kept("water", "Sửa công trình nước sinh hoạt tập trung", office,
             Measure("Công trình nước được sửa", TargetSaid.AT_LEAST, Decimal(3), measure="công trình")),
        Kept("book", "In, phát cuốn hỏi đáp về Nghị quyết cho từng chi bộ", office, None,
             "Việc làm một lần, có danh sách ký nhận"),
    ]  # fmt: skip


def _target(key: str) -> Target:
    return Target.objects.get(pk=_key(key))


def _split(province: Province, key: str, on: date) -> None:
    """Eight admissions among eight villages, one each."""
    villages = [province.units[plan.key] for plan in COMMUNE if plan.short.startswith("Bản")][:8]
    each = Decimal(8) / len(villages)
    if each == each.to_integral_value():
        split_target(_target(key), dict.fromkeys(villages, each), **told(on - timedelta(days=30)))


def _of_a_cell(province: Province) -> None:
    """A draft of bản Nà Lốc that lacks an owner and a day: it cannot be issued yet."""
    unit, on = province.units["naloc"], province.on
    new = NewPlan("kế hoạch", "thực hiện Nghị quyết số 06-NQ/TU về bảo vệ rừng", on.replace(month=1, day=1),
                  on.replace(month=12, day=31))  # fmt: skip
    name = province.people["naloc"][0].full_name
    plan: Plan = open_plan(unit, new, key=_key("cell"), **told(on - timedelta(days=3), name))
    patrol = Measure("Lượt tuần tra rừng", TargetSaid.AT_LEAST, Decimal(48), measure="lượt")
    lines = [
        NewLine("Tuần tra rừng đầu nguồn mỗi tháng bốn lượt", "post:cell_secretary",
                on.replace(month=12, day=31), patrol),
        NewLine("Ký cam kết không đốt nương gần rừng với từng hộ"),
    ]  # fmt: skip
    for place, line in enumerate(lines):
        write_line(plan, line, key=_key(f"cell {place}"), **told(on - timedelta(days=3), name))
