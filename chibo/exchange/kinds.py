"""The kinds of list the house takes in, and the columns each may have: one table, read by people and by program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chibo.kernel.actor import Power

TEXT, CODE, DAY, PART_DAY, WORD, MARK = "text", "code", "day", "part_day", "word", "mark"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a list. Synonyms are in the search form, without brackets and signs (`columns.plain`)."""

    name: str
    label: str  # how the house writes the column, in lists it gives out too
    synonyms: tuple[str, ...]
    shape: str = TEXT
    most: int = 120  # letters
    words: Mapping[str, str] = field(default_factory=dict)  # what a cell may say → what is meant
    marks: Mapping[str, str] = field(default_factory=dict)  # columns of crosses → what a cross means
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list."""

    code: str
    label: str  # «đảng viên»
    power: Power
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """By its name. Raises KeyError."""
        return next(each for each in self.fields if each.name == name)

    def __getitem__(self, name: str) -> Field:
        return {each.name: each for each in self.fields}[name]


NAME = Field(
    "full_name", "Họ và tên",
    ("ho va ten", "ho ten", "ho va ten khai sinh", "ho ten khai sinh", "ten dang vien", "ho va ten dang vien",
     "ho ten dang vien", "ho va ten dang dung", "ho va ten ks", "dong chi", "ho ten dong chi", "ten khai sinh",
     "ho va ten can bo"),
    most=80, needed=True,
)  # fmt: skip
NAME_FRONT = Field("name_front", "Họ và tên đệm", ("ho va ten dem", "ho dem", "ho va chu dem", "ho lot", "ho"), most=60)
NAME_BACK = Field("name_back", "Tên", ("ten",), most=20)
UNIT = Field(
    "unit", "Chi bộ",
    ("chi bo", "don vi", "to chuc dang", "ten chi bo", "chi bo sinh hoat", "noi sinh hoat", "sinh hoat tai chi bo",
     "to chuc dang dang sinh hoat", "chi bo dang sinh hoat", "dang bo chi bo", "thuoc chi bo", "sinh hoat tai",
     "ten to chuc dang"),
)  # fmt: skip

STANDINGS = {"chinh thuc": "official", "du bi": "probationary", "dang vien chinh thuc": "official",
             "dang vien du bi": "probationary", "ct": "official", "db": "probationary", "dvct": "official",
             "dvdb": "probationary"}  # fmt: skip
STANDING = Field(
    "standing", "Đảng viên",
    ("dang vien", "loai dang vien", "chinh thuc du bi", "dang vien chinh thuc du bi", "dien dang vien", "tu cach"),
    WORD, words=STANDINGS,
    marks={"chinh thuc": "official", "du bi": "probationary", "dang vien chinh thuc": "official",
           "dang vien du bi": "probationary", "dvct": "official", "dvdb": "probationary"},
)  # fmt: skip

UNIT_NAME = Field(
    "name", "Tên tổ chức đảng",
    ("ten to chuc dang", "ten to chuc", "ten don vi", "ten chi bo", "to chuc dang", "chi bo", "don vi", "ten"),
    most=160, needed=True,
)  # fmt: skip
UNITS = Kind("units", "tổ chức đảng", Power.ORGANISE, (
    UNIT_NAME,
    Field("short_name", "Tên gọi tắt", ("ten goi tat", "ten tat", "goi tat", "ten ngan"), most=80),
    Field("kind", "Loại tổ chức", ("loai", "loai to chuc", "loai hinh", "loai to chuc dang", "cap")),
    Field("parent", "Tổ chức cấp trên", ("cap tren", "to chuc cap tren", "truc thuoc", "dang bo cap tren",
                                         "cap tren truc tiep", "to chuc dang cap tren", "thuoc"), most=160),
    Field("place", "Địa danh", ("dia danh", "dia danh ghi tren van ban"), most=80),
    Field("founded_on", "Ngày thành lập", ("ngay thanh lap", "thanh lap ngay", "thoi gian thanh lap"), DAY),
    Field("decision", "Quyết định", ("quyet dinh", "so quyet dinh", "quyet dinh thanh lap",
                                     "so quyet dinh thanh lap", "quyet dinh so", "van ban"), most=120),
))  # fmt: skip

PEOPLE_COLUMNS = (NAME, NAME_FRONT, NAME_BACK, UNIT)
