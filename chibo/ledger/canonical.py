"""One way to write a value as bytes, so that equal contents have equal hashes (after RFC 8785)."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8. Raises TypeError for floats and anything JSON has no word for."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no one way to be written; use integers or text")
    if isinstance(value, dict):
        if any(not isinstance(key, str) for key in value):
            raise TypeError("keys are text")
        for each in value.values():
            _refuse_floats(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_floats(each)
