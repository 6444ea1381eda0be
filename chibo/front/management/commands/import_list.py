"""Take a list in on the command line: the same reading, comparing and writing as in the browser."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from chibo.exchange.answers import answer_workbook, remark
from chibo.exchange.drafts import Draft, Verdict
from chibo.exchange.kinds import KINDS
from chibo.exchange.models import Intake
from chibo.exchange.operations import Preview, heading_in, preview, receive, say_columns, take_in
from chibo.front.management.word import Misused, Word, as_machine, day_of, unit_named
from chibo.front.refusals import sentence
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import now, show_number, today

WORDS = {Verdict.NEW: "mới", Verdict.CHANGED: "có đổi", Verdict.SAME: "không đổi", Verdict.REFUSED: "bị từ chối"}


class Command(Word):
    """`chibo import`: 0 when every line is in, 1 when some were refused or the file was, 2 when misused."""

    word = "import"
    help = (
        "Nhập danh sách từ tệp Excel (.xlsx). Dòng nào không đọc được thì để lại và nói rõ ô nào, cần làm gì; "
        "các dòng khác ghi trong một lần. Nhập lại cùng tệp thì không đổi gì."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS), metavar="LOẠI",
                            help="; ".join(f"{code}: {kind.label}" for code, kind in KINDS.items()))  # fmt: skip
        parser.add_argument("file", metavar="TỆP", help="tệp .xlsx")
        parser.add_argument("--unit", required=True, metavar="ĐƠN_VỊ", help="số hoặc tên của tổ chức có danh sách")
        parser.add_argument("--on", metavar="NGÀY", help="danh sách đúng từ ngày; không gõ thì từ hôm nay")
        parser.add_argument("--dry-run", action="store_true", help="chỉ so và in kết quả, không ghi gì")
        parser.add_argument("--hidden", choices=["take", "leave"], metavar="CÁCH",
                            help="dòng bị ẩn trong tệp: take nhập cả, leave bỏ qua")  # fmt: skip
        parser.add_argument("--answer", metavar="TỆP", help="ghi bảng Excel trả lời từng dòng vào tệp này")

    def handle(self, *args: Any, **options: Any) -> None:
        data, at = _bytes(options["file"]), now()
        on = day_of(options["on"]) if options["on"] else today()
        with as_machine():
            unit, name = unit_named(options["unit"], on)
            intake = receive(unit, options["kind"], Path(options["file"]).name, data, holds_from=on, at=at, by=MACHINE)
            hidden = {"take": True, "leave": False}.get(options["hidden"])
            intake = say_columns(intake, {}, hidden_too=hidden, by=MACHINE)
            shown = preview(intake, at=at, by=MACHINE)
            self.stdout.write("\n".join(_told(shown, intake, name)))
            if options["answer"]:
                _answer(options["answer"], intake, shown, written=not options["dry_run"])
            if options["dry_run"]:
                transaction.set_rollback(True)
            else:
                take_in(intake, seen=shown.digest, at=at, by=MACHINE)
        refused = shown.counts[Verdict.REFUSED]
        done = "Chưa ghi gì (--dry-run)." if options["dry_run"] else f"Đã ghi {show_number(shown.writes)} dòng."
        self.stdout.write(done)
        if refused:
            raise CommandError(f"{show_number(refused)} dòng bị từ chối, còn ở ngoài sổ. Sửa trong tệp rồi nhập lại.")


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Misused(f"Không mở được tệp {path} ({error.strerror}).") from None


def _told(shown: Preview, intake: Intake, name: str) -> Iterator[str]:
    sheet, columns = shown.heading.sheet.name, shown.heading.columns
    used = [c for c in columns if c.field and c.field != "-"]
    yield f"Danh sách {KINDS[intake.kind].label} của {name}, trang «{sheet}», {show_number(len(shown.drafts))} dòng."
    yield "Đã nhận cột: " + "; ".join(f"{c.label} = {KINDS[intake.kind].field(c.field).label}" for c in used) + "."
    unused = [c.label for c in columns if not c.field]
    if unused:
        yield f"Cột không dùng: {'; '.join(unused)}."
    for others in filter(None, ["; ".join(intake.notices["others"])]):
        yield f"Trang không đọc: {others}."
    counts = shown.counts
    yield ", ".join(f"{show_number(counts[verdict])} {words}" for verdict, words in WORDS.items()) + "."
    for draft in shown.drafts:
        if draft.verdict is not Verdict.SAME:
            yield f"  {_line(draft, sheet)}"


def _line(draft: Draft, sheet: str) -> str:
    return (
        f"Trang «{sheet}», dòng {draft.number}, {draft.title or 'chưa rõ ai'}: {remark(draft, sentence, written=False)}"
    )


def _answer(path: str, intake: Intake, shown: Preview, *, written: bool) -> None:
    heading = heading_in(intake)
    made = answer_workbook([(heading.sheet, heading.row, shown.drafts)], sentence, written=written)
    try:
        Path(path).write_bytes(made)
    except OSError as error:
        raise Misused(f"Không ghi được tệp {path} ({error.strerror}).") from None
