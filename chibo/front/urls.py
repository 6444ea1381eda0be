"""All addresses of the house. Paths are for users (Vietnamese, no accents), names are for us."""

from django.urls import include, path

from chibo.front.views import entry, guide, home, machine, people, units

front = (
    [
        path("", home.home, name="home"),
        path("dang-nhap/", entry.sign_in, name="sign_in"),
        path("dang-xuat/", entry.sign_out, name="sign_out"),
        path("phien/", entry.sessions, name="sessions"),
        path("phien/<slug:key>/thu-hoi/", entry.session_end, name="session_end"),
        path("chu-lon/", entry.big_text, name="big_text"),
        path("don-vi/<int:pk>/", units.unit, name="unit"),
        path("don-vi/<int:pk>/dang-vien/", people.members, name="members"),
        path("dang-vien/<uuid:pk>/", people.person, name="person"),
        path("tim/", people.find, name="find"),
        path("may-chu/", machine.machine, name="machine"),
        path("may-chu/<slug:part>/", machine.machine, name="machine_part"),
        path("healthz", machine.health, name="health"),
        path("huong-dan/", guide.guide, name="guide"),
        path("huong-dan/<slug:name>/", guide.guide, name="guide_page"),
        path("so-lieu/<str:code>/", units.opened_figure, name="figure"),
    ],
    "front",
)

urlpatterns = [
    path("", include(front)),
    path("", include("chibo.membership.urls")),
    path("", include("chibo.cadres.urls")),
    path("", include("chibo.meetings.urls")),
    path("", include("chibo.reports.urls")),
    path("", include("chibo.exchange.urls")),
]

handler400 = "chibo.front.refusals.bad_request"
handler403 = "chibo.front.refusals.forbidden"
handler404 = "chibo.front.refusals.not_found"
handler500 = "chibo.front.refusals.server_fault"
