"""Addresses of sheets of figures and of the forms they are of."""

from django.urls import path

from chibo.returns.views import sheets, units

app_name = "returns"
SHEET = "phieu/<uuid:form>/<int:unit>/<slug:period>/"
urlpatterns = [
    path("don-vi/<int:pk>/phieu/", units.of_unit, name="of_unit"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}ghi/", sheets.fill, name="fill"),
    path(f"{SHEET}kiem/", sheets.check, name="check"),
    path(f"{SHEET}mo-lai/", sheets.reopening, name="reopening"),
]
