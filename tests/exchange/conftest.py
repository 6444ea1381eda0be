"""A list on its way in, as an office sends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from chibo.exchange.drafts import Draft
from chibo.exchange.models import Intake
from chibo.exchange.operations import Preview, preview, receive, take_in
from chibo.exchange.reading import child, workbook
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import Refused
from chibo.organisation.models import Unit
from tests.commune import TODAY, Commune

MORNING = datetime(2026, 11, 5, 8, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's work without the child, but for the tests of the child: a process each would cost half a second."""
    if request.module.__name__.endswith("test_child") or request.node.get_closest_marker("long"):
        return

    def asked(data: bytes) -> Any:
        told = json.loads(json.dumps(child.answer(data)))
        if "why" in told:
            raise Refused(told["why"], **told["facts"])
        return told

    monkeypatch.setattr(workbook, "_asked", asked)


@pytest.fixture
def sent(commune: Commune) -> Callable[..., Intake]:
    """Receive a workbook as the commune's office."""

    def send(
        data: bytes, unit: Unit | None = None, kind: str = "members", *, on: date = TODAY, who: str = "Nhung"
    ) -> Any:
        return receive(unit or commune.commune, kind, "ds.xlsx", data, holds_from=on, at=MORNING, by=commune.actor(who))

    return send


@pytest.fixture
def looked(commune: Commune, sent: Callable[..., Intake]) -> Callable[..., Preview]:
    """Receive it and look at what would become of it."""
    return lambda data, *rest, **more: preview(sent(data, *rest, **more), at=MORNING, by=commune.actor("Nhung"))


@pytest.fixture
def taken(commune: Commune, sent: Callable[..., Intake]) -> Callable[..., Intake]:
    """Receive it and write it."""
    return lambda data, *rest, **more: take_in(
        sent(data, *rest, **more), seen=None, at=MORNING, by=commune.actor("Nhung")
    )


def said(shown: Preview) -> list[tuple[int, str, str]]:
    """Line, verdict, the codes of what is wrong or what changes."""
    return [
        (draft.number, str(draft.verdict), ", ".join([p.refusal.code for p in draft.problems] or _changes(draft)))
        for draft in shown.drafts
    ]


def _changes(draft: Draft) -> list[str]:
    return [f"{change.label}: {change.old} → {change.new}" for change in draft.changes]
