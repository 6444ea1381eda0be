"""One way to write a value as bytes, so that equal contents have equal hashes: RFC 8785 without fractions."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 2**53 - 1  # beyond it two readers of JSON may read two numbers


def canonical(value: Any) -> bytes:
    """JSON as RFC 8785 writes it: sorted keys, no blanks, UTF-8.

    Takes text, whole numbers, truth values, None, lists, and mappings with text keys. Raises TypeError for
    anything else, fractions too; ValueError for numbers beyond ±(2⁵³-1) and text that is not Unicode.
    """
    return write(_ordered(value))


def write(value: Any) -> bytes:
    """The same for a value whose parts are known to be fit and whose keys are in order already."""
    return _encoder.encode(value).encode()


_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return _exact(value)
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_as_utf16)}
    raise TypeError(f"{type(value).__name__} has no one way to be written; use whole numbers or text")


def _exact(number: int) -> int:
    if abs(number) > LARGEST:
        raise ValueError("numbers beyond ±(2⁵³-1) are written as text")
    return number


def _as_utf16(key: Any) -> bytes:
    if not isinstance(key, str):
        raise TypeError("keys are text")
    return key.encode("utf-16-be")  # the order of RFC 8785, which is not that of code points
