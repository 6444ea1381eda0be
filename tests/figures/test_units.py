"""Tổ chức cơ sở đảng: the same tree counts otherwise before and after a rule gives a level another place."""

from __future__ import annotations

from datetime import date

from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit
from tests.commune import FOUNDED, TODAY, Commune

PILOT = date(2026, 7, 25)  # communes were the level above the grassroots up to that day


def number(code: str, unit: Unit, day: date = TODAY, by: Actor = MACHINE) -> int:
    answer = figure(f"units.{code}", unit, Period.days(day, day), Tree.AS_WAS, by=by, on=TODAY)
    parts = sum(part.numerator for part in answer.children) if answer.children else answer.numerator
    assert answer.numerator == len(answer.rows) == parts
    return answer.numerator


def test_communes_are_grassroots_committees_and_their_cells_stand_below(commune: Commune) -> None:
    asked = ("grassroots", "committees", "communes", "grassroots_cells", "cells_below")
    assert [number(code, commune.province) for code in asked] == [2, 2, 2, 0, 3]
    assert [number(code, commune.commune) for code in asked] == [1, 1, 1, 0, 2]


def test_while_communes_were_above_the_grassroots_their_own_cells_were_it(commune: Commune) -> None:
    found_unit("Đảng bộ Lâm trường", kind="grassroots", parent=commune.commune, on=FOUNDED, by=MACHINE)
    asked = ("grassroots", "committees", "communes", "grassroots_cells", "cells_below")
    assert [number(code, commune.province, PILOT) for code in asked] == [4, 1, 2, 3, 0]
    assert [number(code, commune.province) for code in asked] == [3, 3, 2, 0, 3]


def test_whoever_sees_one_cell_counts_that_one_by_what_stands_above_it(commune: Commune) -> None:
    inh = commune.actor("Inh")
    assert number("cells_below", commune.na_loc, by=inh) == 1
    assert number("grassroots_cells", commune.na_loc, PILOT, by=inh) == 1
    assert number("cells_below", commune.pom_khe, by=inh) == 0
