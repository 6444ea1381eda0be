"""Who opened whose file: once a day, before the page is sent, seen by its owner and by a right of its own, ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from chibo.access.models import Reading
from chibo.access.operations import Opened, end_of_keeping, forget_readings, note_opened
from chibo.access.wall import raise_wall
from chibo.kernel.actor import MACHINE, Actor
from tests.commune import EVENING, PASSPHRASE, Commune

Open = Callable[[str, str], int]


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def opens(commune: Commune, django_capture_on_commit_callbacks: Any) -> Open:
    """Somebody opens an address; what is written after the page's transaction is written."""

    def open_page(name: str, path: str) -> int:
        client = Client()
        client.force_login(commune.account(name))
        with django_capture_on_commit_callbacks(execute=True):
            return client.get(path).status_code

    return open_page


def file_of(commune: Commune, name: str) -> str:
    return reverse("front:person", args=[commune.person(name).pk])


def test_opening_a_file_is_one_line_a_day(commune: Commune, opens: Open) -> None:
    for _ in range(3):
        assert opens("Nhung", file_of(commune, "Khiêm")) == 200
    with time_machine.travel(EVENING + timedelta(days=1), tick=False):
        opens("Nhung", file_of(commune, "Khiêm"))
    rows = list(Reading.objects.filter(person_id=commune.person("Khiêm").pk).order_by("at"))
    assert [row.on for row in rows] == [date(2026, 11, 3), date(2026, 11, 4)]
    assert rows[0].by_name == "Quàng Thị Nhung"
    assert rows[0].by_post == "Văn phòng đảng ủy, Đảng bộ xã Huổi Lam"
    assert (rows[0].page, rows[0].count) == ("person", 1)


def test_ones_own_file_is_not_logged_and_what_is_refused_neither(commune: Commune, opens: Open) -> None:
    assert opens("Khiêm", file_of(commune, "Khiêm")) == 200
    assert opens("Khiêm", file_of(commune, "Hoa")) == 404
    assert not Reading.objects.exists()


def test_a_list_is_one_row_with_its_count(commune: Commune, opens: Open) -> None:
    opens("Inh", reverse("front:members", args=[commune.na_loc.pk]))
    row = Reading.objects.get()
    assert (row.page, row.count, row.person_id) == ("list", 10, None)


def test_without_the_log_no_page(commune: Commune, opens: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **more: object) -> None:
        raise DatabaseError("full disk")

    monkeypatch.setattr("chibo.front.readings.note_opened", broken)
    with pytest.raises(DatabaseError):
        opens("Nhung", file_of(commune, "Khiêm"))


def test_its_owner_sees_who_it_was(commune: Commune, opens: Open) -> None:
    opens("Páo", file_of(commune, "Khiêm"))
    opens("Páo", file_of(commune, "Hoa"))
    client = Client()
    client.force_login(commune.account("Khiêm"))
    words = client.get("/toi/").content.decode()
    assert "Lường Văn Páo" in words
    assert words.count("mở trang hồ sơ") == 1
    other = Client()
    other.force_login(commune.account("Ún"))
    assert "Lường Văn Páo" not in other.get("/toi/").content.decode()


def test_the_right_of_the_log_is_its_own(commune: Commune, opens: Open) -> None:
    opens("Nhung", file_of(commune, "Khiêm"))
    log = reverse("front:readings", args=[commune.commune.pk])
    assert opens("Páo", log) == 200
    assert opens("Nhung", log) == 403
    assert opens("Vân", log) == 403
    for name, seen in [("Páo", 1), ("Nhung", 0), ("Vân", 0), ("Khiêm", 1), ("Hoa", 0)]:
        assert Reading.objects.visible_to(commune.actor(name)).count() == seen, name
    client = Client()
    client.force_login(commune.account("Páo"))
    assert "Hà Văn Khiêm" in client.get(log, {"truoc": "99999999"}).content.decode()
    assert "Hà Văn Khiêm" not in client.get(log, {"truoc": "1"}).content.decode()
    for bad in ("x", "-1", "9" * 40, "²"):
        assert client.get(log, {"truoc": bad}).status_code == 200


def test_readers_write_as_themselves_only(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    khiem, van = commune.person("Khiêm"), commune.actor("Vân")
    other = commune.actor("Páo")
    as_app(van)
    opened = Opened("person", khiem.scope_path, khiem.pk)
    note_opened(opened, at=EVENING, by=van, by_name="Vân", by_post="")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        note_opened(opened, at=EVENING, by=other, by_name="Páo", by_post="")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Reading.objects.update(by_name="Ai đó")
    raise_wall(van)
    assert Reading.objects.count() == 1


def test_the_log_ends_by_itself_after_a_year(commune: Commune, opens: Open) -> None:
    opens("Nhung", file_of(commune, "Khiêm"))
    assert Reading.objects.get().keep_until == date(2027, 11, 3)
    forget_readings(at=EVENING + timedelta(days=365))
    assert Reading.objects.exists()
    assert "bỏ 1 dòng" in forget_readings(at=EVENING + timedelta(days=366))
    assert not Reading.objects.exists()
    assert end_of_keeping(date(2028, 2, 29)) == date(2029, 2, 28)


def test_the_machine_and_nobody_leave_no_line(commune: Commune) -> None:
    khiem = commune.person("Khiêm")
    note_opened(Opened("person", khiem.scope_path, khiem.pk), at=EVENING, by=MACHINE, by_name="", by_post="")
    assert not Reading.objects.exists()


def test_ones_page_shows_what_was_done_with_the_account(commune: Commune) -> None:
    client = Client()
    account = commune.account("Khiêm")
    client.post("/dang-nhap/", {"username": account.username, "password": PASSPHRASE})
    assert "Lập tài khoản" in client.get("/toi/").content.decode()
    client.post("/cum-tu-bi-mat/", {"old": PASSPHRASE, "new": "nui cao suoi sau", "again": "nui cao suoi sau"})
    words = client.get("/toi/").content.decode()
    assert 'Đổi cụm từ bí mật</p><p class="src">đồng chí tự làm' in words


def test_no_page_sums_or_ranks_readers() -> None:
    """Rows are listed, never counted per reader: there is no aggregate over the log in the source."""
    from pathlib import Path

    import chibo

    for path in Path(chibo.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "Reading.objects" in text:
            assert "Count(" not in text and "annotate(" not in text and '.values("by' not in text, path
