"""What was erased is nowhere: a word planted through every way in is looked for in the whole database."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from chibo.access.operations import Author, ask_about_data
from chibo.cadres.operations import transfer_member
from chibo.exchange.erasing import erase_and_answer, erase_on_paper
from chibo.exchange.models import Intake
from chibo.exchange.operations import forget, lines_of, preview, say_columns, take_back, take_in
from chibo.exchange.reconciling import give_corrections, reconcile
from chibo.membership.models import Particular, Person
from chibo.membership.operations import correct_particular, note_particulars
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING
from tests.exchange.making import a_list
from tests.exchange.test_members import a_new

Take, Send = Callable[..., Intake], Callable[..., Intake]
HEADS = ["STT", "Họ và tên", "Chi bộ", "Ngày sinh", "Giới tính", "Số thẻ đảng viên", "Ngày vào Đảng",
         "Ngày chính thức", "Nơi thường trú"]  # fmt: skip
CANARY = "Hoàng Yến Hót"
NUMBER = "098765432109"


def whole_database() -> str:
    """Every row of every table as the database itself spells it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def stands(word: str) -> int:
    """How often it is there, as text or as bytes."""
    told = whole_database()
    escaped = word.encode("ascii", "backslashreplace").decode()
    return sum(told.count(form) for form in {word, word.encode().hex(), escaped})


def line(where: str, name: str = "Lò Thị Mới") -> list[object]:
    return [*a_new(name), where]


@pytest.fixture
def moi(commune: Commune, taken: Take) -> Person:
    """Somebody whose address came by a list, was changed by one, by hand, corrected, withdrawn and ended."""
    nhung = commune.actor("Nhung")
    taken(a_list(HEADS, line(f"{CANARY} một")), on=date(2026, 9, 1))
    taken(a_list(HEADS, line(f"{CANARY} hai")), on=date(2026, 9, 10))
    person = Person.objects.get(full_name="Lò Thị Mới")
    note_particulars({person: {"address": f"{CANARY} ba"}}, first=date(2026, 9, 20), at=MORNING, by=nhung)
    row = Particular.objects.live().get(person=person, field="address", during__upper_inf=True)
    row = correct_particular(row, f"{CANARY} bốn", first=row.during.lower, why="typed_wrong", at=MORNING, by=nhung)
    assert row is not None
    correct_particular(row, "", first=row.during.lower, why="did_not_happen", at=MORNING, by=nhung)
    note_particulars(
        {person: {"address": f"{CANARY} năm", "citizen_number": NUMBER}}, first=date(2026, 11, 1), at=MORNING, by=nhung
    )
    return person


def test_a_word_planted_through_every_way_in_is_nowhere(commune: Commune, moi: Person, taken: Take, sent: Send) -> None:
    nhung = commune.actor("Nhung")
    waiting = sent(a_list(HEADS, line(f"{CANARY} sáu")), on=TODAY)
    asked = sent(a_list(HEADS, line(f"{CANARY} bảy")), commune.na_loc, on=date(2026, 9, 5))
    say_columns(asked, {}, hidden_too=None, by=nhung)
    assert reconcile(asked, at=MORNING, by=nhung).differences
    give_corrections(asked, at=MORNING, by=nhung)
    undone = taken(a_list(HEADS, line("Nơi khác")), on=TODAY)
    take_back(undone, at=MORNING, by=nhung)
    transfer_member(moi, to=commune.pom_khe, first=TODAY, on=TODAY, by=nhung)
    assert stands(CANARY) >= 8
    assert stands(NUMBER) >= 1
    moi.refresh_from_db()
    erase_on_paper(moi, ["address", "citizen_number"], "Đơn ngày 05/11/2026", at=MORNING, by=nhung)
    assert (stands(CANARY), stands(NUMBER)) == (0, 0)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sheet) == (Intake.DROPPED, {})


def test_lists_that_do_not_name_the_person_stay(commune: Commune, moi: Person, sent: Send) -> None:
    other = sent(a_list(HEADS, [*a_new("Lò Thị Mớn", card="000000000002"), "Nậm Sen"]))
    split = sent(a_list(["Họ và tên đệm", "Tên", "Chi bộ"], ["LÒ THỊ", "MỚI", "Bản Nà Lốc"]))
    by_number = sent(a_list(["Họ và tên", "Số căn cước"], ["Lô Thị Mới", NUMBER]))
    erase_on_paper(moi, ["address"], "Đơn", at=MORNING, by=commune.actor("Nhung"))
    for intake, kept in ((other, True), (split, False), (by_number, False)):
        intake.refresh_from_db()
        assert bool(intake.sheet) is kept


def test_lists_out_of_sight_are_forgotten_by_the_clock(commune: Commune, moi: Person, sent: Send) -> None:
    """A list of a body above, which whoever erases does not see."""
    above = sent(a_list(HEADS, line(CANARY)))
    sheet = above.sheet
    erase_on_paper(moi, ["address"], "Đơn", at=MORNING, by=commune.actor("Nhung"))
    Intake.objects.filter(pk=above.pk).update(sheet=sheet, state=Intake.WAITING)
    assert "quên" in forget(at=MORNING + timedelta(minutes=1))
    assert stands(CANARY) == 0


def test_a_list_does_not_bring_it_back(commune: Commune, moi: Person, sent: Send, taken: Take) -> None:
    nhung = commune.actor("Nhung")
    erase_on_paper(moi, ["address"], "Đơn", at=MORNING, by=nhung)
    intake = say_columns(sent(a_list(HEADS, line("Nậm Sen"))), {}, hidden_too=None, by=nhung)
    assert reconcile(intake, at=MORNING, by=nhung).differences == []
    (draft,) = preview(intake, at=MORNING, by=nhung).drafts
    assert (str(draft.verdict), draft.notes) == ("same", ["erased"])
    take_in(intake, seen=None, at=MORNING, by=nhung)
    assert not Particular.objects.filter(person=moi, field="address").exclude(value="").exists()
    drafts, _ = lines_of(intake, at=MORNING, by=nhung)
    assert drafts[0].notes == ["erased"]


def test_the_act_answers_the_request_and_says_what_went(commune: Commune, moi: Person) -> None:
    request = _asked(commune)
    khiem = commune.person("Khiêm")
    note_particulars(
        {khiem: {"address": "Nậm Sen", "religion": "Không"}}, first=FOUNDED, at=MORNING, by=commune.actor("Nhung")
    )
    author = Author(commune.actor("Nhung"), "Quàng Thị Nhung", MORNING)
    answer = erase_and_answer(request, ["address", "religion"], "Phần khác phải giữ.", author=author)
    assert (answer.kind, answer.reason) == ("done", "Đã xóa: nơi thường trú, tôn giáo. Phần khác phải giữ.")
    assert request.erasures.count() == 2
    with refused("field_empty"):
        erase_and_answer(request, ["address"], "", author=author)


def test_what_is_refused_erases_nothing(commune: Commune) -> None:
    request = _asked(commune)
    khiem = commune.person("Khiêm")
    note_particulars({khiem: {"address": "Nậm Sen"}}, first=FOUNDED, at=MORNING, by=commune.actor("Nhung"))
    author = Author(commune.actor("Nhung"), "Quàng Thị Nhung", MORNING)
    with refused("looks_like_identity"):
        erase_and_answer(request, ["address"], "số 012345678901", author=author)
    assert Particular.objects.get(person=khiem, field="address").value == "Nậm Sen"


def _asked(commune: Commune) -> Any:
    author = Author(commune.actor("Khiêm"), "Hà Văn Khiêm", MORNING)
    path = commune.person("Khiêm").scope_path
    return ask_about_data("erasure", "Xóa nơi ở của tôi", key=uuid.uuid4(), scope_path=path, author=author)
