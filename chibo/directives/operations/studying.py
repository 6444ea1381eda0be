"""A unit studies what was sent to it; the unit above says how well it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.directives.models import Delivery, QualityMark, StudySession
from chibo.directives.operations.sending import may_answer
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.meetings.models import Closure, Meeting
from chibo.organisation.models import PathVersion, Unit


@dataclass(frozen=True, slots=True)
class NewSession:
    """Turns present, of turns expected; of a meeting that was closed both come from its roll.

    With the people: households present, villages reached, nobody expected.
    """

    held_on: date
    attended: int = 0
    expected: int | None = None
    audience: str = StudySession.MEMBERS
    presenter: str = ""
    villages: int = 0
    meeting: UUID | None = None


@transaction.atomic
def hold_session(
    delivery: Delivery, said: NewSession, *, key: UUID, at: datetime, by: Actor, by_name: str = ""
) -> StudySession:
    """Ghi buổi học tập, quán triệt (DIR-2, DIR-13). Sent twice it is one session.

    Raises NoPower and Refused: withdrawn_already, unknown_audience, day_ahead, studied_before_asked,
    more_than_expected, nobody_expected, meeting_of_another, meeting_not_closed, unit_not_standing.
    """
    may_answer(delivery, by)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if sent := StudySession.objects.filter(pk=key, delivery=delivery).first():
        return sent
    refuse_if(delivery.withdrawn_at, "withdrawn_already")
    refuse_if(said.audience not in dict(StudySession.AUDIENCES), "unknown_audience")
    members = said.audience == StudySession.MEMBERS
    held_on, attended, expected = said.held_on, said.attended, said.expected if members else None
    if said.meeting is not None and members:
        held_on, attended, expected = _roll_of(said.meeting, delivery)
    refuse_if(held_on > at.date(), "day_ahead", day=held_on)
    before = delivery.issued_on or delivery.asked_on
    refuse_if(held_on < before, "studied_before_asked", day=before)
    refuse_if(members and not expected, "nobody_expected")
    refuse_if(expected is not None and attended > expected, "more_than_expected", expected=expected)
    place = PathVersion.objects.on(held_on).filter(unit=delivery.unit_id).values_list("path", flat=True).first()
    refuse_if(place is None, "unit_not_standing", day=held_on)
    assert place is not None
    row = StudySession.objects.create(
        id=key, delivery=delivery, audience=said.audience, held_on=held_on,
        meeting_id=said.meeting if members else None, attended=attended, expected=expected,
        presenter=clean(said.presenter, most=80), villages=0 if members else said.villages,
        from_paper=not by.can(Power.CHAIR, delivery.scope_path), at=at,
        by_account=by.account_id, by_name=by_name, place_path=place, scope_path=delivery.scope_path,
    )  # fmt: skip
    record(by, "document.studied", on=held_on, unit_id=delivery.unit_id, touched=[row, delivery])
    return row


def _roll_of(meeting: UUID, delivery: Delivery) -> tuple[date, int, int]:
    """Day, present and expected of a closed meeting of the unit."""
    row = Meeting.objects.filter(pk=meeting, unit=delivery.unit_id).first()
    refuse_if(row is None, "meeting_of_another")
    closure = Closure.objects.filter(meeting=row).first()
    refuse_if(closure is None, "meeting_not_closed")
    assert closure is not None
    return closure.held_on, closure.present, closure.expected


@transaction.atomic
def withdraw_session(session: StudySession, *, why: str, at: datetime, by: Actor) -> StudySession:
    """Rút buổi học tập ghi nhầm; written right, it is a new one. Raises NoPower, Refused: unknown_why, …"""
    may_answer(session.delivery, by)
    session = StudySession.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=session.pk)
    session.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "document.study_withdrawn", on=at.date(), unit_id=session.delivery.unit_id, touched=[session],
           reason=why)  # fmt: skip
    return session


@transaction.atomic
def mark_session(
    session: StudySession, mark: str, text: str, *, key: UUID, at: datetime, by: Actor, by_name: str = ""
) -> QualityMark:
    """Nhận xét chất lượng buổi học tập; «cần học lại» opens the debt again (DIR-3).

    The session is marked, nobody in it. Raises NoPower and Refused: unknown_mark, withdrawn_already, say_what_lacks.
    """
    by.must(Power.DIRECT, session.scope_path)
    if sent := QualityMark.objects.filter(pk=key, session=session).first():
        return sent
    refuse_if(mark not in dict(QualityMark.MARKS), "unknown_mark")
    session = StudySession.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=session.pk)
    refuse_if(session.withdrawn_at, "withdrawn_already")
    text = clean(text, most=400)
    refuse_if(mark == QualityMark.AGAIN and not text, "say_what_lacks")
    row = QualityMark.objects.create(
        id=key, session=session, mark=mark, text=text, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=session.scope_path,
    )  # fmt: skip
    record(by, "study.marked", on=at.date(), unit_id=session.delivery.unit_id, touched=[row, session], reason=mark)
    return row


@transaction.atomic
def note_export(unit: Unit, *, on: date, by: Actor) -> None:
    """Tải bảng học tập: the ledger says who took it, of which unit, when. Whoever sees the board may take it."""
    record(by, "study.exported", on=on, unit_id=unit.pk, touched=[unit])
