"""Addresses of posts, terms and bodies."""

from django.urls import path

from chibo.cadres.views import posts

app_name = "cadres"
urlpatterns = [
    path("dang-vien/<uuid:pk>/chuyen-chi-bo/", posts.transfer, name="transfer"),
    path("dang-vien/<uuid:pk>/ra-khoi-danh-sach/", posts.leave, name="leave"),
    path("dang-vien/<uuid:pk>/chuc-vu/", posts.give, name="give"),
    path("dang-vien/<uuid:pk>/chuc-vu-chinh-quyen/", posts.give_state, name="give_state"),
    path("chuc-vu/<slug:kind>/<int:pk>/thoi/", posts.end, name="end"),
    path("chuc-vu/<slug:kind>/<int:pk>/sua/", posts.correct, name="correct"),
    path("chuc-vu/<slug:kind>/<int:pk>/rut/", posts.withdrawal, name="withdrawal"),
]
