"""A page that looks as if it had been scanned: lines of writing, a seal, a signature. Drawn, never photographed."""

from __future__ import annotations

import math
import struct
import zlib
from random import Random

WIDTH, HEIGHT, MARGIN = 620, 877, 62  # A4 at 75 dots an inch
PAPER, INK, SEAL = (250, 248, 242), (58, 54, 60), (176, 58, 46)
Pixel = tuple[int, int, int]


class Page:
    """A sheet of paper that can be written on."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a drawing
        self.dots = bytearray(bytes(PAPER) * (WIDTH * HEIGHT))

    def dot(self, x: float, y: float, ink: Pixel, size: int = 1) -> None:
        """A spot of ink, `size` dots wide."""
        for down in range(size):
            for across in range(size):
                left, top = int(x) + across, int(y) + down
                if 0 <= left < WIDTH and 0 <= top < HEIGHT:
                    at = 3 * (top * WIDTH + left)
                    self.dots[at : at + 3] = bytes(ink)

    def words(self, top: int, left: int, right: int, size: int = 5) -> None:
        """A line of writing too small to read."""
        at = left
        while at < right:
            end = min(right, at + self.random.randint(12, 34))
            for x in range(at, end):
                height = self.random.choice((size - 2, size - 1, size))
                for y in range(height):
                    if self.random.random() < 0.55:
                        self.dot(x, top + size - y, INK)
            at = end + 7

    def ring(self, x: int, y: int, radius: int) -> None:
        """A round seal."""
        for step in range(1440):
            angle = math.radians(step / 4)
            for wide in (radius, radius - 6):
                self.dot(x + wide * math.cos(angle), y + wide * math.sin(angle), SEAL)

    def signature(self, left: int, top: int) -> None:
        """A hand that signs."""
        loops, high = self.random.uniform(3, 5), self.random.randint(13, 20)
        for step in range(900):
            part = step / 900
            x = left + 112 * part + 12 * math.sin(part * loops * 2 * math.pi)
            y = top - 14 * part + high * math.cos(part * loops * 2 * math.pi) * (1 - part / 2)
            self.dot(x, y, (40, 52, 120), 2)


def signed_page(seed: int) -> Page:
    """A page of minutes: heading, text, two signatures, the seal of the committee on it."""
    page, inside = Page(seed), WIDTH - MARGIN
    page.words(58, MARGIN, 250, 6)
    page.words(58, 350, inside, 6)
    page.words(76, MARGIN + 20, 220)
    page.words(132, 250, 370, 9)
    page.words(150, 170, 450)
    top = 196
    while top < 640:
        last = page.random.random() < 0.22
        page.words(top, MARGIN, inside - (page.random.randint(60, 320) if last else 0))
        top += 26 if last else 17
    page.words(690, MARGIN + 20, 210, 6)
    page.words(690, 400, inside - 10, 6)
    page.signature(MARGIN + 30, 748)
    page.signature(410, 744)
    page.ring(424, 742, 52)
    page.words(806, MARGIN + 20, 200)
    page.words(806, 410, inside - 20)
    return page


def png(page: Page) -> bytes:
    """The page as a PNG."""
    rows = b"".join(b"\0" + page.dots[3 * WIDTH * y : 3 * WIDTH * (y + 1)] for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pdf(pages: list[Page]) -> bytes:
    """The pages as one PDF of A4."""
    kids = " ".join(f"{3 + 3 * place} 0 R" for place in range(len(pages)))
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()]
    for place, page in enumerate(pages):
        number = 3 + 3 * place
        picture, drawn = zlib.compress(bytes(page.dots), 6), b"q 595 0 0 842 0 0 cm /P Do Q"
        parts += [
            (
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R"
                f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>"
            ).encode(),
            _stream(f"/Length {len(drawn)}", drawn),
            _stream(
                f"/Type/XObject/Subtype/Image/Width {WIDTH}/Height {HEIGHT}/ColorSpace/DeviceRGB"
                f"/BitsPerComponent 8/Filter/FlateDecode/Length {len(picture)}",
                picture,
            ),
        ]
    return _file(parts)


def _stream(about: str, body: bytes) -> bytes:
    return f"<<{about}>>\nstream\n".encode() + body + b"\nendstream"


def _file(parts: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
