"""Rounded words beside exact values: «gần», «hơn», «trên», «trở lên», parts that make a whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.reports.review.wording import findings


def row(part: int, whole: int | None = None, name: str = "Số") -> dict[str, Any]:
    return {"n": 1, "name": name, "part": part, "whole": whole}


@pytest.mark.parametrize(("text", "numbers", "fits"), [
    ("dự sinh hoạt gần 90%", [row(897, 1000)], True), ("dự sinh hoạt gần 90%", [row(9, 10)], False),
    ("dự sinh hoạt gần 90%", [row(80, 100)], False), ("hơn 1.720 đảng viên", [row(1728)], True),
    ("hơn 1.720 đảng viên", [row(1720)], False), ("đạt trên 70%", [row(713, 1000)], True),
    ("từ 70% trở lên", [row(70, 100)], True), ("từ 70% trở lên", [row(69, 100)], False),
    ("đạt 89,5%", [row(895, 1000)], True), ("đạt 89,5%", [row(8954, 10000)], True),
    ("đạt 89,5%", [row(89, 100)], False),
    ("kết nạp 39 đảng viên", [row(39)], True), ("kết nạp 39 đảng viên", [row(38)], False),
    ("cơ bản đạt 54 chỉ tiêu", [row(50)], True), ("khoảng 300 lượt", [row(286)], True),
])  # fmt: skip
def test_words_fit_their_number(text: str, numbers: list[dict[str, Any]], fits: bool) -> None:
    assert [each.fits for each in findings(text, numbers)] == [fits]


def test_days_and_numbers_of_papers_are_left_alone() -> None:
    text = "Ngày 21/1/2021, năm 2022, quý 3, Nghị quyết số 02-NQ/TU, nhiệm kỳ 2020 - 2025, khóa 13"
    assert [each.words for each in findings(text, []) if each.words.strip() not in {"2025"}] == []


def test_parts_make_their_whole() -> None:
    assert findings("33 cuộc (8 giám sát, 21 kiểm tra, 4 giám sát)", [row(33), row(8), row(21), row(4)])[-1].fits
    wrong = findings("33 cuộc (8 giám sát, 20 kiểm tra, 4 giám sát)", [row(33), row(8), row(20), row(4)])[-1]
    assert (wrong.fits, wrong.why) == (False, "các phần cộng lại là 32, không phải 33")
    assert all(each.fits for each in findings("30 bản, trong đó 28 năm đầu, 1 năm sau", [row(30), row(28), row(1)]))


@given(part=st.integers(1, 10_000), more=st.integers(0, 10_000))
def test_an_exact_share_always_fits_itself(part: int, more: int) -> None:
    whole = part + more
    tenth = round(part * 1000 / whole + 1e-9)
    if abs(part * 1000 / whole - tenth) < 0.4:
        (found,) = findings(f"đạt {tenth // 10},{tenth % 10}%", [row(part, whole)])
        assert found.fits
