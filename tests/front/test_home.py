"""Việc cần làm as each role sees it: what is owed comes first, each with its button; the same queries for many rows."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.access.operations import make_account
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import (
    NewTask,
    Plan,
    assign_charge,
    give_task,
    help_with,
    invite,
    plan_meeting,
    say_not_held,
)
from chibo.organisation.operations import found_unit
from tests.commune import EVENING, FOUNDED, PASSPHRASE, TODAY, Commune

Visit = Callable[..., str]
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def visit(commune: Commune) -> Visit:
    """The home page of that person, on the evening of the fifth unless another day is told."""

    def open_home(name: str, on: date = TODAY, hour: int = 20) -> str:
        with time_machine.travel(datetime.combine(on, time(hour), ZONE), tick=False):
            client = Client()
            client.force_login(commune.account(name))
            response = client.get("/")
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return open_home


def theme(commune: Commune, day: date) -> Meeting:
    plan = Plan(day, time(19, 30), "Nhà văn hóa", "Giữ rừng", None)
    return plan_meeting(commune.na_loc, Meeting.THEMATIC, plan, key=uuid.uuid4(), by=MACHINE)


def task(commune: Commune, text: str, due: date, owner: str = "Khiêm") -> None:
    new = NewTask(text, commune.person(owner).pk, due, "")
    give_task(commune.na_loc, new, key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"), by_name="Inh")


# a cell's secretary and deputy


def test_on_its_evening_the_meeting_comes_first_with_what_it_lacks(commune: Commune, visit: Visit) -> None:
    meeting = commune.meeting()
    for name in ("Inh", "Duyên"):
        page = visit(name, date(2026, 11, 3), 8)
        assert "<h1>Tối nay chi bộ sinh hoạt</h1>" in page
        assert "Còn <b>4 việc</b> nên xong trước buổi họp." in page
        assert "Chưa chọn người ghi biên bản" in page
        assert f'class="btn main-act" href="/sinh-hoat/{meeting.pk}/#chuan-bi">Mở buổi sinh hoạt</a>' in page
        assert page.count("main-act") == 1


def test_late_comes_first_then_by_day_and_reminders_last(commune: Commune, visit: Visit) -> None:
    commune.close(commune.meeting(month=OCTOBER))
    commune.meeting()
    theme(commune, date(2026, 11, 9))
    task(commune, "Thu đảng phí", TODAY)
    page = visit("Inh", TODAY + timedelta(days=1))
    wanted = ["Chưa ghi: sinh hoạt thường kỳ tháng 11/2026", "Thu đảng phí", "Sinh hoạt chuyên đề: Giữ rừng",
              "Nên làm", "Bản chụp biên bản đã ký", "Báo cáo tháng 10/2026"]  # fmt: skip
    places = [page.index(words) for words in wanted]
    assert places == sorted(places)


def test_an_overdue_task_leads_to_its_page(commune: Commune, visit: Visit) -> None:
    task(commune, "Thu đảng phí", TODAY)
    page = visit("Inh", TODAY + timedelta(days=3))
    assert "Quá hạn 3 ngày" in page
    assert ">Ghi kết quả</a>" in page
    assert 'href="/nhiem-vu/' in page


def test_the_numbers_in_the_rail_are_what_is_due(commune: Commune, visit: Visit) -> None:
    assert "việc đến hạn" not in visit("Inh", date(2026, 10, 31))
    commune.meeting()
    for text in ("Thu đảng phí", "Sửa đường"):
        task(commune, text, TODAY)
    task(commune, "Trồng rừng", TODAY + timedelta(days=30))
    page = visit("Inh", TODAY + timedelta(days=1))
    badge = '<span>{}</span><b><span class="sr">có </span>{}<span class="sr"> việc đến hạn</span></b>'
    for place, number in (("Việc cần làm", 3), ("Việc", 3), ("Sinh hoạt", 1), ("Nhiệm vụ", 2)):
        assert badge.format(place, number) in page
    assert "việc đến hạn" not in visit("Hoa", TODAY + timedelta(days=1))


def test_with_nothing_due_reminders_are_all_there_is(commune: Commune, visit: Visit) -> None:
    december = commune.meeting(commune.pom_khe, date(2026, 12, 1))
    page = visit("Liên", date(2026, 8, 10))
    assert "<h1>Không còn việc nào đến hạn</h1>" in page
    assert f'<a href="/sinh-hoat/{december.pk}/">sinh hoạt thường kỳ tháng 12/2026</a>, ngày 03/12/2026.' in page
    assert "Nên làm" in page  # themes and a report remind, which is no debt


def test_a_secretary_who_sits_in_the_committee_begins_in_their_own_cell(commune: Commune, visit: Visit) -> None:
    appoint(commune.person("Inh"), Office.COMMITTEE_MEMBER, commune.commune, on=FOUNDED, by=MACHINE)
    commune.meeting()
    page = visit("Inh", date(2026, 11, 3))
    assert "<h1>Tối nay chi bộ sinh hoạt</h1>" in page
    assert "Bí thư chi bộ<br>Chi bộ bản Nà Lốc" in page
    for address in (f"/don-vi/{commune.na_loc.pk}/sinh-hoat/", f"/bang-thang/{commune.commune.pk}/"):
        assert f'<li><a href="{address}">' in page
    assert "Họp cấp ủy" in page


# a member of the committee who looks after cells, a member without a post


def test_who_looks_after_cells_sees_them_and_the_visits(commune: Commune, visit: Visit) -> None:
    appoint(commune.person("Hoa"), Office.COMMITTEE_MEMBER, commune.commune, on=FOUNDED, by=MACHINE)
    hoa, first = commune.person("Hoa").pk, date(2026, 1, 1)
    assign_charge(hoa, [commune.na_loc], first=first, last=None, by=commune.actor("Nhung"))
    page = visit("Hoa")
    assert "Chi bộ đồng chí phụ trách" in page
    assert "Bản Nà Lốc" in page


def test_a_member_sees_invitations_and_own_tasks(commune: Commune, visit: Visit) -> None:
    invite(commune.meeting(month=date(2026, 12, 1)), at=EVENING, by=commune.actor("Inh"))
    task(commune, "Tuần tra rừng", TODAY + timedelta(days=2))
    page = visit("Khiêm")
    assert "<h1>1 việc cần làm</h1>" in page
    assert "Còn 2 ngày" in page
    assert "Xem, báo vắng" in page
    assert "Chi bộ quá ngày" not in page


def test_a_member_without_anything_learns_what_this_page_is_for(commune: Commune, visit: Visit) -> None:
    page = visit("Khiêm")
    assert "Khi đồng chí được mời họp" in page
    assert "Nhiệm vụ của tôi" in page


# the office, the province


def test_the_office_is_told_who_is_behind_with_the_words_at_hand(commune: Commune, visit: Visit) -> None:
    commune.close(commune.meeting())
    commune.meeting(commune.pom_khe)
    page = visit("Nhung")
    assert "<h1>1/2 chi bộ đã sinh hoạt tháng 11/2026</h1>" in page
    assert "1 chi bộ chưa sinh hoạt: Bản Pom Khe" in page
    assert f'main-act" href="/bang-thang/{commune.commune.pk}/2026/nhac/">Chép lời nhắc</a>' in page
    assert "Quá ngày 2 ngày" in page
    assert page.count("main-act") == 1


def test_beside_it_stands_the_month_in_numbers_that_open(commune: Commune, visit: Visit) -> None:
    commune.close(commune.meeting(month=OCTOBER))
    commune.close(commune.meeting(), at=datetime(2026, 11, 4, 21, 52, tzinfo=ZONE))
    theme(commune, date(2026, 11, 12))
    page = visit("Nhung")
    assert "/so-lieu/meetings.held/?don-vi=" in page
    assert "/so-lieu/meetings.attendance/?don-vi=" in page
    assert "Dự sinh hoạt từ đầu năm" in page
    assert "th.10" in page
    assert "<b>12/11/2026</b> thứ Năm" in page
    assert "Bản Nà Lốc</a>: sinh hoạt thường kỳ tháng 11/2026, 21:52 ngày 04/11/2026" in page
    assert "Vừa về" in visit("Nhung", date(2026, 11, 6))
    assert "Từ hôm qua chưa có biên bản nào về" in visit("Nhung", date(2026, 11, 6))


def test_what_the_office_typed_waits_for_the_cell(commune: Commune, visit: Visit) -> None:
    meeting = commune.meeting()
    by = commune.actor("Nhung")
    help_with(meeting, told_by=commune.person("Inh").pk, at=EVENING, by=by, by_name="Quàng Thị Nhung")
    commune.close(meeting, by="Nhung")
    page = visit("Nhung")
    assert "Đang chờ nơi khác" in page
    assert "chờ chi bộ xác nhận" in page
    assert "Xem và xác nhận" in visit("Inh")


def test_with_all_met_the_office_is_told_so(commune: Commune, visit: Visit) -> None:
    commune.close(commune.meeting())
    commune.close(commune.meeting(commune.pom_khe), by="Liên")
    page = visit("Nhung")
    assert "Không có việc nào đến hạn." in page
    assert "Không có chi bộ nào quá ngày họp." in page


def test_the_province_sees_communes_and_opens_their_boards(commune: Commune, visit: Visit) -> None:
    commune.meeting()
    commune.meeting(commune.pom_khe)
    commune.close(commune.meeting(commune.khuoi_moc), by="Sơn")
    page = visit("Vân")
    assert "<h1>1/3 chi bộ đã sinh hoạt tháng 11/2026</h1>" in page
    assert "2 chi bộ đã qua ngày họp; đã họp 0/2 buổi" in page
    assert f'href="/bang-thang/{commune.commune.pk}/">Mở bảng tháng</a>' in page
    assert f'href="/bang-thang/{commune.other_commune.pk}/">Mở bảng tháng</a>' not in page
    assert "Chép lời nhắc" not in page


# the same queries, however many rows


def count(commune: Commune, name: str) -> int:
    """Queries of the page itself: signed in, the account known."""
    with time_machine.travel(datetime(2026, 11, 6, 8, tzinfo=ZONE), tick=False):
        client = Client()
        client.force_login(commune.account(name))
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
    return len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]])


def fill(commune: Commune, more: int) -> None:
    for place in range(more):
        task(commune, f"Việc {place}", TODAY)
        theme(commune, date(2026, 11, 10))
        cell = found_unit(f"Chi bộ bản Mới {place}", kind="cell", parent=commune.commune, on=FOUNDED, by=MACHINE)
        commune.meeting(cell)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("name", "most"), [("Inh", 27), ("Nhung", 36), ("Páo", 33), ("Vân", 17), ("Khiêm", 12), ("Quý", 10)]
)
def test_the_budget_of_each_home(commune: Commune, name: str, most: int) -> None:
    commune.close(commune.meeting(month=OCTOBER))
    commune.meeting()
    fill(commune, 1)
    few = count(commune, name)
    fill(commune, 4)
    assert count(commune, name) <= few
    assert few <= most, few


def test_the_month_is_one_square_a_cell_also_where_none_is_held(commune: Commune, visit: Visit) -> None:
    commune.close(commune.meeting())
    off = commune.meeting(commune.pom_khe)
    say_not_held(off, reason="Dịch bệnh", key=uuid.uuid4(), at=EVENING, by=commune.actor("Liên"), by_name="Liên")
    page = visit("Nhung")
    assert 'aria-label="1 chi bộ đã họp, 0 chưa đến ngày, 0 quá ngày, 1 không họp có lý do"' in page
    assert "không họp, có lý do 1" in page


def test_who_reminds_signs_with_the_post_of_that_commune(commune: Commune) -> None:
    appoint(commune.person("Inh"), Office.COMMITTEE_MEMBER, commune.commune, on=FOUNDED, by=MACHINE)
    commune.meeting(commune.pom_khe)
    client = Client()
    with time_machine.travel(EVENING + timedelta(days=2), tick=False):
        client.force_login(commune.account("Inh"))
        page = client.get(f"/bang-thang/{commune.commune.pk}/2026/nhac/").content.decode()
    assert "Đảng ủy viên, Đảng bộ xã Huổi Lam." in page


def test_one_place_of_the_rail_is_where_one_is(commune: Commune) -> None:
    client = Client()
    with time_machine.travel(EVENING, tick=False):
        client.force_login(commune.account("Nhung"))
        for address, place in (
            ("/", "Việc cần làm"), (f"/don-vi/{commune.commune.pk}/", "Tổ chức"),
            (f"/don-vi/{commune.commune.pk}/sinh-hoat/", "Họp cấp ủy"),
            (f"/don-vi/{commune.commune.pk}/dang-vien/", "Đảng viên"),
            (f"/bang-thang/{commune.commune.pk}/", "Bảng tháng"),
        ):  # fmt: skip
            page = client.get(address).content.decode()
            rail = page[page.index('id="dieu-huong"') : page.index("</nav>", page.index('id="dieu-huong"'))]
            assert rail.count("aria-current") == 1, address
            assert f"<span>{place}</span>" in rail[rail.index("aria-current") :].split("</a>")[0]


def test_the_unit_page_shows_the_meetings_of_its_committee(commune: Commune) -> None:
    client = Client()
    plan = Plan(date(2026, 11, 9), None, "Phòng họp", "", None)
    plan_meeting(commune.commune, Meeting.STANDING, plan, key=uuid.uuid4(), by=MACHINE)
    with time_machine.travel(EVENING, tick=False):
        client.force_login(commune.account("Nhung"))
        page = client.get(f"/don-vi/{commune.commune.pk}/").content.decode()
    assert "Hội nghị cấp ủy gần đây" in page
    assert "Hội nghị Ban Thường vụ" in page


def test_an_account_that_is_nobodys_yet_opens_an_empty_page(commune: Commune) -> None:
    client = Client()
    with time_machine.travel(EVENING, tick=False):
        client.force_login(make_account("chua.ghep", PASSPHRASE, at=EVENING, by=MACHINE))
        page = client.get("/").content.decode()
    assert "<h1>Không còn việc nào đến hạn</h1>" in page
    assert "Khi đồng chí được mời họp" in page
