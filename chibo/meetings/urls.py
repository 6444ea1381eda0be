"""Addresses of meetings."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from chibo.meetings import views


class YearConverter(IntConverter):
    """Years the calendar can hold."""

    regex = "(?:19|20)[0-9]{2}"


register_converter(YearConverter, "year")

app_name = "meetings"
urlpatterns = [
    path("sinh-hoat/<uuid:pk>/", views.meeting, name="meeting"),
    path("sinh-hoat/<uuid:pk>/phieu/", views.sheet, name="sheet"),
    path("sinh-hoat/<uuid:pk>/ket-thuc/", views.closure, name="closure"),
    path("sinh-hoat/<uuid:pk>/dinh-chinh/", views.note, name="note"),
    path("don-vi/<int:pk>/sinh-hoat/", views.of_unit, name="of_unit"),
    path("bang-thang/<int:pk>/", views.board, name="board"),
    path("bang-thang/<int:pk>/<year:year>/", views.board, name="board_of_year"),
]
