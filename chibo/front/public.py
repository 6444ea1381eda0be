"""The few pages that open without a sign-in say so here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view as open to everybody."""
    view.public = True  # type: ignore[attr-defined]
    return view
