"""Load the invented province and say how to get in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from chibo.demo.load import load
from chibo.demo.plan import ACCOUNTS, PASSPHRASE
from chibo.front.management.word import Word, as_machine, day_of
from chibo.kernel.dates import today


class Command(Word):
    """`chibo demo`."""

    word = "demo"
    help = "Nạp dữ liệu thử: một xã 12 chi bộ, 232 đảng viên, và hai huyện từ 2016; người và nơi đều không có thật."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="NGÀY", help="coi ngày này là hôm nay, ví dụ 2026-11-24")

    def handle(self, *args: Any, **options: Any) -> None:
        day = day_of(options["on"]) if options["on"] else today()
        with as_machine():
            load(on=day, say=self.stdout.write)
        self.stdout.write("\nĐăng nhập thử, cụm từ bí mật của mọi tài khoản: " + PASSPHRASE)
        for username, about, _, _ in ACCOUNTS:
            self.stdout.write(f"  {username:<18} {about}")
