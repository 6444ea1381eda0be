"""The workbook as an archive: every reason not to open it, found before it is parsed. Nothing touches the disk."""

from __future__ import annotations

import posixpath
import stat
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise
from xml.parsers import expat

MOST_PARTS = 1_000
MOST_OF_A_PART = 96 << 20  # bytes, unpacked and counted while reading
MOST_OF_ALL = 160 << 20
_PIECE = 1 << 16
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OUTSIDE = {
    "xl/externalLinks/": "links", "xl/queryTables/": "queries", "xl/connections.xml": "queries",
    "xl/media/": "pictures", "xl/drawings/": "pictures", "xl/embeddings/": "embedded", "xl/pivotTables/": "pivots",
}  # fmt: skip


class Unfit(Exception):
    """Why the file is not opened: a code of a refusal."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part that makes the lists, unpacked within limits and free of declarations. Raises Unfit."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_shape(entries)
            return _unpacked(archive, entries)
    except Unfit:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Unfit("list_broken") from None


def ignored_in(names: list[str]) -> list[str]:
    """What the file also carries and nobody opens: links to other files, queries, pictures …"""
    return sorted({word for name in names for start, word in _OUTSIDE.items() if name.startswith(start)})


def _refuse_shape(entries: list[zipfile.ZipInfo]) -> None:
    if not entries:
        raise Unfit("list_kind")
    if len(entries) > MOST_PARTS:
        raise Unfit("list_unsafe")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(map(_leads_out, entries)) or _overlap(entries):
        raise Unfit("list_unsafe")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit("list_locked")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit("list_macros")
    if "[Content_Types].xml" not in names:
        raise Unfit("list_kind")


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return link or name.startswith("/") or ":" in name or ".." in name.split("/") or posixpath.normpath(name) == ".."


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    spans = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    return any(after[0] < before[1] for before, after in pairwise(spans))


def _wanted(name: str) -> bool:
    """Parts openpyxl reads for values; drawings, themes, macros and links are never unpacked."""
    name = name.lower()
    if not name.endswith((".xml", ".rels")):
        return False
    return not name.startswith(tuple(k.lower() for k in _OUTSIDE))


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    found, total = {}, 0
    for entry in entries:
        if _wanted(entry.filename):
            found[entry.filename] = _read(archive, entry, MOST_OF_ALL - total)
            total += len(found[entry.filename])
            refuse_declarations(found[entry.filename])
    types = found["[Content_Types].xml"].decode("utf-8", "replace")
    if "macroEnabled" in types:
        raise Unfit("list_macros")
    if _SHEETS not in types:
        raise Unfit("list_kind")
    return found


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    most, size, pieces = min(MOST_OF_A_PART, room), 0, []
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > most:
                raise Unfit("list_too_big_inside", most=most >> 20)
            pieces.append(piece)
    return b"".join(pieces)


def refuse_declarations(part: bytes) -> None:
    """No part of a workbook declares a document type: it could name files of the server, or grow without end."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _declared
    parser.EntityDeclHandler = _declared
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Unfit("list_broken") from None


def _declared(*_: object) -> None:
    raise Unfit("list_unsafe")
