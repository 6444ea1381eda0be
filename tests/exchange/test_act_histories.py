"""What a sheet decides is what its acts, done one after another by hand, would have done; and it goes back whole."""

from __future__ import annotations

import itertools
import json
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import ForeignKey
from hypothesis import HealthCheck, given, settings
from hypothesis import example as hypothesis_example
from hypothesis import strategies as st

from chibo.exchange.acts.operations import decide, look_ahead
from chibo.exchange.models import Intake
from chibo.exchange.operations import receive, say_columns
from chibo.figures.answers import Tree
from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import Refused
from chibo.kernel.paths import unit_ids
from chibo.membership.models import Belonging, Person
from chibo.membership.operations import NewMember, enter_members
from chibo.organisation.checks import checks
from chibo.organisation.models import Placement, Unit
from chibo.organisation.operations import found_unit
from chibo.reorganisation import operations as acts
from chibo.reorganisation.checks import checks as tree_checks
from chibo.reorganisation.models import Decision, Descent
from chibo.reorganisation.planning import NewUnit
from chibo.reorganisation.plans import Paper
from tests.commune import FOUNDED, TODAY, Commune, found_cell
from tests.exchange.conftest import MORNING
from tests.exchange.test_act_sheets import PAPER, a_sheet, drafts, line, why
from tests.reorganisation.histories import example, members_by_place, picture, today

pytestmark = pytest.mark.sweep

KINDS = ["found", "rename", "kind", "upgrade", "move", "end", "split", "merge", "fuse"]
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=7)
ACTS = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


class Lines:
    """One act as lines of the sheet, lines of the second sheet, and the act by hand."""

    def __init__(self, rows: list[list[Any]], by_hand: Callable[[dict[str, Any]], Any], people: Any = ()) -> None:
        self.rows, self.by_hand, self.people = rows, by_hand, list(people)


def asked(kind: str, one: int, two: int, step: int) -> Lines | None:
    """A random act on the tree as it is now; None when there is nothing to do it to."""
    here = list(Placement.objects.on(TODAY).select_related("unit").order_by("unit"))
    cells = [row for row in here if row.kind == "cell"]
    tops = [row for row in here if row.kind != "cell"]
    cell, other, top = cells[one % len(cells)], cells[two % len(cells)], tops[two % len(tops)]
    each = here[one % len(here)]
    match kind:
        case "found":
            name = f"Đảng bộ trực thuộc cơ sở Số {step}"
            return Lines([line("thành lập", name, parent=top.name)],
                         lambda told: acts.found(top.unit, NewUnit(name), "subordinate", **told))  # fmt: skip
        case "rename":
            return Lines([line("đổi tên", each.name, name=f"Tên {step}")],
                         lambda told: acts.rename(each.unit, f"Tên {step}", short_name="", **told))  # fmt: skip
        case "kind":
            return Lines([line("đổi loại", each.name, kind="Đảng bộ cơ sở")],
                         lambda told: acts.change_kind(each.unit, "grassroots", **told))  # fmt: skip
        case "move":
            return Lines([line("chuyển", each.name, parent=top.name)],
                         lambda told: acts.move_unit(each.unit, top.unit, **told))  # fmt: skip
        case "end":
            return Lines([line("kết thúc", each.name)], lambda told: acts.end_unit(each.unit, **told))
        case "merge":
            return Lines([line("sáp nhập", cell.name, into=other.name)],
                         lambda told: acts.merge_units([cell.unit], other.unit, **told))  # fmt: skip
        case "fuse":
            rows = [line("hợp nhất", row.name, into=f"Chi bộ Hợp {step}") for row in (cell, other)]
            return Lines(rows, lambda told: acts.merge_units([cell.unit, other.unit], NewUnit(f"Chi bộ Hợp {step}"),
                                                             **told))  # fmt: skip
    return divided(kind, cell, two, step)


def divided(kind: str, cell: Placement, two: int, step: int) -> Lines:
    rows = Belonging.objects.on(TODAY).filter(unit=cell.unit, kind="official").select_related("person")
    people = sorted(rows, key=lambda row: row.person.full_name)
    half = 3 + two % max(len(people) - 5, 1)
    names = [f"Chi bộ Một {step}", f"Chi bộ Hai {step}"]
    parts = [people[:half], people[half:]]
    into = [NewUnit(name, people=frozenset(row.person_id for row in part), main=name == names[0])
            for name, part in zip(names, parts, strict=True)]  # fmt: skip
    beside = [[row.person.full_name, cell.name, name] for name, part in zip(names, parts, strict=True) for row in part]
    if kind == "split":
        row = line("chia tách", cell.name, cells="; ".join(names))
        return Lines([row], lambda told: acts.split_unit(cell.unit, into, **told), beside)
    row = line("nâng cấp", cell.name, kind="Đảng bộ cơ sở", name=f"Đảng bộ {step}", cells="; ".join(names))
    return Lines([row], lambda told: acts.upgrade_cell(cell.unit, "grassroots", into, name=f"Đảng bộ {step}",
                                                       short_name="", **told), beside)  # fmt: skip


def by_hand(steps: list[tuple[str, int, int]]) -> list[tuple[Lines, bool]]:
    """One after another; which of them were refused."""
    done: list[tuple[Lines, bool]] = []
    for step, (kind, one, two) in enumerate(steps):
        each = asked(kind, one, two, step)
        if each is None or _joins(done, each):
            continue
        paper = Paper("07-QĐ/ĐU", date(2026, 11, 1), "Lường Văn Páo", key=uuid.uuid4())
        try:
            with transaction.atomic():
                each.by_hand({"paper": paper, "on": TODAY, "at": MORNING, "by": MACHINE})
        except Refused:
            done.append((each, False))
        else:
            done.append((each, True))
    return done


def _joins(done: list[tuple[Lines, bool]], each: Lines) -> bool:
    """Two mergers into the same unit, one line after the other, are one act of a sheet."""
    return bool(done) and [done[-1][0].rows[-1][n] for n in (1, 7)] == [each.rows[0][n] for n in (1, 7)]


def sent(commune: Commune, *lines: Lines) -> Intake:
    data = a_sheet(*(row for each in lines for row in each.rows), people=[p for each in lines for p in each.people])
    intake = receive(commune.province, "acts", "", data, holds_from=TODAY, at=MORNING, by=MACHINE, paper=PAPER)
    return look_ahead(say_columns(intake, {}, hidden_too=None, by=MACHINE), at=MORNING, by=MACHINE)


def written(intake: Intake) -> Decision:
    decide(intake, seen=intake.outcome["digest"], at=MORNING, by=MACHINE)
    return Decision.objects.get(pk=intake.pk)


# every table, by what it says and not by the keys of new rows

ROOMS = ["organisation", "membership", "cadres", "meetings", "access"]


def dump() -> dict[str, list[str]]:
    """Rows of every table as text; a unit is called by its last name, so that those founded twice are the same."""
    rows = Placement.objects.order_by("unit", "during")
    names = {str(row.unit_id): row.name for row in rows}
    return {
        model._meta.label: sorted(_spelt(model, row, names) for row in model.objects.all())
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
    }


def _spelt(model: Any, row: Any, names: dict[str, str]) -> str:
    said = {}
    for column in model._meta.concrete_fields:
        value = getattr(row, column.attname)
        if isinstance(column, ForeignKey) and column.related_model is Unit:
            value = names.get(str(value), value)
        elif column.name.endswith("path"):
            value = [names.get(str(pk), pk) for pk in unit_ids(value or "")]
        elif column.primary_key and not isinstance(row, Person):
            continue
        said[column.attname] = str(value)
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def test_a_sheet_is_its_acts_one_after_another(commune: Commune) -> None:
    commune.meeting(month=date(2026, 12, 1))
    commune.meeting(commune.pom_khe, date(2026, 12, 1))

    @ACTS
    @given(STEPS)
    def prove(steps: list[tuple[str, int, int]]) -> None:
        def check() -> None:
            found: dict[str, Any] = {}

            def hand() -> None:
                found["acts"], found["dump"] = by_hand(steps), dump()

            example(hand)
            every = [each for each, _ in found["acts"]]
            seen = iter(why(sent(commune, *every)))
            refused = [{next(seen) for _ in each.rows} != {""} for each in every]
            assert refused == [not passed for _, passed in found["acts"]]
            good = [each for each, passed in found["acts"] if passed]
            if good:
                written(sent(commune, *good))
                assert dump() == found["dump"]

        example(check)

    prove()


def test_a_sheet_taken_back_never_was(commune: Commune) -> None:
    commune.meeting(month=date(2026, 12, 1))
    days = [FOUNDED, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=60)]

    @ACTS
    @given(STEPS)
    @hypothesis_example([("split", 50, 40), ("move", 43, 35), ("found", 37, 13), ("merge", 0, 38)])
    def prove(steps: list[tuple[str, int, int]]) -> None:
        def check() -> None:
            found: list[tuple[Lines, bool]] = []
            example(lambda: found.extend(by_hand(steps)))
            good = [each for each, passed in found if passed]
            before, now = [picture(day) for day in days], today()
            if good:
                acts.take_back(written(sent(commune, *good)), why="typed_wrong", at=MORNING, by=MACHINE)
                assert [picture(day) for day in days] == before
                assert today() == now

        example(check)

    prove()


# the reform of a small province in one evening: thirty lines

SURNAMES = ["Lò", "Hà", "Vì", "Cà", "Tòng", "Quàng", "Lường", "Bạc"]
GIVEN = ["An", "Bình", "Chung", "Dung", "Giang", "Hương", "Khang", "Lân", "Mai"]


@pytest.fixture
def province(commune: Commune) -> Commune:
    """Six more communes of three cells, six members each."""
    people = itertools.product(SURNAMES, ["Văn", "Thị", "Minh"], GIVEN)
    for number in range(1, 7):
        above = found_unit(f"Đảng bộ xã Số {number}", kind="commune", parent=commune.province, on=FOUNDED, by=MACHINE)
        for each in "ABC":
            cell = found_cell(f"Chi bộ bản {each}{number}", f"Bản {each}{number}", above)
            names = [" ".join(next(people)) for _ in range(6)]
            enter_members([NewMember(name) for name in names], cell, on=FOUNDED, by=MACHINE)
    return commune


def reform() -> list[list[Any]]:
    """Six communes become two; some cells are merged, fused, split, one becomes a committee."""
    moved = [line("chuyển", f"Bản {each}{n}", parent="Đảng bộ xã Mường Đông" if n < 4 else "Đảng bộ xã Mường Tây")
             for n in (2, 3, 4, 5) for each in "ABC"]  # fmt: skip
    return [
        line("thành lập", "Đảng bộ xã Mường Đông"),
        line("thành lập", "Đảng bộ xã Mường Tây"),
        *moved,
        line("đổi tên", "Đảng bộ xã Số 1", name="Đảng bộ xã Mường Nam"),
        line("sáp nhập", "Đảng bộ xã Số 6", into="Đảng bộ xã Mường Nam"),
        *[line("kết thúc", f"Đảng bộ xã Số {n}") for n in (2, 3, 4, 5)],
        line("hợp nhất", "Chi bộ bản A1", into="Chi bộ bản Tân A"),
        line("hợp nhất", "Chi bộ bản B1", into="Chi bộ bản Tân A"),
        line("sáp nhập", "Bản Khuổi Mộc", into="Bản C1"),
        line("kết thúc", "Xã Nậm Sen"),
        line("đổi tên", "Bản C1", name="Chi bộ bản Khuổi Mộc Mới"),
        line("chia tách", "Bản Nà Lốc", cells="Chi bộ bản Nà Lốc 1; Chi bộ bản Nà Lốc 2"),
        line("nâng cấp", "Bản Pom Khe", kind="Đảng bộ cơ sở", name="Đảng bộ Pom Khe", cells="Chi bộ Pom Khe 1"),
        line("thành lập", "Chi bộ Công an Mường Đông", parent="Đảng bộ xã Mường Đông"),
        line("đổi tên", "Đảng bộ xã Mường Tây", name="Đảng bộ xã Mường Tây Bắc"),
        line("đổi loại", "Đảng bộ xã Huổi Lam", kind="Đảng bộ cơ sở"),
    ]


def test_a_province_reformed_in_one_evening(province: Commune) -> None:
    rows = Belonging.objects.on(TODAY).filter(unit=province.na_loc, kind="official").select_related("person")
    people = [[row.person.full_name, "", f"Nà Lốc {1 + number % 2}"] for number, row in enumerate(rows)]
    intake = sent(province, Lines(reform(), lambda told: None, people))
    assert not any(why(intake)), [(d.number, d.title, d.problems) for d in drafts(intake) if d.problems]
    days = [FOUNDED, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=60)]
    before, now = [picture(day) for day in days], today()
    top = province.province
    whole = members_by_place(FOUNDED, Tree.AS_WAS, top)
    decision = written(intake)
    assert picture(FOUNDED) == before[0]
    assert [members_by_place(day, tree, top) for day in days for tree in Tree] == [whole] * 8
    everybody = Counter(Belonging.objects.on(TODAY).filter(kind="official").values_list("person", flat=True))
    assert set(everybody) == set(Person.objects.values_list("pk", flat=True))
    assert set(everybody.values()) == {1}
    assert (list(checks()), list(tree_checks())) == ([], [])
    assert Descent.objects.filter(decision=decision).count() == 7
    acts.take_back(decision, why="typed_wrong", at=MORNING, by=MACHINE)
    assert [picture(day) for day in days] == before
    assert today() == now
