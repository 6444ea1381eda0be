"""Ghi quyết định trên trang: form, xem trước, ghi, lấy lại."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import appoint
from chibo.kernel.actor import MACHINE
from chibo.meetings.models import Charge
from chibo.meetings.operations import assign_charge
from chibo.membership.queries import roll_on
from chibo.organisation.checks import checks
from chibo.organisation.models import Placement, Siting
from chibo.organisation.operations import NewLocality, register_locality
from chibo.organisation.queries import placement_on
from chibo.reorganisation.models import Decision, Descent
from tests.commune import FOUNDED, TODAY, Commune
from tests.reorganisation.test_acts import AT

SAID = {"paper": "07-QĐ/ĐU", "signed_on": "01/11/2026", "on": "05/11/2026", "signer": "Lường Văn Páo", "reason": ""}


@pytest.fixture
def office(commune: Commune, client: Client) -> Any:
    client.force_login(commune.account("Nhung"))
    with time_machine.travel(AT, tick=False):
        yield client


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))


def splitting(commune: Commune) -> dict[str, str]:
    roll = roll_on(commune.na_loc, TODAY)
    people = {f"m-{row.person_id}": "1" if number < 5 else "2" for number, row in enumerate(roll)}
    return {**SAID, **people, "name-1": "Chi bộ bản Nà Lốc 1", "short-1": "", "name-2": "Chi bộ bản Nà Lốc 2",
            "short-2": "", "main": "1"}  # fmt: skip


def test_a_split_is_previewed_written_and_taken_back(commune: Commune, office: Client) -> None:
    address = reverse("reorganisation:act", args=[commune.na_loc.pk, "chia-tach"])
    assert "Xếp 10 đảng viên" in office.get(address).text
    preview = office.post(address, {**splitting(commune), "step": "preview"})
    assert preview.status_code == 200, preview.text
    assert "5 đảng viên từ Bản Nà Lốc về Chi bộ bản Nà Lốc 2" in preview.text
    assert "Hà Văn Khiêm" in preview.text
    assert not Decision.objects.exists()
    again = office.post(address, {**hidden(preview.text), "step": "edit"})
    assert 'value="Chi bộ bản Nà Lốc 2"' in again.text
    sent = {**hidden(preview.text), "step": "confirm"}
    written = office.post(address, sent)
    decision = Decision.objects.get()
    assert written["Location"] == reverse("reorganisation:decision", args=[decision.pk])
    assert office.post(address, sent)["Location"] == written["Location"]  # pressed twice, written once
    late = office.post(address, {**sent, "key": str(uuid.uuid4())})
    assert late.status_code == 409
    assert "Chi bộ bản Nà Lốc đã kết thúc hoạt động" in late.text
    assert Descent.objects.count() == 2
    assert "Đã kết thúc hoạt động" in office.get(reverse("front:unit", args=[commune.na_loc.pk])).text
    shown = office.get(written["Location"]).text
    assert "Lường Văn Páo" in shown
    back = reverse("reorganisation:taken_back", args=[decision.pk])
    assert office.post(back, {"why": "typed_wrong"}).status_code == 302
    assert "đã lấy lại" in office.get(written["Location"]).text
    assert placement_on(commune.na_loc.pk, TODAY) is not None


def test_what_is_missing_is_said_beside_its_box(commune: Commune, office: Client) -> None:
    address = reverse("reorganisation:act", args=[commune.na_loc.pk, "chia-tach"])
    typed = splitting(commune)
    typed.pop(f"m-{commune.person('Khiêm').pk}")
    page = office.post(address, {**typed, "step": "preview"})
    assert page.status_code == 422
    assert "Hà Văn Khiêm" in page.text
    few = {name: "1" if name.startswith("m-") else value for name, value in splitting(commune).items()}
    page = office.post(address, {**few, "step": "preview"})
    assert page.status_code == 422
    assert "Chi bộ bản Nà Lốc 2 chỉ có 0 đảng viên chính thức" in page.text


@pytest.mark.parametrize(
    ("slug", "unit", "typed", "words"),
    [
        ("thanh-lap", "commune", {"kind": "cell", "name": "Chi bộ Trạm Y tế"}, "Lập Chi bộ Trạm Y tế"),
        ("doi-ten", "na_loc", {"name": "Chi bộ bản Nà Lốc Mới"}, "có tên, loại hoặc cấp trên mới"),
        ("sap-nhap", "na_loc", {"into": "pom_khe"}, "10 đảng viên từ Bản Nà Lốc về Bản Pom Khe"),
        ("sap-nhap", "na_loc", {"into": "pom_khe", "name": "Chi bộ bản Nà Pom"}, "Lập Chi bộ bản Nà Pom"),
    ],
)
def test_every_act_has_its_preview(
    commune: Commune, office: Client, slug: str, unit: str, typed: dict[str, str], words: str
) -> None:
    address = reverse("reorganisation:act", args=[getattr(commune, unit).pk, slug])
    assert office.get(address).status_code == 200
    if "into" in typed:
        typed = {**typed, "into": str(getattr(commune, typed["into"]).pk)}
    preview = office.post(address, {**SAID, **typed, "step": "preview"})
    assert words in preview.text
    assert office.post(address, {**hidden(preview.text), "step": "confirm"}).status_code == 302
    listed = office.get(reverse("reorganisation:decisions", args=[getattr(commune, unit).pk]))
    assert "07-QĐ/ĐU" in listed.text


@pytest.mark.parametrize("slug", ["ket-thuc", "chuyen-cap-tren", "nang-cap"])
def test_other_forms_open(commune: Commune, office: Client, slug: str) -> None:
    address = reverse("reorganisation:act", args=[commune.na_loc.pk, slug])
    assert office.get(address).status_code == 200
    assert office.post(address, {**SAID, "step": "preview"}).status_code == 422


def test_no_such_act(commune: Commune, office: Client) -> None:
    assert office.get(reverse("reorganisation:act", args=[commune.na_loc.pk, "khong-co"])).status_code == 404


def test_a_committee_is_split_with_all_below_it(commune: Commune, client: Client) -> None:
    """By who organises above it: the units below go where the page says, and who holds a post goes with their cell."""
    appoint(commune.person("Vân"), Office.COMMITTEE_OFFICE, commune.province, on=FOUNDED, by=MACHINE)
    client.force_login(commune.account("Vân"))
    village = register_locality(NewLocality("hamlet", "Pom Khe", cell=commune.pom_khe, tags={"border": "QĐ 33"}),
                                commune.commune, on=FOUNDED, by=MACHINE)  # fmt: skip
    assign_charge(commune.person("Páo").pk, [commune.na_loc, commune.pom_khe], first=FOUNDED, last=None, by=MACHINE)
    address = reverse("reorganisation:act", args=[commune.commune.pk, "chia-tach"])
    typed = {**SAID, "paper": "01-QĐ/TU", "name-1": "Đảng bộ xã Huổi Lam Thượng", "short-1": "", "place-1": "Huổi Lam",
             "name-2": "Đảng bộ xã Huổi Lam Hạ", "short-2": "", "place-2": "", "main": "1",
             f"u-{commune.na_loc.pk}": "1"}  # fmt: skip
    with time_machine.travel(AT, tick=False):
        assert "Xếp 2 tổ chức trực thuộc" in client.get(address).text
        left = client.post(address, {**typed, "step": "preview"})
        assert left.status_code == 422
        preview = client.post(address, {**typed, f"u-{commune.pom_khe.pk}": "2", "step": "preview"})
        assert "1 tổ chức (cả nhánh Bản Pom Khe) chuyển về Đảng bộ xã Huổi Lam Hạ" in preview.text
        assert "1 phân công phụ trách Bản Pom Khe kết thúc" in preview.text
        assert client.post(address, {**hidden(preview.text), "step": "confirm"}).status_code == 302
        decision = Decision.objects.get()
        one, two = (row.heir for row in Descent.objects.order_by("-keeps_papers"))
        stands = {row.unit_id: row.parent_id for row in Placement.objects.on(TODAY)}
        assert (stands[commune.na_loc.pk], stands[commune.pom_khe.pk]) == (one.pk, two.pk)
        assert commune.commune.pk not in stands
        assert Post.objects.on(TODAY).get(office=Office.COMMITTEE_SECRETARY).unit == one  # Páo is of Nà Lốc
        assert [row.unit for row in Charge.objects.on(TODAY)] == [commune.na_loc]
        assert Siting.objects.on(TODAY).get(locality=village).unit == two
        village.refresh_from_db()
        assert village.scope_path == two.scope_path == village.tags.get().scope_path
        assert Placement.objects.on(TODAY).get(unit=one).place == "Huổi Lam"
        assert list(checks()) == []
        assert (
            client.post(reverse("reorganisation:taken_back", args=[decision.pk]), {"why": "typed_wrong"}).status_code
            == 302
        )
    village.refresh_from_db()
    assert village.scope_path == commune.commune.scope_path
    assert Charge.objects.on(TODAY).count() == 2
    assert list(checks()) == []
