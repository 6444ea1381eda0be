"""Which kind may stand under which, and how many members it takes, by the rules of the day (rules 1.1 to 1.14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.kernel.errors import Refused
from chibo.rules.reader import Rule, rules_on


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says against it, and whether the rule is sure enough to refuse (decision 20)."""

    said: Refused
    binds: bool


def kinds_on(day: date) -> dict[str, Any]:
    """Loại tổ chức đảng of that day: code → name, level. Raises NoRule."""
    return dict(rules_on(day)["organisation.kinds"].value)


def kind_name(kind: str, day: date) -> str:
    """The kind in words, or its code where the day knows no such kind."""
    known = kinds_on(day).get(kind)
    return str(known["name"]) if known else kind


def remarks_on_place(kind: str, above: str, day: date) -> Iterator[Remark]:
    """Whether a kind may stand directly below another."""
    rule = rules_on(day).get("organisation.parents")
    if rule is not None and above not in rule.value.get(kind, ()):
        facts = {"kind": kind_name(kind, day), "above": kind_name(above, day)}
        yield _remark(rule, "kind_not_below", **facts)


def remarks_on_size(kind: str, name: str, official: int, members: int, day: date) -> Iterator[Remark]:
    """Whether there are members enough for a cell, or for a grassroots committee."""
    rules = rules_on(day)
    least = rules.get("cell.min_official_members")
    if kind == "cell" and least is not None and official < least.value:
        yield _remark(least, "too_few_official", name=name, count=official, least=least.value)
    enough = rules.get("organisation.grassroots_committee_min_members")
    if kind == "grassroots" and enough is not None and members < enough.value:
        yield _remark(enough, "too_few_for_committee", name=name, count=members, least=enough.value)


def _remark(rule: Rule, code: str, **facts: object) -> Remark:
    return Remark(Refused(code, rule=rule.citation, **facts), rule.binds)


def refuse_sure(remarks: Iterable[Remark]) -> None:
    """Raise the first remark whose rule is sure; the others only warn."""
    for remark in remarks:
        if remark.binds:
            raise remark.said
