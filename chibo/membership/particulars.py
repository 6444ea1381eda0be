"""Thông tin trong phiếu đảng viên: every field that may be kept of a person, who may do what with it, and why.

This is the one place that says so (docs/privacy.md, line 6). Health has no field: an exemption is recorded, its reason
stays on paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from chibo.kernel.actor import Power
from chibo.kernel.dates import parse_day
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.text import clean, fold

MOST = 200
NATIONAL_SHEET, MEMBER_FORM, REGISTER = "biểu đối khớp", "2-HSĐV", "7-HSĐV"  # papers that demand a field


class Use(StrEnum):
    """What can be done with a field."""

    READ = "read"
    WRITE = "write"
    SORT = "sort"
    FILTER = "filter"
    EXPORT = "export"
    COMPARE = "compare"  # of two records: the same or not, which may be told without the value


# Who may: a power held over the person's cell; None is nobody, whatever their post.
_PLAIN: Mapping[Use, Power | None] = {
    Use.READ: Power.READ, Use.WRITE: Power.ADMIT, Use.SORT: Power.READ, Use.FILTER: Power.READ, Use.EXPORT: Power.READ,
    Use.COMPARE: Power.READ,
}  # fmt: skip
_CLOSED: Mapping[Use, Power | None] = {
    Use.READ: Power.SENSITIVE, Use.WRITE: Power.SENSITIVE, Use.SORT: None, Use.FILTER: None,
    Use.EXPORT: Power.SENSITIVE,  # and only in a paper that demands the field
    Use.COMPARE: Power.SENSITIVE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its words, how it is read and shown, and which papers demand it."""

    code: str
    label: str
    read: Callable[[str], str]
    papers: tuple[str, ...]
    sensitive: bool = False
    show: Callable[[str], str] = str
    hint: str = ""
    choices: Mapping[str, str] | None = None

    def power(self, use: Use) -> Power | None:
        """The power this use takes; None when nobody may."""
        return (_CLOSED if self.sensitive else _PLAIN)[use]

    @property
    def erasable(self) -> bool:
        """Whether it goes when the person asks: all but what the organisation's own list of members must hold."""
        return REGISTER not in self.papers


def _text(most: int) -> Callable[[str], str]:
    return lambda typed: clean(typed, most=most)


def read_birth(typed: str) -> str:
    """Ngày sinh: a day, a month of a year, or the year alone as old papers have it. Raises Refused: bad_day."""
    typed = clean(typed, most=20)
    if not typed:
        return ""
    if re.fullmatch(r"\d{4}", typed):
        return str(parse_day(f"1/1/{typed}").year)
    if found := re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{4})", typed):
        return f"{parse_day(f'1/{found[1]}/{found[2]}'):%Y-%m}"
    return read_day(typed)


def read_day(typed: str) -> str:
    """A day. Raises Refused: bad_day."""
    return parse_day(typed).isoformat() if typed.strip() else ""


def show_birth(value: str) -> str:
    """19/05/1979, 05/1979, 1979."""
    return "/".join(reversed(value.split("-")))


def _digits(code: str, *lengths: int) -> Callable[[str], str]:
    def read(typed: str) -> str:
        plain = re.sub(r"[\s.-]", "", clean(typed, most=40))
        refuse_if(plain and not (plain.isascii() and plain.isdigit() and len(plain) in lengths), code)
        return plain

    return read


def _history(typed: str) -> str:
    plain = re.sub(r"\s", "", clean(typed, most=40)).upper()
    refuse_if(plain and not re.fullmatch(r"\d{6}[A-Z]{1,3}", plain), "bad_history_number")
    return plain


SEXES = MappingProxyType({"male": "Nam", "female": "Nữ"})


def _sex(typed: str) -> str:
    typed = clean(typed, most=20)
    found = typed if typed in SEXES else {fold(word): code for code, word in SEXES.items()}.get(fold(typed), "")
    if typed and not found:
        raise Refused("unknown_word", typed=typed)
    return found


_ALL = (MEMBER_FORM, REGISTER, NATIONAL_SHEET)
_FILE = (MEMBER_FORM, NATIONAL_SHEET)
FIELDS: Mapping[str, Field] = MappingProxyType({
    each.code: each for each in [
        Field("birth", "Ngày sinh", read_birth, _ALL, show=show_birth, hint="Chỉ biết năm thì ghi năm, như 1979."),
        Field("sex", "Giới tính", _sex, _ALL, show=lambda value: SEXES.get(value, ""), choices=SEXES),
        Field("other_name", "Tên khác", _text(80), _FILE),
        Field("card_number", "Số thẻ đảng viên", _digits("bad_card_number", 8, 12), _ALL, hint="8 hoặc 12 chữ số."),
        Field("card_on", "Ngày cấp thẻ", read_day, _FILE, show=show_birth),
        Field("card_place", "Nơi cấp thẻ", _text(120), _FILE),
        Field("old_card_number", "Số thẻ cũ", _digits("bad_card_number", 8), _FILE, hint="8 chữ số."),
        Field("history_number", "Số lý lịch", _history, (MEMBER_FORM, REGISTER), hint="Như 123456AB."),
        Field("birth_place", "Nơi khai sinh", _text(MOST), _FILE),
        Field("home_village", "Quê quán", _text(MOST), _FILE),
        Field("address", "Nơi thường trú", _text(MOST), _FILE, hint="Theo hai cấp: xã, tỉnh."),
        Field("residence", "Nơi ở hiện nay", _text(MOST), (MEMBER_FORM,)),
        Field("occupation", "Nghề nghiệp", _text(120), (MEMBER_FORM, REGISTER)),
        Field("schooling", "Giáo dục phổ thông", _text(40), (MEMBER_FORM, REGISTER), hint="Như 12/12."),
        Field("speciality", "Chuyên môn", _text(120), (MEMBER_FORM, REGISTER)),
        Field("theory_level", "Lý luận chính trị", _text(40), (MEMBER_FORM, REGISTER),
              hint="Sơ cấp, trung cấp, cao cấp."),
        Field("ethnicity", "Dân tộc", _text(40), _ALL, sensitive=True),
        Field("religion", "Tôn giáo", _text(40), _FILE, sensitive=True, hint="Không theo thì ghi «Không»."),
        Field("citizen_number", "Số căn cước", _digits("bad_citizen_number", 12), (NATIONAL_SHEET,), sensitive=True,
              hint="12 chữ số, giữ số 0 ở đầu."),
        Field("old_id_number", "Số chứng minh cũ", _digits("bad_citizen_number", 9), (NATIONAL_SHEET,), sensitive=True,
              hint="9 chữ số."),
    ]
})  # fmt: skip
# Kept with the person; a row of it stands for a name no longer borne, or one that was written down wrong.
NAME = Field("full_name", "Họ và tên", _text(80), _ALL)
SENSITIVE = [code for code, each in FIELDS.items() if each.sensitive]
BIRTH = "birth"
NUMBERS = ("card_number", "citizen_number")  # who holds one of these is nobody else


def same_birth(one: str, other: str) -> bool:
    """Whether two births can be one: 1979 and 1979-05-19 can; one that is not known says nothing."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def field_shown(code: str) -> Field:
    """The field of a row, the name among them."""
    return NAME if code == NAME.code else FIELDS[code]
