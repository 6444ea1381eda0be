"""Around the meetings: who looks after which cell, who came to look, what was tried in order to meet better."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.demo import words_care
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.periods import month_before
from chibo.meetings.care import GOOD, IMPROVE, NONE, points_on
from chibo.meetings.models import Charge, Meeting, Visit
from chibo.meetings.operations import (
    add_to_observation,
    assign_charge,
    end_charge,
    note_effect,
    note_observation,
    plan_visit,
    try_change,
)
from chibo.membership.models import Person

# place on the list of «Cơ quan xã» → cells; place 11 is the account phutrach.xa, 5 the secretary of the commune
CHARGES = {5: ("thamnoi",), 8: ("huoisen", "tuonghin"), 9: ("pomkhe", "colot"), 10: ("truonghoc", "coquan"),
           11: ("naloc", "phiengmay", "pulau"), 12: ("mamnon", "tramyte")}  # fmt: skip
ENDED = "tramyte"  # in the year under way nobody looks after it since the summer
# (how many months ago, cell, place of the visitor, what they see: points to improve, or None when they could not come)
VISITS: list[tuple[int, str, int, tuple[str, ...] | None]] = [
    (11, "naloc", 11, ("preparation", "review", "conclusion")), (10, "pulau", 8, ("on_time", "review", "minutes")),
    (8, "naloc", 11, ("review", "conclusion")), (7, "phiengmay", 11, ("on_time",)), (7, "colot", 9, ()),
    (6, "pulau", 11, None), (6, "thamnoi", 5, ()), (5, "naloc", 11, ("conclusion",)), (5, "pomkhe", 9, ("focus",)),
    (4, "truonghoc", 10, ()), (4, "huoisen", 8, ("preparation", "focus")), (3, "pulau", 11, ("on_time", "review")),
    (3, "tuonghin", 8, ("minutes",)), (2, "naloc", 11, ("minutes",)), (2, "mamnon", 12, ()), (1, "pomkhe", 5, ()),
    (1, "phiengmay", 11, ("review",)),
]  # fmt: skip


def assign(province: Province) -> None:
    """Phân công: a table for each calendar year; one change of hands and one gap, as in life."""
    office = province.people["coquan"]
    for year in range(province.start.year, province.on.year + 1):
        first, last = max(province.start, date(year, 1, 1)), date(year, 12, 31)
        for place, keys in CHARGES.items():
            units = [province.units[key] for key in keys]
            assign_charge(office[place].pk, units, first=first, last=last, decision=f"số {18 + year % 7}-TB/ĐU",
                          by=MACHINE)  # fmt: skip
    summer = province.months[7]
    if summer.year == province.on.year:
        charge = Charge.objects.on(summer).get(unit=province.units[ENDED])
        end_charge(charge, last=summer.replace(day=14), by=MACHINE)


def announce(province: Province, meeting: Meeting, person: Person, at: datetime | None = None) -> Visit:
    """Đăng ký dự, three days before unless said otherwise."""
    at = at or datetime.combine(meeting.planned_on - timedelta(days=3), time(9), ZONE)
    purpose = province.random.choice(words_care.PURPOSES)
    return plan_visit(meeting, person.pk, key=province.uuid(), at=at, by=MACHINE, purpose=purpose)


def visits_of(province: Province, month: date) -> dict[str, tuple[Person, tuple[str, ...] | None]]:
    """Cell → who comes in that month and what they find."""
    ago = province.ago(month)
    office = province.people["coquan"]
    return {key: (office[place], seen) for back, key, place, seen in VISITS if back == ago}


def visit(province: Province, meeting: Meeting, key: str) -> tuple[Visit, tuple[str, ...] | None] | None:
    """The visit to this cell's meeting of this month, announced; None when nobody comes."""
    found = visits_of(province, meeting.month).get(key)
    return (announce(province, meeting, found[0]), found[1]) if found else None


def observe(province: Province, seen: Visit, improve: tuple[str, ...] | None, day: date) -> None:
    """Ghi nhận xét the next morning; one of them is added to a week later."""
    at = datetime.combine(day + timedelta(days=1), time(8), ZONE)
    if improve is None:
        note_observation(seen, attended=False, points={}, advice=words_care.ABSENT, at=at, by=MACHINE)
        return
    rule = points_on(day)
    codes = [point["code"] for point in rule.value] if rule else []
    points = {code: IMPROVE if code in improve else GOOD for code in codes}
    if codes and "focus" in improve:
        points["discussion"] = NONE
    advice = province.random.choice(words_care.ADVICE[:5] if improve else words_care.ADVICE[3:])
    row = note_observation(seen, attended=True, points=points, advice=advice, at=at, by=MACHINE)
    if len(improve) > 2:
        add_to_observation(row, words_care.ADDED, key=province.uuid(), at=at + timedelta(days=6), by=MACHINE)


def try_changes(province: Province) -> None:
    """Đổi mới sinh hoạt and its results, where a cell has looked at them."""
    for key, changes in words_care.CHANGES.items():
        name = province.people[key][0].full_name
        for what, back, came in changes:
            on = province.months[-back].replace(day=4)
            at = datetime.combine(on, time(20), ZONE)
            row = try_change(province.units[key], what, on=on, key=province.uuid(), at=at, by=MACHINE, by_name=name)
            if came:
                later = month_before(province.on.replace(day=1)).replace(day=5)
                note_effect(row, came, on=later, key=province.uuid(), at=datetime.combine(later, time(20), ZONE),
                            by=MACHINE, by_name=name)  # fmt: skip
