"""A restore on another machine, with another key: it says whose second step has to be set up again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.platform.conftest import ROOT, seed

pytestmark = pytest.mark.server
FIXTURE = ROOT / "tests" / "fixtures" / "release-0.1.0.chibo"
ACCOUNTS = """
import django; django.setup()
from chibo.access.models import Account, Authenticator
from chibo.access.totp import key_mark
from chibo.kernel.dates import now
for name, confirmed, active in [("van.phong", now(), True), ("chua.xong", None, True), ("da.khoa", now(), False)]:
    locked = {} if active else {"locked_at": now(), "locked_why": "left"}
    account = Account.objects.create(username=name, is_active=active, made_at=now(), **locked)
    Authenticator.objects.create(account=account, salt="0" * 32, key_mark=key_mark(), at=now(), confirmed_at=confirmed)
"""


def chibo(place: Path, key: str, *words: str, code: str = "") -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "CHIBO_"))}
    more = {"CHIBO_HOME": str(place), "CHIBO_SECRET_KEY": key, "DJANGO_SETTINGS_MODULE": "chibo.settings"}
    if code:
        more["CHIBO_DB_ROLE"] = "owner"
    done = subprocess.run(
        [sys.executable, *(["-c", code] if code else ["-m", "chibo.platform.cli"]), *words],
        cwd=ROOT, env={**kept, **more}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.timeout(300)  # whole processes, one after the other
def test_it_names_those_who_had_one(template, home):
    first, same, other, file = home / "first", home / "same", home / "other", home / "kept.chibo"
    for place in (first, same, other):
        seed(template, place)
    assert "bước hai" not in chibo(first, "the old key", "restore", str(FIXTURE))  # older than the second step
    chibo(first, "the old key", "init")
    chibo(first, "the old key", code=ACCOUNTS)
    chibo(first, "the old key", "backup", str(file))
    assert "bước hai" not in chibo(same, "the old key", "restore", str(file))
    said = chibo(other, "another key", "restore", str(file))
    assert "1 người phải lập lại bước hai ở lần đăng nhập tới: van.phong." in said
    assert "chua.xong" not in said
    assert "da.khoa" not in said
