"""Read the list of those elected: one line a person, name and office, as the minutes of a congress have it."""

from __future__ import annotations

import re
from datetime import date

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import Elected
from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused
from chibo.kernel.text import clean, fold
from chibo.membership.models import Person
from chibo.membership.queries import members_on
from chibo.organisation.models import Placement, Unit

MOST_LINES, MOST_LETTERS = 120, 300
_CELL = {"bi thu": Office.CELL_SECRETARY, "pho bi thu": Office.CELL_DEPUTY, "chi uy vien": Office.CELL_COMMITTEE,
         "uy vien": Office.CELL_COMMITTEE}  # fmt: skip
_COMMITTEE = {
    "bi thu": Office.COMMITTEE_SECRETARY, "pho bi thu": Office.COMMITTEE_DEPUTY,
    "uy vien ban thuong vu": Office.STANDING_MEMBER, "uvbtv": Office.STANDING_MEMBER, "btv": Office.STANDING_MEMBER,
    "dang uy vien": Office.COMMITTEE_MEMBER, "uy vien ban chap hanh": Office.COMMITTEE_MEMBER,
    "uy vien": Office.COMMITTEE_MEMBER, "bch": Office.COMMITTEE_MEMBER,
}  # fmt: skip
_LINE = re.compile(
    r"\s*(?:\d+\s*[.)]\s*)?(?P<name>[^,;–\t(]+?)\s*(?:\((?P<cell>[^)]*)\))?\s*(?:[,;–\t]|\s-\s)\s*(?P<office>.+?)\s*"
)


def lines_of(posts: list[Post], *, cell: bool) -> str:
    """Who holds the posts now, as lines to start from."""
    words = {office: word for word, office in reversed((_CELL if cell else _COMMITTEE).items())}
    named = {"bi thu": "Bí thư", "pho bi thu": "Phó bí thư", "chi uy vien": "Chi ủy viên",
             "uy vien ban thuong vu": "Ủy viên ban thường vụ", "dang uy vien": "Đảng ủy viên"}  # fmt: skip
    return "\n".join(f"{post.person.full_name}, {named.get(words[Office(post.office)], '')}" for post in posts)


def elected_from(text: str, unit: Unit, day: date, *, cell: bool, actor: Actor) -> list[Elected]:
    """Whom the lines name, among the members of the branch that day. Raises Refused("unread_line", …)."""
    lines = [line for typed in text.splitlines() if (line := _cleaned(typed))]
    if len(lines) > MOST_LINES:
        raise Refused("too_many_lines", most=MOST_LINES)
    people: dict[str, list[Person]] = {}
    for person in members_on(unit, day, actor=actor).filter(folded_name__in=_names(lines)):
        people.setdefault(person.folded_name, []).append(person)
    cells = dict(
        Placement.objects.visible_to(actor).on(day).filter(kind="cell").values_list("scope_path", "short_name")
    )
    offices = _CELL if cell else _COMMITTEE
    return [_line(number, line, people, cells, offices) for number, line in enumerate(lines, 1)]


def _cleaned(typed: str) -> str:
    """A line without its blanks, a column of a pasted table as a comma; too long to be a name and an office: cut."""
    return " ".join(typed.replace("\t", ",")[:MOST_LETTERS].split())


def _names(lines: list[str]) -> set[str]:
    found = (_LINE.fullmatch(line) for line in lines)
    return {fold(clean(match["name"], most=200)) for match in found if match}


def _line(
    number: int, line: str, people: dict[str, list[Person]], cells: dict[str, str], offices: dict[str, Office]
) -> Elected:
    def refuse(why: str) -> Refused:
        return Refused("unread_line", number=number, line=line.strip()[:60], why=why)

    match = _LINE.fullmatch(line)
    if match is None:
        raise refuse("ghi họ tên, dấu phẩy, rồi chức vụ.")
    office = offices.get(fold(match["office"]).rstrip("."))
    if office is None:
        raise refuse("không có chức vụ này ở đây; ghi như «Bí thư», «Phó bí thư», «Ủy viên».")
    found = people.get(fold(match["name"]), [])
    if match["cell"]:
        found = [each for each in found if fold(match["cell"]) in fold(cells.get(each.scope_path, ""))]
    if not found:
        raise refuse("không có trong danh sách đảng viên vào ngày đó.")
    if len(found) > 1:
        named = ", ".join(f"{each.full_name} ({cells.get(each.scope_path, '')})" for each in found)
        raise refuse(f"có nhiều người trùng tên; ghi thêm chi bộ trong ngoặc: {named}.")
    return Elected(found[0], office)
