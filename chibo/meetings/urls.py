"""Addresses of meetings."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from chibo.meetings.views import (
    beginning,
    board,
    calendar,
    charging,
    helping,
    inviting,
    meeting,
    moving,
    quality,
    scanning,
    tasks,
    visiting,
)


class YearConverter(IntConverter):
    """Years the calendar can hold."""

    regex = "(?:19|20)[0-9]{2}"


register_converter(YearConverter, "year")

app_name = "meetings"
urlpatterns = [
    path("sinh-hoat/<uuid:pk>/", meeting.meeting, name="meeting"),
    path("sinh-hoat/<uuid:pk>/phieu/", meeting.sheet, name="sheet"),
    path("sinh-hoat/<uuid:pk>/ket-thuc/", meeting.closure, name="closure"),
    path("sinh-hoat/<uuid:pk>/nghi-quyet/", meeting.resolution, name="resolution"),
    path("sinh-hoat/<uuid:pk>/dinh-chinh/", meeting.note, name="note"),
    path("sinh-hoat/<uuid:pk>/ghi-giup/", helping.help_meeting, name="help"),
    path("sinh-hoat/<uuid:pk>/xac-nhan/", helping.confirmation, name="confirmation"),
    path("sinh-hoat/<uuid:pk>/cap-tren-du/", visiting.of_meeting, name="visits"),
    path("sinh-hoat/<uuid:pk>/ban-da-ky/", scanning.scans, name="scans"),
    path("ban-da-ky/<uuid:pk>/", scanning.scan, name="scan"),
    path("ban-da-ky/<uuid:pk>/rut/", scanning.withdrawal, name="scan_withdrawal"),
    path("du-sinh-hoat/<uuid:pk>/", visiting.visit, name="visit"),
    path("du-sinh-hoat/<uuid:pk>/bo-sung/", visiting.addition, name="visit_addition"),
    path("don-vi/<int:pk>/du-sinh-hoat/", visiting.log, name="visit_log"),
    path("don-vi/<int:pk>/du-sinh-hoat/<year:year>/", visiting.log, name="visit_log_of_year"),
    path("don-vi/<int:pk>/phu-trach/", charging.charges, name="charges"),
    path("don-vi/<int:pk>/phu-trach/<year:year>/", charging.charges, name="charges_of_year"),
    path("don-vi/<int:pk>/noi-ghi-sinh-hoat/", beginning.written_here, name="written_here"),
    path("don-vi/<int:pk>/chat-luong/", quality.quality, name="quality"),
    path("don-vi/<int:pk>/chat-luong/<year:year>/", quality.quality, name="quality_of_year"),
    path("don-vi/<int:pk>/doi-moi/", quality.change, name="change_tried"),
    path("doi-moi/<uuid:pk>/ket-qua/", quality.effect, name="change_effect"),
    path("phu-trach/<int:pk>/thoi/", charging.charge_end, name="charge_end"),
    path("don-vi/<int:pk>/nhiem-vu/", tasks.of_unit, name="tasks_of_unit"),
    path("don-vi/<int:pk>/nhiem-vu/giao/", tasks.give, name="give_task"),
    path("nhiem-vu/", tasks.mine, name="my_tasks"),
    path("nhiem-vu/<uuid:pk>/", tasks.task, name="task"),
    path("nhiem-vu/<uuid:pk>/ket-qua/", tasks.result, name="task_result"),
    path("nhiem-vu/<uuid:pk>/doi/", tasks.change, name="task_change"),
    path("sinh-hoat/<uuid:pk>/hoan/", moving.postponement, name="postponement"),
    path("sinh-hoat/<uuid:pk>/khong-hop/", moving.not_held, name="not_held"),
    path("sinh-hoat/<uuid:pk>/van-hop/", moving.held_after_all, name="held_after_all"),
    path("sinh-hoat/<uuid:pk>/moi-hop/", inviting.invitations, name="invitations"),
    path("sinh-hoat/<uuid:pk>/bao-vang/", inviting.absence, name="absence"),
    path("loi-moi/<int:pk>/", inviting.invitation, name="invitation"),
    path("don-vi/<int:pk>/sinh-hoat/", calendar.of_unit, name="of_unit"),
    path("don-vi/<int:pk>/sinh-hoat/<year:year>/", calendar.of_unit, name="of_unit_in_year"),
    path("don-vi/<int:pk>/sinh-hoat/them/", calendar.plan, name="plan"),
    path("bang-thang/<int:pk>/", board.board, name="board"),
    path("bang-thang/<int:pk>/<year:year>/", board.board, name="board_of_year"),
    path("bang-thang/<int:pk>/<year:year>/nhac/", board.chase, name="chase"),
    path("bang-thang/<int:pk>/<year:year>/tai/", board.workbook, name="board_workbook"),
]
