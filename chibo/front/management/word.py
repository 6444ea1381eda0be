"""A word of the `chibo` command that a room wrote: Vietnamese help, refusals as sentences, statuses 0, 1, 2."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from chibo.access.wall import raise_wall
from chibo.front.refusals import sentence
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import parse_day
from chibo.kernel.errors import Refused
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
