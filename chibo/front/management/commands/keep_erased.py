"""What was erased stays erased: after a start, an upgrade or a restore, the book and the file beside it are joined."""

from __future__ import annotations

from typing import Any

from chibo.exchange.operations import forget_lists_of
from chibo.front.management.word import Word, as_machine
from chibo.kernel.dates import now
from chibo.membership.operations import erase_again, note_outside
from chibo.platform import erased


class Command(Word):
    """Of `chibo init`, `serve`, `upgrade`, `restore`."""

    word = "keep-erased"
    help = "Xóa lại những ô đã xóa theo yêu cầu, khi bản phục hồi cũ hơn."

    def handle(self, *args: Any, **options: Any) -> None:
        lines = erased.known()
        with as_machine():
            people = erase_again(lines, at=now())
            forget_lists_of(people)
        with as_machine():
            note_outside(lines)
        if people:
            self.stdout.write(f"Đã xóa lại thông tin của {len(people)} đảng viên theo yêu cầu trước đây.")
