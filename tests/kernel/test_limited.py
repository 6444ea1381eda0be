"""A file from outside is opened by a child that knows none of our secrets and may fall without taking us along."""

from __future__ import annotations

import subprocess

import pytest

from chibo.kernel.limited import ask


def test_nothing_of_ours_stands_around_the_child_but_where_its_python_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []

    def run(words: list[str], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[bytes]:
        seen.append(env)
        return subprocess.CompletedProcess(words, 0, b"answer", b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setenv("CHIBO_SECRET_KEY", "secret")
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    assert ask("any", b"") == b"answer"
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/python/lib")
    assert ask("any", b"") == b"answer"
    assert seen == [{}, {"LD_LIBRARY_PATH": "/opt/python/lib"}]


def test_a_child_that_fails_answers_nothing() -> None:
    assert ask("no.such.program", b"") is None
