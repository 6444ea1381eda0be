"""A JPEG without what camera and telephone wrote into it: place, time, device, previews."""

from __future__ import annotations

import struct
from collections.abc import Iterator

START, END, SCAN = 0xD8, 0xD9, 0xDA
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_JFIF, _EXIF, _ADOBE = 0xE0, 0xE1, 0xEE
_METADATA = {*range(0xE1, 0xF0), 0xFE} - {_ADOBE}  # APP1 … APP15 and comments; Adobe's says how colours are kept
_ORIENTATION = 0x0112


class Broken(ValueError):
    """Not a whole JPEG."""


def stripped(data: bytes) -> bytes:
    """The same picture; of the metadata only which side is up is kept. Raises Broken."""
    out, turned = [b"\xff\xd8"], 0
    for marker, body in _segments(data):
        if marker == _EXIF:
            turned = turned or _orientation(body)
        elif marker == _JFIF:
            out.append(_plain_jfif(body))
        elif marker not in _METADATA:
            out.append(body)
    if turned > 1:
        out.insert(1, _only_orientation(turned))
    return b"".join(out)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, whole segment with its marker) up to the end of the picture; what follows it is left out."""
    at = 2
    if data[:2] != b"\xff\xd8":
        raise Broken("no start")
    while True:
        while data[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise Broken("no marker")
        marker = data[at + 1]
        after = at + 2 if marker == END or marker in _BARE else at + 2 + _length(data, at + 2)
        if marker == SCAN:
            after = _end_of_scan(data, after)
        if after > len(data):
            raise Broken("cut off")
        yield marker, data[at:after]
        if marker == END:
            return
        at = after


def _length(data: bytes, at: int) -> int:
    length = int.from_bytes(data[at : at + 2])
    if length < 2:
        raise Broken("no length")
    return length


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next real marker stands: inside a scan FF is followed by 00 or by a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Broken("cut off")
        following = data[at + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2


def _plain_jfif(segment: bytes) -> bytes:
    """The resolution, without the small preview; a segment of nothing but a preview goes."""
    if segment[4:9] != b"JFIF\0" or len(segment) < 18:
        return b""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"


def _orientation(segment: bytes) -> int:
    """Exif's tag 0x0112 in its first directory, 0 when it does not say."""
    tiff = segment[10:]
    if segment[4:10] != b"Exif\0\0" or tiff[:4] not in {b"II*\0", b"MM\0*"}:
        return 0
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for entry in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * entry)
            if tag == _ORIENTATION and kind == 3:
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_orientation(turned: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
