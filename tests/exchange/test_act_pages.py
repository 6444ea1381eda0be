"""Sắp xếp theo bảng in a browser without script: the sample, the sheet, the preview, the decision, taken back."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.exchange.acts.kinds import ACTS, PEOPLE
from chibo.exchange.columns import heading_of
from chibo.exchange.models import Intake
from chibo.exchange.reading.workbook import read_workbook
from chibo.ledger.models import Entry
from chibo.organisation.models import Placement
from chibo.reorganisation.models import Decision
from tests.commune import TODAY, Commune
from tests.exchange.conftest import MORNING
from tests.exchange.test_act_sheets import a_sheet, line

pytestmark = pytest.mark.django_db
SAID = {"paper": "07-QĐ/ĐU", "signed_on": "01/11/2026", "on": "05/11/2026", "signer": "Lường Văn Páo", "reason": ""}


@pytest.fixture
def office(commune: Commune, client: Client) -> Any:
    with time_machine.travel(MORNING, tick=True):
        client.force_login(commune.account("Nhung"))
        client.raise_request_exception = True
        yield client


def send(office: Client, commune: Commune, data: bytes, **more: str) -> HttpResponse:
    sent = {**SAID, "file": SimpleUploadedFile("sap-xep.xlsx", data), **more}
    return office.post(reverse("exchange:act_sheets", args=[commune.commune.pk]), sent)


def address(name: str) -> str:
    return reverse(f"exchange:{name}", args=[Intake.objects.latest("at").pk])


GOOD = [
    line("đổi tên", "Bản Pom Khe", name="Chi bộ bản Pom Khe Mới"),
    line("sáp nhập", "Bản Nà Lốc", into="Bản Pom Khe Mới"),
]


def test_a_sheet_is_sent_seen_decided_and_taken_back(commune: Commune, office: Client) -> None:
    listed = office.get(reverse("reorganisation:decisions", args=[commune.commune.pk])).text
    assert reverse("exchange:act_sheets", args=[commune.commune.pk]) in listed
    answer = send(office, commune, a_sheet(*GOOD))
    assert answer["Location"] == address("act_sheet")  # every head is known: nobody is asked
    preview = office.get(address("act_sheet"))
    assert "Xem trước: 2 việc" in preview.text
    assert "10 đảng viên từ Bản Nà Lốc về Chi bộ bản Pom Khe Mới" in preview.text
    assert "Lường Văn Páo" not in preview.text  # who goes is not told line by line
    assert not Decision.objects.exists()
    decided = office.post(address("act_sheet_deciding"), {"seen": preview.context["told"]["digest"]})
    decision = Decision.objects.get()
    assert decided["Location"] == reverse("reorganisation:decision", args=[decision.pk])
    shown = office.get(decided["Location"]).text
    assert "Sắp xếp theo bảng" in shown
    assert "Đã ghi 2 việc" in office.get(address("act_sheet")).text
    assert (
        office.post(reverse("reorganisation:taken_back", args=[decision.pk]), {"why": "typed_wrong"}).status_code == 302
    )
    assert Placement.objects.on(TODAY).get(unit=commune.pom_khe).name == "Chi bộ bản Pom Khe"


def test_a_refused_line_is_shown_and_nothing_can_be_decided(commune: Commune, office: Client) -> None:
    send(office, commune, a_sheet(GOOD[0], line("kết thúc", "Bản Xa"), people=[["Ai Đó", "", "Chi bộ Một"]]))
    page = office.get(address("act_sheet"))
    assert "Xem trước: 2 việc, 2 dòng bị từ chối" in page.text
    assert "Ô D4, cột «Đơn vị»: Không có tổ chức tên «Bản Xa»" in page.text
    assert "Trang «Chia đảng viên»: dòng bị từ chối" in page.text
    assert 'form="f-ghi"' not in page.text
    tried = office.post(address("act_sheet_deciding"), {"seen": page.context["told"]["digest"]})
    assert tried.status_code == 422
    assert "Còn 2 dòng bị từ chối" in tried.text
    answer = office.get(address("act_sheet_answer"))
    assert len(read_workbook("tra-loi.xlsx", answer.content).sheets) == 2
    assert office.post(address("dropping"))["Location"] == reverse("exchange:act_sheets", args=[commune.commune.pk])
    assert "Bảng đã bỏ" in office.get(address("act_sheet")).text
    assert Intake.objects.get().beside == {}


def test_unknown_heads_are_asked_once(commune: Commune, office: Client) -> None:
    heads = ["STT", "Việc", "Mã", "Đơn vị", "Tên mới", "Loại mới", "Trực thuộc", "Nhập vào", "Chi bộ mới", "Chỗ để"]
    assert send(office, commune, a_sheet(*GOOD, heads=heads))["Location"] == address("columns")
    assert "Chỗ để" in office.get(address("columns")).text
    assert office.post(address("columns"), {"cot-10": "-"})["Location"] == address("act_sheet")
    assert "Xem trước: 2 việc" in office.get(address("act_sheet")).text


def test_what_is_missing_is_said_beside_its_box(commune: Commune, office: Client) -> None:
    page = send(office, commune, a_sheet(*GOOD), paper="", signed_on="hôm qua")
    assert page.status_code == 422
    assert page.text.count('class="why-bad"') == 2
    ahead = send(office, commune, a_sheet(*GOOD), on="05/12/2026")
    assert ahead.status_code == 422
    assert send(office, commune, b"%PDF-1.7").status_code == 422


def test_a_tree_that_moved_is_seen_again(commune: Commune, office: Client) -> None:
    send(office, commune, a_sheet(*GOOD))
    first = Intake.objects.get()
    send(office, commune, a_sheet(line("đổi tên", "Bản Nà Lốc", name="Chi bộ bản Nà Lốc Xanh")))
    other = Intake.objects.exclude(pk=first.pk).get()
    office.post(reverse("exchange:act_sheet_deciding", args=[other.pk]), {"seen": other.outcome["digest"]})
    seen = {"seen": first.outcome["digest"]}
    late = office.post(reverse("exchange:act_sheet_deciding", args=[first.pk]), seen)
    assert late.status_code == 422
    assert "Sổ vừa thay đổi" in late.text
    assert office.post(reverse("exchange:act_sheet_looking", args=[first.pk])).status_code == 302
    assert "Không có tổ chức" not in office.get(reverse("exchange:act_sheet", args=[first.pk])).text


@pytest.mark.parametrize("members", ["", "1"])
def test_every_sample_can_be_sent_as_it_is(commune: Commune, office: Client, members: str) -> None:
    address_ = reverse("exchange:act_sample", args=[commune.commune.pk])
    empty = read_workbook("mau.xlsx", office.get(address_).content)
    assert [sheet.name for sheet in empty.sheets] == ["Sắp xếp", "Chia đảng viên", "Cách ghi"]
    filled = office.post(address_, {"members": members}).content
    book = read_workbook("mau.xlsx", filled)
    heading, beside = heading_of(book.sheets, ACTS, {}), heading_of(book.sheets[1:], PEOPLE, {})
    assert heading is not None
    assert beside is not None
    assert [row.cells[3].text for row in heading.lines()] == ["Chi bộ bản Nà Lốc", "Chi bộ bản Pom Khe"]
    assert len(beside.lines()) == (15 if members else 0)
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.reason) == ("list.given_out", "acts.members" if members else "acts")
    assert send(office, commune, filled)["Location"] == address("act_sheet")
    assert "chưa có việc nào" in office.get(address("act_sheet")).text
    assert send(office, commune, office.get(address_).content)["Location"] == address("act_sheet")


def test_the_page_costs_the_same_however_long_the_sheet(commune: Commune, office: Client) -> None:
    counts = []
    for lines in (1, 40):
        send(office, commune, a_sheet(*[line("đổi tên", "Bản Pom Khe", name=f"Chi bộ {n}") for n in range(lines)]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            office.get(address("act_sheet"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
