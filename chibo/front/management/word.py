"""A word of the `chibo` command that a room wrote: Vietnamese help, refusals as sentences, statuses 0, 1, 2."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from chibo.access.wall import raise_wall
from chibo.front.refusals import sentence
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import parse_day, show_day
from chibo.kernel.errors import Refused
from chibo.kernel.text import fold
from chibo.kernel.turns import beside
from chibo.organisation.models import Placement, Unit
from chibo.platform.words import Parser


class Word(BaseCommand):
    """The base of those commands; `word` is what is typed after `chibo`."""

    word: str
    stealth_options = ("verbosity",)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The house's parser in place of Django's, which speaks English."""
        parser = Parser(prog=f"chibo {self.word}", description=self.help)
        parser.set_defaults(force_color=False, no_color=True, verbosity=1, traceback=False)
        self.add_arguments(parser)
        return parser

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What the word takes; nothing by itself."""


class Misused(CommandError):
    """Asked for something that cannot be: the sentence and status 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


@contextmanager
def as_machine(refused: int = 1) -> Iterator[None]:
    """One transaction of the installation itself, both walls open; a refusal becomes a sentence and that status."""
    try:
        with transaction.atomic():
            beside()
            raise_wall(MACHINE)
            yield
    except Refused as refusal:
        raise CommandError(sentence(refusal), returncode=refused) from None


def day_of(typed: str) -> date:
    """A day as it is typed. Raises Misused."""
    try:
        return parse_day(typed)
    except Refused as refusal:
        raise Misused(sentence(refusal)) from None


def unit_named(typed: str, day: date) -> tuple[Unit, str]:
    """By number, or by its full or short name on that day. Raises Misused when none or several answer to it."""
    found = {row.unit_id: row for row in _named(typed, day)}
    if not found:
        raise Misused(f"Không có tổ chức nào tên hoặc số «{typed}» vào ngày {show_day(day)}.")
    if len(found) > 1:
        which = "; ".join(f"{number} là {row.name}" for number, row in sorted(found.items()))
        raise Misused(f"Có {len(found)} tổ chức tên «{typed}». Gõ số thay cho tên: {which}.")
    row = next(iter(found.values()))
    return row.unit, row.name


def _named(typed: str, day: date) -> Iterable[Placement]:
    standing = Placement.objects.visible_to(MACHINE).select_related("unit")
    if typed.isascii() and typed.isdigit():
        # an ended unit keeps its number: its last placement answers
        return standing.filter(unit_id=int(typed[:9])).order_by("during")
    asked = fold(typed)
    return [row for row in standing.on(day) if asked in {fold(row.name), fold(row.short_name)}]
