"""Fixtures of the roof's tests."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command

from chibo.platform import cli

Run = Callable[..., tuple[int, str, str]]
Say = Callable[..., list[str]]
CODE = r"\b[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}\b"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], db: None) -> Run:
    """Run a word in this process: its status, what it printed, what it said."""

    def run_(name: str, *words: str) -> tuple[int, str, str]:
        status = cli.guarded(lambda: cli.manage(cli.PASSED_ON.get(name, name), list(words)))
        told = capsys.readouterr()
        return status, told.out, told.err

    return run_


@pytest.fixture
def codes(capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a word, give the codes it printed."""

    def run(*words: str) -> list[str]:
        call_command(*words)
        return re.findall(CODE, capsys.readouterr().out)

    return run
