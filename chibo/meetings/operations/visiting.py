"""Attend a meeting of a unit below, and say of that meeting what was good and what to do better."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.meetings.care import GRADES, day_of, points_on, visitors_of
from chibo.meetings.models import Meeting, Observation, ObservationNote, Visit
from chibo.meetings.operations.saving import refuse_not_held

LONGEST = 2_000


@transaction.atomic
def plan_visit(meeting: Meeting, person: UUID, *, key: UUID, at: datetime, by: Actor, purpose: str = "") -> Visit:
    """Đăng ký dự, hoặc phân công người dự, buổi sinh hoạt này.

    By the person themselves, who reads the unit from above; or by the office for somebody of the committee.
    The same person twice gives the same visit. Raises NoPower and Refused: not_held_said, not_of_superior,
    looks_like_identity.
    """
    by.must(Power.READ if person == by.person_id else Power.APPOINT, meeting.scope_path)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("unit").get(pk=meeting.pk)
    if planned := Visit.objects.filter(meeting=meeting, person=person).first():
        return planned
    refuse_not_held(meeting)
    visitors = {each.person_id: each.full_name for each in visitors_of(meeting.unit, meeting.meets_on)}
    refuse_if(person not in visitors, "not_of_superior")
    visit = Visit.objects.create(
        id=key, meeting=meeting, person_id=person, full_name=visitors[person], purpose=_text(purpose, 200), at=at,
        by_account=by.account_id, scope_path=meeting.scope_path,
    )  # fmt: skip
    record(by, "visit.planned", on=meeting.meets_on, unit_id=meeting.unit_id, touched=[visit, meeting])
    return visit


@transaction.atomic
def note_observation(
    visit: Visit, *, attended: bool, points: Mapping[str, str], advice: str, at: datetime, by: Actor
) -> Observation:
    """Ghi nhận xét buổi sinh hoạt đã dự, theo từng điểm; or that the visitor could not come.

    By the visitor, or by the office that types what they told. Saying the same again changes nothing; anything
    else is a note beside it. Raises NoPower and Refused: visit_ahead, unknown_point, unknown_choice,
    observation_noted, looks_like_identity.
    """
    _own_or_office(visit, by)
    meeting = visit.meeting
    refuse_if(meeting.meets_on > at.date() and day_of(meeting) > at.date(), "visit_ahead", day=meeting.meets_on)
    rule = points_on(day_of(meeting))
    known = {point["code"] for point in rule.value} if rule else set()
    refuse_if(not points.keys() <= known, "unknown_point")
    refuse_if(not set(points.values()) <= set(GRADES), "unknown_choice")
    said = {"attended": attended, "points": dict(points) if attended else {}, "advice": _text(advice, LONGEST)}
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if noted := Observation.objects.filter(visit=visit).first():
        same = said == {"attended": noted.attended, "points": noted.points, "advice": noted.advice}
        refuse_if(not same, "observation_noted", at=noted.at)
        return noted
    row = Observation.objects.create(
        visit=visit, person_id=visit.person_id, at=at, scope_path=visit.scope_path, **said
    )  # fmt: skip
    record(by, "visit.observed", on=at.date(), unit_id=meeting.unit_id, touched=[visit, meeting], content=said)
    return row


@transaction.atomic
def add_to_observation(observation: Observation, text: str, *, key: UUID, at: datetime, by: Actor) -> ObservationNote:
    """Bổ sung, sửa nhận xét: a note beside it; what was noted stays. Raises Refused: no_text, looks_like_identity."""
    _own_or_office(observation.visit, by)
    text = _text(text, LONGEST)
    refuse_if(not text, "no_text")
    if sent := ObservationNote.objects.filter(pk=key).first():
        refuse_if(sent.observation_id != observation.pk or sent.text != text, "key_used")
        return sent
    note = ObservationNote.objects.create(
        id=key, observation=observation, person_id=observation.person_id, text=text, at=at,
        scope_path=observation.scope_path,
    )  # fmt: skip
    meeting = observation.visit.meeting
    record(by, "observation.noted", on=at.date(), unit_id=meeting.unit_id, touched=[note, observation.visit],
           content={"text": text})  # fmt: skip
    return note


def may_observe(visit: Visit, by: Actor) -> bool:
    """The visitor, or the office above the unit."""
    return (by.person_id is not None and by.person_id == visit.person_id) or by.can(Power.APPOINT, visit.scope_path)


def _own_or_office(visit: Visit, by: Actor) -> None:
    if not may_observe(visit, by):
        by.must(Power.APPOINT, visit.scope_path)


def _text(text: str, most: int) -> str:
    text = clean(text, most=most, lines=most > 200)
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    return text
