"""The boxes of this room's plain forms, and the box each refusal belongs to."""

from __future__ import annotations

import uuid

from chibo.kernel.boxes import Box, Form

PLACES = {"no_reason": "why", "text_too_long": "why", "looks_like_identity": "why"}


def key_box() -> Box:
    """The key the page makes, so that sending twice is harmless."""
    return Box("key", "", "hidden", optional=True, value=str(uuid.uuid4()))


def reason(hint: str) -> Form:
    """Một lý do."""
    return Form([key_box(), Box("why", "Lý do", "lines", hint=hint)], PLACES)
