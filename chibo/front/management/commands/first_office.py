"""The first unit, its first cell, and the person of the office who can enter everything else."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from chibo.access.operations import make_account, require_step, seal_codes
from chibo.cadres.authority import FROM_THE_OFFICE_UPWARD
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, open_term
from chibo.front.management.word import Misused, Word, as_machine, day_of
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import now, show_day, today
from chibo.kernel.errors import refuse_if
from chibo.membership.operations import enter_member, give_account
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit

TERM_YEARS = 5
SEALED = 5  # codes for the envelope


class Command(Word):
    """`chibo init --unit …`: all of it or nothing; its arguments are explained by `chibo init --help`."""

    word = "init"
    help = "Lập tổ chức, chi bộ và tài khoản đầu tiên."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("unit", "cell", "person", "username"):
            parser.add_argument(f"--{name}", required=True)
        parser.add_argument("--kind", default="commune")
        parser.add_argument("--place", default="")
        parser.add_argument("--passphrase-file")
        parser.add_argument("--on")

    def handle(self, *args: Any, **options: Any) -> None:
        on = day_of(options["on"]) if options["on"] else today()
        passphrase = _passphrase(options["passphrase_file"])
        with as_machine():
            refuse_if(Unit.objects.exists(), "second_root")
            unit = found_unit(options["unit"], kind=options["kind"], parent=None, on=on, by=MACHINE,
                              place=options["place"])  # fmt: skip
            cell = found_unit(options["cell"], kind="cell", parent=unit, on=on, by=MACHINE)
            for each in (unit, cell):
                last = on.replace(month=12, day=31, year=on.year + TERM_YEARS)
                open_term(each, f"{on.year} - {last.year}", first=on, last=last, by=MACHINE)
            person = enter_member(options["person"], cell, on=on, by=MACHINE)
            appoint(person, Office.COMMITTEE_OFFICE, unit, on=on, by=MACHINE)
            appoint(person, Office.SERVER_KEEPER, unit, on=on, by=MACHINE)  # somebody must hear the machine's alarms
            account = make_account(options["username"], passphrase, at=now(), by=MACHINE)
            give_account(person, account, on=on, by=MACHINE)
            require_step(FROM_THE_OFFICE_UPWARD, on=on, by=MACHINE)
            codes = seal_codes(account, count=SEALED, at=now(), by=MACHINE)
        self.stdout.write(f"Đã lập {options['unit']} (số {unit.pk}), {options['cell']} (số {cell.pk}).")
        self.stdout.write(f"Sổ bắt đầu từ ngày {show_day(on)}.")
        self.stdout.write(f"Đăng nhập bằng tên «{account.username}». Tiếp theo: chibo serve")
        self.stdout.write(
            "Lần đầu đăng nhập, Chibo hướng dẫn lập bước hai trên điện thoại (bắt buộc từ văn phòng trở lên)."
        )
        self.stdout.write("\n".join(envelope(account.username, codes)))


def envelope(username: str, codes: list[str]) -> list[str]:
    """Phong bì khôi phục: what to copy onto paper and seal."""
    return [
        "",
        f"Mã khôi phục của tài khoản «{username}», chỉ hiện lần này. Chép ra giấy, cho vào phong bì, niêm phong, để",
        "trong két của đảng ủy. Khi người giữ tài khoản mất cụm từ bí mật hoặc vắng lâu: mở trang «lần đầu đăng nhập»,",
        "gõ tên và một mã. Mỗi mã dùng một lần, không hết hạn.",
        *(f"  {code}" for code in codes),
    ]


def _passphrase(file: str | None) -> str:
    """From the first line of the file, else typed twice. Raises Misused."""
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise Misused(f"Không đọc được tệp cụm từ bí mật {file} ({type(error).__name__}).") from None
    if not sys.stdin.isatty():
        raise Misused("Không có màn hình để hỏi cụm từ bí mật. Ghi nó vào một tệp rồi thêm --passphrase-file TỆP.")
    first = getpass("Cụm từ bí mật (ít nhất 12 ký tự): ")
    if first != getpass("Gõ lại lần nữa: "):
        raise Misused("Hai lần gõ khác nhau. Chạy lại lệnh.")
    return first
