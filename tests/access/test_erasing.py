"""The pages by which an office erases: in answer to a request, or to a paper; what went is said where it stood."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from chibo.access.models import DataAnswer, DataRequest
from chibo.access.operations import answer_request
from chibo.kernel.actor import MACHINE
from chibo.membership.models import Erasure, Particular
from chibo.membership.operations import note_particulars
from tests.access.test_requests import ask, author, visitor
from tests.commune import EVENING, FOUNDED, Commune
from tests.conftest import refused


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def asked(commune: Commune) -> DataRequest:
    """Anh Khiêm, who has an address, a religion and a card, asks to have what can go erased."""
    values = {"address": "Nậm Sen", "religion": "Không", "card_number": "012345678901"}
    note_particulars({commune.person("Khiêm"): values}, first=FOUNDED, at=EVENING, by=MACHINE)
    return ask(commune, kind="erasure", text="Xóa giúp tôi")


def test_a_word_alone_does_not_answer_it(commune: Commune, asked: DataRequest) -> None:
    nhung = author(commune, "Nhung")
    with refused("erase_first"):
        answer_request(asked, "done", "Đã xóa rồi", author=nhung)
    answer_request(asked, "received", "", author=nhung)
    page = visitor(commune, "Nhung").post(
        reverse("front:request", args=[asked.pk]), {"kind": "done", "reason": "Đã xóa"}
    )
    assert page.status_code == 422
    assert "phải xóa, không chỉ trả lời" in page.content.decode()
    answer_request(asked, "refused", "Phải giữ theo 12-HD/BTCTW", author=nhung)


def test_the_page_offers_what_can_go_and_says_what_stays(commune: Commune, asked: DataRequest) -> None:
    words = visitor(commune, "Nhung").get(reverse("front:request", args=[asked.pk])).content.decode()
    assert 'value="address" checked> <span>Nơi thường trú: Nậm Sen' in words
    assert 'value="religion" checked> <span>Tôn giáo: Không' in words
    assert 'value="card_number"' not in words
    assert "Số thẻ đảng viên: sổ danh sách đảng viên (mẫu 7-HSĐV) yêu cầu" in words
    assert 'value="done"' not in words
    own = visitor(commune, "Khiêm").get(reverse("front:request", args=[asked.pk])).content.decode()
    assert "Xóa và trả lời" not in own


def test_erasing_answers_and_everybody_sees_that_it_went(commune: Commune, asked: DataRequest) -> None:
    nhung, khiem = visitor(commune, "Nhung"), visitor(commune, "Khiêm")
    address = reverse("front:request_erasure", args=[asked.pk])
    for bad in ({}, {"field": "card_number"}, {"field": "strange"}, {"field": ["address", "birth_place"]}):
        assert nhung.post(address, bad).status_code == 422
    assert Erasure.objects.count() == 0
    assert nhung.post(address, {"field": ["address"], "reason": ""}).status_code == 302
    assert "Đã xóa: nơi thường trú." in khiem.get(reverse("front:request", args=[asked.pk])).content.decode()
    file = reverse("front:person", args=[commune.person("Khiêm").pk])
    for reader in (nhung, khiem):
        words = reader.get(file).content.decode()
        assert "đã xóa ngày 03/11/2026 theo yêu cầu của đảng viên" in words
        assert "Nậm Sen" not in words
    form = nhung.get(reverse("membership:particulars", args=[commune.person("Khiêm").pk])).content.decode()
    assert 'name="address"' not in form
    assert 'name="residence"' in form
    assert nhung.post(address, {"field": ["religion"]}).status_code == 422  # settled


def test_nobody_else_gets_there(commune: Commune, asked: DataRequest) -> None:
    address = reverse("front:request_erasure", args=[asked.pk])
    for name, status in (("Khiêm", 403), ("Inh", 404), ("Páo", 404), ("Vân", 404)):
        assert visitor(commune, name).post(address, {"field": ["address"]}).status_code == status, name
    nhung = visitor(commune, "Nhung")
    assert nhung.get(address).status_code == 405
    assert nhung.post(reverse("front:request_erasure", args=[uuid.uuid4()])).status_code == 404
    other = ask(commune, kind="access", text="Xem")
    assert nhung.post(reverse("front:request_erasure", args=[other.pk]), {"field": ["address"]}).status_code == 404
    assert nhung.get(reverse("front:erasure", args=[commune.person("Nhung").pk])).status_code == 404
    assert not DataAnswer.objects.exists()


def test_by_paper(commune: Commune, asked: DataRequest) -> None:
    nhung, khiem = visitor(commune, "Nhung"), commune.person("Khiêm")
    page = reverse("front:erasure", args=[khiem.pk])
    assert page in nhung.get(reverse("front:person", args=[khiem.pk])).content.decode()
    assert "Nậm Sen" in nhung.get(page).content.decode()
    refusal = nhung.post(page, {"field": "address"})
    assert refusal.status_code == 422
    assert 'value="religion"> <span>Tôn giáo' in refusal.content.decode()  # what was left unticked stays so
    assert nhung.post(page, {"field": "address", "paper": "Đơn ngày 03/11/2026"}).status_code == 302
    assert Erasure.objects.get().paper == "Đơn ngày 03/11/2026"
    assert set(Particular.objects.filter(field="address").values_list("value", flat=True)) == {""}
    assert "nơi thường trú (03/11/2026)" in nhung.get(page).content.decode()
