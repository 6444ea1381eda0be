"""Addresses of plans and targets."""

from django.urls import path

from chibo.targets.views import lines, plans, splitting, targets

app_name = "targets"
urlpatterns = [
    path("don-vi/<int:pk>/ke-hoach/", plans.plans, name="plans"),
    path("don-vi/<int:pk>/ke-hoach/lap/", plans.opening, name="plan_open"),
    path("ke-hoach/<uuid:pk>/", plans.plan, name="plan"),
    path("ke-hoach/<uuid:pk>/ban-hanh/", plans.issuing, name="plan_issue"),
    path("ke-hoach/<uuid:pk>/bo/", plans.withdrawal, name="plan_withdrawal"),
    path("ke-hoach/<uuid:pk>/dong/", lines.add, name="line_add"),
    path("dong-ke-hoach/<uuid:pk>/", lines.change, name="line"),
    path("dong-ke-hoach/<uuid:pk>/bo/", lines.drop, name="line_drop"),
    path("dong-ke-hoach/<uuid:pk>/xong/", lines.done, name="line_done"),
    path("dong-da-xong/<uuid:pk>/rut/", lines.done_withdrawal, name="line_done_withdrawal"),
    path("don-vi/<int:pk>/chi-tieu/", targets.board, name="board"),
    path("don-vi/<int:pk>/chi-tieu/excel/", targets.workbook, name="workbook"),
    path("don-vi/<int:pk>/chi-tieu/ghi/", targets.setting, name="set"),
    path("chi-tieu/<uuid:pk>/", targets.target, name="target"),
    path("chi-tieu/<uuid:pk>/dieu-chinh/", targets.change, name="change"),
    path("chi-tieu/<uuid:pk>/phan-bo/", splitting.split, name="split"),
    path("chi-tieu/<uuid:pk>/so/", targets.number, name="number"),
    path("so-chi-tieu/<uuid:pk>/tep/", targets.number_file, name="number_file"),
    path("so-chi-tieu/<uuid:pk>/rut/", targets.number_withdrawal, name="number_withdrawal"),
]
