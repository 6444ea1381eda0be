"""Sheets of figures: a district's forest by quarters up to 2023, and the months of one commune's cells now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from chibo.demo.districts.building import spread
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE, show_number
from chibo.kernel.periods import month_before
from chibo.organisation.models import Placement, Unit
from chibo.returns.boxes import Change, field_of
from chibo.returns.models import Form, Line, LineCheck, Sheet
from chibo.returns.operations import (
    NewCheck,
    NewForm,
    NewLine,
    accept,
    add_check,
    add_line,
    define_form,
    end_form,
    give_back,
    hand_in,
    save_boxes,
)
from chibo.returns.periods import due_on

DISTRICT, COMMUNE = "Đảng bộ huyện Phiêng Lam", "Đảng bộ xã Nậm Kho"  # the commune with the printed forest
QUARTERS = [date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1), date(2023, 1, 1)]
PATROLS, FOUND, HANDLED = 286, 69, 60  # of the district in 2022
PATROLS_THEN, FOUND_THEN = 77, 12  # of its first quarter in 2023
FOREST, TEAMS = 14_419, 11
WAIT, BACK, LATE, SLOW = {"pomkhe", "thamnoi"}, "naloc", {"pulau", "tuonghin"}, "colot"


def keep(province: Province) -> None:
    """Biểu số liệu of a district that has ended, and of the commune."""
    _of_the_district(province)
    _of_the_commune(province)
    province.say("  phiếu số liệu")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form with its lines."""

    form: Form
    lines: list[Line]

    def write(self, unit: Unit, first: date, numbers: Iterable[str], **told: Any) -> None:
        """Type these numbers; an empty one is left as it is."""
        pairs = zip(self.lines, numbers, strict=False)
        changes = {field_of(line): Change(text, 0) for line, text in pairs if text}
        save_boxes(self.form, unit, first, changes, **told)


def _told(on: date, name: str = "Văn phòng") -> dict[str, Any]:
    return {"at": datetime.combine(on, time(9), ZONE), "by": MACHINE, "by_name": name}


def _defined(province: Province, unit: Unit, new: NewForm, lines: Iterable[NewLine], on: date) -> Kept:
    form = define_form(unit, new, key=province.uuid(), **_told(on))
    return Kept(form, [add_line(form, line, since=new.begins, **_told(on)) for line in lines])


def _of_the_district(province: Province) -> None:
    """Five quarters of eight communes; their sums are those printed about such a district."""
    begins = QUARTERS[0]
    placed = Placement.objects.on(begins).select_related("unit")
    district = placed.get(name=DISTRICT).unit
    communes = list(placed.filter(parent=district, kind="commune").order_by("sort_key", "unit_id"))
    kept = _defined(
        province, district,
        NewForm("Bảo vệ rừng", Form.QUARTER, ["commune"], 10, begins, "Luật Lâm nghiệp; kế hoạch của Huyện ủy"),
        [NewLine("Lượt tuần tra, kiểm tra rừng", "lượt"), NewLine("Vụ vi phạm Luật Lâm nghiệp phát hiện", "vụ"),
         NewLine("Vụ phát hiện, lập biên bản và xử lý", "vụ"),
         NewLine("Rừng khoanh nuôi, bảo vệ", "ha", adds=Line.LAST), NewLine("Tổ bảo vệ rừng", "tổ", adds=Line.LAST)],
        begins,
    )  # fmt: skip
    new = NewCheck([kept.lines[2].pk], LineCheck.AT_MOST, [kept.lines[1].pk], grave=True)
    add_check(kept.form, new, since=begins, **_told(begins))
    many = len(communes)
    patrols = spread(PATROLS, 4 * many) + spread(PATROLS_THEN, many)
    found = spread(FOUND, 4 * many) + spread(FOUND_THEN, many)
    handled = spread(HANDLED, 4 * many) + spread(FOUND_THEN, many)
    for at, first in enumerate(QUARTERS):
        for place, commune in enumerate(communes):
            each = at * many + place
            stays = _forest(commune.name, place) if first == begins else ("", "")
            numbers = [str(patrols[each]), str(found[each]), str(min(found[each], handled[each])), *stays]
            day = due_on(kept.form, first) - timedelta(days=place % 6)
            kept.write(commune.unit, first, numbers, **_told(day))
            _handed_in(province, kept, commune.unit, first, day)
            _accepted(province, kept, commune.unit, first, day + timedelta(days=2))
    end_form(kept.form, after=QUARTERS[-1], at=_told(date(2023, 4, 20))["at"], by=MACHINE)


def _forest(name: str, place: int) -> tuple[str, str]:
    """Hectares and teams of a commune."""
    return (show_number(FOREST), str(TEAMS)) if name == COMMUNE else (show_number(5200 + 730 * place), str(6 + place))


def _handed_in(province: Province, kept: Kept, unit: Unit, first: date, day: date, name: str = "Văn phòng xã") -> None:
    hand_in(kept.form, unit, first, key=province.uuid(), **_told(day, name))


def _accepted(province: Province, kept: Kept, unit: Unit, first: date, day: date, name: str = "Văn phòng") -> None:
    accept(_sheet(kept, unit, first), key=province.uuid(), **_told(day, name))


def _sheet(kept: Kept, unit: Unit, first: date) -> Sheet:
    return Sheet.objects.select_related("form").get(form=kept.form, unit=unit, first=first)


def _of_the_commune(province: Province) -> None:
    """Three months of twelve cells; of the newest some wait, one was given back, two lack, one came late."""
    newest = province.months[-1] if province.on.day >= 16 else province.months[-2]
    months = [month_before(month_before(newest)), month_before(newest), newest]
    unit, begins = province.units["commune"], months[0]
    kept = _defined(
        province, unit,
        NewForm("Bảo vệ rừng, làm đường", Form.MONTH, ["cell"], 5, begins, "Kế hoạch công tác năm của Đảng ủy xã"),
        [NewLine("Lượt tuần tra rừng", "lượt"), NewLine("Vụ vi phạm phát hiện", "vụ"),
         NewLine("Vụ đã lập biên bản, xử lý", "vụ"),
         NewLine("Rừng nhận bảo vệ", "ha", adds=Line.LAST, decimals=1),
         NewLine("Đường bản sửa, làm mới", "km", decimals=2, must=False),
         NewLine("Người dự phát dọn đường", "lượt người", counted=Line.TURNS)],
        begins,
    )  # fmt: skip
    told = _told(begins)
    ratio = NewLine("Tỷ lệ vụ đã xử lý", "%", adds=Line.RATIO, above=kept.lines[2].pk, below=kept.lines[1].pk)
    add_line(kept.form, ratio, since=begins, **told)
    less = NewCheck([kept.lines[2].pk], LineCheck.AT_MOST, [kept.lines[1].pk], grave=True)
    change = add_check(
        kept.form, NewCheck([kept.lines[0].pk], LineCheck.CHANGE, number=Decimal(60)), since=begins, **told
    )
    add_check(kept.form, less, since=begins, **told)
    for first in months:
        _month(province, kept, change, first, newest)


def _month(province: Province, kept: Kept, change: LineCheck, first: date, newest: date) -> None:
    due = due_on(kept.form, first)
    cells = [key for key in province.people if province.units[key].scope_path.startswith(kept.form.scope_path)]
    for place, key in enumerate(cells):
        unit, name = province.units[key], province.people[key][0].full_name
        day = due + timedelta(days=4) if key == SLOW else due - timedelta(days=place % 4)
        if first == newest and key in LATE:
            if key == "tuonghin":  # begun and left lying
                kept.write(unit, first, ["9"], **_told(day, name))
            continue
        kept.write(unit, first, _numbers(place, first), **_told(day, name))
        if first != kept.form.begins and place == 0:
            why = {field_of(change): Change("Mùa khô, cắt cử thêm một tổ đi tuần.", 0)}
            save_boxes(kept.form, unit, first, why, **_told(day, name))
        _handed_in(province, kept, unit, first, day, name)
        if first == newest and key == BACK:
            said = {kept.lines[0].pk: "Sổ trực của tổ bảo vệ rừng ghi 14 lượt. Xem lại."}
            give_back(_sheet(kept, unit, first), "", said, key=province.uuid(), **_told(due + timedelta(days=2)))
        elif first != newest or key not in WAIT:
            _accepted(province, kept, unit, first, day + timedelta(days=1))


def _numbers(place: int, first: date) -> list[str]:
    """Villages patrol, offices lend a hand."""
    village, turn = place < 8, first.month % 3
    patrols = (8 + place % 3 + turn if village else 1) + (7 if place == 0 and turn == 1 else 0)
    found = (place + turn) % 3 if village else 0
    forest = f"{120 + 35 * place},5" if village else "0"
    road = f"0,{3 + turn}5" if village and place % 2 else ""
    return [str(patrols), str(found), str(max(0, found - place % 2)), forest, road, str(24 + place if road else 0)]
