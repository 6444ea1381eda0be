"""Addresses of what is written about members."""

from django.urls import path

from chibo.membership.views import acts, correcting, doubles, entering

app_name = "membership"
urlpatterns = [
    path("don-vi/<int:pk>/dang-vien/ghi/", entering.enter, name="enter"),
    path("dang-vien/<uuid:pk>/chinh-thuc/", acts.recognise, name="recognise"),
    path("dang-vien/<uuid:pk>/mien-sinh-hoat/", acts.absence, name="absence"),
    path("dang-vien/<uuid:pk>/tam-thoi/", acts.temporary, name="temporary"),
    path("dang-vien/<uuid:pk>/ngay-ket-nap/", acts.earlier_standing, name="earlier_standing"),
    path("dang-vien/<uuid:pk>/noi-truoc-day/", acts.earlier_cell, name="earlier_cell"),
    path("dang-vien/<uuid:pk>/thong-tin/", acts.particulars, name="particulars"),
    path("dang-vien/<uuid:pk>/ho-ten/", acts.rename, name="rename"),
    path("don-vi/<int:pk>/ho-so-trung/", doubles.doubles, name="doubles"),
    path("dang-vien/<uuid:pk>/khac/<uuid:other>/", doubles.apart, name="apart"),
    path("khac-nguoi/<int:pk>/lay-lai/", doubles.apart_taken_back, name="apart_taken_back"),
    path("viec-da-ghi/<slug:kind>/<int:pk>/sua/", correcting.correct, name="correct"),
    path("viec-da-ghi/<slug:kind>/<int:pk>/rut/", correcting.withdrawal, name="withdrawal"),
    path("viec-da-ghi/<slug:kind>/<int:pk>/thoi/", correcting.end, name="end"),
]
