"""What the registers say about a resolution over a period: sentences with numbers, section by section."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from chibo.directives.chain import chain_of
from chibo.directives.models import Document, Heading
from chibo.directives.studying import LATE, OVERDUE, Studied, study_of
from chibo.directives.titles import short_title_of
from chibo.figures.branches import tree_changed
from chibo.kernel.periods import Period
from chibo.meetings.models import Observation
from chibo.organisation.models import Placement
from chibo.reports.paper.writing import short_day
from chibo.reports.review.numbers import BOTH, SHARE, Numbers, Said

_IN_PERIOD = (
    "cells.with_committee", "units.founded", "units.from_split", "units.upgraded", "meetings.held",
    "meetings.attendance", "members.admitted", "members.count", "tasks.done", "tasks.overdue",
)  # fmt: skip
MOST_NAMED = 6  # units a sentence names


def situation(numbers: Numbers, placement: Placement, period: Period) -> list[Said]:
    """I. Đặc điểm tình hình: units, members, villages; and how older figures of a changed tree are summed."""
    found: list[Said] = []
    if placement.kind == "cell":
        found.append([f"{placement.name} có ", numbers.figure("members.count", period), " đảng viên."])
    else:
        found.append([f"{placement.name} có ", numbers.figure("cells.count", period), " chi bộ, với tổng số ",
                      numbers.figure("members.count", period), " đảng viên."])  # fmt: skip
        if numbers.answer("villages.served", period).denominator:
            found.append([numbers.figure("villages.served", period, BOTH), " thôn, bản có chi bộ; ",
                          numbers.figure("posts.secretary_is_head", period, BOTH),
                          " thôn, bản có bí thư chi bộ đồng thời là trưởng bản."])  # fmt: skip
    if tree_changed(numbers.unit, period, on=numbers.on):
        found.append(["Trong kỳ có sắp xếp tổ chức; số liệu trước khi sắp xếp là tổng số liệu của các tổ chức cũ, "
                      "tính trên tổ chức của hôm nay."])  # fmt: skip
    return found


def study(numbers: Numbers, document: Document | None, period: Period, names: dict[int, str]) -> list[Said]:
    """II.1 Quán triệt, tuyên truyền: of the document itself, else of all that were asked in the period."""
    found: list[Said] = []
    asked = study_of(document, names, numbers.on, actor=numbers.by) if document else None
    if document is not None and asked is not None:
        page = reverse("directives:document", args=[document.pk])
        present, expected = asked.turns
        turns = (numbers.fact("Lượt đảng viên học văn bản", "lượt", present, expected, page, how)
                 for how in (BOTH, SHARE))  # fmt: skip
        units = numbers.fact("Tổ chức đã học văn bản", "tổ chức", asked.done, len(asked.rows), page, BOTH)
        found.append([units, " tổ chức trực thuộc tổ chức học tập, quán triệt, với ", next(turns),
                      " lượt đảng viên tham gia, đạt ", next(turns), "."])  # fmt: skip
    elif document is None:
        found.append([
            numbers.figure("study.units", period, BOTH), " lượt tổ chức đã học tập, quán triệt văn bản được giao, với ",
            numbers.figure("study.turns", period, BOTH), " lượt đảng viên tham gia.",
        ])  # fmt: skip
    people = numbers.answer("study.with_people", period)
    if people.numerator:
        found.append(["Phổ biến đến nhân dân ", numbers.figure("study.with_people", period), " buổi, ",
                      numbers.figure("study.households", period), " lượt hộ tham dự."])  # fmt: skip
    return found


def late_study(numbers: Numbers, document: Document | None, names: dict[int, str]) -> list[Said]:
    """What is said of it among the limitations: who studied late, who has not."""
    asked = study_of(document, names, numbers.on, actor=numbers.by) if document else None
    if asked is None or document is None:
        return []
    page = reverse("directives:document", args=[document.pk])
    found: list[Said] = []
    for state, words in ((OVERDUE, "chưa học tập, quán triệt dù đã quá hạn"), (LATE, "học tập, quán triệt chậm")):
        rows = [row for row in asked.rows if row.state == state]
        if rows:
            number = numbers.fact(f"Tổ chức {words}", "tổ chức", len(rows), None, page)
            found.append(["Còn ", number, f" tổ chức {words}{_named(asked, state)}."])
    return found


def _named(asked: Studied, state: str) -> str:
    rows = [row for row in asked.rows if row.state == state]
    names = [f"{row.name} ({row.days_late} ngày)" for row in rows[:MOST_NAMED] if row.name]
    more = " …" if len(rows) > MOST_NAMED else ""
    return f": {', '.join(names)}{more}" if names else ""


def carried_out(numbers: Numbers, document: Document | None, period: Period) -> list[Said]:
    """II.2 Cụ thể hóa, kiểm tra, giám sát: own papers that carry it out, papers issued, visits to meetings."""
    found: list[Said] = []
    if document is not None:
        steps = [step for step in chain_of(document, actor=numbers.by) if step.heading.document.way == Document.OUT]
        names = [f"{short_title_of(step.heading)}{_after(step.days)}" for step in steps]
        if names:
            page = reverse("directives:document", args=[document.pk])
            number = numbers.fact("Văn bản của mình thực hiện văn bản này", "văn bản", len(names), None, page)
            found.append(["Ban hành ", number, f" văn bản để thực hiện: {', '.join(names)}."])
    issued = (
        Heading.objects.visible_to(numbers.by)
        .live()
        .filter(
            document__unit=numbers.unit,
            document__way=Document.OUT,
            dated_on__gte=period.first,
            dated_on__lt=period.after,
        )
    )
    kinds: dict[str, int] = {}
    for kind in issued.order_by("kind").values_list("kind", flat=True):
        kinds[kind] = kinds.get(kind, 0) + 1
    if kinds:
        page = f"{reverse('directives:register', args=[numbers.unit.pk])}?so=di"
        number = numbers.fact("Văn bản đi trong kỳ", "văn bản", sum(kinds.values()), None, page)
        parts = ", ".join(f"{count:02d} {kind}" for kind, count in kinds.items())
        found.append(["Trong kỳ ban hành ", number, f" văn bản ({parts})."])
    visits = _visits(numbers, period)
    if visits:
        page = reverse("meetings:visit_log", args=[numbers.unit.pk])
        number = numbers.fact("Lượt cấp trên dự sinh hoạt", "lượt", visits, None, page)
        found.append(["Cấp ủy viên, cán bộ cấp trên dự sinh hoạt với chi bộ ", number, " lượt."])
    return found


def _after(days: int | None) -> str:
    return f" (sau {days} ngày)" if days is not None else ""


def _visits(numbers: Numbers, period: Period) -> int:
    area = numbers.unit.scope_path
    rows = Observation.objects.visible_to(numbers.by).filter(
        attended=True, scope_path__gte=area, scope_path__lt=area[:-1] + "0",
        visit__meeting__meets_on__gte=period.first, visit__meeting__meets_on__lt=period.after,
    )  # fmt: skip
    return rows.count()


def results(numbers: Numbers, placement: Placement, period: Period) -> list[tuple[str, list[Said]]]:
    """III.2 Kết quả thực hiện nhiệm vụ, under headings; what never happened is not written."""
    before = Period.days(period.first - timedelta(days=1), period.first - timedelta(days=1))
    same = Period.days(_year_before(period.first), _year_before(period.last))
    numbers.ask(_IN_PERIOD, period)
    numbers.ask(("cells.with_committee", "members.count"), before)
    parts = [
        ("Về tổ chức", _organisation(numbers, placement, period, before)),
        ("Về sinh hoạt chi bộ", _meetings(numbers, period, same)),
        ("Về phát triển, quản lý đảng viên", _members(numbers, period, before)),
        ("Về thực hiện nhiệm vụ được giao", _tasks(numbers, period)),
    ]
    return [(name, said) for name, said in parts if said]


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _organisation(numbers: Numbers, placement: Placement, period: Period, before: Period) -> list[Said]:
    if placement.kind == "cell":
        return []
    found: list[Said] = []
    was, now = numbers.answer("cells.with_committee", before), numbers.answer("cells.with_committee", period)
    if was.denominator and was.numerator != now.numerator:
        way, onto = ("tăng", " lên ") if now.numerator > was.numerator else ("giảm", " xuống còn ")
        found.append([f"Chi bộ có chi ủy {way} từ ", numbers.figure("cells.with_committee", before), onto,
                      numbers.figure("cells.with_committee", period), " chi bộ."])  # fmt: skip
    elif now.denominator:
        found.append([numbers.figure("cells.with_committee", period, BOTH), " chi bộ có chi ủy."])
    for code, words in (("units.founded", "Thành lập mới"), ("units.from_split", "Chia tách, thành lập"),
                        ("units.upgraded", "Nâng cấp")):  # fmt: skip
        if numbers.answer(code, period).numerator:
            found.append([f"{words} ", numbers.figure(code, period), " tổ chức đảng."])
    return found


def _meetings(numbers: Numbers, period: Period, same: Period) -> list[Said]:
    found: list[Said] = []
    if numbers.answer("meetings.held", period).denominator:
        found.append(["Các chi bộ tổ chức ", numbers.figure("meetings.held", period, BOTH),
                      " buổi sinh hoạt thường kỳ, đạt ",
                      numbers.figure("meetings.held", period, SHARE), "."])  # fmt: skip
    now, then = numbers.answer("meetings.attendance", period), numbers.answer("meetings.attendance", same)
    if now.denominator:
        said: Said = ["Đảng viên dự sinh hoạt ", numbers.figure("meetings.attendance", period, BOTH), " lượt, đạt ",
                      numbers.figure("meetings.attendance", period, SHARE)]  # fmt: skip
        if then.denominator and now.value is not None and then.value is not None:
            points = round((now.value - then.value) * 1000)
            way = "tăng" if points > 0 else "giảm"
            words = f"{way} {abs(points) // 10},{abs(points) % 10} điểm phần trăm so với" if points else "bằng"
            said += [f", {words} cùng kỳ năm trước (", numbers.figure("meetings.attendance", same, SHARE), ")"]
        found.append([*said, "."])
    if numbers.answer("meetings.thematic", period).denominator:
        found.append(
            [numbers.figure("meetings.thematic", period, BOTH), " lượt chi bộ sinh hoạt chuyên đề đủ trong quý."]
        )
    return found


def _members(numbers: Numbers, period: Period, before: Period) -> list[Said]:
    found: list[Said] = []
    if numbers.answer("members.admitted", period).numerator:
        found.append(["Kết nạp ", numbers.figure("members.admitted", period), " đảng viên."])
    was, now = numbers.answer("members.count", before), numbers.answer("members.count", period)
    if was.numerator and was.numerator != now.numerator:
        more = now.numerator - was.numerator
        words = "nâng tổng số đảng viên từ " if more > 0 else "tổng số đảng viên giảm từ "
        found.append([words[:1].upper() + words[1:], numbers.figure("members.count", before),
                      " lên " if more > 0 else " xuống còn ", numbers.figure("members.count", period),
                      f", {'tăng' if more > 0 else 'giảm'} {abs(more):02d} đồng chí."])  # fmt: skip
    return found


def _tasks(numbers: Numbers, period: Period) -> list[Said]:
    done = numbers.answer("tasks.done", period)
    if not done.denominator:
        return []
    said: list[Said] = [["Hoàn thành ", numbers.figure("tasks.done", period, BOTH), " nhiệm vụ, đạt ",
                         numbers.figure("tasks.done", period, SHARE), "."]]  # fmt: skip
    if numbers.answer("tasks.overdue", period).numerator:
        said.append(["Còn ", numbers.figure("tasks.overdue", period), " nhiệm vụ quá hạn."])
    return said


def missing(rows: Iterable[dict[str, object]], page_day: date) -> list[str]:
    """Blanks, and who owes them: «Buổi sinh hoạt thường kỳ đã họp: 2 buổi chưa có (Bản Pù Lầu)»."""
    found = []
    for row in rows:
        done, due = int(str(row["done"])), int(str(row["due"]))
        if done < due:
            lacking = row["lacking"]
            names = ", ".join(str(each) for each in lacking) if isinstance(lacking, list) else ""
            found.append(
                f"{row['name']}: còn thiếu {due - done} (tính đến {short_day(page_day)}){': ' + names if names else ''}"
            )
    return found
