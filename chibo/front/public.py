"""The few pages that open without a sign-in, or before its second step, say so here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view as open to everybody."""
    view.public = True  # type: ignore[attr-defined]
    return view


def before_step(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view as open to somebody signed in who still has to pass the second step."""
    view.before_step = True  # type: ignore[attr-defined]
    return view
