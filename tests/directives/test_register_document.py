"""Cô Nhung enters documents that came and that went: whole, incomplete, secret, with a number of the commune's own."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest

from chibo.directives.models import Delivery, Document, Heading
from chibo.directives.operations import NewHeading, correct_heading, register_document, withdraw_document
from chibo.directives.operations.documents import heading_of
from chibo.directives.titles import lacks, short_title_of, title_of
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import Commune
from tests.conftest import refused
from tests.directives.conftest import NOW, RESOLUTION, Register


def test_a_document_that_came_is_entered_with_one_line_in_the_ledger(register: Register) -> None:
    row = register.enter(replace(RESOLUTION, symbol="NQ / TU", received_on=date(2026, 10, 3)))
    said = heading_of(row)
    assert title_of(said) == "Nghị quyết số 02-NQ/TU, ngày 01/10/2026 của Tỉnh ủy"
    assert short_title_of(said) == "Nghị quyết 02-NQ/TU"
    assert [(each.verb, each.on) for each in Entry.objects.filter(touches__object_id=str(row.pk))] == [
        ("document.in", date(2026, 10, 3))
    ]


def test_sent_twice_it_is_one_and_the_same_paper_is_not_entered_again(register: Register) -> None:
    key = uuid.uuid4()
    first = register_document(register.commune.commune, "in", RESOLUTION, key=key, **register.by())
    assert register_document(register.commune.commune, "in", RESOLUTION, key=key, **register.by()) == first
    with refused("document_known"):
        register.enter()
    register.enter(replace(RESOLUTION, dated_on=date(2021, 10, 1)))  # the number of another term
    register.enter(way="out")


def test_an_incomplete_citation_is_taken_and_says_what_it_lacks(register: Register) -> None:
    row = register.enter(NewHeading("hướng dẫn", "09", issuer="Ban Tổ chức Trung ương"))
    assert lacks(heading_of(row)) == ["ký hiệu", "ngày"]
    congress = register.enter(NewHeading("nghị quyết", issuer="Đại hội Đảng bộ huyện", term="lần thứ IV"))
    assert lacks(heading_of(congress)) == []
    assert lacks(heading_of(register.enter(NewHeading("điều lệ", issuer="Đảng Cộng sản Việt Nam")))) == []


@pytest.mark.parametrize(("said", "code"), [
    (replace(RESOLUTION, kind="tâm thư"), "unknown_document_kind"),
    (replace(RESOLUTION, number="02-NQ"), "bad_document_number"),
    (replace(RESOLUTION, dated_on=date(2026, 11, 6)), "day_ahead"),
    (replace(RESOLUTION, received_on=date(2026, 9, 30)), "received_before_dated"),
    (replace(RESOLUTION, secret=True), "secret_number_only"),
    (replace(RESOLUTION, about="TỐI MẬT phương án"), "secret_number_only"),
    (replace(RESOLUTION, about="x" * 401), "text_too_long"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(said: NewHeading, code: str, register: Register) -> None:
    with refused(code):
        register.enter(said)
    assert not Document.objects.exists()


def test_of_a_secret_document_only_the_number_is_kept(register: Register) -> None:
    said = heading_of(register.enter(replace(RESOLUTION, secret=True, about="")))
    assert (said.number, said.about, said.secret) == ("02", "", True)


def test_the_communes_own_papers_take_their_numbers_of_the_term(register: Register) -> None:
    plan = NewHeading("kế hoạch", dated_on=date(2026, 10, 20), about="thực hiện Nghị quyết 02-NQ/TU")
    first, second = (heading_of(register.enter(plan, way="out", takes_number=True)) for _ in range(2))
    assert [first.number, second.number] == ["01", "02"]
    assert title_of(second) == "Kế hoạch số 02-KH/ĐU, ngày 20/10/2026 của Đảng bộ xã Huổi Lam"
    with refused("only_own_papers_numbered"):
        register.enter(plan, takes_number=True)
    with refused("dated_for_a_number"):
        register.enter(replace(plan, dated_on=None), way="out", takes_number=True)
    with refused("kind_without_symbol"):
        register.enter(replace(plan, kind="luật"), way="out", takes_number=True)


def test_a_correction_withdraws_the_old_words_and_whoever_was_sent_it_reads_the_new(register: Register) -> None:
    row = register.enter(replace(RESOLUTION, dated_on=None))
    register.send(row)
    correct_heading(row, RESOLUTION, why="paper_differs", **register.by())
    assert [each.withdrawn_why for each in Heading.objects.filter(document=row).order_by("pk")] == ["paper_differs", ""]
    assert {each.title for each in Delivery.objects.all()} == {title_of(heading_of(row))}
    assert {each.issued_on for each in Delivery.objects.all()} == {RESOLUTION.dated_on}


def test_the_number_of_an_own_paper_stays(register: Register) -> None:
    plan = NewHeading("kế hoạch", dated_on=date(2026, 10, 20), about="thực hiện")
    row = register.enter(plan, way="out", takes_number=True)
    said = replace(plan, number="01", symbol="KH/ĐU", about="thực hiện Nghị quyết 02")
    assert correct_heading(row, said, why="typed_wrong", **register.by()).about.endswith("02")
    with refused("own_number_stays"):
        correct_heading(row, replace(said, number="09"), why="typed_wrong", **register.by())
    with refused("own_number_stays"):
        withdraw_document(row, why="typed_wrong", at=NOW, by=register.office)


def test_a_document_entered_by_mistake_is_withdrawn_unless_it_was_sent(register: Register) -> None:
    row = register.enter()
    withdraw_document(row, why="entered_twice", at=NOW, by=register.office)
    with refused("document_withdrawn"):
        heading_of(row)
    again = register.enter()
    register.send(again)
    with refused("document_sent"):
        withdraw_document(again, why="entered_twice", at=NOW, by=register.office)


def test_a_cell_keeps_its_own_register_and_nobody_elses(commune: Commune, register: Register) -> None:
    row = register_document(commune.na_loc, "in", RESOLUTION, key=uuid.uuid4(), **register.by("Inh"))
    assert Document.objects.visible_to(commune.actor("Duyên")).get() == row
    assert not Document.objects.visible_to(commune.actor("Liên")).exists()
    with pytest.raises(NoPower):
        register_document(commune.commune, "in", RESOLUTION, key=uuid.uuid4(), **register.by("Inh"))
