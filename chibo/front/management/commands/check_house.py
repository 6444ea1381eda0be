"""Look through the whole installation and say what does not fit."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from chibo.front.management.word import Misused, Word, as_machine
from chibo.kernel.dates import now
from chibo.ledger.verification import verify
from chibo.platform import alarms, notes


class Command(Word):
    """`chibo check`."""

    word = "check"
    help = "Kiểm sổ ghi, biên bản đã niêm, số liệu, cây tổ chức."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--checkpoint", action="append", default=[], metavar="SỐ:MÃ", help="mốc đọc trên giấy, ví dụ 12:9f2c01ab"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        printed = [_checkpoint(text) for text in options["checkpoint"]]
        with as_machine():
            findings = verify(printed)
            for where in settings.CHIBO_CHECKS:
                findings += list(import_string(where)())
        notes.write(alarms.CHECKED, {"at": now().isoformat(timespec="seconds"), "findings": len(findings)})
        for finding in findings:
            self.stdout.write(f"✗ {finding}")
        if findings:
            self.stdout.write(f"{len(findings)} chỗ không khớp. Giữ nguyên máy, sao lưu, báo người trông máy chủ.")
            sys.exit(1)
        self.stdout.write("✓ Sổ ghi, biên bản, số liệu và cây tổ chức đều khớp.")


def _checkpoint(text: str) -> tuple[int, str]:
    number, _, digits = text.partition(":")
    if not number.isdigit() or len(digits) < 8:
        raise Misused("Ghi mốc như trên giấy: SỐ:MÃ, ví dụ --checkpoint 12:9f2c01ab")
    return int(number), digits
