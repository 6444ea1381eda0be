"""Who is acting, and over which part of the tree: a plain value handed down from the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from chibo.kernel.errors import NoPower
from chibo.kernel.paths import PathRange


class Power(StrEnum):
    """What a post allows. The table of who has which is `cadres.authority`, nowhere else."""

    READ = "read"  # xem
    CHAIR = "chair"  # ghi và kết thúc buổi sinh hoạt
    SCHEDULE = "schedule"  # lập lịch sinh hoạt
    ASSIGN = "assign"  # giao và ghi kết quả nhiệm vụ
    DIRECT = "direct"  # giao văn bản, chỉ tiêu cho cấp dưới
    REMEDY = "remedy"  # ghi hạn chế, nguyên nhân, biện pháp; xác nhận đã khắc phục
    HELP = "help"  # ghi giúp phiếu của chi bộ
    ADMIT = "admit"  # ghi đảng viên
    SENSITIVE = "sensitive"  # xem, ghi thông tin nhạy cảm: dân tộc, tôn giáo, số căn cước
    APPOINT = "appoint"  # ghi chức vụ, nhiệm kỳ
    ORGANISE = "organise"  # lập tổ chức
    SEE_READINGS = "see_readings"  # xem nhật ký mở hồ sơ
    KEEP_SERVER = "keep_server"  # trông máy chủ; không đọc dữ liệu


WRITING = frozenset(Power) - {Power.READ, Power.SEE_READINGS, Power.KEEP_SERVER}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work under dated posts, or the machine itself. Built once per request (decision 6).

    `powers` maps a power to a handful of half-open path ranges, never to lists of unit ids.
    `named_units` are ids of units whose *name* may be shown though they are out of range (the line above).
    """

    account_id: int | None
    person_id: UUID | None
    powers: Mapping[Power, tuple[PathRange, ...]]
    named_units: frozenset[int] = field(default_factory=frozenset)

    def ranges(self, power: Power) -> tuple[PathRange, ...]:
        """The path ranges over which this actor holds the power; empty when none."""
        return self.powers.get(power, ())

    def writing_ranges(self) -> tuple[PathRange, ...]:
        """Where this actor may write anything at all: the second wall's bound, coarser than `must`."""
        return merged(r for power in WRITING for r in self.ranges(power))

    def can(self, power: Power, path: str) -> bool:
        """Whether the power reaches the unit at this path."""
        return any(path in reach for reach in self.ranges(power))

    def must(self, power: Power, path: str) -> None:
        """Refuse with 403 unless the power reaches the unit at this path. Raises NoPower."""
        if not self.can(power, path):
            raise NoPower(power, path)


def merged(ranges: Iterable[PathRange]) -> tuple[PathRange, ...]:
    """Drop ranges that lie inside another one, keep order by path."""
    kept: list[PathRange] = []
    for each in sorted(set(ranges), key=lambda r: r.low):
        if not any(other.low <= each.low and each.high <= other.high for other in kept):
            # a branch begins where its own unit does: the wider one takes the place of the narrower
            kept = [other for other in kept if not (each.low <= other.low and other.high <= each.high)]
            kept.append(each)
    return tuple(kept)


NOBODY = Actor(account_id=None, person_id=None, powers={})
"""Not signed in: sees nothing."""

MACHINE = Actor(account_id=None, person_id=None, powers={p: (PathRange.everything(),) for p in Power})
"""The installation itself: the calendar, the demo, the command line of whoever holds the machine."""
