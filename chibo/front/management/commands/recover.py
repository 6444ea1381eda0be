"""The lost administrator: whoever holds the machine opens an account again, and the ledger says so."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from typing import Any

from chibo.access.models import Account, Handover
from chibo.access.operations import give_code, make_unopened_account, open_account, seal_codes
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.front.management.commands.first_office import SEALED, envelope
from chibo.front.management.word import Misused, Word, as_machine
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import now, today
from chibo.kernel.text import fold
from chibo.ledger.operations import record
from chibo.membership.models import Person
from chibo.membership.operations import give_account
from chibo.organisation.models import Unit


class Command(Word):
    """`chibo recover`: a one-time code for an account, or a new office for somebody already on the list."""

    word = "recover"
    help = (
        "Cấp mã dùng một lần cho một tài khoản ngay tại máy; mở khóa nếu đang khóa. Khi không còn ai giữ văn phòng, "
        "thêm --person và --unit để giao văn phòng cho một đảng viên đã có trong sổ."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True, metavar="TÊN", help="tên đăng nhập; chưa có thì lập mới")
        parser.add_argument("--person", metavar="HỌ_TÊN", help="họ tên hoặc số (id) của đảng viên nhận văn phòng")
        parser.add_argument("--unit", type=int, metavar="SỐ", help="số của tổ chức mà người ấy giữ văn phòng")
        parser.add_argument("--sealed", action="store_true", help="cấp lại cả mã khôi phục trong phong bì")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["person"]) != bool(options["unit"]):
            raise Misused("Ghi cả --person và --unit, hoặc không ghi cái nào.")
        with as_machine():
            person = _person(options["person"]) if options["person"] else None
            account = _account(options["username"], person)
            if person is not None:
                _give_office(person, options["unit"])
            if not account.is_active:
                open_account(account, at=now(), by=MACHINE)
            code = give_code(account, Handover.MACHINE, key=uuid.uuid4(), at=now(), by=MACHINE)
            record(MACHINE, "account.recovered", on=today(), unit_id=options["unit"], touched=[account])
            codes = seal_codes(account, count=SEALED, at=now(), by=MACHINE) if options["sealed"] else []
        self.stdout.write(f"Mã của «{account.username}», dùng một lần trong một ngày: {code}")
        self.stdout.write("Mở trang «lần đầu đăng nhập», gõ tên và mã, đặt cụm từ bí mật. Việc này đã ghi sổ.")
        if codes:
            self.stdout.write("\n".join(envelope(account.username, codes)))


def _person(typed: str) -> Person:
    people = list(Person.objects.filter(folded_name=fold(typed))) or list(_by_id(typed))
    if len(people) != 1:
        found = ", ".join(str(person.pk) for person in people) or "không thấy ai"
        raise Misused(f"«{typed}» phải là đúng một người trong sổ: {found}. Ghi số (id) của người ấy.")
    return people[0]


def _by_id(typed: str) -> Any:
    try:
        return Person.objects.filter(pk=uuid.UUID(typed))
    except ValueError:
        return []


def _account(username: str, person: Person | None) -> Account:
    account = Account.objects.filter(username=username.strip().lower()).first()
    if person is None:
        if account is None:
            raise Misused(f"Không có tài khoản «{username}». Ghi thêm --person và --unit để lập.")
        return account
    if person.account is not None:
        if account != person.account:
            raise Misused(f"Người này đã có tài khoản «{person.account.username}». Ghi --username như vậy.")
        return person.account
    account = make_unopened_account(username, at=now(), by=MACHINE)
    give_account(person, account, on=today(), by=MACHINE)
    return account


def _give_office(person: Person, unit_id: int) -> None:
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Misused(f"Không có tổ chức số {unit_id}.")
    appoint(person, Office.COMMITTEE_OFFICE, unit, on=today(), by=MACHINE, decision="Khôi phục tại máy chủ")
