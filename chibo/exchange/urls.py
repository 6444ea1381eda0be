"""Addresses of lists."""

from django.urls import path

from chibo.exchange import views

app_name = "exchange"
urlpatterns = [
    path("nhap-danh-sach/don-vi/<int:pk>/", views.intakes, name="intakes"),
    path("nhap-danh-sach/<uuid:pk>/", views.intake, name="intake"),
    path("nhap-danh-sach/<uuid:pk>/cot/", views.columns, name="columns"),
    path("nhap-danh-sach/<uuid:pk>/ghi/", views.writing, name="writing"),
    path("nhap-danh-sach/<uuid:pk>/bo/", views.dropping, name="dropping"),
    path("nhap-danh-sach/<uuid:pk>/lay-lai/", views.taking_back, name="taking_back"),
    path("nhap-danh-sach/<uuid:pk>/tra-loi.xlsx", views.answer, name="answer"),
]
