"""The second step: computed as the RFC says, each code once, throttled, recovered, reset from above; no right until."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from chibo.access.models import Account, Authenticator, FailedSignIn, RecoveryCode, Session
from chibo.access.operations import (
    FREE_TRIES,
    begin_with_code,
    check_sign_in,
    close_account,
    confirm_step,
    give_code,
    pass_step,
    release_step,
    require_step,
    reset_step,
    start_step,
)
from chibo.access.operations.stepping import MOST_WRONG_CODES
from chibo.access.totp import code_at, secret_of, step_of
from chibo.cadres.accounts import reset_second_step
from chibo.cadres.authority import FROM_THE_OFFICE_UPWARD
from chibo.cadres.models import Office
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.errors import Refused
from chibo.ledger.models import Entry
from tests.commune import EVENING, FOUNDED, PASSPHRASE, TODAY, Commune
from tests.conftest import refused

HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def phone(account: Account, at: datetime = EVENING) -> str:
    """What the application on the phone shows."""
    row = Authenticator.objects.get(account=account)
    return code_at(secret_of(account.pk, row.salt), step_of(at))


def set_up(account: Account, at: datetime = EVENING - timedelta(hours=1)) -> list[str]:
    by = Actor(account.pk, None, {})
    start_step(at=at, by=by)
    codes = confirm_step(phone(account, at), address=None, keep=None, at=at, by=by)
    assert codes is not None
    return codes


def passes(account: Account, code: str, at: datetime = EVENING) -> bool:
    return pass_step(account, code, address=None, at=at)


def sign_in(account: Account, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/dang-nhap/", {"username": account.username, "password": PASSPHRASE})
    return client


def later(**more: float) -> time_machine.travel:
    return time_machine.travel(EVENING + timedelta(**more), tick=False)


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
     (2000000000, "279037"), (20000000000, "353130")],
)  # fmt: skip
def test_the_vectors_of_the_rfc(second: int, code: str) -> None:
    """RFC 6238, appendix B: its eight digits end in these six."""
    assert code_at(b"12345678901234567890", step_of(datetime.fromtimestamp(second, UTC))) == code


def test_half_a_minute_of_drift_either_way_and_no_more(commune: Commune) -> None:
    account = commune.account("Nhung")
    set_up(account)
    for steps, right in [(-2, False), (2, False), (-1, True), (0, True), (1, True)]:
        FailedSignIn.objects.all().delete()
        assert passes(account, phone(account, EVENING + steps * HALF_A_MINUTE)) is right, steps


def test_each_code_once_also_the_one_that_confirmed_and_older_ones(commune: Commune) -> None:
    account = commune.account("Nhung")
    set_up(account, EVENING)
    assert not passes(account, phone(account))
    following = phone(account, EVENING + HALF_A_MINUTE)
    assert passes(account, f" {following[:3]} {following[3:]} ")
    assert not passes(account, following)
    assert not passes(account, phone(account))


def test_the_secret_and_the_recovery_codes_are_stored_nowhere(commune: Commune) -> None:
    account = commune.account("Nhung")
    codes = set_up(account)
    row = Authenticator.objects.get(account=account)
    stored = str(vars(row)) + str(list(RecoveryCode.objects.filter(account=account).values()))
    assert secret_of(account.pk, row.salt).hex() not in stored
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]
    assert len(set(codes)) == 10


def test_a_recovery_code_takes_the_place_of_the_phone_once(commune: Commune) -> None:
    account, other = commune.account("Nhung"), commune.account("Páo")
    codes = set_up(account)
    set_up(other)
    assert not passes(other, codes[0])
    assert passes(account, codes[0].upper().replace("-", ""))
    assert not passes(account, codes[0])
    assert Entry.objects.filter(verb="account.recovery_code_used").count() == 1


def test_the_right_phrase_alone_gives_no_new_tries_at_the_code(commune: Commune) -> None:
    account = commune.account("Nhung")
    set_up(account)
    for _ in range(FREE_TRIES):
        assert check_sign_in(account.username, PASSPHRASE, address=None, at=EVENING) == account
        assert not passes(account, "000000")
    with refused("sign_in_wait", seconds=15):
        passes(account, phone(account))
    with refused("sign_in_wait"):
        check_sign_in(account.username, PASSPHRASE, address=None, at=EVENING)
    assert passes(account, phone(account, EVENING + timedelta(minutes=15)), EVENING + timedelta(minutes=15))
    assert not FailedSignIn.objects.exists()


def test_whoever_has_the_passphrase_never_get_many_tries(commune: Commune) -> None:
    account = commune.account("Nhung")
    set_up(account)
    tried, said = 0, set()
    for minute in range(0, 24 * 60, 5):
        try:
            tried += not passes(account, "000000", EVENING + timedelta(minutes=minute))
        except Refused as refusal:
            said.add(refusal.code)
    assert tried == MOST_WRONG_CODES
    assert said == {"too_many_codes"}
    late = EVENING + timedelta(hours=23)
    begin_with_code(account.username, give_code(account, "forgotten", key=uuid.uuid4(), at=late, by=MACHINE),
                    "nui cao suoi sau", address=None, at=late)  # fmt: skip
    assert passes(account, phone(account, late), late), "a new passphrase from the office opens the way again"


def test_signing_in_asks_for_the_code_and_only_then_is_somebody_in(commune: Commune) -> None:
    account = commune.account("Nhung")
    set_up(account)
    client = Client()
    asked = client.post("/dang-nhap/", {"username": account.username, "password": PASSPHRASE, "next": "/phien/"})
    assert asked.status_code == 200
    assert "Mở ứng dụng mã" in asked.content.decode()
    assert client.get("/").status_code == 302
    key = client.cookies["chibo"].value
    assert client.post("/dang-nhap/ma/", {"code": "000000"}).status_code == 422
    done = client.post("/dang-nhap/ma/", {"code": phone(account), "next": "/phien/"})
    assert (done.status_code, done["Location"]) == (302, "/phien/")
    assert client.cookies["chibo"].value != key
    assert client.get("/").status_code == 200


def test_what_was_typed_before_the_session_ended_comes_through_both_steps(commune: Commune) -> None:
    account = commune.account("Nhung")
    set_up(account)
    client = Client()
    typed = {"username": account.username, "password": PASSPHRASE, "next": "/sinh-hoat/1/", "giu:focal": "Làm đường"}
    assert 'name="giu:focal" value="Làm đường"' in client.post("/dang-nhap/", typed).content.decode()
    done = client.post("/dang-nhap/ma/", {"code": phone(account), "next": "/sinh-hoat/1/", "giu:focal": "Làm đường"})
    assert "Gửi lại" in done.content.decode()


def test_half_way_ends_after_five_minutes_or_when_the_account_changes(commune: Commune) -> None:
    account = commune.account("Nhung")
    set_up(account)
    late, changed, locked, nobody = sign_in(account), sign_in(account), sign_in(account), Client()
    with later(minutes=6):
        assert late.post("/dang-nhap/ma/", {"code": phone(account)})["Location"] == "/dang-nhap/"
    account.set_password("mot cum tu khac han")
    account.save()
    assert changed.post("/dang-nhap/ma/", {"code": phone(account)})["Location"] == "/dang-nhap/"
    close_account(account, "lost", at=EVENING, by=MACHINE)
    assert locked.post("/dang-nhap/ma/", {"code": phone(account)})["Location"] == "/dang-nhap/"
    assert nobody.get("/dang-nhap/ma/")["Location"] == "/dang-nhap/"


def test_a_post_that_asks_for_it_gives_no_right_until_it_is_set_up(commune: Commune) -> None:
    require_step(FROM_THE_OFFICE_UPWARD, on=FOUNDED, by=MACHINE)
    account, unit = commune.account("Nhung"), reverse("front:unit", args=[commune.commune.pk])
    client = sign_in(account)
    for page in (unit, "/", "/phien/", reverse("front:accounts", args=[commune.commune.pk])):
        assert client.get(page)["Location"] == "/buoc-hai/", page
    assert client.post(unit, headers={"X-Chibo-Part": "field"}).status_code == 401
    assert client.post("/buoc-hai/").status_code == 302
    page = client.get("/buoc-hai/").content.decode()
    assert "<svg" in page
    assert client.post("/buoc-hai/xac-nhan/", {"code": "000000"}).status_code == 422
    codes = client.post("/buoc-hai/xac-nhan/", {"code": phone(account)}).content.decode()
    assert len(re.findall(r'class="code">\w{4}-\w{4}<', codes)) == 10
    assert client.get(unit).status_code == 200
    secretary = sign_in(commune.account("Inh"))
    assert secretary.get(reverse("front:unit", args=[commune.na_loc.pk])).status_code == 200


def test_setting_it_up_ends_sessions_that_came_in_without(commune: Commune) -> None:
    account = commune.account("Inh")
    here, other = sign_in(account), sign_in(account)
    here.post("/buoc-hai/")
    here.post("/buoc-hai/xac-nhan/", {"code": phone(account)})
    assert here.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_a_page_in_between_does_not_make_a_second_secret_count(commune: Commune) -> None:
    account = commune.account("Inh")
    set_up(account)
    by = Actor(account.pk, None, {})
    with refused("step_set_up"):
        start_step(at=EVENING, by=by)
    with refused("step_set_up"):
        confirm_step(phone(account), address=None, keep=None, at=EVENING, by=by)
    with refused("step_not_started"):
        confirm_step("000000", address=None, keep=None, at=EVENING, by=Actor(commune.account("Páo").pk, None, {}))


def test_another_phone_and_new_recovery_codes(commune: Commune) -> None:
    require_step(["committee_office"], on=FOUNDED, by=MACHINE)
    account = commune.account("Nhung")
    old = set_up(account)
    client = sign_in(account)
    client.post("/dang-nhap/ma/", {"code": phone(account)})
    with later(minutes=1):
        assert client.post("/buoc-hai/ma-khoi-phuc/", {"code": "1"}).status_code == 422
        assert client.post("/buoc-hai/ma-khoi-phuc/", {"code": phone(account, EVENING + timedelta(minutes=1))})
        assert not passes(account, old[0], EVENING + timedelta(minutes=1))
    with later(minutes=2):
        assert client.post("/buoc-hai/thoi/", {"code": old[1]}).status_code == 422
        code = phone(account, EVENING + timedelta(minutes=2))
        assert client.post("/buoc-hai/thoi/", {"code": code}).status_code == 302
        assert client.get("/")["Location"] == "/buoc-hai/"


def test_only_the_office_above_resets(commune: Commune) -> None:
    appoint_office(commune, "Hoa")
    for name in ("Inh", "Nhung", "Hoa", "Páo"):
        set_up(commune.account(name))
    nhung = commune.actor("Nhung")
    reset_second_step(commune.person("Inh"), at=EVENING, by=nhung)
    assert not Authenticator.objects.filter(account=commune.account("Inh")).exists()
    for name in ("Hoa", "Páo"):
        with refused("not_from_above"):
            reset_second_step(commune.person(name), at=EVENING, by=nhung)
    with refused("step_not_set"):
        reset_second_step(commune.person("Inh"), at=EVENING, by=nhung)
    appoint_office(commune, "Yến", province=True)
    reset_second_step(commune.person("Páo"), at=EVENING, by=commune.actor("Yến"))
    assert Entry.objects.filter(verb="account.step_reset").count() == 2


def appoint_office(commune: Commune, name: str, *, province: bool = False) -> None:
    from chibo.cadres.operations import appoint

    unit = commune.province if province else commune.commune
    appoint(commune.person(name), Office.COMMITTEE_OFFICE, unit, on=FOUNDED, by=MACHINE)


def test_a_reset_ends_the_sessions(commune: Commune) -> None:
    account = commune.account("Inh")
    set_up(account)
    client = sign_in(account)
    client.post("/dang-nhap/ma/", {"code": phone(account)})
    reset_step(account, at=EVENING, by=MACHINE)
    assert client.get("/").status_code == 302
    assert not Session.objects.filter(account=account).exists()
    assert not RecoveryCode.objects.exists()


def test_after_a_restore_under_another_key_it_is_set_up_anew(commune: Commune, settings) -> None:
    account = commune.account("Inh")
    codes = set_up(account)
    settings.SECRET_KEY = "the key of another machine"
    assert not passes(account, codes[0])
    client = sign_in(account)
    assert client.get("/").status_code == 200
    assert client.post("/buoc-hai/").status_code == 302
    assert client.post("/buoc-hai/xac-nhan/", {"code": phone(account)}).status_code == 200


def test_the_rule_is_dated_and_the_word_shows_and_changes_it(commune: Commune, capsys) -> None:
    require_step(["committee_office"], on=TODAY, by=MACHINE)
    with refused("step_required_already"):
        require_step(["committee_office"], on=TODAY, by=MACHINE)
    release_step("committee_office", last=TODAY, by=MACHINE)
    with refused("step_not_required"):
        release_step("committee_office", last=TODAY + timedelta(days=1), by=MACHINE)
    call_command("second_step", "--require", "committee_secretary")
    assert "Bí thư đảng ủy" in capsys.readouterr().out
    call_command("second_step")
    assert "Bí thư đảng ủy" in capsys.readouterr().out


def test_where_nothing_is_required_the_page_says_so(commune: Commune) -> None:
    page = sign_in(commune.account("Inh")).get("/buoc-hai/").content.decode()
    assert "không bắt buộc bước hai với chức vụ nào" in page
    require_step(FROM_THE_OFFICE_UPWARD, on=FOUNDED, by=MACHINE)
    assert "bắt buộc bước hai với: bí thư đảng ủy" in sign_in(commune.account("Inh")).get("/buoc-hai/").content.decode()
