"""Whoever keeps the server sees the machine, not the people; each answer has a number; faults quote nobody."""

from __future__ import annotations

import json
import logging

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from chibo.front import keeper, refusals, traces
from chibo.kernel.dates import now, today
from chibo.platform import alarms, logs
from tests.commune import Commune

pytestmark = pytest.mark.django_db
CANARY = "Lường Thị Hoàng Yến"


@pytest.fixture
def kept(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Quý"))
    return client


@pytest.fixture
def ringing(monkeypatch: pytest.MonkeyPatch) -> None:
    alarm = alarms.Alarm("backup", "Chưa đặt lịch sao lưu", "Cắm ổ thứ hai.", now())
    monkeypatch.setattr(alarms, "ringing", lambda _now: [alarm])


@pytest.mark.usefixtures("ringing")
def test_the_keeper_is_told_at_home_and_led_to_the_machine(kept: Client) -> None:
    home = kept.get(reverse("front:home")).content.decode()
    assert "Chưa đặt lịch sao lưu" in home
    assert reverse("front:machine_part", args=["backup"]) in home
    page = kept.get(reverse("front:machine")).content.decode()
    assert "1 việc của máy chủ cần làm" in page
    assert "Cắm ổ thứ hai." in page


@pytest.mark.usefixtures("ringing")
def test_nobody_else_hears_the_alarms(commune: Commune) -> None:
    for name in ("Inh", "Nhung", "Vân", "Khiêm"):
        assert keeper.owed(commune.actor(name), on=today()) == []


def test_health_is_a_word(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert len(answer.headers["X-Request-Id"]) == 8


def test_a_page_without_a_head_has_its_icon_too(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:4] == b"\0\0\1\0"  # type: ignore[attr-defined]


def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_each_request_has_a_number_of_its_own(client: Client) -> None:
    assert client.get("/healthz").headers["X-Request-Id"] != client.get("/healthz").headers["X-Request-Id"]


def faulty(request: object) -> None:
    raise ValueError(CANARY) from RuntimeError(CANARY)


def test_the_page_of_a_fault_has_the_number_and_the_log_has_it_too(client: Client, monkeypatch, caplog) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("chibo.front.views.machine.connection", None)
    answer = client.get("/healthz", {"q": CANARY})
    assert answer.status_code == 500
    number = answer.headers["X-Request-Id"]
    assert number in answer.content.decode()


def log_lines(record: logging.LogRecord) -> str:
    logs.Traced().filter(record)
    return logs.Quiet().format(record)


def test_a_logged_fault_tells_where_and_not_what() -> None:
    request = RequestFactory().get("/dang-vien/7f3c1a52-9b7e-4a38-8d24-0c1d2e3f4a5b/")
    request.resolver_match = resolve(request.path)
    try:
        faulty(request)
    except ValueError as fault:
        about = (type(fault), fault, fault.__traceback__)
    made = logging.LogRecord("django.request", 40, "", 0, "Internal Server Error: %s", (request.path,), about)
    made.request = request
    line = log_lines(made)
    assert "Internal Server Error: front:person" in line
    assert "builtins.ValueError" in line
    assert "builtins.RuntimeError" in line
    assert "test_machine.py" in line
    assert CANARY not in line
    assert "7f3c1a52" not in line


def test_a_slow_query_is_told_without_its_values(client: Client, monkeypatch, caplog) -> None:
    monkeypatch.setattr(traces, "SLOW", 0.0)
    with caplog.at_level("WARNING", "chibo.slow"):
        client.post(reverse("front:sign_in"), {"username": "hoang.yen", "password": CANARY})
    told = [record.getMessage() for record in caplog.records if record.name == "chibo.slow"]
    assert any("slow query" in line and "%s" in line for line in told)
    assert any("slow page" in line and "front:sign_in" in line for line in told)
    assert not any(CANARY in line or "hoang.yen" in line for line in told)


def test_the_small_answer_of_a_fault_has_the_number() -> None:
    request = RequestFactory().get("/", headers={"X-Chibo-Part": "1"})
    token = logs.request_id.set("a1b2c3d4")
    answer = refusals.server_fault(request)
    logs.request_id.reset(token)
    assert "a1b2c3d4" in json.loads(answer.content)["sentence"]
