"""All addresses of the house. Paths are for users (Vietnamese, no accents), names are for us."""

from django.urls import include, path

from chibo.front.views import (
    accounts,
    entry,
    erasing,
    guide,
    home,
    localities,
    looking,
    machine,
    movement,
    own,
    passphrase,
    people,
    registers,
    requests,
    second_step,
    units,
)

front = (
    [
        path("", home.home, name="home"),
        path("dang-nhap/", entry.sign_in, name="sign_in"),
        path("dang-xuat/", entry.sign_out, name="sign_out"),
        path("lan-dau/", passphrase.first_sign_in, name="first_sign_in"),
        path("cum-tu-bi-mat/", passphrase.change, name="passphrase"),
        path("dang-nhap/ma/", second_step.at_sign_in, name="sign_in_code"),
        path("buoc-hai/", second_step.overview, name="second_step"),
        path("buoc-hai/xac-nhan/", second_step.confirm, name="second_step_confirm"),
        path("buoc-hai/ma-khoi-phuc/", second_step.recovery, name="second_step_codes"),
        path("buoc-hai/thoi/", second_step.stop, name="second_step_stop"),
        path("phien/", entry.sessions, name="sessions"),
        path("phien/<slug:key>/thu-hoi/", entry.session_end, name="session_end"),
        path("chu-lon/", entry.big_text, name="big_text"),
        path("don-vi/<int:pk>/", units.unit, name="unit"),
        path("don-vi/<int:pk>/dang-vien/", people.members, name="members"),
        path("don-vi/<int:pk>/tang-giam/", movement.movement_page, name="movement"),
        path("don-vi/<int:pk>/tang-giam/excel/", movement.workbook, name="movement_workbook"),
        path("dang-vien/<uuid:pk>/", people.person, name="person"),
        path("don-vi/<int:pk>/thon-ban/", localities.localities, name="localities"),
        path("thon-ban/<int:pk>/", localities.locality, name="locality"),
        path("don-vi/<int:pk>/tai-khoan/", accounts.of_unit, name="accounts"),
        path("dang-vien/<uuid:pk>/tai-khoan/", accounts.account, name="account"),
        path("dang-vien/<uuid:pk>/tai-khoan/ma-moi/", accounts.new_code, name="account_code"),
        path("dang-vien/<uuid:pk>/tai-khoan/khoa/", accounts.lock, name="account_lock"),
        path("dang-vien/<uuid:pk>/tai-khoan/mo-khoa/", accounts.unlock, name="account_unlock"),
        path("dang-vien/<uuid:pk>/tai-khoan/buoc-hai/", accounts.step_reset, name="account_step"),
        path("dang-vien/<uuid:pk>/tai-khoan/xem-thu/", looking.begin, name="look"),
        path("xem-thu/thoi/", looking.end, name="look_end"),
        path("dang-vien/<uuid:pk>/tai-khoan/phien/", accounts.sessions_end, name="account_sessions"),
        path("toi/", own.me, name="me"),
        path("toi/yeu-cau/", requests.own, name="requests_own"),
        path("toi/ban-trich/", requests.extract, name="extract"),
        path("don-vi/<int:pk>/yeu-cau/", requests.of_unit, name="requests"),
        path("don-vi/<int:pk>/so-du-lieu/", registers.overview, name="registers"),
        path("don-vi/<int:pk>/so-du-lieu/so-xu-ly/", registers.processing, name="processing"),
        path("don-vi/<int:pk>/so-du-lieu/vi-pham/<uuid:form>/", registers.breach, name="breach"),
        path("yeu-cau/<uuid:pk>/", requests.one, name="request"),
        path("yeu-cau/<uuid:pk>/rut/", requests.withdrawal, name="request_withdrawal"),
        path("yeu-cau/<uuid:pk>/xoa/", erasing.of_request, name="request_erasure"),
        path("dang-vien/<uuid:pk>/xoa-thong-tin/", erasing.on_paper, name="erasure"),
        path("don-vi/<int:pk>/nhat-ky-mo-ho-so/", own.readings, name="readings"),
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
    path("", include("chibo.organisation.urls")),
    path("", include("chibo.directives.urls")),
    path("", include("chibo.issues.urls")),
    path("", include("chibo.membership.urls")),
    path("", include("chibo.cadres.urls")),
    path("", include("chibo.meetings.urls")),
    path("", include("chibo.reorganisation.urls")),
    path("", include("chibo.reports.urls")),
    path("", include("chibo.exchange.urls")),
]

handler400 = "chibo.front.refusals.bad_request"
handler403 = "chibo.front.refusals.forbidden"
handler404 = "chibo.front.refusals.not_found"
handler500 = "chibo.front.refusals.server_fault"
