"""`chibo demo` as it is typed: alike every time, harmless twice, never beside real data; and its backup comes back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from chibo.platform import canonical, database
from tests.crash.test_kills import CHIBO, Installation
from tests.platform.conftest import ROOT, seed, short_folder

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

WORK, DAY = "tests.demo.work", "2026-11-20"
OF_THE_CLOCK = {"access_account.made_at", "django_migrations.applied", "ledger_entry.at"}
OF_CHANCE = (
    {"access_account.password", "ledger_salt.salt"}
    | {  # salts; which of two ids is the smaller one
        f"membership_apart.{column}" for column in ("person_id", "other_id", "scope_path", "home_path")
    }
    | {
        "membership_merging.outcome",
        "exchange_intake.outcome",
        "membership_particular.id",
        "reorganisation_decision.outcome",
    }
)  # in the order of ids
OF_BOTH = {"ledger_entry.content_hash", "ledger_seal.digests", "ledger_seal.hash", "ledger_seal.previous"}
MAY_DIFFER = OF_THE_CLOCK | OF_CHANCE | OF_BOTH
ANY_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Place = Callable[[str], Installation]


@pytest.fixture(scope="module")
def place(template: Path) -> Iterator[Place]:
    """Installations of this module by name; a new one is prepared and empty."""
    with short_folder() as home:
        made: dict[str, Installation] = {}

        def enter(name: str) -> Installation:
            if name not in made:
                seed(template, home / name)
                made[name] = Installation(home / name)
            return made[name]

        yield enter


def rows(where: Installation) -> list[str]:
    """The canonical export: every row of every table, a line each."""
    cluster = database.Cluster(where.home, durable=False)
    cluster.start()
    try:
        with psycopg.connect(cluster.dsn("chibo", database.OWNER)) as db:
            return list(canonical.data_lines(db))
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def as_loaded(place: Place) -> list[str]:
    """The demo of a day, exported before anybody used it."""
    place("demo").run(CHIBO, "demo", "--on", DAY)
    return rows(place("demo"))


@pytest.fixture
def demo(place: Place, as_loaded: list[str]) -> Installation:
    """The installation with that demo."""
    return place("demo")


def asked(where: Installation, *words: str) -> subprocess.CompletedProcess[str]:
    """A command that may fail."""
    return subprocess.run([sys.executable, "-m", CHIBO, *words], cwd=ROOT, env=where.env, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=120, check=False)  # fmt: skip


def alike(lines: list[str]) -> dict[str, list[str]]:
    """The export without what may differ, ids given by what they stand for, in an order free of ids."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for line in map(json.loads, lines):
        if set(line) == {"table"}:
            rows = tables.setdefault(line["table"].removeprefix("public."), [])
        else:
            rows.append(line)
    came = {
        row["person_id"]: row["during"] for row in tables["membership_belonging"]
    }  # tells two records of a name apart
    names = {row["id"]: f"<{row['full_name']} {came[row['id']]}>" for row in tables["membership_person"]}
    names |= {row["id"]: f"<{row['unit_id']} {row['kind']} {row['planned_on']}>" for row in tables["meetings_meeting"]}
    names |= {row["id"]: f"<list {row['kind']} {row['at']}>" for row in tables["exchange_intake"]}
    names |= {row["id"]: f"<{row['unit_id']} {row['month']}>" for row in tables["reports_monthreport"]}
    names |= {row["id"]: f"<{row['unit_id']} {row['document_id']}>" for row in tables["directives_delivery"]}
    names |= {row["id"]: f"<{row['limitation_id']} {row['kind']} {row['at']}>" for row in tables["issues_turn"]}
    names |= {row["id"]: f"<{row['form_id']} {row['unit_id']} {row['first']}>" for row in tables["returns_sheet"]}
    assert len(set(names.values())) == len(names)  # each id by a name of its own
    return {table: sorted(_plain(table, row, names) for row in found) for table, found in tables.items()}


def _plain(table: str, row: dict[str, Any], names: dict[str, str]) -> str:
    kept = {name: value for name, value in row.items() if f"{table}.{name}" not in MAY_DIFFER}
    if isinstance(kept.get("content"), dict):  # sealed papers print the checkpoint of the day, a hash
        kept["content"] = {name: value for name, value in kept["content"].items() if name != "checkpoint"}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return ANY_ID.sub(lambda found: names.get(found[0], found[0]), text)


def test_two_loads_of_a_day_are_alike(as_loaded: list[str], place: Place) -> None:
    place("again").run(CHIBO, "demo", "--on", DAY)
    one, two = alike(as_loaded), alike(rows(place("again")))
    assert one.keys() == two.keys()
    differ = {table: [row for row in zip(found, two[table], strict=False) if row[0] != row[1]][:1]
              for table, found in one.items() if found != two[table]}  # fmt: skip
    assert not differ
    assert sum(map(len, one.values())) > 9_000


def test_asked_again_it_says_so_and_touches_nothing(demo: Installation) -> None:
    before = rows(demo)
    said = demo.run(CHIBO, "demo", "--on", "2027-01-15")
    assert "đã có sẵn, không nạp lại" in said
    assert rows(demo) == before


def test_never_beside_real_data(place: Place) -> None:
    real = place("real")
    (real.home / "passphrase").write_text("tre xanh ven suoi\n")
    real.run(CHIBO, "init", "--unit", "Đảng bộ xã Huổi Lam", "--cell", "Chi bộ Cơ quan xã", "--person", "Lò Văn Inh",
             "--username", "vanphong", "--passphrase-file", str(real.home / "passphrase"))  # fmt: skip
    before = rows(real)
    done = asked(real, "demo")
    assert done.returncode == 1
    assert "Máy này đã có dữ liệu thật" in done.stderr
    assert rows(real) == before


def test_what_was_backed_up_comes_back_with_its_scans_and_papers(demo: Installation, place: Place) -> None:
    before = rows(demo), demo.run(WORK, "2026-10-01")
    kept = demo.home / "kept.chibo"
    demo.run(CHIBO, "backup", str(kept))
    other = place("restored")
    other.run(CHIBO, "restore", str(kept))
    assert (rows(other), other.run(WORK, "2026-10-01")) == before
    assert len(json.loads(before[1])) > 2  # the month's file, and scans
    assert "khớp" in other.run(CHIBO, "check")

    scan = min(each for each in (other.home / "files").rglob("*") if each.is_file())
    data = bytearray(scan.read_bytes())
    data[len(data) // 2] ^= 1
    scan.write_bytes(data)
    done = asked(other, "check")
    assert done.returncode == 1
    assert f"Tệp đính kèm {scan.name[:12]}: nội dung đã bị sửa." in done.stdout
    shutil.copyfile(demo.home / "files" / scan.name[:2] / scan.name, scan)
    other.run(CHIBO, "check")
