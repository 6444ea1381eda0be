"""The columns of a sheet of acts, and of the sheet beside it that says where members go."""

from __future__ import annotations

from collections.abc import Mapping

from chibo.exchange.kinds import CODE, KINDS, NAME, NAME_BACK, NAME_FRONT, PART_DAY, WORD, Field, Kind
from chibo.kernel.actor import Power
from chibo.reorganisation.models import Decision

FUSE, KEEP = "fuse", "keep"  # hợp nhất thành một tổ chức mới; giữ nguyên
WORDS: Mapping[str, str] = {
    "thanh lap": Decision.FOUND, "thanh lap moi": Decision.FOUND, "lap moi": Decision.FOUND, "lap": Decision.FOUND,
    "doi ten": Decision.RENAME, "doi loai": Decision.KIND, "chuyen loai": Decision.KIND,
    "chuyen doi loai": Decision.KIND, "chuyen loai hinh": Decision.KIND, "nang cap": Decision.UPGRADE,
    "nang cap thanh dang bo": Decision.UPGRADE, "chuyen": Decision.MOVE, "chuyen cap tren": Decision.MOVE,
    "chuyen cap tren truc tiep": Decision.MOVE, "chuyen truc thuoc": Decision.MOVE, "chuyen giao": Decision.MOVE,
    "ket thuc": Decision.END, "ket thuc hoat dong": Decision.END, "giai the": Decision.END, "chia tach": Decision.SPLIT,
    "tach": Decision.SPLIT, "chia": Decision.SPLIT, "sap nhap": Decision.MERGE, "nhap": Decision.MERGE,
    "hop nhat": FUSE, "giu nguyen": KEEP, "khong doi": KEEP, "giu": KEEP,
}  # fmt: skip
SAID: Mapping[str, str] = {
    Decision.FOUND: "thành lập", Decision.RENAME: "đổi tên", Decision.KIND: "đổi loại", Decision.UPGRADE: "nâng cấp",
    Decision.MOVE: "chuyển", Decision.END: "kết thúc", Decision.SPLIT: "chia tách", Decision.MERGE: "sáp nhập",
    FUSE: "hợp nhất", KEEP: "giữ nguyên",
}  # fmt: skip
# Which cells an act needs, and which more it may use; a cell that is filled for nothing was meant for something.
NEEDS: Mapping[str, tuple[str, ...]] = {
    Decision.FOUND: (), Decision.RENAME: ("unit", "name"), Decision.KIND: ("unit", "kind"),
    Decision.UPGRADE: ("unit", "kind", "cells"), Decision.MOVE: ("unit", "parent"), Decision.END: ("unit",),
    Decision.SPLIT: ("unit", "cells"), Decision.MERGE: ("unit", "into"), FUSE: ("unit", "into"),
}  # fmt: skip
MAY: Mapping[str, tuple[str, ...]] = {
    Decision.FOUND: ("unit", "name", "short_name", "kind", "place"), Decision.RENAME: ("short_name",),
    Decision.UPGRADE: ("name", "short_name"), FUSE: ("kind", "short_name"),
}  # fmt: skip
SAYS = ("name", "short_name", "kind", "parent", "into", "cells", "place")  # what a line may ask for

UNIT = Field(
    "unit", "Đơn vị",
    ("don vi", "ten don vi", "to chuc", "to chuc dang", "ten to chuc dang", "ten to chuc", "chi bo", "don vi cu",
     "don vi hien nay", "to chuc dang hien nay", "chi bo dang bo", "ten chi bo"), most=600,
)  # fmt: skip
ACTS = Kind("acts", "việc sắp xếp tổ chức", Power.ORGANISE, (
    Field("act", "Việc", ("viec", "noi dung", "viec lam", "hinh thuc", "phuong an", "hinh thuc sap xep",
                          "noi dung sap xep", "phuong an sap xep"),
          WORD, words=WORDS, shown=tuple(SAID.values()), needed=True),
    Field("code", "Mã", ("ma", "ma so", "ma don vi", "ma to chuc"), most=20),
    UNIT,
    Field("name", "Tên mới", ("ten moi", "don vi moi", "ten don vi moi", "to chuc moi", "ten to chuc moi",
                              "to chuc dang moi", "ten goi moi"), most=160),
    Field("short_name", "Tên gọi tắt mới", ("ten goi tat moi", "ten goi tat", "ten tat", "goi tat"), most=80),
    Field("kind", "Loại mới", ("loai moi", "loai", "loai to chuc", "loai hinh", "loai hinh moi", "loai to chuc moi")),
    Field("parent", "Trực thuộc", ("truc thuoc", "cap tren", "cap tren moi", "truc thuoc moi", "cap tren truc tiep",
                                   "to chuc cap tren", "cap tren truc tiep moi", "thuoc"), most=160),
    Field("into", "Nhập vào", ("nhap vao", "sap nhap vao", "hop nhat thanh", "nhap ve", "nhap voi"), most=160),
    Field("cells", "Chi bộ mới", ("chi bo moi", "cac chi bo moi", "cac chi bo sau khi chia", "chia thanh", "tach thanh",
                                  "chi bo sau khi chia"), most=900),
    Field("place", "Địa danh", ("dia danh", "dia danh ghi tren van ban"), most=80),
    Field("note", "Ghi chú", ("ghi chu",), most=1000),
    Field("kind_now", "Loại hiện nay", ("loai hien nay", "loai cu"), most=200),
    Field("parent_now", "Trực thuộc hiện nay", ("truc thuoc hien nay", "cap tren hien nay", "cap tren cu"), most=200),
    Field("members_now", "Số đảng viên", ("so dang vien", "dang vien", "tong so dang vien"), most=40),
), beside=Kind("heirs", "chia đảng viên", Power.ORGANISE, (
    NAME, NAME_FRONT, NAME_BACK,
    Field("card_number", "Số thẻ đảng viên", ("so the dang vien", "so the dang", "so the", "the dang vien"), CODE),
    Field("birth", "Ngày sinh", ("ngay sinh", "ngay thang nam sinh", "nam sinh"), PART_DAY),
    Field("unit", "Chi bộ hiện nay", ("chi bo hien nay", "chi bo", "chi bo cu", "don vi", "dang sinh hoat tai"),
          most=160),
    Field("heir", "Về chi bộ", ("ve chi bo", "chi bo moi", "ve", "chuyen ve", "to chuc moi", "don vi moi",
                                "ve to chuc"), most=160, needed=True),
)))  # fmt: skip
assert ACTS.beside is not None
PEOPLE = ACTS.beside
BOOKS = {**KINDS, ACTS.code: ACTS}  # whatever can be read of a workbook; KINDS are the lists among them
