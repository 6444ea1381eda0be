"""What `chibo check` looks at in this room: the kept sums are what the registers add up to."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import connection


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    for prefix, view in settings.CHIBO_TALLIED.items():
        with connection.cursor() as cursor:
            cursor.execute("SELECT measure, places FROM chibo_tallies_differ(%s, %s)", [view, prefix])
            for measure, places in cursor.fetchall():
                yield f"Số liệu «{measure}»: tổng giữ sẵn khác sổ gốc ở {places} chỗ."
