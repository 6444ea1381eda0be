"""Gói hỗ trợ: what is in it, and that nobody is."""

from __future__ import annotations

import json
import logging
import zipfile

import psycopg
import pytest

from chibo.platform import database, logs, notes, schedule, support
from chibo.platform.errors import Trouble

CANARIES = (
    "Lường Thị Hoàng Yến",
    "034099012345",
    "0912345678",
    "yen@example.vn",
    "7f3c1a52-9b7e-4a38-8d24-0c1d2e3f4a5b",
)


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("line", ['ERROR: key "{}" is there', "ERROR: invalid value {}", "address=/x/{}/"])
def test_no_value_survives_in_a_line(canary, line, tmp_path, monkeypatch):
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    left = support.blacked_out(line.format(canary))
    assert not any(part in left for part in canary.split() if part.lower() not in line)
    assert left.startswith(line[:5])


def test_what_happened_stays_readable(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    line = "2026-11-03 22:05:11,120 ERROR django.request [a1b2c3d4] Internal Server Error: meetings:board"
    assert support.blacked_out(line) == line
    frame = f"  {tmp_path}/x/chibo/meetings/page.py:31 page_of"
    assert support.blacked_out(frame) == "  <folder>/x/chibo/meetings/page.py:31 page_of"


@pytest.mark.server
def test_nobody_is_in_the_bundle(installation, home, tmp_path):
    place = installation("lường-thị-hoàng-yến")
    database.prepare()
    with psycopg.connect(database.dsn_for("owner"), autocommit=True) as db:
        db.execute("CREATE TABLE django_migrations (app text, name text)")
        db.execute("INSERT INTO django_migrations VALUES ('meetings', '0001_initial')")
        db.execute("CREATE TABLE person (name text UNIQUE)")
        for canary in CANARIES:
            db.execute("INSERT INTO person VALUES (%s)", [canary])
            with pytest.raises(psycopg.errors.UniqueViolation):
                db.execute("INSERT INTO person VALUES (%s)", [canary])
            with pytest.raises(psycopg.errors.InvalidTextRepresentation):
                db.execute("SELECT %s::int", [f"số {canary}"])
    log = logging.getLogger("canary")
    logs.keep_file()
    try:
        for canary in CANARIES:
            try:
                raise ValueError(canary)
            except ValueError:
                log.exception("the request of somebody failed")
    finally:
        root = logging.getLogger()
        for handler in [h for h in root.handlers if isinstance(h, logging.handlers.RotatingFileHandler)]:
            root.removeHandler(handler)
            logging.getLogger("gunicorn.error").removeHandler(handler)
            handler.close()
    assert "ValueError" in (place / "logs" / "chibo.log").read_text()
    stick = home / "Yến"
    stick.mkdir()
    schedule.set_plan(stick, at="22:00", keep=3)
    notes.write(schedule.TOLD, {"backup_trouble": f"Không thấy ổ ở {stick} {CANARIES}"})
    support.write(tmp_path / "help.zip")
    with zipfile.ZipFile(tmp_path / "help.zip") as made:
        texts = {name: made.read(name).decode() for name in made.namelist()}
    assert {"may.json", "kham.txt", "lich.json", "bang.json", "nhat-ky/chibo.log", "nhat-ky/postgres.log"} <= set(texts)
    for name, text in texts.items():
        for canary in (*CANARIES, "Yến", "yến", "Hoàng", "thị"):
            assert canary not in text, (name, canary)
    assert json.loads(texts["bang.json"])["tables"]["person"][1] == len(CANARIES)
    assert json.loads(texts["lich.json"])["backup_failed"] is True
    with pytest.raises(Trouble, match="đã có"):
        support.write(tmp_path / "help.zip")
