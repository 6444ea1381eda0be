"""Addresses of sheets of figures and of the forms they are of."""

from django.urls import path

from chibo.returns.views import boards, defining, sheets, units

app_name = "returns"
SHEET = "phieu/<uuid:form>/<int:unit>/<slug:period>/"
urlpatterns = [
    path("don-vi/<int:pk>/phieu/", units.of_unit, name="of_unit"),
    path("don-vi/<int:pk>/phieu/bang/", boards.board, name="board"),
    path("don-vi/<int:pk>/phieu/nhac/", boards.chase, name="chase"),
    path("don-vi/<int:pk>/phieu/tong-hop/", boards.period, name="period"),
    path("don-vi/<int:pk>/phieu/tong-hop/excel/", boards.workbook, name="workbook"),
    path("don-vi/<int:pk>/phieu/tong-hop/bieu/", boards.blank, name="blank"),
    path("don-vi/<int:pk>/phieu/bieu-moi/", defining.define, name="define"),
    path("bieu/<uuid:pk>/", defining.form, name="form"),
    path("bieu/<uuid:pk>/dong/", defining.line, name="line"),
    path("bieu/<uuid:pk>/phep-kiem/", defining.check, name="check_new"),
    path("bieu/<uuid:pk>/thoi/", defining.form_end, name="form_end"),
    path("bieu/dong/<int:pk>/thoi/", defining.line_end, name="line_end"),
    path("bieu/phep-kiem/<int:pk>/thoi/", defining.check_end, name="check_end"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}ghi/", sheets.fill, name="fill"),
    path(f"{SHEET}kiem/", sheets.check, name="check"),
    path(f"{SHEET}mo-lai/", sheets.reopening, name="reopening"),
]
