"""Ghi giúp chi bộ, nhập từ giấy, xác nhận."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from chibo.kernel.actor import Actor
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.meetings.models import Closure, Confirmation, Help, Meeting
from chibo.meetings.operations import confirm_minutes, help_with
from chibo.meetings.owed_care import owed
from tests.commune import EVENING, TODAY, Commune
from tests.conftest import refused

NIGHT = datetime(2026, 11, 5, 20, 0, tzinfo=ZONE)


def begin(commune: Commune, meeting: Meeting, told_by: str = "Inh", by: str = "Nhung") -> Help:
    person = commune.person(told_by).pk
    return help_with(meeting, told_by=person, at=EVENING, by=commune.actor(by), by_name="Quàng Thị Nhung")


def confirm(commune: Commune, closure: Closure, by: str = "Inh", way: str = "self", who: str = "") -> Confirmation:
    person = commune.person(who).pk if who else None
    return confirm_minutes(closure, way=way, at=EVENING, by=commune.actor(by), by_name=by, person=person)


def helped(commune: Commune) -> Closure:
    meeting = commune.meeting()
    begin(commune, meeting)
    commune.close(meeting, by="Nhung")
    return Closure.objects.get(meeting=meeting)


def test_without_having_begun_the_office_may_not_write(commune: Commune) -> None:
    meeting = commune.meeting()
    with pytest.raises(NoPower):
        commune.write(meeting, by="Nhung", conclusion="Nhất trí.")
    begin(commune, meeting)
    commune.write(meeting, by="Nhung", conclusion="Nhất trí.")
    with pytest.raises(NoPower):
        commune.write(commune.meeting(commune.pom_khe), by="Nhung", conclusion="Nhất trí.")


def test_the_minutes_say_who_told_and_who_typed(commune: Commune) -> None:
    closure = helped(commune)
    assert closure.meeting.minutes.content["helped"] == {"told_by": "Lò Văn Inh", "typed_by": "Quàng Thị Nhung"}
    assert closure.helper is not None


def test_a_second_helper_goes_on_with_the_first_ones_help(commune: Commune) -> None:
    meeting = commune.meeting()
    assert begin(commune, meeting) == begin(commune, meeting, told_by="Duyên")


def test_who_tells_is_of_the_cell(commune: Commune) -> None:
    with refused("person_not_called"):
        begin(commune, commune.meeting(), told_by="Liên")
    meeting = commune.meeting(commune.pom_khe)
    for name in ("Páo", "Lan", "Inh", "Khiêm"):
        with pytest.raises(NoPower):
            begin(commune, meeting, told_by="Liên", by=name)


def test_a_closed_meeting_needs_no_help(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.close(meeting)
    with refused("already_closed"):
        begin(commune, meeting)


def test_the_secretary_owes_a_look_and_confirms(commune: Commune) -> None:
    closure = helped(commune)
    (item,) = owed(commune.actor("Inh"), on=TODAY)
    assert (item.button, item.page, item.mine) == ("Xem và xác nhận", "meetings:confirmation", True)
    assert [each.mine for each in owed(commune.actor("Nhung"), on=TODAY)] == [False]
    assert confirm(commune, closure).person == commune.person("Inh")
    assert confirm(commune, closure, by="Duyên").person == commune.person("Inh")  # said once
    assert owed(commune.actor("Inh"), on=TODAY) == []


def test_the_helper_notes_who_signed_the_paper(commune: Commune) -> None:
    closure = helped(commune)
    with refused("who_signed"):
        confirm(commune, closure, by="Nhung", way="paper")
    with refused("person_not_called"):
        confirm(commune, closure, by="Nhung", way="paper", who="Liên")
    with pytest.raises(NoPower):
        confirm(commune, closure, by="Nhung")
    said = confirm(commune, closure, by="Nhung", way="paper", who="Duyên")
    assert (said.way, said.person) == ("paper", commune.person("Duyên"))


def test_what_the_cell_wrote_itself_needs_no_confirmation(commune: Commune) -> None:
    meeting = commune.meeting()
    commune.close(meeting)
    with refused("not_helped"):
        confirm(commune, Closure.objects.get(meeting=meeting))


def test_the_wall_holds_without_the_code(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    meeting, reader, clerk, stranger = commune.meeting(), *(commune.actor(n) for n in ("Vân", "Nhung", "Sơn"))
    row = {"meeting": meeting, "told_by": commune.person("Inh"), "at": EVENING, "scope_path": meeting.scope_path}
    as_app(reader)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Help.objects.create(**row)
    as_app(clerk)
    Help.objects.create(**row)
    as_app(stranger)
    assert not Help.objects.exists()


def in_the_browser(commune: Commune, name: str) -> Client:
    client = Client()
    client.force_login(commune.account(name))
    return client


@time_machine.travel(NIGHT, tick=False)
def test_the_whole_way_on_pages_without_script(commune: Commune) -> None:
    meeting = commune.meeting()
    clerk, secretary = in_the_browser(commune, "Nhung"), in_the_browser(commune, "Inh")
    here = f"/sinh-hoat/{meeting.pk}/"
    with connection.cursor() as cursor:  # the pages as the application's own role
        cursor.execute("SET LOCAL ROLE chibo_app")
    assert "Ghi giúp chi bộ" in clerk.get(here).content.decode()
    assert clerk.post(here + "phieu/", {"conclusion": "Nhất trí.", "v:conclusion": "0"}).status_code == 403
    assert clerk.get(here + "ket-thuc/").status_code == 403
    assert clerk.post(here + "ghi-giup/", {"told_by": ""}).status_code == 422
    assert clerk.post(here + "ghi-giup/", {"told_by": str(commune.person("Inh").pk)})["Location"] == here
    typed = {"conclusion": "Nhất trí.", "v:conclusion": "0", "ended": "21:15", "v:ended": "0", "part": "xem-lai"}
    assert clerk.post(here + "phieu/", typed)["Location"] == here + "ket-thuc/"
    review = clerk.get(here + "ket-thuc/")
    assert "Ghi giúp theo lời Lò Văn Inh" in review.content.decode()
    sealed = {"key": str(uuid.uuid4()), "revision": review.context["revision"], "from_paper": "1"}
    assert clerk.post(here + "ket-thuc/", sealed)["Location"] == here
    home = secretary.get("/").content.decode()
    assert "Xem và xác nhận" in home
    assert f"{here}xac-nhan/" in home
    assert "Nhất trí." in secretary.get(here + "xac-nhan/").content.decode()
    assert secretary.post(here + "xac-nhan/", {"way": "self"})["Location"] == here
    page = secretary.get(here).content.decode()
    for words in ("Lò Văn Inh kể", "Quàng Thị Nhung gõ", "Nhập từ giấy", "xác nhận trên Chibo"):
        assert words in page
    assert "Xem và xác nhận" not in secretary.get("/").content.decode()


@time_machine.travel(NIGHT, tick=False)
def test_the_helper_may_write_the_sheet_they_see_and_nobody_else(commune: Commune) -> None:
    meeting = commune.meeting()
    here = f"/sinh-hoat/{meeting.pk}/"
    assert '<fieldset class="stack" disabled>' in in_the_browser(commune, "Nhung").get(here).content.decode()
    begin(commune, meeting)
    for name, writes in (("Nhung", True), ("Inh", True), ("Páo", False)):
        page = in_the_browser(commune, name).get(here).content.decode()
        assert ('<fieldset class="stack" disabled>' not in page) is writes, name
        assert ("Xem lại, kết thúc" in page) is writes, name


@time_machine.travel(NIGHT, tick=False)
def test_who_confirmed_is_said_once(commune: Commune) -> None:
    closure = helped(commune)
    here = f"/sinh-hoat/{closure.meeting_id}/"
    page = in_the_browser(commune, "Inh").get(here).content.decode()
    assert page.count("Chưa ai của chi bộ xác nhận") == 1
    confirm(commune, closure)
    page = in_the_browser(commune, "Inh").get(here).content.decode()
    assert page.count("xác nhận trên Chibo") == 1
    assert page.count("Quàng Thị Nhung gõ") == 1
