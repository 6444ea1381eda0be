"""What comes in as a workbook: read as cells, or refused with a reason before anything is parsed."""

from __future__ import annotations

import string
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.exchange.reading.legacy import from_legacy, looks_spoilt
from chibo.exchange.reading.workbook import place, read_workbook
from tests.exchange.making import a_book, a_list

NAMES = ["Nguyễn Văn Đức", "Lò Văn Phúc", "Ủy ban nhân dân", "Quàng Thị Nhung", "Đèo Thị Ngoãn", "Vừ A Bằng"]


def test_cells_come_as_they_are() -> None:
    data = a_list(["Họ và tên", "Ngày sinh", "Số"], ["Lò Văn Inh", date(1980, 2, 3), "012"], [None, None, 5])
    (sheet,) = read_workbook("ds.xlsx", data).sheets
    assert sheet.name == "Danh sách"
    assert [[(c.kind, c.text) for c in line.cells.values()] for line in sheet.lines] == [
        [("t", "Họ và tên"), ("t", "Ngày sinh"), ("t", "Số")],
        [("t", "Lò Văn Inh"), ("d", "1980-02-03"), ("t", "012")],
        [("n", "5")],
    ]
    assert [line.number for line in sheet.lines] == [1, 2, 3]
    assert place(18, 6) == "F18"


def test_a_day_of_the_other_calendar_and_a_moment() -> None:
    def fill(book: object) -> None:
        page = book.add_worksheet()  # type: ignore[attr-defined]
        page.write_datetime(0, 0, datetime(2010, 2, 3))
        page.write_datetime(0, 1, datetime(2010, 2, 3, 7, 30))

    (sheet,) = read_workbook("ds.xlsx", a_book(fill, date_1904=True)).sheets
    assert [(c.kind, c.text) for c in sheet.lines[0].cells.values()] == [
        ("d", "2010-02-03"), ("m", "2010-02-03T07:30:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("font", "typed", "read"),
    [
        (".VnTime", "Lß V¨n Phóc", "Lò Văn Phúc"),
        (".VnTime", "Uû ban nh©n d©n x·", "Uỷ ban nhân dân xã"),
        (".VnTime", "NguyÔn V¨n §øc", "Nguyễn Văn Đức"),
        (".VnTimeH", "nguyÔn v¨n ®øc", "NGUYỄN VĂN ĐỨC"),
        (".VnArial", "Quµng ThÞ Nhung, d­¬ng, b¶n Nµ Lèc", "Quàng Thị Nhung, dương, bản Nà Lốc"),
        ("VNI-Times", "Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
        ("VNI-Helve", "ÑAÛNG UÛY XAÕ", "ĐẢNG ỦY XÃ"),
        ("VNI-Times", "Leâ Thò Höôøng, Thaùi Nguyeân, kyø, moãi", "Lê Thị Hường, Thái Nguyên, kỳ, mỗi"),
        ("Times New Roman", "Nguyễn Văn Đức", "Nguyễn Văn Đức"),
    ],
)
def test_old_encodings_are_told_by_the_font(font: str, typed: str, read: str) -> None:
    assert from_legacy(typed, font) == read


VNI_LETTERS = (
    "aø aû aõ aù aï aè aú aü aé aë aà aå aã aá aä eø eû eõ eù eï eà eå eã eá eä ì æ ó í ò oø oû oõ où oï oà oå oã "
    "oá oä ôø ôû ôõ ôù ôï uø uû uõ uù uï öø öû öõ öù öï yø yû yõ yù î aê aâ eâ oâ ô ö ñ"
)
_TABLES = {
    ".VnTime": dict(zip(
        "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ",
        "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¨©ª«¬\xad®", strict=True,
    )),
    "VNI-Times": dict(zip(
        "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ",
        VNI_LETTERS.split(), strict=True,
    )),
}  # fmt: skip


@pytest.mark.parametrize("font", _TABLES)
@given(words=st.text("bcdghklmnpqrstvx " + "".join(_TABLES[".VnTime"]), max_size=40))
def test_every_letter_comes_back(font: str, words: str) -> None:
    typed = "".join(_TABLES[font].get(letter, letter) for letter in words)
    assert from_legacy(typed, font) == words


@pytest.mark.parametrize("name", NAMES)
def test_good_text_is_not_taken_for_spoilt(name: str) -> None:
    assert not any(looks_spoilt(each) for each in (name, name.upper(), f"Chi bộ «{name}», 5 ha – 2 m²"))


@given(st.text(string.ascii_letters + " .,-/0123456789", max_size=60))
def test_plain_text_is_not_taken_for_spoilt(text: str) -> None:
    assert not looks_spoilt(text)


@pytest.mark.parametrize(
    "text", ["Lß V¨n Phóc", "NguyÔn V¨n", "Nguyeãn Vaên", "Leâ Höôøng", "Nguyá»…n VÄƒn", "Quµng ThÞ", "nh©n d©n"]
)
def test_spoilt_text_is_seen(text: str) -> None:
    assert looks_spoilt(text)


def test_the_font_of_a_cell_and_of_a_piece_of_it() -> None:
    def fill(book: object) -> None:
        page = book.add_worksheet()  # type: ignore[attr-defined]
        old = book.add_format({"font_name": ".VnTime"})  # type: ignore[attr-defined]
        page.write_string(0, 0, "Lß V¨n Phóc", old)
        page.write_rich_string(1, 0, "Chi bộ ", old, "b¶n Nµ Lèc", " xa")

    (sheet,) = read_workbook("ds.xlsx", a_book(fill)).sheets
    assert sheet.lines[0].cells[1].text == "Lò Văn Phúc"
    assert sheet.lines[0].cells[1].was == "Lß V¨n Phóc"
    assert sheet.lines[1].cells[1].text == "Chi bộ bản Nà Lốc xa"


def test_what_is_merged_hidden_and_filtered_is_told() -> None:
    def fill(book: object) -> None:
        page = book.add_worksheet("Chính")  # type: ignore[attr-defined]
        page.merge_range(0, 0, 0, 3, "DANH SÁCH ĐẢNG VIÊN")
        page.write_row(1, 0, ["Họ và tên", "Chi bộ"])
        page.write_row(2, 0, ["Lò Văn Inh", "Nà Lốc"])
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(1, 1, None, None, {"hidden": True})
        page.autofilter(1, 0, 2, 1)
        book.add_worksheet("Nháp").hide()  # type: ignore[attr-defined]

    book = read_workbook("ds.xlsx", a_book(fill))
    (sheet,) = book.sheets
    assert sheet.merged == [(1, 1, 1, 4)]
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.filtered) == ({3}, {2}, True)
    assert book.others == ["Nháp"]
    assert sheet.covered()[1, 4] == (1, 1)
