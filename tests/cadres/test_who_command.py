"""chibo who: ai giữ chức vụ gì vào một ngày."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import appoint, end_post
from chibo.kernel.actor import MACHINE
from tests.commune import Commune, found_cell


@pytest.fixture
def changed(commune: Commune) -> Commune:
    """Inh led the cell until the end of June, then Duyên."""
    post = Post.objects.get(unit=commune.na_loc, office=Office.CELL_SECRETARY)
    end_post(post, last=date(2026, 6, 30), by=MACHINE)
    appoint(commune.person("Ún"), Office.CELL_SECRETARY, commune.na_loc, on=date(2026, 7, 1), by=MACHINE,
            decision="21-QĐ/ĐU")  # fmt: skip
    return commune


def asked(unit: str, on: str, **more: object) -> str:
    out = StringIO()
    call_command("who", unit=unit, on=on, stdout=out, **more)
    return out.getvalue()


def test_who_was_secretary_on_that_day(changed: Commune) -> None:
    before, after = (asked("Chi bộ bản Nà Lốc", day) for day in ("30/6/2026", "1/7/2026"))
    assert "Bí thư chi bộ: Lò Văn Inh, từ 01/08/2025 đến 30/06/2026" in before
    assert "Tòng Văn Ún" not in before
    assert "Bí thư chi bộ: Tòng Văn Ún, từ 01/07/2026, 21-QĐ/ĐU" in after
    assert "Lò Văn Inh" not in after


def test_for_programs(changed: Commune) -> None:
    told = json.loads(asked(str(changed.na_loc.pk), "2026-07-01", json=True))
    assert told["unit"] == {"id": changed.na_loc.pk, "name": "Chi bộ bản Nà Lốc"}
    assert {"post": "Bí thư chi bộ", "name": "Tòng Văn Ún", "from": "2026-07-01", "to": None,
            "decision": "21-QĐ/ĐU"} in told["posts"]  # fmt: skip


def test_where_nobody_held_anything(commune: Commune) -> None:
    found_cell("Chi bộ bản Mới", "Bản Mới", commune.commune)
    assert "không ghi ai giữ chức vụ" in asked("Chi bộ bản Mới", "3/11/2026")


def test_what_cannot_be_asked(commune: Commune) -> None:
    for unit, on in (("Chi bộ bản Nà Lốc", "31/2/2026"), ("Chi bộ nào đó", "3/11/2026")):
        with pytest.raises(CommandError) as refusal:
            asked(unit, on)
        assert refusal.value.returncode == 2
