"""What holds of any sheet: stale writers, votes, tasks carried from month to month, and closed is closed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.figures.answers import Tree
from chibo.figures.door import figures
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import Refused, Stale
from chibo.kernel.periods import Period
from chibo.meetings.models import Closure, Minutes, RollException, SheetEntry
from chibo.meetings.operations import Change, add_note, note_absence, save_fields
from chibo.meetings.queries import meeting_view
from chibo.meetings.sheet import sheet_of
from chibo.membership.models import Absence, Standing
from chibo.membership.operations import correct_standing, end_belonging, leave_out, move_member
from chibo.reports.paper.minutes import minutes_docx
from chibo.reports.queries import notes_of
from tests.commune import EVENING, NOVEMBER, TODAY, Commune
from tests.meetings.test_properties import FEW, undone
from tests.reports.reading import lines

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
BOXES = ("conclusion", "discussion")
SAVES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(BOXES), st.sampled_from("abc")), max_size=12)


@FEW
@given(SAVES, st.lists(st.booleans(), min_size=12, max_size=12))
def test_a_stale_save_writes_nothing_and_an_accepted_one_is_never_lost(
    commune: Commune, saves: list[tuple[int, str, str]], looks: list[bool]
) -> None:
    def story() -> None:
        meeting = commune.meeting()
        stored = dict.fromkeys(BOXES, ("", 0))
        seen = [dict(stored) for _ in range(3)]
        accepted: dict[str, list[str]] = {box: [] for box in BOXES}
        for (who, box, word), looked in zip(saves, looks, strict=False):
            mine = seen[who][box]
            now, fits = stored[box], mine == stored[box]
            try:
                got = save_fields(meeting, {box: Change(word, mine[1])}, at=EVENING, by=MACHINE, by_name="")
            except Stale as stale:
                (told,) = stale.conflicts
                assert not fits and word not in (now[0], mine[0])
                assert (told["mine"], told["theirs"], told["version"]) == (word, *now)
            else:
                assert fits or word in (now[0], mine[0])  # stale, yet nothing of theirs is asked to change
                if fits and word != now[0]:
                    stored[box] = (word, now[1] + 1)
                    accepted[box].append(word)
                assert got == {box: stored[box][1]}
            cell = sheet_of(meeting)[box]
            assert (cell.value, cell.version) == stored[box]
            if looked:
                seen[who] = dict(stored)
        for box in BOXES:
            rows = SheetEntry.objects.filter(meeting=meeting, field=box).order_by("version")
            assert list(rows.values_list("value", flat=True)) == accepted[box]

    undone(commune, story)


@FEW
@given(
    st.dictionaries(
        st.sampled_from(["Duyên", "Khiêm", "Ngoan", "Hặc", "Hoa"]), st.sampled_from(["absent", "late", "attends"])
    ),
    st.tuples(*[st.integers(0, 5)] * 3),
)
def test_a_vote_counts_official_members_in_the_room(
    commune: Commune, marks: dict[str, str], votes: tuple[int, int, int]
) -> None:
    """Ngoan is on probation and has no vote; Hặc is exempt and votes when he comes."""
    marks = {name: mark for name, mark in marks.items() if (name == "Hặc") == (mark == "attends")}
    away = sum(mark == "absent" and name != "Ngoan" for name, mark in marks.items())
    called = 8 + ("Hặc" in marks)  # ten members, one exempt, one on probation
    names = ("vote_for", "vote_against", "vote_blank")

    def story() -> Any:
        meeting = commune.meeting()
        for name, mark in marks.items():
            commune.mark(meeting, name, mark)
        try:
            return commune.close(meeting, **{name: str(n) for name, n in zip(names, votes, strict=True)}).content
        except Refused as refusal:
            return refusal

    told = undone(commune, story)
    if sum(votes) > called - away:
        assert (told.code, told.facts) == ("votes_exceed_voters", {"votes": sum(votes), "voters": called - away})
    else:
        counted = dict(zip(("for", "against", "blank"), votes, strict=True))
        assert told["vote"] == counted | {
            "base": called - away, "called": called, "carried": votes[0] > called / 2
        }  # fmt: skip
        assert (told["roll"]["voters_present"], told["roll"]["voters_called"]) == (called - away, called)


@FEW
@given(st.lists(st.lists(st.sampled_from(["done", "doing", "not_done", "dropped", ""]), min_size=6, max_size=6),
                min_size=3, max_size=3))  # fmt: skip
def test_every_month_shows_exactly_the_tasks_not_yet_settled(commune: Commune, results: list[list[str]]) -> None:
    """Two tasks given a month; what is looked back on, and what the figures count as open, is a sum on paper."""

    def story() -> None:
        still_open: list[uuid.UUID] = []
        for n, states in enumerate(results):
            meeting = commune.meeting(month=date(2026, 8 + n, 1))
            assert {each.task.pk for each in meeting_view(meeting).open_tasks} == set(still_open)
            said = dict(zip(still_open, states, strict=False))
            given = [uuid.uuid4(), uuid.uuid4()]
            fields = {f"result__{key}": state for key, state in said.items() if state}
            minutes = commune.close(meeting, **fields, **{f"task__{key}": f"Việc tháng thứ {n + 1}" for key in given})
            assert len(minutes.content["previous"]["tasks"]) == len(said)
            still_open = [key for key in still_open if said[key] not in {"done", "dropped"}] + given
            asked = figures(("tasks.open",), commune.na_loc, Period.month(meeting.month), Tree.RESTATED,
                            by=MACHINE, on=TODAY)  # fmt: skip
            assert asked["tasks.open"].numerator == len(still_open)

    undone(commune, story)


LATER = [
    lambda c: correct_standing(Standing.objects.get(person=c.person("Khiêm")), kind=Standing.PROBATIONARY,
                               first=NOVEMBER, last=None, why="typed_wrong", at=EVENING, by=MACHINE),
    lambda c: leave_out(c.person("Hoa"), Absence.EXEMPT, first=NOVEMBER, last=None, by=MACHINE),
    lambda c: move_member(c.person("Uyên"), to=c.pom_khe, first=date(2026, 11, 2), on=TODAY, by=MACHINE),
    lambda c: end_belonging(c.person("Ún"), "died", last=date(2026, 11, 2), on=TODAY, by=MACHINE),
]  # fmt: skip


@FEW
@given(st.lists(st.sampled_from(range(len(LATER))), unique=True), st.integers(0, 2))
def test_closed_is_closed_whatever_is_corrected_afterwards(commune: Commune, acts: list[int], notes: int) -> None:
    """Facts of members change, also backwards; counters, exceptions, figures and sealed paper do not."""

    def frozen(minutes: Minutes) -> list[Any]:
        exceptions = RollException.objects.filter(closure__meeting=minutes.meeting)
        closure = Closure.objects.get(meeting=minutes.meeting)
        asked = figures(("meetings.attendance", "meetings.held"), commune.na_loc, Period.month(NOVEMBER),
                        Tree.AS_WAS, by=MACHINE, on=TODAY)  # fmt: skip
        return [
            sorted(exceptions.values_list("person", "state", "reason")), sorted(closure.roll), closure.expected,
            closure.present, Minutes.objects.get(pk=minutes.pk).content,
            [(each.numerator, each.denominator) for each in asked.values()],
        ]  # fmt: skip

    def refused(act: Callable[[], Any]) -> str:
        try:
            return str(act())
        except Refused as refusal:
            return refusal.code

    def story() -> None:
        meeting = commune.meeting()
        commune.mark(meeting, "Khiêm", "absent", "Ốm")
        commune.mark(meeting, "Hoa", "absent")
        minutes = commune.close(meeting, vote_for="5", conclusion="Nhất trí.")
        before, paper = frozen(minutes), drawn(minutes)
        for place in acts:
            LATER[place](commune)
        for n in range(notes):
            add_note(minutes, f"Sửa {n}", key=uuid.uuid4(), at=EVENING, by=MACHINE, by_name="Lò Văn Inh")
        late = {"roll." + str(commune.person("Hoa").pk): Change("present", 1)}
        assert refused(lambda: save_fields(meeting, late, at=EVENING, by=MACHINE, by_name="")) == "already_closed"
        at = datetime.combine(date(2026, 11, 4), time(9), ZONE)
        hoa = commune.person("Hoa").pk
        told = refused(lambda: note_absence(meeting, hoa, "Ốm", key=uuid.uuid4(), at=at, by=MACHINE, by_name=""))
        assert told == "already_closed"
        assert frozen(minutes) == before
        after = drawn(minutes)
        assert after[: len(paper)] == paper and len(after) - len(paper) == (3 + notes if notes else 0)

    undone(commune, story)


def drawn(minutes: Minutes) -> list[str]:
    return lines(minutes_docx(minutes.content, layout=minutes.layout, outline=minutes.outline,
                              notes=notes_of(minutes)))  # fmt: skip
