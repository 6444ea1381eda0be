"""Set up, split off, upgraded, ended: counted by the day they took effect, on either tree."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

from django.test import Client
from django.urls import reverse

from chibo.figures.answers import Answer, Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations import end_unit, found, merge_units, move_unit, reform, take_back
from chibo.reorganisation.operations.reforming import Act
from chibo.reorganisation.planning import NewUnit, plan_found, plan_merge
from chibo.reorganisation.plans import Paper
from tests.commune import TODAY, Commune
from tests.reorganisation.test_acts import AT, split

YEAR = Period.year(2026)
JUNE = date(2026, 6, 1)


def told(number: str, on: date = TODAY) -> dict[str, object]:
    paper = Paper(number, on, key=uuid.uuid4())
    return {"paper": paper, "on": on, "at": datetime.combine(on, time(20, 0), ZONE), "by": MACHINE}


def ask(commune: Commune, code: str, tree: Tree = Tree.AS_WAS, unit: Unit | None = None, who: str = "Vân") -> Answer:
    unit = Unit.objects.get(pk=(unit or commune.commune).pk)
    answer = figure(f"units.{code}", unit, YEAR, tree, by=commune.actor(who), on=TODAY)
    assert answer.numerator == len(answer.rows) == sum(part.numerator for part in answer.children)
    return answer


def test_each_act_counts_what_it_made(commune: Commune) -> None:
    found(commune.commune, NewUnit("Chi bộ Trạm Y tế", "Trạm Y tế"), "cell", **told("01-QĐ/ĐU", JUNE))  # type: ignore[arg-type]
    decision = split(commune)
    assert [ask(commune, code).numerator for code in ("founded", "from_split", "upgraded", "ended")] == [1, 2, 0, 0]
    take_back(decision, why="typed_wrong", at=AT, by=MACHINE)
    assert ask(commune, "from_split").numerator == 0
    merge_units([commune.pom_khe], commune.na_loc, **told("02-QĐ/ĐU"))  # type: ignore[arg-type]
    assert [row.unit_name for row in ask(commune, "ended").rows] == ["Bản Pom Khe"]


def test_acts_of_a_sheet_count_as_they_do_one_by_one(commune: Commune) -> None:
    new, here = NewUnit("Chi bộ Chợ", "Chợ"), commune.commune

    def market() -> Unit:
        return Unit.objects.get(placements__short_name="Chợ")

    acts = [
        lambda: Act([here], lambda: plan_found(here, new, "cell", on=TODAY, by=MACHINE)),
        lambda: Act([commune.pom_khe], lambda: plan_merge([commune.pom_khe], market(), on=TODAY, by=MACHINE)),
    ]
    reform(here, acts, **told("04-QĐ/ĐU"))  # type: ignore[arg-type]
    assert [row.unit_name for row in ask(commune, "founded").rows] == ["Chợ"]
    assert [row.unit_name for row in ask(commune, "ended").rows] == ["Bản Pom Khe"]
    assert ask(commune, "founded").rows[0].title == "Thành lập, quyết định số 04-QĐ/ĐU"


def test_where_it_stood_then_or_where_it_stands_now(commune: Commune) -> None:
    found(commune.commune, NewUnit("Chi bộ Trạm Y tế", "Trạm Y tế"), "cell", **told("01-QĐ/ĐU", JUNE))  # type: ignore[arg-type]
    new = Unit.objects.order_by("-pk")[0]
    move_unit(new, commune.other_commune, **told("03-QĐ/TU", date(2026, 9, 1)))  # type: ignore[arg-type]
    both = (commune.commune, commune.other_commune, commune.province)
    assert [ask(commune, "founded", Tree.AS_WAS, unit).numerator for unit in both] == [1, 0, 1]
    assert [ask(commune, "founded", Tree.RESTATED, unit).numerator for unit in both] == [0, 1, 1]


def test_an_ended_one_counts_where_it_was(commune: Commune) -> None:
    found(commune.commune, NewUnit("Chi bộ Chợ", "Chợ"), "cell", **told("01-QĐ/ĐU", JUNE))  # type: ignore[arg-type]
    end_unit(Unit.objects.order_by("-pk")[0], **told("04-QĐ/ĐU", date(2026, 8, 1)))  # type: ignore[arg-type]
    for tree in Tree:
        assert [row.unit_name for row in ask(commune, "ended", tree).rows] == ["Chợ"]


def test_a_row_opens_the_decision(commune: Commune, client: Client) -> None:
    decision = split(commune)
    client.force_login(commune.account("Nhung"))
    asked = {"don-vi": str(commune.commune.pk), "tu": "01/01/2026", "den": "31/12/2026"}
    page = client.get(reverse("front:figure", args=["units.from_split"]), asked).content.decode()
    assert "<h1>2 tổ chức đảng</h1>" in page
    assert reverse("reorganisation:decision", args=[decision.pk]) in page
    assert Decision.objects.count() == 1


def test_nobody_counts_what_they_may_not_see(commune: Commune) -> None:
    split(commune)
    assert ask(commune, "from_split", who="Sơn").numerator == 0
