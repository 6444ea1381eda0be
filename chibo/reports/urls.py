"""Addresses of papers."""

from django.urls import path

from chibo.reports import views

app_name = "reports"
urlpatterns = [path("sinh-hoat/<uuid:pk>/bien-ban.docx", views.minutes, name="minutes")]
