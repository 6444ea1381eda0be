"""Thôn, bản of the invented communes: own cells, two joint ones, one village with members alone, one blank."""

from __future__ import annotations

from chibo.demo.plan import NEIGHBOUR
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.organisation.operations import NewLocality, register_localities, serve_locality

BORDER, HARDSHIP = "Quyết định số 17/QĐ-UBND tỉnh Thượng Lam", "Quyết định số 21/QĐ-UBND tỉnh Thượng Lam"
MINORITY = {"ethnic_minority": HARDSHIP}
FAR = {**MINORITY, "remote": HARDSHIP, "hardship": HARDSHIP}
ON_THE_BORDER = {**FAR, "border": BORDER}
VILLAGES = [  # name, cluster, cell that serves it, areas
    ("Nà Lốc", "Cụm trung tâm", "naloc", MINORITY), ("Pom Khe", "Cụm trung tâm", "pomkhe", MINORITY),
    ("Co Lót", "Cụm trung tâm", "colot", MINORITY), ("Tương Hin", "Cụm trung tâm", "tuonghin", MINORITY),
    ("Huổi Sen", "Cụm suối Sen", "huoisen", FAR), ("Phiêng Mây", "Cụm suối Sen", "phiengmay", FAR),
    ("Huổi Lẩy", "Cụm suối Sen", "huoisen", FAR), ("Pom Sát", "Cụm suối Sen", None, FAR),
    ("Pú Lảu", "Cụm biên giới", "pulau", ON_THE_BORDER), ("Thẳm Nọi", "Cụm biên giới", "thamnoi", ON_THE_BORDER),
    ("Nà Tấng", "Cụm biên giới", None, ON_THE_BORDER), ("Co Cượm", "Cụm biên giới", None, ON_THE_BORDER),
]  # fmt: skip
INSTITUTIONS = [
    ("school", "Mầm non Huổi Lam", "mamnon"), ("school", "Tiểu học và Trung học cơ sở Huổi Lam", "truonghoc"),
    ("health_station", "xã Huổi Lam", "tramyte"),
]  # fmt: skip


def register(province: Province) -> None:
    """Ghi sổ thôn, bản của hai xã; in the course of the year one blank village got members and a joint cell."""
    units = province.units
    rows = [
        NewLocality("hamlet", name, cluster, units[key] if key else None, None if key else name == "Pom Sát", tags)
        for name, cluster, key, tags in VILLAGES
    ]
    rows += [NewLocality(kind, name, cell=units[key]) for kind, name, key in INSTITUTIONS]
    found = register_localities(rows, units["commune"], on=province.start, by=MACHINE)
    cleared = found[[name for name, *_ in VILLAGES].index("Nà Tấng")]
    serve_locality(cleared, cell=units["thamnoi"], has_members=True, on=province.months[6].replace(day=19),
                   cause="admitted", decision="số 27-QĐ/ĐU", by=MACHINE)  # fmt: skip
    beside = [NewLocality("hamlet", p.short.removeprefix("Bản "), cell=units[p.key], tags=MINORITY) for p in NEIGHBOUR]
    register_localities(beside, units["neighbour"], on=province.start, by=MACHINE)
