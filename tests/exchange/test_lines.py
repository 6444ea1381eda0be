"""Lines that are none, lines nobody can be sure of, and what a file holds besides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chibo.exchange.columns import NOT_USED
from chibo.exchange.models import ColumnSaid, Intake
from chibo.exchange.operations import Preview, preview, say_columns, take_in
from chibo.membership.models import Particular, Person
from tests.commune import Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING, said
from tests.exchange.making import a_book, a_list
from tests.exchange.test_members import HEADS, a_new

Look, Take, Send = Callable[..., Preview], Callable[..., Intake], Callable[..., Intake]


def test_18_hidden_lines_are_asked_about(commune: Commune, sent: Send) -> None:
    def fill(book: Any) -> None:
        page = book.add_worksheet()
        for number, row in enumerate([HEADS, a_new(), a_new("Hà Văn Ẩn", card="000000000002")]):
            page.write_row(number, 0, row)
        page.set_row(2, None, None, {"hidden": True})

    by, intake = commune.actor("Nhung"), sent(a_book(fill))
    with refused("list_hidden"):
        say_columns(intake, {}, hidden_too=None, by=by)
    with refused("list_hidden"):
        take_in(intake, seen=None, at=MORNING, by=by)
    left = preview(say_columns(intake, {}, hidden_too=False, by=by), at=MORNING, by=by)
    assert ([d.title for d in left.drafts], left.read.hidden) == (["Lò Thị Mới"], 1)
    both = preview(say_columns(intake, {}, hidden_too=True, by=by), at=MORNING, by=by)
    assert [d.title for d in both.drafts] == ["Lò Thị Mới", "Hà Văn Ẩn"]


def test_19_a_missing_column_is_named(commune: Commune, sent: Send) -> None:
    intake = sent(a_list(["Chi bộ", "Ngày vào Đảng"], ["Bản Nà Lốc", "03/02/2015"]))
    with refused("list_column_missing", labels="Họ và tên"):
        preview(intake, at=MORNING, by=commune.actor("Nhung"))


def test_20_what_was_said_of_a_column_is_remembered(commune: Commune, sent: Send, looked: Look) -> None:
    data = a_list(["Danh tính", "Chi bộ", "Ngày vào Đảng", "Ngày chính thức"],
                  ["Lò Thị Mới", "Bản Nà Lốc", "03/02/2015", "03/02/2016"])  # fmt: skip
    say_columns(sent(data), {1: "full_name", 3: NOT_USED, 4: NOT_USED}, hidden_too=None, by=commune.actor("Nhung"))
    (draft,) = looked(data).drafts
    assert (draft.title, sorted(draft.values)) == ("Lò Thị Mới", ["full_name", "unit"])
    assert ColumnSaid.objects.filter(unit=commune.commune).count() == 4
    with refused("unknown_choice"):
        say_columns(sent(data), {1: "account"}, hidden_too=None, by=commune.actor("Nhung"))


def test_21_two_columns_for_one_thing(commune: Commune, sent: Send) -> None:
    intake = sent(a_list(["Họ và tên", "Họ tên khai sinh", "Chi bộ"], ["Lò Thị Mới", "Lò Thị Mới", "Bản Nà Lốc"]))
    with refused("list_column_twice"):
        preview(intake, at=MORNING, by=commune.actor("Nhung"))
    say_columns(intake, {2: NOT_USED}, hidden_too=None, by=commune.actor("Nhung"))


def test_23_merged_cells_are_never_filled_down(looked: Look) -> None:
    def fill(book: Any) -> None:
        page = book.add_worksheet()
        two, three = a_new("Hà Văn Hai", card="000000000002"), a_new("Hà Văn Ba", card="000000000003")
        for number, row in enumerate([HEADS, a_new(), two, three]):
            page.write_row(number, 0, row)
        page.merge_range(1, 2, 2, 2, "Bản Nà Lốc")

    assert [(n, v) for n, v, _ in said(looked(a_book(fill)))] == [(2, "refused"), (3, "refused"), (4, "new")]


def test_24_empty_lines_sums_numbers_and_signatures_are_none(looked: Look) -> None:
    shown = looked(a_list(
        HEADS, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"], ["I", "Chi bộ bản Nà Lốc"], [], a_new(), [],
        ["", "Tổng cộng: 1 đồng chí"], [], ["", "", "", "Huổi Lam, ngày 05 tháng 11 năm 2026"],
        ["", "NGƯỜI LẬP BIỂU", "", "BÍ THƯ"], ["", "Quàng Thị Nhung", "", "Lường Văn Páo"],
    ))  # fmt: skip
    assert [d.title for d in shown.drafts] == ["Lò Thị Mới"]
    assert shown.read.skipped == 6


def test_31_old_and_new_places_of_the_tone_are_one_name(commune: Commune, looked: Look) -> None:
    shown = looked(a_list(HEADS, ["", "Cà Thị Hoa", "bản nà lốc"], ["", "Cà Thị Hòa", "Bản Nà Lốc"]))
    assert [v for _, v, _ in said(shown)] == ["same", "new"]


def test_33_impossible_orders_are_refused_by_name(looked: Look) -> None:
    shown = looked(a_list(
        HEADS, a_new(joined="03/02/2016", official="03/02/2015"), a_new("B C", official="03/02/2030", card=None),
        a_new("C D", birth="03/02/2016", card=None),
        a_new("D E", birth="03/02/1920", joined="03/02/1929", official="03/02/1931", card=None),
        a_new("E F", card="1234"),
    ))  # fmt: skip
    assert [w for _, _, w in said(shown)] == [
        "official_before_admitted", "day_ahead", "before_birth", "before_the_party", "bad_card_number",
    ]  # fmt: skip


def test_39_columns_the_house_keeps_for_itself_are_ignored_and_told(looked: Look) -> None:
    shown = looked(a_list([*HEADS, "id", "role", "status", "approved_by"], [*a_new(), "x", "admin", "1", "tôi"]))
    assert [c.label for c in shown.heading.columns if not c.field] == ["id", "role", "status", "approved_by"]
    assert [v for _, v, _ in said(shown)] == ["new"]


def test_27_what_looks_like_a_formula_is_text(commune: Commune, taken: Take) -> None:
    taken(a_list([*HEADS, "Nghề nghiệp"], [*a_new("Lò Thị Mới"), "=cmd|' /C calc'!A0"]))
    assert Particular.objects.get(field="occupation").value == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_30_old_encodings_are_read_and_told(commune: Commune, looked: Look, font: str) -> None:
    name = "Lß ThÞ Míi" if font == ".VnTime" else "Loø Thò Môùi"
    shown = looked(a_list(HEADS, a_new((name, font))))  # type: ignore[arg-type]
    assert [d.title for d in shown.drafts] == ["Lò Thị Mới"]
    assert shown.read.converted == 1


def test_names_in_capitals_become_names(commune: Commune, taken: Take) -> None:
    taken(a_list(HEADS, a_new("LÒ THỊ MỚI")))
    assert Person.objects.filter(full_name="Lò Thị Mới").exists()


def test_37_old_names_and_near_names_are_told(commune: Commune, looked: Look) -> None:
    from datetime import date

    from chibo.kernel.actor import MACHINE
    from chibo.organisation.operations import rename_unit

    rename_unit(commune.pom_khe, "Chi bộ bản Pom Mới", short_name="Bản Pom Mới", on=date(2026, 1, 1), by=MACHINE,
                decision="01-QĐ/ĐU")  # fmt: skip
    shown = looked(a_list(HEADS, a_new(cell="Bản Pom Khe"), a_new("B C", cell="Bản Nà Lốcc", card=None)))
    facts = [d.problems[0].refusal for d in shown.drafts]
    assert (facts[0].code, facts[0].facts["now"]) == ("unit_renamed", "Chi bộ bản Pom Mới")
    assert (facts[1].code, facts[1].facts["near"]) == ("unit_unknown", " Gần giống: Chi bộ bản Nà Lốc.")
