"""A limitation of bản Nà Lốc from its first day to its last, in one line each."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from chibo.issues.models import Cause, Limitation, Remedy, RemedyCheck, RemedyReport, Turn
from chibo.issues.operations import (
    Done,
    NewLimitation,
    NewRemedy,
    Source,
    check_report,
    give_remedy,
    reopen,
    report_done,
    say_cause,
    write_limitation,
)
from tests.commune import EVENING, Commune

SEEN = date(2026, 10, 20)
DUE = date(2026, 12, 15)


def written(commune: Commune, by: str = "Inh", **told: Any) -> Limitation:
    """«Sinh hoạt muộn giờ», seen in October, unless told otherwise."""
    facts: dict[str, Any] = {"text": "Sinh hoạt chưa đúng giờ", "area": "meetings", "seen_on": SEEN} | told
    unit, key, at = facts.pop("unit", commune.na_loc), facts.pop("key", uuid.uuid4()), facts.pop("at", EVENING)
    facts.setdefault("source", Source(Limitation.SELF, "Báo cáo tự giám sát quý III"))
    return write_limitation(unit, NewLimitation(**facts), key=key, at=at, by=commune.actor(by), by_name=by)


def caused(commune: Commune, row: Limitation, code: str = "direction", by: str = "Inh", **told: Any) -> Cause:
    told = {"key": uuid.uuid4(), "at": EVENING, "text": "Chưa đôn đốc"} | told
    return say_cause(row, code, by=commune.actor(by), by_name=by, **told)


def remedied(commune: Commune, row: Limitation, owner: str = "Khiêm", by: str = "Inh", **told: Any) -> Remedy:
    facts: dict[str, Any] = {"text": "Báo giờ họp trước ba ngày", "due": DUE, "owner": commune.person(owner).pk} | told
    if "to" in facts:
        facts["owner"] = facts.pop("to")
    key, at = facts.pop("key", uuid.uuid4()), facts.pop("at", EVENING)
    return give_remedy(row, NewRemedy(**facts), key=key, at=at, by=commune.actor(by), by_name=by)


def reported(commune: Commune, remedy: Remedy, by: str = "Khiêm", **told: Any) -> RemedyReport:
    facts: dict[str, Any] = {"on": EVENING.date(), "proof": "Ba buổi liền đúng giờ"} | told
    key, at = facts.pop("key", uuid.uuid4()), facts.pop("at", EVENING)
    return report_done(remedy, Done(**facts), key=key, at=at, by=commune.actor(by), by_name=by)


def checked(commune: Commune, report: RemedyReport, by: str = "Inh", verdict: str = "confirmed",
            remark: str = "", at: datetime = EVENING) -> RemedyCheck:  # fmt: skip
    return check_report(report, verdict, remark, at=at, by=commune.actor(by), by_name=by)


def closed(commune: Commune, **told: Any) -> Limitation:
    """One limitation, one cause, one remedy by Khiêm, confirmed by Inh."""
    row = written(commune, **told)
    caused(commune, row)
    checked(commune, reported(commune, remedied(commune, row)))
    row.refresh_from_db()
    return row


def reopened(commune: Commune, row: Limitation, why: str = "Lại họp muộn", days: int = 1, **told: Any) -> Turn:
    told = {
        "key": uuid.uuid4(),
        "at": EVENING + timedelta(days=days),
        "by": commune.actor("Inh"),
        "by_name": "Inh",
    } | told
    return reopen(row, why, **told)
