"""Sealed content as closing makes it, for an evening with something to say under every heading."""

from __future__ import annotations

from typing import Any

Content = dict[str, Any]


def task(text: str, owner: str = "", due: str | None = None) -> Content:
    return {"text": text, "owner": owner, "due": due}


def looked_back(text: str, owner: str, state: str, cause: str = "", remedy: str = "") -> Content:
    return {"text": text, "owner": owner, "due": None, "state": state, "cause": cause, "remedy": remedy}


def full_evening(**other: Any) -> Content:
    """Bản Nà Lốc, 03/10/2026: 24 members, 21 to attend, 19 there."""
    return {
        "unit": {"name": "Chi bộ bản Nà Lốc", "parent": "Đảng bộ xã Xuân Mộc", "place": "Xuân Mộc", "symbol": "CB"},
        "number": 21, "kind": "BB", "term": "2025 - 2030", "issued_on": "2026-10-03",
        "meeting": {"kind": "ordinary", "title": "Sinh hoạt thường kỳ tháng 10/2026", "theme": "",
                    "month": "2026-10-01", "held_on": "2026-10-03", "started": "19:30",
                    "ended": "21:15", "venue": "Nhà văn hóa bản Nà Lốc"},
        "roll": {
            "total": 24, "official": 22, "probationary": 2, "exempt": 2, "away": 1, "special_duty": 0, "guests_in": 0,
            "expected": 21, "present": 19, "late": 0, "excused": 2, "unexcused": 0, "present_official": 17,
            "present_probationary": 2, "voters_present": 17, "voters_called": 19,
            "absent": [
                {"name": "Hà Văn Quyết", "reason": "điều trị tại Bệnh viện Đa khoa tỉnh", "excused": True},
                {"name": "Lường Thị Hoa", "reason": "đưa con đi khám bệnh", "excused": True},
            ],
            "not_counted": [],
        },
        "guests": "Đồng chí Trần Thị Hạnh, Ủy viên Ban Chấp hành Đảng bộ xã, phụ trách Chi bộ",
        "chair": {"name": "Lò Văn Thịnh", "post": "Bí thư chi bộ"},
        "writer": {"name": "Vì Thị Duyên", "post": "Chi ủy viên"},
        "dues": {"paid": 24, "due": 24, "amount": 486_000},
        "focal": "Phát triển cây vụ đông",
        "agenda": ["Mở đầu"],
        "previous": {"meeting_month": "2026-09-01", "tasks": [
            looked_back("Vận động Nhân dân thu hoạch 32 ha lúa mùa, ngô hè thu", "Hà Thị Mai", "done"),
            looked_back("Tuyên truyền, rà soát hộ nghèo, hộ cận nghèo năm 2026", "Lò Văn Thịnh", "done"),
            looked_back("Tuần tra, bảo vệ 412,6 ha rừng giao cho cộng đồng bản", "Mùi Văn Tám", "done"),
            looked_back("Thu, nộp đảng phí quý III năm 2026", "Vì Thị Duyên", "done"),
            looked_back("Giới thiệu 02 quần chúng ưu tú dự lớp bồi dưỡng nhận thức về Đảng", "Hà Thị Mai", "done"),
            looked_back("Nạo vét 1,2 km kênh mương nội đồng", "Vì Văn Dũng", "doing", "mưa lũ giữa tháng 9",
                        "mỗi hộ góp 01 công"),
        ]},
        "information": "Thông tin thời sự trong nước, trong tỉnh; quán triệt Kế hoạch số 46-KH/ĐU, ngày 21/9/2026 của "
                       "Ban Thường vụ Đảng ủy xã về phát triển cây vụ đông năm 2026.",
        "discussion": "Nhất trí với dự thảo; huy động mỗi hộ 01 công để hoàn thành 0,4 km kênh mương\n"
                      "- Chọn 05 hộ đảng viên di dời chuồng trại trước để Nhân dân làm theo",
        "criticism": {"done": True, "concluded": "Chi ủy tiếp thu góp ý về việc đôn đốc chưa thường xuyên."},
        "opinions": "Giống ngô sinh khối: đề nghị xã hỗ trợ",
        "petitions": "Đường liên bản: chi ủy đã báo cáo Đảng ủy xã, trả lời trong tháng 10.",
        "conclusion": "Hoàn thành kênh mương trước khi gieo cây vụ đông.\nCông khai danh sách hộ đăng ký.",
        "vote": {"for": 17, "against": 0, "blank": 0, "base": 17},
        "tasks": [
            task("Hoàn thành nạo vét 0,4 km kênh mương còn lại; gieo trồng 18 ha cây vụ đông", "Vì Văn Dũng",
                 "2026-10-20"),
            task("Vận động 15 hộ đăng ký làm chuồng trại xa nhà ở, di dời gia súc khỏi gầm sàn", "Hà Thị Mai",
                 "2026-10-31"),
            task("Vận động 03 hộ giải tỏa vật liệu lấn hành lang đường liên bản", "Mùi Văn Tám", "2026-10-25"),
            task("Hoàn thiện hồ sơ đề nghị công nhận đảng viên chính thức đối với 01 đồng chí", "Vì Thị Duyên",
                 "2026-10-15"),
            task("Kiểm tra 01 đảng viên chấp hành quy định về nộp đảng phí", "Lò Văn Thịnh", "2026-10-31"),
        ],
        "presenter": {"name": "", "post": ""}, "papers": {"list": "", "sent_on": None}, "helped": None,
        "score": {"points": 86, "reachable": 95, "band": "Tốt",
                  "document": "Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2025, độ chắc chắn thấp", "lines": [
                      {"label": "Thời gian", "most": 5, "given": "5", "why": ""},
                      {"label": "Chuẩn bị nội dung", "most": 10, "given": "9", "why": ""},
                      {"label": "Kết thúc", "most": 5, "given": "na", "why": ""}]},
        "remarks": [],
        "rests_on": [{"key": "document.layout", "label": "Thể thức văn bản",
                      "remark": "Có nơi ghi ngày 12/01/2026; cần đối chiếu bản gốc.",
                      "citation": "Hướng dẫn số 05-HD/VPTW, ngày 27/05/2026, độ chắc chắn vừa"}],
        "from_paper": False,
        "checkpoint": {"upto": 12, "hash": "0123456789abcdef"},
    } | other  # fmt: skip


def bare_evening(**other: Any) -> Content:
    """The least a meeting can be closed with: two times and a roll of one."""
    roll = {
        "total": 1, "official": 1, "probationary": 0, "exempt": 0, "away": 0, "special_duty": 0, "guests_in": 0,
        "expected": 1, "present": 1, "late": 0, "excused": 0, "unexcused": 0, "present_official": 1,
        "present_probationary": 0, "voters_present": 1, "voters_called": 1, "absent": [], "not_counted": [],
    }  # fmt: skip
    nobody = {"name": "", "post": ""}
    return full_evening(
        roll=roll, guests="", chair=nobody, writer=nobody, dues=None, focal="", agenda=[], information="",
        previous={"meeting_month": None, "tasks": []}, discussion="", criticism={"done": None, "concluded": ""},
        opinions="", petitions="", conclusion="", vote=None, tasks=[], remarks=[], rests_on=[],
        score=None, checkpoint=None,
        unit={"name": "Chi bộ bản Nà Lốc", "parent": "", "place": "", "symbol": "CB"},
        meeting={"kind": "ordinary", "month": "2026-10-01", "held_on": "2026-10-03", "started": "19:30",
                 "ended": "21:15", "venue": ""},
    ) | other  # fmt: skip


def resolution(**other: Any) -> Content:
    """What passing a resolution seals from that evening."""
    said = full_evening()
    shared = ("unit", "term", "chair", "writer", "tasks", "focal", "conclusion", "vote", "issued_on", "previous",
              "roll", "meeting", "rests_on", "checkpoint")  # fmt: skip
    return {name: said[name] for name in shared} | {
        "number": 19, "kind": "NQ", "minutes": {"number": 21, "kind": "BB"},
    } | other  # fmt: skip


def before(**other: Any) -> Content:
    """What is known of the November meeting before it is held."""
    said = full_evening()
    return {
        "unit": said["unit"], "issued_on": "2026-11-01",
        "meeting": {"kind": "ordinary", "theme": "", "month": "2026-11-01", "held_on": "2026-11-05",
                    "planned_on": "2026-11-03", "started": "19:30", "venue": "Nhà văn hóa bản Nà Lốc"},
        "signer": {"name": "Lò Văn Thịnh", "post": "Bí thư chi bộ"}, "guests": "", "focal": "Gieo trồng cây vụ đông",
        "papers": "Kế hoạch số 46-KH/ĐU\nDự thảo nghị quyết tháng 11",
        "agenda": [{"code": "opening", "label": "Mở đầu; cử thư ký; điểm danh"},
                   {"code": "previous", "label": "Đánh giá kết quả thực hiện nhiệm vụ của đảng viên"},
                   {"code": "information", "label": "Thông tin, định hướng"},
                   {"code": "discussion", "label": "Thảo luận nhiệm vụ trọng tâm tháng tới"},
                   {"code": "criticism", "label": "Tự phê bình và phê bình"},
                   {"code": "conclusion", "label": "Tổng hợp ý kiến; kết luận"}],
        "roll": [{"name": "Hà Thị Mai", "official": True, "why_not": "", "reason": ""},
                 {"name": "Hà Văn Quyết", "official": True, "why_not": "", "reason": "đi công tác"},
                 {"name": "Mùi Văn Tám", "official": False, "why_not": "", "reason": ""},
                 {"name": "Lò Văn Thịnh", "official": True, "why_not": "", "reason": ""},
                 {"name": "Vì Văn Hặc", "official": True, "why_not": "exempt", "reason": ""}],
        "tasks": [{"text": each["text"], "owner": each["owner"], "state": "", "due": each["due"]}
                  for each in said["tasks"]],
        "score": [{"label": "Thời gian", "most": 5}, {"label": "Chuẩn bị nội dung", "most": 10}],
        "rests_on": said["rests_on"],
    } | other  # fmt: skip
