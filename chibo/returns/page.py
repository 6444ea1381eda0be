"""A sheet as its page shows it: each figure with its box, what it was last time, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from chibo.kernel.dates import show_number, show_percent
from chibo.returns.boxes import Change, Written, field_of, shown_box
from chibo.returns.content import SheetView
from chibo.returns.finding import Finding
from chibo.returns.models import Line, LineCheck

VERSION = "v:"


@dataclass(frozen=True, slots=True)
class BoxShown:
    """One box: what it is called in the form, what stands in it, the version behind it, what is wrong."""

    name: str
    value: str
    version: int
    error: str = ""

    @property
    def id(self) -> str:
        """The id of its input."""
        return f"o-{self.name.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check beside the figure it points at: its sentence while it is broken, the box for the reason it asks for."""

    check: LineCheck
    sentence: str
    why: BoxShown | None  # of one that only warns

    @property
    def id(self) -> str:
        """The id of its place on the page; the script shows and hides it after each save."""
        return f"kiem-{self.check.pk}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet; `said` is what stands in it in words: of a ratio, what comes out."""

    line: Line
    box: BoxShown | None  # a ratio has none
    said: str
    before: str
    taken: bool  # filled in from the last period, not touched yet
    checks: list[CheckShown]
    remark: str

    @property
    def counted(self) -> str:
        """How it counts, where that is not plain."""
        words = {Line.TURNS: "đếm lượt", Line.PERSONS: "đếm người, mỗi người một lần"}
        return words.get(self.line.counted, "")


def rows_of(
    view: SheetView, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None,
    blanks: bool = False,
) -> list[Row]:  # fmt: skip
    """Every line the form asks for; with `blanks`, what was left empty is told too."""
    typed, errors = typed or {}, dict(errors or {})
    if blanks:
        errors |= {each.field: each.sentence for each in view.findings if each.check is None}
    found = {each.check.pk: each for each in view.findings if each.check is not None}
    remarks = {each.line_id: each.text for each in view.remarks}
    return [_row(line, view, typed, errors, found, remarks.get(line.pk, "")) for line in view.lines]


def _row(
    line: Line, view: SheetView, typed: Mapping[str, str], errors: Mapping[str, str],
    found: Mapping[int, Finding], remark: str,
) -> Row:  # fmt: skip
    if line.adds == Line.RATIO:
        return Row(line, None, ratio_said(line, view), "", False, [], remark)
    name = field_of(line)
    checks = [_check(each, view, typed, errors, found) for each in view.checks if each.left[0] == line.pk]
    before = view.before.get(line.pk)
    said = shown_box(name, view.text(name))
    taken = name not in view.written and bool(said) and view.editable
    return Row(line, _box(name, view, typed, errors), said, "" if before is None else show_number(before), taken,
               checks, remark)  # fmt: skip


def _box(name: str, view: SheetView, typed: Mapping[str, str], errors: Mapping[str, str]) -> BoxShown:
    value = typed.get(name, shown_box(name, view.text(name)))
    return BoxShown(name, value, view.written.get(name, Written()).version, errors.get(name, ""))


def _check(
    check: LineCheck, view: SheetView, typed: Mapping[str, str], errors: Mapping[str, str],
    found: Mapping[int, Finding],
) -> CheckShown:  # fmt: skip
    broken = found.get(check.pk)
    why = None if check.grave else _box(field_of(check), view, typed, errors)
    return CheckShown(check, broken.sentence if broken else "", why)


def ratio_said(line: Line, view: SheetView) -> str:
    """«45,5 % (5/11)», once both lines are there."""
    above, below = (view.numbers.get(pk or 0) for pk in (line.above_id, line.below_id))
    if above is None or not below:
        return ""
    return f"{show_percent(_exact(above), _exact(below))} ({show_number(above)}/{show_number(below)})"


def _exact(value: Decimal) -> Fraction:
    return Fraction(value)


def changes_from(posted: Mapping[str, str]) -> dict[str, Change]:
    """Boxes among what was posted, each with the version it is based on; tokens and buttons are left alone."""
    names = [name for name in posted if name.startswith(("line.", "why."))]
    return {name: Change(posted[name], _version(posted.get(VERSION + name, ""))) for name in names}


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def after_saving(view: SheetView, names: Mapping[str, Change]) -> dict[str, object]:
    """What the script shows after a save: how boxes read now, which checks are broken."""
    broken = {each.check.pk: each.sentence for each in view.findings if each.check is not None}
    return {
        "understood": {name: shown_box(name, view.text(name)) for name in names if name.startswith("line.")},
        "found": {f"kiem-{check.pk}": broken.get(check.pk, "") for check in view.checks},
    }  # fmt: skip
