"""Ai nộp, ai chậm: the board of a year, the words to remind with, all numbers of a period side by side."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from chibo.kernel.dates import ZONE
from chibo.returns.board import board_of
from chibo.returns.models import Form
from tests.commune import TODAY, Commune
from tests.issues.conftest import SignIn
from tests.returns.acting import AUGUST, FOUND, OCTOBER, PATROLS, SEPTEMBER, Forest, form_of
from tests.returns.test_pages import address, heading, page

LATER = date(2026, 11, 9)


@pytest.fixture
def filled(forest: Forest, commune: Commune) -> Forest:
    """September of both cells, one of them late; October of one, waiting."""
    forest.accepted(("10", "3", "1", "100"), first=SEPTEMBER, at=datetime(2026, 10, 4, 8, tzinfo=ZONE))
    forest.accepted(("5", "1", "0", "40"), commune.pom_khe, SEPTEMBER, at=datetime(2026, 10, 9, 8, tzinfo=ZONE))
    forest.write({PATROLS: "11", FOUND: "1", "Vụ đã xử lý": "1"})
    forest.hand_in()
    return forest


def query(forest: Forest, word: str, unit: int, more: str = "") -> str:
    return f"/don-vi/{unit}/phieu/{word}/?bieu={forest.form.pk}{more}"


def test_every_sheet_of_the_year_stands_on_the_board(filled: Forest, commune: Commune) -> None:
    board = board_of(filled.form, commune.commune, 2026, None, actor=commune.actor("Nhung"), on=LATER)
    states = {row.name: [cell.state for cell in row.cells if cell.column.first in (SEPTEMBER, OCTOBER)]
              for row in board.rows}  # fmt: skip
    assert states == {"Bản Nà Lốc": ["on_time", "waits"], "Bản Pom Khe": ["late_in", "missing"]}
    assert board.shown is not None
    assert board.shown.label == "tháng 10/2026"
    assert (board.handed, len(board.late), len(board.waiting)) == (1, 1, 1)
    assert [(row.on_time, row.due) for row in board.rows] == [(2, 10), (0, 10)]


def test_from_above_a_commune_is_one_line(filled: Forest, commune: Commune) -> None:
    board = board_of(filled.form, commune.province, 2026, SEPTEMBER, actor=commune.actor("Vân"), on=LATER)
    (row,) = board.rows
    assert row.name == "Xã Huổi Lam"
    cell = next(cell for cell in row.cells if cell.column.shown)
    assert (cell.handed, len(cell.squares), cell.one, cell.state) == (2, 2, None, "late_in")


def test_the_board_opens_to_sheets_and_numbers(filled: Forest, commune: Commune, sign_in: SignIn) -> None:
    nhung = sign_in("Nhung")
    text = page(nhung, query(filled, "bang", commune.commune.pk))
    assert heading(text) == "1/2 nơi đã nộp tháng 10/2026"
    assert address(filled) in text
    assert "muộn 4 ngày" in text
    table = page(nhung, query(filled, "tong-hop", commune.commune.pk, "&ky=2026-09"))
    assert "2/2 nơi đã nộp" in table
    assert address(filled, month="2026-09") in table
    sums = re.findall(r"<tfoot>.*?</tfoot>", table, re.S)[0]
    assert ">15</a>" in sums, "10 and 5 patrols"
    opened = re.search(r'href="(/so-lieu/[^"]+)"', sums)
    assert opened
    assert "15 lượt" in heading(page(nhung, opened[1]))
    assert "chờ kiểm nên chưa tính" in page(nhung, query(filled, "tong-hop", commune.commune.pk))
    province = page(sign_in("Vân"), query(filled, "tong-hop", commune.province.pk, "&ky=2026-09"))
    assert query(filled, "tong-hop", commune.commune.pk, "&ky=2026-09") in province


def test_words_to_remind_are_ready(filled: Forest, commune: Commune, sign_in: SignIn) -> None:
    text = page(sign_in("Nhung"), query(filled, "nhac", commune.commune.pk, "&ky=2026-08"))
    assert heading(text) == "2 nơi chưa nộp phiếu tháng 8/2026"
    assert "Kính gửi đồng chí Lò Văn Inh" in text
    assert "chi bộ bản Nà Lốc chưa nộp phiếu «Bảo vệ rừng» tháng 8/2026 (hạn 05/09/2026)" in text
    assert "Đề nghị nộp trước 17 giờ ngày 04/11/2026" in text
    none = page(sign_in("Nhung"), query(filled, "nhac", commune.commune.pk, "&ky=2026-09"))
    assert heading(none) == "Không còn ai phải nhắc"


def test_years_quarters_and_forms_that_ended(commune: Commune, sign_in: SignIn) -> None:
    nhung, unit = sign_in("Nhung"), commune.commune.pk
    for every, label in ((Form.QUARTER, "quý III/2026"), (Form.HALF, "6 tháng đầu năm 2026"), (Form.YEAR, "năm 2025")):
        form = form_of(commune, name=f"Biểu {every}", every=every, begins=date(2025, 1, 1))
        text = page(nhung, f"/don-vi/{unit}/phieu/bang/?bieu={form.pk}")
        assert label in heading(text)
        assert page(nhung, f"/don-vi/{unit}/phieu/bang/?bieu={form.pk}&nam=2019")
    for bad in ("?bieu=x", "?bieu=00000000-0000-4000-8000-000000000000"):
        assert nhung.get(f"/don-vi/{unit}/phieu/bang/{bad}").status_code == 404
    assert nhung.get(f"/don-vi/{unit}/phieu/bang/?ky=2026-13").status_code == 422
    assert nhung.get(f"/don-vi/{unit}/phieu/bang/?nam=99999999").status_code == 200
    assert page(nhung, f"/don-vi/{commune.na_loc.pk}/phieu/tong-hop/?ky=2026-07")


def test_without_a_form_the_board_says_how_to_begin(commune: Commune, sign_in: SignIn) -> None:
    nhung = sign_in("Nhung")
    for word in ("bang", "tong-hop", "nhac"):
        page(nhung, f"/don-vi/{commune.commune.pk}/phieu/{word}/")
    assert "Đặt biểu đầu tiên" in page(nhung, f"/don-vi/{commune.commune.pk}/phieu/bang/")
    assert "Đặt biểu đầu tiên" not in page(sign_in("Páo"), f"/don-vi/{commune.commune.pk}/phieu/bang/")


def test_a_cell_reads_its_own_line_only(filled: Forest, commune: Commune, sign_in: SignIn) -> None:
    text = page(sign_in("Inh"), query(filled, "bang", commune.na_loc.pk))
    assert "Bản Nà Lốc" in text
    assert "Pom Khe" not in text
    assert TODAY.year == 2026
    assert AUGUST < SEPTEMBER
