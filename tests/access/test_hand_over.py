"""An account is handed over on paper: one code, one use, a week; never further than the giver reaches."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import hashers
from django.test import Client
from django.urls import reverse

from chibo.access.models import Account, FailedSignIn, Handover, Session
from chibo.access.operations import CODE_LIVES, FREE_TRIES, begin_with_code, check_sign_in
from chibo.cadres.accounts import (
    Handed,
    account_lines,
    end_all_sessions,
    hand_over,
    lock_account,
    renew_code,
    unlock_account,
)
from chibo.cadres.authority import actor_for
from chibo.cadres.models import Office, Post
from chibo.cadres.operations import appoint, end_post
from chibo.kernel.actor import MACHINE, Power
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import EVENING, FOUNDED, PASSPHRASE, TODAY, Commune
from tests.conftest import refused

NEW = "nui cao suoi sau"
FIRST = "/lan-dau/"


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def give(commune: Commune, name: str = "Hoa", by: str = "Nhung", at: datetime = EVENING) -> Handed:
    username = f"{commune.person(name).folded_name.replace(' ', '.')}"
    return hand_over(commune.person(name), username, key=uuid.uuid4(), at=at, by=commune.actor(by))


def begin(handed: Handed, code: str = "", at: datetime = EVENING, phrase: str = NEW) -> Account | None:
    return begin_with_code(handed.account.username, code or handed.code, phrase, address=None, at=at)


def send(handed: Handed, client: Client, **more: str) -> int:
    typed = {"username": handed.account.username, "code": handed.code, "new": NEW, "again": NEW, **more}
    return client.post(FIRST, typed).status_code


def test_a_code_opens_the_account_once_and_the_passphrase_is_the_persons_own(commune: Commune) -> None:
    handed = give(commune)
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", handed.code)
    assert not handed.account.has_usable_password()
    account = begin(handed, code=handed.code.upper().replace("-", " "))
    assert account == handed.account
    assert check_sign_in(account.username, NEW, address=None, at=EVENING) == account
    assert begin(handed) is None
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="account.").order_by("pk")][-4:] == [
        "account.made", "account.given", "account.code_given", "account.code_used",
    ]  # fmt: skip


def test_the_code_itself_is_kept_nowhere(commune: Commune) -> None:
    handed = give(commune)
    row = Handover.objects.get(account=handed.account)
    stored = " ".join(str(value) for value in vars(row).values())
    assert handed.code not in stored
    assert handed.code.replace("-", "") not in stored


def test_a_code_ends_after_a_week_and_when_another_is_given(commune: Commune) -> None:
    handed = give(commune)
    assert begin(handed, at=EVENING + CODE_LIVES) is None
    again = renew_code(handed.person, key=uuid.uuid4(), at=EVENING, by=commune.actor("Nhung"))
    assert begin(handed) is None
    assert begin(again, at=EVENING + CODE_LIVES - timedelta(minutes=1)) == handed.account


def test_a_sheet_sent_twice_gives_one_code(commune: Commune) -> None:
    handed, key = give(commune), uuid.uuid4()
    renew_code(handed.person, key=key, at=EVENING, by=commune.actor("Nhung"))
    with refused("code_given_already"):
        renew_code(handed.person, key=key, at=EVENING, by=commune.actor("Nhung"))


def test_a_forgotten_passphrase_is_solved_by_the_office_and_old_sessions_end(commune: Commune) -> None:
    handed = give(commune)
    phone, thief = Client(), Client()
    assert send(handed, phone) == 302
    assert phone.get("/").status_code == 200
    again = renew_code(handed.person, key=uuid.uuid4(), at=EVENING, by=commune.actor("Nhung"))
    assert phone.get("/").status_code == 302
    assert check_sign_in(handed.account.username, NEW, address=None, at=EVENING) is None
    assert send(again, thief, code="aaaa-bbbb-cccc") == 422
    assert send(again, phone, new="mot cum tu khac", again="mot cum tu khac") == 302
    assert Entry.objects.filter(verb="account.code_given", reason="forgotten").count() == 1


def test_rights_of_a_handed_over_account_end_with_the_post_at_the_next_request(commune: Commune) -> None:
    appoint(commune.person("Hoa"), Office.CELL_COMMITTEE, commune.na_loc, on=FOUNDED, by=MACHINE)
    client, unit = Client(), reverse("front:unit", args=[commune.na_loc.pk])
    assert send(give(commune), client) == 302
    assert client.get(unit).status_code == 200
    post = Post.objects.get(person=commune.person("Hoa"))
    end_post(post, last=EVENING.date() - timedelta(days=1), by=MACHINE)
    assert client.get(unit).status_code == 404
    assert client.get("/").status_code == 200


def test_a_term_that_runs_out_ends_the_rights_by_itself(commune: Commune) -> None:
    appoint(commune.person("Hoa"), Office.CELL_COMMITTEE, commune.na_loc, on=FOUNDED, until=TODAY, by=MACHINE)
    handed = give(commune)
    assert actor_for(handed.account.pk, on=TODAY).ranges(Power.READ)
    assert not actor_for(handed.account.pk, on=TODAY + timedelta(days=1)).powers


def test_nobody_gives_more_than_they_have(commune: Commune) -> None:
    """The province's officer is a member of a cell of another commune: its office cannot take the account over."""
    commune.account("Vân")
    commune.account("Sơn")
    renew_code(commune.person("Sơn"), key=uuid.uuid4(), at=EVENING, by=commune.actor("Lan"))
    with refused("account_beyond"):
        renew_code(commune.person("Vân"), key=uuid.uuid4(), at=EVENING, by=commune.actor("Lan"))
    for act in (lambda p, by: lock_account(p, "lost", at=EVENING, by=by),
                lambda p, by: end_all_sessions(p, at=EVENING, by=by)):  # fmt: skip
        with refused("account_beyond"):
            act(commune.person("Vân"), commune.actor("Lan"))


def test_a_post_elsewhere_hidden_by_the_second_wall_still_counts(commune: Commune, as_app) -> None:
    appoint(commune.person("Hoa"), Office.PROVINCE_OFFICER, commune.province, on=FOUNDED, by=MACHINE)
    by = commune.actor("Nhung")
    as_app(by)
    with refused("account_beyond"):
        hand_over(commune.person("Hoa"), "hoa", key=uuid.uuid4(), at=EVENING, by=by)


@pytest.mark.parametrize("by", ["Inh", "Páo", "Khiêm", "Lan", "Quý", "Vân"])
def test_only_who_may_write_posts_here_hands_over(commune: Commune, by: str) -> None:
    with pytest.raises(NoPower):
        give(commune, by=by)


def test_nobody_does_it_for_themselves_so_the_last_office_stays(commune: Commune) -> None:
    nhung = commune.actor("Nhung")
    with refused("not_for_oneself"):
        lock_account(commune.person("Nhung"), "lost", at=EVENING, by=nhung)
    with refused("not_for_oneself"):
        renew_code(commune.person("Nhung"), key=uuid.uuid4(), at=EVENING, by=nhung)


def test_names_and_states_that_do_not_fit(commune: Commune) -> None:
    by, hoa = commune.actor("Nhung"), commune.person("Hoa")
    for name in ("hoà", "", " ", ".hoa", "hoa hoa", "hoa@xa", "=1"):
        with refused("bad_username"):
            hand_over(hoa, name, key=uuid.uuid4(), at=EVENING, by=by)
    with refused("no_account"):
        renew_code(hoa, key=uuid.uuid4(), at=EVENING, by=by)
    give(commune)
    with refused("account_taken"):
        give(commune)
    with refused("username_taken"):
        hand_over(commune.person("Ún"), " CA.Thi.Hoa ", key=uuid.uuid4(), at=EVENING, by=by)


def test_a_locked_account_is_out_and_its_code_is_dead(commune: Commune) -> None:
    handed, by = give(commune), commune.actor("Nhung")
    client = Client()
    send(handed, client)
    again = renew_code(handed.person, key=uuid.uuid4(), at=EVENING, by=by)
    send(again, client)
    lock_account(handed.person, "lost", at=EVENING, by=by)
    assert client.get("/").status_code == 302
    assert check_sign_in(handed.account.username, NEW, address=None, at=EVENING) is None
    with refused("account_locked"):
        renew_code(handed.person, key=uuid.uuid4(), at=EVENING, by=by)
    with refused("unknown_lock"):
        lock_account(handed.person, "vì sao", at=EVENING, by=by)
    unlock_account(handed.person, at=EVENING, by=by)
    with refused("account_open"):
        unlock_account(handed.person, at=EVENING, by=by)
    assert check_sign_in(handed.account.username, NEW, address=None, at=EVENING) == handed.account


def test_ending_all_sessions_leaves_the_passphrase(commune: Commune) -> None:
    handed, client = give(commune), Client()
    send(handed, client)
    assert end_all_sessions(handed.person, at=EVENING, by=commune.actor("Nhung")) == 1
    assert client.get("/").status_code == 302
    assert not Session.objects.filter(account=handed.account).exists()
    assert check_sign_in(handed.account.username, NEW, address=None, at=EVENING) == handed.account


def test_guessing_codes_is_slowed_like_guessing_phrases(commune: Commune) -> None:
    handed = give(commune)
    for _ in range(FREE_TRIES):
        assert begin(handed, code="aaaa-bbbb-cccc") is None
    with refused("sign_in_wait", seconds=15):
        begin(handed)
    assert begin(handed, at=EVENING + timedelta(minutes=15)) == handed.account
    assert not FailedSignIn.objects.exists()


def test_every_wrong_way_in_asks_the_same_and_hashes_nothing(
    commune: Commune, monkeypatch: pytest.MonkeyPatch, queries
) -> None:
    """No timing tells a name that exists from one that does not, a used code from a wrong one."""
    used, fresh = give(commune, "Hoa"), give(commune, "Ún")
    begin(used)
    hashed = []
    monkeypatch.setattr(hashers.get_hasher(), "encode", lambda *a, **k: hashed.append(a))
    for name, code in [("khong.co", fresh.code), (fresh.account.username, "aaaa-bbbb-cccc"),
                       (used.account.username, used.code), (fresh.account.username, used.code)]:  # fmt: skip
        FailedSignIn.objects.all().delete()
        with queries(7):
            assert begin_with_code(name, code, NEW, address="10.0.0.1", at=EVENING) is None
    assert hashed == []


def test_weak_phrases_do_not_use_the_code_up(commune: Commune) -> None:
    handed, client = give(commune), Client()
    assert send(handed, client, new="ngan", again="ngan") == 422
    assert send(handed, client, again="go khac di mot chut") == 422
    assert send(handed, client, new=f"{handed.account.username} moi", again=f"{handed.account.username} moi") == 422
    assert send(handed, client) == 302
    assert Account.objects.get(pk=handed.account.pk).signed_in_on is not None


def test_the_office_prints_the_sheet_and_sees_the_list(commune: Commune, django_assert_max_num_queries) -> None:
    client = Client()
    client.force_login(commune.account("Nhung"))
    hoa = commune.person("Hoa")
    page = client.get(reverse("front:account", args=[hoa.pk])).content.decode()
    assert "Lập tài khoản, in phiếu" in page
    assert "ca.thi.hoa" in page
    sheet = client.post(reverse("front:account", args=[hoa.pk]), {"username": "ca.hoa", "key": str(uuid.uuid4())})
    words = sheet.content.decode()
    code = re.search(r'class="code">(\w{4}-\w{4}-\w{4})<', words)
    assert code
    assert "http://testserver/lan-dau/" in words
    assert "no-store" in sheet["Cache-Control"]
    assert code[1] not in client.get(reverse("front:account", args=[hoa.pk])).content.decode()
    with django_assert_max_num_queries(14):
        words = client.get(reverse("front:accounts", args=[commune.commune.pk])).content.decode()
    assert "Đã trao mã, chờ mở" in words
    assert "Lò Văn Inh" in words
    assert "Hoàng Văn Sơn" not in words


def test_the_sheet_says_so_where_its_address_opens_on_this_machine_only(commune: Commune) -> None:
    client = Client()
    client.force_login(commune.account("Nhung"))
    address = reverse("front:account_code", args=[give(commune).person.pk])
    for host, here in (("127.0.0.1:8420", True), ("testserver", False)):
        words = client.post(address, {"key": uuid.uuid4()}, headers={"host": host}).content.decode()
        assert ("chỉ mở được trên chính máy này" in words) is here
        assert ("ở máy của văn phòng" in words) is here


def test_the_list_says_who_has_what(commune: Commune) -> None:
    commune.account("Inh")
    give(commune)
    late = EVENING + CODE_LIVES
    lines = account_lines(commune.commune, TODAY, at=late, actor=commune.actor("Nhung"), most=100)
    states = {line.person.full_name.split()[-1]: line.state for line in lines}
    assert states == {"Inh": "open", "Duyên": "none", "Hoa": "expired", "Liên": "none", "Nhung": "open", "Páo": "none"}
    where = {line.person.full_name.split()[-1]: [post.unit_name for post in line.posts] for line in lines}
    assert (where["Inh"], where["Liên"], where["Hoa"]) == (["Bản Nà Lốc"], ["Bản Pom Khe"], [])
    first = account_lines(commune.commune, TODAY, at=late, actor=commune.actor("Nhung"), most=2)
    rest = account_lines(commune.commune, TODAY, at=late, actor=commune.actor("Nhung"), after=first[-1].key, most=100)
    assert [line.person for line in first + rest] == [line.person for line in lines]


def test_the_one_who_forgot_comes_back_through_the_sign_in_page(commune: Commune) -> None:
    account = commune.account("Duyên")
    handed = renew_code(commune.person("Duyên"), key=uuid.uuid4(), at=EVENING, by=commune.actor("Nhung"))
    client = Client()
    assert "/lan-dau/" in client.get("/dang-nhap/").content.decode()
    assert client.post("/dang-nhap/", {"username": account.username, "password": PASSPHRASE}).status_code == 422
    assert send(handed, client) == 302
    assert client.get("/").status_code == 200
