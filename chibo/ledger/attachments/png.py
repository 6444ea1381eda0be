"""A PNG without texts, times and Exif."""

from __future__ import annotations

import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"}


class Broken(ValueError):
    """Not a whole PNG."""


def stripped(data: bytes) -> bytes:
    """The same picture: the chunks that draw it, and nothing after its end. Raises Broken."""
    out, at, kind = [SIGNATURE], len(SIGNATURE), b""
    if not data.startswith(SIGNATURE):
        raise Broken("no signature")
    while kind != b"IEND":
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        after = at + 12 + size
        if len(kind) < 4 or after > len(data):
            raise Broken("cut off")
        if zlib.crc32(data[at + 4 : after - 4]) != int.from_bytes(data[after - 4 : after]):
            raise Broken("wrong sum")
        if kind in _KEPT:
            out.append(data[at:after])
        at = after
    if out[1][4:8] != b"IHDR":
        raise Broken("no header")
    return b"".join(out)
