"""What may come in, told by its bytes and not by its name; refused or stripped."""

from __future__ import annotations

import json
from dataclasses import dataclass

from chibo.kernel import limited
from chibo.kernel.errors import Refused, refuse_if
from chibo.ledger.attachments import jpeg, png
from chibo.ledger.attachments.marks import mark_in_name, mark_in_text
from chibo.ledger.models import Attachment

MOST = 10 << 20  # bytes of one file
_MAGIC = [(b"%PDF-", Attachment.PDF), (b"\xff\xd8\xff", Attachment.JPEG), (png.SIGNATURE, Attachment.PNG)]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Bytes that may be kept, and what they are."""

    kind: str
    data: bytes


def cleaned(name: str, data: bytes) -> Cleaned:
    """Nhận một tệp: PDF, JPEG or PNG, at most 10 MB, without marks of secrecy; metadata taken away.

    Raises Refused: file_empty, file_too_big, file_marked_secret, file_kind, file_broken, file_locked,
    file_pages. The name is looked at and forgotten.
    """
    refuse_if(not data, "file_empty")
    refuse_if(len(data) > MOST, "file_too_big", most=MOST >> 20)
    _refuse_secret(mark_in_name(name))
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    refuse_if(kind is None, "file_kind")
    if kind == Attachment.PDF:
        return Cleaned(kind, _pdf(data))
    try:
        kept = jpeg.stripped(data) if kind == Attachment.JPEG else png.stripped(data)
    except (jpeg.Broken, png.Broken):
        kept = b""
    refuse_if(not kept, "file_broken")
    return Cleaned(str(kind), kept)


def _refuse_secret(mark: str | None) -> None:
    refuse_if(mark, "file_marked_secret", mark=mark)


def _pdf(data: bytes) -> bytes:
    """Opened in a process of its own, which cannot take this one down with it."""
    found = limited.ask("chibo.ledger.attachments.pdf_child", data)
    if found is None:
        raise Refused("file_broken")
    size = int.from_bytes(found[:4])
    head, body = json.loads(found[4 : 4 + size]), found[4 + size :]
    refuse_if(head.get("why") == "locked", "file_locked")
    refuse_if(head.get("why") == "pages", "file_pages", most=head.get("most"))
    _refuse_secret(mark_in_text(head["text"]))
    return body
