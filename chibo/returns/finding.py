"""What a sheet lacks, and what its numbers say against each other; the same on the page and when it is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chibo.kernel.dates import show_number
from chibo.kernel.text import lower_first
from chibo.returns.boxes import field_of
from chibo.returns.models import Line, LineCheck

Numbers = Mapping[int, Decimal | None]  # by the id of the line


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, or to explain when `check` only warns."""

    sentence: str
    line: Line  # whose box it points at
    check: LineCheck | None = None
    why: str = ""

    @property
    def grave(self) -> bool:
        """Whether it must be mended before the sheet is handed in."""
        return self.check is None or self.check.grave

    @property
    def stops(self) -> bool:
        """Whether it keeps the sheet from being handed in as it is."""
        return self.grave or not self.why

    @property
    def field(self) -> str:
        """The box its reason is typed into; that of the figure when nothing but the number can be mended."""
        return field_of(self.line if self.check is None or self.grave else self.check)


def findings(
    lines: Sequence[Line], checks: Iterable[LineCheck], now: Numbers, before: Numbers, whys: Mapping[int, str]
) -> list[Finding]:
    """Blanks that must be filled, then the checks, in the order of the form; what is blank is not checked.

    `before` is what was last accepted of each line, `whys` the reasons typed by the id of their check.
    """
    known = {line.pk: line for line in lines}
    blanks = [
        Finding(f"Chưa điền «{line.name}». Không có thì ghi 0.", line)
        for line in lines if line.must and line.adds != Line.RATIO and now.get(line.pk) is None
    ]  # fmt: skip
    said = [(check, _sentence(check, known, now, before)) for check in checks]
    return blanks + [
        Finding(sentence, known[check.left[0]], check, whys.get(check.pk, "")) for check, sentence in said if sentence
    ]


def _sentence(check: LineCheck, lines: Mapping[int, Line], now: Numbers, before: Numbers) -> str:
    """What is wrong, in words; nothing when it holds or cannot be said yet."""
    if any(pk not in lines or now.get(pk) is None for pk in [*check.left, *check.right]):
        return ""
    left = _sum(check.left, now)
    if check.kind == LineCheck.CHANGE:
        return _change(check, lines, left, before)
    right = _sum(check.right, now) + check.number
    holds = left <= right if check.kind == LineCheck.AT_MOST else left == right
    if holds:
        return ""
    word = "lớn hơn" if check.kind == LineCheck.AT_MOST else "khác"
    return (f"{_names(check.left, lines)} ({show_number(left)}) {word} "
            f"{lower_first(_right(check, lines))} ({show_number(right)}).")  # fmt: skip


def _change(check: LineCheck, lines: Mapping[int, Line], left: Decimal, before: Numbers) -> str:
    was = [before.get(pk) for pk in check.left]
    if any(each is None for each in was):
        return ""
    then = _sum(check.left, before)
    if abs(left - then) * 100 <= then * check.number:
        return ""
    return (f"{_names(check.left, lines)} là {show_number(left)}, kỳ trước {show_number(then)}: "
            f"thay đổi quá {show_number(check.number)} %.")  # fmt: skip


def _sum(ids: Iterable[int], numbers: Numbers) -> Decimal:
    return sum((numbers[pk] or Decimal(0) for pk in ids), Decimal(0))


def _names(ids: Iterable[int], lines: Mapping[int, Line]) -> str:
    return " + ".join(f"«{lines[pk].name}»" for pk in ids)


def _right(check: LineCheck, lines: Mapping[int, Line]) -> str:
    parts = [_names(check.right, lines)] if check.right else []
    return " + ".join(parts + ([show_number(check.number)] if check.number or not parts else []))


def check_words(check: LineCheck, lines: Mapping[int, Line]) -> str:
    """The check as the form's page says it."""
    left = _names(check.left, lines)
    if check.kind == LineCheck.CHANGE:
        return f"{left} thay đổi không quá {show_number(check.number)} % so với kỳ trước"
    return f"{left} {check.get_kind_display()} {_right(check, lines)}"
