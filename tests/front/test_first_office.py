"""An empty place gets its first unit and its first account: a file of its own, since no commune may stand beside it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from chibo.access.models import Account
from chibo.access.operations import begin_with_code, check_sign_in
from chibo.cadres.authority import actor_for
from chibo.front.management.commands import first_office
from chibo.kernel.actor import Power
from chibo.kernel.dates import now
from chibo.kernel.paths import PathRange
from chibo.membership.models import Person
from chibo.organisation.models import Unit
from tests.commune import EVENING, PASSPHRASE
from tests.front.conftest import Run, Say

NEW = "nui cao suoi sau"


def first(**more: str) -> list[str]:
    given = {"unit": "Đảng bộ xã Huổi Lam", "cell": "Chi bộ Cơ quan xã", "person": "Quàng Thị Nhung",
             "username": "vanphong", **more}  # fmt: skip
    return [word for name, value in given.items() for word in (f"--{name}", value)]


def test_an_empty_place_gets_its_first_unit_and_account(run: Run, tmp_path):
    (tmp_path / "phrase").write_text(PASSPHRASE + "\n")
    where = str(tmp_path / "phrase")
    status, out, _ = run("first_office", *first(), "--on", "2026-11-01", "--passphrase-file", where)
    assert status == 0
    assert "«vanphong»" in out
    account = check_sign_in("vanphong", PASSPHRASE, address=None, at=EVENING)
    assert account is not None
    assert not account.is_demo
    root = Unit.objects.get(placements__kind="commune")
    assert actor_for(account.pk, on=EVENING.date()).ranges(Power.ORGANISE) == (PathRange.of(root.scope_path),)
    status, _, err = run("first_office", *first(), "--passphrase-file", where)
    assert status == 1
    assert "đã có gốc" in err


def test_a_poor_passphrase_leaves_the_place_empty(run: Run, tmp_path):
    (tmp_path / "phrase").write_text("ngan\n")
    assert run("first_office", *first(), "--passphrase-file", str(tmp_path / "phrase"))[0] == 1
    assert run("first_office", *first(), "--passphrase-file", str(tmp_path / "none"))[0] == 2
    assert not (Unit.objects.exists() or Person.objects.exists() or Account.objects.exists())


def test_the_passphrase_is_asked_twice_at_the_screen(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(first_office.sys, "stdin", type("Screen", (), {"isatty": lambda self: True})())
    answers = iter([PASSPHRASE, "khac di mot chut", PASSPHRASE, PASSPHRASE])
    monkeypatch.setattr(first_office, "getpass", lambda _: next(answers))
    assert run("first_office", *first())[0] == 2
    assert run("first_office", *first())[0] == 0


def test_without_a_screen_it_says_how(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(first_office.sys, "stdin", type("Pipe", (), {"isatty": lambda self: False})())
    status, _, err = run("first_office", *first())
    assert status == 2
    assert "--passphrase-file" in err


def test_the_envelope_of_the_first_day_opens_the_account_years_later(db: None, codes: Say, tmp_path: Path) -> None:
    where = str(tmp_path / "phrase")
    (tmp_path / "phrase").write_text(PASSPHRASE + "\n")
    sealed = codes("first_office", "--unit", "Đảng bộ xã Huổi Lam", "--cell", "Chi bộ Cơ quan xã", "--person",
                   "Quàng Thị Nhung", "--username", "vanphong", "--passphrase-file", where)  # fmt: skip
    assert len(set(sealed)) == 5
    later = now() + timedelta(days=900)
    for code in sealed:
        assert begin_with_code("vanphong", code, NEW, address=None, at=later)
        assert begin_with_code("vanphong", code, NEW, address=None, at=later) is None
