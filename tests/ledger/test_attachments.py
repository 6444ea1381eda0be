"""Files beside the records: by their bytes, without metadata, under their hash."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from chibo.ledger.attachments import cleaning, jpeg, storing
from chibo.ledger.attachments.cleaning import Cleaned, cleaned
from chibo.ledger.attachments.marks import mark_in_name, mark_in_text
from chibo.ledger.models import Attachment
from tests.conftest import refused
from tests.ledger.conftest import EVENING

SECRET = b"GPS 21.38 103.02 anh chup"


def a_jpeg(*, turned: int = 1, tail: bytes = b"") -> bytes:
    """The skeleton of a telephone's picture: JFIF, Exif with place and side, a comment, one scan."""

    def segment(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body

    directory = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, turned, 0, 0)
    exif = b"Exif\0\0II*\0\x08\0\0\0" + directory + SECRET
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01abc")  # with a preview of one point
        + segment(0xE1, exif)
        + segment(0xED, SECRET)
        + segment(0xFE, SECRET)
        + segment(0xDB, bytes(65))
        + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
        + tail
    )


def a_png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    texts = chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"eXIf", SECRET) + chunk(b"tIME", SECRET[:7])
    return b"\x89PNG\r\n\x1a\n" + header + texts + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"") + SECRET


def a_pdf(said: str = "Bien ban", *, locked: bool = False) -> bytes:
    """One page of text and a photograph, with everything a PDF can carry besides."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    photo = DecodedStreamObject()
    photo.set_data(a_jpeg(turned=6))
    photo.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
                  NameObject("/Filter"): NameObject("/DCTDecode")})  # fmt: skip
    about = DecodedStreamObject()
    about.set_data(b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")
    photo[NameObject("/Metadata")] = writer._add_object(about)
    page[NameObject("/Resources")] = DictionaryObject({
        NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(font)}),
        NameObject("/XObject"): DictionaryObject({NameObject("/P"): writer._add_object(photo)}),
    })  # fmt: skip
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F 12 Tf 20 100 Td ({said}) Tj ET /P Do".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(drawn)
    writer.add_annotation(0, Text(rect=(0, 0, 9, 9), text=SECRET.decode()))
    writer.add_attachment("danh-sach.txt", SECRET)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(f"app.alert('{SECRET.decode()}')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject(k): v for k, v in script.items()})
    writer.add_metadata({"/Author": SECRET.decode()})
    if locked:
        writer.encrypt("khoa", algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_jpeg_keeps_only_the_picture_and_which_side_is_up() -> None:
    assert SECRET in a_jpeg(turned=6)
    kept = cleaned("anh.jpg", a_jpeg(turned=6, tail=SECRET)).data
    assert SECRET not in kept
    assert [marker for marker, _ in jpeg._segments(kept)] == [0xE1, 0xE0, 0xDB, 0xDA, 0xD9]
    assert jpeg._orientation(next(body for marker, body in jpeg._segments(kept) if marker == 0xE1)) == 6
    assert b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" in kept
    assert jpeg.stripped(kept) == kept


def test_a_png_keeps_only_what_draws() -> None:
    kept = cleaned("anh.png", a_png()).data
    assert SECRET not in kept
    assert all(word not in kept for word in (b"tEXt", b"eXIf", b"tIME"))
    assert kept.endswith(b"IEND\xaeB`\x82")


def test_a_pdf_keeps_only_its_pages() -> None:
    assert SECRET in a_pdf()
    kept = cleaned("bien-ban.pdf", a_pdf())
    assert kept.kind == Attachment.PDF
    again = PdfReader(BytesIO(kept.data))
    assert "Bien ban" in again.pages[0].extract_text()
    for word in (SECRET, b"xmpmeta", b"/Author", b"JavaScript", b"EmbeddedFile", b"/Annot", b"pypdf"):
        assert word not in kept.data, word
    assert len(again.pages[0]["/Resources"]["/XObject"]) == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"", "file_empty"),
        ("a.pdf", b"MZ\x90\0 not a pdf", "file_kind"),
        ("a.pdf", b"%PDF-1.7 nothing else", "file_broken"),
        ("a.jpg", a_jpeg()[:60], "file_broken"),
        ("a.png", a_png().replace(b"IDAT", b"IDAX"), "file_broken"),
        ("a.gif", b"GIF89a", "file_kind"),
        ("TUYỆT MẬT.pdf", a_png(), "file_marked_secret"),
        ("a.pdf", a_pdf(locked=True), "file_locked"),
    ],
)
def test_what_is_no_plain_scan_stays_outside(name: str, data: bytes, code: str) -> None:
    with refused(code):
        cleaned(name, data)


def test_too_big_is_said_in_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MOST", 1 << 20)
    with refused("file_too_big", most=1):
        cleaned("a.png", a_png() + bytes(1 << 20))


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("TUYET MAT 12.pdf", "Tuyệt mật"), ("cv-toi-mat.pdf", "Tối mật"), ("Công văn 12 mật.pdf", "Mật"),
        ("van_ban_MAT.jpg", "Mật"), ("toimat.pdf", "Tối mật"),
        ("so co mat.pdf", None), ("bí mật nhà nước, tập huấn.pdf", None), ("bảo mật.pdf", None),
        ("biên bản 11.pdf", None),
    ],
)  # fmt: skip
def test_marks_in_names(name: str, mark: str | None) -> None:
    assert mark_in_name(name) == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("ĐẢNG ỦY XÃ\nTUYỆT  MẬT\nSố 12", "Tuyệt mật"), ("TỐI MẬT", "Tối mật"), ("\nMẬT\nBIÊN BẢN", "Mật"),
        ("giữ bí mật; bảo mật; BẢO VỆ BÍ MẬT NHÀ NƯỚC", None), ("có mặt 12", None),
    ],
)  # fmt: skip
def test_marks_on_a_page(text: str, mark: str | None) -> None:
    assert mark_in_text(text) == mark


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    return tmp_path / "files"


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_and_come_back_whole(folder: Path) -> None:
    file = Cleaned(Attachment.PNG, a_png())
    first, second = storing.store(file, at=EVENING), storing.store(file, at=EVENING)
    assert first == second
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert kept == [folder / first.sha256[:2] / first.sha256]
    assert kept[0].stat().st_mode & 0o777 == 0o600
    assert storing.content_of(first) == file.data
    assert list(storing.checks()) == []


@pytest.mark.django_db
def test_a_file_that_changed_or_went_is_found_and_never_given_out(folder: Path) -> None:
    row = storing.store(Cleaned(Attachment.PNG, a_png()), at=EVENING)
    place = storing.place_of(row.sha256)
    place.write_bytes(b"x")
    assert ["bị sửa" in each for each in storing.checks()] == [True]
    with refused("file_lost"):
        storing.content_of(row)
    place.unlink()
    assert ["không còn" in each for each in storing.checks()] == [True]
    with refused("file_lost"):
        storing.content_of(row)
