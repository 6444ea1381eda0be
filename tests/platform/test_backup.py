"""Sao lưu, phục hồi: what comes back is what was there, rights included, or nothing comes back."""

from __future__ import annotations

import dataclasses
import tarfile
from pathlib import Path

import psycopg
import pytest

from chibo.platform import archive, canonical, database, places
from chibo.platform.backup import backup
from chibo.platform.errors import Trouble
from chibo.platform.restore import restore

pytestmark = pytest.mark.server

SCHEMA = """
    CREATE EXTENSION btree_gist;
    CREATE TABLE line (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        said text NOT NULL, at timestamptz DEFAULT now(), share double precision, seal bytea
    );
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'append only'; END$$;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON line FOR EACH ROW EXECUTE FUNCTION refuse();
    REVOKE UPDATE, DELETE ON line FROM chibo_app;
    ALTER TABLE line ENABLE ROW LEVEL SECURITY;
    CREATE POLICY early ON line USING (id < 10);
    CREATE TABLE keyless (word text, number int);
    CREATE TABLE two_keys (gone int, word text, number int, PRIMARY KEY (word, number));
    ALTER TABLE two_keys DROP gone;
    ALTER TABLE two_keys ADD kind varchar(9) DEFAULT 'a' CHECK (kind IN ('a', 'b')); -- reworded later
    CREATE FUNCTION closed() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
    REVOKE ALL ON FUNCTION closed() FROM PUBLIC, chibo_app;
    INSERT INTO line (said, share, seal)
    SELECT E'dòng\\t' || i || E'\\n\\\\ Đ', i / 3.0, decode('00ff', 'hex') FROM generate_series(1, 40) i;
    INSERT INTO keyless VALUES ('b', 1), ('Ă', NULL), (NULL, 3);
    INSERT INTO two_keys (word, number) VALUES ('b', 2), ('b', 1), ('B', 7), ('đ', 0);
"""


@pytest.fixture
def filled(installation, home):
    """An installation with rows, rights and one attachment; and the file to back it up to."""
    place = installation("first")
    database.prepare()
    with psycopg.connect(database.dsn_for("owner")) as db:
        db.execute(SCHEMA)
    attachment = places.files_dir(place) / "ab" / "abcdef"
    attachment.parent.mkdir()
    attachment.write_bytes(b"\x00content\xff")
    return home / "kept.chibo"


def everything() -> tuple[list[str], list[str]]:
    with psycopg.connect(database.dsn_for("owner")) as db:
        return list(canonical.data_lines(db)), list(canonical.shape_lines(db))


def started(place: Path) -> bool:
    return (place / "postgres.log").exists() or (place / "files").exists()


def test_what_comes_back_is_what_was_there(filled, installation):
    before = everything()
    backup(filled)
    second = installation("second")
    restore(filled)
    assert everything() == before
    assert len(before[0]) > 40
    assert (second / "files" / "ab" / "abcdef").read_bytes() == b"\x00content\xff"
    with psycopg.connect(database.dsn_for("app"), autocommit=True) as db:
        assert db.execute("SELECT count(*) FROM line").fetchone() == (9,)
        for refused in ("DELETE FROM line", "UPDATE line SET said = ''", "SELECT closed()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(refused)
    with psycopg.connect(database.dsn_for("owner")) as db:
        # the planner knows the tables from the first question on
        assert db.execute("SELECT reltuples FROM pg_class WHERE relname = 'line'").fetchone() == (40,)
        with pytest.raises(psycopg.errors.RaiseException, match="append only"):
            db.execute("DELETE FROM line")
        db.rollback()
        db.execute("CREATE TABLE later (id int)")
        row = db.execute("SELECT has_table_privilege('chibo_app', 'later', 'DELETE')").fetchone()
        assert row == (True,)


def test_it_comes_back_under_another_owner_behind_a_url(filled, installation, monkeypatch):
    before = everything()
    backup(filled)
    cluster = database.embedded()
    with psycopg.connect(cluster.dsn(), autocommit=True) as db:
        db.execute('CREATE ROLE "office-1" LOGIN')
        db.execute('GRANT chibo_app TO "office-1"')
        db.execute('CREATE DATABASE elsewhere OWNER "office-1"')
    installation("second")
    monkeypatch.setenv("DATABASE_URL", cluster.dsn("elsewhere", "office-1"))
    restore(filled)
    assert everything() == before
    with psycopg.connect(database.dsn_for("app")) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("DELETE FROM line")


def test_any_flipped_bit_is_refused_and_nothing_is_written(filled, installation):
    backup(filled)
    whole = filled.read_bytes()
    places_to_break = [*range(0, len(whole), 331), len(whole) - 1]
    for at in places_to_break:
        broken = bytearray(whole)
        broken[at] ^= 1 << (at % 8)
        filled.write_bytes(broken)
        with pytest.raises(Trouble):
            archive.verify(filled)
    untouched = installation("second")
    with pytest.raises(Trouble, match="bị hỏng"):
        restore(filled)
    assert not started(untouched)


@pytest.mark.parametrize("kept", [0, 100, 0.5, -1])
def test_a_file_cut_short_is_refused(filled, kept):
    backup(filled)
    whole = filled.read_bytes()
    length = int(len(whole) * kept) if isinstance(kept, float) else kept
    filled.write_bytes(whole[:length])
    with pytest.raises(Trouble):
        archive.verify(filled)


def test_data_are_never_restored_over(filled):
    backup(filled)
    before = everything()
    with pytest.raises(Trouble, match="đã có dữ liệu"):
        restore(filled)
    assert everything() == before


def test_a_result_that_differs_from_the_manifest_is_taken_out_again(filled, installation, home):
    manifest = backup(filled)
    with tarfile.open(filled) as tar:
        tar.extractall(home / "out", filter="data")
    forged = home / "forged.chibo"
    wrong = dataclasses.replace(manifest, data_sha256="0" * 64, members={})
    archive.write(forged, wrong, [(archive.DUMP, home / "out" / archive.DUMP)])
    installation("second")
    with pytest.raises(Trouble, match="gỡ ra hết"):
        restore(forged)
    with psycopg.connect(database.dsn_for("owner")) as db:
        assert canonical.empty(db)
    restore(filled)


def test_a_backup_of_a_newer_version_is_refused(filled, installation, home):
    manifest = backup(filled)
    newer = home / "newer.chibo"
    archive.write(newer, dataclasses.replace(manifest, version="99.0", members={}), [(archive.DUMP, filled)])
    untouched = installation("second")
    with pytest.raises(Trouble, match=r"99\.0"):
        restore(newer)
    assert not started(untouched)


def test_a_backup_never_overwrites_and_leaves_no_part(filled):
    filled.write_text("yesterday's")
    with pytest.raises(Trouble, match="đã có"):
        backup(filled)
    assert filled.read_text() == "yesterday's"
    with pytest.raises(Trouble, match="Không ghi được"):
        backup(filled.parent / "missing" / "x.chibo")
    assert not list(filled.parent.glob("*.part"))
    assert not list(places.chibo_home().glob("backup-*"))


def test_a_backup_is_closed_to_others(filled):
    backup(filled)
    assert filled.stat().st_mode & 0o777 == 0o600


def test_one_changed_value_changes_the_hash(filled):
    with psycopg.connect(database.dsn_for("owner")) as db:
        before = canonical.data_digest(db), canonical.shape_digest(db)
        db.execute("UPDATE public.two_keys SET number = 3 WHERE number = 2")
        assert canonical.data_digest(db) != before[0]
        assert canonical.shape_digest(db) == before[1]
        db.execute("GRANT DELETE ON public.line TO chibo_app")
        assert canonical.shape_digest(db) != before[1]
