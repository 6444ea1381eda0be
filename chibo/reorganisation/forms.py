"""The boxes of each act, and what is typed in them as the arguments of its plan and of the act itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chibo.kernel.actor import Actor, Power
from chibo.kernel.boxes import Box
from chibo.kernel.dates import show_day
from chibo.kernel.errors import refuse_if
from chibo.membership.queries import roll_on
from chibo.organisation.models import Placement, Unit
from chibo.reorganisation import operations as acts
from chibo.reorganisation import planning as plans
from chibo.reorganisation.models import Decision
from chibo.reorganisation.planning import NewUnit
from chibo.reorganisation.plans import Plan
from chibo.reorganisation.shape import kinds_on
from chibo.rules.reader import rules_on

SLUGS = {
    "thanh-lap": Decision.FOUND, "doi-ten": Decision.RENAME, "chuyen-loai": Decision.KIND,
    "nang-cap": Decision.UPGRADE, "chuyen-cap-tren": Decision.MOVE, "ket-thuc": Decision.END,
    "chia-tach": Decision.SPLIT, "sap-nhap": Decision.MERGE,
}  # fmt: skip
OF_A_CELL = ("doi-ten", "chia-tach", "sap-nhap", "nang-cap", "chuyen-cap-tren", "ket-thuc")
OF_A_COMMITTEE = ("thanh-lap", "doi-ten", "chuyen-loai", "chuyen-cap-tren", "chia-tach", "sap-nhap", "ket-thuc")
PLACED = ("m-", "u-")  # boxes that say where a member, or a unit below, goes
MOST_HEIRS = 6
PLACES = {
    "no_paper": "paper", "unknown_kind": "kind", "kind_not_below": "kind", "no_name": "name", "same_kind": "kind",
    "same_superior": "to", "below_itself": "to", "merge_alike": "into", "two_sources": "into",
    "tree_changed_since": "on", "facts_since": "on", "not_standing": "on", "parent_not_standing": "on",
    "one_main_heir": "main",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """One act, asked for one unit by somebody, with so many heirs."""

    act: str
    unit: Unit
    placement: Placement
    by: Actor
    today: date
    heirs: int = 2

    def boxes(self) -> list[Box]:
        """Those of the act, and those of its paper."""
        own: dict[str, Callable[[], list[Box]]] = {
            Decision.FOUND: lambda: [self._kind(self.placement.kind), *_named(), _PLACE],
            Decision.RENAME: lambda: _named(self.placement),
            Decision.KIND: lambda: [self._kind()],
            Decision.UPGRADE: lambda: [self._kind(without="cell"), *_named(self.placement), *self._heirs()],
            Decision.MOVE: lambda: [Box("to", "Cấp trên trực tiếp mới", choices=self._superiors())],
            Decision.END: list,
            Decision.SPLIT: self._heirs,
            Decision.MERGE: self._merging,
        }
        day = Box("on", "Ngày hiệu lực", "day", value=show_day(self.today),
                  hint="Từ ngày này tổ chức theo quyết định. Có thể là ngày đã qua.")  # fmt: skip
        return [*own[self.act](), Box("paper", "Số quyết định", hint="Như 07-QĐ/ĐU."),
                Box("signed_on", "Ngày ký", "day"), day, Box("signer", "Người ký", optional=True),
                Box("reason", "Lý do", optional=True)]  # fmt: skip

    def _kind(self, above: str = "", without: str = "") -> Box:
        parents = rules_on(self.today)["organisation.parents"].value
        kinds = [(code, str(each["name"])) for code, each in kinds_on(self.today).items()
                 if code != without and (not above or above in parents.get(code, ()))]  # fmt: skip
        return Box("kind", "Loại tổ chức", "radio", choices=kinds)

    def _standing(self) -> list[Placement]:
        rows = Placement.objects.visible_to(self.by).on(self.today).order_by("sort_key", "unit_id")
        return [row for row in rows if self.by.can(Power.ORGANISE, row.scope_path) and row.unit_id != self.unit.pk]

    def _superiors(self) -> list[tuple[str, str]]:
        return [(str(row.unit_id), row.name) for row in self._standing()
                if row.kind != "cell" and not row.scope_path.startswith(self.unit.scope_path)]  # fmt: skip

    def _merging(self) -> list[Box]:
        cell = self.placement.kind == "cell"
        others = [row for row in self._standing() if (row.kind == "cell") == cell]
        beside = [row for row in others if row.parent_id == self.placement.parent_id]
        choices = [(str(row.unit_id), row.name) for row in (beside or others)]
        return [
            Box("into", "Sáp nhập vào, hoặc hợp nhất với", choices=choices),
            Box("name", "Tên tổ chức mới", optional=True,
                hint="Chỉ ghi khi hai tổ chức hợp nhất thành một tổ chức mới; để trống là sáp nhập."),
            Box("short_name", "Tên gọi tắt của tổ chức mới", optional=True),
        ]  # fmt: skip

    def _heirs(self) -> list[Box]:
        numbers, cell = [(str(n), f"Tổ chức {n}") for n in range(1, self.heirs + 1)], self.placement.kind == "cell"
        named = [box for n, words in numbers for box in (
            Box(f"name-{n}", f"{words}: tên đầy đủ", hint="Như Chi bộ bản Nà Lốc 1." if cell and n == "1" else ""),
            Box(f"short-{n}", f"{words}: tên gọi tắt", optional=True),
        )]  # fmt: skip
        main = Box("main", "Tổ chức giữ hồ sơ, nhận việc chung và lịch họp", "radio", choices=numbers, value="1")
        one = numbers[0][0] if self.heirs == 1 else ""
        if not cell:
            below = Placement.objects.on(self.today).filter(parent=self.unit).order_by("sort_key", "unit_id")
            places = [Box(f"place-{n}", f"{words}: địa danh trên văn bản", optional=True) for n, words in numbers]
            return [*named, *places, main,
                    *(Box(f"u-{row.unit_id}", row.name, "radio", choices=numbers) for row in below)]  # fmt: skip
        people = [Box(f"m-{row.person_id}", row.full_name, "radio", choices=numbers, value=one)
                  for row in roll_on(self.unit, self.today) if not row.guest]  # fmt: skip
        return [*named, main, *people]

    def arguments(self, typed: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What the plan and the act take, beside the paper and the days."""
        match self.act:
            case Decision.FOUND:
                new = NewUnit(typed["name"], typed["short_name"])
                return (self.unit, new, typed["kind"]), {"place": typed["place"]}
            case Decision.RENAME:
                return (self.unit, typed["name"]), {"short_name": typed["short_name"]}
            case Decision.KIND:
                return (self.unit, typed["kind"]), {}
            case Decision.MOVE:
                return (self.unit, self._one(typed["to"])), {}
            case Decision.END:
                return (self.unit,), {}
            case Decision.MERGE:
                return self._merged(typed), {}
        return self._divided(typed)

    def _merged(self, typed: dict[str, Any]) -> tuple[Any, ...]:
        other = self._one(typed["into"])
        if typed["name"]:
            return [self.unit, other], NewUnit(typed["name"], typed["short_name"])
        return [self.unit], other

    def _divided(self, typed: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        into = [
            NewUnit(typed[f"name-{n}"], typed[f"short-{n}"], _chosen(typed, "m-", n, UUID),
                    typed["main"] == str(n), _chosen(typed, "u-", n, int), typed.get(f"place-{n}", ""))
            for n in range(1, self.heirs + 1)
        ]  # fmt: skip
        if self.act == Decision.SPLIT:
            return (self.unit, into), {}
        return (self.unit, typed["kind"], into), {"name": typed["name"], "short_name": typed["short_name"]}

    def _one(self, pk: str) -> Unit:
        found: Unit | None = Unit.objects.visible_to(self.by).filter(pk=pk).first()
        refuse_if(found is None, "unknown_choice")
        assert found is not None
        return found

    def plan(self, typed: dict[str, Any]) -> Plan:
        """The preview."""
        arguments, more = self.arguments(typed)
        planned: Callable[..., Plan] = _PLANS[self.act]
        if self.act not in {Decision.RENAME, Decision.KIND, Decision.MOVE}:
            more["by"] = self.by
        return planned(*arguments, on=typed["on"], **more)

    def carry_out(self, typed: dict[str, Any], **told: Any) -> Decision:
        """The act."""
        arguments, more = self.arguments(typed)
        act: Callable[..., Decision] = _ACTS[self.act]
        return act(*arguments, on=typed["on"], by=self.by, **more, **told)


def _chosen[K](typed: dict[str, Any], prefix: str, number: int, key: Callable[[str], K]) -> frozenset[K]:
    """Keys of the boxes with that prefix that say that heir."""
    return frozenset(key(n[2:]) for n, where in typed.items() if n.startswith(prefix) and where == str(number))


_PLACE = Box("place", "Địa danh trên văn bản", optional=True)
_PLANS: dict[str, Any] = {
    Decision.FOUND: plans.plan_found, Decision.RENAME: plans.plan_rename, Decision.KIND: plans.plan_kind,
    Decision.UPGRADE: plans.plan_upgrade, Decision.MOVE: plans.plan_move, Decision.END: plans.plan_end,
    Decision.SPLIT: plans.plan_split, Decision.MERGE: plans.plan_merge,
}  # fmt: skip
_ACTS: dict[str, Any] = {
    Decision.FOUND: acts.found, Decision.RENAME: acts.rename, Decision.KIND: acts.change_kind,
    Decision.UPGRADE: acts.upgrade_cell, Decision.MOVE: acts.move_unit, Decision.END: acts.end_unit,
    Decision.SPLIT: acts.split_unit, Decision.MERGE: acts.merge_units,
}  # fmt: skip


def _named(now: Placement | None = None) -> list[Box]:
    return [
        Box("name", "Tên đầy đủ", value=now.name if now else "", hint="" if now else "Như Chi bộ bản Nà Lốc."),
        Box("short_name", "Tên gọi tắt", value=now.short_name if now else "", optional=True,
            hint="Hiện trên bảng, danh sách."),
    ]  # fmt: skip
