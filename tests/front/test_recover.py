"""The lost administrator: sealed codes from the first day, and the word of whoever holds the machine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from chibo.access.models import Account, Handover
from chibo.access.operations import begin_with_code, close_account
from chibo.cadres.authority import actor_for
from chibo.kernel.actor import MACHINE, Power
from chibo.kernel.dates import now, today
from chibo.ledger.models import Entry
from tests.commune import Commune
from tests.front.conftest import Say

NEW = "nui cao suoi sau"


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
