"""Requests about one's own data as pages need them: with their answers, their clocks, and as debts of the office."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from chibo.access.http import Request
from chibo.access.models import DataAnswer, DataRequest
from chibo.access.operations import Author
from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import unit_ids
from chibo.meetings.owed import Owed
from chibo.membership.models import Person
from chibo.membership.particulars import FIELDS, Field
from chibo.membership.policy import erased_of, recorded


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, what was answered, and which clock runs."""

    request: DataRequest
    answers: list[DataAnswer]

    @property
    def kinds(self) -> set[str]:
        """Codes of the answers given."""
        return {answer.kind for answer in self.answers}

    @property
    def settled(self) -> DataAnswer | None:
        """The answer that closed it."""
        return next((answer for answer in self.answers if answer.kind in DataAnswer.SETTLED), None)

    @property
    def act_by(self) -> date:
        """By when it has to be done, put off or not."""
        return max([self.request.act_by, *(a.act_by for a in self.answers if a.act_by)])

    @property
    def due(self) -> date:
        """The clock that runs now: first the answer, then the act."""
        return self.act_by if self.answers else self.request.answer_by

    def late(self, day: date) -> int:
        """Days beyond the clock; 0 when closed or in time."""
        return 0 if self.settled else max(0, (day - self.due).days)


def asked(rows: Iterable[DataRequest]) -> list[Asked]:
    """Requests with their answers; one query for them all."""
    return [Asked(row, sorted(row.answers.all(), key=lambda answer: answer.at)) for row in rows]


@dataclass(frozen=True, slots=True)
class Erasing:
    """What the form of an erasure shows."""

    goes: list[tuple[Field, str, bool]]  # a field with something to erase: its value of today, whether it is ticked
    stays: list[Field]  # kept all the same, because the organisation's own list must hold it
    gone: list[tuple[Field, date]]  # erased before


def erasing_of(person: Person, ticked: Collection[str] = (), *, actor: Actor) -> Erasing:
    """Những ô xóa được và những ô phải giữ; all that can go is ticked until somebody says otherwise."""
    held = recorded(person, actor=actor)
    fields = [FIELDS[code] for code in held]
    return Erasing(
        [(each, held[each.code], not ticked or each.code in ticked) for each in fields if each.erasable],
        [each for each in fields if not each.erasable],
        [(FIELDS[code], day) for code, day in erased_of(person, actor=actor).items()],
    )


def author_of(request: Request) -> Author:
    """Who answers, as the answer names them."""
    posts = request.posts
    return Author(request.actor, posts[0].full_name if posts else "", request.now)


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Yêu cầu chờ trả lời, of members whose book the actor keeps."""
    if not actor.ranges(Power.ADMIT):
        return []
    rows = DataRequest.objects.visible_to(actor).exclude(answers__kind__in=DataAnswer.SETTLED)
    waiting = asked(rows.exclude(person_id=actor.person_id).prefetch_related("answers"))
    return [_owed(each, on) for each in waiting]


def _owed(each: Asked, on: date) -> Owed:
    row = each.request
    what = "Làm" if each.answers else "Trả lời"
    return Owed(
        kind="request", about=str(row.pk), unit_id=unit_ids(row.scope_path)[-1],
        title=f"{what} yêu cầu {row.get_kind_display()} dữ liệu của đảng viên",
        why=f"{row.by_name} gửi ngày {row.on:%d/%m/%Y}", due=each.due, days_late=each.late(on), mine=True,
        page="front:request", button="Mở",
    )  # fmt: skip
