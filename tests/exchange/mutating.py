"""A workbook, spoilt a little: what an old disk, a cut line, or somebody with time on their hands would send."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from tests.exchange.making import SHEET, a_list, changed
from tests.exchange.test_members import HEADS, a_new

SEED_FILE = a_list(
    HEADS, a_new(), a_new("Hà Văn Hai", "Bản Pom Khe", card="000000000002"), ["", "Lò Văn Inh", "Bản Nà Lốc"],
    title=["ĐẢNG BỘ XÃ HUỔI LAM", "DANH SÁCH ĐẢNG VIÊN"],
)  # fmt: skip
PLACES = a_list(
    ["Tên thôn, bản", "Loại", "Cụm", "Chi bộ phụ trách", "Hình thức", "Biên giới", "DTTS", "Văn bản công nhận"],
    ["Bản Nà Lốc", "", "Cụm suối", "Bản Nà Lốc", "", "x", "x", "QĐ 861/QĐ-TTg"],
    ["Co Lót", "Bản", "", "", "Trắng đảng viên", "QĐ 33/2020", "", ""], ["Trạm y tế xã", "", "", "Pom Khe", "", "", ""],
    title=["ĐẢNG BỘ XÃ HUỔI LAM", "DANH SÁCH THÔN, BẢN"],
)  # fmt: skip
SEEDS = {"members": SEED_FILE, "villages": PLACES}
_JUNK = [
    b"<", b">", b"&", b"\x00", b"\xff", b'"', b"</c>", b"<c>", b"-1", b"99999999999", b"r=", b't="e"', b't="b"',
    b't="d"', b"<f>", b"<v>", b"&#x202e;", b"&#0;", b"=cmd", b"1e999", b"NaN", b"<mergeCell ref='A1:XFD9'/>",
]  # fmt: skip


def mutated(seed: int, kind: str = "members") -> bytes:
    """The same for the same seed."""
    dice = Random(seed)
    return dice.choice(_WAYS)(SEEDS[kind], dice)


def _flip(data: bytes, dice: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.randint(1, 30)):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def _cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data))] + bytes(dice.randrange(40))


def _inside(data: bytes, dice: Random, part: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content = _spoilt(content, dice)
            new.writestr(name, content)
    return made.getvalue()


def _spoilt(content: bytes, dice: Random) -> bytes:
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(content) + 1)
        if dice.random() < 0.5:
            content = content[:at] + dice.choice(_JUNK) + content[at:]
        elif dice.random() < 0.5:
            content = content[:at] + content[at + dice.randint(1, 20) :]
        else:
            here = dice.randrange(len(content) + 1)
            content = content[:at] + content[here : here + dice.randint(1, 200)] + content[at:]
    return content


_WORDS = [
    "", "nt", "X", "30/02/2015", "12/31/2015", "1979", "=1+1", "Lò\u202eVăn", "Нà Văn", "a" * 300, "Lß V¨n", "0",
    "-1", "1,40E+10", "Bản Pom Khe", "Họ và tên", "03/02/2015", "STT", "Tổng cộng", "\u0301\u0323", "012345678901",
]  # fmt: skip
_ATTRIBUTES = {rb'r="[A-Z]+\d+"': [b'r="A1"', b'r="C4"', b'r="H9"', b'r="ZZ9"', b'r="XFD1048576"', b'r="?"', b""],
               rb't="\w+"': [b't="s"', b't="b"', b't="e"', b't="d"', b't="n"', b't="str"', b't="zz"', b""],
               rb's="\d+"': [b's="0"', b's="1"', b's="999"', b's="-1"'],
               rb"<v>[^<]*</v>": [b"<v>0</v>", b"<v>3</v>", b"<v>99999</v>", b"<v>NaN</v>", b"<v>1e999</v>", b"<v/>",
                                  b"<f>1+1</f>", b"<v>-7</v>", b"<v>40000</v>", b"<v>1979</v>"]}  # fmt: skip


def _well_formed(data: bytes, dice: Random) -> bytes:
    """Still XML, and saying something else."""

    def spoil(part: bytes) -> bytes:
        for _ in range(dice.randint(1, 6)):
            pattern, others = dice.choice(list(_ATTRIBUTES.items()))
            there = list(re.finditer(pattern, part))
            if there:
                found = dice.choice(there)
                part = part[: found.start()] + dice.choice(others) + part[found.end() :]
        return part

    return changed(data, {SHEET: spoil})


def _other_words(data: bytes, dice: Random) -> bytes:
    """The same shape with other words in it."""

    def spoil(part: bytes) -> bytes:
        for _ in range(dice.randint(1, 6)):
            there = list(re.finditer(rb"(<t[^>]*>)([^<]*)(</t>)", part))
            found = dice.choice(there)
            part = part[: found.start(2)] + dice.choice(_WORDS).encode() + part[found.end(2) :]
        return part

    return changed(data, {"xl/sharedStrings.xml": spoil})


def _of_the_sheet(data: bytes, dice: Random) -> bytes:
    return _inside(data, dice, SHEET)


def _of_the_words(data: bytes, dice: Random) -> bytes:
    return _inside(data, dice, "xl/sharedStrings.xml")


def _of_another_part(data: bytes, dice: Random) -> bytes:
    parts = ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]
    return _inside(data, dice, dice.choice(parts))


_WAYS: list[Callable[[bytes, Random], bytes]] = [
    _flip, _cut, _of_the_sheet, _of_the_words, _of_another_part, _well_formed, _well_formed, _other_words, _other_words,
]  # fmt: skip
