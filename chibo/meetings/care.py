"""Who above a unit may look after it and attend its meetings, and what a visitor looks at."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from chibo.cadres.models import Office, Post
from chibo.kernel.paths import unit_ids
from chibo.meetings.models import Charge, Meeting
from chibo.membership.models import Standing
from chibo.membership.queries import RollMember
from chibo.organisation.models import Unit
from chibo.rules.reader import Rule, rules_on

GOOD, IMPROVE, NONE = "good", "improve", "none"
GRADES = {GOOD: "Tốt", IMPROVE: "Cần rút kinh nghiệm", NONE: "Không có"}
COMMITTEE = (
    Office.COMMITTEE_SECRETARY, Office.COMMITTEE_DEPUTY, Office.STANDING_MEMBER, Office.COMMITTEE_MEMBER,
)  # fmt: skip
VISITORS = (*COMMITTEE, Office.COMMITTEE_OFFICE, Office.PROVINCE_OFFICER)


def committee_above(unit: Unit, day: date) -> list[RollMember]:
    """Cấp ủy viên of the units above on that day, by given name: who can be put in charge."""
    return _holders(unit, COMMITTEE, day)


def visitors_of(unit: Unit, day: date) -> list[RollMember]:
    """Who can attend from above: the committees, their offices, and whoever is in charge of the unit."""
    found = {each.person_id: each for each in _holders(unit, VISITORS, day)}
    for charge in Charge.objects.on(day).filter(unit=unit).select_related("person"):
        found.setdefault(charge.person_id, _member(charge.person))
    return sorted(found.values(), key=lambda each: (each.name_key, str(each.person_id)))


def _holders(unit: Unit, offices: tuple[Office, ...], day: date) -> list[RollMember]:
    above = unit_ids(unit.scope_path)[:-1]
    rows = Post.objects.on(day).filter(Q(unit__in=above), office__in=offices).select_related("person")
    people = {row.person_id: row.person for row in rows}
    found = [_member(person) for person in people.values()]
    return sorted(found, key=lambda each: (each.name_key, str(each.person_id)))


def _member(person) -> RollMember:  # type: ignore[no-untyped-def]
    return RollMember(person.pk, person.full_name, person.name_key, Standing.OFFICIAL, "", guest=False)


def day_of(meeting: Meeting) -> date:
    """The day it was held, or is to be held."""
    closure = getattr(meeting, "closure", None)
    return closure.held_on if closure else meeting.meets_on


def points_on(day: date) -> Rule | None:
    """Các điểm nhận xét of that day, with their document; None when nobody knows any."""
    return rules_on(day).get("meeting.observation_points")
