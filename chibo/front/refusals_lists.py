"""Refusals of lists that come in: of the whole file, of a column, of a cell. Each says what to do."""

LISTS = {
    # the file
    "list_too_big": "Tệp lớn hơn {most} MB. Bỏ ảnh và các trang không dùng, hoặc tách ra rồi nhập từng phần.",
    "list_kind": "Tệp này không phải là bảng Excel .xlsx; xem theo nội dung tệp, không theo tên.",
    "list_old_excel": "Đây là tệp Excel kiểu cũ (.xls). Mở bằng Excel, chọn Lưu thành, loại «Excel Workbook (.xlsx)».",
    "list_csv": (
        "Đây là tệp chữ (.csv, .txt). Mở bằng Excel, định dạng cột số thẻ là Văn bản, rồi lưu thành .xlsx: "
        "tệp chữ không giữ được số 0 ở đầu và phông chữ."
    ),
    "list_locked": "Bảng Excel này có mật khẩu. Mở, bỏ mật khẩu rồi lưu và gửi lại.",
    "list_macros": "Bảng Excel này có chương trình kèm theo (.xlsm). Lưu thành .xlsx rồi gửi lại.",
    "list_broken": "Tệp không đọc được trọn vẹn: bị cắt, hỏng, hoặc quá nặng. Mở bằng Excel, lưu thành tệp mới.",
    "list_unsafe": "Tệp có cấu tạo bất thường nên không mở. Chép các ô sang một bảng Excel mới rồi gửi.",
    "list_too_big_inside": "Nội dung tệp bung ra lớn hơn {most} MB nên không mở. Chép riêng danh sách sang tệp mới.",
    "list_too_far": "Ô {cell} có nội dung, nằm quá xa danh sách. Xóa ô ấy rồi gửi lại.",
    "list_too_many_rows": "Danh sách dài hơn {most} dòng. Tách ra rồi nhập từng phần.",
    # the heads
    "list_no_heading": (
        "Không thấy dòng tiêu đề cột trong tệp. Cần một dòng có tên cột, ít nhất: {labels}; đặt trong 40 dòng đầu."
    ),
    "list_column_missing": "Thiếu cột: {labels}. Thêm cột, hoặc chọn cột tương ứng rồi xem lại.",
    "list_column_twice": "Hai cột cùng được hiểu là «{label}»: {columns}. Chọn một cột, cột kia để «Không dùng».",
    # a cell
    "cell_fault": "Ô báo lỗi {seen}. Gõ giá trị vào ô.",
    "cell_uncalculated": "Ô là công thức chưa tính. Mở bằng Excel, lưu lại, hoặc gõ giá trị vào ô.",
    "cell_odd_signs": "Ô có ký tự đảo chiều chữ hoặc ký tự điều khiển. Xóa ô rồi gõ lại bằng tay.",
    "cell_mixed_letters": "Trong chữ có lẫn chữ cái của tiếng khác, nhìn giống hệt. Xóa ô rồi gõ lại bằng tay.",
    "cell_spoilt": (
        "Chữ gõ bằng mã cũ (TCVN3, VNI) nhưng phông đã đổi, hoặc chữ bị hỏng. Đổi lại phông .Vn…, VNI-…, hoặc gõ lại."
    ),
    "cell_ditto": "«{seen}» nghĩa là như dòng trên. Gõ đủ nội dung vào từng dòng.",
    "cell_is_number": "Cần chữ, trong ô là số {seen}. Gõ lại.",
    "cell_not_text": "Trong ô là «{seen}», không phải chữ. Định dạng cột là Văn bản rồi gõ lại.",
    "cell_lost_zeros": "Excel giữ ô này là số ({seen}) nên có thể đã mất số 0. Định dạng cột là Văn bản, gõ lại đủ số.",
    "cell_unknown_word": "«{seen}» không có trong các cách ghi được hiểu: {words}. Gõ lại theo một trong số đó.",
    "cell_not_a_day": "«{seen}» không phải là ngày. Gõ ngày như 03/11/2026.",
    "cell_serial": "Trong ô là số {seen}, không rõ là ngày nào. Định dạng cột là Ngày, hoặc gõ ngày như 03/11/2026.",
    "cell_year_only": "Chỉ có «{seen}», cần đủ ngày, tháng, năm như 03/11/2026.",
    "cell_short_year": "«{seen}» chỉ có hai số của năm. Gõ đủ bốn số, như 03/11/2026.",
    "cell_day_or_month": (
        "«{seen}» hiểu được hai cách vì cột này có ngày viết kiểu tháng/ngày/năm. Gõ lại cả cột là ngày/tháng/năm."
    ),
    "cell_not_a_cross": "Cột đánh dấu chỉ nhận dấu X, trong ô là «{seen}». Đánh X hoặc để trống.",
    "cell_two_crosses": "«{label}» có hai dấu X trong một dòng. Để lại một.",
    "cell_in_both": "«{label}» ghi ở cả hai cột trong một dòng. Để lại một.",
    "cell_says_other": "Ngày sinh ghi ở cột của nam mà giới tính ghi nữ, hoặc ngược lại. Sửa một trong hai.",
    # a line
    "line_merged": "Dòng này có ô gộp với dòng khác. Bỏ gộp ô rồi gõ đủ từng dòng.",
    "line_twice": "Cùng một đối tượng ở các dòng {rows}. Để lại một dòng, hoặc thêm ngày sinh, số thẻ cho khác nhau.",
    "line_out_of_reach": "Dòng này thuộc tổ chức ngoài phần đồng chí được ghi.",
    "cell_missing": (
        "Chưa rõ chi bộ nào. Ghi tên chi bộ vào dòng, thêm cột «Chi bộ», hoặc đặt một dòng «Chi bộ …» lên trên."
    ),
    "unit_unknown": "Không có tổ chức tên «{seen}» trong phạm vi danh sách này.{near}",
    "unit_ambiguous": "Tên «{seen}» chỉ nhiều tổ chức: {which}. Ghi đủ tên.",
    "unit_renamed": "«{seen}» là tên cũ, nay là {now}. Ghi tên hiện nay.",
    "unit_ended": "«{seen}» đã kết thúc hoạt động. Ghi tên tổ chức hiện nay.",
    "person_ambiguous": "Trong sổ có nhiều người cùng tên ở chi bộ này. Thêm ngày sinh hoặc số thẻ đảng viên.",
    "person_unclear": "Trong sổ có người cùng tên ở {cell}. Thêm ngày sinh hoặc số thẻ để phân biệt.",
    "person_elsewhere": (
        "Số này đã có ở một tổ chức khác. Nếu là người chuyển đến, làm thủ tục chuyển sinh hoạt; "
        "nếu gõ nhầm, sửa lại số."
    ),
    "numbers_of_two": "Số thẻ và số căn cước trong dòng này thuộc hai người khác nhau trong sổ. Kiểm tra lại hai số.",
    "name_differs": "Số này trong sổ là của {ours}. Kiểm tra lại số, hoặc sửa tên trên trang đảng viên trước.",
    "standing_back": "Trong sổ đã là đảng viên chính thức. Nếu ghi sai, sửa trên trang đảng viên với lý do.",
    "unit_kind_unknown": "Chưa rõ loại tổ chức «{seen}». Ghi một trong: {words}.",
    "unit_of_other_kind": "Trong sổ là {ours}. Đổi loại tổ chức là một quyết định riêng, không làm bằng danh sách.",
    "unit_under_another": "Trong sổ trực thuộc {ours}. Chuyển cấp trên là một quyết định riêng, không làm ở đây.",
    "units_in_use": "Tổ chức đã có đảng viên, chức vụ, buổi họp hoặc tổ chức bên dưới nên không lấy lại được.",
    "person_unknown": "Không thấy người này trong danh sách đảng viên của phạm vi này. Nhập danh sách đảng viên trước.",
    "office_unknown": "Không có chức vụ «{seen}» ở loại tổ chức này. Ghi một trong: {words}.",
    "office_missing": "Chưa ghi chức vụ. Ghi chức vụ vào dòng.",
    "post_unit_missing": "Chưa rõ giữ chức vụ ở tổ chức nào. Ghi tên tổ chức vào dòng.",
    "village_commune_missing": "Chưa rõ xã nào. Ghi tên xã vào dòng, hoặc thêm cột «Xã, phường».",
    "village_commune_unknown": "Không có xã, phường «{seen}» trong phạm vi danh sách này. Ghi một trong: {words}.",
    "village_kind_unknown": "Chưa rõ loại địa bàn «{seen}». Ghi một trong: {words}; ở cột «Loại» hoặc trước tên.",
    "village_of_other_kind": (
        "Sổ đang ghi nơi này là {ours}. Đổi loại thì bấm «Đổi tên, loại, cụm» ở trang của địa bàn, rồi nhập lại."
    ),
    "village_cell_missing": "Chưa rõ chi bộ nào phụ trách. Ghi tên chi bộ vào cột «Chi bộ phụ trách».",
    "village_cell_contradicts": "Đã ghi chi bộ phụ trách mà lại ghi chưa có chi bộ hoặc chưa có đảng viên. Bỏ một.",
    "village_way_missing": (
        "Chưa chi bộ nào phụ trách thì ghi thêm ở cột «Ai phụ trách»: «Có đảng viên, chưa có chi bộ» hoặc "
        "«Chưa có đảng viên»."
    ),
    "village_area_unknown": "Không có diện «{seen}». Ghi một trong: {words}; cách nhau bằng dấu chấm phẩy.",
    # lists given out
    "lists_of_the_day": "Hôm nay đồng chí đã lấy đủ {most} danh sách của một ngày. Mai lấy tiếp.",
    "list_empty": "Danh sách này chưa có dòng nào nên không có gì để tải.",
    # the steps
    "list_renamed": "Lần nhập này có đổi tên tổ chức nên không lấy lại cả lần được. Đổi tên lại từng tổ chức.",
    "list_ahead": "Ngày {day} chưa tới. Chọn hôm nay hoặc một ngày đã qua.",
    "list_hidden": "Trong tệp có dòng bị ẩn hoặc bị lọc. Chọn nhập cả hoặc bỏ qua các dòng ấy.",
    "list_forgotten": "Nội dung tệp này đã được xóa khỏi máy. Gửi lại tệp.",
    "list_settled": "Lần nhập này đã khép lại. Gửi lại tệp để nhập lần khác.",
    "list_moved": "Sổ vừa thay đổi sau khi đồng chí xem trước. Xem lại rồi bấm ghi lần nữa.",
    "list_not_written": "Lần nhập này chưa ghi gì vào sổ nên không có gì để lấy lại.",
    "list_depended_on": (
        "Đã có {count} việc ghi sau dựa vào lần nhập này (sửa hồ sơ, chức vụ, điểm danh). "
        "Sửa từng việc trên trang đảng viên."
    ),
    "changed_since": "Có dòng đã được sửa sau lần nhập này. Sửa từng việc trên trang đảng viên.",
}
