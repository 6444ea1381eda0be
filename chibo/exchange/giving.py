"""Give a list out as a workbook: codes as text, days as days, nothing that a reader's Excel would calculate."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import transaction

from chibo.exchange.answers import SAFE
from chibo.exchange.kinds import DAY, KINDS, PART_DAY
from chibo.exchange.lists import EVERY, Listing, listing_of
from chibo.figures.moments import Moment, moment_of
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import show_day
from chibo.kernel.errors import refuse_if
from chibo.ledger.models import Entry
from chibo.ledger.operations import record
from chibo.organisation.localities import Wanted
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on

VERB = "list.given_out"
OF_A_DAY = ("members", "units", "posts", "villages")  # kinds whose page opens as it was on another day
MOST_A_DAY = 20  # lists one person takes in a day; a register is not copied page by page
_DAY = re.compile(r"\d{2}/\d{2}/\d{4}")


def taken_today(by: Actor, *, at: datetime) -> int:
    """How many lists this person has taken since midnight."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Entry.objects.filter(verb=VERB, by_account=by.account_id, at__gte=midnight).count()


@transaction.atomic
def give_out(
    unit: Unit, kind: str, *, sensitive: bool, by_name: str, at: datetime, by: Actor, wanted: Wanted = EVERY,
    moment: Moment | None = None,
) -> bytes:  # fmt: skip
    """Tải danh sách: a workbook of what this person sees, one line in the ledger; of today, or of another `moment`.

    `sensitive` adds ethnicity, religion and identity numbers, which the national matching sheet demands; `wanted`
    is the filter of the page of localities, said in the title; those are given out as of today alone.
    Raises NoPower, Refused: unknown_choice, lists_of_the_day, list_empty.
    """
    by.must(Power.READ, unit.scope_path)
    refuse_if(kind not in KINDS, "unknown_choice")
    if sensitive:
        by.must(Power.SENSITIVE, unit.scope_path)
    refuse_if(taken_today(by, at=at) >= MOST_A_DAY, "lists_of_the_day", most=MOST_A_DAY)
    on = at.date()
    seen = moment or moment_of({}, on)
    refuse_if(seen.past and kind not in OF_A_DAY, "unknown_choice")
    listing = listing_of(kind, unit, seen, actor=by, sensitive=sensitive, wanted=wanted)
    refuse_if(not listing.rows, "list_empty")
    placement = placement_on(unit.pk, seen.tree_day) or placement_on(unit.pk, on)
    title = f"Danh sách {listing.kind.label}, {placement.name if placement else ''}{listing.filtered}{_when(seen)}"
    record(by, VERB, on=on, unit_id=unit.pk, touched=[unit], reason=f"{kind}.sensitive" if sensitive else kind)
    return workbook_of(listing, title=title, taken_by=by_name, at=at)


def _when(seen: Moment) -> str:
    """«, ngày 30/06/2025, theo cây tổ chức ngày ấy»; nothing for today."""
    tree = "ngày ấy" if seen.as_was else "hôm nay"
    return f", ngày {show_day(seen.day)}, theo cây tổ chức {tree}" if seen.past else ""


def workbook_of(listing: Listing, *, title: str, taken_by: str, at: datetime) -> bytes:
    """The same list at the same moment is the same file, byte by byte."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    book.set_properties({"created": at.replace(tzinfo=None), "title": title})
    page = book.add_worksheet(f"DS {listing.kind.label}"[:31])
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        "text": book.add_format({"num_format": "@"}),
    }
    page.write_string(0, 0, title, styles["title"])
    page.write_string(1, 0, f"Lấy từ Chibo lúc {at:%H:%M} ngày {show_day(at.date())}, người lấy: {taken_by}.")
    for column, words in enumerate(["STT", *(field.label for field in listing.fields)]):
        page.write_string(3, column, words, styles["head"])
    for number, row in enumerate(listing.rows, 1):
        page.write_number(3 + number, 0, number)
        for column, value in enumerate(row, 1):
            if listing.fields[column - 1].shape in {DAY, PART_DAY}:
                write_value(page, 3 + number, column, value, styles)
            elif value is not None:  # a day among words stays words
                page.write_string(3 + number, column, str(value), styles["text"])
    page.freeze_panes(4, 2)
    page.autofilter(3, 0, 3 + len(listing.rows), len(listing.fields))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    page.set_column(0, 0, 5)
    page.set_column(1, len(listing.fields), 18)
    book.close()
    return made.getvalue()


def write_value(page: Any, row: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    """A day as a day, everything else as text."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        value = datetime.strptime(value, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    if isinstance(value, date):
        page.write_datetime(row, column, value, styles["day"])
    elif value is not None:
        page.write_string(row, column, str(value), styles["text"])
