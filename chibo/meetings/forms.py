"""Read the sheet's form: field names, typed values, the versions they are based on."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from chibo.kernel.errors import Refused
from chibo.meetings.fields import kind_of
from chibo.meetings.operations import Change

VERSION = "v:"


def changes_from(posted: Mapping[str, str]) -> dict[str, Change]:
    """Fields of the sheet among what was posted; anything else (tokens, buttons) is left alone.

    A field without a readable version counts as based on an empty one.
    """
    names = [name for name in posted if kind_of(name) is not None]
    return {name: Change(posted[name], _version(posted.get(VERSION + name, ""))) for name in names}


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def key_from(posted: Mapping[str, str]) -> uuid.UUID:
    """The key the page made, so that sending twice is harmless. Raises Refused("unknown_field") without one."""
    try:
        return uuid.UUID(posted.get("key", ""))
    except ValueError:
        raise Refused("unknown_field") from None


def revision_from(posted: Mapping[str, str]) -> int:
    """The sheet revision the closer looked at."""
    return _version(posted.get("revision", ""))
