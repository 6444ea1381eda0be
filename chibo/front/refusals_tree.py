"""Refusals of acts on the tree, and what rules say against them. Each says what to do."""

TREE = {
    # the paper
    "no_paper": "Chưa có số quyết định. Ghi số như trên văn bản, ví dụ 07-QĐ/ĐU.",
    # somebody was faster
    "overtaken": "Sau khi đồng chí xem trước, đã có người ghi việc khác. Chưa ghi gì. {because}",
    "plan_moved": "Những gì sẽ đổi nay khác với bản đã xem: xem lại bên dưới rồi ghi.",
    "ended_meanwhile": "{name} đã kết thúc hoạt động theo quyết định ấy.",
    # the shape of the tree
    "kind_not_below": ("{kind} không đặt trực thuộc {above} ({rule}). Chọn cấp trên khác, hoặc xem lại ngày hiệu lực."),
    "too_few_official": (
        "{name} chỉ có {count} đảng viên chính thức, chi bộ cần ít nhất {least} ({rule}). Chuyển thêm đảng viên về, "
        "hoặc để sinh hoạt ghép."
    ),
    "too_few_for_committee": (
        "{name} có {count} đảng viên, dưới mức {least} để lập đảng bộ cơ sở ({rule}). Cấp trên trực tiếp cần đồng ý."
    ),
    "root_stays": "Tổ chức cao nhất của máy này không chuyển, không kết thúc được ở đây.",
    "same_superior": "Tổ chức đã trực thuộc nơi này rồi. Chọn cấp trên khác.",
    "below_itself": "Không chuyển một tổ chức vào bên dưới chính nó. Chọn cấp trên khác.",
    "same_kind": "Loại tổ chức không đổi. Chọn loại khác.",
    "tree_changed_since": (
        "{name} đã có thay đổi ghi từ ngày ấy hoặc sau đó. Lấy lại quyết định ghi sau, hoặc chọn ngày hiệu lực sau đó."
    ),
    "facts_since": (
        "{name}: có {count} {what} từ ngày hiệu lực trở đi. Chọn ngày hiệu lực sau việc ấy, hoặc sửa việc ấy trước."
    ),
    # what must have gone before
    "members_need_cells": (
        "Chi bộ có {count} đảng viên. Dùng «Nâng cấp»: đảng viên được xếp vào các chi bộ trực thuộc mới."
    ),
    "posts_need_ending": "Còn người giữ chức vụ của chi bộ. Ghi thôi chức vụ trước khi chuyển loại.",
    "units_below": "Còn {count} tổ chức trực thuộc. Chuyển các tổ chức ấy đi trước.",
    "members_left": "Còn {count} lượt đảng viên sinh hoạt ở đây. Chuyển đi trước, hoặc dùng «Sáp nhập».",
    "tasks_left": "Còn {count} nhiệm vụ chưa xong. Ghi kết quả hoặc «Thôi» trước, hoặc dùng «Sáp nhập».",
    "localities_remain": "Còn {count} địa bàn trong sổ của xã. Ghi kết thúc từng nơi, hoặc dùng «Sáp nhập».",
    # splitting and merging
    "cells_only": "Chỉ nâng cấp được chi bộ có cấp trên trực tiếp.",
    "split_by_form": (
        "Trong bảng chỉ chia tách chi bộ. Đảng bộ thì bấm «Chia tách» ở trang quyết định của đảng bộ ấy, hoặc ghi "
        "từng dòng thành lập, chuyển, kết thúc."
    ),
    "two_heirs": "Chia tách cần ít nhất hai tổ chức mới; nâng cấp cần ít nhất một chi bộ trực thuộc.",
    "one_main_heir": "Chọn đúng một tổ chức kế thừa giữ hồ sơ và nhận các việc chung.",
    "member_left_behind": "Còn {count} đảng viên chưa xếp vào đúng một tổ chức mới. Xếp đủ rồi xem trước lại.",
    "unit_left_behind": "Còn {count} tổ chức trực thuộc chưa xếp vào đúng một tổ chức mới. Xếp đủ rồi xem trước lại.",
    "one_inside_another": "{name} nằm trong {above} nên không sáp nhập với nhau được. Chuyển cấp trên trực tiếp trước.",
    "two_sources": "Chọn tổ chức được sáp nhập; hợp nhất thành tổ chức mới cần ít nhất hai tổ chức cũ.",
    "merge_alike": "Chi bộ sáp nhập với chi bộ, đảng bộ với đảng bộ. Chọn lại.",
    # many acts on a sheet
    "no_acts": "Bảng chưa có việc nào. Ghi việc ở cột «Việc» của những dòng có thay đổi.",
    "act_missing": "Dòng này ghi điều mới mà chưa ghi việc. Ghi một trong: {words}; hoặc để trống ô này.",
    "act_needs": "Việc «{act}» cần cột «{label}». Ghi vào dòng này.",
    "act_not_used": "Việc «{act}» không dùng cột này. Để trống ô, hoặc thêm một dòng cho việc khác.",
    "act_with_line": "Cùng một việc với dòng {row}, dòng ấy bị từ chối. Sửa dòng ấy.",
    "act_other_code": "Mã {number} là {name}, không phải «{seen}». Sửa mã, hoặc sửa tên.",
    "act_stands_elsewhere": (
        "{name} không trực thuộc {above}. Để trống «Trực thuộc», hoặc dùng việc «chuyển» nếu muốn chuyển."
    ),
    "act_parent_is_cell": "{name} là chi bộ, không có tổ chức trực thuộc. Ghi cấp trên khác.",
    "act_target_unknown": (
        "Không có tổ chức tên «{seen}» để nhập vào.{near} Sửa tên; nếu lập một tổ chức mới thì ghi việc là «hợp nhất»."
    ),
    "act_target_stands": (
        "«{seen}» đang có. Nhập vào tổ chức ấy thì ghi việc là «sáp nhập»; hợp nhất thì ghi tên tổ chức mới."
    ),
    "act_members_unplaced": (
        "Còn {count} đảng viên chưa ghi về chi bộ nào: {names}{more}. Ghi ở trang «Chia đảng viên»."
    ),
    "act_people_refused": "Trang «Chia đảng viên» có {count} dòng của chi bộ này bị từ chối. Sửa các dòng ấy.",
    "heir_unknown": "Không việc chia tách, nâng cấp nào có chi bộ mới tên «{seen}». Sửa tên ở một trong hai trang.",
    "heir_of_many": "Có nhiều việc cùng lập chi bộ tên «{seen}». Ghi thêm cột «Chi bộ hiện nay» cho dòng này.",
    "person_not_there": "Chi bộ đang chia không có đảng viên này. Sửa tên, hoặc xem lại cột «Chi bộ hiện nay».",
    "sheet_has_refused": "Còn {count} dòng bị từ chối. Bảng chỉ ghi được khi mọi dòng đều ghi được: sửa rồi gửi lại.",
    "act_later": "«{seen}» chỉ có từ dòng {row}. Đưa dòng ấy lên trên dòng này.",
    "sample_too_many": (
        "Có {count} đảng viên, nhiều hơn {most}. Lấy bảng không kèm đảng viên, hoặc lấy ở từng tổ chức trực thuộc."
    ),
    # taking back
    "depends_on_it": "Không lấy lại được: đã có {what} dựa vào quyết định này. Ghi một quyết định mới.",
}
