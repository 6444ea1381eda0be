"""Every refusal in words: what, why with the document, what to do. A test holds this table against the source."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from chibo.front.kept import from_our_page, send_again, sign_in_first, typed_in
from chibo.front.refusals_directives import DIRECTIVES
from chibo.front.refusals_limitations import LIMITATIONS
from chibo.front.refusals_lists import LISTS
from chibo.front.refusals_localities import LOCALITIES
from chibo.front.refusals_persons import PERSONS
from chibo.front.refusals_returns import RETURNS
from chibo.front.refusals_targets import TARGETS
from chibo.front.refusals_tree import TREE
from chibo.kernel.actor import NOBODY
from chibo.kernel.dates import show_day
from chibo.kernel.errors import NoPower, Overtaken, Refused, Stale
from chibo.platform.logs import request_id

SENTENCES = {
    **LISTS,
    **LIMITATIONS,
    **TREE,
    **LOCALITIES,
    **DIRECTIVES,
    **TARGETS,
    **PERSONS,
    **RETURNS,
    # texts that documents are read out of
    "text_too_big": "Tệp lớn hơn {most} MB. Bỏ ảnh trong tệp, hoặc chép phần chữ cần đọc sang tệp mới.",
    "text_old_word": "Đây là tệp Word kiểu cũ (.doc). Mở bằng Word, chọn Lưu thành, loại «Word Document (.docx)».",
    "text_broken": "Tệp không đọc được. Mở bằng Word, lưu thành .docx mới; hoặc chép chữ sang tệp .txt (UTF-8).",
    # fields
    "bad_fields": "Còn {count} ô cần sửa. Những gì đã gõ vẫn còn đây.",
    "bad_day": "{why} Gõ ngày như 03/11/2026.",
    "bad_time": "Giờ «{typed}» không đọc được. Gõ như 19:30 hoặc 19 giờ 30.",
    "bad_count": "«{typed}» không phải là số đếm. Gõ số nguyên, ví dụ 23.",
    "text_too_long": "Ô này nhận tối đa {most} ký tự, đang có {length}. Rút ngắn lại; phần dài để ở văn bản kèm theo.",
    "looks_like_identity": (
        "«{found}» giống số định danh hoặc số điện thoại. Chibo không ghi số của cá nhân trong nội dung; bỏ số đó đi."
    ),
    "unknown_field": "Phiếu không có ô này. Tải lại trang.",
    "unknown_choice": "Lựa chọn này không có trong phiếu. Tải lại trang và chọn lại.",
    "unknown_person": "Không thấy người này trong danh sách. Chọn lại trong danh sách.",
    "no_text": "Chưa có nội dung. Gõ nội dung rồi ghi.",
    "no_name": "Chưa có tên. Gõ tên rồi ghi.",
    # the meeting
    "changed_meanwhile": "Có người vừa sửa cùng một chỗ. Chọn một bản, bản kia vẫn lưu trong lịch sử.",
    "already_closed": "Buổi này đã kết thúc lúc {at}, người ghi: {by}. Muốn sửa, thêm phần đính chính bên biên bản.",
    "sheet_moved": "Phiếu vừa có người sửa sau khi đồng chí mở trang này. Xem lại rồi bấm kết thúc lần nữa.",
    "day_moved": (
        "Sau khi đồng chí mở phiếu, buổi này đã dời từ ngày {was} sang {day}. Chưa ghi gì, những gì đã gõ vẫn còn đây. "
        "Xem lại ngày họp, điểm danh rồi ghi lần nữa."
    ),
    "no_time": "Chưa có giờ bắt đầu hoặc giờ kết thúc: điền «Bắt đầu» ở phần Chuẩn bị, «Kết thúc lúc» ở phần Kết thúc.",
    "not_held_yet": "Ngày họp {day} chưa tới nên chưa kết thúc được. Sửa ngày họp, hoặc chờ đến ngày.",
    "ends_before_it_starts_time": "Giờ kết thúc phải sau giờ bắt đầu. Sửa lại giờ.",
    "nobody_on_the_roll": "Chi bộ chưa có ai phải dự vào ngày này. Xem lại danh sách đảng viên hoặc ngày họp.",
    "votes_exceed_voters": (
        "Có {votes} phiếu, nhiều hơn {voters} đảng viên chính thức có mặt. Xem lại biểu quyết hoặc điểm danh."
    ),
    "nobody_for_it": (
        "Không ai tán thành nên chưa thành nghị quyết. Ghi lại số tán thành, hoặc chọn «Không» ở mục Ra nghị quyết."
    ),
    "chair_not_on_roll": "Người chủ trì không có trong danh sách của ngày họp. Chọn lại.",
    "writer_not_on_roll": "Người ghi biên bản không có trong danh sách của ngày họp. Chọn lại.",
    "owner_not_on_roll": "Có nhiệm vụ giao cho người không thuộc danh sách của ngày họp. Chọn lại người phụ trách.",
    "task_without_text": "Có người phụ trách hoặc thời hạn mà chưa có nhiệm vụ. Ghi nhiệm vụ, hoặc bỏ trống cả dòng.",
    "task_already_given": "Nhiệm vụ này đã giao ở buổi khác. Tải lại trang.",
    "meeting_already_planned": "Tháng này chi bộ đã có buổi thường kỳ trong lịch.",
    "kind_not_for_unit": "Tổ chức này không có loại buổi họp đó. Chọn loại khác.",
    "no_theme": "Chưa có chuyên đề hoặc lý do họp. Ghi một dòng rồi lưu.",
    "presenter_not_called": "Người chuẩn bị không có trong thành phần dự họp ngày đó. Chọn lại.",
    "no_reason": "Chưa có lý do. Ghi lý do rồi lưu.",
    "same_day": "Buổi này đang hẹn đúng ngày {day}. Chọn ngày khác.",
    "day_passed": "Ngày {day} đã qua. Nếu đã họp rồi thì mở phiếu và sửa ngày họp; nếu chưa, hẹn một ngày sắp tới.",
    "not_held_said": "Buổi này đã ghi là không họp lúc {at}, người ghi: {by}. Bỏ ghi không họp rồi làm tiếp.",
    "not_said_so": "Buổi này không có ghi là không họp.",
    "notice_too_late": "Buổi họp ngày {day} đã qua. Việc vắng ghi ở phần điểm danh.",
    "person_not_called": "Người này không thuộc thành phần dự buổi họp. Chọn lại.",
    "not_helped": "Biên bản này do chi bộ tự ghi nên không cần xác nhận.",
    "who_signed": "Chưa rõ ai đã ký. Chọn người ký bản giấy.",
    "not_voted": "Buổi này chưa có biểu quyết nên chưa ra nghị quyết được. Biểu quyết ở một buổi họp khác.",
    "no_conclusion": "Ra nghị quyết thì phải có kết luận. Ghi kết luận ở phần Thảo luận, hoặc bỏ chọn ra nghị quyết.",
    "too_many_points": "Mục «{label}» chấm tối đa {most} điểm. Sửa lại điểm tự chấm.",
    "habit_already_set": "Chi bộ đã có giờ và nơi sinh hoạt thường lệ từ ngày này.",
    "owner_not_here": "Người này không thuộc đơn vị vào hôm nay nên chưa giao được. Chọn lại người phụ trách.",
    "due_before_meeting": "Thời hạn {day} của «{text}» trước ngày họp {held_on}. Sửa thời hạn, hoặc để trống.",
    "due_passed": "Thời hạn {day} đã qua. Chọn hôm nay hoặc một ngày sắp tới.",
    "no_cause": "Chưa làm hoặc thôi thì ghi nguyên nhân. Ghi một dòng rồi lưu.",
    "task_settled": "Nhiệm vụ này đã khép lại ngày {day}. Muốn làm tiếp, báo bí thư chi bộ.",
    "nothing_changed": "Người phụ trách và thời hạn vẫn như cũ. Đổi một trong hai rồi lưu.",
    "key_used": "Nội dung này đã gửi một lần với chữ khác. Tải lại trang rồi ghi lại.",
    "no_term": "Chi bộ chưa có nhiệm kỳ trong sổ nên chưa lấy được số biên bản. Báo văn phòng đảng ủy ghi nhiệm kỳ.",
    # charges, visits, changes tried
    "no_cell_chosen": "Chưa chọn chi bộ nào. Đánh dấu chi bộ rồi ghi.",
    "month_too_far": "Chọn một tháng trong danh sách: tháng sau, tháng này, hoặc trong một năm vừa qua.",
    "where_not_said": "Chưa chọn sinh hoạt được ghi ở đây hay ở nơi khác. Chọn một trong hai rồi ghi.",
    "written_elsewhere_already": "Các chi bộ đã chọn đã ghi sinh hoạt ở nơi khác từ tháng đó rồi.",
    "written_elsewhere_later": (
        "Có chi bộ đã được nói là ghi ở nơi khác từ {month}. Chọn tháng ấy trở đi, hoặc cho ghi ở đây trước."
    ),
    "written_here_already": "Các chi bộ đã chọn đã ghi sinh hoạt ở đây từ tháng đó rồi.",
    "meetings_written_since": (
        "{cell} đã ghi buổi sinh hoạt {month} ở đây. Chọn tháng sau đó, hoặc bỏ đánh dấu chi bộ ấy."
    ),
    "report_not_issued": "Báo cáo tháng này chưa ban hành. Lấy số, ban hành trước rồi đính chính.",
    "not_of_committee": "Người này không phải cấp ủy viên cấp trên vào ngày đó. Chọn lại, hoặc ghi chức vụ trước.",
    "charge_held_already": "Đồng chí này đã phụ trách {cell} trong thời gian đó rồi.",
    "not_of_superior": "Chỉ người của cấp ủy, cơ quan đảng cấp trên dự với chi bộ. Chọn lại người dự.",
    "visit_ahead": "Buổi họp ngày {day} chưa tới. Nhận xét ghi sau khi dự.",
    "unknown_point": "Điểm nhận xét này không có vào ngày họp. Tải lại trang.",
    "observation_noted": "Nhận xét đã ghi lúc {at} và giữ nguyên. Muốn sửa, thêm phần bổ sung bên dưới.",
    "day_ahead": "Ngày {day} chưa tới. Chỉ ghi việc đã làm.",
    "before_the_change": "Kết quả phải ghi từ ngày {day} là ngày bắt đầu đổi mới. Sửa lại ngày.",
    # files
    "file_empty": "Chưa chọn tệp, hoặc tệp rỗng. Chọn tệp rồi gửi.",
    "file_too_big": "Tệp lớn hơn {most} MB. Chụp ở cỡ nhỏ hơn, hoặc gửi từng trang.",
    "file_kind": "Chỉ nhận tệp PDF, JPEG, PNG; xem theo nội dung tệp, không theo tên.",
    "file_broken": "Tệp không đọc được trọn vẹn. Chụp hoặc quét lại rồi gửi.",
    "file_locked": "Tệp PDF này có khóa. Gửi bản không khóa.",
    "file_pages": "Tệp PDF phải có từ 1 đến {most} trang. Tách ra rồi gửi từng phần.",
    "file_marked_secret": (
        "Tên tệp hoặc trang đầu có dấu «{mark}». Chibo không nhận văn bản mật; chỉ ghi số văn bản, "
        "giữ bản giấy theo quy định. Nếu tên tệp đặt nhầm, đổi tên rồi gửi lại."
    ),
    "file_known": "Bản chụp này đã có bên biên bản rồi.",
    "file_lost": ("Tệp này không còn nguyên vẹn trên máy chủ. Báo người trông máy chủ kiểm tra và lấy từ bản sao lưu."),
    "too_many_files": "Mỗi biên bản có tối đa {most} bản chụp. Rút bớt bản thừa rồi thêm.",
    # people, posts, units
    "unknown_standing": "Chỉ có đảng viên chính thức hoặc dự bị.",
    "not_probationary": "Đồng chí này không phải đảng viên dự bị vào ngày đó.",
    "already_left_out": "Đã ghi không tính trong thời gian này rồi.",
    "already_away": "Đã có sinh hoạt tạm thời trong thời gian này.",
    "not_a_cell": "Nơi này không phải chi bộ đang hoạt động vào ngày đó. Chọn một chi bộ.",
    "same_cell": "Đồng chí này đã là đảng viên của chi bộ đó trong thời gian này.",
    "unknown_way": "Không có cách vào, ra danh sách đảng viên như vậy. Chọn lại trong danh sách.",
    "unknown_kind_of_absence": "Chỉ có miễn công tác và sinh hoạt, hoặc làm nhiệm vụ đặc biệt.",
    "not_in_force_then": "Việc này không có hiệu lực vào ngày đó. Xem lại ngày.",
    "not_a_member_then": "Đồng chí này không có trong danh sách của chi bộ nào vào ngày đó.",
    "moved_later": "Sau ngày này đã ghi chuyển đi hoặc ra khỏi danh sách. Sửa hoặc rút lần ghi ấy trước.",
    "belongs_since_then": "Đồng chí này vào chi bộ đúng ngày đó. Nếu ghi sai chi bộ thì sửa lần ghi ấy.",
    "facts_afterwards": "Sau ngày này còn việc khác đã ghi cho đồng chí này. Sửa hoặc rút việc ấy trước.",
    "boxes": "Còn {count} chỗ cần sửa.",
    "box_empty": "Ghi «{label}».",
    "before_the_party": "Ngày {day} trước ngày thành lập Đảng 03/02/1930. Sửa lại năm.",
    "before_birth": "Ngày {day} trước khi sinh ({born} trở đi). Xem lại ngày này và ngày sinh.",
    "too_far_ahead": "Ngày {day} còn quá xa. Xem lại năm.",
    "born_ahead": "Ngày sinh {day} chưa tới. Sửa lại năm.",
    "born_after_joining": "Ngày sinh này sau ngày {day} đã ghi vào Đảng. Xem lại cả hai ngày.",
    "official_day_needed": "Đảng viên chính thức đã ghi ngày kết nạp thì ghi cả ngày công nhận chính thức.",
    "official_before_admitted": "Ngày chính thức phải sau ngày kết nạp. Xem lại hai ngày.",
    "standing_starts_late": "Ngày {day} sau ngày vào chi bộ. Ai ở trong chi bộ phải là dự bị hoặc chính thức từ đầu.",
    "unknown_word": "Không có «{typed}» trong danh sách. Chọn lại.",
    "bad_card_number": "Số thẻ đảng viên có 8 chữ số (thẻ cũ) hoặc 12 chữ số. Ghi đủ cả số 0 ở đầu.",
    "bad_citizen_number": "Số căn cước có 12 chữ số, chứng minh cũ có 9 chữ số. Ghi đủ cả số 0 ở đầu.",
    "bad_history_number": "Số lý lịch gồm 6 chữ số rồi 1 đến 3 chữ cái, như 123456AB.",
    "same_name": "Họ tên vẫn như cũ. Sửa chữ nào sai rồi ghi.",
    "field_began_then": "«{field}» ghi từ đúng ngày đó hoặc sau đó. Nếu trước ghi sai thì chọn lý do sửa.",
    "field_closed": "«{field}» là thông tin nhạy cảm: không dùng để xếp, lọc hay đưa vào danh sách chung.",
    # corrections
    "unknown_why": "Chọn lý do sửa: gõ nhầm, văn bản ghi khác, ghi hai lần, việc không diễn ra.",
    "withdrawn_already": "Dòng này đã được rút rồi. Tải lại trang.",
    "neighbour_swallowed": "Sửa như vậy thì lần ghi liền kề không còn ngày nào. Rút lần ghi ấy trước.",
    "leaving_is_an_act": "Ra khỏi danh sách phải có lý do: để trống ngày cuối ở đây, rồi bấm «Ra khỏi danh sách» hoặc "
    "«Chuyển sinh hoạt» ở trang đồng chí ấy.",
    "overlaps_another": "Thời gian này chồng lên một lần ghi khác. Xem lại ngày.",
    "ends_before_it_starts": "Ngày cuối phải từ ngày đầu trở đi. Sửa lại ngày.",
    "post_held_already": "Đồng chí này đang giữ chức vụ đó rồi.",
    "post_held_by_other": "Chức vụ này đang có người giữ. Ghi thôi chức vụ cho người trước rồi giao.",
    "office_not_for_unit": "Chức vụ này không có ở loại tổ chức đó. Chọn lại chức vụ hoặc tổ chức.",
    "unknown_body_kind": "Loại ban, tổ này không lập ở đây. Chọn lại trong danh sách.",
    "no_body_name": "Ghi tên của ban, tổ.",
    "outside_the_body": "Thời gian tham gia phải nằm trong thời gian ban, tổ hoạt động.",
    "unknown_role": "Chọn vai trò trong danh sách.",
    "head_seated": "Người đứng đầu đang có. Ghi thôi cho người trước, hoặc chọn vai trò khác.",
    "seated_already": "Người này đã là thành viên trong thời gian đó.",
    "not_on_the_list": "Có người không ở trong danh sách đảng viên vào ngày đó.",
    "nobody_elected": "Ghi ít nhất một người trúng cử.",
    "elected_twice": "Có người được ghi hai lần cùng một chức vụ. Bỏ bớt một dòng.",
    "two_secretaries": "Chỉ có một bí thư. Xem lại danh sách trúng cử.",
    "not_official_then": "{name} không phải đảng viên chính thức vào ngày đó nên không ứng cử, không được bầu.",
    "no_unit_lacks_it": "Không còn tổ chức nào loại này chưa có nhiệm kỳ. Tải lại trang.",
    "no_term_name": "Ghi tên nhiệm kỳ, như 2025 - 2030.",
    "term_began_then": "Nhiệm kỳ đang có bắt đầu đúng ngày đó. Nếu ghi lại đại hội thì rút lần ghi trước.",
    "papers_numbered": "Đã có văn bản lấy số theo nhiệm kỳ này nên không rút được. Sửa từng chức vụ ghi sai.",
    "not_longer": "Ngày cuối mới phải sau ngày cuối của nhiệm kỳ.",
    "too_many_lines": "Danh sách có tối đa {most} dòng.",
    "unread_line": "Dòng {number} «{line}»: {why}",
    "unknown_state_office": "Không có chức vụ này vào ngày đó trong danh sách chức vụ chính quyền, đoàn thể.",
    "unknown_ending": "Chọn lý do thôi chức vụ trong danh sách.",
    "not_held_then": "Chức vụ này không giữ vào ngày đó.",
    "term_overlaps": "Nhiệm kỳ này chồng lên nhiệm kỳ đã có. Xem lại ngày.",
    "account_taken": "Tài khoản hoặc người này đã được ghép rồi.",
    "unknown_kind": "Không có loại tổ chức «{kind}» vào ngày đó.",
    "parent_not_standing": "Ngày đó sổ chưa có tổ chức cấp trên, hoặc tổ chức ấy đã kết thúc. Ghi ngày khác.",
    "second_root": "Cây tổ chức đã có gốc. Lập tổ chức mới bên dưới một tổ chức đã có.",
    "not_standing": "Tổ chức này không hoạt động vào ngày đó.",
    "already_changed_that_day": "Ngày đó đã có một thay đổi. Chọn ngày khác.",
    # signing in
    "sign_in_wait": "Đã thử sai nhiều lần. Chờ {seconds} giây rồi thử lại.",
    "bad_username": "Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm, gạch.",
    "username_taken": "Tên đăng nhập này đã có người dùng.",
    "short_passphrase": "Cụm từ bí mật cần ít nhất {least} ký tự.",
    "common_passphrase": "Cụm từ này dễ đoán. Chọn vài từ không liên quan đến nhau.",
    "too_many_areas": "Tài khoản này giữ chức vụ ở hơn {most} nơi. Báo văn phòng để chia bớt.",
    "not_your_session": "Phiên này của người khác.",
    "same_passphrase": "Cụm từ mới giống cụm từ cũ. Chọn cụm từ khác.",
    "phrases_differ": "Hai lần gõ cụm từ mới khác nhau. Gõ lại cả hai.",
    # the second step
    "too_many_codes": (
        "Hôm nay đã gõ sai mã quá nhiều lần. Nếu không phải đồng chí gõ thì có người biết cụm từ bí mật: "
        "gặp văn phòng để được cấp mã mới."
    ),
    "step_set_up": "Bước hai đã lập rồi. Muốn đổi điện thoại thì thôi bước hai rồi lập lại.",
    "step_not_started": "Chưa bắt đầu lập bước hai, hoặc máy chủ vừa đổi khóa. Bấm bắt đầu rồi quét lại mã.",
    "step_not_set": "Tài khoản này chưa lập bước hai.",
    "step_required_already": "Chức vụ này đã bắt buộc bước hai rồi.",
    "step_not_required": "Chức vụ này không bắt buộc bước hai vào ngày đó.",
    "not_from_above": "Đặt lại bước hai là việc của văn phòng cấp trên của đơn vị người ấy giữ chức vụ.",
    # requests about one's own data
    "unknown_request_kind": "Chọn một loại yêu cầu: xem, sửa, hạn chế hoặc xóa.",
    "asked_already": "Đồng chí đang có một yêu cầu cùng loại chưa xong. Chờ trả lời, hoặc rút yêu cầu ấy rồi gửi lại.",
    "unknown_answer": "Chọn cách trả lời trong danh sách.",
    "erase_first": (
        "Yêu cầu xóa thì phải xóa, không chỉ trả lời: chọn ô ở phần «Xóa thông tin» rồi bấm «Xóa và trả lời». "
        "Không còn ô nào xóa được thì chọn «không làm được» và nói phần nào phải giữ, theo văn bản nào."
    ),
    "nothing_to_erase": "Chưa chọn ô nào để xóa. Đánh dấu ít nhất một ô.",
    "field_must_stay": (
        "«{field}» phải giữ: sổ danh sách đảng viên của tổ chức (mẫu 7-HSĐV) yêu cầu. Bỏ dấu ở ô ấy; ghi sai thì sửa."
    ),
    "field_empty": "«{field}» không còn gì để xóa. Tải lại trang.",
    "field_erased": (
        "«{field}» đã xóa ngày {day} theo yêu cầu của đảng viên nên không ghi lại. Để trống ô ấy rồi ghi phần còn lại."
    ),
    "no_request": "Chưa ghi đơn: số, ngày của đơn hoặc biên bản làm việc, để sau này biết vì sao đã xóa.",
    "request_settled": "Yêu cầu này đã khép lại. Cần thêm thì gửi yêu cầu mới.",
    "answered_so_already": "Đã trả lời như vậy rồi. Chọn cách trả lời khác.",
    "not_your_request": "Yêu cầu này của người khác.",
    "form_elsewhere": "Hồ sơ này thuộc tổ chức khác. Lập hồ sơ mới ở đúng tổ chức.",
    "nothing_filled": "Chưa điền ô nào. Điền rồi ghi.",
    # accounts of others
    "no_account": "Đồng chí này chưa có tài khoản. Trao tài khoản trước.",
    "not_for_oneself": "Việc này không tự làm cho mình được. Nhờ người khác ở văn phòng hoặc văn phòng cấp trên.",
    "account_beyond": (
        "Đồng chí này giữ chức vụ ngoài phạm vi của đồng chí, nên văn phòng cấp trên mới làm được việc này."
    ),
    "account_locked": "Tài khoản đang khóa. Mở khóa trước rồi làm tiếp.",
    "account_open": "Tài khoản này không khóa.",
    "unknown_lock": "Chọn lý do khóa trong danh sách.",
    "unknown_look": "Chọn lý do xem thử trong danh sách.",
    "code_given_already": "Mã này đã cấp và chỉ hiện một lần. Chưa kịp in thì bấm cấp mã mới.",
    # papers
    "report_too_early": "Tháng này bắt đầu ngày {day} nên chưa có gì để báo cáo. Chọn tháng đã qua hoặc tháng này.",
    # figures
    "unknown_figure": "Không có số liệu nào tên «{figure}».",
    "day_not_come": "Ngày {day} chưa tới. Chọn hôm nay hoặc một ngày đã qua.",
    "bad_period": "Kỳ số liệu chưa đúng: ngày cuối phải từ ngày đầu trở đi.",
    "demo_refused": "Máy này đã có dữ liệu thật nên không nạp dữ liệu thử.",
}

_PAGES: dict[int, tuple[str, str]] = {
    404: ("Không có trang này", "Địa chỉ gõ sai, trang đã bỏ, hoặc đồng chí không có quyền xem."),
    403: ("Đồng chí xem được nhưng không sửa được", "Việc này thuộc người có trách nhiệm ở đơn vị."),
    400: ("Yêu cầu không đọc được", "Máy gửi lên một yêu cầu không đọc được. Quay lại trang trước và thử lại."),
    413: ("Nội dung quá lớn", "Mỗi lần ghi nhận tối đa 512 kB. Chưa ghi gì; rút ngắn rồi ghi lại."),
    405: ("Không mở trang này theo cách đó", "Quay lại trang trước và bấm nút trên trang."),
}


def sentence(refusal: Refused) -> str:
    """The refusal in words."""
    facts = {name: _shown(value) for name, value in refusal.facts.items()}
    return SENTENCES[refusal.code].format(**facts)


def _shown(value: object) -> object:
    if isinstance(value, Refused):
        return sentence(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M ngày %d/%m/%Y")
    return show_day(value) if isinstance(value, date) else value


def answer_refusal(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The page or the small answer for a refusal; None for a real fault."""
    if isinstance(exception, Stale):
        return _stale(request, exception)
    if isinstance(exception, Overtaken):
        return refused_page(request, 409, "Có người vừa ghi trước", sentence(exception), exception.code)
    if isinstance(exception, Refused):
        return refused_page(request, 422, "Chưa ghi được", sentence(exception), exception.code)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return refused_page(request, 413, *_PAGES[413], "too_big")
    if isinstance(exception, NoPower | PermissionDenied):
        return refused_page(request, 403, *_PAGES[403], "no_power")
    if isinstance(exception, Http404):
        return refused_page(request, 404, *_PAGES[404], "not_found")
    if isinstance(exception, SuspiciousOperation):
        return refused_page(request, 400, *_PAGES[400], "bad_request")
    return None


def _stale(request: HttpRequest, stale: Stale) -> HttpResponse:
    if wants_part(request):
        first = stale.conflicts[0]
        at = first["theirs_at"]
        shown = timezone.localtime(at).strftime("%H:%M") if isinstance(at, datetime) else ""
        body = {"theirs": first["theirs"], "theirs_by": first["theirs_by"], "theirs_at": shown,
                "theirs_words": first["theirs_words"], "version": first["version"],
                "sentence": sentence(stale)}  # fmt: skip
        return JsonResponse(body, status=409)
    kept = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    contested = {f"v:{c['field']}" for c in stale.conflicts} | {c["field"] for c in stale.conflicts}
    context = {
        "sentence": sentence(stale),
        "conflicts": stale.conflicts,
        "kept": {name: value for name, value in kept.items() if name not in contested},
        "address": request.get_full_path(),
        "back": request.path.rsplit("/", 2)[0] + "/",
    }
    return render(request, "front/conflict.html", context, status=409)


def wants_part(request: HttpRequest) -> bool:
    """The page's script asks, and wants a small answer."""
    return bool(request.headers.get("X-Chibo-Part"))


def refused_page(request: HttpRequest, status: int, title: str, words: str, code: str) -> HttpResponse:
    """A refusal as a page with the way on, or as JSON for the page's script."""
    if wants_part(request):
        return JsonResponse({"sentence": words, "code": code}, status=status)
    context: dict[str, Any] = {"title": title, "sentence": words, "code": code, "status": status}
    return render(request, "front/refused.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same body whether absent or out of sight."""
    return refused_page(request, 404, *_PAGES[404], "not_found")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    status = 413 if big else 400
    return refused_page(request, status, *_PAGES[status], "bad_request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return refused_page(request, 403, *_PAGES[403], "no_power")


def not_that_way(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405 with words, and the methods the address does take."""
    response = refused_page(request, 405, *_PAGES[405], "not_that_way")
    response.headers["Allow"] = refused.headers.get("Allow", "GET")
    return response


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form without its token: signed in anew meanwhile, or a page of another site.

    A form of our own page is not lost: it comes back under a fresh token, to be sent once more.
    """
    if _worth_keeping(request):
        if getattr(request, "actor", NOBODY).account_id is None:
            return sign_in_first(request)
        return send_again(request, request.get_full_path(), typed_in(request), status=403)
    words = "Trang đã mở quá lâu nên chưa ghi được. Quay lại trang trước (chữ đã gõ vẫn còn), tải lại rồi ghi."
    return refused_page(request, 403, "Chưa ghi được", words, "csrf")


def _worth_keeping(request: HttpRequest) -> bool:
    """A form somebody filled in on a page of ours; never the sign-in itself, which holds a passphrase."""
    match = request.resolver_match
    public = match is None or getattr(match.func, "public", False)
    return request.method == "POST" and not public and not wants_part(request) and from_our_page(request)


def server_fault(request: HttpRequest) -> HttpResponse:
    """500: our own fault, said so, with nothing written. No database here: it may be the one that is down."""
    if wants_part(request):
        words = f"Máy chủ trục trặc, chưa ghi gì. Thử lại sau một phút. Mã yêu cầu: {request_id.get()}."
        return HttpResponse(json.dumps({"sentence": words}),
                            status=500, content_type="application/json")  # fmt: skip
    told = {"request_id": request_id.get()}  # without the request: nobody is looked up
    return HttpResponse(render_to_string("front/fault.html", told), status=500)
