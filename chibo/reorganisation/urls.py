"""Addresses of decisions about the tree, and of two records of one person."""

from django.urls import path

from chibo.reorganisation.views import persons, tree

app_name = "reorganisation"
urlpatterns = [
    path("don-vi/<int:pk>/quyet-dinh/", tree.decisions, name="decisions"),
    path("don-vi/<int:pk>/quyet-dinh/<slug:slug>/", tree.act, name="act"),
    path("quyet-dinh/<uuid:pk>/", tree.decision, name="decision"),
    path("quyet-dinh/<uuid:pk>/lay-lai/", tree.taken_back, name="taken_back"),
    path("dang-vien/<uuid:pk>/nhap/<uuid:other>/", persons.merge, name="merge"),
    path("nhap-ho-so/<uuid:pk>/", persons.merging, name="merging"),
    path("nhap-ho-so/<uuid:pk>/tach-lai/", persons.split, name="split_again"),
]
