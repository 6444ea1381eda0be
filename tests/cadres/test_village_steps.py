"""Bản «trắng» và bản bí thư chưa kiêm trưởng bản: vì sao, ai lo, bước tiếp theo."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from chibo.cadres.models import VillageStep
from chibo.cadres.operations import NewStep, say_village_step
from chibo.figures.answers import Tree
from chibo.figures.door import figures
from chibo.front.villages import clearing_of, owed
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.kernel.periods import Period
from chibo.ledger.models import Entry
from chibo.organisation.models import Locality
from chibo.organisation.operations import NewLocality, register_localities, serve_locality
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

AT = datetime(2026, 11, 3, 9, 0, tzinfo=ZONE)
DUE = date(2026, 12, 31)


@pytest.fixture
def villages(commune: Commune) -> dict[str, Locality]:
    """Three blank villages since the register began, one served by its own cell."""
    names = ["Pú Tửu", "Co Cượm", "Nà Tấng"]
    rows = [NewLocality("hamlet", name, has_members=False) for name in names]
    rows.append(NewLocality("hamlet", "Nà Lốc", cell=commune.na_loc))
    found = register_localities(rows, commune.commune, on=FOUNDED, by=MACHINE)
    return dict(zip([*names, "Nà Lốc"], found, strict=True))


def cleared(commune: Commune, locality: Locality, on: date, cause: str = "admitted") -> None:
    serve_locality(locality, cell=commune.pom_khe, has_members=True, on=on, cause=cause, decision="", by=MACHINE)


def said(commune: Commune, locality: Locality, *, by: str = "Nhung", key: uuid.UUID | None = None,
         owner: str = "Páo", **more: Any) -> VillageStep:  # fmt: skip
    told = {"reason": "nobody_ready", "step": "Mở lớp bồi dưỡng cho hai quần chúng", "due": DUE, **more}
    new = NewStep(owner=commune.person(owner).pk, **told)
    return say_village_step(locality, "blank", new, key=key or uuid.uuid4(), at=AT, by=commune.actor(by), by_name=by)


def test_villages_cleared_are_counted_by_the_day_they_got_members(
    commune: Commune, villages: dict[str, Locality]
) -> None:
    cleared(commune, villages["Nà Tấng"], date(2025, 12, 10))
    cleared(commune, villages["Co Cượm"], date(2026, 3, 5), "returned")
    serve_locality(villages["Nà Tấng"], cell=None, has_members=False, on=date(2026, 9, 1), cause="left", decision="",
                   by=MACHINE)  # fmt: skip
    for tree in Tree:
        for year, told in ((2025, (1, 0)), (2026, (1, 1))):
            found = figures(["villages.cleared", "villages.blank_again"], commune.province, Period.year(year), tree,
                            by=MACHINE, on=TODAY)  # fmt: skip
            assert tuple(answer.numerator for answer in found.values()) == told
            assert sum(part.numerator for part in found["villages.cleared"].children) == told[0]
    row = found["villages.cleared"].rows[0]
    assert (row.title, row.note) == ("Bản Co Cượm", "đảng viên chuyển về, phục viên, hưu trí")


def test_year_by_year_and_where_the_pace_leads(commune: Commune, villages: dict[str, Locality]) -> None:
    cleared(commune, villages["Nà Tấng"], date(2026, 3, 5))
    told = clearing_of(commune.commune, by=MACHINE, on=TODAY)
    assert [(each.year, each.cleared, each.left) for each in told.years] == [(2025, 0, 3), (2026, 1, 2)]
    assert (told.pace, told.until) == (1, 2032)  # two left, one in three years
    assert told.blank.numerator == len(told.left) == 2
    assert told.causes == [("kết nạp đảng viên tại chỗ", 1)]
    for name in ("Co Cượm", "Pú Tửu"):
        cleared(commune, villages[name], date(2026, 10, 1))
    assert clearing_of(commune.commune, by=MACHINE, on=TODAY).until is None


def test_the_newest_step_holds_and_the_first_one_stays(commune: Commune, villages: dict[str, Locality]) -> None:
    key = uuid.uuid4()
    first = said(commune, villages["Pú Tửu"], key=key)
    assert said(commune, villages["Pú Tửu"], key=key).pk == first.pk
    with refused("key_used"):
        said(commune, villages["Pú Tửu"], key=key, step="Khác")
    assert first.owner_name == "Lường Văn Páo"
    assert Entry.objects.filter(verb="village.step_said").count() == 1
    (left,) = [each for each in clearing_of(commune.commune, by=MACHINE, on=TODAY).left if each.step]
    assert left.step == first
    with pytest.raises(DatabaseError), transaction.atomic():
        VillageStep.objects.filter(pk=first.pk).update(step="Khác")


def test_what_is_refused(commune: Commune, villages: dict[str, Locality]) -> None:
    place = villages["Pú Tửu"]
    with refused("no_text"):
        said(commune, place, step=" ")
    with refused("unknown_word"):
        said(commune, place, reason="hard_to_choose")  # of the other matter
    with refused("step_due_passed"):
        said(commune, place, due=date(2026, 11, 1))
    with refused("day_ahead"):
        said(commune, place, tried_on=date(2026, 12, 1))
    with refused("not_seen_to"):
        said(commune, place, owner="Khiêm")  # holds no post
    with refused("looks_like_identity"):
        said(commune, place, step="Gặp anh 011099001234")
    with refused("matter_settled"):
        said(commune, villages["Nà Lốc"])
    for name in ("Inh", "Lan"):
        with pytest.raises(NoPower):
            said(commune, place, by=name)


def test_a_step_past_its_day_is_owed_and_a_village_nobody_sees_to_is_a_reminder(
    commune: Commune, villages: dict[str, Locality]
) -> None:
    said(commune, villages["Pú Tửu"], due=date(2026, 11, 4))
    found = owed(commune.actor("Nhung"), on=date(2026, 11, 10))
    assert [(each.title, each.firm, each.days_late) for each in found] == [
        ("Bản Pú Tửu chưa có đảng viên: Mở lớp bồi dưỡng cho hai quần chúng", True, 6),
        ("2 bản chưa có đảng viên, chưa có ai lo", False, 0),
    ]
    assert owed(commune.actor("Inh"), on=TODAY) == []


@time_machine.travel(EVENING)
def test_from_the_page_of_blank_villages(commune: Commune, villages: dict[str, Locality], client: Client) -> None:
    client.force_login(commune.account("Nhung"))
    place, form = f"/don-vi/{commune.commune.pk}/ban-trang/", f"/thon-ban/{villages['Pú Tửu'].pk}/con-vuong/ban-trang/"
    assert place in client.get(f"/don-vi/{commune.commune.pk}/thon-ban/").text
    page = client.get(place).text
    assert ">3</a> bản chưa có đảng viên" in page and "Chưa có ai lo" in page and form in page
    assert "Ba năm qua chưa xóa được bản nào" in page
    shown = client.get(form).text
    assert "chưa có quần chúng đủ điều kiện" in shown and "khó chọn nhân sự" not in shown
    posted = {"key": str(uuid.uuid4()), "reason": "away", "owner": str(commune.person("Páo").pk), "tried_on": "",
              "step": "Vận động hai thanh niên về", "due": "31/02/2027"}  # fmt: skip
    answer = client.post(form, posted)
    assert answer.status_code == 422 and "Tháng 2/2027 chỉ có 28 ngày" in answer.text and "Vận động hai" in answer.text
    assert client.post(form, posted | {"due": "31/12/2026", "owner": "x"}).status_code == 422
    assert client.post(form, posted | {"due": "31/12/2026"}).status_code == 302
    page = client.get(place).text
    assert "Vận động hai thanh niên về" in page and "Người trẻ đi làm xa" in page and "1/3 bản có người lo" in page
    assert client.get(form.replace("ban-trang/", "khac/")).status_code == 404
    client.force_login(commune.account("Sơn"))
    assert client.get(form).status_code == 404


@time_machine.travel(EVENING)
def test_why_the_secretary_is_not_the_village_head(
    commune: Commune, villages: dict[str, Locality], client: Client
) -> None:
    client.force_login(commune.account("Nhung"))
    cells = f"/don-vi/{commune.commune.pk}/chi-bo/"
    form = f"/thon-ban/{villages['Nà Lốc'].pk}/con-vuong/chua-kiem/"
    assert form in client.get(cells).text
    posted = {"key": str(uuid.uuid4()), "reason": "hard_to_choose", "owner": str(commune.person("Inh").pk),
              "tried_on": "12/10/2026", "step": "Họp dân giới thiệu lại", "due": "31/12/2026"}  # fmt: skip
    assert client.post(form, posted).status_code == 302
    page = client.get(cells).text
    assert "khó chọn nhân sự, lần thử gần nhất 12/10/2026" in page and "Họp dân giới thiệu lại" in page


@time_machine.travel(EVENING)
def test_a_branch_without_blank_villages_says_what_to_do(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Nhung"))
    assert "Chưa có bản «trắng» nào trong sổ" in client.get(f"/don-vi/{commune.commune.pk}/ban-trang/").text
