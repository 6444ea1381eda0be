"""The place of a unit in the tree as text: fixed-width segments of unit ids, compared as bytes (decision 7)."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 6
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LIMIT = 36**WIDTH


def segment(unit_id: int) -> str:
    """Unit id as six base-36 digits and a slash. Raises ValueError outside 0 … 36⁶-1."""
    if not 0 <= unit_id < _LIMIT:
        raise ValueError(f"unit id {unit_id} does not fit a path segment")
    digits = ""
    for _ in range(WIDTH):
        unit_id, rest = divmod(unit_id, 36)
        digits = _DIGITS[rest] + digits
    return digits + "/"


def unit_ids(path: str) -> list[int]:
    """The ids along a path, from the root down."""
    return [int(part, 36) for part in path.split("/") if part]


@dataclass(frozen=True, slots=True)
class PathRange:
    """A unit and all below it: `low <= path < high`, one range of an index."""

    low: str
    high: str

    @classmethod
    def of(cls, path: str) -> PathRange:
        """The branch at `path`; '/' + 1 is '0', so the bound is the path with its last slash raised."""
        return cls(path, path[:-1] + "0")

    @classmethod
    def only(cls, path: str) -> PathRange:
        """The unit at `path` without those below it; '!' sorts before every digit of a segment."""
        return cls(path, path + "!")

    @classmethod
    def everything(cls) -> PathRange:
        """The whole tree; '~' sorts after every segment."""
        return cls("", "~")

    def __contains__(self, path: str) -> bool:
        return self.low <= path < self.high
