"""The invented province: which units, how many members, how well they come. Only numbers and made-up names."""

from __future__ import annotations

from dataclasses import dataclass

from chibo.cadres.models import Office

PASSPHRASE = "suoi mat dau ban"  # noqa: S105 - of the demo only, printed for everybody


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A cell: `share` is how often a member comes, `late` how often it meets after its day."""

    key: str
    name: str
    short: str
    venue: str
    members: int
    share: float = 0.92
    late: float = 0.08


COMMUNE = [
    CellPlan("naloc", "Chi bộ bản Nà Lốc", "Bản Nà Lốc", "Nhà văn hóa bản Nà Lốc", 25),
    CellPlan("pomkhe", "Chi bộ bản Pom Khe", "Bản Pom Khe", "Nhà văn hóa bản Pom Khe", 19),
    CellPlan("huoisen", "Chi bộ bản Huổi Sen", "Bản Huổi Sen", "Nhà văn hóa bản Huổi Sen", 17),
    CellPlan("phiengmay", "Chi bộ bản Phiêng Mây", "Bản Phiêng Mây", "Nhà văn hóa bản Phiêng Mây", 21, 0.93, 0.25),
    CellPlan("colot", "Chi bộ bản Co Lót", "Bản Co Lót", "Nhà văn hóa bản Co Lót", 22, 0.91),
    CellPlan("pulau", "Chi bộ bản Pú Lảu", "Bản Pú Lảu", "Điểm trường bản Pú Lảu", 14, 0.70, 0.45),
    CellPlan("thamnoi", "Chi bộ bản Thẳm Nọi", "Bản Thẳm Nọi", "Nhà văn hóa bản Thẳm Nọi", 18, 0.94),
    CellPlan("tuonghin", "Chi bộ bản Tương Hin", "Bản Tương Hin", "Nhà văn hóa bản Tương Hin", 16, 0.86, 0.15),
    CellPlan("coquan", "Chi bộ Cơ quan xã", "Cơ quan xã", "Phòng họp tầng 2, trụ sở xã", 31, 0.90),
    CellPlan("tramyte", "Chi bộ Trạm Y tế", "Trạm Y tế", "Trạm Y tế xã", 9, 0.90, 0.2),
    CellPlan("mamnon", "Chi bộ Trường Mầm non", "Trường Mầm non", "Phòng hội đồng", 13, 0.93),
    CellPlan("truonghoc", "Chi bộ Trường Tiểu học và Trung học cơ sở", "Trường TH và THCS", "Phòng hội đồng", 27, 0.91),
]  # 12 cells, 232 members

NEIGHBOUR = [
    CellPlan("banmoc", "Chi bộ bản Khuổi Mộc", "Bản Khuổi Mộc", "Nhà văn hóa bản Khuổi Mộc", 12),
    CellPlan("bandin", "Chi bộ bản Lũng Đin", "Bản Lũng Đin", "Nhà văn hóa bản Lũng Đin", 10),
]

ACCOUNTS = [  # username, what it shows, office, unit key
    ("bithu.naloc", "Bí thư chi bộ bản Nà Lốc", Office.CELL_SECRETARY, "naloc"),
    ("phobithu.naloc", "Phó bí thư chi bộ bản Nà Lốc", Office.CELL_DEPUTY, "naloc"),
    ("bithu.pomkhe", "Bí thư chi bộ bản Pom Khe", Office.CELL_SECRETARY, "pomkhe"),
    ("vanphong", "Văn phòng Đảng ủy xã Huổi Lam", Office.COMMITTEE_OFFICE, "commune"),
    ("bithu.xa", "Bí thư Đảng ủy xã Huổi Lam", Office.COMMITTEE_SECRETARY, "commune"),
    ("phutrach.xa", "Đảng ủy viên phụ trách ba chi bộ", Office.COMMITTEE_MEMBER, "commune"),
    ("canbo.tinh", "Cán bộ ban đảng của tỉnh", Office.PROVINCE_OFFICER, "province"),
    ("bithu.khuoimoc", "Bí thư chi bộ bản Khuổi Mộc, xã khác", Office.CELL_SECRETARY, "banmoc"),
    ("vanphong.namsen", "Văn phòng Đảng ủy xã Nậm Sen, xã khác", Office.COMMITTEE_OFFICE, "neighbour"),
    ("maychu", "Người trông máy chủ, không đọc dữ liệu", Office.SERVER_KEEPER, "province"),
    ("dangvien.naloc", "Đảng viên, không giữ chức vụ", None, "naloc"),
]
