"""Heads of columns: found under titles, in two lines, in anybody's words."""

from __future__ import annotations

from typing import Any

import pytest

from chibo.exchange.cells import PartDay, months_first, read_cell, read_crosses
from chibo.exchange.columns import NOT_USED, Heading, heading_of, plain
from chibo.exchange.kinds import (
    CODE,
    DAY,
    NAME,
    NAME_BACK,
    NAME_FRONT,
    PART_DAY,
    STANDING,
    UNIT,
    UNITS,
    Field,
    Kind,
)
from chibo.exchange.reading.workbook import Cell, read_workbook
from chibo.kernel.actor import Power
from tests.conftest import refused
from tests.exchange.making import a_book, a_list

JOINED = Field("admitted_on", "Ngày vào Đảng", ("ngay vao dang", "ngay vao dang du bi", "ngay ket nap"), DAY)
OFFICIAL = Field("official_on", "Ngày chính thức", ("ngay chinh thuc", "ngay vao dang chinh thuc", "chinh thuc"), DAY)
PEOPLE = Kind("people", "người", Power.ADMIT, (NAME, NAME_FRONT, NAME_BACK, UNIT, STANDING, JOINED, OFFICIAL))


def heads(data: bytes, kind: Kind = PEOPLE, remembered: dict[str, tuple[str, str]] | None = None) -> Heading:
    found = heading_of(read_workbook("ds.xlsx", data).sheets, kind, remembered or {})
    assert found is not None
    return found


def taken(heading: Heading) -> dict[str, str]:
    return {c.label: c.field + (f"={c.mark}" if c.mark else "") for c in heading.columns if c.field}


def test_a_title_and_other_words() -> None:
    data = a_list(
        ["STT", "Họ và tên (chữ in hoa)", "TÊN CHI BỘ", "Ngày kết nạp", "Ghi chú"],
        [1, "LÒ VĂN INH", "Bản Nà Lốc", "03/02/2010", "x"],
        title=["ĐẢNG BỘ XÃ HUỔI LAM", "DANH SÁCH ĐẢNG VIÊN", "Năm 2026"],
    )
    heading = heads(data)
    assert heading.row == 4
    assert taken(heading) == {
        "STT": NOT_USED, "Họ và tên (chữ in hoa)": "full_name", "TÊN CHI BỘ": "unit", "Ngày kết nạp": "admitted_on",
    }  # fmt: skip
    assert [column.label for column in heading.columns if not column.field] == ["Ghi chú"]


def two_lines(book: Any) -> None:
    page = book.add_worksheet()
    page.merge_range(0, 0, 0, 6, "DANH SÁCH ĐẢNG VIÊN")
    page.merge_range(2, 0, 3, 0, "TT")
    page.merge_range(2, 1, 2, 2, "Họ và tên")
    page.write_row(3, 1, ["Họ đệm", "Tên"])
    page.merge_range(2, 3, 2, 4, "Đảng viên")
    page.write_row(3, 3, ["Chính thức", "Dự bị"])
    page.merge_range(2, 5, 2, 6, "Ngày vào Đảng")
    page.write_row(3, 5, ["Dự bị", "Chính thức"])
    page.write_row(4, 0, [1, "Lò Văn", "Inh", "X", "", "03/02/2010", "03/02/2011"])
    page.write_row(5, 0, [2, "Lò Thị", "Ngoan", "", "x", "03/02/2026", ""])


def test_heads_of_two_lines_with_crosses_and_days() -> None:
    heading = heads(a_book(two_lines))
    assert heading.row == 4
    assert taken(heading) == {
        "TT": NOT_USED, "Họ và tên / Họ đệm": "name_front", "Họ và tên / Tên": "name_back",
        "Đảng viên / Chính thức": "standing=official", "Đảng viên / Dự bị": "standing=probationary",
        "Ngày vào Đảng / Dự bị": "admitted_on", "Ngày vào Đảng / Chính thức": "official_on",
    }  # fmt: skip
    assert heading.missing(PEOPLE) == []
    assert heading.twice(PEOPLE) == []
    line = heading.lines()[1]
    assert read_crosses([(line.cells.get(4), "official"), (line.cells.get(5), "probationary")], STANDING) == (
        "probationary"
    )


def test_what_somebody_said_of_a_column_before() -> None:
    data = a_list(["Danh tính", "Chi bộ", "Ghi chú"], ["Lò Văn Inh", "Nà Lốc", "03/02/2010"])
    heading = heads(data, remembered={"danh tinh": ("full_name", ""), "ghi chu": ("admitted_on", "")})
    assert taken(heading) == {"Danh tính": "full_name", "Chi bộ": "unit", "Ghi chú": "admitted_on"}


def test_no_heads_one_missing_two_alike() -> None:
    assert heading_of(read_workbook("a.xlsx", a_list(["a", "b"], ["c", "d"])).sheets, PEOPLE, {}) is None
    assert [f.name for f in heads(a_list(["Chi bộ", "Ngày vào Đảng"], ["a", "b"])).missing(PEOPLE)] == ["full_name"]
    twice = heads(a_list(["Họ và tên", "Họ tên", "Chi bộ"], ["a", "b", "c"])).twice(PEOPLE)
    assert [(f.name, [c.number for c in columns]) for f, columns in twice] == [("full_name", [1, 2])]


def test_the_sheet_with_heads_is_taken() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Bìa").write(0, 0, "Đảng bộ xã")
        book.add_worksheet("DS").write_row(0, 0, ["Tên tổ chức", "Loại"])

    assert heads(a_book(fill), UNITS).sheet.name == "DS"


def test_heads_are_compared_without_signs() -> None:
    assert plain("  Họ và tên*\n(ghi đầy đủ)") == "ho va ten"
    assert plain("Ngày, tháng, năm sinh") == "ngay thang nam sinh"


DAYS = Field("day", "Ngày", (), DAY)
BIRTH = Field("birth", "Ngày sinh", (), PART_DAY)
CARD = Field("card", "Số thẻ", (), CODE)


@pytest.mark.parametrize(
    ("cell", "field", "value"),
    [
        (Cell(1, "t", " Lò  Văn\u00a0Inh "), NAME, "Lò Văn Inh"),
        (Cell(1, "t", "Ðinh Thị Nguye\u0302\u0303n"), NAME, "Đinh Thị Nguyễn"),
        (Cell(1, "t", "=1+1 -cmd"), NAME, "=1+1 -cmd"),
        (Cell(1, "t", "Lò\u200b Văn Inh"), NAME, "Lò Văn Inh"),
        (Cell(1, "t", "012 345 678 901"), CARD, "012345678901"),
        (Cell(1, "t", "Chính thức"), STANDING, "official"),
        (Cell(1, "t", "-"), STANDING, None),
        (Cell(1, "t", "1979"), BIRTH, PartDay(1979)),
        (Cell(1, "n", "1979"), BIRTH, PartDay(1979)),
        (Cell(1, "t", "5/1979"), BIRTH, PartDay(1979, 5)),
        (None, DAYS, None),
    ],
)
def test_cells_that_are_read(cell: Cell | None, field: Field, value: object) -> None:
    assert read_cell(cell, field) == value


@pytest.mark.parametrize(
    ("cell", "field", "code"),
    [
        (Cell(1, "e", "#REF!"), NAME, "cell_fault"),
        (Cell(1, "f", ""), NAME, "cell_uncalculated"),
        (Cell(1, "l", "1000000"), NAME, "text_too_long"),
        (Cell(1, "t", "a" * 81), NAME, "text_too_long"),
        (Cell(1, "t", "Lò \u202eVăn"), NAME, "cell_odd_signs"),
        (Cell(1, "t", "Lò\x01 Văn"), NAME, "cell_odd_signs"),
        (Cell(1, "t", "Нà Văn Inh"), NAME, "cell_mixed_letters"),
        (Cell(1, "t", "Lß V¨n Phóc"), NAME, "cell_spoilt"),
        (Cell(1, "t", "nt"), UNIT, "cell_ditto"),
        (Cell(1, "n", "12"), NAME, "cell_is_number"),
        (Cell(1, "b", "1"), NAME, "cell_not_text"),
        (Cell(1, "n", "14000000000"), CARD, "cell_lost_zeros"),
        (Cell(1, "t", "Đoàn viên"), STANDING, "cell_unknown_word"),
        (Cell(1, "t", "30/02/2015"), DAYS, "bad_day"),
        (Cell(1, "t", "hôm qua"), DAYS, "bad_day"),
        (Cell(1, "n", "42005"), DAYS, "cell_serial"),
        (Cell(1, "n", "3.5"), DAYS, "cell_not_a_day"),
        (Cell(1, "t", "2010"), DAYS, "cell_year_only"),
        (Cell(1, "t", "02/2010"), DAYS, "cell_year_only"),
        (Cell(1, "t", "03/02/10"), DAYS, "cell_short_year"),
    ],
)
def test_cells_that_are_refused(cell: Cell, field: Field, code: str) -> None:
    with refused(code):
        read_cell(cell, field)


def test_a_column_written_month_first_is_doubted() -> None:
    column: list[Cell | None] = [Cell(1, "t", "03/04/2020"), Cell(1, "t", "12/31/2020"), None]
    assert months_first(column)
    assert not months_first([Cell(1, "t", "31/12/2020"), Cell(1, "t", "03/04/2020")])
    with refused("cell_day_or_month"):
        read_cell(column[0], DAYS, months_first=True)
    assert str(read_cell(column[0], DAYS)) == "2020-04-03"


def test_crosses() -> None:
    assert read_crosses([(Cell(1, "t", "X"), "official"), (None, "probationary")], STANDING) == "official"
    assert read_crosses([(None, "official"), (None, "probationary")], STANDING) is None
    with refused("cell_two_crosses"):
        read_crosses([(Cell(1, "t", "X"), "official"), (Cell(2, "n", "1"), "probationary")], STANDING)
    with refused("cell_not_a_cross"):
        read_crosses([(Cell(1, "t", "chưa rõ"), "official")], STANDING)
