"""Addresses of posts, terms and bodies."""

from django.urls import path

from chibo.cadres.views import bodies, cells, posts, terms, villages

app_name = "cadres"
urlpatterns = [
    path("dang-vien/<uuid:pk>/chuyen-chi-bo/", posts.transfer, name="transfer"),
    path("dang-vien/<uuid:pk>/ra-khoi-danh-sach/", posts.leave, name="leave"),
    path("dang-vien/<uuid:pk>/chuc-vu/", posts.give, name="give"),
    path("dang-vien/<uuid:pk>/chuc-vu-chinh-quyen/", posts.give_state, name="give_state"),
    path("chuc-vu/<slug:kind>/<int:pk>/thoi/", posts.end, name="end"),
    path("chuc-vu/<slug:kind>/<int:pk>/sua/", posts.correct, name="correct"),
    path("chuc-vu/<slug:kind>/<int:pk>/rut/", posts.withdrawal, name="withdrawal"),
    path("don-vi/<int:pk>/chi-bo/", cells.cells, name="cells"),
    path("thon-ban/<int:pk>/con-vuong/<slug:matter>/", villages.step, name="village_step"),
    path("don-vi/<int:pk>/ban-to/", bodies.register, name="bodies"),
    path("don-vi/<int:pk>/ban-to/lap/", bodies.set_up, name="set_up"),
    path("don-vi/<int:pk>/dai-hoi/", terms.congress, name="congress"),
    path("don-vi/<int:pk>/nhiem-ky/", terms.begin, name="terms"),
    path("dai-hoi/<int:pk>/rut/", terms.taken_back, name="taken_back"),
    path("nhiem-ky/<int:pk>/keo-dai/", terms.prolong, name="prolong"),
    path("ban-to/<int:pk>/", bodies.body, name="body"),
    path("ban-to/<int:pk>/thanh-vien/", bodies.seat, name="seat"),
    path("ban-to/<int:pk>/ket-thuc/", bodies.body_end, name="body_end"),
    path("ban-to/<int:pk>/rut/", bodies.body_withdrawal, name="body_withdrawal"),
    path("thanh-vien/<int:pk>/sua/", bodies.seat_correction, name="seat_correction"),
    path("thanh-vien/<int:pk>/thoi/", bodies.seat_end, name="seat_end"),
    path("thanh-vien/<int:pk>/rut/", bodies.seat_withdrawal, name="seat_withdrawal"),
]
