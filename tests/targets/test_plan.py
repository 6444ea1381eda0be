"""A plan is drafted, refused while a line lacks something, issued, and changed by newer words only."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from chibo.directives.models import Heading, Link
from chibo.kernel.errors import NoPower
from chibo.targets.measures import Measure
from chibo.targets.models import LineSaid, PlanIssue, Target, TargetSaid
from chibo.targets.operations import NewLine, drop_line, withdraw_plan, write_line
from chibo.targets.queries import lines_of, said_now
from tests.commune import Commune
from tests.conftest import refused
from tests.targets.conftest import DECEMBER, JANUARY, MEMBERS, NOW, POOR, ROADS, Office


def test_a_draft_may_lack_anything_and_is_not_issued_so(office: Office) -> None:
    plan = office.plan()
    with refused("plan_without_lines"):
        office.issue(plan)
    bare = office.line(plan, NewLine("Làm đường vào bản"))
    office.whole(plan)
    half = office.line(plan, NewLine("Kết nạp đảng viên", "post:committee_secretary", date(2026, 6, 30)))
    assert [line.lacks for line in lines_of(plan, actor=office.actor)] == [
        ["ai làm", "hạn", "chỉ tiêu, hoặc lý do không đo được"], [], ["chỉ tiêu, hoặc lý do không đo được"],
    ]  # fmt: skip
    with refused("lines_not_whole", lines="1, 3"):
        office.issue(plan)
    assert not Target.objects.exists()
    drop_line(bare, "", **office.by())
    office.line(plan, NewLine("Kết nạp đảng viên", "post:committee_secretary", date(2026, 6, 30), MEMBERS), key=half.pk)
    issue = office.issue(plan)
    assert sorted(Target.objects.values_list("name", "figure", "kind", "measure", "unit")) == sorted([
        ("Kết nạp", "members.admitted", "flow", "đảng viên", office.unit.pk),
        ("Đường bản được bê tông hóa", "", "flow", "km", office.unit.pk),
    ])  # fmt: skip
    assert office.issue(plan).pk == issue.pk  # said again it changes nothing
    assert Target.objects.count() == 2


def test_what_was_said_stays_and_a_change_says_why(office: Office) -> None:
    plan = office.plan()
    line = office.whole(plan)
    office.issue(plan)
    more = Measure(ROADS.name, "at_least", Decimal(12), measure="km")
    new = NewLine("Làm đường vào bản", f"unit:{plan.unit_id}", date(2026, 11, 30), more)
    with refused("say_why_changed"):
        office.line(plan, new, key=line.pk)
    office.line(plan, NewLine(new.task, new.owner, new.due, more, why="Tỉnh bổ sung vốn"), key=line.pk)
    target = Target.objects.get(line=line)
    assert [(each.value, each.last, each.why) for each in target.said.order_by("pk")] == [
        (Decimal(10), DECEMBER, ""), (Decimal(12), date(2026, 11, 30), "Tỉnh bổ sung vốn"),
    ]  # fmt: skip
    assert LineSaid.objects.filter(line=line).count() == 2
    with refused("line_not_whole", lacks="ai làm, hạn, chỉ tiêu, hoặc lý do không đo được"):
        office.line(plan, NewLine("Khác", why="Khác"), key=line.pk)
    with refused("target_stays_what_it_is"):
        office.line(plan, NewLine(new.task, new.owner, new.due, MEMBERS, why="Đo khác"), key=line.pk)


def test_the_database_rewrites_nothing_that_was_said(office: Office) -> None:
    plan = office.plan()
    office.whole(plan)
    office.issue(plan)
    for model, changed in ((LineSaid, {"task": "Khác"}), (TargetSaid, {"value": 1}), (PlanIssue, {"on": JANUARY})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**changed)  # type: ignore[attr-defined]


def test_a_line_that_is_dropped_takes_its_target_along(office: Office) -> None:
    plan = office.plan()
    line = office.whole(plan)
    office.issue(plan)
    with refused("say_why_changed"):
        drop_line(line, " ", **office.by())
    drop_line(line, "Chuyển sang kế hoạch năm sau", **office.by())
    drop_line(line, "Lần nữa", **office.by())
    assert lines_of(plan, actor=office.actor) == []
    assert said_now(Target.objects.get()).dropped
    office.line(plan, NewLine("Làm đường", f"unit:{plan.unit_id}", DECEMBER, ROADS, why="Làm lại"), key=line.pk)
    assert not said_now(Target.objects.get()).dropped


def test_a_number_of_the_register_and_the_link_to_what_it_carries_out(office: Office) -> None:
    document = office.resolution()
    plan = office.plan(basis=document)
    assert (plan.carries_out[:24], plan.carried_on) == ("Nghị quyết số 02-NQ/TU, ", date(2026, 1, 5))
    office.whole(plan)
    with refused("issued_too_early"):
        office.issue(plan, on=date(2026, 1, 4))
    issue = office.issue(plan, takes_number=True)
    said = Heading.objects.get(document=issue.document)
    assert (said.number, said.symbol, said.dated_on) == ("01", "KH/ĐU", date(2026, 1, 20))
    assert Link.objects.get(document=issue.document).other == document
    assert Target.objects.get().source == "Kế hoạch 01-KH/ĐU"


def test_a_cell_answers_what_was_asked_of_it(commune: Commune, office: Office) -> None:
    delivery = office.send(office.resolution())
    with refused("delivery_of_another"):
        office.plan(commune.pom_khe, "Liên", delivery=delivery)
    plan = office.plan(commune.na_loc, "Inh", delivery=delivery)
    office.whole(plan, None, "Inh")
    office.issue(plan, by="Inh")
    assert not Target.objects.exists()  # nothing of it can be measured, and it says why
    with pytest.raises(NoPower):
        office.plan(commune.na_loc, "Liên")
    with pytest.raises(NoPower):
        office.line(plan, NewLine("Khác"), "Liên")
    office.line(plan, NewLine("Văn phòng ghi giúp", f"unit:{plan.unit_id}", DECEMBER, None, "Làm một lần", "Thêm"))


def test_an_issued_plan_stays_a_draft_may_go(office: Office) -> None:
    plan, other = office.plan(), office.plan()
    withdraw_plan(other, why="entered_twice", at=NOW, by=office.actor)
    with refused("plan_withdrawn"):
        office.whole(other)
    office.whole(plan)
    office.issue(plan)
    with refused("plan_issued"):
        withdraw_plan(plan, why="entered_twice", at=NOW, by=office.actor)


def test_who_does_it_is_a_unit_a_post_or_a_body(commune: Commune, office: Office) -> None:
    plan = office.plan(commune.na_loc)
    for owner in ("unit:x", f"unit:{commune.pom_khe.pk}", "body:1", "post:king", "person:1", "unit:99999999999"):
        with refused("unknown_owner"):
            office.line(plan, NewLine("Việc", owner))
    with refused("due_outside_plan"):
        office.line(plan, NewLine("Việc", due=date(2027, 1, 1)))
    with refused("measured_and_not"):
        office.line(plan, NewLine("Việc", measure=ROADS, why_none="Không"))
    with refused("looks_like_identity"):
        office.line(plan, NewLine("Gọi 0912345678"))


def test_sent_twice_it_is_one(office: Office) -> None:
    plan, key = office.plan(), uuid.uuid4()
    first = office.line(plan, NewLine("Việc"), key=key)
    assert office.line(plan, NewLine("Việc"), key=key) == first
    assert LineSaid.objects.count() == 1
    with refused("line_of_another"):
        write_line(office.plan(), NewLine("Việc"), key=key, **office.by())


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        (Measure("", "at_least", Decimal(1), measure="km"), "target_without_name"),
        (Measure("Đường", "more", Decimal(1), measure="km"), "unknown_comparison"),
        (Measure("Đường", "at_least", None, measure="km"), "value_missing"),
        (Measure("Đường", "at_least", Decimal(1)), "measure_missing"),
        (Measure("Đường", "at_least", Decimal(1), kind="heap", measure="km"), "unknown_target_kind"),
        (Measure("", "at_least", Decimal(1), "no.such"), "unknown_figure"),
        (Measure("Hộ nghèo", "at_most", Decimal(101), kind="ratio"), "more_than_all"),
        (Measure("", "at_least", Decimal(101), "meetings.attendance"), "more_than_all"),
    ],
)
def test_a_measure_that_measures_nothing(office: Office, measure: Measure, code: str) -> None:
    with refused(code):
        office.line(office.plan(), NewLine("Việc", measure=measure))


def test_a_figure_brings_its_name_kind_and_measure(office: Office) -> None:
    row = office.target(Measure("", "at_least", Decimal(90), "meetings.attendance"))
    assert (row.name, row.kind, row.measure) == ("Tỷ lệ đảng viên dự sinh hoạt", "ratio", "%")
    assert office.target(POOR).measure == "%"
