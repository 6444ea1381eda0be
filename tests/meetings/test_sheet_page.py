"""Trang phiếu của một buổi, mỗi loại một khác."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from html.parser import HTMLParser

import pytest

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting, SheetEntry
from chibo.meetings.operations import Plan, help_with, plan_meeting, postpone_meeting
from chibo.meetings.page import meeting_page
from chibo.meetings.queries import meeting_view
from tests.commune import FOUNDED, Commune
from tests.meetings.conftest import SignIn

OCTOBER = date(2026, 10, 1)


def planned(commune: Commune, kind: str) -> Meeting:
    unit = commune.commune if kind in Meeting.OF_A_COMMITTEE else commune.na_loc
    plan = Plan(date(2026, 11, 3), time(14, 0), theme="Giữ rừng đầu nguồn")
    return plan_meeting(unit, kind, plan, key=uuid.uuid4(), by=MACHINE)


def test_the_secretary_writes_and_a_reader_reads(commune: Commune, sign_in: SignIn) -> None:
    meeting = commune.meeting()
    mine = sign_in("Inh").get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    assert "Sinh hoạt thường kỳ tháng 11/2026" in mine
    assert "Xem lại, kết thúc" in mine
    read = sign_in("Páo").get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    assert "không sửa được" in read
    assert "Xem lại, kết thúc" not in read


class Form(HTMLParser):
    """What a browser without script would post from a page: every named control with its value."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self.select = self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name, value = told.get("name", ""), told.get("value", "")
        if tag in {"select", "textarea"}:
            self.select, self.area = (name, "") if tag == "select" else ("", name)
            self.posted[name] = ""
        elif tag == "option" and "selected" in told:
            self.posted[self.select] = value
        elif tag == "input" and (told.get("type") != "radio" or "checked" in told):
            self.posted[name] = value

    def handle_data(self, data: str) -> None:
        if self.area:
            self.posted[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def test_a_page_posted_as_it_is_shown_changes_nothing(commune: Commune, sign_in: SignIn) -> None:
    meeting, key = commune.meeting(), uuid.uuid4()
    commune.mark(meeting, "Hoa", "absent", "Ốm, chữa bệnh")
    duyen, un = str(commune.person("Duyên").pk), str(commune.person("Ún").pk)
    commune.write(meeting, chair=duyen, writer=un, topic="works", conclusion="Một.\nHai.", criticism="done",
                  **{f"task__{key}": "Sửa đường", f"owner__{key}": un, f"due__{key}": "10/11/2026"})  # fmt: skip
    before = {name: cell.value for name, cell in meeting_view(meeting).sheet.items()}
    me = sign_in("Inh")
    posted = Form(me.get(f"/sinh-hoat/{meeting.pk}/").content.decode()).posted
    assert {posted["chair"], posted[f"owner.{key}"], posted["topic"]} == {duyen, un, "works"}
    assert me.post(f"/sinh-hoat/{meeting.pk}/phieu/", posted).status_code == 302
    after = {name: cell.value for name, cell in meeting_view(meeting).sheet.items()}
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    ("field", "typed", "taken"),
    [
        ("due", "15/12", "15/12/2026"),
        ("due", "20.1", "20/01/2027"),
        ("due", "5/1/27", "05/01/2027"),
        ("held_on", "2/11", "02/11/2026"),
        ("papers_sent_on", "30-10", "30/10/2026"),
        ("ended", "21g5", "21:05"),
    ],
)
def test_the_page_is_told_what_was_understood(
    commune: Commune, sign_in: SignIn, field: str, typed: str, taken: str
) -> None:
    meeting, me = commune.meeting(), sign_in("Inh")
    name = f"due.{uuid.uuid4()}" if field == "due" else field
    path = f"/sinh-hoat/{meeting.pk}/"
    told = me.post(f"{path}phieu/", {name: typed, f"v:{name}": "0"}, headers={"X-Chibo-Part": "field"}).json()
    assert told["understood"] == {name: taken}
    assert f'value="{taken}"' in me.get(path).content.decode()


SHOWN = {"ky-truoc": 'id="ky-truoc"', "dues": "Đã nộp đảng phí", "score": "Tự chấm chất lượng",
         "criticism": "Tự phê bình và phê bình", "petitions": "Giải đáp kiến nghị"}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "writer", "parts"),
    [
        (Meeting.ORDINARY, "Inh", set(SHOWN)),
        (Meeting.THEMATIC, "Inh", set()),
        (Meeting.EXTRAORDINARY, "Inh", {"ky-truoc"}),
        (Meeting.CELL_COMMITTEE, "Inh", {"ky-truoc"}),
        (Meeting.STANDING, "Nhung", {"ky-truoc"}),
    ],
)
def test_each_kind_shows_what_fits_it(
    commune: Commune, sign_in: SignIn, kind: str, writer: str, parts: set[str]
) -> None:
    meeting = commune.meeting() if kind == Meeting.ORDINARY else planned(commune, kind)
    page = sign_in(writer).get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    assert {name for name, words in SHOWN.items() if words in page} == parts
    assert "Ra nghị quyết" in page
    assert ("Giữ rừng đầu nguồn" in page) == (kind != Meeting.ORDINARY)


def test_the_vote_names_its_denominator(commune: Commune) -> None:
    ordinary = meeting_page(meeting_view(commune.meeting()), actor=commune.actor("Inh")).vote_base
    assert ordinary.startswith("Tính trên 8 đảng viên chính thức được triệu tập")
    assert "294-QĐ/TW" in ordinary
    committee = meeting_page(meeting_view(planned(commune, Meeting.CELL_COMMITTEE)), actor=commune.actor("Inh"))
    assert committee.vote_base == "Tính trên 2 chi ủy viên được triệu tập; có mặt 2."
    appoint(commune.person("Liên"), Office.STANDING_MEMBER, commune.commune, on=FOUNDED, by=MACHINE)
    standing = meeting_page(meeting_view(planned(commune, Meeting.STANDING)), actor=commune.actor("Páo"))
    assert standing.vote_base == "Tính trên 2 ủy viên Ban Thường vụ được triệu tập; có mặt 2."


def test_what_is_owed_is_one_tap_from_being_the_focal_item(commune: Commune, sign_in: SignIn) -> None:
    task = uuid.uuid4()
    commune.close(
        commune.meeting(month=OCTOBER),
        conclusion="Dứt điểm đường nội bản.",
        **{f"task__{task}": "Sửa đường nội bản", f"due__{task}": "31/10/2026"},
    )
    meeting, inh = commune.meeting(), sign_in("Inh")
    path = f"/sinh-hoat/{meeting.pk}/"
    page = inh.get(path).content.decode()
    assert "quá hạn 3 ngày" in page
    assert "kết luận: «Dứt điểm đường nội bản.»" in page
    # without a script the whole form comes along with the tap
    answer = inh.post(
        f"{path}phieu/", {"take": str(task), "focal": "", "v:focal": "0", "venue": "Lớp học", "v:venue": "0"}
    )
    assert answer["Location"].endswith("#chuan-bi")
    sheet = meeting_view(meeting).sheet
    assert (sheet.text("focal"), sheet.text("venue")) == ("Sửa đường nội bản", "Lớp học")
    minutes = commune.close(meeting, topic="works")
    assert minutes.content["focal_task"] == str(task)
    assert minutes.content["topic"]["label"] == "Đường sá, công trình, môi trường"


def test_a_tap_on_what_is_no_suggestion_writes_nothing(commune: Commune, sign_in: SignIn) -> None:
    meeting = commune.meeting()
    sign_in("Inh").post(f"/sinh-hoat/{meeting.pk}/phieu/", {"take": str(uuid.uuid4())})
    assert not SheetEntry.objects.exists()


def test_opinions_and_what_was_concluded_are_sealed_by_subject(commune: Commune) -> None:
    said = {"opinions": "Nước sạch: đề nghị sửa bể", "criticism": "done", "criticism_concluded": "Sửa giờ giấc."}
    content = commune.close(commune.meeting(), **said).content
    assert content["opinions"] == "Nước sạch: đề nghị sửa bể"
    assert content["criticism"] == {"done": True, "concluded": "Sửa giờ giấc."}


def test_closed_it_tells_what_became_of_it(commune: Commune, sign_in: SignIn) -> None:
    meeting = commune.meeting()
    noon = datetime(2026, 11, 2, 12, tzinfo=ZONE)
    postpone_meeting(meeting, to=date(2026, 11, 4), reason="Mưa lũ", key=uuid.uuid4(), at=noon, by=MACHINE, by_name="")
    meeting.refresh_from_db()
    help_with(meeting, told_by=commune.person("Inh").pk, at=noon, by=commune.actor("Nhung"), by_name="Nhung")
    late = datetime(2026, 11, 4, 21, 30, tzinfo=ZONE)
    commune.close(meeting, by="Nhung", at=late, resolution="yes", conclusion="Làm đường.", score__time="na",
                  score__attendance="5")  # fmt: skip
    page = sign_in("Páo").get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    for words in ("Nghị quyết số 01-NQ/", "Từ 03/11/2026 sang 04/11/2026: Mưa lũ", "Lò Văn Inh kể",
                  "Chưa ai của chi bộ xác nhận", "Tự chấm: 5/95 điểm", "Thời gian: không áp dụng"):  # fmt: skip
        assert words in page


def test_the_sheet_takes_the_same_queries_however_long(commune: Commune, queries: object) -> None:
    october = commune.meeting(month=OCTOBER)
    keys = [uuid.uuid4() for _ in range(12)]
    commune.close(october, **{f"task__{key}": f"Việc {n}" for n, key in enumerate(keys)})
    meeting, actor = commune.meeting(), commune.actor("Inh")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as many:
        meeting_page(meeting_view(meeting), actor=actor)
    other = commune.meeting(commune.pom_khe)
    with CaptureQueriesContext(connection) as few:
        meeting_page(meeting_view(other), actor=commune.actor("Liên"))
    assert len(many) - len(few) <= 2, "one look at the tasks' results more, not one a task"
