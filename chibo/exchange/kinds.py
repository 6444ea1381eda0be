"""The kinds of list the house takes in, and the columns each may have: one table, read by people and by program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chibo.kernel.actor import Power
from chibo.membership.particulars import FIELDS, SEXES
from chibo.organisation.localities import BLANK, JOINT, OWN, UNSAID
from chibo.organisation.localities import MEMBERS as WITH_MEMBERS

TEXT, CODE, DAY, PART_DAY, WORD, MARK = "text", "code", "day", "part_day", "word", "mark"
WORDS = "words"  # several in one cell, told apart by commas


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
    shown: tuple[str, ...] = ()  # the words as people write them, told to whoever wrote another one
    needed: bool = False
    splits: Mapping[str, str] = field(default_factory=dict)  # columns side by side for it → what each says besides
    tells: str = ""  # the field that is said by which of those columns is filled


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list."""

    code: str
    label: str  # «đảng viên»
    power: Power
    fields: tuple[Field, ...]
    about: str = "Họ và tên"  # what the name of a line is
    beside: Kind | None = None  # a second sheet that belongs to it

    def field(self, name: str) -> Field:
        """By its name. Raises KeyError."""
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

ADMITTED = Field(
    "admitted_on", "Ngày vào Đảng",
    ("ngay vao dang", "ngay ket nap", "ngay vao dang du bi", "vao dang du bi", "ngay du bi", "ngay ket nap dang",
     "ket nap", "vao dang", "ngay vao dcsvn", "ngay vao dang lan dau", "ngay ket nap vao dang", "ngay vd"), DAY,
)  # fmt: skip
OFFICIAL = Field(
    "official_on", "Ngày chính thức",
    ("ngay chinh thuc", "ngay vao dang chinh thuc", "ngay cong nhan chinh thuc", "chinh thuc", "ngay ct",
     "ngay cong nhan dang vien chinh thuc", "vao dang chinh thuc", "cong nhan chinh thuc", "ngay chuyen chinh thuc"),
    DAY,
)  # fmt: skip
SINCE = Field(
    "since", "Về chi bộ từ ngày",
    ("ve chi bo tu ngay", "ngay ve chi bo", "sinh hoat tu ngay", "ngay chuyen den", "ngay den", "tu ngay"), DAY,
)  # fmt: skip
EXEMPT = Field(
    "exempt", "Miễn sinh hoạt",
    ("mien sinh hoat", "mien cong tac va sinh hoat", "mien cong tac sinh hoat", "duoc mien sinh hoat", "mien sh"), MARK,
    marks=dict.fromkeys(["mien sinh hoat", "mien cong tac va sinh hoat", "mien cong tac sinh hoat",
                         "duoc mien sinh hoat", "mien sh"], "exempt"),
)  # fmt: skip

_PARTICULARS: dict[str, tuple[str, ...]] = {
    "birth": ("ngay sinh", "ngay thang nam sinh", "nam sinh", "sinh ngay", "ngay thang sinh", "sinh nam"),
    "sex": ("gioi tinh", "nam nu", "phai", "gioi"),
    "other_name": ("ten khac", "ten goi khac", "bi danh", "ten thuong goi", "ho va ten goi khac"),
    "card_number": ("so the dang vien", "so the dang", "so the dv", "so the", "the dang", "the dang vien",
                    "so the dang vien 12 so", "so the dang 12 so", "so tdv"),
    "card_on": ("ngay cap the", "ngay cap the dang vien", "ngay cap the dang", "ngay phat the"),
    "card_place": ("noi cap the", "noi cap the dang vien", "noi cap the dang"),
    "old_card_number": ("so the cu", "so the dang cu", "so the dang vien cu", "so the dang vien truoc day"),
    "history_number": ("so ly lich", "so ly lich dang vien", "so ll", "so lldv"),
    "birth_place": ("noi sinh", "noi khai sinh", "noi dang ky khai sinh"),
    "home_village": ("que quan", "nguyen quan"),
    "address": ("noi thuong tru", "thuong tru", "dia chi thuong tru", "ho khau thuong tru", "dia chi",
                "noi dang ky thuong tru"),
    "residence": ("noi o hien nay", "cho o hien nay", "noi o hien tai", "noi tam tru", "tam tru"),
    "occupation": ("nghe nghiep", "nghe nghiep hien nay", "cong viec", "cong viec hien nay"),
    "schooling": ("giao duc pho thong", "trinh do van hoa", "van hoa", "trinh do hoc van", "hoc van", "gdpt",
                  "trinh do giao duc pho thong"),
    "speciality": ("chuyen mon", "trinh do chuyen mon", "chuyen mon nghiep vu", "trinh do chuyen mon nghiep vu"),
    "theory_level": ("ly luan chinh tri", "trinh do ly luan chinh tri", "ly luan", "llct", "trinh do llct"),
    "ethnicity": ("dan toc",),
    "religion": ("ton giao",),
    "citizen_number": ("so can cuoc", "so cccd", "cccd", "can cuoc", "so can cuoc cong dan", "can cuoc cong dan",
                       "so dinh danh ca nhan", "so dinh danh"),
    "old_id_number": ("so chung minh cu", "so cmnd", "cmnd", "so chung minh", "chung minh nhan dan", "so cmnd cu",
                      "so chung minh nhan dan"),
}  # fmt: skip
_SHAPES = {"birth": PART_DAY, "card_on": DAY, "sex": WORD, "card_number": CODE, "old_card_number": CODE,
           "citizen_number": CODE, "old_id_number": CODE}  # fmt: skip
_SEX_WORDS = {"nam": "male", "nu": "female"}


def _particular(code: str) -> Field:
    shape = _SHAPES.get(code, TEXT)
    words = _SEX_WORDS if code == "sex" else {}
    splits = _SEX_WORDS if code == "birth" else {}  # «Ngày sinh» over «Nam» and «Nữ», as the printed lists have it
    return Field(code, FIELDS[code].label, _PARTICULARS[code], shape, most=200, words=words, marks=words,
                 splits=splits, tells="sex" if splits else "")  # fmt: skip


assert set(_SEX_WORDS.values()) == set(SEXES)
PARTICULARS = tuple(FIELDS)
MEMBERS = Kind("members", "đảng viên", Power.ADMIT, (
    NAME, NAME_FRONT, NAME_BACK, UNIT, STANDING, ADMITTED, OFFICIAL, SINCE, EXEMPT,
    *(_particular(code) for code in FIELDS),
))  # fmt: skip

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
), "Tổ chức")  # fmt: skip

POSTS = Kind("posts", "chức vụ", Power.APPOINT, (
    NAME, NAME_FRONT, NAME_BACK,
    Field("office", "Chức vụ", ("chuc vu", "chuc vu dang", "chuc danh", "chuc vu trong dang", "giu chuc vu"),
          most=80, needed=True),
    Field("unit", "Tổ chức", ("to chuc", "to chuc dang", "don vi", "chi bo", "noi giu chuc vu", "tai", "ten to chuc",
                              "chi bo dang uy", "cap uy")),
    Field("first", "Từ ngày", ("tu ngay", "ngay giu chuc vu", "tu", "thoi gian giu chuc vu", "ngay bo nhiem",
                               "ngay giao", "bat dau"), DAY),
    Field("last", "Đến hết ngày", ("den ngay", "den het ngay", "den", "ket thuc", "het nhiem ky"), DAY),
    Field("decision", "Quyết định", ("quyet dinh", "so quyet dinh", "quyet dinh so", "van ban", "theo quyet dinh")),
    _particular("birth"), _particular("card_number"),
))  # fmt: skip

_WAY_WORDS = {
    "chi bo rieng": OWN, "rieng": OWN, "chi bo ghep": JOINT, "ghep": JOINT, "sinh hoat ghep": JOINT,
    "chi bo sinh hoat ghep": JOINT, "co dang vien chua co chi bo": WITH_MEMBERS, "co dang vien": WITH_MEMBERS,
    "chua co chi bo": WITH_MEMBERS, "chua co dang vien": BLANK, "chua co dang vien chua co chi bo": BLANK,
    "trang dang vien": BLANK, "trang": BLANK, "chua ghi": UNSAID,
}  # fmt: skip
AREAS = (  # one column for each tag of the book; a cell holds the document that says so, or a cross
    Field("remote", "Vùng sâu, vùng xa", ("vung sau vung xa", "vung sau", "vung xa")),
    Field("border", "Biên giới", ("bien gioi", "khu vuc bien gioi", "xa bien gioi", "vung bien gioi", "bien")),
    Field("ethnic_minority", "Đồng bào dân tộc thiểu số",
          ("dong bao dan toc thieu so", "dan toc thieu so", "vung dan toc thieu so", "dtts", "vung dtts",
           "vung dong bao dan toc thieu so")),
    Field("hardship", "Đặc biệt khó khăn",
          ("dac biet kho khan", "ban dbkk", "thon ban dbkk", "thon dac biet kho khan", "ban dac biet kho khan",
           "thon ban dac biet kho khan", "dbkk", "thon dbkk", "khu vuc dac biet kho khan",
           "vung dac biet kho khan")),
)  # fmt: skip
VILLAGES = Kind("villages", "thôn, bản, trường, trạm", Power.ORGANISE, (
    Field("name", "Tên thôn, bản, trường, trạm",
          ("ten thon ban truong tram", "ten thon ban", "thon ban", "ten thon", "ten ban", "thon", "ban", "dia ban",
           "ten dia ban", "ten thon ban to dan pho", "thon ban to dan pho", "ten to dan pho", "to dan pho",
           "ten thon ban tdp", "thon ban tdp", "tdp", "thon xom", "ten thon xom", "ten truong", "truong tram", "ten"),
          most=80, needed=True),
    Field("kind", "Loại", ("loai", "loai dia ban", "loai hinh", "loai thon ban"), most=40),
    Field("commune", "Xã, phường", ("xa phuong", "xa", "phuong", "ten xa", "dang bo xa", "thuoc xa",
                                    "xa phuong thi tran", "dang bo xa phuong"), most=160),
    Field("cluster", "Cụm, tiểu khu",
          ("cum tieu khu", "cum", "cum ban", "cum thon", "cum dan cu", "tieu khu"), most=80),
    Field("way", "Ai phụ trách",
          ("ai phu trach", "hinh thuc", "hinh thuc to chuc", "hinh thuc sinh hoat", "tinh trang chi bo"), WORD,
          words=_WAY_WORDS, marks={word: way for word, way in _WAY_WORDS.items() if len(word) > 5}),
    Field("served", "Chi bộ phụ trách",
          ("chi bo phu trach", "chi bo", "ten chi bo", "to chuc dang phu trach", "to chuc dang", "sinh hoat ghep voi",
           "ghep voi", "sinh hoat ghep", "sinh hoat ghep voi chi bo", "chi bo sinh hoat", "chi bo ghep"), most=160),
    *AREAS,
    Field("areas", "Diện", ("dien", "dien dia ban", "thuoc dien", "khu vuc", "vung"), WORDS),
    Field("document", "Văn bản công nhận", ("van ban cong nhan", "quyet dinh cong nhan", "van ban cong nhan dien",
                                            "theo van ban")),
    Field("decision", "Quyết định", ("quyet dinh", "so quyet dinh", "quyet dinh so", "nghi quyet", "van ban")),
), "Địa bàn")  # fmt: skip

KINDS = {kind.code: kind for kind in (MEMBERS, UNITS, POSTS, VILLAGES)}
