"""The whole of who may do what. Printed as it stands in docs/authority.md; no role is compared anywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection

from chibo.cadres.models import Office
from chibo.kernel.actor import Actor, Power, merged
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import PathRange, unit_ids


class Reach(StrEnum):
    """How far a power reaches from the unit of the post."""

    HERE = "here"  # the unit itself
    BRANCH = "branch"  # the unit and all below it


HERE, BRANCH = Reach.HERE, Reach.BRANCH
MOST_AREAS = 4  # slots of the second wall (`access.wall`)

AUTHORITY: Mapping[Office, Mapping[Power, Reach]] = {
    Office.CELL_SECRETARY: {
        Power.READ: HERE, Power.CHAIR: HERE, Power.SCHEDULE: HERE, Power.ASSIGN: HERE, Power.REMEDY: HERE,
    },
    Office.CELL_DEPUTY: {
        Power.READ: HERE, Power.CHAIR: HERE, Power.SCHEDULE: HERE, Power.ASSIGN: HERE, Power.REMEDY: HERE,
    },
    Office.CELL_COMMITTEE: {Power.READ: HERE},
    Office.COMMITTEE_SECRETARY: {
        Power.READ: BRANCH, Power.CHAIR: HERE, Power.SCHEDULE: HERE, Power.ASSIGN: HERE, Power.REMEDY: BRANCH,
        Power.SEE_READINGS: BRANCH,
    },
    Office.COMMITTEE_DEPUTY: {
        Power.READ: BRANCH, Power.CHAIR: HERE, Power.SCHEDULE: HERE, Power.ASSIGN: HERE, Power.REMEDY: BRANCH,
    },
    Office.STANDING_MEMBER: {Power.READ: BRANCH},
    Office.COMMITTEE_MEMBER: {Power.READ: BRANCH},
    Office.COMMITTEE_OFFICE: {
        Power.READ: BRANCH, Power.SCHEDULE: BRANCH, Power.HELP: BRANCH, Power.ADMIT: BRANCH,
        Power.SENSITIVE: BRANCH, Power.APPOINT: BRANCH, Power.ORGANISE: BRANCH, Power.CHAIR: HERE,
        Power.ASSIGN: HERE, Power.DIRECT: BRANCH, Power.REMEDY: BRANCH,
    },
    Office.PROVINCE_OFFICER: {Power.READ: BRANCH},
    Office.SERVER_KEEPER: {Power.KEEP_SERVER: HERE},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post as the sign-in sees it: who, what, where."""

    person_id: UUID
    full_name: str
    office: str
    unit_id: int
    path: str
    unit_name: str
    needs_step: bool = False  # the office asks for the second step of signing in (`access.SecondStep`)
    cell_id: int = 0  # where the person belongs on that day: they may read its name, post or not
    before: Sequence[str] = ()  # paths of ended units this one descends from, the nearest first


def held_posts(account_id: int, *, on: date) -> list[HeldPost]:
    """The person behind an account and the posts they hold on that day; one row without office when none.

    Through a SECURITY DEFINER function: it is asked before anybody is known (decision 6).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM chibo_held_posts(%s, %s)", [account_id, on])
        posts = [HeldPost(*row) for row in cursor.fetchall()]
    # where somebody chairs comes first: a cell's secretary who also sits in the committee begins in their own cell
    return sorted(posts, key=lambda post: not (post.office and Power.CHAIR in AUTHORITY[Office(post.office)]))


def actor_of(account_id: int, posts: list[HeldPost]) -> Actor:
    """The actor those posts make. Raises Refused("too_many_areas") beyond what the second wall can hold."""
    reach: dict[Power, list[PathRange]] = {}
    past: list[PathRange] = []
    above: set[int] = set()
    for post in posts:
        if not post.office:
            continue
        above.update(unit_ids(post.path))
        for power, far in AUTHORITY[Office(post.office)].items():
            reach.setdefault(power, []).append(_area(post, far))
        if Power.READ in AUTHORITY[Office(post.office)]:
            past += _past(post)
    powers = {power: merged(areas) for power, areas in reach.items()}
    refuse_if(any(len(areas) > MOST_AREAS for areas in powers.values()), "too_many_areas", most=MOST_AREAS)
    if past:
        powers[Power.READ] = _with_past(powers[Power.READ], past)
    person = posts[0].person_id if posts else None
    named = above if powers.get(Power.READ) else set()
    own = {post.cell_id for post in posts if post.cell_id}
    return Actor(account_id, person, powers, frozenset(named | own))


def _past(post: HeldPost) -> list[PathRange]:
    """Trước khi tách, nhập: an heir reads what its predecessors left, and writes none of it (decisions 8 and 13).

    What was merged hangs below its heir, where nothing else hangs that the post does not reach; what was split stands
    where it stood.
    """
    own = post.path
    return [PathRange.of(own if path.startswith(own) else path) for path in post.before]


def _with_past(own: tuple[PathRange, ...], past: list[PathRange]) -> tuple[PathRange, ...]:
    """The nearest first, as far as the second wall has slots: who reads less of long ago still reads their own."""
    areas = own
    for area in past:
        wider = merged([*areas, area])
        areas = wider if len(wider) <= MOST_AREAS else areas
    return areas


def beyond(giver: Actor, posts: list[HeldPost]) -> bool:
    """Whether these posts reach further than the giver may give: nobody opens a door wider than their own.

    Read from what the sign-in itself sees, because the second wall hides posts of other places from the giver.
    """
    reaches = [_area(post, far) for post in posts if post.office for far in AUTHORITY[Office(post.office)].values()]
    own = [PathRange.only(post.path) for post in posts if post.office]  # a post without any power counts too
    may = giver.ranges(Power.APPOINT)
    return not all(any(area.low <= reach.low and reach.high <= area.high for area in may) for reach in reaches + own)


def above(giver: Actor, path: str, posts: list[HeldPost]) -> bool:
    """Whether the giver writes posts one level above each of these, or above the person's cell without any."""
    places = [post.path for post in posts if post.office] or [path]
    return all(giver.can(Power.APPOINT, place[: place.rstrip("/").rfind("/") + 1]) for place in places)


def _area(post: HeldPost, far: Reach) -> PathRange:
    return PathRange.of(post.path) if far is BRANCH else PathRange.only(post.path)


# What a visitor in somebody's place does not get: closed matters, and what is the office's own.
_NOT_LENT = frozenset({Power.SENSITIVE, Power.SEE_READINGS, Power.ADMIT, Power.APPOINT, Power.KEEP_SERVER})


def in_place_of(actor: Actor, posts: list[HeldPost]) -> Actor:
    """Xem thử: what these posts show, under the visitor's own account; without what is that person's alone."""
    theirs = actor_of(0, posts)
    lent = {power: areas for power, areas in theirs.powers.items() if power not in _NOT_LENT}
    return Actor(actor.account_id, None, lent, theirs.named_units)


# Whom a new installation asks for the second step: from the commune office upward (decision 10).
FROM_THE_OFFICE_UPWARD: list[str] = [office for office in Office if not office.startswith("cell_")]


def without_step(actor: Actor) -> Actor:
    """Somebody whose post asks for the second step and who has not passed it: themselves, and no power."""
    return Actor(actor.account_id, actor.person_id, {})


def actor_for(account_id: int, *, on: date) -> Actor:
    """Who this account is on that day, and how far their posts reach."""
    return actor_of(account_id, held_posts(account_id, on=on))
