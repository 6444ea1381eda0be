"""python -m tests.demo.work MONTH (as the application): the hash of every file people can take away, as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "chibo.settings"

import django

django.setup()

from django.db import transaction  # noqa: E402

from chibo.access.wall import raise_wall  # noqa: E402
from chibo.kernel.actor import MACHINE  # noqa: E402
from chibo.ledger.attachments.storing import content_of  # noqa: E402
from chibo.meetings.models import SignedScan  # noqa: E402
from chibo.organisation.models import Unit  # noqa: E402
from chibo.reports.bundle import bundle  # noqa: E402
from chibo.reports.queries import papers_of_month  # noqa: E402


def papers(month: date) -> dict[str, str]:
    """The month's papers of the commune in one file, and every scan."""
    commune = Unit.objects.get(pk=2)
    made = papers_of_month(commune, month, actor=MACHINE, on=month)
    assert made and made.in_bundle[1].minutes
    found = {"bundle": bundle(made)}
    found |= {str(row.pk): content_of(row.attachment) for row in SignedScan.objects.select_related("attachment")}
    return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


if __name__ == "__main__":
    with transaction.atomic():
        raise_wall(MACHINE)
        print(json.dumps(papers(date.fromisoformat(sys.argv[1]))))
