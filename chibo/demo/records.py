"""What the demo knows of its invented members beside their names, and the hats they wear."""

from __future__ import annotations

from datetime import date, datetime, time
from random import Random

from chibo.cadres.models import Office
from chibo.cadres.operations import Elected, NewSeat, give_state_post, hold_congress, seat_members, set_up_body
from chibo.demo.plan import COMMUNE, CellPlan
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE, show_day
from chibo.kernel.text import lower_first
from chibo.membership.models import Particular, Person, Standing
from chibo.membership.operations import NewMember, enter_members, say_apart
from chibo.membership.particulars import FIELDS
from chibo.reorganisation.operations import merge_people

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


def enter_some_twice(province: Province) -> None:
    """Records that look like one person's: one pair merged, one said to be two people, one to be found."""
    morning = datetime.combine(province.on, time(8), ZONE)
    kept = province.people["bandin"][5]
    merged = _again(province, kept, "bandin", province.months[5].replace(day=9), occupation="Thợ xây")
    choices = {"occupation": "merged", "standing": "kept"}
    merge_people(kept, merged, choices, key=province.uuid(), at=morning, by=MACHINE, paper="Công văn số 09-CV/ĐU")
    one = province.people["bandin"][6]
    namesake = _again(province, one, "banmoc", province.on, only=("birth", "sex"))
    say_apart(one, namesake, "namesakes", at=morning, by=MACHINE)
    _again(province, province.people["phiengmay"][3], "phiengmay", province.on, occupation="Chủ trang trại",
           speciality="Trung cấp chăn nuôi")  # fmt: skip


def _again(
    province: Province, person: Person, key: str, on: date, only: tuple[str, ...] = ("birth", "sex", "card_number"),
    **more: str,
) -> Person:  # fmt: skip
    """A second record with the same name, and what else the second list said."""
    held = dict(Particular.objects.live().filter(person=person).values_list("field", "value"))
    known = {code: FIELDS[code].show(held[code]) for code in only}
    row = NewMember(person.full_name, Standing.OFFICIAL, particulars={**known, **more})
    return enter_members([row], province.units[key], on=on, by=MACHINE)[0]
