"""Two years of limitations: one carried over from an earlier term, one remedied and back again, one under way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from chibo.demo.province import Province
from chibo.issues.models import Limitation, RemedyCheck
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
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.dates import ZONE
from chibo.membership.models import Person


def write(province: Province) -> None:
    """Sổ hạn chế of the commune's cells."""
    on = province.on
    forest = _written(province, "huoisen", "Chi bộ chưa kiểm tra thường xuyên việc giữ rừng đầu nguồn.", "forest",
                      seen=province.start, on=on - timedelta(days=240), causes=("direction", "terrain"),
                      term="2020 - 2025")  # fmt: skip
    _remedied(
        province, forest, "huoisen", "Mỗi tháng tuần tra hai lượt, ghi kết quả vào biên bản.", on - timedelta(days=200)
    )
    reopen(forest, "Tháng trước lại bỏ tuần tra.", key=province.uuid(), **_by(on - timedelta(days=20)))
    _given(province, forest, "huoisen", "Cắt cử lại tổ tuần tra, báo cáo ở buổi sinh hoạt.", on - timedelta(days=19))
    study = _written(province, "pulau", "Học văn bản của cấp trên còn chậm.", "study", seen=on - timedelta(days=70),
                     on=on - timedelta(days=60), causes=("awareness",))  # fmt: skip
    _remedied(province, study, "pulau", "Bí thư nhận văn bản trong hai ngày, học trong buổi gần nhất.",
              on - timedelta(days=55))  # fmt: skip
    _written(province, "tuonghin", "Buổi sinh hoạt chưa chọn được nội dung trọng tâm.", "meetings",
             seen=on - timedelta(days=30), on=on - timedelta(days=12), causes=())  # fmt: skip


def _by(on: date, person: Person | None = None) -> dict[str, Any]:
    by = Actor(None, person.pk, MACHINE.powers) if person else MACHINE
    return {"at": datetime.combine(on, time(9), ZONE), "by": by, "by_name": person.full_name if person else "Văn phòng"}


def _written(
    province: Province, key: str, text: str, area: str, *, seen: date, on: date, causes: tuple[str, ...], term: str = ""
) -> Limitation:
    said = NewLimitation(text, area, seen, Source(note="Tự kiểm tra của chi bộ"), term)
    row = write_limitation(province.units[key], said, key=province.uuid(), **_by(on))
    for cause in causes:
        say_cause(row, cause, key=province.uuid(), **_by(on))
    return row


def _given(province: Province, row: Limitation, key: str, text: str, on: date) -> Any:
    owner = province.people[key][0].pk
    return give_remedy(row, NewRemedy(text, on + timedelta(days=30), owner=owner), key=province.uuid(), **_by(on))


def _remedied(province: Province, row: Limitation, key: str, text: str, on: date) -> None:
    """Given, reported by its owner, confirmed by somebody of the commune."""
    remedy, owner, other = _given(province, row, key, text, on), province.people[key][0], province.people["coquan"][0]
    done = on + timedelta(days=25)
    report = report_done(remedy, Done(done, "Đã làm hai tháng liền, biên bản có ghi."), key=province.uuid(),
                         **_by(done, owner))  # fmt: skip
    check_report(report, RemedyCheck.CONFIRMED, **_by(done + timedelta(days=3), other))
    row.refresh_from_db()
