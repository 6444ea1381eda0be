"""A real browser before a real server, whose database connection is the application's own role behind both walls."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
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
from tests.browser.story import Story, tell
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
    """A database with the story in it, made once; every test plays on a copy."""

    database: str
    story: Story


@pytest.fixture(scope="session")
def stage(django_db_blocker: Any) -> Iterator[Stage]:
    """The commune of the tests with a few months behind it, in a database of this process."""
    name = f"stage_{os.getpid()}"
    with django_db_blocker.unblock(), time_machine.travel(BEFORE_THE_MEETING, tick=True):
        copy_database(database.DATABASE, name)
        with connected_here(name, "owner"):
            call_command("migrate", verbosity=0)
            story = tell()
    yield Stage(name, story)
    with django_db_blocker.unblock():
        drop_database(name)


@dataclass
class House:
    """The running house, its story, and its clock."""

    base: str
    story: Story
    clock: Any
    visit: Callable[..., Visitor]


@pytest.fixture
def house(stage: Stage, static_root: Path, chromium: Browser, django_db_blocker: Any) -> Iterator[House]:
    """The house on a fresh copy, on the evening of 3 November 2026. This thread owns the data; the server does not."""
    visitors: list[Visitor] = []
    with (
        django_db_blocker.unblock(),
        time_machine.travel(BEFORE_THE_MEETING, tick=True) as clock,
        _as_served(static_root),
    ):
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
