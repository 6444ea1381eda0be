"""Documents of the commune: what came from above, what it made of it, and who has studied it by now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from chibo.demo.drawing import pdf, signed_page
from chibo.demo.plan import COMMUNE
from chibo.demo.province import Province
from chibo.directives.models import Delivery, Document, StudySession
from chibo.directives.operations import (
    NewHeading,
    NewSession,
    add_file,
    correct_heading,
    hold_session,
    link_documents,
    mark_session,
    note_receipt,
    register_document,
    send_to_study,
)
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.periods import next_month
from chibo.meetings.models import Closure, Meeting
from chibo.reports.review.operations import issue_review, open_review, write_part

CAME = {
    "directive": NewHeading("chỉ thị", "05", symbol="CT/TW", issuer="Bộ Chính trị", dated_on=date(2016, 5, 15),
                            about="đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"),
    "conclusion": NewHeading("kết luận", "01", symbol="KL/TW", issuer="Bộ Chính trị", dated_on=date(2021, 5, 18),
                             about="tiếp tục thực hiện Chỉ thị số 05-CT/TW"),
    "province": NewHeading("kế hoạch", "82", symbol="KH/TU", issuer="Tỉnh ủy", dated_on=date(2022, 1, 20),
                           about="thực hiện Kết luận số 01-KL/TW"),
    "district": NewHeading("kế hoạch", "111", symbol="KH/HU", issuer="Huyện ủy", dated_on=date(2022, 3, 9),
                           about="thực hiện Kế hoạch số 82-KH/TU"),
    "guidance": NewHeading("hướng dẫn", "09", issuer="Ban Tổ chức Trung ương", about="nội dung sinh hoạt chi bộ"),
}  # fmt: skip
LINKED = [("conclusion", "directive", "continues"), ("province", "conclusion", "carries_out"),
          ("district", "province", "carries_out")]  # fmt: skip
WRITTEN = {
    "strengths": "Chi bộ nào cũng bàn việc học văn bản thành việc của bản mình.\nDự sinh hoạt đều hơn sau mùa gặt.",
    "lessons": "Giao việc học phải kèm ngày và người báo cáo, rồi nhắc trước hạn ba ngày.",
    "next": "Bản Pù Lầu, Bản Tương Hin học xong trước hết tháng sau; Văn phòng Đảng ủy theo dõi.",
}
LATE = {"pulau": 9, "huoisen": 4}  # cells that study so many days after the day
NOT_YET = ("tuonghin",)


def keep(province: Province) -> None:
    """A register of what came, a resolution of the province on its way down, a plan of the commune's own."""
    unit, on = province.units["commune"], province.on
    came = {name: _entered(province, said, on - timedelta(days=200)) for name, said in CAME.items()}
    for later, earlier, kind in LINKED:
        link_documents(came[later], came[earlier], kind, **_by(on - timedelta(days=199)))
    correct_heading(came["guidance"], NewHeading("hướng dẫn", "09", symbol="HD/BTCTW", issuer="Ban Tổ chức Trung ương",
                                                 about="nội dung sinh hoạt chi bộ"), why="paper_differs",
                    **_by(on - timedelta(days=150)))  # fmt: skip
    issued = (on - timedelta(days=52)).replace(day=1)
    resolution = NewHeading("nghị quyết", "02", symbol="NQ/TU", issuer="Tỉnh ủy", dated_on=issued,
                            about="nâng cao năng lực lãnh đạo và sức chiến đấu của tổ chức cơ sở đảng",
                            received_on=issued + timedelta(days=3))  # fmt: skip
    row = _entered(province, resolution, issued + timedelta(days=3))
    add_file(row, "nghi-quyet.pdf", pdf([signed_page(7)]), key=province.uuid(), **_by(issued + timedelta(days=3)))
    plan = NewHeading("kế hoạch", dated_on=issued + timedelta(days=12), about="thực hiện Nghị quyết số 02-NQ/TU")
    own = register_document(unit, Document.OUT, plan, key=province.uuid(), takes_number=True,
                            **_by(issued + timedelta(days=12)))  # fmt: skip
    link_documents(own, row, "carries_out", **_by(issued + timedelta(days=12)))
    _send(province, row, asked=issued + timedelta(days=5), due=issued + timedelta(days=25))
    fresh = NewHeading("nghị quyết", "06", symbol="NQ/TU", issuer="Tỉnh ủy", dated_on=on - timedelta(days=9),
                       about="bảo vệ và phát triển rừng đến năm 2030", received_on=on - timedelta(days=6))  # fmt: skip
    newest = _entered(province, fresh, on - timedelta(days=6))
    send_to_study(newest, _cells(province), on=on - timedelta(days=5), due=on + timedelta(days=9),
                  plan_due=on + timedelta(days=20), **_by(on - timedelta(days=5)))  # fmt: skip


def review(province: Province) -> None:
    """Báo cáo năm of last year's work, issued; and a draft about the newest resolution that was studied."""
    unit, on = province.units["commune"], province.on
    year = open_review(unit, None, "year", first=province.months[0], last=month_end(province.months[-1]),
                       key=province.uuid(), **_by(on - timedelta(days=2)))  # fmt: skip
    issue_review(year, **_by(on - timedelta(days=1)))
    row = Document.objects.get(headings__number="02", headings__symbol="NQ/TU", unit=unit)
    draft = open_review(unit, row, "interim", first=province.months[-2], last=on, key=province.uuid(), **_by(on))
    for part, text in WRITTEN.items():
        write_part(draft, part, text, based_on=0, **_by(on))


def month_end(first: date) -> date:
    """The last day of a month."""
    return next_month(first) - timedelta(days=1)


def _entered(province: Province, said: NewHeading, on: date) -> Document:
    return register_document(province.units["commune"], Document.IN, said, key=province.uuid(), **_by(on))


def _by(on: date) -> dict[str, Any]:
    return {"at": datetime.combine(on, time(9), ZONE), "by": MACHINE, "by_name": "Văn phòng Đảng ủy"}


def _cells(province: Province) -> list[Any]:
    return [province.units[plan.key] for plan in COMMUNE]


def _send(province: Province, row: Document, *, asked: date, due: date) -> None:
    """Most cells studied it in a meeting of theirs or on an evening; two late, one not at all, one to do again."""
    keys = {province.units[plan.key].pk: plan.key for plan in COMMUNE}
    sent = send_to_study(row, _cells(province), on=asked, due=due, **_by(asked))
    for place, delivery in enumerate(sorted(sent, key=lambda each: each.unit_id)):
        key = keys[delivery.unit_id]
        if key in NOT_YET:
            continue
        note_receipt(delivery, on=asked + timedelta(days=1 + place % 3), **_by(asked + timedelta(days=1 + place % 3)))
        held = due + timedelta(days=LATE[key]) if key in LATE else due - timedelta(days=1 + place % 6)
        session = _studied(province, delivery, key, held)
        if place == 3:
            mark_session(session, "good", "Bàn kỹ phần việc của chi bộ.", key=province.uuid(),
                         **_by(held + timedelta(days=2)))  # fmt: skip
        if place == 5:
            mark_session(session, "again", "Chưa bàn chỉ tiêu của bản.", key=province.uuid(),
                         **_by(held + timedelta(days=2)))  # fmt: skip
        if place % 4 == 1:
            said = NewSession(held, 20 + place, audience=StudySession.PEOPLE, villages=1)
            hold_session(delivery, said, key=province.uuid(), **_by(held))


def _studied(province: Province, delivery: Delivery, key: str, held: date) -> StudySession:
    people = province.people[key]
    closed = Closure.objects.filter(meeting__unit=delivery.unit_id, meeting__kind=Meeting.ORDINARY,
                                    held_on__gte=delivery.asked_on, held_on__lte=delivery.due_on).first()  # fmt: skip
    if closed is not None and key not in LATE:
        said = NewSession(closed.held_on, meeting=closed.pk, presenter=people[0].full_name)
        held = closed.held_on
    else:
        said = NewSession(held, len(people) - 1 - len(people) % 2, len(people), presenter=people[0].full_name)
    return hold_session(delivery, said, key=province.uuid(), **_by(held))
