"""Nội dung báo cáo sơ kết, tổng kết: sections from the registers, and what the office writes itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chibo.directives.models import Document, Heading
from chibo.directives.titles import short_title_of, title_of
from chibo.figures.answers import Tree
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Period
from chibo.meetings.content import body_content, rests_on
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import placement_on
from chibo.reports.monthly import signer_of
from chibo.reports.paper.writing import plain_lines, sentence, short_day
from chibo.reports.review import evidence
from chibo.reports.review.numbers import Numbers, Said

Json = dict[str, Any]
INTERIM, FINAL, HALF, YEAR = "interim", "final", "half", "year"
KINDS = [(INTERIM, "sơ kết"), (FINAL, "tổng kết"), (HALF, "sáu tháng"), (YEAR, "năm")]
# What no register knows, written by the office: code, heading, hint.
PARTS = {
    "strengths": ("Ưu điểm", "Chuyển biến rõ nhất so với trước, bằng việc làm và con số."),
    "limitations": ("Hạn chế, khuyết điểm", "Điều sổ sách chưa ghi. Nói về việc của tổ chức, không nói về riêng ai."),
    "causes": ("Nguyên nhân", "Khách quan, chủ quan."),
    "lessons": ("Bài học kinh nghiệm", "Điều nên giữ, điều nên làm khác."),
    "next": ("Nhiệm vụ, giải pháp thời gian tới", "Mỗi dòng một việc: ai làm, xong trước ngày nào."),
    "petitions": ("Kiến nghị, đề xuất", "Với cấp nào, việc gì."),
}


def review_content(
    unit: Unit, document: Document | None, kind: str, period: Period, *, by: Actor, on: date,
    texts: Mapping[str, str] | None = None,
) -> Json:  # fmt: skip
    """Dự thảo báo cáo, as far as `by` may see it, with figures restated on today's tree up to `on` at the latest.

    Numbers stand in one table; sentences name them by place, so that page, Word file and checks read the same.
    Raises Refused: not_standing, report_too_early, unknown_review_kind.
    """
    refuse_if(kind not in dict(KINDS), "unknown_review_kind")
    refuse_if(period.first > on, "report_too_early", day=period.first)
    cutoff = min(period.last, on)
    placement = placement_on(unit.pk, cutoff)
    refuse_if(placement is None, "not_standing")
    assert placement is not None
    parent = placement_on(placement.parent_id, cutoff) if placement.parent_id else None
    heading = Heading.objects.visible_to(by).live().filter(document=document).first() if document else None
    numbers, texts = Numbers(unit, by, on, Tree.RESTATED), texts or {}
    names = _names(unit, on, by)
    sections = _sections(numbers, placement, document, period, names, texts)
    return {
        "unit": body_content(placement, parent, on), "kind": kind, "first": period.first.isoformat(),
        "last": period.last.isoformat(), "cutoff": cutoff.isoformat(), "issued_on": on.isoformat(),
        "signer": signer_of(unit, on, by), "of_cell": placement.kind == "cell",
        "document": {"title": title_of(heading), "short": short_title_of(heading), "about": heading.about,
                     "dated_on": heading.dated_on.isoformat() if heading.dated_on else None} if heading else None,
        "abstract": _abstract(kind, heading, period), "sections": sections, "numbers": numbers.rows,
        "missing": evidence.missing(numbers.rows, cutoff),
        "rests_on": [rule for rule in rests_on(on) if rule["key"] == "document.layout"],
    }  # fmt: skip


def _names(unit: Unit, on: date, by: Actor) -> dict[int, str]:
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    rows = Placement.objects.visible_to(by).filter(scope_path__gte=low, scope_path__lt=high, during__startswith__lte=on)
    return dict(rows.order_by("during").values_list("unit", "short_name"))


def _abstract(kind: str, heading: Heading | None, period: Period) -> list[str]:
    """Trích yếu under BÁO CÁO: «sơ kết 02 năm thực hiện Nghị quyết số …»."""
    year = period.last.year
    if kind == HALF:
        first = period.first.month <= 6
        return [f"kết quả công tác 6 tháng {'đầu' if first else 'cuối'} năm {year}, nhiệm vụ trọng tâm thời gian tới"]
    if kind == YEAR or heading is None:
        words = {INTERIM: "sơ kết công tác", FINAL: "tổng kết công tác"}.get(kind, "kết quả công tác")
        span = f"năm {year}" if period.first.year == year else f"giai đoạn {period.first.year} - {year}"
        return [f"{words} {span}, nhiệm vụ trọng tâm thời gian tới"]
    words = "sơ kết" if kind == INTERIM else "tổng kết"
    about = f" về {heading.about.removeprefix('về ')}" if heading.about else ""
    return [f"{words}{_years(heading.dated_on or period.first, period.last)} thực hiện {title_of(heading)}{about}"]


def _years(first: date, last: date) -> str:
    """« 02 năm»: whole years that have passed, a month short of one counts as whole."""
    years = round((last - first).days / 365.25 - 0.4)
    return f" {years:02d} năm" if years > 0 else ""


def _sections(
    numbers: Numbers, placement: Placement, document: Document | None, period: Period, names: dict[int, str],
    texts: Mapping[str, str],
) -> list[Json]:  # fmt: skip
    limits = evidence.late_study(numbers, document, names)
    return [
        _section("Đặc điểm tình hình", _item("", evidence.situation(numbers, placement, period))),
        _section("Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện",
                 _item("Công tác quán triệt, tuyên truyền", evidence.study(numbers, document, period, names)),
                 _item("Công tác cụ thể hóa, kiểm tra, giám sát", evidence.carried_out(numbers, document, period))),
        _section("Kết quả thực hiện",
                 *(_item(name, said) for name, said in evidence.results(numbers, placement, period))),
        _section("Đánh giá chung", _free("strengths", texts), _free("limitations", texts, limits),
                 _free("causes", texts), _free("lessons", texts)),
        _section("Nhiệm vụ, giải pháp trọng tâm thời gian tới", _free("next", texts)),
        _section("Kiến nghị, đề xuất", _free("petitions", texts)),
    ]  # fmt: skip


def _section(name: str, *items: Json) -> Json:
    return {"name": name, "items": list(items)}


def _item(name: str, said: list[Said]) -> Json:
    return {"name": name, "said": said, "part": ""}


def _free(code: str, texts: Mapping[str, str], said: list[Said] | None = None) -> Json:
    """A part the office writes, behind what the registers say of it."""
    written: list[Said] = [[sentence(line)] for line in plain_lines(texts.get(code, ""))]
    return {"name": PARTS[code][0], "said": [*(said or []), *written], "part": code}


def differences(issued: Json, now: Json) -> list[Json]:
    """Số nào khác từ khi ban hành: the same number asked again today, beside what the sealed report says."""
    keys = ("name", "code", "page", "first", "last")
    fresh = {tuple(row.get(key) for key in keys): row for row in now["numbers"]}
    found = []
    for row in issued["numbers"]:
        other = fresh.get(tuple(row.get(key) for key in keys))
        if other is not None and (row["part"], row["whole"]) != (other["part"], other["whole"]):
            found.append({"was": row, "now": other})
    return found


def cutoff_words(content: Json) -> str:
    """«số liệu tính đến ngày 31/10/2026»."""
    return f"số liệu tính đến ngày {short_day(date.fromisoformat(content['cutoff']))}"
