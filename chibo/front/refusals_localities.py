"""Refusals of the register of localities: villages, institutions, who serves them."""

LOCALITIES = {
    "not_a_commune": "Sổ thôn, bản lập ở đảng bộ xã, phường. Chọn đảng bộ xã của địa bàn.",
    "unknown_locality_kind": "Không có loại địa bàn này vào ngày đó. Chọn loại khác, hoặc xem lại ngày.",
    "locality_known": "Trong xã đã có «{name}» cùng loại. Sửa địa bàn ấy, hoặc ghi tên cho khác nhau.",
    "locality_ended": "Ngày đó địa bàn không còn, hoặc chưa có trong sổ. Chọn ngày khác.",
    "locality_facts_later": "Sau ngày này còn việc khác đã ghi cho địa bàn. Sửa hoặc rút việc ấy trước.",
    "nothing_changes": "Tên, loại và cụm vẫn như cũ. Đổi một chỗ rồi ghi, hoặc quay lại.",
    "cell_elsewhere": "Chi bộ này không thuộc xã của địa bàn, hoặc không hoạt động vào ngày đó. Chọn chi bộ khác.",
    "unknown_cause": "Chọn một lý do trong danh sách.",
    "served_so_already": "Ngày đó sổ đã ghi đúng như vậy. Không cần ghi thêm.",
    "unknown_tag": "Không có diện này vào ngày đó. Chọn diện khác, hoặc xem lại ngày.",
    "tag_without_document": "Chưa có văn bản công nhận. Ghi số, ngày, nơi ra văn bản.",
    "tagged_already": "Thời gian này địa bàn đã được ghi thuộc diện ấy. Sửa lần ghi trước, hoặc xem lại ngày.",
    "matter_settled": "Hôm nay ở địa bàn này không còn vướng việc ấy nữa. Xem lại sổ thôn, bản.",
    "step_due_passed": "Hạn {day} đã qua. Ghi một ngày từ hôm nay trở đi.",
    "not_seen_to": "Chọn người giữ chức vụ ở đảng ủy xã hoặc ở chi bộ trong xã vào hôm nay.",
    "tag_not_then": "Ngày đó địa bàn không thuộc diện này. Xem lại ngày.",
}
