"""Kết thúc buổi sinh hoạt."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Closure, Minutes, RollException, Task
from chibo.meetings.operations import close_meeting
from chibo.meetings.queries import meeting_view
from tests.commune import EVENING, NOVEMBER, Commune
from tests.conftest import refused

OCTOBER = date(2026, 10, 1)


def test_it_freezes_roll_and_counters(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.mark(meeting, "Khiêm", "absent", "Đi công tác")
    commune.mark(meeting, "Hoa", "absent")
    commune.mark(meeting, "Ún", "late")
    commune.close(meeting)
    closure = Closure.objects.get(meeting=meeting)
    counted = (closure.total, closure.expected, closure.present, closure.late, closure.excused, closure.unexcused)
    assert counted == (10, 9, 7, 1, 1, 1)
    assert closure.not_counted == 1
    states = dict(RollException.objects.filter(closure=closure).values_list("person__full_name", "state"))
    assert states == {
        "Hà Văn Khiêm": "excused",
        "Cà Thị Hoa": "unexcused",
        "Tòng Văn Ún": "late",
        "Vì Văn Hặc": "not_counted",
    }


def test_it_seals_numbered_minutes_and_signs_once(commune: Commune) -> None:
    first = commune.close(commune.meeting(month=OCTOBER))
    second = commune.close(commune.meeting(), conclusion="Nhất trí.")
    assert [first.number.number, second.number.number] == [1, 2]
    assert second.content["conclusion"] == "Nhất trí."
    assert second.content["unit"]["parent"] == "Đảng bộ xã Huổi Lam"
    assert (second.layout, second.outline) == ("hd05", "hd42")
    entry = Entry.objects.get(pk=second.entry_id)
    assert entry.verb == "meeting.closed"
    assert entry.touches.filter(kind="meetings.meeting", object_id=str(second.pk)).exists()


def test_each_cell_has_its_own_numbers(commune: Commune) -> None:
    here = commune.close(commune.meeting())
    there = commune.close(commune.meeting(commune.pom_khe), by="Liên")
    assert here.number.number == there.number.number == 1


def test_it_gives_tasks_that_the_next_meeting_looks_back_on(commune: Commune) -> None:
    key = uuid.uuid4()
    owner = str(commune.person("Khiêm").pk)
    october = commune.meeting(month=OCTOBER)
    commune.close(october, **{f"task__{key}": "Sửa đường", f"owner__{key}": owner, f"due__{key}": "31/10/2026"})
    task = Task.objects.get(pk=key)
    assert (task.text, task.owner, task.due) == ("Sửa đường", commune.person("Khiêm"), date(2026, 10, 31))
    november = commune.meeting()
    assert [o.task.pk for o in meeting_view(november).open_tasks] == [key]
    minutes = commune.close(november, **{f"result__{key}": "done"})
    assert minutes.content["previous"]["tasks"][0]["state"] == "done"
    december = commune.meeting(month=date(2026, 12, 1))
    assert meeting_view(december).open_tasks == ()


def test_sending_twice_gives_the_same_minutes(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.write(meeting, ended="21:15")
    revision = meeting_view(meeting).sheet.revision
    once = {"key": uuid.uuid4(), "seen_revision": revision, "at": EVENING, "by": commune.actor("Inh"), "by_name": ""}
    assert close_meeting(meeting, **once) == close_meeting(meeting, **once)
    assert Minutes.objects.count() == 1


def test_a_second_closing_is_refused(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.close(meeting)
    with refused("already_closed"):
        close_meeting(meeting, key=uuid.uuid4(), seen_revision=0, at=EVENING, by=commune.actor("Duyên"), by_name="")


def test_it_is_refused_when_somebody_wrote_in_between(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.write(meeting, ended="21:15")
    seen = meeting_view(meeting).sheet.revision
    commune.write(meeting, by="Duyên", conclusion="Thêm một ý.")
    with refused("sheet_moved"):
        close_meeting(meeting, key=uuid.uuid4(), seen_revision=seen, at=EVENING, by=commune.actor("Inh"), by_name="")


def test_votes_cannot_exceed_the_voters_in_the_room(commune: Commune) -> None:
    meeting = commune.meeting()
    with refused("votes_exceed_voters", votes=9, voters=8):
        commune.close(meeting, vote_for="9")


def test_an_exempt_member_who_comes_may_vote(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.mark(meeting, "Hặc", "attends")
    minutes = commune.close(meeting, vote_for="9")
    assert minutes.content["roll"]["voters_called"] == 9
    assert Closure.objects.get(meeting=meeting).expected == 9


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ended": ""}, "no_time"),
        ({"ended": "19:00"}, "ends_before_it_starts_time"),
        ({"held_on": "30/11/2026"}, "not_held_yet"),
        ({"due__" + str(uuid.UUID(int=4)): "30/11/2026"}, "task_without_text"),
        ({f"task__{uuid.UUID(int=6)}": "Mua rọ đá", f"due__{uuid.UUID(int=6)}": "5/1/26"}, "due_before_meeting"),
        ({"chair": str(uuid.UUID(int=5))}, "chair_not_on_roll"),
    ],
)
def test_it_says_what_is_missing(commune: Commune, fields: dict[str, str], code: str) -> None:
    meeting = commune.meeting()
    with refused(code):
        commune.close(meeting, **fields)
    assert not Closure.objects.exists()


def test_it_needs_the_chair(commune: Commune) -> None:
    meeting = commune.meeting()
    for name in ("Nhung", "Liên", "Páo", "Khiêm"):
        with pytest.raises(NoPower):
            close_meeting(meeting, key=uuid.uuid4(), seen_revision=0, at=EVENING, by=commune.actor(name), by_name="")


def test_unsure_rules_warn_and_never_block(commune: Commune) -> None:
    minutes = commune.close(commune.meeting(), ended="20:00", vote_for="2")
    said = " ".join(minutes.content["remarks"])
    assert "30 phút" in said
    assert "42-HD/BTCTW" in said
    assert "chưa quá một nửa" in said


def test_a_right_that_ended_yesterday_is_gone(commune: Commune) -> None:
    from chibo.cadres.models import Post
    from chibo.cadres.operations import end_post
    from chibo.kernel.actor import MACHINE

    post = Post.objects.get(person=commune.person("Inh"))
    end_post(post, last=NOVEMBER, by=MACHINE)
    with pytest.raises(NoPower):
        commune.actor("Inh", NOVEMBER + timedelta(days=1)).must("chair", commune.na_loc.scope_path)
