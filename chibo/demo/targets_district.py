"""A year of a district that has ended: fifty-four targets of one resolution, eight of them missed or low, four key."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from chibo.demo.returns import DISTRICT
from chibo.directives.models import Document
from chibo.directives.operations import NewHeading, register_document
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.organisation.models import Placement
from chibo.targets.measures import Measure
from chibo.targets.models import Target, TargetSaid
from chibo.targets.operations import NewValue, report_value, set_target

YEAR = 2021
KEYS = uuid.UUID("a1f5e0f2-3c44-4b0a-8f0e-7a0d6b0c2d02")
FIRST, LAST, REPORTED = date(YEAR, 1, 1), date(YEAR, 12, 31), date(YEAR, 12, 28)
KEY, LEAST, MOST = "*", "", "<"

# what | unit of measure | asked | reached; «*» before a key one, «<» before a bound above
TARGETS = """
*Sản lượng lương thực có hạt | tấn | 21500 | 19860
*Tỷ lệ hộ nghèo giảm trong năm | điểm % | 4 | 2.6
*Giải ngân vốn đầu tư công | % | 95 | 81.4
*Xã đạt chuẩn nông thôn mới | xã | 2 | 1
Trồng rừng mới | ha | 250 | 118
Lao động được đào tạo nghề | người | 900 | 512
Khách du lịch đến huyện | lượt | 12000 | 4300
Hợp tác xã thành lập mới | hợp tác xã | 6 | 4
Kết nạp đảng viên | đảng viên | 145 | 151
Chi bộ có chi ủy | chi bộ | 80 | 82
Thôn, bản có chi bộ | % | 90 | 92.5
Chi bộ sinh hoạt đúng định kỳ | % | 95 | 97.1
Đảng viên dự sinh hoạt | % | 85 | 88.2
Chi bộ hoàn thành tốt nhiệm vụ trở lên | % | 90 | 93
Cuộc kiểm tra của cấp ủy | cuộc | 12 | 12
Cuộc giám sát của cấp ủy | cuộc | 8 | 9
Cán bộ cơ sở qua lớp trung cấp | người | 40 | 44
Lớp bồi dưỡng cấp ủy viên | lớp | 5 | 5
Đảng viên học tập nghị quyết | % | 95 | 96.8
Mô hình học tập và làm theo Bác | mô hình | 16 | 18
Diện tích lúa nước | ha | 2350 | 2362
Diện tích ngô | ha | 1900 | 1904
Diện tích cây ăn quả | ha | 420 | 437
Diện tích cây dược liệu | ha | 60 | 66
Đàn trâu | con | 9800 | 9815
Đàn bò | con | 7200 | 7236
Đàn lợn | con | 31000 | 31420
Đàn gia cầm | con | 210000 | 214600
Sản lượng thủy sản | tấn | 185 | 191
Độ che phủ rừng | % | 44 | 44.6
Rừng được khoanh nuôi, bảo vệ | ha | 51000 | 51230
Thu ngân sách trên địa bàn | tỷ đồng | 38 | 41.2
Đường giao thông nông thôn cứng hóa | km | 24 | 26.5
Thôn, bản có đường ô tô | % | 96 | 96
Hộ dùng điện lưới | % | 94 | 94.8
Hộ dùng nước hợp vệ sinh | % | 86 | 87.3
Công trình thủy lợi được sửa | công trình | 9 | 9
Trạm y tế có bác sĩ | % | 100 | 100
Trẻ em tiêm chủng đầy đủ | % | 96 | 97.4
Người dân có bảo hiểm y tế | % | 97 | 97.9
<Trẻ em suy dinh dưỡng thể nhẹ cân | % | 18 | 17.2
<Tỷ suất sinh thô | ‰ | 21 | 20.4
Trẻ 5 tuổi đến lớp | % | 99 | 99.7
Học sinh hoàn thành tiểu học | % | 99 | 99.5
Trường đạt chuẩn quốc gia | trường | 17 | 18
Lao động có việc làm mới | người | 650 | 702
Lao động đi làm việc nơi khác có hợp đồng | người | 300 | 318
Gia đình văn hóa | % | 70 | 72.1
Thôn, bản văn hóa | % | 62 | 63.4
Nhà văn hóa thôn, bản | nhà | 8 | 8
Hồ sơ giải quyết đúng hạn | % | 95 | 97.6
Đơn thư giải quyết xong | % | 90 | 94
<Vụ tai nạn giao thông | vụ | 14 | 11
Gọi công dân nhập ngũ | % | 100 | 100
""".strip().splitlines()


def keep() -> None:
    """Ghi 54 chỉ tiêu năm của huyện: 08/54 không đạt hoặc đạt thấp."""
    district = Placement.objects.on(FIRST).select_related("unit").get(name=DISTRICT).unit
    at = _told(date(YEAR, 1, 6))
    said = NewHeading("nghị quyết", "11", symbol="NQ/HU", issuer="Huyện ủy", dated_on=date(YEAR, 1, 5),
                      about=f"nhiệm vụ năm {YEAR}")  # fmt: skip
    document = register_document(district, Document.OUT, said, key=KEYS, **at)
    for place, text in enumerate(TARGETS):
        name, measure, asked, got = (each.strip() for each in text.split("|"))
        kind = Target.RATIO if measure == "%" else Target.FLOW
        new = Measure(
            name.lstrip("*<"), TargetSaid.AT_MOST if name[0] == MOST else TargetSaid.AT_LEAST, Decimal(asked),
            kind=kind, measure=measure, key=name[0] == KEY,
        )  # fmt: skip
        target = set_target(district, document, new, first=FIRST, last=LAST, key=uuid.uuid5(KEYS, str(place)),
                            on=date(YEAR, 1, 6), **at)  # fmt: skip
        number = NewValue(REPORTED, "Báo cáo 318-BC/HU tổng kết năm", Decimal(got))
        report_value(target, number, key=uuid.uuid5(KEYS, f"{place} number"), **_told(REPORTED))


def _told(on: date) -> dict[str, Any]:
    return {"at": datetime.combine(on, time(15), ZONE), "by": MACHINE, "by_name": "Văn phòng Huyện ủy"}
