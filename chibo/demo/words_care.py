"""Invented words for what goes on around the meetings: visits, changes tried, tasks in between, scores."""

PURPOSES = ["Theo phân công phụ trách", "Dự buổi sinh hoạt chuyên đề", "Nắm việc chi bộ còn vướng để giúp tháo gỡ"]
ADVICE = [
    "Gửi nội dung cho đảng viên trước ít nhất hai ngày; kiểm điểm từng việc của kỳ trước rồi mới bàn việc mới.",
    "Mỗi kết luận ghi rõ một người làm chính và một ngày xong.",
    "Chọn một việc sát với bản làm nội dung trọng tâm, dành nửa buổi để bàn việc ấy.",
    "Đọc lại biên bản trước khi kết thúc để mọi người nghe và sửa ngay.",
    "Việc nào hai tháng chưa xong thì bàn nguyên nhân, không chuyển tiếp sang tháng sau.",
    "",
]
ADDED = "Chi ủy đã thống nhất làm thử cách này từ buổi sau; tháng tới cùng xem lại."
ABSENT = "Đường vào bản sạt lở, không đến được; đã gọi điện trao đổi với bí thư chi bộ."
NOTE = "Dòng thứ hai phần nhiệm vụ ghi nhầm ngày: hạn đúng là ngày 25, như chi bộ đã kết luận."
REPORT_NOTE = "Phần nhiệm vụ, dòng thứ nhất: ghi thiếu tên bản; việc này làm ở bản Nà Lốc, như biên bản đã ghi."

CHANGES = {  # cell → what was tried, how many months ago, what came of it when looked at
    "naloc": [
        ("Dành mười phút đầu buổi để đọc kết quả từng việc của kỳ trước, dán bảng việc lên tường.", 8,
         "Việc quá hạn giảm từ năm còn hai; mọi người nhớ phần mình nên báo sớm hơn."),
        ("Họp tại nhà văn hóa lúc 19 giờ 30 thay cho 14 giờ, để người đi nương về kịp.", 5,
         "Ba buổi liền dự trên chín phần mười; hai đồng chí đi làm xa vẫn chưa về kịp."),
        ("Sinh hoạt chuyên đề gắn với đi xem rừng đầu nguồn, họp ngay tại chòi canh.", 2, ""),
    ],
    "pomkhe": [("Gửi nội dung trước ba ngày qua loa của bản và tin nhắn.", 6, "Ít người hỏi lại; buổi họp ngắn hơn.")],
    "truonghoc": [("Mỗi tổ chuyên môn chuẩn bị một ý kiến theo vấn đề, gửi trước cho chi ủy.", 7,
                   "Thảo luận tập trung hơn, kết luận có người nhận việc ngay.")],
    "coquan": [("Chia nội dung chuyên đề cho từng đồng chí soạn, luân phiên theo quý.", 9, "")],
}  # fmt: skip

WHY_POINTS = {
    "time": "Họp chậm so với lịch vì mưa lũ",
    "attendance": "Còn đồng chí vắng chưa báo trước",
    "preparation": "Nội dung gửi muộn một ngày",
    "running": "Thảo luận chưa đều giữa các vấn đề",
    "chairing": "Kết luận còn dài",
    "principles": "Phê bình chưa thành kết luận riêng",
    "results": "Còn việc kỳ trước chưa xong",
    "closing": "Chưa đọc lại biên bản tại chỗ",
}
CRITICISM = [
    "Chi bộ thống nhất: giao việc phải kèm ngày xong; chi ủy nhắc trước hạn ba ngày.",
    "Chi bộ rút kinh nghiệm việc báo vắng muộn; từ tháng sau báo trước một ngày.",
]
OPINIONS = [
    "Về đường nội bản: nên làm đoạn qua suối trước. Về tuần tra: nên ghép với bản bên.",
    "Về đảng phí: nên thu ngay đầu buổi. Về nhà văn hóa: cần thay mái hiên.",
]
PETITIONS = [
    "Đề nghị sửa cầu treo cuối bản: đã báo Đảng ủy xã, xã trả lời khảo sát trong tháng sau.",
    "Đề nghị phát lại lịch cấp nước: bí thư trả lời tại chỗ, lịch đã dán ở nhà văn hóa.",
    "Hỏi việc hỗ trợ giống ngô: đã giải đáp; danh sách do tổ hợp tác lập, xong trước ngày 20.",
]
PAPERS = ["Báo cáo kết quả tháng trước; dự thảo kế hoạch tháng này", "Tài liệu chuyên đề quý; danh sách phân công"]
BETWEEN = [  # what, whose place on the list, days since given, days until due from then, line of a paper
    ("Báo số hộ đã ký cam kết phòng cháy rừng", 5, 9, 14, "Nghị quyết số 07-NQ/ĐU, mục 2"),
    ("Chuẩn bị loa và chỗ ngồi cho buổi sinh hoạt chuyên đề", 5, 12, 7, ""),
    ("Gặp hợp tác xã mượn xe chở đá làm đường", 4, 16, 10, ""),
    ("Lập danh sách đảng viên đi làm xa, kèm chi bộ nơi đến", 1, 6, 12, "Công văn số 41-CV/ĐU"),
    ("Chép lại sổ phân công tuần tra rừng", 7, 4, 20, ""),
]
BETWEEN_COMMITTEE = [
    ("Xuống chi bộ bản Pú Lảu gỡ việc họp muộn", 8, 10, 8, "Kết luận hội nghị Ban Thường vụ tháng trước"),
    ("Tổng hợp đề nghị sửa nhà văn hóa của các bản", 4, 5, 15, ""),
    ("Soạn báo cáo kết quả đường liên bản", 9, 14, 20, "Nghị quyết số 07-NQ/ĐU, mục 4"),
]
