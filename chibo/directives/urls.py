"""Addresses of documents and their study."""

from django.urls import path

from chibo.directives.views import entering, reading, register, sending, studying

app_name = "directives"
urlpatterns = [
    path("don-vi/<int:pk>/van-ban/", register.register, name="register"),
    path("don-vi/<int:pk>/van-ban/them/", entering.enter, name="enter"),
    path("don-vi/<int:pk>/van-ban/doc/", reading.read, name="read"),
    path("don-vi/<int:pk>/van-ban/hoc-tap/", studying.board, name="study"),
    path("don-vi/<int:pk>/van-ban/hoc-tap/excel/", studying.workbook, name="study_workbook"),
    path("van-ban/<uuid:pk>/", register.document, name="document"),
    path("van-ban/<uuid:pk>/sua/", entering.correction, name="document_correction"),
    path("van-ban/<uuid:pk>/rut/", entering.withdrawal, name="document_withdrawal"),
    path("van-ban/<uuid:pk>/lien-quan/", entering.link, name="document_link"),
    path("lien-quan-van-ban/<int:pk>/bo/", entering.unlink, name="link_withdrawal"),
    path("van-ban/<uuid:pk>/tep/", sending.files, name="document_files"),
    path("tep-van-ban/<uuid:pk>/", sending.file, name="document_file"),
    path("tep-van-ban/<uuid:pk>/rut/", sending.file_withdrawal, name="file_withdrawal"),
    path("van-ban/<uuid:pk>/giao-hoc/", sending.send, name="send"),
    path("giao-hoc/<uuid:pk>/", studying.delivery, name="delivery"),
    path("giao-hoc/<uuid:pk>/da-nhan/", studying.receipt, name="receipt"),
    path("giao-hoc/<uuid:pk>/buoi-hoc/", studying.session, name="session"),
    path("giao-hoc/<uuid:pk>/thoi/", sending.recall, name="delivery_withdrawal"),
    path("buoi-hoc/<uuid:pk>/rut/", studying.session_withdrawal, name="session_withdrawal"),
    path("buoi-hoc/<uuid:pk>/nhan-xet/", studying.mark, name="session_mark"),
]
