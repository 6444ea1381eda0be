"""What several rooms' views share: an attempt that may be refused, and the clock of the request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from chibo.kernel.errors import Refused, Stale

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempt[T]:
    """What came of it: a result, or a refusal the page shows beside what was typed."""

    result: T | None
    refusal: Refused | None


def attempt[T](act: Callable[[], T]) -> Attempt[T]:
    """Do it, or undo it and keep the refusal. A stale save is not for the page: it goes on to the middleware."""
    try:
        with transaction.atomic():
            return Attempt(act(), None)
    except Stale:
        raise
    except Refused as refusal:
        return Attempt(None, refusal)
