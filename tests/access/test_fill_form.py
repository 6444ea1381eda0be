"""The office fills in its register of processing and, when something happened, the pack for a breach."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from chibo.access.models import FilledForm
from chibo.access.operations import fill_form
from chibo.kernel.errors import NoPower
from tests.commune import EVENING, Commune
from tests.conftest import refused

TYPED = {"found_on": "2/11/2026", "what": "Mất máy tính xách tay của văn phòng", "people": "khoảng 200"}


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def fill(commune: Commune, typed: dict[str, str], kind: str = "breach", by: str = "Nhung",
         form: uuid.UUID | None = None) -> FilledForm:  # fmt: skip
    unit = commune.commune
    return fill_form(kind, typed, form=form or uuid.uuid4(), unit_id=unit.pk, scope_path=unit.scope_path, at=EVENING,
                     by=commune.actor(by), by_name=by)  # fmt: skip


def test_every_save_is_a_row_and_the_same_twice_is_one(commune: Commune) -> None:
    key = uuid.uuid4()
    first = fill(commune, TYPED, form=key)
    assert first.content["found_on"] == "2026-11-02"
    assert fill(commune, TYPED, form=key) == first
    fill(commune, {**TYPED, "done": "Đã khóa tài khoản"}, form=key)
    assert FilledForm.objects.filter(form=key).count() == 2
    with pytest.raises(DatabaseError, match="not rewritten"), transaction.atomic():
        FilledForm.objects.update(content={})


def test_what_does_not_fit(commune: Commune) -> None:
    with refused("bad_day"):
        fill(commune, {**TYPED, "found_on": "31/02/2026"})
    with refused("looks_like_identity"):
        fill(commune, {**TYPED, "what": "Lộ số căn cước 012345678901"})
    with refused("nothing_filled"):
        fill(commune, {"lạ": "x"}, kind="register")
    with refused("text_too_long"):
        fill(commune, {"officer": "a" * 2001}, kind="register")
    key = uuid.uuid4()
    fill(commune, TYPED, form=key)
    with refused("form_elsewhere"):
        fill(commune, {"officer": "Văn phòng"}, kind="register", form=key)
    for name in ("Inh", "Páo", "Lan", "Khiêm"):
        with pytest.raises(NoPower):
            fill(commune, TYPED, by=name)


def test_the_pages_count_the_days_and_keep_what_was_typed(commune: Commune) -> None:
    client, unit = Client(), commune.commune.pk
    client.force_login(commune.account("Nhung"))
    page = reverse("front:breach", args=[unit, uuid.uuid4()])
    assert "Ghi ngày phát hiện" in client.get(page).content.decode()
    wrong = client.post(page, {**TYPED, "found_on": "31/02/2026"})
    assert wrong.status_code == 422
    assert "Mất máy tính xách tay" in wrong.content.decode()
    assert client.post(page, TYPED).status_code == 302
    assert "Báo trước hết ngày 05/11/2026" in client.get(page).content.decode()
    assert "Phát hiện ngày 02/11/2026" in client.get(reverse("front:registers", args=[unit])).content.decode()
    with time_machine.travel("2026-11-09T08:00:00+07:00", tick=False):
        client.force_login(commune.account("Nhung"))
        assert "Quá hạn báo" in client.get(page).content.decode()
    register = reverse("front:processing", args=[unit])
    assert client.post(register, {"officer": "Văn phòng đảng ủy"}).status_code == 302
    words = client.get(register).content.decode()
    assert "Văn phòng đảng ủy</textarea>" in words
    assert "Quản lý đảng viên" in words
