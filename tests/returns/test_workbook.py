"""Biểu Excel: out blank, back filled in, each cell that is not taken by its name; all numbers of a period out."""

from __future__ import annotations

from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chibo.ledger.models import Entry as Act
from chibo.returns.models import Entry, Line, Sheet
from chibo.returns.workbook import HEAD
from tests.commune import Commune
from tests.issues.conftest import SignIn
from tests.returns.acting import FOREST, FOUND, HANDLED, OCTOBER, PATROLS, SEPTEMBER, WORKS, Forest, line_of
from tests.returns.test_pages import heading, page

FIRST = HEAD + 3  # the first unit's row, as Excel counts
COLUMNS = {PATROLS: "D", FOUND: "E", HANDLED: "F", FOREST: "G", WORKS: "H", "why": "I"}


def blank(client: Client, forest: Forest, unit: Any = None) -> Any:
    """The form of October as it is taken."""
    sent = {"bieu": str(forest.form.pk), "ky": "2026-10"}
    answer = client.post(f"/don-vi/{(unit or forest.commune.commune).pk}/phieu/tong-hop/bieu/", sent)
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.content))


def send(client: Client, book: Any, unit: Any, *, nop: bool = False) -> Any:
    made = BytesIO()
    book.save(made)
    sent = {"file": SimpleUploadedFile("phieu.xlsx", made.getvalue())} | ({"nop": "1"} if nop else {})
    return client.post(f"/don-vi/{unit.pk}/phieu/tep/", sent)


def fill(book: Any, row: int = FIRST, **cells: object) -> Any:
    names = {"patrols": PATROLS, "found": FOUND, "handled": HANDLED, "forest": FOREST, "works": WORKS, "why": "why"}
    for name, value in cells.items():
        book.active[f"{COLUMNS[names[name]]}{row}"] = value
    return book


def test_the_form_holds_every_unit_and_what_is_known(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    forest.accepted(("10", "1", "1", "100,5"), first=SEPTEMBER)
    forest.write({PATROLS: "12"})
    sheet = blank(sign_in("Nhung"), forest).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    assert [row[2] for row in rows] == ["Bản Nà Lốc", "Bản Pom Khe"]
    assert (rows[0][3], rows[0][6], rows[1][3]) == (12, 100.5, None)
    assert [cell.value for cell in sheet[HEAD + 2]][3:5] == ["Lượt tuần tra rừng (lượt)", "Vụ phát hiện (vụ)"]
    only = blank(sign_in("Inh"), forest, commune.na_loc).active
    assert [row[2].value for row in only.iter_rows(min_row=FIRST)] == ["Bản Nà Lốc"]
    assert Act.objects.filter(verb="return.exported").count() == 2


def test_filled_in_it_comes_back(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    inh = sign_in("Inh")
    book = fill(blank(inh, forest, commune.na_loc), patrols=1234, found=3, handled="2", forest=99.3, works="0,25")
    answer = send(inh, book, commune.na_loc)
    text = unescape(answer.content.decode())
    assert heading(text) == "Đã ghi 1 phiếu"
    kept = dict(Entry.objects.values_list("field", "value"))
    assert kept == {
        f"line.{forest.lines[name].pk}": value
        for name, value in ((PATROLS, "1234"), (FOUND, "3"), (HANDLED, "2"), (FOREST, "99.3"), (WORKS, "0.25"))
    }
    assert forest.sheet().state == Sheet.DRAFT
    again = send(inh, book, commune.na_loc)
    assert heading(unescape(again.content.decode())) == "Tệp không có gì mới"
    assert Entry.objects.count() == 5
    handed = send(inh, book, commune.na_loc, nop=True)
    assert heading(unescape(handed.content.decode())) == "Đã nộp 1 phiếu"
    assert forest.sheet().state == Sheet.HANDED_IN
    assert send(inh, book, commune.na_loc, nop=True).status_code == 200


def test_each_cell_that_is_not_taken_is_named(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    nhung = sign_in("Nhung")
    book = fill(blank(nhung, forest), patrols="mười", found=1.5, handled=-1)
    fill(book, FIRST + 1, patrols=7, found=1)
    text = unescape(send(nhung, book, commune.commune).content.decode())
    assert heading(text) == "Đã ghi 1 phiếu, 3 ô chưa nhận"
    for cell in (f"D{FIRST}", f"E{FIRST}", f"F{FIRST}"):
        assert f">{cell} <" in text, cell
    assert "trang Phiếu" in text
    assert "«mười» không phải là số đếm" in text
    assert not Sheet.objects.filter(unit=commune.na_loc).exclude(entries=None).exists(), "a row is taken whole or not"
    assert Sheet.objects.get(unit=commune.pom_khe).entries.count() == 2


def test_what_a_sheet_lacks_is_said_at_the_cell(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    forest.accepted(("10", "1", "1", "100"), first=SEPTEMBER)
    inh = sign_in("Inh")
    book = fill(blank(inh, forest, commune.na_loc), patrols=30, found=1, handled=2)
    text = unescape(send(inh, book, commune.na_loc, nop=True).content.decode())
    assert heading(text) == "Đã ghi 1 phiếu, 2 ô chưa nhận"
    assert f">F{FIRST} <" in text
    assert f">I{FIRST} <" in text
    assert "thay đổi quá 50 %" in text
    book = fill(blank(inh, forest, commune.na_loc), handled=1, why="Mùa khô")
    assert heading(unescape(send(inh, book, commune.na_loc, nop=True).content.decode())) == "Đã nộp 1 phiếu"


def test_what_was_written_since_is_not_written_over(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    inh = sign_in("Inh")
    book = fill(blank(inh, forest, commune.na_loc), patrols=15, found=2)
    forest.write({PATROLS: "12"}, by="Duyên")
    text = unescape(send(inh, book, commune.na_loc).content.decode())
    assert "Trên máy đang là 12" in text
    assert Entry.objects.count() == 1
    fine = fill(blank(inh, forest, commune.na_loc), patrols=15)
    assert heading(unescape(send(inh, fine, commune.na_loc).content.decode())) == "Đã ghi 1 phiếu"


def test_nobody_fills_in_for_others(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    nhung, inh, pao = sign_in("Nhung"), sign_in("Inh"), sign_in("Páo")
    book = fill(fill(blank(nhung, forest), patrols=1), FIRST + 1, patrols=2)
    text = unescape(send(inh, book, commune.na_loc).content.decode())
    assert "không thuộc đơn vị đang nhập" in text
    assert not Entry.objects.filter(sheet__unit=commune.pom_khe).exists()
    text = unescape(send(pao, book, commune.commune).content.decode())
    assert "không điền phiếu thay đơn vị này" in text
    for name, unit in (("Vân", commune.commune), ("Páo", commune.na_loc)):
        assert send(sign_in(name), book, unit).status_code == 403, name
    assert send(sign_in("Liên"), book, commune.na_loc).status_code == 404


def test_a_sheet_that_waits_is_left_alone(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    forest.accepted(("10", "1", "1", "100"))
    nhung = sign_in("Nhung")
    book = blank(nhung, forest)
    assert "đã chốt" in book.active[f"C{FIRST}"].value
    assert heading(unescape(send(nhung, book, commune.commune).content.decode())) == "Tệp không có gì mới"
    text = unescape(send(nhung, fill(book, patrols=11), commune.commune).content.decode())
    assert "Phiếu đã chốt" in text


@pytest.mark.parametrize("harm", ["other", "codes", "form", "period", "empty", "text"])
def test_files_that_are_no_form_say_so(forest: Forest, commune: Commune, sign_in: SignIn, harm: str) -> None:
    inh = sign_in("Inh")
    book = openpyxl.Workbook() if harm == "other" else blank(inh, forest, commune.na_loc)
    cell = {"codes": f"A{HEAD + 1}", "form": "B3", "period": "D3"}.get(harm)
    if cell:
        book.active[cell] = "x"
    if harm in {"empty", "text"}:
        file = SimpleUploadedFile("a.xlsx", b"" if harm == "empty" else b"a,b\n1,2")
        answer = inh.post(f"/don-vi/{commune.na_loc.pk}/phieu/tep/", {"file": file})
    else:
        answer = send(inh, book, commune.na_loc)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_file_of_a_form_that_grew_since_still_comes_in(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    inh = sign_in("Inh")
    book = fill(blank(inh, forest, commune.na_loc), patrols=5)
    line_of(forest.form, "Vụ cháy", "vụ", must=False)
    book.active["J4"], book.active[f"J{FIRST}"] = "returns.khong_co", 7
    book.active[f"A{FIRST + 3}"] = "ghi chú"
    text = unescape(send(inh, book, commune.na_loc).content.decode())
    assert heading(text) == "Đã ghi 1 phiếu, 1 ô chưa nhận"
    assert Line.objects.count() == 6


def test_the_numbers_of_a_period_as_a_workbook(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    line_of(forest.form, "Tỷ lệ xử lý", "%", adds=Line.RATIO, above=forest.lines[HANDLED].pk,
            below=forest.lines[FOUND].pk)  # fmt: skip
    forest.accepted(("10", "4", "1", "100,5"))
    forest.accepted(("5", "1", "0", "40"), commune.pom_khe, OCTOBER)
    sent = {"bieu": str(forest.form.pk), "ky": "2026-10"}
    nhung = sign_in("Nhung")
    assert "Tải Excel" in page(nhung, f"/don-vi/{commune.commune.pk}/phieu/tong-hop/?bieu={forest.form.pk}&ky=2026-10")
    answer = nhung.post(f"/don-vi/{commune.commune.pk}/phieu/tong-hop/excel/", sent)
    rows = [list(row) for row in openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert rows[4][:3] == ["Bản Nà Lốc", 10, 4]
    assert rows[6][:5] == ["Tất cả", 15, 5, 1, 140.5]
    assert rows[6][6] == pytest.approx(0.2)
    assert nhung.post(f"/don-vi/{commune.commune.pk}/phieu/tong-hop/excel/", {"ky": "2031-01"}).status_code in {
        200,
        422,
    }
