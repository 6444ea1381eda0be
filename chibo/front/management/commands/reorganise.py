"""Decide a sheet of acts on the command line: the same reading, rehearsal and act as in the browser."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from chibo.exchange.acts.operations import answered, decide, drafts_of, look_ahead
from chibo.exchange.answers import answer_workbook, remark
from chibo.exchange.drafts import Draft, Verdict
from chibo.exchange.models import Intake
from chibo.exchange.operations import receive, say_columns
from chibo.front.management.word import Misused, Word, as_machine, day_of, unit_named
from chibo.front.refusals import sentence
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import now, show_day, show_number


class Command(Word):
    """`chibo reorganise`: 0 when decided (or nothing stands against it), 1 when refused, 2 when misused."""

    word = "reorganise"
    help = (
        "Sắp xếp tổ chức theo một bảng Excel: mỗi dòng một việc (thành lập, đổi tên, đổi loại, nâng cấp, chuyển, kết "
        "thúc, chia tách, sáp nhập, hợp nhất), theo thứ tự của bảng. Một dòng không làm được thì không ghi dòng nào."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", help="tệp .xlsx")
        parser.add_argument("--unit", required=True, metavar="ĐƠN_VỊ", help="số hoặc tên của tổ chức có bảng này")
        parser.add_argument("--number", required=True, metavar="SỐ", help="số quyết định, như 07-QĐ/ĐU")
        parser.add_argument("--date", required=True, metavar="NGÀY", help="ngày ký")
        parser.add_argument("--effective", metavar="NGÀY", help="ngày hiệu lực; không gõ thì là ngày ký")
        parser.add_argument("--signer", default="", metavar="HỌ_TÊN", help="người ký")
        parser.add_argument("--reason", default="", metavar="LÝ_DO", help="lý do")
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
        parser.add_argument("--hidden", choices=["take", "leave"], metavar="CÁCH",
                            help="dòng bị ẩn trong tệp: take nhận cả, leave bỏ qua")  # fmt: skip
        parser.add_argument("--answer", metavar="TỆP", help="ghi bảng Excel trả lời từng dòng vào tệp này")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        signed = day_of(options["date"])
        on = day_of(options["effective"]) if options["effective"] else signed
        paper = {"number": options["number"], "signed_on": signed.isoformat(), "signer": options["signer"],
                 "reason": options["reason"]}  # fmt: skip
        with as_machine():
            unit, name = unit_named(options["unit"], on)
            intake = receive(unit, "acts", Path(options["file"]).name, _bytes(options["file"]), holds_from=on, at=at,
                             by=MACHINE, paper=paper)  # fmt: skip
            hidden = {"take": True, "leave": False}.get(options["hidden"])
            intake = say_columns(intake, {}, hidden_too=hidden, by=MACHINE)
            intake = look_ahead(intake, at=at, by=MACHINE, done=_watched("Xem trước"))
            refused = intake.outcome["refused"]
            self.stdout.write(f"Bảng sắp xếp của {name}, quyết định {options['number']}, hiệu lực {show_day(on)}.")
            self.stdout.write("\n".join(_told(intake)))
            writes = not options["dry_run"] and not refused
            if writes:
                intake = decide(intake, seen=intake.outcome["digest"], at=at, by=MACHINE, done=_watched("Ghi"))
            if options["answer"]:
                _answer(options["answer"], intake, written=writes)
            if not writes:
                transaction.set_rollback(True)
        if refused:
            raise CommandError(f"{show_number(refused)} dòng bị từ chối nên chưa ghi gì. Sửa trong tệp rồi chạy lại.")
        acts = show_number(intake.outcome["acts"])
        self.stdout.write(f"Đã ghi {acts} việc trong một quyết định." if writes else "Chưa ghi gì (--dry-run).")


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Misused(f"Không mở được tệp {path} ({error.strerror}).") from None


def _watched(what: str) -> Any:
    """A line that counts on a screen; nothing where nobody sits."""

    def done(number: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what}: việc {number}/{of}" + ("\n" if number == of else ""))

    return done


def _told(intake: Intake) -> Iterator[str]:
    for sheet, _, drafts in answered(intake):
        for draft in drafts:
            if draft.verdict is not Verdict.SAME:
                yield f"  {_line(draft, sheet.name)}"
    yield f"{show_number(intake.outcome['acts'])} việc, {show_number(intake.outcome['refused'])} dòng bị từ chối."
    if intake.outcome["leaderless"]:
        yield f"Chưa có bí thư: {', '.join(intake.outcome['leaderless'])}."
    drafts = drafts_of(intake)
    if all(draft.verdict is Verdict.SAME for draft in drafts):
        yield "Chưa dòng nào ghi việc."


def _line(draft: Draft, sheet: str) -> str:
    return f"Trang «{sheet}», dòng {draft.number}, {draft.title or 'chưa rõ'}: {remark(draft, sentence, written=False)}"


def _answer(path: str, intake: Intake, *, written: bool) -> None:
    try:
        Path(path).write_bytes(answer_workbook(answered(intake), sentence, written=written))
    except OSError as error:
        raise Misused(f"Không ghi được tệp {path} ({error.strerror}).") from None
