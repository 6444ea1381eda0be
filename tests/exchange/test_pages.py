"""The four steps in a browser without script: a file, its columns, the preview, written; and taken back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.exchange.models import Intake
from chibo.exchange.reading.workbook import MOST, read_workbook
from chibo.membership.models import Belonging, Person
from tests.commune import Commune
from tests.exchange.conftest import MORNING
from tests.exchange.making import a_list
from tests.exchange.test_members import HEADS, a_new

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(commune: Commune, client: Client) -> Any:
    with time_machine.travel(MORNING, tick=True):
        client.force_login(commune.account("Nhung"))
        client.raise_request_exception = True
        yield client


def send(office: Client, commune: Commune, data: bytes, **more: str) -> HttpResponse:
    file = SimpleUploadedFile("ds.xlsx", data)
    sent = {"kind": "members", "day": "05/11/2026", "file": file, **more}
    return office.post(reverse("exchange:intakes", args=[commune.commune.pk]), sent)


def address(name: str) -> str:
    return reverse(f"exchange:{name}", args=[Intake.objects.latest("at").pk])


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_four_steps(commune: Commune, office: Client) -> None:
    page = words(office.get(reverse("exchange:intakes", args=[commune.commune.pk])))
    assert "Chưa nhập danh sách nào" in page
    data = a_list([*HEADS, "Ghi chú"], a_new(), a_new("Cà Văn Số", card=14000000000), ["", "Lò Văn Inh", "Bản Nà Lốc"])
    answer = send(office, commune, data)
    assert answer["Location"] == address("columns")
    columns = words(office.get(address("columns")))
    assert "Nhận 9 cột" in columns
    assert '<option value="birth" selected>Ngày sinh</option>' in columns
    assert office.post(address("columns"))["Location"] == address("intake")
    preview = office.get(address("intake"))
    page = words(preview)
    assert "Xem trước: 1 dòng sẽ ghi, 1 dòng bị từ chối" in page
    assert "Ô F3, cột «Số thẻ đảng viên»: Excel giữ ô này là số (14000000000)" in page
    assert not Person.objects.filter(full_name="Lò Thị Mới").exists()
    seen = preview.context["digest"]
    assert office.post(address("writing"), {"seen": seen})["Location"] == address("intake")
    page = words(office.get(address("intake")))
    assert "Đã ghi 1 dòng, 1 dòng bị từ chối" in page
    assert Person.objects.filter(full_name="Lò Thị Mới").exists()
    again = send(office, commune, data)
    assert again["Location"] == address("columns")
    assert office.get(address("columns"))["Location"] == address("intake")  # known by now: nobody is asked again
    assert "không có gì mới" in words(office.get(address("intake")))


def test_the_answer_is_the_same_workbook_with_one_more_column(commune: Commune, office: Client) -> None:
    send(office, commune, a_list(HEADS, a_new(), title=["ĐẢNG BỘ XÃ HUỔI LAM"]))
    office.post(address("columns"))
    answer = office.get(address("answer"))
    (sheet,) = read_workbook("a.xlsx", answer.content).sheets
    assert sheet.lines[0].cells[1].text == "ĐẢNG BỘ XÃ HUỔI LAM"
    assert (sheet.lines[1].cells[9].text, sheet.lines[2].cells[9].text) == ("Trả lời của Chibo", "Mới.")


def test_taken_back_on_a_page_of_its_own(commune: Commune, office: Client) -> None:
    send(office, commune, a_list(HEADS, a_new()))
    office.post(address("columns"))
    office.post(address("writing"), {"seen": office.get(address("intake")).context["digest"]})
    assert "1 dòng mới: rút khỏi sổ" in words(office.get(address("taking_back")))
    assert office.post(address("taking_back"))["Location"] == address("intake")
    assert "Lần nhập đã lấy lại" in words(office.get(address("intake")))
    assert not Belonging.objects.live().filter(person__full_name="Lò Thị Mới").exists()
    refused = office.post(address("taking_back"))
    assert (refused.status_code, "chưa ghi gì vào sổ" in words(refused)) == (422, True)


def test_dropped_its_cells_are_gone(commune: Commune, office: Client) -> None:
    send(office, commune, a_list(HEADS, a_new()))
    office.post(address("dropping"))
    assert Intake.objects.get().sheet == {}
    assert "không còn trên máy chủ" in words(office.get(address("intake")))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Chưa chọn tệp"),
        (b"%PDF-1.7", "không phải là bảng Excel"),
        (b"PK\x03\x04nonsense", "không đọc được trọn vẹn"),
    ],
)
def test_a_file_that_is_refused_stays_on_the_page(commune: Commune, office: Client, data: bytes, said: str) -> None:
    answer = send(office, commune, data)
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert not Intake.objects.exists()


def test_too_big_a_day_ahead_and_no_such_kind(commune: Commune, office: Client) -> None:
    assert send(office, commune, b"x" * (MOST + (2 << 20))).status_code == 413
    assert "Ngày 01/01/2027 chưa tới" in words(send(office, commune, a_list(HEADS, a_new()), day="01/01/2027"))
    assert send(office, commune, a_list(HEADS, a_new()), kind="accounts").status_code == 422


def test_columns_that_do_not_fit_are_asked_again(commune: Commune, office: Client) -> None:
    send(office, commune, a_list(HEADS, a_new()))
    refused = office.post(address("columns"), {"cot-2": "-"})
    assert (refused.status_code, "Thiếu cột: Họ và tên" in words(refused)) == (422, True)


def test_a_preview_that_is_stale_is_not_written(commune: Commune, office: Client) -> None:
    send(office, commune, a_list(HEADS, a_new()))
    office.post(address("columns"))
    refused = office.post(address("writing"), {"seen": "9.9.9.9"})
    assert (refused.status_code, "Sổ vừa thay đổi" in words(refused)) == (422, True)
    assert not Person.objects.filter(full_name="Lò Thị Mới").exists()


def test_long_lists_come_a_page_at_a_time_and_filtered(commune: Commune, office: Client) -> None:
    rows = [a_new(f"Lò Văn Người {n}", card=f"{n:012d}") for n in range(150)]
    send(office, commune, a_list(HEADS, *rows))
    office.post(address("columns"))
    assert words(office.get(address("intake"))).count("Lò Văn Người") == 100
    assert words(office.get(address("intake"), {"tu": "100"})).count("Lò Văn Người") == 50
    assert words(office.get(address("intake"), {"tim": "nguoi 149"})).count('scope="row">Lò Văn Người') == 1
    assert "Không có dòng nào như vậy" in words(office.get(address("intake"), {"hien": "tu-choi", "tu": "-1"}))


def test_the_number_of_questions_does_not_grow_with_the_list(commune: Commune, office: Client) -> None:
    counts = []
    for size in (10, 100):
        data = a_list(HEADS, *[a_new(f"Hà Văn {size} {n}", card=f"{size}{n:09d}") for n in range(size)])
        send(office, commune, data)
        office.post(address("columns"))
        with CaptureQueriesContext(connection) as seen:
            office.get(address("intake"))
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1  # the session may be asked once more
    assert counts[0] <= 30


def test_an_upload_that_is_no_form(commune: Commune, office: Client) -> None:
    path = reverse("exchange:intakes", args=[commune.commune.pk])
    assert office.post(path, {"file": BytesIO(b"x").getvalue()}).status_code == 422
    broken = office.generic("POST", path, b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in {400, 422}
