"""Keep a file under its own hash, give it back unchanged, say when it is not."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from chibo.kernel.errors import refuse_if
from chibo.ledger.attachments.cleaning import Cleaned
from chibo.ledger.models import Attachment
from chibo.platform.places import files_dir


def place_of(sha256: str) -> Path:
    """Where the file of this hash lies."""
    return files_dir() / sha256[:2] / sha256


def store(file: Cleaned, *, at: datetime) -> Attachment:
    """Cất tệp: on the disk before the row that names it; the same bytes are kept once.

    A file whose act is rolled back stays without a row; nobody can ask for it.
    """
    sha256 = hashlib.sha256(file.data).hexdigest()
    place = place_of(sha256)
    if not place.exists():
        _write(place, file.data)
    row, _ = Attachment.objects.get_or_create(
        sha256=sha256, defaults={"kind": file.kind, "size": len(file.data), "at": at}
    )
    return row


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(mode=0o700, exist_ok=True)
    draft = place.with_name(f".{place.name[:12]}.{secrets.token_hex(6)}")  # a dot: backups leave it alone
    try:
        with open(draft, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def content_of(row: Attachment) -> bytes:
    """The bytes, compared with their hash. Raises Refused: file_lost."""
    try:
        data = place_of(row.sha256).read_bytes()
    except OSError:
        data = b""
    refuse_if(hashlib.sha256(data).hexdigest() != row.sha256, "file_lost")
    return data


def checks() -> Iterator[str]:
    """For `chibo check`: every file that a row names is there and is what it was."""
    for row in Attachment.objects.order_by("sha256").iterator():
        place = place_of(row.sha256)
        if not place.is_file():
            yield f"Tệp đính kèm {row.sha256[:12]}: không còn trong thư mục."
            continue
        with open(place, "rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != row.sha256:
                yield f"Tệp đính kèm {row.sha256[:12]}: nội dung đã bị sửa."
