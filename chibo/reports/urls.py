"""Addresses of papers."""

from django.urls import path

from chibo.reports import views

app_name = "reports"
urlpatterns = [
    path("sinh-hoat/<uuid:pk>/bien-ban.docx", views.minutes, name="minutes"),
    path("sinh-hoat/<uuid:pk>/nghi-quyet.docx", views.resolution, name="resolution"),
    path("sinh-hoat/<uuid:pk>/so-tay.txt", views.handbook, name="handbook"),
    path("sinh-hoat/<uuid:pk>/giay-moi.docx", views.invitation, name="invitation"),
    path("sinh-hoat/<uuid:pk>/diem-danh.docx", views.roll, name="roll"),
    path("sinh-hoat/<uuid:pk>/ghi-tay.docx", views.blank_minutes, name="blank_minutes"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/", views.month, name="month"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/bo-giay-to.zip", views.bundle, name="bundle"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/bao-cao.docx", views.report, name="report"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/ban-hanh/", views.issue, name="issue"),
]
