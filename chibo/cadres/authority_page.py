"""The authority table as a page for people: docs/authority.md is this text, and a test holds them together."""

from __future__ import annotations

from chibo.cadres.authority import AUTHORITY, Reach
from chibo.cadres.models import Office
from chibo.kernel.actor import Power

WORDS = {
    Power.READ: "xem",
    Power.CHAIR: "ghi, kết thúc buổi họp",
    Power.SCHEDULE: "lập lịch, hoãn, mời họp",
    Power.ASSIGN: "giao, ghi kết quả nhiệm vụ",
    Power.DIRECT: "giao văn bản, chỉ tiêu cho cấp dưới",
    Power.REMEDY: "ghi, xác nhận khắc phục hạn chế",
    Power.HELP: "ghi giúp chi bộ",
    Power.ADMIT: "ghi đảng viên",
    Power.SENSITIVE: "xem, ghi thông tin nhạy cảm",
    Power.APPOINT: "ghi chức vụ, nhiệm kỳ",
    Power.ORGANISE: "lập, đổi tổ chức",
    Power.SEE_READINGS: "xem nhật ký mở hồ sơ",
    Power.KEEP_SERVER: "trông máy chủ",
}
REACH = {Reach.HERE: "đơn vị", Reach.BRANCH: "cả nhánh"}

HEAD = """# Ai được làm gì

Printed from `chibo/cadres/authority.py` by `make docs`; a test fails when the two differ. No post is compared anywhere
else in the code. «đơn vị» is the unit of the post itself, «cả nhánh» the unit and everything below it; an empty square
is nothing. A right begins and ends with the dated post: it is asked anew at every request. Out of sight is 404, in
sight without the right is 403. What is one's own (record, tasks, invitations) is seen without any post.
"""


def authority_page() -> str:
    """The whole page as Markdown."""
    powers = [power for power in Power if power in WORDS]
    lines = [
        "| Chức vụ | " + " | ".join(WORDS[power] for power in powers) + " |",
        "| --- " * (len(powers) + 1) + "|",
    ]
    for office in Office:
        reach = AUTHORITY[office]
        cells = [REACH[reach[power]] if power in reach else "" for power in powers]
        lines.append(f"| {office.label} | " + " | ".join(cells) + " |")
    return HEAD + "\n" + "\n".join(lines) + "\n"
