"""A person asks about their own data; the keepers of the book answer with a reason; the law's clocks run."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from chibo.access.models import DataAnswer, DataRequest
from chibo.access.operations import Author, after_workdays, answer_request, ask_about_data, withdraw_request
from chibo.front.requests import asked, owed
from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.membership.operations import enter_member
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

OWN = "/toi/yeu-cau/"


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def author(commune: Commune, name: str, at: datetime = EVENING) -> Author:
    return Author(commune.actor(name), commune.person(name).full_name, at)


def ask(commune: Commune, name: str = "Khiêm", kind: str = "correction", text: str = "Ngày vào chi bộ ghi sai",
        key: uuid.UUID | None = None) -> DataRequest:  # fmt: skip
    path = commune.person(name).scope_path
    return ask_about_data(kind, text, key=key or uuid.uuid4(), scope_path=path, author=author(commune, name))


def visitor(commune: Commune, name: str) -> Client:
    client = Client()
    client.force_login(commune.account(name))
    return client


@pytest.mark.parametrize(
    ("kind", "act_by"),
    [("access", date(2026, 11, 13)), ("correction", date(2026, 11, 13)), ("restriction", date(2026, 11, 18)),
     ("erasure", date(2026, 11, 23))],
)  # fmt: skip
def test_the_clocks_of_the_law_start_with_the_request(commune: Commune, kind: str, act_by: date) -> None:
    row = ask(commune, kind=kind)
    assert (row.answer_by, row.act_by) == (date(2026, 11, 5), act_by)


def test_working_days_leave_weekends_out() -> None:
    friday = date(2026, 11, 6)
    assert after_workdays(friday, 2) == date(2026, 11, 10)
    assert after_workdays(friday + timedelta(days=1), 2) == date(2026, 11, 10)
    assert after_workdays(friday, 0) == friday


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (date(2026, 2, 13), date(2026, 2, 24)),  # the Friday before Tết Bính Ngọ
        (date(2026, 4, 24), date(2026, 4, 29)),  # Giỗ Tổ on a Sunday is made up for on Monday
        (date(2026, 4, 29), date(2026, 5, 5)),  # 30/4 and 1/5, then a weekend
        (date(2026, 8, 20), date(2026, 8, 22)),  # that Saturday is worked, for the Monday before Quốc khánh
        (date(2026, 8, 28), date(2026, 9, 4)),
        (date(2028, 4, 28), date(2028, 5, 2)),  # a year nobody has written down: weekends alone
    ],
)
def test_working_days_leave_public_holidays_out(asked: date, answered: date) -> None:
    assert after_workdays(asked, 2) == answered


def test_received_put_off_once_done(commune: Commune) -> None:
    row, nhung = ask(commune, kind="restriction"), author(commune, "Nhung")
    answer_request(row, "received", "", author=nhung)
    with refused("no_reason"):
        answer_request(row, "extended", " ", author=nhung)
    later = answer_request(row, "extended", "Chờ văn bản của cấp trên", author=nhung)
    assert later.act_by == date(2026, 12, 3)
    with refused("answered_so_already"):
        answer_request(row, "extended", "Lần nữa", author=nhung)
    answer_request(row, "done", "Đã khép phần ấy, chỉ giữ để lưu", author=nhung)
    for again in ("done", "refused", "received"):
        with refused("request_settled"):
            answer_request(row, again, "Lần nữa", author=nhung)
    assert [entry.reason for entry in Entry.objects.filter(verb="request.answered").order_by("pk")] == [
        "received", "extended", "done",
    ]  # fmt: skip


def test_who_asked_may_withdraw_and_nobody_else(commune: Commune) -> None:
    row = ask(commune)
    with refused("not_your_request"):
        withdraw_request(row, author=author(commune, "Nhung"))
    withdraw_request(row, author=author(commune, "Khiêm"))
    with refused("request_settled"):
        answer_request(row, "done", "Xong", author=author(commune, "Nhung"))
    with refused("unknown_answer"):
        answer_request(ask(commune), "withdrawn", "Thôi", author=author(commune, "Nhung"))


def test_what_cannot_be_asked(commune: Commune) -> None:
    for kind in ("", "xem", "access;"):
        with refused("unknown_request_kind"):
            ask(commune, kind=kind)
    with refused("no_text"):
        ask(commune, text=" \n ")
    with refused("looks_like_identity"):
        ask(commune, text="Số căn cước đúng là 012345678901")
    with refused("text_too_long"):
        ask(commune, text="a" * 1001)
    ask(commune)
    with refused("asked_already"):
        ask(commune)
    ask(commune, kind="access")
    assert DataRequest.objects.count() == 2


def test_the_same_form_twice_is_one_request(commune: Commune) -> None:
    key = uuid.uuid4()
    assert ask(commune, key=key) == ask(commune, key=key)
    with refused("key_used"):
        ask(commune, key=key, text="Chữ khác")


def test_only_the_keepers_of_the_book_answer_and_nobody_themselves(commune: Commune) -> None:
    row, own = ask(commune), ask(commune, "Nhung")
    for name in ("Inh", "Páo", "Lan", "Vân", "Hoa"):
        with pytest.raises(NoPower):
            answer_request(row, "done", "Xong", author=author(commune, name))
    with refused("not_for_oneself"):
        answer_request(own, "done", "Xong", author=author(commune, "Nhung"))


def test_whoever_only_reads_the_member_does_not_see_the_request(commune: Commune) -> None:
    page = reverse("front:request", args=[ask(commune).pk])
    seen = {
        name: visitor(commune, name).get(page).status_code for name in ("Khiêm", "Nhung", "Inh", "Páo", "Lan", "Vân")
    }
    assert seen == {"Khiêm": 200, "Nhung": 200, "Inh": 404, "Páo": 404, "Lan": 404, "Vân": 404}
    assert visitor(commune, "Inh").post(page, {"kind": "done", "reason": "x"}).status_code == 404
    assert (
        visitor(commune, "Nhung").post(reverse("front:request_withdrawal", args=[ask(commune, "Ún").pk])).status_code
        == 404
    )


def test_the_second_wall_lets_people_ask_for_themselves_only(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    khiem, un = author(commune, "Khiêm"), commune.person("Ún")
    as_app(khiem.by)
    row = ask_about_data("access", "Xem", key=uuid.uuid4(), scope_path=commune.person("Khiêm").scope_path, author=khiem)
    withdraw_request(row, author=khiem)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        DataRequest.objects.create(
            id=uuid.uuid4(), person_id=un.pk, kind="erasure", text="x", on=TODAY, at=EVENING, answer_by=TODAY,
            act_by=TODAY, by_name="", scope_path=un.scope_path,
        )  # fmt: skip
    for attempt in (lambda: DataRequest.objects.update(text="khác"), lambda: DataAnswer.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_the_whole_way_on_pages(commune: Commune) -> None:
    khiem, nhung = visitor(commune, "Khiêm"), visitor(commune, "Nhung")
    assert khiem.post(OWN, {"kind": "correction", "text": "012345678901"}).status_code == 422
    assert khiem.post(OWN, {"kind": "correction", "text": "Tên đệm sai", "key": str(uuid.uuid4())}).status_code == 302
    row = DataRequest.objects.get()
    assert "Trả lời yêu cầu sửa chỗ sai" in nhung.get("/").content.decode()
    page = nhung.get(reverse("front:requests", args=[commune.commune.pk])).content.decode()
    assert "1 yêu cầu chờ" in page
    assert "05/11/2026" in page
    one = reverse("front:request", args=[row.pk])
    assert nhung.post(one, {"kind": "refused", "reason": ""}).status_code == 422
    assert nhung.post(one, {"kind": "done", "reason": "Đã sửa theo giấy khai sinh"}).status_code == 302
    assert "Đã sửa theo giấy khai sinh" in khiem.get(one).content.decode()
    assert "Đã làm xong ngày 03/11/2026" in khiem.get(OWN).content.decode()
    assert khiem.post(reverse("front:request_withdrawal", args=[row.pk])).status_code == 422


def test_an_overdue_request_is_red_at_the_office(commune: Commune) -> None:
    row = ask(commune)
    (item,) = owed(commune.actor("Nhung"), on=date(2026, 11, 9))
    assert (item.days_late, item.due, item.about) == (4, date(2026, 11, 5), str(row.pk))
    answer_request(row, "received", "", author=author(commune, "Nhung"))
    (item,) = owed(commune.actor("Nhung"), on=date(2026, 11, 9))
    assert (item.days_late, item.due) == (0, date(2026, 11, 13))
    (each,) = asked([row])
    assert each.late(date(2026, 11, 14)) == 1
    with time_machine.travel(datetime(2026, 11, 20, 8, tzinfo=EVENING.tzinfo), tick=False):
        assert (
            "Quá hạn 7 ngày" in visitor(commune, "Nhung").get(reverse("front:request", args=[row.pk])).content.decode()
        )
    assert not owed(commune.actor("Inh"), on=TODAY)


def test_the_extract_counts_what_is_kept_about_me_and_only_me(commune: Commune) -> None:
    stranger = enter_member("Lò Thị Xa", commune.pom_khe, on=FOUNDED, by=commune.actor("Nhung"))
    page = visitor(commune, "Khiêm").get("/toi/ban-trich/").content.decode()
    assert "Hà Văn Khiêm" in page
    assert "Quản lý đảng viên" in page
    assert stranger.full_name not in page
