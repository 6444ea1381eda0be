"""Sentences about limitations and their remedies."""

LIMITATIONS = {
    "seen_ahead": "Ngày {day} chưa tới. Ghi ngày phát hiện hạn chế, không sau hôm nay.",
    "source_not_here": "Không mở được nguồn đã chọn ở đơn vị này. Quay lại trang số liệu, buổi họp rồi ghi từ đó.",
    "limitation_closed": "Hạn chế này đã khép lại ngày {day}. Nếu tái diễn, bấm «Mở lại» rồi ghi tiếp.",
    "limitation_open": "Hạn chế này đang mở nên không cần mở lại. Ghi thêm biện pháp nếu cần.",
    "limitations_left": "Còn {count} hạn chế chưa khắc phục xong. Khép lại trước, hoặc dùng «Sáp nhập».",
    "cause_said": "Nguyên nhân này đã ghi rồi. Chọn nguyên nhân khác, hoặc rút dòng cũ nếu ghi nhầm.",
    "cause_first": "Chưa có nguyên nhân. Ghi nguyên nhân trước, rồi đề ra biện pháp cho đúng.",
    "last_cause": "Đây là nguyên nhân duy nhất mà đã có biện pháp. Ghi nguyên nhân đúng trước, rồi rút dòng này.",
    "last_remedy": (
        "Các biện pháp khác đã được xác nhận, thôi biện pháp này thì không còn gì để xác nhận. Ghi biện pháp thay thế "
        "trước, rồi mới thôi."
    ),
    "remedy_confirmed": "Biện pháp này đã được xác nhận ngày {day}, không sửa nữa.",
    "remedy_withdrawn": "Biện pháp này đã thôi. Mở lại trang để xem biện pháp thay thế.",
    "no_proof": "Chưa ghi làm được gì. Ghi một dòng về kết quả; số trước, số sau và tệp thì không bắt buộc.",
    "already_reported": "Biện pháp này đã báo xong, đang chờ người khác xác nhận.",
    "second_person": (
        "Người làm không tự xác nhận. Việc này chờ một đồng chí khác: không phải người phụ trách, không phải người báo."
    ),
    "no_remark": "Trả lại thì ghi còn thiếu gì, để người phụ trách làm tiếp.",
    "checked_already": "Đã có người xem việc này ngày {day}. Tải lại trang.",
}
