"""Addresses of decisions about the tree."""

from django.urls import path

from chibo.reorganisation import views

app_name = "reorganisation"
urlpatterns = [
    path("don-vi/<int:pk>/quyet-dinh/", views.decisions, name="decisions"),
    path("don-vi/<int:pk>/quyet-dinh/<slug:slug>/", views.act, name="act"),
    path("quyet-dinh/<uuid:pk>/", views.decision, name="decision"),
    path("quyet-dinh/<uuid:pk>/lay-lai/", views.taken_back, name="taken_back"),
]
