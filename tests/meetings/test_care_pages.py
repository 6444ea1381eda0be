"""Pages of charges, visits, quality and scans, as a person walks through them without script."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from chibo.kernel.dates import ZONE
from chibo.meetings.models import Charge, SignedScan, Visit
from tests.commune import Commune
from tests.ledger.test_attachments import SECRET, a_png

NIGHT = datetime(2026, 11, 5, 20, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def the_evening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    with time_machine.travel(NIGHT, tick=False):
        yield


def browsers(commune: Commune, *names: str) -> list[Client]:
    """Signed in; from here on the pages run with the application's own rights."""
    found = []
    for name in names:
        found.append(Client())
        found[-1].force_login(commune.account(name))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE chibo_app")
    return found


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def key() -> dict[str, str]:
    return {"key": str(uuid.uuid4())}


def test_the_office_assigns_the_leader_sees_the_cell_the_gaps_show(commune: Commune) -> None:
    office, leader, secretary = browsers(commune, "Nhung", "Páo", "Inh")
    table = f"/don-vi/{commune.commune.pk}/phu-trach/"
    assert "2/2 chi bộ chưa có cấp ủy viên phụ trách" in words(office, table)
    form = {"person": str(commune.person("Páo").pk), "cell": [str(commune.na_loc.pk)], "first": "1/1/2026",
            "last": "31/12/2026", "decision": "12-QĐ/ĐU"}  # fmt: skip
    assert office.post(table, form).status_code == 302
    assert office.post(table, form).status_code == 422
    assert office.post(table, {**form, "first": "32/1/2026"}).status_code == 422
    page = words(office, table)
    assert "1/2 chi bộ chưa có" in page
    assert "12-QĐ/ĐU" in page
    assert leader.post(table, form).status_code == 403
    assert "Chi bộ đồng chí phụ trách" in words(leader, "/")
    assert "Chi bộ đồng chí phụ trách" not in words(office, "/")
    assert "Lường Văn Páo" in words(secretary, f"/don-vi/{commune.na_loc.pk}/")
    ending = f"/phu-trach/{Charge.objects.get().pk}/thoi/"
    assert "thôi phụ trách" in words(office, ending)
    assert office.post(ending, {"last": "04/11/2026"})["Location"] == table
    assert "2/2 chi bộ chưa có" in words(office, table)


def test_a_visit_from_plan_to_log_and_quality(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.close(meeting)
    leader, secretary, stranger = browsers(commune, "Páo", "Inh", "Sơn")
    here = f"/sinh-hoat/{meeting.pk}/cap-tren-du/"
    assert "Chưa có ai của cấp trên" in words(secretary, here)
    assert "Tôi dự buổi này" not in words(secretary, here)
    assert "Tôi dự buổi này" in words(leader, here)
    assert leader.post(here, {**key(), "person": str(commune.person("Páo").pk)}).status_code == 302
    assert "Ghi nhận xét" in words(leader, "/")
    visit = f"/du-sinh-hoat/{Visit.objects.get().pk}/"
    assert "không cho điểm" in words(leader, visit)
    said = {"attended": "yes", "point.review": "improve", "point.on_time": "good", "advice": "Gửi tài liệu trước."}
    assert secretary.post(visit, said).status_code == 403
    assert leader.post(visit, said).status_code == 302
    assert "Cần rút kinh nghiệm" in words(secretary, visit)
    assert leader.post(visit + "bo-sung/", {**key(), "text": "Đã gửi."}).status_code == 302
    assert "Đã gửi." in words(secretary, visit)
    assert "đã dự với 1/2 chi bộ" in words(leader, f"/don-vi/{commune.commune.pk}/du-sinh-hoat/")
    cell = words(secretary, f"/don-vi/{commune.na_loc.pk}/chat-luong/")
    assert "Kiểm điểm từng việc của kỳ trước" in cell
    assert '<svg class="chart share"' in cell
    assert "42-HD/BTCTW" in cell
    for path in (here, visit, f"/don-vi/{commune.na_loc.pk}/chat-luong/"):
        assert stranger.get(path).status_code == 404


def test_points_that_repeat_and_points_that_improve_are_said(commune: Commune) -> None:
    october = commune.meeting(month=NIGHT.date().replace(month=10, day=1))
    meetings = [october, commune.meeting()]
    for meeting in meetings:
        commune.close(meeting)
    leader, _ = browsers(commune, "Páo", "Inh")
    for meeting, grade in zip(meetings, ("improve", "good"), strict=True):
        leader.post(f"/sinh-hoat/{meeting.pk}/cap-tren-du/", {**key(), "person": str(commune.person("Páo").pk)})
        pk = Visit.objects.get(meeting=meeting).pk
        leader.post(f"/du-sinh-hoat/{pk}/", {"attended": "yes", "point.review": grade, "point.focus": "improve"})
    page = words(leader, f"/don-vi/{commune.na_loc.pk}/chat-luong/")
    assert "Cần rút kinh nghiệm hai lần liền: có nội dung trọng tâm" in page
    assert page.count("đã tốt lên") == 1
    assert page.count("lặp lại") == 1


def test_the_communes_table_is_in_the_order_of_names(commune: Commune) -> None:
    commune.close(commune.meeting(commune.pom_khe), by="Liên")
    (leader,) = browsers(commune, "Páo")
    page = words(leader, f"/don-vi/{commune.commune.pk}/chat-luong/")
    assert page.index("Bản Nà Lốc") < page.index("Bản Pom Khe")
    assert "không xếp hạng" in page


def test_a_change_and_its_effect(commune: Commune) -> None:
    secretary, office = browsers(commune, "Inh", "Nhung")
    cell = f"/don-vi/{commune.na_loc.pk}/"
    form = {**key(), "what": "Họp ở nhà văn hóa.", "on": "01/09/2026"}
    assert office.post(cell + "doi-moi/", form).status_code == 403
    assert secretary.post(cell + "doi-moi/", form).status_code == 302
    assert secretary.post(cell + "doi-moi/", {**form, **key(), "on": "hôm qua"}).status_code == 422
    assert "Chưa ghi kết quả" in words(secretary, cell + "chat-luong/")
    change = commune.na_loc.changes_tried.get()
    assert secretary.post(f"/doi-moi/{change.pk}/ket-qua/", {**key(), "text": "Đông hơn.", "on": "05/11/2026"})
    assert "Đông hơn." in words(secretary, cell + "chat-luong/")


def test_a_scan_is_added_given_out_as_a_file_and_withdrawn(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.close(meeting)
    secretary, leader, stranger = browsers(commune, "Inh", "Páo", "Sơn")
    here = f"/sinh-hoat/{meeting.pk}/ban-da-ky/"
    assert "tối đa 10 MB" in words(secretary, here)
    assert secretary.post(here, {**key(), "file": SimpleUploadedFile("a.png", a_png())}).status_code == 302
    assert secretary.post(here, key()).status_code == 422
    assert leader.post(here, {**key(), "file": SimpleUploadedFile("a.png", a_png())}).status_code == 403
    scan = SignedScan.objects.get()
    answer = leader.get(f"/ban-da-ky/{scan.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="bien-ban-01-da-ky.png"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Cache-Control"] == "no-store"
    assert SECRET not in answer.content
    assert stranger.get(f"/ban-da-ky/{scan.pk}/").status_code == 404
    assert secretary.post(f"/ban-da-ky/{scan.pk}/rut/", {"why": ""}).status_code == 422
    assert secretary.post(f"/ban-da-ky/{scan.pk}/rut/", {"why": "Nhầm trang"}).status_code == 302
    assert secretary.get(f"/ban-da-ky/{scan.pk}/").status_code == 404
    assert "Nhầm trang" in words(leader, here)


def test_too_big_a_file_is_let_go_by_and_said(commune: Commune, settings: object) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000  # type: ignore[attr-defined]
    meeting = commune.meeting()
    commune.close(meeting)
    (secretary,) = browsers(commune, "Inh")
    big = SimpleUploadedFile("a.png", a_png() + bytes(4_000))
    answer = secretary.post(f"/sinh-hoat/{meeting.pk}/ban-da-ky/", {**key(), "file": big})
    assert answer.status_code == 413
    assert "lớn hơn 10 MB" in answer.content.decode()
    assert not SignedScan.objects.exists()
