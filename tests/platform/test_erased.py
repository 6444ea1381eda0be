"""Erased stays erased: an older backup comes back, and what was erased goes again before anybody looks."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from chibo.platform import erased
from tests.platform.conftest import ROOT, seed

pytestmark = pytest.mark.server
FIXTURE = ROOT / "tests" / "fixtures" / "release-0.1.0.chibo"
WORK = """
import sys, django; django.setup()
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import now
from chibo.membership.models import Erasure, Particular, Person
from chibo.membership.operations import erase_particulars, note_particulars
person = Person.objects.order_by("pk").first()
if sys.argv[1] == "note":
    note_particulars({person: {"address": "Nậm Xưa"}}, first=now().date(), at=now(), by=MACHINE)
if sys.argv[1] == "erase":
    erase_particulars(person, ["address"], paper="Đơn", at=now(), by=MACHINE)
print(person.pk, *Particular.objects.filter(field="address").values_list("value", flat=True), Erasure.objects.count())
"""


def chibo(place: Path, *words: str, code: str = "") -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "CHIBO_"))}
    more = {"CHIBO_HOME": str(place), "CHIBO_SECRET_KEY": "for tests", "DJANGO_SETTINGS_MODULE": "chibo.settings"}
    if code:
        more["CHIBO_DB_ROLE"] = "owner"
    done = subprocess.run(
        [sys.executable, *(["-c", code] if code else ["-m", "chibo.platform.cli"]), *words],
        cwd=ROOT, env={**kept, **more}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.timeout(300)  # a dozen whole processes, one after the other
def test_an_older_backup_does_not_bring_it_back(template, home):
    first, second, stick = home / "first", home / "second", home / "stick"
    stick.mkdir()
    seed(template, first)
    seed(template, second)
    chibo(first, "restore", str(FIXTURE))
    chibo(first, "init")
    person, *said = chibo(first, "note", code=WORK).split()
    assert said == ["Nậm", "Xưa", "0"]
    chibo(first, "backup", str(stick / "older.chibo"))
    assert not (stick / erased.NAME).exists()
    assert chibo(first, "erase", code=WORK).split() == [person, "1"]
    told = erased.known(first)
    assert [(str(line.person), line.field) for line in told] == [(person, "address")]
    chibo(first, "backup", str(stick / "newer.chibo"))
    assert erased.known(stick) == told

    # the machine is gone, the newest file cannot be read: the one before it is brought back
    assert "Đã xóa lại thông tin của 1 đảng viên" in chibo(second, "restore", str(stick / "older.chibo"))
    assert chibo(second, "look", code=WORK).split() == [person, "1"]
    assert erased.known(second) == told
    assert "đều khớp" in chibo(second, "check")
    assert "Đã xóa lại" not in chibo(second, "init")


def test_both_files_are_joined(installation, home):
    here, beside = (erased.Line(UUID(int=n), "address", date(2026, 11, n)) for n in (1, 2))
    place = installation("joined")
    erased.add([here])
    erased.add([beside, here], home)
    erased.take(home)
    assert erased.known() == [here, beside]
    erased.add([erased.Line(uuid4(), "religion", date(2026, 11, 3))])
    erased.carry(home)
    assert len(erased.known(home)) == 3
    assert ((place / erased.NAME).stat().st_mode & 0o777) == 0o600
