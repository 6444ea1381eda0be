"""Who is called to a meeting of each kind: all members of the cell, or those who hold posts in a committee."""

from __future__ import annotations

from datetime import date

from chibo.cadres.models import Office
from chibo.cadres.queries import body_on
from chibo.meetings.models import Meeting
from chibo.membership.queries import RollMember, roll_on
from chibo.organisation.models import Unit

BODIES = {
    Meeting.CELL_COMMITTEE: (Office.CELL_SECRETARY, Office.CELL_DEPUTY, Office.CELL_COMMITTEE),
    Meeting.COMMITTEE: (
        Office.COMMITTEE_SECRETARY, Office.COMMITTEE_DEPUTY, Office.STANDING_MEMBER, Office.COMMITTEE_MEMBER,
    ),
    Meeting.STANDING: (Office.COMMITTEE_SECRETARY, Office.COMMITTEE_DEPUTY, Office.STANDING_MEMBER),
}  # fmt: skip
COMMITTEE_POSTS = (*BODIES[Meeting.COMMITTEE], Office.COMMITTEE_OFFICE)


def called_on(meeting: Meeting, day: date) -> list[RollMember]:
    """Thành phần dự họp của ngày, by given name."""
    offices = BODIES.get(meeting.kind)
    return body_on(meeting.unit, offices, day) if offices else roll_on(meeting.unit, day)


def kinds_for(unit_kind: str) -> tuple[str, ...]:
    """Meetings a unit of this kind holds besides the ordinary ones of the calendar."""
    if unit_kind == "cell":
        return (Meeting.THEMATIC, Meeting.EXTRAORDINARY, Meeting.CELL_COMMITTEE)
    return Meeting.OF_A_COMMITTEE if unit_kind in {"commune", "grassroots"} else ()


def may_own_on(unit: Unit, kind: str, day: date) -> list[RollMember]:
    """Who of the unit can be given a task that day: its members, or those who hold a post in the committee."""
    return roll_on(unit, day) if kind == "cell" else body_on(unit, COMMITTEE_POSTS, day)
