"""Bad files against the child process: refused with a reason before anything is parsed, and the server lives."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chibo.exchange.reading import archive, survey
from chibo.exchange.reading.child import answer
from chibo.exchange.reading.workbook import MOST, read_workbook
from tests.conftest import refused
from tests.exchange.making import SHEET, a_book, a_list, changed, sheet_with

GOOD = a_list(["Họ và tên", "Chi bộ"], ["Lò Văn Inh", "Nà Lốc"])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def an_archive(*entries: tuple[str, bytes], **options: Any) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in entries:
            book.writestr(name, content)
    return made.getvalue()


def with_declaration(inside: bytes) -> bytes:
    """The sheet begins with a declaration of its type."""
    return changed(GOOD, {SHEET: lambda part: part.replace(b"?>", b"?>" + inside, 1)})


def a_bomb() -> bytes:
    """A few hundred kilobytes that unpack to more than anybody needs."""
    size = archive.MOST_OF_A_PART + (1 << 20)
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * size + b"</t></is></c></row>"
    return sheet_with(rows)


def a_lying_header() -> bytes:
    """The header of the sheet says that it holds ten bytes."""
    data = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as book:
        entry = book.getinfo(SHEET)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = bytes(data).find(mark)
        while place >= 0:
            if SHEET.encode() in data[place : place + 100]:
                struct.pack_into("<I", data, place + at, 10)
            place = bytes(data).find(mark, place + 4)
    assert entry.file_size != 10
    return bytes(data)


def a_link_out() -> bytes:
    """An entry that is a symbolic link."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        new.writestr(link, "/etc/passwd")
    return made.getvalue()


def overlapping() -> bytes:
    """Two entries of the directory that lead to the same bytes."""
    data, place = bytearray(GOOD), -1
    offsets = []
    while (place := bytes(data).find(b"PK\x01\x02", place + 1)) >= 0:
        offsets.append(place)
    first = struct.unpack_from("<I", data, offsets[0] + 42)
    struct.pack_into("<I", data, offsets[1] + 42, first[0])
    return bytes(data)


def far_cell() -> bytes:
    return sheet_with(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def many_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, survey.MOST_ROWS + 3))
    return sheet_with(rows)


def of_type(old: bytes, new: bytes) -> bytes:
    """The workbook says that it is something else."""
    return changed(GOOD, {"[Content_Types].xml": lambda part: part.replace(old, new)})


PLAIN_TYPE = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
NAMING = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
WHOLE_FILES: list[tuple[str, Callable[[], bytes], str]] = [
    ("1 zero bytes", lambda: b"", "file_empty"),
    ("2 a PDF by name a workbook", lambda: b"%PDF-1.7\n1 0 obj", "list_kind"),
    ("2 a web page by name a workbook", lambda: b"<html><table><tr><td>a,b</td></tr></table>", "list_kind"),
    ("2 a picture by name a workbook", lambda: b"\x89PNG\r\n\x1a\n\x00\x00", "list_kind"),
    ("2 a Word file", lambda: of_type(b"spreadsheetml.sheet", b"wordprocessingml.document"), "list_kind"),
    ("3 old .xls", lambda: OLE + b"\x00" * 600, "list_old_excel"),
    ("4 with a password", lambda: OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "list_locked"),
    ("5 cut off", lambda: GOOD[: len(GOOD) // 2], "list_broken"),
    ("5 a wrong sum", lambda: GOOD[:200] + bytes([GOOD[200] ^ 255]) + GOOD[201:], "list_broken"),
    ("6 a bomb", a_bomb, "list_too_big_inside"),
    ("7 ten thousand entries", lambda: an_archive(*((f"xl/{n}.xml", b"<a/>") for n in range(10_000))), "list_unsafe"),
    ("7 overlapping entries", overlapping, "list_unsafe"),
    ("7 an archive in an archive", lambda: an_archive(("a.xlsx", GOOD)), "list_kind"),
    ("8 a name that leads out", lambda: changed(GOOD, {"../../etc/x.xml": b"<a/>"}), "list_unsafe"),
    ("8 an absolute name", lambda: changed(GOOD, {"/etc/x.xml": b"<a/>"}), "list_unsafe"),
    ("8 a link", a_link_out, "list_unsafe"),
    ("9 a header that lies", a_lying_header, "list_broken"),
    ("10 an entity that names a file", lambda: with_declaration(NAMING), "list_unsafe"),
    ("11 a billion laughs", lambda: with_declaration(ENTITIES), "list_unsafe"),
    ("12 a program inside", lambda: changed(GOOD, {"xl/vbaProject.bin": b"x"}), "list_macros"),
    ("12 .xlsm", lambda: of_type(PLAIN_TYPE, b"ms-excel.sheet.macroEnabled.main"), "list_macros"),
    ("14 a cell at the end of the world", far_cell, "list_too_far"),
    ("15 more rows than the limit", many_rows, "list_too_many_rows"),
    ("30 text in UTF-16", lambda: "Họ và tên\tChi bộ\n".encode("utf-16"), "list_csv"),
    ("30 CSV with a mark of bytes", lambda: "\ufeffHọ và tên,Chi bộ\n".encode(), "list_csv"),
    ("too many bytes", lambda: b"PK" + b"\x00" * MOST, "list_too_big"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "code"), [pytest.param(m, c, id=i) for i, m, c in WHOLE_FILES])
def test_a_file_refused_whole(make: Callable[[], bytes], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make()
    if data[:2] == b"PK" and len(data) < MOST:
        told = answer(data)
        assert told["why"] == code
    else:
        with refused(code):
            read_workbook("ds.xlsx", data)


@pytest.mark.sweep
@pytest.mark.parametrize("make", [a_bomb, far_cell], ids=["a bomb", "a far cell"])
def test_the_worst_of_them_in_a_process_of_its_own(make: Callable[[], bytes]) -> None:
    code = "list_too_big_inside" if make is a_bomb else "list_too_far"
    with refused(code):
        read_workbook("ds.xlsx", make())


def test_the_child_reads_a_good_one() -> None:
    (sheet,) = read_workbook("ds.xlsx", GOOD).sheets
    assert [c.text for c in sheet.lines[1].cells.values()] == ["Lò Văn Inh", "Nà Lốc"]


@pytest.mark.sweep
def test_the_child_has_little_memory() -> None:
    """Text of seventy million letters passes the limit of a part and not that of the process."""
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"&#7877;" * (13 << 20) + b"</t></is></c></row>"
    data = sheet_with(rows)
    try:
        (sheet,) = read_workbook("ds.xlsx", data).sheets
    except Exception as refusal:
        assert getattr(refusal, "code", "") in {"list_broken", "list_too_big_inside"}
    else:
        assert sheet.lines[0].cells[1].kind == "l"


def test_13_what_comes_from_outside_is_listed_and_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: asked.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *rest, **more: asked.append(rest))
    data = changed(GOOD, {
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="x"><ddeLink ddeService="cmd"/></externalLink>',
        "xl/connections.xml": b'<connections><connection url="http://192.0.2.1/"/></connections>',
        "xl/media/image1.png": b"x",
    })  # fmt: skip
    told = answer(data)
    assert told["ignored"] == ["links", "pictures", "queries"]
    assert asked == []


@pytest.mark.sweep
def test_15_a_million_empty_styled_rows_do_not_count() -> None:
    rows = b"".join(b'<row r="%d" s="1"/>' % n for n in range(2, 1_000_000))
    told = answer(sheet_with(b'<row r="1"><c r="A1"><v>1</v></c></row>' + rows))
    assert [row[0] for row in told["sheets"][0]["rows"]] == [1]


def test_16_one_cell_of_a_megabyte() -> None:
    told = answer(a_list(["Họ và tên", "Chi bộ"], ["a" * 32_000, "Nà Lốc"]))
    assert told["sheets"][0]["rows"][1][1][0][1] == "l"
    long = sheet_with(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * (1 << 20) + b"</t></is></c></row>")
    assert answer(long)["sheets"][0]["rows"][0][1][0][1:3] == ["l", str(1 << 20)]


def test_17_hidden_sheets_are_only_named() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Chính").write_row(0, 0, ["Họ và tên", "Chi bộ"])
        book.add_worksheet("Ẩn").hide()
        book.add_worksheet("Ẩn kỹ").very_hidden()

    told = answer(a_book(fill))
    assert [s["name"] for s in told["sheets"]] == ["Chính"]
    assert [s["name"] for s in told["others"]] == ["Ẩn", "Ẩn kỹ"]


def test_25_formulas_are_never_evaluated() -> None:
    told = answer(sheet_with(
        b'<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>7</v></c>'
        b'<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    ))  # fmt: skip
    assert [cell[1:3] for cell in told["sheets"][0]["rows"][0][1]] == [["f", ""], ["n", "7"], ["e", "#DIV/0!"]]


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer(changed(GOOD, {"../x.xml": b"<a/>"}))
    answer(GOOD)
    assert list(tmp_path.rglob("*")) == []
