"""The command line's own Vietnamese: argparse speaks English by itself."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

_ERRORS = (
    (r"the following arguments are required: (.*)", r"thiếu {0}"),
    (r"unrecognized arguments: (.*)", r"không có tham số {0}"),
    (r"argument (-\S+): invalid choice: '?([^' ]*)'?.*", r"giá trị {1} của {0} không đúng"),
    (r"argument \S+: invalid choice: '?([^' ]*)'?.*", r"không có lệnh {0}"),
    (r"argument (\S+): invalid .* value: (.*)", r"giá trị {1} của {0} không đúng"),
    (r"argument (\S+): expected .*", r"{0} thiếu giá trị"),
)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Vietnamese heading."""

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        """Begin with «Cách dùng»."""
        super().add_usage(usage, actions, groups, prefix or "Cách dùng: ")


class Parser(argparse.ArgumentParser):
    """An argument parser that explains itself in Vietnamese and ends with 2 when it is misused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=Formatter, add_help=False, **options)
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="xem hướng dẫn này rồi thoát")

    def error(self, message: str) -> NoReturn:
        """Say what was wrong and where the help is."""
        say(f"{self.prog}: {_translated(message)}. Xem hướng dẫn: {self.prog} --help")
        sys.exit(2)


def say(line: str) -> None:
    """A line for the person at the screen; standard output stays for results."""
    print(line, file=sys.stderr, flush=True)


def _translated(message: str) -> str:
    for pattern, words in _ERRORS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*found.groups())
    return message
