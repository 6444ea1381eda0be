"""The command line: Vietnamese help, sentences instead of tracebacks, statuses scripts can rely on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from chibo.platform import cli, doctor
from chibo.platform.errors import Trouble
from chibo.platform.serve import free_port, serve
from tests.platform.conftest import ROOT


def chibo(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("CHIBO_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "chibo.platform.cli", *words],
        cwd=ROOT,
        env={**ours, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_is_vietnamese_and_names_every_command(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert shown.startswith("Cách dùng: chibo")
    commands = "init serve demo doctor check backup restore tick count upgrade schedule support certificate export cite"
    for name in [*commands.split(), "report", "recover", "second-step"]:
        assert f"\n    {name} " in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "thiếu LỆNH"),
        (["nhầm"], "không có lệnh nhầm"),
        (["serve", "--port", "x"], "--port"),
        (["backup"], "TỆP"),
    ],
)
def test_wrong_usage_ends_with_2_and_shows_the_way(capsys, words, said):
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    shown = capsys.readouterr().err
    assert left.value.code == 2
    assert said in shown
    assert "--help" in shown


def test_foreseeable_trouble_is_one_sentence():
    done = chibo("doctor", CHIBO_HOME="/proc/none/here")
    assert done.returncode == 1
    assert "KHÔNG   Không ghi được vào /proc/none/here" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.server
@pytest.mark.parametrize("command", ["check", "tick"])
def test_a_database_that_is_not_there_is_one_sentence(command, tmp_path):
    url = f"postgresql:///x?host={tmp_path}&user=y"
    done = chibo(command, DATABASE_URL=url, CHIBO_SECRET_KEY="x", CHIBO_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Lỗi: ")


def test_restoring_a_missing_file_is_one_sentence(tmp_path):
    done = chibo("restore", str(tmp_path / "none"), CHIBO_HOME=str(tmp_path / "home"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Lỗi: Không có tệp {tmp_path / 'none'}.\n"


def test_a_taken_port_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=rf"127\.0\.0\.1:{port} \(đang có chương trình dùng\)"):
            serve("127.0.0.1", port, 1)
        assert not free_port("127.0.0.1", port)
    assert free_port("127.0.0.1", port)


@pytest.mark.server
def test_the_doctor_finds_a_sound_machine_sound(installation, monkeypatch):
    installation("sound")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("CHIBO_PORT", str(taken.getsockname()[1]))
        lines: list[str] = []
        assert doctor.examine(lines.append) == 0
    assert all(line.startswith("được ") for line in lines)
    assert any("đang có chương trình dùng" in line for line in lines)
    assert any("chibo_app không sở hữu gì" in line for line in lines)


@pytest.mark.server
def test_the_doctor_sees_an_application_with_too_many_rights(installation, monkeypatch):
    import psycopg

    from chibo.platform import database

    installation("unsound")
    database.prepare()
    with psycopg.connect(database.embedded().dsn()) as db:
        db.execute("ALTER ROLE chibo_app BYPASSRLS")
    lines: list[str] = []
    assert doctor.examine(lines.append) == 1
    assert [line for line in lines if line.startswith("KHÔNG")] == [lines[-1]]
    assert "chibo_app" in lines[-1]
