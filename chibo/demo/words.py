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
