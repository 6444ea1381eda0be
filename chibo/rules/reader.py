"""The book of dated parameters, opened at a day: each value with its document, or no value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from chibo.rules.loading import NATIONAL, BadBook, Book, NoRule, Rule, laid_over, load

__all__ = ["BOOK", "NATIONAL", "BadBook", "Book", "NoRule", "Rule", "RuleDay", "book", "load", "rules_on"]

BOOK = Path(__file__).resolve().parent / "book"


@dataclass(frozen=True, slots=True)
class RuleDay:
    """The book opened at a day, in scopes from the narrowest to the national one."""

    book: Book
    day: date
    scopes: tuple[str, ...]

    def __getitem__(self, key: str) -> Rule:
        """The rule of the day. Raises NoRule, and KeyError for a key the book has never heard of."""
        found = self.get(key)
        if found is None:
            raise NoRule(key, self.day, self.book.why_none(key, self.day))
        return found

    def get(self, key: str) -> Rule | None:
        """The rule of the day in the narrowest scope that has one; None when nobody knows."""
        rules = [rule for rule in self.book.rules[key] if rule.holds(self.day) and rule.scope in self.scopes]
        return min(rules, key=lambda rule: self.scopes.index(rule.scope), default=None)


def rules_on(day: date, *scopes: str) -> RuleDay:
    """Quy định của ngày: the book at `day`, the day of the event.

    `scopes`, narrowest first, are `province:…`, `commune:…` or `kind:…` (of unit); the national one is last.
    """
    return RuleDay(book(*getattr(settings, "RULE_FOLDERS", ())), day, (*scopes, NATIONAL))


@cache
def book(*more: Path) -> Book:
    """The house's book and, laid over it, the folders an installation adds: same format, same checks.

    Read once in a process; a changed file counts after a restart. Raises BadBook.
    """
    opened = load(BOOK)
    for folder in more:
        opened = laid_over(opened, load(folder))
    return opened
