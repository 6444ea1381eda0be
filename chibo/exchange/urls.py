"""Addresses of lists."""

from django.urls import path

from chibo.exchange.views import acting, figuring, giving, taking

app_name = "exchange"
urlpatterns = [
    path("nhap-danh-sach/don-vi/<int:pk>/", taking.intakes, name="intakes"),
    path("nhap-danh-sach/<uuid:pk>/", taking.intake, name="intake"),
    path("nhap-danh-sach/<uuid:pk>/cot/", taking.columns, name="columns"),
    path("nhap-danh-sach/<uuid:pk>/ghi/", taking.writing, name="writing"),
    path("nhap-danh-sach/<uuid:pk>/bo/", taking.dropping, name="dropping"),
    path("nhap-danh-sach/<uuid:pk>/lay-lai/", taking.taking_back, name="taking_back"),
    path("nhap-danh-sach/<uuid:pk>/tra-loi.xlsx", taking.answer, name="answer"),
    path("nhap-danh-sach/<uuid:pk>/doi-khop/", giving.reconciliation, name="reconciliation"),
    path("tai-danh-sach/don-vi/<int:pk>/", giving.lists, name="lists"),
    path("don-vi/<int:pk>/phieu/tep/", figuring.figures_file, name="figures_file"),
    path("sap-xep/don-vi/<int:pk>/", acting.sheets, name="act_sheets"),
    path("sap-xep/don-vi/<int:pk>/bang-mau.xlsx", acting.sample, name="act_sample"),
    path("sap-xep/<uuid:pk>/", acting.sheet, name="act_sheet"),
    path("sap-xep/<uuid:pk>/xem-lai/", acting.looking, name="act_sheet_looking"),
    path("sap-xep/<uuid:pk>/ghi/", acting.deciding, name="act_sheet_deciding"),
    path("sap-xep/<uuid:pk>/tra-loi.xlsx", acting.answer, name="act_sheet_answer"),
]
