"""Pictures: the same drawing for page, print and file, with a sentence of its data."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from chibo.front.pictures import attendance_line, heat_grid, strip, task_bars

PICTURES = {
    "strip": (strip(9, 1, 2, "9 đã họp"), "9 đã họp"),
    "line": (attendance_line([("th.1", 8, 10), ("th.2", 0, 0), ("th.3", 19, 20)], [85.0, None, 90.0]),
             "th.1 80,0 %; th.3 95,0 %, mức cần vượt 90 %"),
    "bars": (task_bars([("Bản <Nà> Lốc", 3, 1), ("Trường Tiểu học và Trung học", 0, 0)]),
             "Bản <Nà> Lốc: 3 mở, 1 quá hạn"),
    "heat": (heat_grid([(2025, ["none"] * 12), (2026, ["on_day", "late", "missed", "not_held", *["not_yet"] * 8])]),
             "2 buổi thường kỳ đã họp từ năm 2025 đến năm 2026"),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_whole_by_itself_and_says_what_it_shows(name: str) -> None:
    drawn, words = PICTURES[name]
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert words in (root.get("aria-label") or "")
    for shape in root.iter():
        assert shape.get("style") is None
        if shape.tag.endswith(("rect", "circle")):
            assert shape.get("fill") or shape.get("stroke"), "right without the page's styles"


def test_a_line_without_data_says_so() -> None:
    assert "Chưa có buổi nào" in attendance_line([("th.1", 0, 0)], [None])


def test_as_many_squares_as_units() -> None:
    assert strip(9, 1, 2, "").count("<rect") == 12


def test_a_month_stands_under_its_own_point() -> None:
    year = [(f"th.{n}", 9 if n in {5, 11} else 0, 10 if n in {5, 11} else 0) for n in range(1, 13)]
    root = ElementTree.fromstring(attendance_line(year, [90.0] * 12))
    places = {text.text: float(text.get("x", 0)) for text in root.iter() if text.tag.endswith("text")}
    assert places["th.11"] - places["th.5"] == pytest.approx(6 * 20.6, abs=1)
