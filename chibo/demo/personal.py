"""What members asked about their own data: one had something erased, one waits for an answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.access.models import DataRequest
from chibo.access.operations import Author, ask_about_data
from chibo.cadres.authority import actor_for
from chibo.demo.province import Province
from chibo.exchange.erasing import erase_and_answer
from chibo.kernel.dates import ZONE
from chibo.membership.models import Person


def ask(province: Province) -> None:
    """Yêu cầu về dữ liệu: an erasure that was answered by erasing, and one to see what is kept, sent yesterday."""
    asks, office = province.people["pomkhe"][0], province.people["coquan"][4]
    request = _asked(province, asks, DataRequest.ERASURE, "Xin xóa ô tôn giáo, quê quán của tôi.", 12)
    answered = _author(office, province.on - timedelta(days=11))
    erase_and_answer(request, ["religion", "home_village"], "Văn phòng đã rà lại hồ sơ giấy.", author=answered)
    _asked(province, province.people["naloc"][5], DataRequest.ACCESS, "Xin xem những gì đang giữ về tôi.", 1)


def _asked(province: Province, person: Person, kind: str, text: str, back: int) -> DataRequest:
    author = _author(person, province.on - timedelta(days=back))
    return ask_about_data(kind, text, key=province.uuid(), scope_path=person.scope_path, author=author)


def _author(person: Person, day: date) -> Author:
    assert person.account_id is not None, "has an account"
    return Author(actor_for(person.account_id, on=day), person.full_name, datetime.combine(day, time(9), ZONE))
