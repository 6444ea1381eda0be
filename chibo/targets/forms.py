"""The boxes of this room's forms, how they become what operations take, and the box each refusal belongs to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chibo.figures.answers import Figure
from chibo.figures.door import catalogue
from chibo.kernel.actor import Actor
from chibo.kernel.boxes import A_TERM, BadBoxes, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.decimals import parse_decimal, show_decimal
from chibo.kernel.errors import Refused
from chibo.targets.measures import OWN, Measure
from chibo.targets.models import LineSaid, Plan, Target, TargetSaid
from chibo.targets.operations import NewLine

BY_FIGURE, BY_HAND, NOT_AT_ALL, LATER = "so-lieu", "bao-tay", "khong", "de-sau"
WAYS = {
    BY_FIGURE: "Bằng số liệu Chibo tự tính từ sổ sách", BY_HAND: "Bằng số báo tay, có giấy tờ",
    NOT_AT_ALL: "Không đo được, ghi rõ vì sao",
}  # fmt: skip
PLACES = {
    "plan_about_nothing": "about", "unknown_plan_kind": "kind", "bad_period": "last", "line_without_task": "task",
    "text_too_long": "task", "looks_like_identity": "task", "unknown_owner": "owner", "due_outside_plan": "due",
    "measured_and_not": "why_none", "target_without_name": "name", "unknown_comparison": "comparison",
    "value_missing": "value", "unknown_figure": "figure", "figure_not_for_targets": "figure",
    "unknown_target_kind": "kind", "measure_missing": "measure", "more_than_all": "value", "say_why_changed": "why",
    "issued_too_early": "on", "day_ahead": "on",
}  # fmt: skip
OF_A_NUMBER = {"number_without_paper": "proof", "before_the_target": "on", "nothing_to_divide": "denominator"}
YES, STOP = "co", "thoi"


def key_box() -> Box:
    """The key the page makes, so that sending twice is harmless."""
    return Box("key", "", "hidden", optional=True, value=str(uuid.uuid4()))


def key_of(typed: str) -> uuid.UUID:
    """The key as it was sent. Raises Refused("unknown_field") without one."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Refused("unknown_field") from None


def new_plan(on: date, about: str = "") -> Form:
    """Lập kế hoạch."""
    return Form([
        key_box(), Box("kind", "Loại", "choice", choices=Plan.KINDS, value="kế hoạch"),
        Box("about", "Trích yếu", value=about, hint="Như: thực hiện Nghị quyết số 02-NQ/TU; nhiệm vụ năm 2027."),
        Box("first", "Từ ngày", "day", value=show_day(on.replace(month=1, day=1)), ahead=A_TERM),
        Box("last", "Đến hết ngày", "day", value=show_day(on.replace(month=12, day=31)), ahead=A_TERM),
    ], PLACES)  # fmt: skip


def issue(on: date, unsettled: bool) -> Form:
    """Ban hành."""
    number = [(YES, "Vào sổ văn bản đi, lấy số tiếp theo"), ("khong", "Không vào sổ ở đây, đã có số nơi khác")]
    return Form([
        Box("on", "Ngày ban hành", "day", value=show_day(on)),
        Box("number", "Số văn bản", "radio", choices=number, value=YES if unsettled else "khong"),
    ], PLACES)  # fmt: skip


def reason(hint: str, *, optional: bool = False) -> Form:
    """Một lý do."""
    return Form([Box("why", "Vì sao", hint=hint, optional=optional)], PLACES)


def figures_to_choose(by: Actor) -> list[tuple[str, str]]:
    """Figures a target may be measured by, by name."""
    told = [each for each in catalogue(by).values() if not each.code.startswith(OWN)]
    return [(each.code, f"{each.name} ({_measure(each)})") for each in sorted(told, key=lambda each: each.name)]


def _measure(figure: Figure) -> str:
    return "%" if str(figure.kind) == Target.RATIO else figure.unit_of_measure


def line(
    owners: Sequence[tuple[str, str]], by: Actor, *, issued: bool, said: LineSaid | None = None, key: str = ""
) -> Form:
    """Một dòng kế hoạch: việc, ai làm, hạn; đo bằng gì. A draft may leave open all but the task."""
    ways = list(WAYS.items()) + ([] if issued else [(LATER, "Để sau, chưa ban hành")])
    kept = _kept(said)
    return Form([
        Box("key", "", "hidden", optional=True, value=key or str(uuid.uuid4())),
        Box("task", "Việc gì", "lines", value=kept.get("task", ""), hint="Một dòng một việc, đọc lên là biết làm gì."),
        Box("owner", "Ai làm", "choice", choices=owners, value=kept.get("owner", ""), optional=not issued),
        Box("due", "Xong trước hết ngày", "day", value=kept.get("due", ""), optional=not issued, ahead=A_TERM),
        Box("way", "Đo kết quả bằng gì", "radio", choices=ways, value=kept.get("way", BY_FIGURE if issued else LATER)),
        *_measured(by, kept),
        Box("why_none", "Vì sao không đo được", value=kept.get("why_none", ""), optional=True),
        *([Box("why", "Vì sao thay đổi", hint="Kế hoạch đã ban hành: nội dung cũ vẫn đọc được, cạnh lý do này.")]
          if issued else []),
    ], PLACES)  # fmt: skip


def _measured(by: Actor, kept: dict[str, str]) -> list[Box]:
    """How a target is measured and what it asks for."""
    return [
        Box("figure", "Số liệu", "choice", choices=figures_to_choose(by), value=kept.get("figure", ""), optional=True,
            hint="Chỉ khi đo bằng số liệu Chibo tự tính: đơn vị tính đi theo số liệu."),
        Box("name", "Tên chỉ tiêu", value=kept.get("name", ""), optional=True,
            hint="Đo bằng số liệu thì để trống cũng được."),
        Box("kind", "Số báo tay là", "choice", choices=Target.KINDS, value=kept.get("kind", Target.FLOW),
            optional=True),
        Box("measure", "Đơn vị tính", value=kept.get("measure", ""), optional=True, hint="Như ha, hộ, km, công trình."),
        Box("comparison", "Mức phải đạt", "choice", choices=TargetSaid.COMPARISONS,
            value=kept.get("comparison", TargetSaid.AT_LEAST), optional=True),
        Box("value", "Số phải đạt", value=kept.get("value", ""), optional=True, parse=parse_decimal,
            hint="Như 12; 89,5. «Không còn» thì để trống."),
        Box("start", "Bắt đầu từ", value=kept.get("start", ""), optional=True, parse=parse_decimal,
            hint="Như giảm hộ nghèo từ 20 % xuống 15 %: gõ 20."),
        Box("important", "Chỉ tiêu quan trọng", "radio", choices=[(YES, "Quan trọng"), ("khong", "Bình thường")],
            value=kept.get("important", "khong")),
    ]  # fmt: skip


def _kept(said: LineSaid | None) -> dict[str, str]:
    """What the line says, as boxes show it."""
    if said is None:
        return {}
    way = BY_FIGURE if said.figure else BY_HAND if said.measured else NOT_AT_ALL if said.why_none else LATER
    return {
        "task": said.task, "owner": owner_of(said), "due": show_day(said.due) if said.due else "", "way": way,
        "figure": said.figure, "name": said.name, "kind": said.kind or Target.FLOW, "measure": said.measure,
        "comparison": said.comparison or TargetSaid.AT_LEAST, "value": _shown(said.value), "start": _shown(said.start),
        "important": YES if said.key else "khong", "why_none": said.why_none,
    }  # fmt: skip


def _shown(value: Decimal | None) -> str:
    return show_decimal(value) if value is not None else ""


def owner_of(said: LineSaid) -> str:
    """«unit:12», «body:3», «post:cell_secretary»."""
    if said.owner_unit_id:
        return f"unit:{said.owner_unit_id}"
    if said.owner_body_id:
        return f"body:{said.owner_body_id}"
    return f"post:{said.owner_post}" if said.owner_post else ""


def line_of(typed: dict[str, Any]) -> NewLine:
    """The boxes as an operation takes them; what belongs to another way of measuring is left aside.

    Raises BadBoxes where the way chosen lacks its box.
    """
    way = typed["way"]
    lacking = {BY_FIGURE: ("figure", "Số liệu"), NOT_AT_ALL: ("why_none", "Vì sao không đo được")}.get(way)
    if lacking and not typed[lacking[0]]:
        raise BadBoxes({lacking[0]: Refused("box_empty", label=lacking[1])})
    measure = measure_of(typed) if way in (BY_FIGURE, BY_HAND) else None
    why_none = typed["why_none"] if way == NOT_AT_ALL else ""
    return NewLine(typed["task"], typed["owner"], typed["due"], measure, why_none, typed.get("why", ""))


def measure_of(typed: dict[str, Any]) -> Measure:
    """What a target asks for, by a figure or by hand."""
    figure = typed["figure"] if typed["way"] == BY_FIGURE else ""
    return Measure(
        typed["name"], typed["comparison"], typed["value"] if typed["value"] != "" else None, figure,
        typed["kind"] or Target.FLOW, typed["measure"], typed["start"] if typed["start"] != "" else None,
        typed["important"] == YES,
    )  # fmt: skip


def owner_choices(
    units: Sequence[Any], bodies: Sequence[Any], posts: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Who may answer for a line: posts, units, bodies."""
    return [
        *((f"post:{code}", words) for code, words in posts),
        *((f"unit:{each.unit_id}", each.name) for each in units),
        *((f"body:{each.pk}", each.name) for each in bodies),
    ]


def new_target(on: date, by: Actor) -> Form:
    """Ghi một chỉ tiêu của văn bản."""
    ways = [(code, WAYS[code]) for code in (BY_FIGURE, BY_HAND)]
    return Form([
        key_box(), Box("way", "Đo bằng gì", "radio", choices=ways, value=BY_HAND),
        *_measured(by, {}), Box("first", "Từ ngày", "day", value=show_day(on.replace(month=1, day=1)), ahead=A_TERM),
        Box("last", "Đến hết ngày", "day", value=show_day(on.replace(month=12, day=31)), ahead=A_TERM),
    ], PLACES)  # fmt: skip


def changed(said: TargetSaid) -> Form:
    """Điều chỉnh, hoặc thôi một chỉ tiêu."""
    goes = [("sua", "Đổi mức hoặc hạn"), (STOP, "Thôi chỉ tiêu này")]
    return Form([
        Box("goes", "Việc điều chỉnh", "radio", choices=goes, value="sua"),
        Box("comparison", "Mức phải đạt", "choice", choices=TargetSaid.COMPARISONS, value=said.comparison),
        Box("value", "Số phải đạt", value=_shown(said.value), optional=True, parse=parse_decimal),
        Box("last", "Đến hết ngày", "day", value=show_day(said.last), ahead=A_TERM),
        Box("important", "Chỉ tiêu quan trọng", "radio", choices=[(YES, "Quan trọng"), ("khong", "Bình thường")],
            value=YES if said.key else "khong"),
        Box("why", "Vì sao thay đổi", hint="Mức cũ vẫn đọc được, cạnh lý do này."),
    ], PLACES)  # fmt: skip


def number(row: Target, on: date) -> Form:
    """Báo số tay."""
    parts = [
        Box("numerator", "Hoặc: được bao nhiêu", optional=True, parse=parse_decimal, hint="Như 99 trong 99/101."),
        Box("denominator", "Trên tất cả bao nhiêu", optional=True, parse=parse_decimal, hint="Như 101 trong 99/101."),
    ]
    ratio = row.kind == Target.RATIO
    return Form([
        key_box(), Box("on", "Số đến ngày", "day", value=show_day(on)),
        Box("value", f"Số ({row.measure})", optional=ratio, parse=parse_decimal,
            hint="Gõ tỷ lệ, như 89,5; hoặc để trống và gõ cả hai số bên dưới." if ratio else "Như 12; 3.416; 89,5."),
        *(parts if ratio else []),
        Box("proof", "Lấy ở đâu", hint="Văn bản, biểu, biên bản có số này: số, ngày."),
    ], {**PLACES, **OF_A_NUMBER})  # fmt: skip


def line_done(on: date) -> Form:
    """Báo đã làm xong một dòng."""
    return Form([
        key_box(), Box("on", "Xong ngày", "day", value=show_day(on)),
        Box("result", "Kết quả", "lines", hint="Điều kiểm lại được: số buổi, số hộ, biên bản nào."),
    ], {**PLACES, "no_line_result": "result", "text_too_long": "result", "looks_like_identity": "result"})  # fmt: skip
