"""Numbers of persons are stopped; the numbers of an office's day are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.kernel.dates import show_day, show_number
from chibo.kernel.text import looks_like_identity

# all invented: the runs of digits follow the shape, not a person
PERSONAL = [
    ("CCCD 001085012345", "001085012345"),
    ("công dân số 014 085 012 345 có đơn", "014 085 012 345"),
    ("số định danh cá nhân: 014 085 012345", "014 085 012345"),
    ("chứng minh 012345678", "012345678"),
    ("CMND: 123.456.789", "123.456.789"),
    ("gọi 0912345678 nhé", "0912345678"),
    ("gọi 0912 345 678", "0912 345 678"),
    ("0912.345.678", "0912.345.678"),
    ("0912-345-678", "0912-345-678"),
    ("0912\u00a0345\u00a0678", "0912 345 678"),
    ("ĐT: 09 12 34 56 78", "09 12 34 56 78"),
    ("máy bàn (024) 3826 1234", "024 3826 1234"),
    ("+84 912 345 678", "84 912 345 678"),
    ("số cũ 01687654321", "01687654321"),
    ("năm 2026 0912345678", "0912345678"),
    ("0912345678,0987654321", "0912345678"),
    ("thẻ đảng viên số 12345678", "12345678"),
    ("chuyển vào 4111 1111 1111 1111", "4111 1111 1111 1111"),
]
HARMLESS = [
    "ngày 03/11/2026, từ 03-11-2026 đến 05-11-2026, hạn 2026-11-30 lúc 19:30",
    "các ngày 03 05 08 10 12 trong tháng",
    "lúc 07.30 - 11.30 13.30",
    "trồng 14.419 ha, thu 1.234.567.890 đồng, chi 150000000 đồng, số tiền 150000000",
    "412,6 ha; 0,8/1,2 km; 99/101 hộ; 08/54 chỉ tiêu; 89,5 %",
    "Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026; 1127-QĐ/TU; A32.65-ĐU-ĐA-0006-2026",
    "nhiệm kỳ 2025 - 2030; 2015-2020-2025; các năm 2021 2022 2023 2024",
    "mã tổ chức 01.168.053.000.001 và 38.168.053.000.001",
    "các thửa 120 350 412",
    "quyết định danh sách 12/2026; cấp căn cước ngày 03-11-2026 cho 12.345.678 người",
    "bán 912345678 cây",
]


@pytest.mark.parametrize(("text", "found"), PERSONAL)
def test_a_persons_number_is_found(text: str, found: str) -> None:
    assert looks_like_identity(text) == found


@pytest.mark.parametrize("text", HARMLESS)
def test_the_numbers_of_an_office_pass(text: str) -> None:
    assert looks_like_identity(text) is None


@given(st.sampled_from(PERSONAL), st.sampled_from(HARMLESS))
def test_harmless_text_around_does_not_hide_a_number(personal: tuple[str, str], harmless: str) -> None:
    assert looks_like_identity(f"{harmless}. {personal[0]}") == personal[1]
    assert looks_like_identity(f"{personal[0]}. {harmless}") == personal[1]


@given(st.dates(), st.integers(0, 10**13))
def test_days_and_dotted_quantities_never_trip(day, number: int) -> None:  # type: ignore[no-untyped-def]
    assert looks_like_identity(f"ngày {show_day(day)} thu {show_number(number)} đồng") is None


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_every_mobile_number_is_found_however_it_is_cut(number: str, cut: str) -> None:
    assert looks_like_identity(f"báo {cut.join([number[:4], number[4:7], number[7:]])} trước 17 giờ")
