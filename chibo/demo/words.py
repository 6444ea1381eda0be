"""Invented words for sheets: what a village cell decides in a month."""

TASKS = [
    "Vận động các hộ sửa đường nội bản",
    "Tuần tra khu rừng đầu nguồn: 2 lượt",
    "Rà soát hộ cần sửa nhà trước mùa mưa",
    "Thu đảng phí của tháng",
    "Ký cam kết phòng cháy rừng với các hộ",
    "Trồng hàng rào xanh đường vào bản",
    "Kiểm tra kênh mương, nạo vét đoạn bồi lấp",
    "Mời quần chúng ưu tú dự sinh hoạt đoàn thể",
    "Phổ biến lịch tiêm phòng cho gia súc",
    "Lập danh sách trẻ đến tuổi ra lớp",
    "Vệ sinh nhà văn hóa và sân thể thao",
    "Kiểm tra đèn đường, thay bóng hỏng",
]
CONCLUSIONS = [
    "Nhất trí các nhiệm vụ đã thảo luận; mỗi đồng chí báo kết quả tại buổi sinh hoạt sau.",
    "Giao chi ủy theo dõi việc làm đường; đồng chí phụ trách báo tiến độ trước ngày 20.",
    "Tiếp tục tuần tra mỗi tháng hai lượt, ghép tổ với bản bên.",
    "Hoàn thành thu đảng phí trong tuần đầu tháng; nhắc các đồng chí đi làm xa.",
    "Chuẩn bị nội dung sinh hoạt chuyên đề quý sau, giao một đồng chí soạn.",
]
INFORMATION = [
    "Phổ biến lịch công tác tháng của Đảng ủy xã.",
    "Thông báo kết quả kiểm tra đường liên bản.",
    "Thông tin mùa vụ và lịch xuống giống.",
]
DISCUSSION = [
    "Thảo luận nguyên nhân đường chậm xong: thiếu xe chở đá; thống nhất mượn xe của hợp tác xã.",
    "Thảo luận cách chia ca tuần tra để không trùng ngày mùa.",
    "Thảo luận việc giữ vệ sinh nguồn nước đầu bản.",
]
CAUSES = ["Mưa nhiều ngày", "Trùng ngày mùa", "Thiếu người", "Chờ vật liệu"]
REMEDIES = ["Dời sang tuần đầu tháng sau", "Ghép với tổ bên cạnh", "Cử thêm hai đồng chí", "Nhờ hợp tác xã hỗ trợ xe"]
REASONS = ["Ốm, chữa bệnh", "Đi công tác", "Việc gia đình", "Làm ca", "Đi học"]
THEMES = [
    "Giữ rừng đầu nguồn: mỗi đảng viên nhận một khu",
    "Học tập và làm theo Bác: nói đi đôi với làm trong việc của bản",
    "Xây dựng tổ tự quản đường và vệ sinh bản",
    "Đảng viên giúp nhau sản xuất, mỗi người một việc cụ thể",
    "Nâng chất lượng dạy học, giữ học sinh đến lớp",
]
COMMITTEE_TASKS = [
    "Kiểm tra việc duy trì sinh hoạt ở hai chi bộ họp muộn",
    "Rà soát quần chúng ưu tú ở các bản ít đảng viên",
    "Đôn đốc hoàn thành đường liên bản",
    "Chuẩn bị nội dung hội nghị sơ kết quý",
]
COMMITTEE_CONCLUSIONS = [
    "Thống nhất nhiệm vụ trọng tâm tháng sau; giao từng đồng chí phụ trách chi bộ đôn đốc.",
    "Nhất trí tập trung cho các chi bộ họp muộn; văn phòng báo lại trước ngày 10.",
    "Đồng ý phương án hỗ trợ làm đường; giao kiểm tra tiến độ hằng tuần.",
]
FOCAL = [
    "Hoàn thành đường nội bản trước mùa mưa",
    "Tuần tra, giữ rừng đầu nguồn",
    "Giảm số hộ cần sửa nhà",
    "Đưa trẻ đến lớp đúng độ tuổi",
    "Thu đảng phí đúng hạn, đủ người",
    "Giữ vệ sinh nguồn nước đầu bản",
    "Gieo cấy kịp thời vụ",
]
TOPICS = ["economy", "poverty", "security", "culture", "works", "party_building", "mass_work"]
