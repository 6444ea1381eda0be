"""A review report on the command line, as the machine sees it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from chibo.directives.models import Document, Heading
from chibo.directives.titles import number_of, title_of
from chibo.front.management.word import Misused, Word, as_machine, day_of, unit_named
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import show_day, today
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Period
from chibo.kernel.text import fold
from chibo.organisation.models import Unit
from chibo.reports.paper.review import review_docx
from chibo.reports.review.content import FINAL, HALF, INTERIM, YEAR, review_content
from chibo.rules.reader import rules_on

KINDS = {"so-ket": INTERIM, "tong-ket": FINAL, "sau-thang": HALF, "nam": YEAR}


class Command(Word):
    """`chibo report review`: the draft of a review report as a Word file; nothing is written in the house."""

    word = "report"
    help = "Soạn dự thảo báo cáo sơ kết, tổng kết từ sổ sách: chibo report review --unit ĐƠN_VỊ --document SỐ …"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["review"], metavar="LOẠI", help="review: báo cáo sơ kết, tổng kết")
        parser.add_argument("--unit", required=True, metavar="ĐƠN_VỊ", help="số hoặc tên của tổ chức")
        parser.add_argument("--document", metavar="SỐ", help="số ký hiệu trong sổ văn bản, ví dụ 02-NQ/TU")
        parser.add_argument("--from", dest="first", required=True, metavar="NGÀY", help="từ ngày")
        parser.add_argument("--to", dest="last", required=True, metavar="NGÀY", help="đến hết ngày")
        parser.add_argument("--kind", choices=list(KINDS), default="so-ket", metavar="KIỂU",
                            help="so-ket, tong-ket, sau-thang, nam; không gõ là so-ket")  # fmt: skip
        parser.add_argument("--out", required=True, metavar="TỆP.docx", help="ghi vào tệp này")

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = day_of(options["first"]), day_of(options["last"])
        with as_machine(refused=2):
            refuse_if(last < first, "bad_period")
            unit, name = unit_named(options["unit"], last)
            document = _document(unit, options["document"]) if options["document"] else None
            content = review_content(unit, document, KINDS[options["kind"]], Period.days(first, last), by=MACHINE,
                                     on=max(last, today()))  # fmt: skip
            made = review_docx(content, layout=str(rules_on(last)["document.layout"].value))
        try:
            Path(options["out"]).write_bytes(made)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {options['out']} ({error.strerror}).", returncode=1) from None
        self.stdout.write(f"{name}, {show_day(first)} đến {show_day(last)}: {len(content['numbers'])} số, "
                          f"thiếu {len(content['missing'])}. Đã ghi {options['out']}.")  # fmt: skip
        for line in content["missing"]:
            self.stdout.write(f"  còn thiếu: {line}")


def _document(unit: Unit, typed: str) -> Document:
    """Of the unit's register, by its number. Raises Misused when none or several answer to it."""
    asked = fold(typed)
    rows = Heading.objects.live().filter(document__unit=unit).select_related("document")
    found = [row for row in rows if fold(number_of(row)) == asked or fold(title_of(row)) == asked]
    if not found:
        raise Misused(f"Sổ văn bản của tổ chức này không có «{typed}».")
    if len(found) > 1:
        which = "; ".join(title_of(row) for row in found)
        raise Misused(f"Có {len(found)} văn bản «{typed}»: {which}. Gõ cả tên, ngày và nơi ban hành.")
    document: Document = found[0].document
    return document
