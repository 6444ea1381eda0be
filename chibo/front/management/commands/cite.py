"""Which documents a text names, on the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from chibo.directives.citing import Citation, citations
from chibo.directives.opening import text_of
from chibo.front.management.word import Misused, Word
from chibo.front.refusals import sentence
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused

_TERMS = {"khoa": "khóa", "congress": "đại hội", "plenum": "hội nghị lần thứ", "years": "nhiệm kỳ, giai đoạn"}


class Command(Word):
    """`chibo cite`: the documents named in a text, in reading order."""

    word = "cite"
    help = "Các văn bản được nêu trong một tệp .docx hoặc .txt, theo thứ tự đọc. TỆP là - thì đọc từ đầu vào."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", help="tệp .docx, .txt, hoặc -")
        parser.add_argument("--json", action="store_true", help="in JSON cho chương trình khác đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = citations(text_of(_bytes(options["file"])))
        except Refused as refusal:
            raise CommandError(sentence(refusal), returncode=1) from None
        if options["json"]:
            self.stdout.write(json.dumps([each.told() for each in found], ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(map(_line, found)) or "Không thấy văn bản nào.")


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Misused(f"Không mở được tệp {name} ({error.strerror}).") from None


def _line(row: Citation) -> str:
    symbol = f"-{row.symbol}" if row.symbol else ""
    parts = [row.kind or "", f"số {row.number}{f'/{row.year}' if row.year else ''}{symbol}" if row.number else ""]
    parts += [row.issuer or "", f"ngày {show_day(date.fromisoformat(row.date))}" if row.date else ""]
    parts += [f"{_TERMS[name]} {value}" for name, value in row.term.items() if value]
    return " · ".join(part for part in parts if part)
