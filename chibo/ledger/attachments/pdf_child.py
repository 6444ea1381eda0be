"""The process that opens a PDF: little memory, little time, no secrets around it. Bytes in, pages and text out.

Only what draws a page is copied into a new file: no names of people and programs, no script, no attached file, no
form, no link. Pictures inside lose their metadata like pictures of their own.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

from chibo.kernel.limited import hold_back

MOST_PAGES = 60
_OF_A_PAGE = ("/Type", "/Parent", "/Contents", "/MediaBox", "/CropBox", "/Resources", "/Rotate", "/UserUnit")
_ABOUT = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/Alternates")


def main() -> None:
    hold_back()
    head, body = answer(sys.stdin.buffer.read())
    told = json.dumps(head).encode()
    sys.stdout.buffer.write(len(told).to_bytes(4) + told + body)


def answer(data: bytes) -> tuple[dict[str, Any], bytes]:
    """A head ({"why": …} when refused, else {"pages", "text"}) and the new file."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        return {"why": "locked"}, b""
    pages = len(reader.pages)
    if not 0 < pages <= MOST_PAGES:
        return {"why": "pages", "most": MOST_PAGES}, b""
    text = ""
    with suppress(Exception):  # a page whose text cannot be read is a picture to us
        text = reader.pages[0].extract_text()
    writer = PdfWriter()
    for page in reader.pages:
        for key in [key for key in page if key not in _OF_A_PAGE]:
            del page[key]
        writer.add_page(page)
    for each in list(writer._objects):
        _strip(each)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    writer.metadata = None
    made = BytesIO()
    writer.write(made)
    return {"pages": pages, "text": text[:20_000]}, made.getvalue()


def _strip(thing: Any) -> None:
    """Take away what is about the file; look into pictures."""
    from pypdf.generic import DictionaryObject, StreamObject

    from chibo.ledger.attachments import jpeg

    if not isinstance(thing, DictionaryObject):
        return
    for key in _ABOUT:
        if key in thing:
            del thing[key]
    filters = thing.get("/Filter")
    if isinstance(thing, StreamObject) and filters in ("/DCTDecode", ["/DCTDecode"]):
        with suppress(jpeg.Broken):
            thing._data = jpeg.stripped(thing._data)


if __name__ == "__main__":
    main()
