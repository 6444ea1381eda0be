"""Reads a folder of rules and refuses it whole when one value lacks its document or one day is told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

NATIONAL = "national"
CERTAINTIES = {"high": "độ chắc chắn cao", "medium": "độ chắc chắn vừa", "low": "độ chắc chắn thấp"}
_COUNTS = frozenset({"days", "day_of_month", "meetings", "members", "minutes", "months", "official_members"})
UNITS = _COUNTS | {"share", "code", "codes", "items", "table"}
_TOP, _TOP_NEEDED = (
    {"label", "unit", "checked_on", "values", "unknown"},
    {"label", "unit", "checked_on", "values"},
)
_ENTRY = {"from", "to", "value", "scope", "document", "dated", "place", "certainty", "remark"}
_SCOPE = re.compile(r"national|(?:province|commune|kind):[a-z0-9_-]+")
_KEY = re.compile(r"[a-z_]+\.[a-z_]+")


class BadBook(ValueError):
    """A file of the book breaks the book's own rules; the message names the key and the place."""


class NoRule(LookupError):
    """No rule of that key is known for the day. Never a default."""

    def __init__(self, key: str, day: date, why: str) -> None:
        super().__init__(f"{key} on {day}: {why}")
        self.key, self.day, self.why = key, day, why


@dataclass(frozen=True, slots=True)
class Source:
    """Văn bản: the document a value rests on, its date, and the place in it."""

    document: str
    dated: date | None
    place: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of one key over `[since, until)` in a scope. Tables come read-only, lists as tuples."""

    key: str
    label: str
    value: Any
    unit: str
    since: date
    until: date | None
    scope: str
    source: Source
    certainty: str
    checked_on: date
    remark: str

    @property
    def binds(self) -> bool:
        """Only what is highly certain may refuse; the rest warns (decision 20)."""
        return self.certainty == "high"

    @property
    def citation(self) -> str:
        """«Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2025, độ chắc chắn vừa»."""
        dated = f", ngày {self.source.dated:%d/%m/%Y}" if self.source.dated else ""
        doubt = "" if self.binds else f", {CERTAINTIES[self.certainty]}"
        return f"{self.source.document}{dated}{doubt}"

    def holds(self, day: date) -> bool:
        """Whether it is the rule of that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Days `[since, until)` for which nobody knows the national rule: said, not left out."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Book:
    """All rules by key, and the spans nobody knows."""

    rules: Mapping[str, tuple[Rule, ...]]
    unknown: Mapping[str, tuple[Unknown, ...]]

    def why_none(self, key: str, day: date) -> str:
        """Why the key has no national rule that day."""
        if any(span.holds(day) for span in self.unknown[key]):
            return "nobody knows the rule of that day"
        return "the book says nothing of that day"


def load(folder: Path) -> Book:
    """Read and check `<subject>/<name>.yaml` of a folder. Raises BadBook with the key and the fault."""
    if not folder.is_dir():
        raise BadBook(f"{folder}: no such folder of rules")
    rules, unknown = {}, {}
    for path in sorted(folder.rglob("*.y*ml")):
        key = ".".join(path.relative_to(folder).with_suffix("").parts)
        rules[key], unknown[key] = _entries(key, _parsed(key, path))
        for fault in _faults_in_time(rules[key], unknown[key]):
            raise BadBook(f"{key}: {fault}")
    return Book(MappingProxyType(rules), MappingProxyType(unknown))


def laid_over(old: Book, new: Book) -> Book:
    """Both books as one: in each scope the later start takes over; of equal starts the new one counts."""
    rules, unknown = dict(old.rules), dict(old.unknown)
    for key in new.rules:
        told: tuple[Rule | Unknown, ...]
        told = (*old.rules.get(key, ()), *old.unknown.get(key, ()), *new.rules[key], *new.unknown[key])
        merged = [span for scope in sorted({_scope(each) for each in told}) for span in _in_turn(told, scope)]
        rules[key] = tuple(span for span in merged if isinstance(span, Rule))
        unknown[key] = tuple(span for span in merged if isinstance(span, Unknown))
    return Book(MappingProxyType(rules), MappingProxyType(unknown))


def _scope(span: Rule | Unknown) -> str:
    return span.scope if isinstance(span, Rule) else NATIONAL


def _in_turn(told: tuple[Rule | Unknown, ...], scope: str) -> Iterator[Rule | Unknown]:
    starts = {span.since: span for span in told if _scope(span) == scope}  # of equal starts the last one told
    days = sorted(starts)
    for day, after in zip(days, [*days[1:], None], strict=True):
        ends = [end for end in (starts[day].until, after) if end]
        yield replace(starts[day], until=min(ends, default=None))


class _Loader(yaml.SafeLoader):
    """YAML that refuses a key told twice, which plain YAML lets the last one win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.YAMLError(f"line {node.start_mark.line + 1}: the same word stands twice")
        return super().construct_mapping(node, deep)


def _parsed(key: str, path: Path) -> dict[str, Any]:
    if path.suffix != ".yaml" or not _KEY.fullmatch(key):
        raise BadBook(f"{path}: a rule stands in <subject>/<name>.yaml, small letters and _")
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise BadBook(f"{key}: cannot be read: {fault}") from fault
    if not isinstance(data, dict) or not _TOP_NEEDED <= set(data) <= _TOP:
        raise BadBook(f"{key}: needs label, unit, checked_on, values; may have unknown; nothing else")
    return data


def _entries(key: str, data: dict[str, Any]) -> tuple[tuple[Rule, ...], tuple[Unknown, ...]]:
    if not data["label"] or data["unit"] not in UNITS:
        raise BadBook(f"{key}: needs a label, and a unit out of {', '.join(sorted(UNITS))}")
    checked_on = _day(key, data["checked_on"], "checked_on")
    if not data["values"] or not isinstance(data["values"], list):
        raise BadBook(f"{key}: has no value; write unknown spans beside at least one")
    rules = tuple(_rule(key, data, entry, checked_on) for entry in data["values"])
    if any(rule.since > checked_on for rule in rules):
        raise BadBook(f"{key}: checked_on is older than the newest value")
    spans = data.get("unknown") or []
    if not all(isinstance(span, dict) and {"from"} <= set(span) <= {"from", "to"} for span in spans):
        raise BadBook(f"{key}: an unknown span has from and to, nothing else")
    return rules, tuple(Unknown(*_period(key, span)) for span in spans)


def _rule(key: str, data: dict[str, Any], entry: Any, checked_on: date) -> Rule:
    if not isinstance(entry, dict) or not {"from", "value"} <= set(entry) <= _ENTRY:
        raise BadBook(f"{key}: a value has from, value, document, certainty; may have {', '.join(sorted(_ENTRY))}")
    since, until = _period(key, entry)
    if not entry.get("document"):
        raise BadBook(f"{key}: the value from {since} has no source")
    if entry.get("certainty") not in CERTAINTIES:
        raise BadBook(f"{key}: the value from {since} needs certainty high, medium or low")
    scope = entry.get("scope", NATIONAL)
    if not isinstance(scope, str) or not _SCOPE.fullmatch(scope):
        raise BadBook(f"{key}: the scope {scope!r} is not national, province:…, commune:… or kind:…")
    if "dated" not in entry and entry["certainty"] != "low":
        raise BadBook(f"{key}: the document of the value from {since} needs its date, or certainty low")
    dated = _day(key, entry["dated"], "dated") if "dated" in entry else None
    source = Source(entry["document"], dated, entry.get("place", ""))
    value = _value(key, data["unit"], entry["value"])
    return Rule(
        key, data["label"], value, data["unit"], since, until, scope, source, entry["certainty"], checked_on,
        entry.get("remark", ""),
    )  # fmt: skip


def _period(key: str, entry: dict[str, Any]) -> tuple[date, date | None]:
    since = _day(key, entry["from"], "from")
    until = _day(key, entry["to"], "to") if "to" in entry else None
    if until is not None and until <= since:
        raise BadBook(f"{key}: the span from {since} ends before it starts")
    return since, until


def _day(key: str, day: Any, where: str) -> date:
    if type(day) is not date:  # a moment is a day to isinstance, and not to us
        raise BadBook(f"{key}: {where} is not a day; days are written 2026-11-03")
    return day


_SHAPES = {"code": str, "codes": list, "items": list, "table": dict, "share": str}


def _value(key: str, unit: str, value: Any) -> Any:
    of_shape = type(value) is _SHAPES.get(unit, int)
    if not of_shape or not value or (unit in _COUNTS and int(value) < 1):
        raise BadBook(f"{key}: {value!r} is not a value in {unit}")
    return _share(key, value) if unit == "share" else _frozen(value)


def _share(key: str, value: str) -> Decimal:
    """A share stands in quotes, so that no machine rounds it."""
    try:
        share = Decimal(value)
        fits = 0 < share <= 1
    except InvalidOperation:  # not a number, or the number that is none
        fits = False
    if not fits:
        raise BadBook(f"{key}: {value!r} is not a share between 0 and 1")
    return share


def _frozen(value: Any) -> Any:
    """The book is read once and shared by all requests: nobody can write in it."""
    if isinstance(value, dict):
        return MappingProxyType({name: _frozen(each) for name, each in value.items()})
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _faults_in_time(rules: tuple[Rule, ...], unknown: tuple[Unknown, ...]) -> Iterator[str]:
    """From the first day told, each day has one value in its scope, or is nationally said to be unknown."""
    told: tuple[Rule | Unknown, ...] = (*rules, *unknown)
    for scope in {_scope(span) for span in told}:
        line = sorted((span for span in told if _scope(span) == scope), key=lambda span: span.since)
        for early, late in pairwise(line):
            if early.until is None or early.until > late.since:
                yield f"{scope}: two entries hold on {late.since}"
            elif early.until < late.since and scope == NATIONAL:
                yield f"nothing is said of {early.until} to {late.since}; write an unknown span"
        if scope == NATIONAL and line[-1].until is not None:
            yield f"nothing is said from {line[-1].until} on; write an unknown span"
