"""A list of members: compared line by line, written in one act, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from chibo.exchange.models import Intake
from chibo.exchange.operations import Preview, forget, preview, take_back, take_in
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry, Touch
from chibo.membership.models import Absence, Belonging, Particular, Person, Standing
from chibo.membership.operations import note_particulars
from chibo.membership.queries import members_on
from tests.commune import NA_LOC, TODAY, Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING, said
from tests.exchange.making import a_list

Look, Take, Send = Callable[..., Preview], Callable[..., Intake], Callable[..., Intake]
HEADS = ["STT", "Họ và tên", "Chi bộ", "Ngày sinh", "Giới tính", "Số thẻ đảng viên", "Ngày vào Đảng", "Ngày chính thức"]


def a_new(
    name: str = "Lò Thị Mới", cell: str = "Bản Nà Lốc", birth: object = "03/02/1990", card: object = "012345678901",
    joined: object = "03/02/2015", official: object = "03/02/2016", sex: str = "Nữ",
) -> list[object]:  # fmt: skip
    return [1, name, cell, birth, sex, card, joined, official]


def test_somebody_new_comes_with_everything(commune: Commune, taken: Take) -> None:
    intake = taken(a_list(HEADS, a_new(), title=["ĐẢNG BỘ XÃ HUỔI LAM"]))
    person = Person.objects.get(full_name="Lò Thị Mới")
    assert intake.outcome["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 0}
    assert Belonging.objects.get(person=person).unit_id == commune.na_loc.pk
    standings = Standing.objects.filter(person=person).order_by("during")
    assert [(s.kind, s.during.lower, s.during.upper) for s in standings] == [
        ("probationary", date(2015, 2, 3), date(2016, 2, 3)), ("official", date(2016, 2, 3), None),
    ]  # fmt: skip
    kept = dict(Particular.objects.filter(person=person).values_list("field", "value"))
    assert kept == {"birth": "1990-02-03", "sex": "female", "card_number": "012345678901"}


def test_one_line_in_the_ledger_with_a_touch_for_each(commune: Commune, taken: Take) -> None:
    commune.actor("Nhung")
    before = Entry.objects.count()
    intake = taken(a_list(HEADS, a_new(), a_new("Hà Văn Khác", "Bản Pom Khe", card="000000000002")))
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None
    assert (Entry.objects.count() - before, entry.verb, entry.unit_id) == (1, "list.taken_in", commune.commune.pk)
    touched = Touch.objects.filter(entry=entry)
    assert touched.filter(kind="membership.person").count() == 2
    assert touched.filter(kind="exchange.intake", object_id=str(intake.pk)).exists()


def test_the_same_file_again_changes_nothing(commune: Commune, taken: Take) -> None:
    data = a_list(HEADS, a_new(), a_new("LÒ VĂN INH", birth="1970", card="12345678", sex="Nam"))
    taken(data)
    rows, entries = Particular.objects.count(), Entry.objects.count()
    again = taken(data)
    assert again.outcome["counts"] == {"new": 0, "changed": 0, "same": 2, "refused": 0}
    assert (Particular.objects.count(), Entry.objects.count()) == (rows, entries)


def test_what_differs_is_shown_with_both_values(looked: Look, taken: Take) -> None:
    taken(a_list(HEADS, a_new()), on=date(2026, 10, 1))
    shown = looked(a_list(HEADS, a_new(birth="04/02/1990", joined="05/02/2015", cell="Chi bộ bản Pom Khe")))
    assert said(shown) == [(2, "changed", "Chi bộ: Bản Nà Lốc → Bản Pom Khe, Ngày vào Đảng: 03/02/2015 → 05/02/2015, "
                                          "Ngày sinh: 03/02/1990 → 04/02/1990")]  # fmt: skip


def test_changes_are_written_as_a_correction_a_move_and_a_recognition(commune: Commune, taken: Take) -> None:
    taken(a_list(HEADS, a_new()), on=date(2026, 10, 1))
    taken(
        a_list(
            HEADS,
            a_new(birth="04/02/1990", joined="05/02/2015", cell="Pom Khe"),
            [2, "Lò Thị Ngoan", "Bản Nà Lốc", None, None, None, None, "01/11/2026"],
        )
    )
    person = Person.objects.get(full_name="Lò Thị Mới")
    assert Belonging.objects.on(TODAY).get(person=person).unit_id == commune.pom_khe.pk
    assert Particular.objects.live().get(person=person, field="birth").value == "1990-02-04"
    assert Particular.objects.get(person=person, field="birth", withdrawn_why="paper_differs").value == "1990-02-03"
    assert Standing.objects.live().filter(person=person).order_by("during")[0].during.lower == date(2015, 2, 5)
    assert Standing.objects.on(TODAY).get(person=commune.person("Ngoan")).kind == "official"


def test_the_days_of_long_ago_are_added(commune: Commune, taken: Take, looked: Look) -> None:
    data = a_list(HEADS, [1, "Lò Văn Inh", "Bản Nà Lốc", None, None, None, "03/02/2001", "03/02/2002"])
    taken(data)
    rows = Standing.objects.live().filter(person=commune.person("Inh")).order_by("during")
    assert [(s.kind, s.during.lower) for s in rows][:2] == [
        ("probationary", date(2001, 2, 3)), ("official", date(2002, 2, 3)),
    ]  # fmt: skip
    assert said(looked(data)) == [(2, "same", "")]


def test_crosses_and_exemption(commune: Commune, taken: Take) -> None:
    taken(a_list(
        ["Họ và tên", "Chi bộ", "Chính thức", "Dự bị", "Miễn sinh hoạt"],
        ["Lò Thị Mới", "Bản Nà Lốc", "", "x", ""], ["Hà Thị Uyên", "Bản Nà Lốc", "x", "", "x"],
    ))  # fmt: skip
    assert Standing.objects.get(person__full_name="Lò Thị Mới").kind == "probationary"
    assert Absence.objects.on(TODAY).filter(person=commune.person("Uyên"), kind="exempt").exists()


def test_refused_lines_name_the_cell_and_the_rest_is_written(commune: Commune, sent: Send) -> None:
    by = commune.actor("Nhung")
    intake = sent(a_list(
        HEADS, a_new(), a_new("Hà Thị Xa", "Bản Khuổi Mộc", card="000000000003"), a_new("Cà Văn Số", card=14000000000),
        a_new("Cà Văn Ngày", joined="30/02/2015", card="000000000004"),
        a_new("Cà Văn Trước", joined="03/02/1989", official="03/02/1990", card="000000000005"),
    ))  # fmt: skip
    shown = preview(intake, at=MORNING, by=by)
    problems = {
        d.title: [(p.refusal.code, p.label, p.cell, p.seen) for p in d.problems] for d in shown.drafts if d.problems
    }
    assert problems == {
        "Hà Thị Xa": [("unit_unknown", "Chi bộ", "C3", "Bản Khuổi Mộc")],
        "Cà Văn Số": [("cell_lost_zeros", "Số thẻ đảng viên", "F4", "14000000000")],
        "Cà Văn Ngày": [("bad_day", "Ngày vào Đảng", "G5", "30/02/2015")],
        "Cà Văn Trước": [("before_birth", "Ngày vào Đảng", "G6", "1989-02-03")],
    }
    take_in(intake, seen=shown.digest, at=MORNING, by=by)
    assert Person.objects.filter(full_name__startswith="Cà Văn").count() == 1  # bản Pom Khe's own
    assert Person.objects.filter(full_name="Lò Thị Mới").exists()


def test_the_same_person_twice_is_refused_on_both_lines(looked: Look) -> None:
    shown = looked(
        a_list(HEADS, a_new(), a_new("Lò Thị Khác", card="012345678901"), a_new(card="000000000009", birth="1980"))
    )
    assert said(shown) == [(2, "refused", "line_twice"), (3, "refused", "line_twice"), (4, "new", said(shown)[2][2])]


def test_who_is_meant(commune: Commune, looked: Look, taken: Take) -> None:
    taken(
        a_list(
            HEADS,
            a_new(),
            a_new("Lò Văn Trùng", birth="1960", card=None),
            a_new("Lò Văn Trùng", birth="1970", card=None),
        )
    )
    shown = looked(a_list(
        HEADS,
        a_new("Lò Văn Trùng", birth=None, card=None), a_new("Lò Văn Trùng", birth="05/1970", card=None),
        a_new("Lò Văn Trùng", birth="1980", card=None), a_new("Tên Khác Hẳn"), ["", "Lò Văn Inh", "Pom Khe"],
    ))  # fmt: skip
    assert [(n, v, w.partition(":")[0]) for n, v, w in said(shown)] == [
        (2, "refused", "person_ambiguous"), (3, "changed", "Ngày sinh"), (4, "new", "Chi bộ"),
        (5, "refused", "name_differs"), (6, "refused", "person_unclear"),
    ]  # fmt: skip


def test_a_number_known_elsewhere_says_only_that(commune: Commune, looked: Look, as_app: Callable[..., None]) -> None:
    stranger, office = commune.person("Sơn"), commune.actor("Nhung")
    note_particulars({stranger: {"card_number": "099999999999"}}, first=TODAY, at=MORNING, by=commune.actor("Lan"))
    as_app(office)
    shown = looked(a_list(HEADS, a_new(card="099999999999")))
    (problem,) = shown.drafts[0].problems
    assert (problem.refusal.code, problem.refusal.facts) == ("person_elsewhere", {})


def test_taken_back_nobody_is_left_and_everything_is_as_before(commune: Commune, taken: Take) -> None:
    by = commune.actor("Nhung")
    first = taken(a_list(HEADS, a_new(cell="Pom Khe")), on=date(2026, 10, 1))
    second = taken(a_list(HEADS, a_new(), a_new("Hà Văn Thừa", card="000000000007")))
    with refused("list_depended_on", count=1):
        take_back(first, at=MORNING, by=by)
    assert take_back(second, at=MORNING, by=by).state == Intake.TAKEN_BACK
    person = Person.objects.get(full_name="Lò Thị Mới")
    assert Belonging.objects.on(TODAY).get(person=person).unit_id == commune.pom_khe.pk
    assert not Belonging.objects.live().filter(person__full_name="Hà Văn Thừa").exists()
    assert not members_on(commune.commune, TODAY, actor=by).filter(full_name="Hà Văn Thừa").exists()
    with refused("list_not_written"):
        take_back(second, at=MORNING, by=by)


def test_a_roll_closed_since_holds_it(commune: Commune, taken: Take) -> None:
    intake = taken(a_list(HEADS, a_new()), on=date(2026, 10, 1))
    commune.close(commune.meeting())
    with refused("list_depended_on", count=1):
        take_back(intake, at=MORNING, by=commune.actor("Nhung"))


def test_pressed_twice_it_is_written_once(commune: Commune, sent: Send) -> None:
    intake, by = sent(a_list(HEADS, a_new())), commune.actor("Nhung")
    take_in(intake, seen=None, at=MORNING, by=by)
    take_in(intake, seen=None, at=MORNING, by=by)
    assert Person.objects.filter(full_name="Lò Thị Mới").count() == 1


def test_a_book_that_moved_is_looked_at_again(commune: Commune, sent: Send, taken: Take) -> None:
    by, data = commune.actor("Nhung"), a_list(HEADS, a_new())
    intake = sent(data)
    seen = preview(intake, at=MORNING, by=by).digest
    taken(data)
    with refused("list_moved"):
        take_in(intake, seen=seen, at=MORNING, by=by)


@pytest.mark.parametrize("who", ["Inh", "Páo", "Vân", "Lan", "Khiêm"])
def test_only_the_office_of_the_branch(commune: Commune, sent: Send, who: str) -> None:
    with pytest.raises(NoPower):
        sent(a_list(HEADS, a_new()), who=who)


def test_behind_the_second_wall(commune: Commune, as_app: Callable[..., None]) -> None:
    from chibo.exchange.operations import receive

    by = commune.actor("Nhung")
    as_app(by)
    data = a_list(HEADS, a_new(), *[[n, name, "Bản Nà Lốc"] for n, name in enumerate(NA_LOC, 2)])
    intake = receive(commune.commune, "members", "", data, holds_from=TODAY, at=MORNING, by=by)
    written = take_in(intake, seen=None, at=MORNING, by=by)
    assert written.outcome["counts"] == {"new": 1, "changed": 0, "same": 10, "refused": 0}
    assert take_back(written, at=MORNING, by=by).state == Intake.TAKEN_BACK


def test_cells_are_forgotten_after_a_week(commune: Commune, sent: Send, taken: Take) -> None:
    waiting, written = sent(a_list(HEADS, a_new())), taken(a_list(HEADS, a_new()))
    forget(at=MORNING.replace(day=11))
    assert Intake.objects.exclude(sheet={}).count() == 2
    forget(at=MORNING.replace(day=13))
    waiting.refresh_from_db()
    written.refresh_from_db()
    assert (waiting.state, waiting.sheet, written.sheet) == (Intake.DROPPED, {}, {})
    assert "lines" not in written.outcome
    assert written.outcome["changes"]
