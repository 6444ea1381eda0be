"""Refusals about plans and targets."""

TARGETS = {
    "bad_decimal": "«{typed}» không phải là số. Gõ như 12; 3.416; 89,5.",
    "unknown_plan_kind": "Chọn kế hoạch, chương trình hành động hoặc nghị quyết.",
    "plan_about_nothing": "Chưa ghi kế hoạch về việc gì. Ghi trích yếu, ví dụ: thực hiện Nghị quyết số 02-NQ/TU.",
    "delivery_of_another": "Văn bản này giao cho tổ chức khác. Mở kế hoạch từ văn bản giao cho đơn vị mình.",
    "plan_withdrawn": "Dự thảo này đã bỏ. Lập kế hoạch mới nếu cần.",
    "plan_issued": "Kế hoạch đã ban hành thì không bỏ được. Sửa từng dòng, ghi rõ vì sao.",
    "plan_without_lines": "Kế hoạch chưa có dòng nào. Thêm ít nhất một dòng: việc gì, ai làm, hạn, chỉ tiêu.",
    "lines_not_whole": (
        "Chưa ban hành được: dòng {lines} chưa đủ. Mỗi dòng phải có ai làm, hạn, và chỉ tiêu hoặc lý do không đo được."
    ),
    "line_not_whole": "Kế hoạch đã ban hành nên dòng này không được thiếu: {lacks}. Ghi đủ rồi lưu lại.",
    "issued_too_early": "Ngày ban hành trước ngày của văn bản phải thực hiện ({day}). Xem lại ngày.",
    "line_not_issued": "Kế hoạch chưa ban hành, hoặc dòng này đã bỏ: chưa báo xong được. Tải lại trang.",
    "line_has_a_target": "Dòng này có chỉ tiêu: xong hay chưa do chỉ tiêu nói. Báo số ở trang chỉ tiêu.",
    "no_line_result": "Chưa ghi kết quả. Ghi đã làm được gì, kiểm lại được.",
    "line_done_already": "Dòng này đã báo xong. Ghi nhầm thì rút báo cáo ấy trước.",
    "too_many_lines": "Một kế hoạch có tối đa {most} dòng. Gộp việc, hoặc lập kế hoạch riêng.",
    "line_of_another": "Dòng này thuộc kế hoạch khác. Tải lại trang.",
    "line_without_task": "Chưa ghi làm việc gì. Ghi việc của dòng này.",
    "unknown_owner": "Chọn ai làm trong danh sách: một đơn vị, một chức danh, hoặc một ban, tổ.",
    "due_outside_plan": "Hạn phải trong kỳ của kế hoạch, từ {first} đến {last}. Sửa hạn.",
    "measured_and_not": "Dòng có chỉ tiêu thì để trống ô «Vì sao không đo được». Bỏ một trong hai.",
    "say_why_changed": "Đã ban hành nên ghi rõ vì sao thay đổi. Ghi một câu, rồi lưu lại.",
    "target_without_name": "Chưa ghi tên chỉ tiêu. Ghi đo cái gì, ví dụ: tỷ lệ giải ngân vốn đầu tư.",
    "unknown_comparison": "Chọn cách so: ít nhất, nhiều nhất, đúng bằng, hoặc không còn.",
    "value_missing": "Chưa có số. Gõ số, ví dụ 12 hoặc 89,5.",
    "figure_not_for_targets": "Không giao chỉ tiêu bằng số của chính các chỉ tiêu. Chọn số liệu khác.",
    "unknown_target_kind": "Chọn số cộng dồn, số ở một ngày, hoặc tỷ lệ phần trăm.",
    "measure_missing": "Chưa ghi đơn vị tính. Ghi như ha, hộ, công trình.",
    "more_than_all": "Tỷ lệ không quá 100 %. Xem lại số đã gõ.",
    "target_stays_what_it_is": (
        "Chỉ tiêu đã ban hành giữ tên, số liệu và đơn vị tính. Muốn đo cái khác thì bỏ dòng này, ghi dòng mới."
    ),
    "target_dropped": "Chỉ tiêu này đã thôi. Mở chỉ tiêu khác.",
    "changed_in_its_plan": "Chỉ tiêu này là của một dòng kế hoạch. Sửa ở dòng kế hoạch ấy.",
    "changed_with_the_others": "Chỉ tiêu này do cấp trên phân bổ. Cấp trên sửa ở trang phân bổ, cùng các đơn vị khác.",
    "not_directly_below": "Chỉ phân bổ cho đơn vị trực thuộc ngay dưới. Bỏ đơn vị khác ra.",
    "sum_differs": (
        "Cộng các đơn vị được {total}, mức chung là {whole}: {which} {differs}. Sửa số của đơn vị cho khớp rồi phân bổ."
    ),
    "counted_by_figure": "Chỉ tiêu này Chibo tính từ sổ sách, không báo tay. Số sai thì sửa ở sổ gốc.",
    "before_the_target": "Ngày của số trước ngày bắt đầu chỉ tiêu ({day}). Xem lại ngày.",
    "number_without_paper": "Chưa ghi số lấy ở đâu. Ghi văn bản, biểu, biên bản có số này.",
    "nothing_to_divide": "Tỷ lệ cần cả hai số: được bao nhiêu, trên tất cả bao nhiêu (lớn hơn 0).",
}
