"""Hồ sơ có thể trùng: records that may be of one person, each pair with the reasons; what the list in goes by too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Left

from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import PathRange
from chibo.kernel.text import is_uuid
from chibo.membership.models import Apart, Particular, Person
from chibo.membership.particulars import BIRTH, FIELDS, NUMBERS, Use, same_birth
from chibo.organisation.models import Unit

NAME_AND_BIRTH = "name_birth"
REASONS = {
    "card_number": "cùng số thẻ đảng viên", "citizen_number": "cùng số căn cước",
    NAME_AND_BIRTH: "cùng họ tên (không kể dấu), cùng ngày sinh",
}  # fmt: skip
MOST_TOLD = 8  # of so many with one number every two are a pair; of more, each and the next

Key = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, the smaller id first."""

    ids: Key
    reasons: tuple[str, ...]
    name_key: str
    within_reach: bool  # both may be corrected by who asks

    @property
    def key(self) -> str:
        """Where the next page starts."""
        return f"{self.name_key}~{self.ids[0]}~{self.ids[1]}"

    @property
    def words(self) -> list[str]:
        """The reasons as the page says them."""
        return [REASONS[each] for each in self.reasons]


@dataclass(frozen=True, slots=True)
class _Side:
    """One record as the search sees it."""

    pk: UUID
    path: str
    name_key: str


def doubles_in(unit: Unit, *, actor: Actor) -> list[Pair]:
    """Các cặp có ít nhất một người trong nhánh, by given name; three queries. A pair said apart is left out.

    The second one may be anywhere in sight. Whether a number may be compared is asked of the field policy, for either
    side (`Use.COMPARE`).
    """
    found: dict[Key, list[str]] = defaultdict(list)
    sides: dict[UUID, _Side] = {}
    for code, group in (*_by_number(actor, sides), *_by_name(actor, sides)):
        for one, two in _two_by_two(sorted(group)):
            found[one, two].append(code)
    area = PathRange.of(unit.scope_path)
    here = {pk for pk, side in sides.items() if side.path in area}
    apart = _said_apart(found, actor)
    pairs = [
        _pair(key, reasons, sides, actor) for key, reasons in found.items() if key not in apart and here & set(key)
    ]
    return sorted(pairs, key=lambda pair: (pair.name_key, pair.ids))


def page_of(pairs: list[Pair], after: str, most: int) -> list[Pair]:
    """Those behind the key of the page before; a key that cannot be read is the beginning."""
    parts = after.split("~")
    if len(parts) == 3 and is_uuid(parts[1]) and is_uuid(parts[2]):
        last = (parts[0], (UUID(parts[1]), UUID(parts[2])))
        pairs = [pair for pair in pairs if (pair.name_key, pair.ids) > last]
    return pairs[:most]


def apart_in(unit: Unit, *, actor: Actor, most: int) -> list[Apart]:
    """Những cặp đã xác nhận là hai người trong nhánh, the newest first; one query."""
    area = PathRange.of(unit.scope_path)
    here = Q(scope_path__gte=area.low, scope_path__lt=area.high) | Q(home_path__gte=area.low, home_path__lt=area.high)
    rows = Apart.objects.visible_to(actor).standing().filter(here).select_related("person", "other")
    return list(rows.order_by("-at", "-pk")[:most])


def _pair(key: Key, reasons: list[str], sides: dict[UUID, _Side], actor: Actor) -> Pair:
    one, two = (sides[pk] for pk in key)
    reach = all(actor.can(Power.ADMIT, side.path) for side in (one, two))
    return Pair(key, tuple(code for code in REASONS if code in reasons), min(one.name_key, two.name_key), reach)


def _two_by_two(ids: list[UUID]) -> Iterable[Key]:
    return combinations(ids, 2) if len(ids) <= MOST_TOLD else pairwise(ids)


def _rows(actor: Actor, codes: Collection[str]) -> QuerySet[Particular]:
    people = Person.objects.visible_to(actor).values("pk")
    rows: QuerySet[Particular] = Particular.objects.visible_to(actor).live()
    return rows.filter(field__in=codes, during__upper_inf=True, person__in=people).exclude(value="")  # erased


def _remember(sides: dict[UUID, _Side], side: _Side, codes: Iterable[str], actor: Actor) -> bool:
    """Keep the side, when the field may be compared there by whoever asks: one's own is no exception."""
    powers = {FIELDS[code].power(Use.COMPARE) for code in codes}
    if not all(power is not None and actor.can(power, side.path) for power in powers):
        return False
    sides[side.pk] = side
    return True


def _by_number(actor: Actor, sides: dict[UUID, _Side]) -> Iterator[tuple[str, set[UUID]]]:
    same = Window(Count("pk"), partition_by=[F("field"), F("value")])
    rows = _rows(actor, NUMBERS).annotate(same=same).filter(same__gt=1)
    groups: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    asked = rows.values_list("field", "value", "person", "person__scope_path", "person__name_key")
    for code, value, pk, path, name in asked:
        if _remember(sides, _Side(pk, path, name), [code], actor):
            groups[code, value].add(pk)
    for (code, _), group in groups.items():
        yield code, group


def _by_name(actor: Actor, sides: dict[UUID, _Side]) -> Iterator[tuple[str, set[UUID]]]:
    same = Window(Count("pk"), partition_by=[F("person__folded_name"), Left("value", 4)])
    rows = _rows(actor, [BIRTH]).annotate(same=same).filter(same__gt=1)
    groups: dict[tuple[str, str], list[tuple[UUID, str]]] = defaultdict(list)
    asked = rows.values_list("person__folded_name", "value", "person", "person__scope_path", "person__name_key")
    for name, born, pk, path, key in asked:
        if _remember(sides, _Side(pk, path, key), [BIRTH], actor):
            groups[name, born[:4]].append((pk, born))
    for group in groups.values():
        for (one, born), (two, other) in combinations(group, 2):
            if same_birth(born, other):
                yield NAME_AND_BIRTH, {one, two}


def _said_apart(found: Collection[Key], actor: Actor) -> set[Key]:
    rows = Apart.objects.visible_to(actor).standing().filter(person__in={one for one, _ in found})
    return set(rows.values_list("person", "other"))
