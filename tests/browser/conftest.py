"""A real browser before a real server, whose database connection is the application's own role behind both walls."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test.utils import override_settings
from playwright.sync_api import Browser, sync_playwright

from chibo.kernel.dates import ZONE
from chibo.platform import database
from tests.browser.server import connected_here, copy_database, drop_database, serving
from tests.browser.story import tell
from tests.browser.visitor import Visitor

BEFORE_THE_MEETING = datetime(2026, 11, 3, 19, 20, tzinfo=ZONE)
COUNTER = itertools.count()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Missing means failure, never a skip."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    where = next((found for name in names if (found := shutil.which(name))), None)
    assert where, "no Chromium: packaging/browser.sh"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in this thread; Django is not in it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=where, args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=vi"]
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files as they are served: hashed and compressed."""
    root = tmp_path_factory.mktemp("static")
    with _as_served(root):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def _as_served(root: Path) -> Any:
    from django.conf import settings

    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "chibo.front.storage.HashedStorage"}}
    return override_settings(STORAGES=storages, STATIC_ROOT=root, WHITENOISE_USE_FINDERS=False)


@dataclass
class Stage:
    """A database with a story in it, made once; whoever plays, plays on a copy."""

    database: str
    story: Any


@pytest.fixture(scope="session")
def founded(django_db_blocker: Any) -> Iterator[str]:
    """A database of this process with the house's tables and nothing in them."""
    name = f"founded_{os.getpid()}"
    with django_db_blocker.unblock():
        copy_database(database.DATABASE, name)
        with connected_here(name, "owner"):
            call_command("migrate", verbosity=0)
    yield name
    with django_db_blocker.unblock():
        drop_database(name)


@contextmanager
def staged(founded: str, word: str, told: Callable[[], Any], at: datetime = BEFORE_THE_MEETING) -> Iterator[Stage]:
    """A story told through the operations at that moment, for every play of this process or module."""
    name = f"stage_{word}_{os.getpid()}"
    with time_machine.travel(at, tick=True):
        copy_database(founded, name)
        with connected_here(name, "owner"):
            story = told()
    yield Stage(name, story)
    drop_database(name)


@pytest.fixture(scope="session")
def stage(founded: str, django_db_blocker: Any) -> Iterator[Stage]:
    """The commune of the tests with a few months behind it."""
    with django_db_blocker.unblock(), staged(founded, "evening", tell) as made:
        yield made


@dataclass
class House:
    """The running house, its story, and its clock."""

    base: str
    story: Any
    clock: Any
    visit: Callable[..., Visitor]


@contextmanager
def opened(stage: Stage, static_root: Path, chromium: Browser, at: datetime = BEFORE_THE_MEETING) -> Iterator[House]:
    """The house on a fresh copy, at that moment. This thread owns the data; the server does not."""
    visitors: list[Visitor] = []
    with time_machine.travel(at, tick=True) as clock, _as_served(static_root):
        name = f"{stage.database}_{next(COUNTER)}"
        copy_database(stage.database, name)
        with connected_here(name, "owner"), serving(name) as base:

            def visit(username: str = "", size: tuple[int, int] = (360, 740), **options: Any) -> Visitor:
                context = chromium.new_context(
                    viewport={"width": size[0], "height": size[1]}, locale="vi-VN", accept_downloads=True, **options
                )
                visitor = Visitor(context, base)
                visitors.append(visitor)
                if username:
                    visitor.sign_in(username)
                return visitor

            try:
                yield House(base, stage.story, clock, visit)
            finally:
                for number, visitor in enumerate(visitors):
                    visitor.picture(f"last-{name}-{number}")
                    visitor.context.close()
        drop_database(name)
    for visitor in visitors:
        visitor.leave()


@pytest.fixture
def house(stage: Stage, static_root: Path, chromium: Browser, django_db_blocker: Any, keeping: Path) -> Iterator[House]:
    """The house on the evening of 3 November 2026."""
    with django_db_blocker.unblock(), opened(stage, static_root, chromium) as running:
        yield running


@pytest.fixture
def keeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where attachments are kept during a test."""
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path / "home"))
    return tmp_path
