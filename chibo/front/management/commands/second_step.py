"""Which offices must have the second step of signing in: a rule of this installation, with its days."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from chibo.access.operations import release_step, require_step
from chibo.cadres.accounts import offices_with_step
from chibo.cadres.models import Office
from chibo.front.management.word import Misused, Word, as_machine
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import today

OFFICES = "; ".join(f"{office.value}: {office.label}" for office in Office)


class Command(Word):
    """`chibo second-step`: shows the offices, or changes one from today on."""

    word = "second-step"
    help = "Xem, thêm, bớt chức vụ phải có bước hai khi đăng nhập. Thêm: từ hôm nay; bớt: hết hôm nay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--require", metavar="CHỨC_VỤ", help=f"bắt buộc; {OFFICES}")
        parser.add_argument("--release", metavar="CHỨC_VỤ", help="thôi bắt buộc")

    def handle(self, *args: Any, **options: Any) -> None:
        day = today()
        for office in (options["require"], options["release"]):
            if office and office not in Office.values:
                raise Misused(f"Không có chức vụ «{office}». Chọn một: {', '.join(Office.values)}.")
        with as_machine():
            if options["require"]:
                require_step([options["require"]], on=day, by=MACHINE)
            if options["release"]:
                release_step(options["release"], last=day, by=MACHINE)
            asked = offices_with_step(day)
        for label in asked:
            self.stdout.write(f"  {label}")
        self.stdout.write(
            "Hôm nay bắt buộc bước hai với các chức vụ trên." if asked else "Hôm nay không bắt buộc với ai."
        )
