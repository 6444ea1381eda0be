"""Each step of a plan as a line of the page. Nothing here decides anything."""

from __future__ import annotations

from chibo.kernel.dates import show_number
from chibo.reorganisation.plans import Plan, Step

WORDS = {
    "unit_begins": "Lập {heir}",
    "unit_ends": "{source} kết thúc hoạt động; trang và giấy tờ cũ vẫn đọc được mãi",
    "unit_changes": "{source} có tên, loại hoặc cấp trên mới; tên và vị trí cũ vẫn giữ cho những ngày trước",
    "branch_moves": "{count} tổ chức (cả nhánh {source}) chuyển về {heir}",
    "placed_anew": "{count} buổi sinh hoạt, nhiệm vụ từ ngày hiệu lực trở đi được tính ở {heir}",
    "members_move": "{count} đảng viên từ {source} về {heir}",
    "guests_move": "{count} đảng viên sinh hoạt tạm thời từ {source} về {heir}",
    "posts_end": "{count} chức vụ ở {source} thôi cùng ngày, quyền hạn hết theo",
    "posts_go_on": "{count} chức vụ tiếp tục ở {heir}",
    "state_posts_move": "{count} chức vụ chính quyền, đoàn thể ghi bên {heir}",
    "terms_end": "{count} nhiệm kỳ của {source} kết thúc",
    "terms_go_on": "{heir} nhận phần còn lại của nhiệm kỳ, để lấy số văn bản",
    "bodies_end": "{count} ban, tổ của {source} kết thúc",
    "charges_end": "{count} phân công phụ trách {source} kết thúc",
    "charges_go_on": "{count} cấp ủy viên phụ trách tiếp ở {heir}",
    "limitations_move": "{count} hạn chế còn mở từ {source} về {heir}",
    "tasks_move": "{count} nhiệm vụ chưa xong từ {source} về {heir}",
    "meetings_move": "{count} buổi đã vào lịch từ {source} về {heir}",
    "meetings_not_held": "{count} buổi đã vào lịch của {source} ghi là không họp",
    "localities_move": "{count} thôn, bản, trường, trạm của {source} ghi vào sổ của {heir}",
    "localities_go_on": "{count} địa bàn của {source} do {heir} phụ trách tiếp; chia lại thì ghi ở từng địa bàn",
    "localities_left": "{count} địa bàn do {source} phụ trách chưa có ai phụ trách",
    "papers_stay": "{count} văn bản đã lấy số ở lại với {source}; {heir} giữ hồ sơ",
}


def lines(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    """Sentences and the names behind each; steps that go without saying are left out."""
    return [(_line(step), step.names) for step in plan.steps if step.code in WORDS]


def _line(step: Step) -> str:
    words = WORDS[step.code]
    if step.code == "papers_stay" and not step.heir:
        words = "{count} văn bản đã lấy số ở lại với {source}"
    return words.format(count=show_number(step.count), source=step.source, heir=step.heir)


def leaderless(plan: Plan) -> list[str]:
    """Heirs the act founds that nobody leads yet."""
    led = {step.heir for step in plan.steps if step.code == "posts_go_on" and any("Bí thư" in n for n in step.names)}
    return [step.heir for step in plan.steps if step.code == "unit_begins" and step.heir not in led]
