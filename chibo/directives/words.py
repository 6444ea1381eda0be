"""Words by which documents are known: kinds, the letters of their symbols, what ends a name, what is a quantity."""

from __future__ import annotations

import re
from collections.abc import Mapping

_KINDS = (
    "nghị quyết liên tịch", "nghị quyết", "chỉ thị", "kết luận", "hướng dẫn liên tịch", "kế hoạch liên tịch",
    "quy chế phối hợp", "quy định phối hợp", "quy định", "quyết định", "quy chế", "hướng dẫn", "kế hoạch",
    "thông báo", "thông tri", "chương trình hành động", "chương trình", "đề án", "báo cáo", "công văn", "công điện",
    "tờ trình", "nghị định", "thông tư liên tịch", "thông tư", "pháp lệnh", "bộ luật", "luật", "hiến pháp",
    "điều lệ", "cương lĩnh", "chiến lược", "lệnh", "quy trình", "biên bản", "giấy mời",
)  # fmt: skip
KINDS: Mapping[str, str] = {word: word for word in _KINDS} | {
    "qui định": "quy định",
    "qui chế": "quy chế",
    "thông báo kết luận": "thông báo",
}
LETTERS: Mapping[str, str] = {
    "NQ": "nghị quyết", "NQLT": "nghị quyết liên tịch", "CT": "chỉ thị", "KL": "kết luận", "QĐ": "quyết định",
    "QyĐ": "quy định", "QĐi": "quy định", "QC": "quy chế", "HD": "hướng dẫn", "KH": "kế hoạch", "TB": "thông báo",
    "TT": "thông tư", "TTLT": "thông tư liên tịch", "CTr": "chương trình", "CTHĐ": "chương trình hành động",
    "CTrHĐ": "chương trình hành động", "ĐA": "đề án", "BC": "báo cáo", "CV": "công văn", "CĐ": "công điện",
    "HDLT": "hướng dẫn liên tịch", "KHLT": "kế hoạch liên tịch", "TTr": "tờ trình", "NĐ": "nghị định",
    "PL": "pháp lệnh", "BB": "biên bản", "GM": "giấy mời",
}  # fmt: skip
NUMBERED_ONLY = frozenset({  # everyday words too: a number alone behind them is no number of a document
    "kế hoạch", "chương trình", "chương trình hành động", "đề án", "báo cáo", "thông báo", "lệnh", "quy trình",
    "biên bản", "chiến lược", "hướng dẫn", "luật", "bộ luật", "điều lệ", "cương lĩnh", "quy chế", "giấy mời",
})  # fmt: skip
STOPS = frozenset({  # a name has ended before these
    "về", "ngày", "và", "đã", "được", "trong", "nhằm", "gắn", "đến", "tới", "tại", "là", "do", "nhiệm", "số", "lần",
    "thì", "có", "với", "theo", "từ", "cho", "để", "khi", "sẽ", "cũng", "như", "trên", "này", "của", "gồm", "vào",
    "ra", "mà", "nên", "phải", "cùng", "đối", "việc", "sau", "trước", "bằng", "đang", "còn", "giai", "năm", "nêu",
    "chưa", "không", "bị",
})  # fmt: skip
QUANTITIES = frozenset({  # behind a number these say that something is counted
    "năm", "ngày", "tháng", "đồng", "người", "vụ", "lần", "chi", "đảng", "viên", "hộ", "nội", "nhiệm", "buổi",
    "điểm", "bản", "xã", "thôn", "việc", "mục", "nhóm", "tổ", "chức", "lượt", "trường", "giải", "cuộc", "đợt",
    "phần", "tỷ", "triệu", "nghìn", "ha", "km", "m", "m2", "kg", "tấn", "tạ", "quý", "tiêu", "chỉ", "cấp", "huyện",
    "tỉnh", "thành", "tuần", "giờ", "bước", "trang", "tờ", "loại", "vấn", "tập", "cá", "em", "cháu", "học", "con",
    "cây", "mét", "điều", "khoản", "chương", "bộ", "ngành", "lớp", "bài", "câu", "kỳ", "cán", "công", "quần", "gia",
    "nhà", "dự", "mô", "văn", "suất", "chuyên", "kiến", "lĩnh", "ý", "ủy", "hội", "đoàn", "khâu", "nhân", "trạm",
    "phòng", "trung", "tuyến", "khu", "ca", "mẫu", "nguyên", "mặt", "nguồn", "hạng", "chủ", "thủ", "cơ", "đối",
    "phiên", "lô", "gói", "quyển", "cuốn", "tác", "hành",
})  # fmt: skip
ORDINALS: Mapping[str, str] = {
    "nhất": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8",
    "chín": "9", "mười": "10", "mười một": "11", "mười hai": "12", "mười ba": "13",
}  # fmt: skip
_LAWS = (  # names that hold a comma, «và» or a second capital; any other name is read to the word that ends it
    "Phòng, chống tham nhũng", "Phòng, chống ma túy", "Phòng, chống bạo lực gia đình", "Phòng, chống mua bán người",
    "Phòng, chống rửa tiền", "Phòng, chống khủng bố", "Phòng, chống thiên tai",
    "Phòng, chống tác hại của rượu, bia", "Phòng, chống tác hại của thuốc lá", "Phòng, chống bệnh truyền nhiễm",
    "Phòng cháy, chữa cháy và cứu nạn, cứu hộ", "Phòng cháy và chữa cháy", "Bảo vệ và phát triển rừng",
    "Bảo vệ và kiểm dịch thực vật", "Hôn nhân và gia đình", "Hòa giải ở cơ sở", "Khám bệnh, chữa bệnh",
    "An toàn, vệ sinh lao động", "Thực hành tiết kiệm, chống lãng phí", "Thi đua, khen thưởng",
    "Trật tự, an toàn giao thông đường bộ", "Mặt trận Tổ quốc Việt Nam", "Biên phòng Việt Nam",
    "Biên giới quốc gia", "Cảnh sát biển Việt Nam", "Biển Việt Nam", "Sĩ quan Quân đội nhân dân Việt Nam",
    "Quốc tịch Việt Nam", "Công an nhân dân", "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân",
    "Bầu cử đại biểu Quốc hội", "Tổ chức Quốc hội", "Tổ chức Chính phủ",
    "Hoạt động giám sát của Quốc hội và Hội đồng nhân dân", "Hoạt động giám sát của Quốc hội",
    "Thực hiện dân chủ ở cơ sở", "Tiếp công dân", "Khoa học và công nghệ",
    "Khoa học, công nghệ và đổi mới sáng tạo", "Năng lượng nguyên tử", "Giao thông đường thủy nội địa",
    "Cán bộ, công chức", "Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ", "Tín ngưỡng, tôn giáo",
    "Người lao động Việt Nam đi làm việc ở nước ngoài",
    "Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam",
    "Xuất cảnh, nhập cảnh của công dân Việt Nam", "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
    "Ban hành văn bản quy phạm pháp luật", "Quản lý, sử dụng tài sản công", "Sửa đổi, bổ sung một số điều của Luật",
)  # fmt: skip
_LAW = re.compile(
    r"\s+(?P<known>(?i:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in _LAWS) + r"))(?!\w)"
    r"|\s+(?=[A-ZĐÂĂÊÔƠƯ])[^\s,.;:()\d\"«»]+(?:\s[^\s,.;:()\d\"«»A-ZĐ][^\s,.;:()\d\"«»]*){0,6}"
)
NAMED: Mapping[str, re.Pattern[str]] = {
    "luật": _LAW, "bộ luật": _LAW, "pháp lệnh": _LAW,
    "điều lệ": re.compile(
        r"\s+(?:Đảng(?: Cộng sản Việt Nam)?|Đoàn|Hội\s[^\s,.;:()]+(?:\s[^\s,.;:()]+){0,3}|Công đoàn)"
    ),
    "cương lĩnh": re.compile(r"\s+(?:chính trị|xây dựng đất nước[^,.;:()\n]*)"),
    "hiến pháp": re.compile(r"(?=\s+(?:năm\s+)?\d{4})|\s+nước Cộng hòa xã hội chủ nghĩa Việt Nam"),
    "chiến lược": re.compile(r"\s+[a-zđà-ỹ][^,.;:()\n\"«»]*?(?:19|20)\d\d\s*-\s*(?:19|20)\d\d"),
}  # fmt: skip
