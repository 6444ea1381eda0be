"""What holds of any evening: rolls, denominators, tasks carried over, days moved, numbers without holes."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.cadres.models import PaperNumber
from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, note_absence, plan_meeting, postpone_meeting
from chibo.meetings.queries import meeting_view
from chibo.meetings.roll import roll_of
from chibo.meetings.sheet import Cell, Sheet
from chibo.membership.queries import RollMember
from tests.commune import NA_LOC, Commune

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

FEW = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
WHY = st.sampled_from(["", "", "", "exempt", "special_duty", "away"])
PEOPLE = st.lists(st.tuples(st.sampled_from(["official", "official", "probationary"]), WHY), min_size=1, max_size=30)
MARKS = st.sampled_from([None, "present", "late", "absent", "attends"])


def undone(commune: Commune, act: Any) -> Any:
    """What the act comes to; nothing of it stays but the account that acts."""
    commune.account("Inh")
    with transaction.atomic():
        found = act()
        transaction.set_rollback(True)
    return found


@given(st.data(), PEOPLE)
def test_every_roll_adds_up(data: Any, people: list[tuple[str, str]]) -> None:
    members = [RollMember(uuid.UUID(int=n + 1), f"N{n}", str(n), standing, why, guest=False)
               for n, (standing, why) in enumerate(people)]  # fmt: skip
    marks = {m.person_id: data.draw(MARKS) for m in members}
    told = {m.person_id for m in members if data.draw(st.booleans())}
    sheet = Sheet({f"roll.{who}": Cell(mark, 1) for who, mark in marks.items() if mark})
    defaults = {f"roll.{who}": "absent" for who in told} | {f"reason.{who}": "Ốm" for who in told}
    roll = roll_of(members, sheet, defaults)
    assert roll.expected == roll.present + roll.excused + roll.unexcused
    assert roll.total == roll.expected + roll.not_counted == len(members)
    assert roll.late <= roll.present
    assert roll.voters_present <= roll.voters_called <= sum(m.standing == "official" for m in members)
    for line in roll.lines:
        who = line.member.person_id
        if not line.member.why_not_counted and not marks[who]:
            assert line.state == ("excused" if who in told else "present")  # a notice counts until somebody marks


@FEW
@given(st.sets(st.sampled_from([name.split()[-1] for name in NA_LOC if "Hặc" not in name])))
def test_who_told_beforehand_is_excused_when_it_closes(commune: Commune, away: set[str]) -> None:
    def evening() -> Any:
        meeting = commune.meeting()
        for name in away:
            note_absence(meeting, commune.person(name).pk, "Ốm", key=uuid.uuid4(),
                         at=datetime(2026, 11, 2, 9, tzinfo=ZONE), by=MACHINE, by_name="")  # fmt: skip
        return commune.close(meeting).content["roll"]

    roll = undone(commune, evening)
    assert (roll["excused"], roll["unexcused"], roll["present"]) == (len(away), 0, 9 - len(away))
    assert {row["name"].split()[-1] for row in roll["absent"]} == away


@FEW
@given(st.lists(st.integers(1, 20), min_size=0, max_size=3), st.integers(0, 20))
def test_however_often_moved_it_is_late_exactly_when_held_after_its_day(
    commune: Commune, moves: list[int], held: int
) -> None:
    planned = date(2026, 11, 3)

    def story() -> str:
        meeting = commune.meeting()
        for n, days in enumerate(moves):
            to = planned + timedelta(days=days)
            meeting.refresh_from_db()
            if to != meeting.meets_on:
                postpone_meeting(meeting, to=to, reason="Mưa", key=uuid.uuid4(), by=MACHINE, by_name="",
                                 at=datetime(2026, 11, 1, 8 + n, tzinfo=ZONE))  # fmt: skip
        day = planned + timedelta(days=held)
        commune.close(meeting, held_on=day.isoformat(), at=datetime.combine(day, time(21, 30), ZONE))
        ask = (commune.na_loc, Period.month(planned), Tree.RESTATED)
        (row,) = figure("meetings.held", *ask, by=MACHINE, on=day).rows
        return row.state

    assert undone(commune, story) == ("late" if held else "on_day")


@FEW
@given(st.lists(st.sampled_from([Meeting.THEMATIC, Meeting.EXTRAORDINARY, Meeting.CELL_COMMITTEE]), max_size=3),
       st.lists(st.sampled_from(["done", "doing", "not_done", "dropped", ""]), min_size=4, max_size=4))  # fmt: skip
def test_a_task_is_looked_back_on_until_it_is_settled_whatever_kind_comes_next(
    commune: Commune, kinds: list[str], states: list[str]
) -> None:
    def story() -> tuple[list[bool], list[int]]:
        key = uuid.uuid4()
        commune.close(commune.meeting(month=date(2026, 8, 1)), **{f"task__{key}": "Sửa đường"})
        seen, numbers = [], []
        for n, (kind, state) in enumerate(zip([*kinds, Meeting.ORDINARY], states, strict=False)):
            plan = Plan(date(2026, 9, 10 + n), time(19, 0), theme="Rừng")
            if kind == Meeting.ORDINARY:
                meeting = commune.meeting(month=date(2026, 10, 1))
            else:
                meeting = plan_meeting(commune.na_loc, kind, plan, key=uuid.uuid4(), by=MACHINE)
            seen.append(key in [each.task.pk for each in meeting_view(meeting).open_tasks])
            result = {f"result__{key}": state} if seen[-1] and state else {}
            commune.close(meeting, conclusion="Nhất trí.", resolution="yes" if n % 2 else "", **result)
        for kind in ("BB", "NQ"):
            numbers.append(sorted(PaperNumber.objects.filter(kind=kind).values_list("number", flat=True)))
        return seen, numbers

    seen, numbers = undone(commune, story)
    settled = False
    for shown, state in zip(seen, states, strict=False):
        assert shown is not settled
        settled = settled or state in {"done", "dropped"}
    meetings = len(kinds) + 1
    assert numbers == [list(range(1, meetings + 2)), list(range(1, meetings // 2 + 1))]  # no hole, each kind its own
