"""A process that saves and closes meetings and writes down, after each answer, what it was promised.

python -m tests.crash.work prepare             (as the owner: one commune, its meetings)
python -m tests.crash.work write JOURNAL N M   (as the application: every meeting whose place ≡ N mod M)
python -m tests.crash.work tell                (as the application: what is stored, as JSON)
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from datetime import date, datetime, time
from typing import Any

ROLE = {"prepare": "owner", "write": "app", "tell": "app"}[sys.argv[1]]
os.environ["CHIBO_DB_ROLE"] = ROLE
os.environ["DJANGO_SETTINGS_MODULE"] = "chibo.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from chibo.access.wall import raise_wall  # noqa: E402
from chibo.kernel.actor import MACHINE  # noqa: E402
from chibo.kernel.dates import ZONE  # noqa: E402
from chibo.kernel.periods import next_month  # noqa: E402
from chibo.ledger.operations import seal  # noqa: E402
from chibo.meetings.models import Closure, Meeting, Minutes, SheetEntry  # noqa: E402
from chibo.meetings.operations import Change, close_meeting, make_meeting, save_fields  # noqa: E402
from chibo.meetings.sheet import sheet_of  # noqa: E402

MONTHS = 16
FIELDS = ("information", "discussion", "conclusion")
SPACE = uuid.UUID("00000000-0000-4000-8000-000000000001")


def prepare() -> None:
    """Two communes and their meetings, all open."""
    from tests.commune import found_commune

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        commune = found_commune()
        for unit in (commune.na_loc, commune.pom_khe, commune.khuoi_moc):
            month = date(2025, 8, 1)
            for _ in range(MONTHS):
                make_meeting(unit, month, by=MACHINE)
                month = next_month(month)


def write(journal: str, place: int, of: int) -> None:
    """Save three fields, each in a transaction of its own, then close; note each answer before going on."""
    with transaction.atomic():
        raise_wall(MACHINE)
        meetings = list(Meeting.objects.order_by("month", "unit_id"))
    with open(journal, "a", encoding="utf-8") as told:
        for meeting in meetings[place::of]:
            _write_one(meeting, told)


def _write_one(meeting: Meeting, told: Any) -> None:
    at = datetime.combine(meeting.planned_on, time(21, 30), ZONE)
    with transaction.atomic():
        raise_wall(MACHINE)
        if Closure.objects.filter(meeting=meeting).exists():
            return
    for field in FIELDS:
        value = f"{field} của {meeting.unit_id}, {meeting.month:%m/%Y}"  # not its key: it may look like a card's number
        with transaction.atomic():
            raise_wall(MACHINE)
            version = sheet_of(meeting)[field].version
            save_fields(meeting, {field: Change(value, version)}, at=at, by=MACHINE, by_name="")
        _note(told, "saved", str(meeting.pk), field, value)
    with transaction.atomic():
        raise_wall(MACHINE)
        ended = {"ended": Change("21:15", sheet_of(meeting)["ended"].version)}
        save_fields(meeting, ended, at=at, by=MACHINE, by_name="")
        key = uuid.uuid5(SPACE, str(meeting.pk))
        seen = sheet_of(meeting).revision
        paper = close_meeting(meeting, key=key, seen_revision=seen, at=at, by=MACHINE, by_name="")
    _note(told, "closed", str(meeting.pk), str(paper.number.number))
    with transaction.atomic():
        raise_wall(MACHINE)
        seal(at=at)


def _note(told: Any, *words: str) -> None:
    told.write(json.dumps(words) + "\n")
    told.flush()
    os.fsync(told.fileno())


def tell() -> None:
    """Everything stored, for comparison with what was promised."""
    with transaction.atomic():
        raise_wall(MACHINE)
        saved = [[str(row.meeting_id), row.field, row.value] for row in SheetEntry.objects.all()]
        closed = {str(p.meeting_id): str(p.number.number) for p in Minutes.objects.select_related("number")}
        closures = sorted(str(pk) for pk in Closure.objects.values_list("pk", flat=True))
        print(json.dumps({"saved": saved, "closed": closed, "closures": closures}))


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    elif sys.argv[1] == "write":
        write(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        tell()
