"""The work of every minute: seal the ledger, then what the rooms asked for in the settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from chibo.access.wall import raise_wall
from chibo.front.management.word import Word
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import now
from chibo.kernel.turns import beside
from chibo.ledger.operations import seal


class Command(Word):
    """`chibo tick`."""

    word = "tick"
    help = "Niêm sổ ghi và làm các việc theo lịch."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name, work in [("sổ ghi", _seal), *((where, import_string(where)) for where in settings.CHIBO_TICKS)]:
            try:
                with transaction.atomic():
                    beside()
                    raise_wall(MACHINE)
                    self.stdout.write(work(at=now()))
            except Exception as fault:  # one task that fails must not stop the others
                failed.append(f"{name}: {type(fault).__name__}")
        if failed:
            raise CommandError("Việc chưa xong: " + "; ".join(failed))


def _seal(*, at: Any) -> str:
    made = seal(at=at)
    return f"sổ ghi: mốc {made.pk}, {made.count} dòng" if made else "sổ ghi: không có dòng mới"
