"""Whatever arrives in a form: a clear sentence, nothing half-written, never a fault of ours."""

from __future__ import annotations

import uuid
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chibo.meetings.models import Closure, Meeting, SheetEntry
from tests.commune import PASSPHRASE, Commune

pytestmark = pytest.mark.sweep

ALLOWED = {200, 302, 400, 403, 404, 409, 413, 422}
EVIL = {
    "a million": "a" * 1_000_000,
    "nul": "trước\x00sau",
    "bidi": "a\u202egnp.exe",
    "nfd": "Nguye\u0302\u0303n Va\u0306n",
    "icelandic eth": "Ðảng ủy",
    "no such day": "30/02/2026",
    "huge number": "9" * 400,
    "negative": "-1",
    "lone surrogate escaped": "\ufffd\ufffe",
    "formula": "=cmd|' /C calc'!A0",
    "script": "<script>alert(1)</script>",
    "quotes": "'; DROP TABLE meetings_meeting; --",
    "identity number": "Số 012345678901 của ông ấy",
    "blank": "   ",
}
FIELDS = ["held_on", "started", "ended", "venue", "chair", "writer", "guests", "dues_paid", "focal", "papers_sent_on",
          "topic", "criticism", "conclusion", "vote_for", "resolution", "score.time", "why.time"]  # fmt: skip

QUERY = ["q", "thang", "loai", "loc", "sau", "nam", "tu", "den", "don-vi", "cay", "ngay", "tinh-trang"]


@pytest.fixture
def inh(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Inh"))
    client.raise_request_exception = True
    return client


@pytest.fixture
def meeting(commune: Commune) -> Meeting:
    return commune.meeting()


def test_every_field_of_the_sheet(inh: Client, meeting: Meeting) -> None:
    for field, value in product(FIELDS, EVIL.values()):
        answer = inh.post(reverse("meetings:sheet", args=[meeting.pk]), {field: value, f"v:{field}": "0"})
        assert answer.status_code in ALLOWED, field
    stored = "".join(SheetEntry.objects.values_list("value", flat=True))
    assert not {"\x00", "\u202e"} & set(stored)
    assert "012345678901" not in stored
    assert "Ð" not in stored


def test_what_cannot_be_read_stays_on_the_page_beside_its_sentence(inh: Client, meeting: Meeting) -> None:
    typed = {"held_on": "30/02/2026", "v:held_on": "0", "conclusion": "Nhất trí sửa đường.", "v:conclusion": "0"}
    answer = inh.post(reverse("meetings:sheet", args=[meeting.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tháng 2/2026 chỉ có 28 ngày" in page
    assert "Nhất trí sửa đường." in page
    assert not SheetEntry.objects.exists()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("closure", ["key", "revision"]), ("note", ["key", "text"]), ("postponement", ["key", "to", "reason"]),
        ("not_held", ["key", "reason"]), ("invitations", ["key"]), ("absence", ["key", "person", "reason"]),
    ],
)  # fmt: skip
def test_every_other_form_of_a_meeting(inh: Client, meeting: Meeting, name: str, fields: list[str]) -> None:
    address = reverse(f"meetings:{name}", args=[meeting.pk])
    for field, value in product(fields, EVIL.values()):
        sent: dict[str, Any] = {"key": str(uuid.uuid4()), "reason": "Mưa", "to": "09/11/2026", field: value}
        assert inh.post(address, sent).status_code in ALLOWED, field
    assert not Closure.objects.exists()


def test_signing_in(client: Client, commune: Commune) -> None:
    account = commune.account("Inh")
    for name, value in product(("username", "password"), EVIL.values()):
        sent = {"username": account.username, "password": PASSPHRASE, name: value}
        assert client.post(reverse("front:sign_in"), sent).status_code in {400, 413, 422}


def test_addresses_with_anything_in_them(inh: Client, commune: Commune) -> None:
    unit = commune.na_loc.pk
    for path in (
        reverse("front:find"), reverse("meetings:board", args=[unit]), reverse("front:members", args=[unit]),
        reverse("meetings:tasks_of_unit", args=[unit]), reverse("front:figure", args=["meetings.attendance"]),
        reverse("meetings:of_unit", args=[unit]),
    ):  # fmt: skip
        for value, name in product(
            (each[:3000] for each in EVIL.values()),
            (
                "xep",
                "o",
                "la",
                "q",
                "thang",
                "loai",
                "loc",
                "sau",
                "nam",
                "tu",
                "den",
                "don-vi",
                "cay",
                "ngay",
                "tinh-trang",
            ),
        ):
            sent = {name: value} if name == "don-vi" else {"don-vi": unit, name: value}
            assert inh.get(path, sent).status_code in ALLOWED, (path, name)


def test_sending_twice_closes_once(inh: Client, commune: Commune, meeting: Meeting) -> None:
    commune.write(meeting, ended="21:15", conclusion="Nhất trí.")
    from chibo.meetings.sheet import sheet_of

    sent = {"key": str(uuid.uuid4()), "revision": str(sheet_of(meeting).revision)}
    address = reverse("meetings:closure", args=[meeting.pk])
    first, second = inh.post(address, sent), inh.post(address, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Closure.objects.count() == 1


def test_bytes_that_are_no_text(inh: Client, meeting: Meeting) -> None:
    address = reverse("meetings:sheet", args=[meeting.pk])
    for kind, body in (
        ("application/x-www-form-urlencoded", b"conclusion=%ff%fe&v:conclusion=0"),
        ("application/json", b"{"),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("text/plain", b"\xff\xfe"),
    ):
        assert inh.generic("POST", address, body, content_type=kind).status_code in ALLOWED, kind
