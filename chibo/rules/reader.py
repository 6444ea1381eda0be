"""The book of dated parameters: every value with its document, or it does not load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

BOOK = Path(__file__).resolve().parent / "book"
NATIONAL = "national"
CERTAINTIES = {"high": "độ chắc chắn cao", "medium": "độ chắc chắn vừa", "low": "độ chắc chắn thấp"}
_TOP = {"label", "unit", "checked_on", "values", "unknown"}
_ENTRY = {"from", "to", "value", "scope", "document", "dated", "place", "certainty"}


class BadBook(ValueError):
    """A file of the book breaks the book's own rules; the message names file and place."""


class NoRule(LookupError):
    """No rule of that key is known for the day. Never a default."""


@dataclass(frozen=True, slots=True)
class Source:
    """The document a value rests on."""

    document: str
    dated: date | None
    place: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of one key over a period in a scope."""

    key: str
    value: Any
    unit: str
    since: date
    until: date | None  # first day it no longer holds
    scope: str
    source: Source
    certainty: str

    @property
    def binds(self) -> bool:
        """Only what is highly certain may refuse; the rest warns (decision 20)."""
        return self.certainty == "high"

    @property
    def citation(self) -> str:
        """«Hướng dẫn 42-HD/BTCTW, ngày 28/10/2025, độ chắc chắn vừa»."""
        dated = f", ngày {self.source.dated:%d/%m/%Y}" if self.source.dated else ""
        doubt = "" if self.binds else f", {CERTAINTIES[self.certainty]}"
        return f"{self.source.document}{dated}{doubt}"

    def holds(self, day: date) -> bool:
        """Whether it is the rule of that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Book:
    """All rules by key."""

    rules: Mapping[str, tuple[Rule, ...]]
    unknown: Mapping[str, tuple[tuple[date, date | None], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleDay:
    """The book opened at a day, in a scope."""

    book: Book
    day: date
    scopes: tuple[str, ...]

    def __getitem__(self, key: str) -> Rule:
        """The rule of the day. Raises NoRule, and KeyError for a key the book has never heard of."""
        found = self.get(key)
        if found is None:
            raise NoRule(f"{key} on {self.day}")
        return found

    def get(self, key: str) -> Rule | None:
        """The rule of the day in the narrowest scope that has one; None when nobody knows."""
        rules = [rule for rule in self.book.rules[key] if rule.holds(self.day) and rule.scope in self.scopes]
        return min(rules, key=lambda rule: self.scopes.index(rule.scope), default=None)


def rules_on(day: date, *scopes: str) -> RuleDay:
    """The book opened at `day`; `scopes` from the narrowest on, the national scope is always last."""
    return RuleDay(book(), day, (*scopes, NATIONAL))


@cache
def book(*more: Path) -> Book:
    """The house's book and, over it, folders an installation adds (same format, same checks)."""
    rules: dict[str, tuple[Rule, ...]] = {}
    unknown: dict[str, tuple[tuple[date, date | None], ...]] = {}
    for folder in (BOOK, *more):
        loaded = load(folder)
        for key, found in loaded.rules.items():
            rules[key] = _laid_over(rules.get(key, ()), found)
            unknown[key] = loaded.unknown[key]
    return Book(rules, unknown)


def _laid_over(old: tuple[Rule, ...], new: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """A newer file replaces the values of the same scope and start."""
    starts = {(rule.scope, rule.since) for rule in new}
    return tuple(rule for rule in old if (rule.scope, rule.since) not in starts) + new


def load(folder: Path) -> Book:
    """Read and check a folder. Raises BadBook."""
    rules, unknown = {}, {}
    for path in sorted(folder.rglob("*.yaml")):
        key = ".".join(path.relative_to(folder).with_suffix("").parts)
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        rules[key] = _checked(key, data)
        unknown[key] = tuple((span["from"], span.get("to")) for span in data.get("unknown", ()))
    return Book(rules, unknown)


def _checked(key: str, data: Any) -> tuple[Rule, ...]:
    if not isinstance(data, dict) or not _TOP >= set(data) or not {"label", "unit", "checked_on", "values"} <= set(data):
        raise BadBook(f"{key}: needs label, unit, checked_on, values, and nothing else but unknown")
    rules = tuple(_rule(key, data["unit"], entry) for entry in data["values"])
    for finding in _faults(key, data, rules):
        raise BadBook(f"{key}: {finding}")
    return rules


def _rule(key: str, unit: str, entry: Any) -> Rule:
    if not isinstance(entry, dict) or not _ENTRY >= set(entry) or not {"from", "value"} <= set(entry):
        raise BadBook(f"{key}: an entry needs from and value; it may have to, scope; nothing unknown")
    if not entry.get("document"):
        raise BadBook(f"{key}: the value from {entry['from']} has no source")
    if entry.get("certainty") not in CERTAINTIES:
        raise BadBook(f"{key}: the value from {entry['from']} needs certainty high, medium or low")
    dated = entry.get("dated")
    if not isinstance(entry["from"], date) or not isinstance(dated, date | None):
        raise BadBook(f"{key}: days are written 2026-11-03")
    source = Source(entry["document"], dated, entry.get("place", ""))
    return Rule(
        key, entry["value"], unit, entry["from"], entry.get("to"), entry.get("scope", NATIONAL), source,
        entry["certainty"],
    )  # fmt: skip


def _faults(key: str, data: Mapping[str, Any], rules: tuple[Rule, ...]) -> Iterator[str]:
    if not isinstance(data["checked_on"], date):
        yield "checked_on is not a day"
        return
    if any(rule.since > data["checked_on"] for rule in rules):
        yield "checked_on is older than the newest value"
    if not rules:
        yield "has no value; write unknown spans beside at least one"
    by_scope: dict[str, list[Rule]] = {}
    for rule in rules:
        by_scope.setdefault(rule.scope, []).append(rule)
        if rule.until is not None and rule.until <= rule.since:
            yield f"the value from {rule.since} ends before it starts"
    for same in by_scope.values():
        same.sort(key=lambda rule: rule.since)
        for early, late in zip(same, same[1:], strict=False):
            if early.until is None or early.until > late.since:
                yield f"two values hold on {late.since}"
    for span in data.get("unknown", ()):
        clash = [r for r in rules if r.holds(span["from"]) and r.scope == NATIONAL]
        if clash:
            yield f"unknown from {span['from']}, but a value holds that day"
