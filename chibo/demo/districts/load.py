"""Both districts, the reform that ended them, and what one commune did after it."""

from __future__ import annotations

from datetime import date
from random import Random

from chibo.demo.districts import closing, first, reform, second
from chibo.demo.districts.building import FIRST, District
from chibo.demo.districts.words import many_names, many_villages
from chibo.demo.province import Province
from chibo.demo.villages import VILLAGES
from chibo.kernel.actor import MACHINE
from chibo.meetings.models import WrittenElsewhere
from chibo.meetings.operations import say_written_elsewhere
from chibo.organisation.models import Placement, Unit

SEED = 2016


def build_districts(province: Province) -> None:
    """Dựng hai huyện. What lies after the day of the demo has not happened."""
    random = Random(SEED)  # noqa: S311 - a play, not a secret
    people = many_names(random, set(province.names))
    villages = many_villages(random, {name for name, *_ in VILLAGES})
    one = District(province, first.NAME, SEED + 1, people, villages)
    first.build(one)
    province.say(f"  huyện {one.name}")
    two = District(province, second.NAME, SEED + 2, people, villages)
    second.build(two)
    province.say(f"  huyện {two.name}")
    reform.reform(one, two)
    province.look_at_tables()
    _write_elsewhere(province, reform.ON)
    if province.on >= closing.ON:
        closing.close_two_committees()
    province.say("  sắp xếp ngày 01/7/2025")
    _write_elsewhere(province, province.on)


def _write_elsewhere(province: Province, on: date) -> None:
    """Their cells keep their minutes in books of their own: only two communes of the province write here so far."""
    here = {province.units["commune"].scope_path, province.units["neighbour"].scope_path}
    cells = Unit.objects.filter(pk__in=Placement.objects.on(on).filter(kind="cell").values("unit"))
    said = WrittenElsewhere.objects.on(on).values("unit")
    away = [cell for cell in cells.exclude(pk__in=said).order_by("pk")
            if not any(cell.scope_path.startswith(path) for path in here)]  # fmt: skip
    if away:
        say_written_elsewhere(away, month=FIRST, on=on, by=MACHINE)
