"""The office puts two records side by side, chooses, reads what would change, merges, and splits again."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Closure
from chibo.membership.models import Merging, Person, Standing
from chibo.membership.operations import NewMember, enter_members, note_particulars
from tests.commune import EVENING, FOUNDED, Commune

pytestmark = pytest.mark.django_db
EVIL = ["a" * 100_000, "trước\x00sau", "‮", "-1", "<script>", "kept' OR 1=1"]


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZONE), tick=False):
        yield


@pytest.fixture
def office(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Nhung"))
    return client


@pytest.fixture
def double(commune: Commune) -> Person:
    values = {"birth": "19/5/1979", "occupation": "Giáo viên", "religion": "Không"}
    row = NewMember("Hà Văn Khiêm", Standing.OFFICIAL, particulars=values)
    ours = {"birth": "19/5/1979", "occupation": "Nông dân"}
    note_particulars({commune.person("Khiêm"): ours}, first=FOUNDED, at=EVENING, by=MACHINE, why="typed_wrong")
    return enter_members([row], commune.na_loc, on=date(2026, 9, 1), by=MACHINE)[0]


CHOICES = {"chon-occupation": "merged", "chon-standing": "kept"}


def test_from_the_pair_to_one_record_and_back(commune: Commune, office: Client, double: Person) -> None:
    khiem = commune.person("Khiêm")
    pairs = office.get(reverse("membership:doubles", args=[commune.commune.pk])).content.decode()
    one, two = sorted([khiem.pk, double.pk])
    assert reverse("reorganisation:merge", args=[one, two]) in pairs
    path = reverse("reorganisation:merge", args=[khiem.pk, double.pk])
    shown = office.get(path).content.decode()
    assert all(words in shown for words in ("Nông dân", "Giáo viên", "khác nhau", "Đổi chỗ"))
    assert shown.count("khác nhau</span>") == 2  # occupation and standing; the birth is the same
    answer = office.post(path, {"step": "preview", "chon-occupation": "merged"})
    assert (answer.status_code, "chưa chọn" in answer.content.decode()) == (422, True)
    preview = office.post(path, {"step": "preview", "paper": "12-CV/VP", **CHOICES}).content.decode()
    assert "đã đếm người này hai lần" in preview
    assert "Từ 01/09/2026, Chi bộ bản Nà Lốc" in preview
    assert not Merging.objects.exists()
    key = uuid.uuid4()
    sent = {"step": "confirm", "key": str(key), "paper": "12-CV/VP", **CHOICES}
    answer = office.post(path, sent)
    assert answer.headers["Location"] == reverse("front:person", args=[khiem.pk])
    assert office.post(path, sent).status_code == 302
    merging = Merging.objects.get(pk=key)
    assert merging.paper == "12-CV/VP"
    page = office.get(answer.headers["Location"]).content.decode()
    assert all(words in page for words in ("Giáo viên", "<del>Nghề nghiệp: Nông dân", "xem lần nhập", "ghi hai lần"))
    about = reverse("reorganisation:merging", args=[key])
    assert "Tách lại hồ sơ" in office.get(about).content.decode()
    assert office.post(reverse("reorganisation:split_again", args=[key]), {"why": ""}).status_code == 422
    assert office.post(reverse("reorganisation:split_again", args=[key]), {"why": "typed_wrong"}).status_code == 302
    assert "đã tách lại" in office.get(about).content.decode()
    assert "Giáo viên" in office.get(reverse("front:person", args=[double.pk])).content.decode()


def test_the_old_address_leads_to_the_new_one_for_who_may_see_it(
    commune: Commune, office: Client, double: Person
) -> None:
    khiem = commune.person("Khiêm")
    office.post(reverse("reorganisation:merge", args=[khiem.pk, double.pk]), {"step": "confirm", **CHOICES})
    old, new = reverse("front:person", args=[double.pk]), reverse("front:person", args=[khiem.pk])
    for who in ("Nhung", "Páo", "Inh", "Vân"):
        office.force_login(commune.account(who))
        answer = office.get(old)
        assert answer.headers["Location"].split("?")[0] == new
        assert "đã nhập vào hồ sơ này ngày 05/11/2026" in office.get(answer.headers["Location"]).content.decode()
    for who in ("Liên", "Sơn", "Quý"):
        office.force_login(commune.account(who))
        assert office.get(old).status_code == 404


def test_two_cells_on_one_day_are_named(commune: Commune, office: Client) -> None:
    path = reverse("reorganisation:merge", args=[commune.person("Khiêm").pk, commune.person("Bun").pk])
    sent = {"step": "preview", "chon-standing": "kept", "chon-full_name": "kept"}
    answer = office.post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in page for words in ("01/08/2025", "Chi bộ bản Nà Lốc", "Chi bộ bản Pom Khe", "sửa ngày cuối"))


def test_a_roll_with_both_stays_and_the_preview_says_so(commune: Commune, office: Client, double: Person) -> None:
    commune.close(commune.meeting(month=date(2026, 10, 1)))
    before = Closure.objects.values().get()
    path = reverse("reorganisation:merge", args=[commune.person("Khiêm").pk, double.pk])
    preview = office.post(path, {"step": "preview", **CHOICES}).content.decode()
    assert "1 buổi đã kết thúc có hồ sơ nhập đi, trong đó 1 buổi có cả hai hồ sơ" in preview
    office.post(path, {"step": "confirm", **CHOICES})
    assert Closure.objects.values().get() == before


@pytest.mark.parametrize("value", EVIL, ids=range(len(EVIL)))
def test_whatever_arrives_is_answered(commune: Commune, office: Client, double: Person, value: str) -> None:
    path = reverse("reorganisation:merge", args=[commune.person("Khiêm").pk, double.pk])
    for name in ("step", "key", "paper", "chon-occupation", "chon-standing", "chon-x", value[:50]):
        answer = office.post(path, {"step": "preview", "chon-occupation": "kept", name: value})
        assert answer.status_code in {200, 400, 422}, name
        assert "<script>" not in answer.content.decode().replace("<script type", "").split("<body")[1]
    assert not Merging.objects.exists()
