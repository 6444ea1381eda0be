"""Addresses of papers."""

from django.urls import path

from chibo.reports.views import correcting, papers, reviewing

app_name = "reports"
urlpatterns = [
    path("sinh-hoat/<uuid:pk>/bien-ban.docx", papers.minutes, name="minutes"),
    path("sinh-hoat/<uuid:pk>/nghi-quyet.docx", papers.resolution, name="resolution"),
    path("sinh-hoat/<uuid:pk>/so-tay.txt", papers.handbook, name="handbook"),
    path("sinh-hoat/<uuid:pk>/giay-moi.docx", papers.invitation, name="invitation"),
    path("sinh-hoat/<uuid:pk>/diem-danh.docx", papers.roll, name="roll"),
    path("sinh-hoat/<uuid:pk>/ghi-tay.docx", papers.blank_minutes, name="blank_minutes"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/", papers.month, name="month"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/bo-giay-to.zip", papers.bundle, name="bundle"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/bao-cao.docx", papers.report, name="report"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/dinh-chinh/", correcting.correction, name="correction"),
    path("don-vi/<int:pk>/giay-to/<int:year>/<int:month>/ban-hanh/", papers.issue, name="issue"),
    path("don-vi/<int:pk>/bao-cao/", reviewing.reviews, name="reviews"),
    path("don-vi/<int:pk>/bao-cao/them/", reviewing.begin, name="review_new"),
    path("bao-cao/<uuid:pk>/", reviewing.review, name="review"),
    path("bao-cao/<uuid:pk>/phan/<slug:part>/", reviewing.part, name="review_part"),
    path("bao-cao/<uuid:pk>/ban-hanh/", reviewing.issue, name="review_issue"),
    path("bao-cao/<uuid:pk>/bao-cao.docx", reviewing.word, name="review_word"),
]
