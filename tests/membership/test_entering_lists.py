"""A whole list is entered by as many questions as one member is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import Error, transaction

from chibo.kernel.actor import Actor
from chibo.kernel.bulk import insert_rows
from chibo.membership.models import Belonging, Particular, Person, Standing
from chibo.membership.operations import NewMember, enter_members
from tests.commune import FOUNDED, Commune


def _rows(count: int) -> list[NewMember]:
    return [
        NewMember(
            f"Lò Văn Người {n}", admitted_on=date(2015, 2, 3), official_on=date(2016, 2, 3),
            particulars={"birth": "03/02/1990", "sex": "Nam"},
        )
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 40])
def test_queries_do_not_grow_with_the_list(commune: Commune, queries: Any, count: int) -> None:
    by = commune.actor("Nhung")
    with queries(9):
        people = enter_members(_rows(count), commune.na_loc, on=FOUNDED, by=by)
    held = Standing.objects.filter(person__in=people)
    assert Belonging.objects.filter(person__in=people, unit=commune.na_loc, during__startswith=FOUNDED).count() == count
    assert (held.count(), held.filter(during__upper_inf=True).count()) == (2 * count, count)
    assert Particular.objects.filter(person__in=people).count() == 2 * count


def test_rows_come_back_with_their_own_keys(commune: Commune) -> None:
    person = commune.person("Inh")
    made = [Particular(person=person, field=code, value=code, sensitive=False, scope_path=person.scope_path,
                       during=(FOUNDED, None)) for code in ("birth_place", "address", "residence")]  # fmt: skip
    insert_rows(made)
    kept = Particular.objects.in_bulk([row.pk for row in made])
    assert [kept[row.pk].value for row in made] == ["birth_place", "address", "residence"]
    assert [kept[row.pk].during.lower for row in made] == [FOUNDED] * 3


def test_the_second_wall_looks_at_every_row(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    inside, outside = commune.na_loc.scope_path, commune.commune.scope_path
    as_app(commune.actor("Khiêm"))
    rows = [Person(full_name="A", name_key="a", folded_name="a", scope_path=path) for path in (inside, outside)]
    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        insert_rows(rows)
