"""The lost administrator: sealed codes from the first day, and the word of whoever holds the machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chibo.access.models import Account, Handover
from chibo.access.operations import begin_with_code, close_account
from chibo.cadres.authority import actor_for
from chibo.kernel.actor import MACHINE, Power
from chibo.kernel.dates import now, today
from chibo.ledger.models import Entry
from tests.commune import PASSPHRASE, Commune

CODE = r"\b[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}\b"
NEW = "nui cao suoi sau"
Say = Callable[..., list[str]]


@pytest.fixture
def codes(capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a word, give the codes it printed."""

    def run(*words: str) -> list[str]:
        call_command(*words)
        return re.findall(CODE, capsys.readouterr().out)

    return run


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


def test_the_machine_opens_a_locked_account_and_the_ledger_says_so(commune: Commune, codes: Say) -> None:
    account = commune.account("Nhung")
    close_account(account, "lost", at=now(), by=MACHINE)
    [code] = codes("recover", "--username", account.username.upper())
    assert begin_with_code(account.username, code, NEW, address=None, at=now() + timedelta(days=1)) is None
    assert begin_with_code(account.username, code, NEW, address=None, at=now()) == account
    assert Entry.objects.filter(verb="account.recovered", by_account=None).count() == 1


def test_when_nobody_is_left_a_member_is_given_the_office(commune: Commune, codes: Say) -> None:
    found = codes("recover", "--username", "vanphong.moi", "--person", "hà văn khiêm", "--unit",
                  str(commune.commune.pk), "--sealed")  # fmt: skip
    assert len(found) == 6
    account = Account.objects.get(username="vanphong.moi")
    assert begin_with_code("vanphong.moi", found[0], NEW, address=None, at=now()) == account
    assert actor_for(account.pk, on=today()).can(Power.APPOINT, commune.commune.scope_path)
    assert Handover.objects.filter(account=account, kind=Handover.SEALED).count() == 5


@pytest.mark.parametrize(
    "words",
    [
        ["--username", "khong.co"],
        ["--username", "x", "--person", "Không Có Ai", "--unit", "1"],
        ["--username", "x", "--person", "Hà Văn Khiêm"],
        ["--username", "x", "--person", "Hà Văn Khiêm", "--unit", "999999"],
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_left_behind(commune: Commune, words: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("recover", *words)
    assert not Handover.objects.exists()
    assert not Account.objects.exists()
