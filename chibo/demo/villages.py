"""Thôn, bản of the invented communes: own cells, two joint ones, one village with members alone, one blank."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.cadres.cells import HEAD
from chibo.cadres.models import StatePost, VillageStep
from chibo.cadres.operations import NewStep, say_village_step
from chibo.cadres.villages import may_see_to
from chibo.demo.plan import NEIGHBOUR
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.organisation.models import Service
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


BLANK_STEPS = [  # why, what comes next, how many days from the day of the demo it is due
    ("nobody_ready", "Mở lớp bồi dưỡng nhận thức về Đảng cho hai quần chúng của bản", 40),
    ("away", "Gặp hai thanh niên đi làm xa dịp cuối năm, vận động về tham gia đoàn thể", 60),
    ("nobody_guides", "Phân công đảng viên chi bộ bên cạnh hướng dẫn, giúp đỡ", -12),
    ("schooling", "Mở lớp xóa mù chữ tại bản trong quý sau", 90),
    ("new_village", "Lập chi hội thanh niên, phụ nữ trước để có nguồn", 30),
]
APART_STEPS = [
    ("hard_to_choose", "Họp chi bộ giới thiệu lại nhân sự trước kỳ bầu trưởng bản", 75),
    ("term_runs", "Chờ hết nhiệm kỳ trưởng bản, chuẩn bị nhân sự là bí thư", 120),
]


def see_to(province: Province) -> None:
    """Giao người lo bản «trắng»: most of those left, not all; and why two secretaries are not village heads."""
    on, at = province.on, datetime.combine(province.on - timedelta(days=20), time(9), ZONE)
    blank = Service.objects.live().on(on).filter(has_members=False).order_by("locality_id")
    seen_to = [service for service in blank.select_related("locality") if may_see_to(service.locality, on, by=MACHINE)]
    for service, told in zip(seen_to, BLANK_STEPS, strict=False):
        _say(province, service, VillageStep.BLANK, told, None, at)
    heads = StatePost.objects.live().on(on).filter(office=HEAD).values("unit")
    joined = Service.objects.live().on(on).filter(
        cell__in=[province.units[key] for key in ("huoisen", "pulau", "colot")]
    ).exclude(cell__in=heads).order_by("locality_id").distinct("locality_id")  # fmt: skip
    for service, told in zip(joined.select_related("locality"), APART_STEPS, strict=False):
        _say(province, service, VillageStep.APART, told, on - timedelta(days=50), at)


def _say(
    province: Province, service: Service, matter: str, told: tuple[str, str, int], tried: date | None, at: datetime
) -> None:
    people = list(may_see_to(service.locality, at.date(), by=MACHINE))
    if people:
        reason, words, days = told
        new = NewStep(reason, people[0], words, max(province.on + timedelta(days=days), at.date()), tried)
        say_village_step(service.locality, matter, new, key=province.uuid(), at=at, by=MACHINE, by_name="")
