"""Lists as they are printed and signed: people under the title of their cell, births under «Nam» and «Nữ»."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from chibo.exchange.models import Intake
from chibo.exchange.operations import Preview, preview, say_columns
from chibo.exchange.reading.workbook import read_workbook
from chibo.exchange.reconciling import give_corrections
from chibo.membership.models import Belonging, Particular
from tests.commune import Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING, said
from tests.exchange.making import a_book

Look, Take, Send = Callable[..., Preview], Callable[..., Intake], Callable[..., Intake]
LINE = Iterable[Any]


def printed(*lines: LINE, more: LINE = ()) -> bytes:
    """Heads of two lines: STT, name, birth of men, birth of women, Kinh, Thái, Mông."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 6, "DANH SÁCH ĐẢNG VIÊN")
        page.merge_range(2, 0, 3, 0, "STT")
        page.merge_range(2, 1, 3, 1, "Họ và tên")
        page.merge_range(2, 2, 2, 3, "Ngày, tháng, năm sinh")
        page.write_row(3, 2, ["Nam", "Nữ"])
        page.merge_range(2, 4, 2, 6, "Dân tộc")
        page.write_row(3, 4, ["Kinh", "Thái", "Mông"])
        for place, word in enumerate(more):
            page.merge_range(2, 7 + place, 3, 7 + place, word)
        for number, line in enumerate(lines, 4):
            page.write_row(number, 0, list(line))

    return a_book(fill)


NA_LOC, POM_KHE = ["I", "Chi bộ bản Nà Lốc"], ["II. CHI BỘ BẢN POM KHE (2 đảng viên)"]
MAN, WOMAN = [1, "Lò Văn Một", "03/02/1990", "", "", "x"], [2, "Hà Thị Hai", "", "1987", "", "", "X"]


def cells_of(commune: Commune, *names: str) -> list[int]:
    found = dict(Belonging.objects.filter(person__full_name__in=names).values_list("person__full_name", "unit_id"))
    return [found[name] for name in names]


def test_people_are_of_the_cell_in_the_title_above_them(commune: Commune, taken: Take, looked: Look) -> None:
    data = printed(NA_LOC, MAN, POM_KHE, ["", "Đảng viên chính thức"], WOMAN, ["", "Cộng: 2"])
    intake = taken(data)
    assert intake.outcome["counts"] == {"new": 2, "changed": 0, "same": 0, "refused": 0}
    assert cells_of(commune, "Lò Văn Một", "Hà Thị Hai") == [commune.na_loc.pk, commune.pom_khe.pk]
    assert [v for _, v, _ in said(looked(data))] == ["same", "same"]


def test_a_title_that_names_no_unit_ends_the_group_before_it(looked: Look) -> None:
    shown = looked(printed(NA_LOC, MAN, ["II", "Trường tiểu học"], WOMAN, ["III", "Chi bộ Nơi Khác"], [1, "Cà Văn Ba"]))
    assert said(shown) == [
        (6, "new", "Chi bộ:  → Bản Nà Lốc"), (7, "refused", "cell_missing"), (8, "refused", "cell_missing"),
        (10, "refused", "unit_unknown"),
    ]  # fmt: skip
    assert (shown.drafts[3].problems[0].cell, shown.drafts[3].problems[0].seen) == ("B9", "Chi bộ Nơi Khác")


def test_a_line_that_says_its_cell_itself_is_believed(commune: Commune, taken: Take) -> None:
    taken(printed(NA_LOC, [*MAN, "", "Bản Pom Khe"], [*WOMAN, ""], more=["Chi bộ"]))
    assert cells_of(commune, "Lò Văn Một", "Hà Thị Hai") == [commune.pom_khe.pk, commune.na_loc.pk]


def test_where_the_birth_stands_says_man_or_woman(commune: Commune, taken: Take) -> None:
    taken(printed(NA_LOC, MAN, WOMAN))
    rows = Particular.objects.filter(person__full_name__in=["Lò Văn Một", "Hà Thị Hai"])
    assert {(row.person.full_name, row.field, row.value) for row in rows.select_related("person")} == {
        ("Lò Văn Một", "birth", "1990-02-03"), ("Lò Văn Một", "sex", "male"), ("Lò Văn Một", "ethnicity", "Thái"),
        ("Hà Thị Hai", "birth", "1987"), ("Hà Thị Hai", "sex", "female"), ("Hà Thị Hai", "ethnicity", "Mông"),
    }  # fmt: skip


def test_a_birth_in_both_columns_or_against_the_line_is_refused(looked: Look) -> None:
    shown = looked(printed(
        NA_LOC, [1, "Lò Văn Một", "1990", "1991"], [2, "Hà Thị Hai", "1987", "", "", "", "", "Nữ"], more=["Giới tính"],
    ))  # fmt: skip
    assert [(w, d.problems[0].cell) for (_, _, w), d in zip(said(shown), shown.drafts, strict=True)] == [
        ("cell_in_both", "C6"), ("cell_says_other", "H7"),
    ]  # fmt: skip


def test_one_column_more_for_the_same_is_asked_about(commune: Commune, sent: Send) -> None:
    intake = sent(printed(NA_LOC, [*MAN, "", "1990"], more=["Năm sinh"]))
    with refused("list_column_twice"):
        preview(intake, at=MORNING, by=commune.actor("Nhung"))


def test_corrections_go_into_the_column_they_belong_to(commune: Commune, taken: Take, sent: Send) -> None:
    by = commune.actor("Nhung")
    taken(printed(NA_LOC, MAN))
    theirs = printed([1, "Lò Văn Một"], [2, "Lò Thị Lạ", "", "1980", "x"])
    sheet = say_columns(sent(theirs, commune.na_loc), {}, hidden_too=None, by=by)
    (page,) = read_workbook("a.xlsx", give_corrections(sheet, at=MORNING, by=by)).sheets
    row = next({n: c.text for n, c in line.cells.items()} for line in page.lines[1:] if line.cells[2].text == MAN[1])
    assert row == {1: "1", 2: "Lò Văn Một", 3: "1990-02-03", 6: "x", 8: "Sửa: Ngày sinh; Dân tộc; Giới tính"}
