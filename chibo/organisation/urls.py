"""Addresses of what is written about localities."""

from django.urls import path

from chibo.organisation.views import localities

app_name = "organisation"
urlpatterns = [
    path("don-vi/<int:pk>/thon-ban/ghi/", localities.register, name="register"),
    path("thon-ban/<int:pk>/ten/", localities.change, name="change"),
    path("thon-ban/<int:pk>/phu-trach/", localities.serve, name="serve"),
    path("thon-ban/<int:pk>/dien/", localities.tag, name="tag"),
    path("thon-ban/<int:pk>/ket-thuc/", localities.end, name="end"),
    path("thon-ban/<int:pk>/rut/", localities.withdrawal, name="withdrawal"),
    path("thon-ban/viec/<slug:kind>/<int:pk>/sua/", localities.correct, name="correct"),
    path("thon-ban/viec/<slug:kind>/<int:pk>/rut/", localities.fact_withdrawal, name="fact_withdrawal"),
    path("thon-ban/dien/<int:pk>/thoi/", localities.tag_end, name="tag_end"),
]
