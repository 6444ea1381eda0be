"""How something is measured: by a figure of the catalogue or by hand, against which value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from chibo.figures.answers import Kind
from chibo.figures.door import catalogue
from chibo.kernel.decimals import show_decimal
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.targets.models import Target, TargetSaid

OWN = "targets."  # figures of this room: a target is not measured by targets
PERCENT = "%"
AT = {
    TargetSaid.AT_LEAST: "ít nhất", TargetSaid.AT_MOST: "nhiều nhất", TargetSaid.EQUAL: "đúng",
    TargetSaid.ZERO: "không còn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """What a target asks for. Of a figure, kind and unit of measure are those of the catalogue."""

    name: str
    comparison: str
    value: Decimal | None
    figure: str = ""
    kind: str = Target.FLOW
    measure: str = ""
    start: Decimal | None = None
    key: bool = False


def checked(said: Measure) -> Measure:
    """Cleaned and completed.

    Raises Refused: target_without_name, unknown_comparison, value_missing, unknown_figure, figure_not_for_targets,
    unknown_target_kind, measure_missing, more_than_all, text_too_long, looks_like_identity.
    """
    name = clean(said.name, most=200)
    found = looks_like_identity(name)
    refuse_if(found, "looks_like_identity", found=found)
    refuse_if(said.comparison not in dict(TargetSaid.COMPARISONS), "unknown_comparison")
    value = Decimal(0) if said.comparison == TargetSaid.ZERO else said.value
    refuse_if(value is None, "value_missing")
    kind, measure = said.kind, clean(said.measure, most=40)
    if said.figure:
        refuse_if(said.figure not in catalogue(), "unknown_figure", figure=said.figure)
        refuse_if(said.figure.startswith(OWN), "figure_not_for_targets")
        figure = catalogue()[said.figure]
        kind = str(figure.kind)
        measure = PERCENT if figure.kind is Kind.RATIO else figure.unit_of_measure
        name = name or figure.name
    refuse_if(not name, "target_without_name")
    refuse_if(kind not in dict(Target.KINDS), "unknown_target_kind")
    measure = PERCENT if kind == Target.RATIO else measure
    refuse_if(not measure, "measure_missing")
    top = Decimal(100)
    refuse_if(kind == Target.RATIO and value is not None and value > top, "more_than_all")
    return replace(said, name=name, value=value, kind=kind, measure=measure)


def adds_up(kind: str, comparison: str) -> bool:
    """Whether the parts of units make the whole: not of a ratio, not of a bound above, not of nothing at all."""
    return kind != Target.RATIO and comparison in (TargetSaid.AT_LEAST, TargetSaid.EQUAL)


def rounded(value: Fraction, kind: str) -> Fraction:
    """As pages show it: a ratio with one place, everything else with three at most. Half up."""
    places = 10 if kind == Target.RATIO else 1000
    return Fraction(int(abs(value) * places + Fraction(1, 2)), places) * (1 if value >= 0 else -1)


def amount(value: Any, measure: str) -> str:
    """«12 đảng viên», «89,5 %»."""
    return f"{show_decimal(value)}\u00a0{measure}"


def asked_words(comparison: str, value: Decimal, measure: str) -> str:
    """«ít nhất 12 đảng viên», «không còn»."""
    if comparison == TargetSaid.ZERO:
        return f"không còn {measure}" if measure != PERCENT else "không còn"
    return f"{AT[comparison]} {amount(value, measure)}"
