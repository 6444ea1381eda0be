"""Refusals about two records of one person, or of two people. Each says what to do."""

PERSONS = {
    "same_record": "Đây là cùng một hồ sơ. Chọn hai hồ sơ khác nhau.",
    "apart_already": "Hai hồ sơ này đã được xác nhận là hai người. Tải lại trang.",
    "apart_no_more": "Xác nhận này đã được lấy lại rồi. Tải lại trang.",
    "apart_first": (
        "Hai hồ sơ này đã được xác nhận là hai người. Lấy lại xác nhận ấy ở trang «Hồ sơ có thể trùng» trước."
    ),
    "person_merged": "Hồ sơ này đã nhập vào hồ sơ khác. Mở hồ sơ giữ lại rồi ghi ở đó.",
    "erased_in_one": (
        "«{field}» đã xóa theo yêu cầu ngày {day} ở một hồ sơ mà hồ sơ kia còn ghi. Mở hồ sơ còn ghi, xóa ô ấy theo "
        "cùng đơn, rồi nhập."
    ),
    "rows_out_of_sight": (
        "Hồ sơ {name} còn việc ghi ở nơi đồng chí không được xem, nên chưa nhập được. Đề nghị cấp trên của cả hai nơi "
        "nhập."
    ),
    "choose_each": "Còn chỗ hai hồ sơ ghi khác nhau mà chưa chọn. Chọn từng chỗ có chữ «khác nhau».",
    "two_cells": "Từ {day} hai hồ sơ sinh hoạt ở hai nơi khác nhau. Sửa ngày ở một hồ sơ trước, rồi nhập.",
    "two_cells_named": (
        "Từ {day} một hồ sơ sinh hoạt ở {one}, hồ sơ kia ở {two}: một người không ở hai nơi cùng ngày. Mở hồ sơ ghi "
        "sai, sửa ngày cuối hoặc rút dòng ấy, rồi nhập."
    ),
    "standing_gap": (
        "Nhập như vậy thì từ {day} người này có trong danh sách mà không là chính thức hay dự bị. Chọn phần «Chính "
        "thức, dự bị» của hồ sơ kia, hoặc ghi thêm quãng còn thiếu trước."
    ),
    "guest_at_home": (
        "Từ {day} một hồ sơ sinh hoạt tạm thời ngay tại chi bộ của hồ sơ kia. Ghi hết hoặc rút lần tạm thời ấy trước."
    ),
    "sheet_open": (
        "{title} ngày {day} chưa kết thúc mà phiếu, báo vắng hoặc lịch dự còn ghi hồ sơ sẽ nhập đi. Kết thúc buổi ấy "
        "trước."
    ),
    "two_charges": (
        "Cả hai hồ sơ được phân công phụ trách cùng một chi bộ từ {day}. Ghi thôi một lần phân công trước."
    ),
    "leans_on_merging": (
        "Sau lần nhập đã có việc ghi thêm hoặc sửa trên hồ sơ này nên không tách lại được. Sửa từng việc trên trang "
        "đảng viên."
    ),
}
