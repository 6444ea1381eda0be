"""Sentences about forms of figures, their sheets, what becomes of them."""

RETURNS = {
    "bad_amount": ("«{typed}» không đọc được. Gõ số, phần lẻ sau dấu phẩy, tối đa {places} chữ số: 14.419 hoặc 1,5."),
    # a form and its lines
    "no_kind_chosen": "Chưa chọn loại tổ chức phải nộp. Đánh dấu ít nhất một loại.",
    "bad_due_day": "Hạn nộp là một ngày từ 1 đến 28 của tháng sau kỳ báo cáo. Sửa lại ngày.",
    "no_measure": "Chưa có đơn vị tính. Gõ như lượt, vụ, ha, km, triệu đồng.",
    "bad_decimals": "Số chữ số sau dấu phẩy từ 0 đến 3. Sửa lại.",
    "line_known": "Biểu đã có dòng «{name}». Đặt tên khác cho rõ, hoặc dùng dòng đã có.",
    "too_many_lines": "Một biểu có tối đa {most} dòng. Phiếu dài thì khó nộp đúng hạn: tách thành biểu khác.",
    "ratio_of_two_lines": "Tỷ lệ cần hai dòng khác nhau của biểu này: dòng trên chia cho dòng dưới. Chọn lại.",
    "ratio_adds_alike": (
        "Hai dòng của tỷ lệ phải cùng cách cộng: cùng cộng các kỳ, hoặc cùng lấy số kỳ cuối. Chọn hai dòng khác."
    ),
    "form_ended": "Biểu này đã thôi dùng. Đặt biểu mới nếu cần hỏi tiếp.",
    "line_ended": "Dòng này đã thôi hỏi. Tải lại trang.",
    "line_used": "Còn phép kiểm hoặc tỷ lệ dùng dòng này. Thôi những cái ấy trước.",
    "check_ended": "Phép kiểm này đã thôi. Tải lại trang.",
    "check_of_lines": "Chọn dòng ở cả hai bên, mỗi dòng chỉ ở một bên; dòng tỷ lệ không dùng để kiểm.",
    "change_only_warns": (
        "So với kỳ trước thì chỉ cảnh báo, và phải ghi bao nhiêu phần trăm. Chọn «cảnh báo», gõ số lớn hơn 0."
    ),
    "periods_handed_in": (
        "Đã có nơi nộp phiếu của kỳ ấy hoặc kỳ sau. Chọn kỳ bắt đầu muộn hơn: phiếu đã nộp không hỏi thêm, "
        "không bớt đi."
    ),
    # a sheet
    "no_such_period": "Không có kỳ báo cáo này. Mở lại từ bảng các kỳ.",
    "not_owed": "Tổ chức này không phải nộp biểu ấy cho kỳ này. Mở lại từ danh sách biểu của tổ chức.",
    "sheet_waits": "Phiếu đã nộp, đang chờ kiểm nên chưa sửa được. Báo nơi nhận trả lại nếu có số sai.",
    "sheet_accepted": "Phiếu đã chốt. Có số sai thì báo nơi nhận mở lại, ghi lý do.",
    "period_not_over": "Kỳ báo cáo đến hết ngày {day} mới xong. Những số đã gõ vẫn giữ; nộp từ ngày ấy.",
    "sheet_lacks": "Chưa nộp được, còn {count} chỗ: {sentence}",
    "sheet_not_waiting": "Phiếu này đang ở trạng thái «{state}», không chờ kiểm. Tải lại trang.",
    "say_what_to_mend": "Trả lại thì ghi số nào sai, sai thế nào; hoặc một dòng chung cho cả phiếu.",
    # a form that comes back as a workbook
    "figures_file_other": (
        "Tệp này không phải biểu tải từ Chibo: không thấy dòng mã «ma, ban, don_vi». Tải biểu ở trang «Các số của kỳ», "
        "gõ số vào biểu ấy."
    ),
    "figures_form_unknown": "Dòng mã trong tệp không chỉ đúng biểu nào ở đây. Tải lại biểu rồi gõ số vào biểu mới.",
    "figures_unit_elsewhere": "Mã đơn vị ở ô này không thuộc đơn vị đang nhập. Chọn đúng đơn vị, hoặc tải lại biểu.",
    "figures_not_yours": "Đồng chí không điền phiếu thay đơn vị này. Gửi tệp cho bí thư của đơn vị, hoặc văn phòng.",
    "figures_no_number": "Trong ô là «{seen}», không phải số. Định dạng ô là Số rồi gõ lại.",
    "figures_written_since": (
        "Trên máy đang là {ours}, ghi sau khi tải tệp này. Sửa ở trang phiếu, hoặc tải biểu mới rồi gõ lại."
    ),
    "figures_lack": "{sentence} Sửa rồi tải lên lại, hoặc nộp ở trang phiếu.",
    "sheet_not_accepted": "Phiếu chưa chốt nên không cần mở lại. Tải lại trang.",
}
