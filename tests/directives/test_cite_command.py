"""`chibo cite`: a text or a Word file on the command line, for people and for programs."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from chibo.directives.opening import MOST, text_of
from tests.conftest import refused

TEXT = "Học Nghị quyết số 02-NQ/TU ngày 21/1/2021 và Chỉ thị số 10 của Ban Bí thư (khóa X)."


def cite(*words: str) -> str:
    out = StringIO()
    call_command("cite", *words, stdout=out)
    return out.getvalue()


def a_word_file() -> bytes:
    document, made = Document(), BytesIO()
    document.add_paragraph("Học Nghị quyết số 02-NQ/TU ngày 21/1/2021.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Căn cứ", "Chỉ thị số 10 của Ban Bí thư (khóa X)"
    document.add_paragraph("Kế hoạch số 111-KH/HU.")
    document.save(made)
    return made.getvalue()


def test_for_programs_it_is_json_with_these_keys(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    found = json.loads(cite(str(tmp_path / "a.txt"), "--json"))
    assert [list(each) for each in found] == [
        ["text", "kind", "number", "year", "symbol", "issuer", "date", "term", "start", "end"]
    ] * 2
    assert [TEXT[each["start"] : each["end"]] for each in found] == [each["text"] for each in found]
    assert found[1]["term"] == {"khoa": "X", "congress": None, "plenum": None, "years": None}


def test_for_people_it_is_a_line_each(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert cite(str(tmp_path / "a.txt")).splitlines() == [
        "nghị quyết · số 02-NQ/TU · TU · ngày 21/01/2021", "chỉ thị · số 10 · Ban Bí thư · khóa X",
    ]  # fmt: skip
    (tmp_path / "b.txt").write_text("05 đồng chí ở Ban Chỉ đạo 32.")
    assert "Không thấy văn bản nào." in cite(str(tmp_path / "b.txt"))
    assert json.loads(cite(str(tmp_path / "b.txt"), "--json")) == []


def test_a_word_file_is_read_with_its_tables(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(a_word_file())
    found = json.loads(cite(str(tmp_path / "a.docx"), "--json"))
    assert [each["number"] for each in found] == ["02", "10", "111"]


def test_text_of_windows_is_read_too() -> None:
    assert text_of(TEXT.encode("utf-16")) == TEXT


@pytest.mark.parametrize(("data", "code"), [
    (b"x" * (MOST + 1), "text_too_big"), (b"\xd0\xcf\x11\xe0 old", "text_old_word"),
    (b"PK\x03\x04 cut", "text_broken"), (b"\xff\xfb\x00\x81", "text_broken"),
    (a_word_file()[:-200], "text_broken"),
])  # fmt: skip
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    with refused(code):
        text_of(data)


def test_on_the_command_line_it_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không mở được tệp") as left:
        cite(str(tmp_path / "none.txt"))
    assert left.value.returncode == 2
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0 old")
    with pytest.raises(CommandError, match=r"kiểu cũ \(\.doc\)") as left:
        cite(str(tmp_path / "old.doc"))
    assert left.value.returncode == 1
