"""What the demo knows of its invented members beside their names, and the hats they wear."""

from __future__ import annotations

from datetime import date
from random import Random

from chibo.cadres.models import Office
from chibo.cadres.operations import Elected, NewSeat, give_state_post, hold_congress, seat_members, set_up_body
from chibo.demo.plan import COMMUNE, CellPlan
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import show_day
from chibo.kernel.text import lower_first
from chibo.membership.models import Particular
from chibo.membership.operations import NewMember, enter_members
from chibo.membership.particulars import FIELDS

_PEOPLES = ["Thái", "Thái", "Thái", "Mông", "Mường", "Kinh"]
_SCHOOLING = ["7/10", "9/12", "9/12", "12/12", "12/12"]
_WORK = ["Nông dân", "Nông dân", "Giáo viên", "Công chức xã", "Hưu trí"]


def particulars(name: str, born: date, plan: CellPlan, random: Random) -> dict[str, str]:
    """Thông tin trong phiếu. No number of a citizen: an invented one may be somebody's."""
    village = plan.short if plan.short.startswith("Bản") else "Bản Nà Lốc"
    place = f"{village}, xã Huổi Lam, tỉnh Thượng Lam"
    return {
        "birth": str(born.year) if random.random() < 0.1 else show_day(born),
        "sex": "female" if "Thị" in name else "male", "card_number": f"0000{random.randrange(10**8):08d}",
        "home_village": place, "address": place,
        "occupation": random.choice(_WORK), "schooling": random.choice(_SCHOOLING),
        "ethnicity": random.choice(_PEOPLES), "religion": "Không",
    }  # fmt: skip


def give_hats(province: Province) -> None:
    """Secretaries who are village heads too (all villages but two), and a steering committee with its duties."""
    villages = [plan for plan in COMMUNE if plan.short.startswith("Bản")]
    for plan in villages[:-2]:
        person, unit = province.people[plan.key][0], province.units[plan.key]
        village = lower_first(plan.short)[:80]
        give_state_post(person, "village_head", unit, first=province.start, by=MACHINE, place=village)
    office, commune = province.people["coquan"], province.units["commune"]
    body = set_up_body(
        commune, "steering", "Ban chỉ đạo xóa nhà tạm", first=province.start, last=None, by=MACHINE,
        purpose="Rà soát, vận động, kiểm tra việc xóa nhà tạm.", decision="Quyết định số 08-QĐ/ĐU",
    )  # fmt: skip
    duties = ["Phụ trách chung", "Vận động nguồn lực", "Theo dõi tiến độ từng bản", "Tổng hợp báo cáo"]
    roles = ["head", "deputy", "standing", "member"]
    seats = [NewSeat(office[8 + n], role, duties[n]) for n, role in enumerate(roles)]
    seat_members(body, seats, first=province.start, by=MACHINE, decision="Quyết định số 08-QĐ/ĐU")


def hold_one_congress(province: Province) -> None:
    """Đại hội of one cell in the middle of the year: the secretary stays, the deputy is new."""
    people, day = province.people["bandin"], province.months[6].replace(day=22)
    elected = [Elected(people[0], Office.CELL_SECRETARY), Elected(people[3], Office.CELL_DEPUTY)]
    last = date(day.year + 5, day.month, 21)
    hold_congress(province.units["bandin"], f"{day.year} - {day.year + 5}", elected, first=day, last=last, by=MACHINE,
                  decision="Quyết định số 12-QĐ/ĐU")  # fmt: skip


def enter_one_twice(province: Province) -> None:
    """A member whom a second list brought in once more: the office finds the two records and makes them one."""
    first = province.people["phiengmay"][3]
    held = dict(Particular.objects.live().filter(person=first).values_list("field", "value"))
    known = {code: FIELDS[code].show(held[code]) for code in ("birth", "sex", "card_number")}
    again = {**known, "occupation": "Chủ trang trại", "speciality": "Trung cấp chăn nuôi"}
    row = NewMember(first.full_name, particulars=again)
    enter_members([row], province.units["phiengmay"], on=province.on, by=MACHINE)
