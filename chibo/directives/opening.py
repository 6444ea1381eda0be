"""The text of a file that came from outside: plain text, or a Word file opened in a process of its own."""

from __future__ import annotations

import sys
from io import BytesIO

from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.limited import ask, hold_back

MOST = 20 << 20  # bytes of a file
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def text_of(data: bytes) -> str:
    """Chữ trong tệp .docx hoặc .txt. Raises Refused: text_too_big, text_old_word, text_broken."""
    refuse_if(len(data) > MOST, "text_too_big", most=MOST >> 20)
    refuse_if(data.startswith(_OLD), "text_old_word")
    if data.startswith(_ZIP):
        read = ask("chibo.directives.opening", data)
        if read is None:
            raise Refused("text_broken")
        return read.decode()
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("text_broken")


def main() -> None:
    """In the child: paragraphs and tables of a Word file, in reading order."""
    hold_back()
    from docx import Document

    document = Document(BytesIO(sys.stdin.buffer.read()))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [" ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    sys.stdout.buffer.write("\n".join(lines).encode())


if __name__ == "__main__":
    main()
