"""Tự chấm: how the cells of the play score their own meetings. Some do it each month, some never."""

from __future__ import annotations

from datetime import date

from chibo.demo import words_care
from chibo.demo.province import Province
from chibo.rules.reader import rules_on

# cell → how well on the whole (share of the points), and how many months of the year it has been doing so
HABITS = {"naloc": (0.80, 12), "thamnoi": (0.90, 12), "colot": (0.84, 9), "coquan": (0.88, 6), "truonghoc": (0.93, 12),
          "pomkhe": (0.76, 5), "tuonghin": (0.70, 3)}  # fmt: skip


def scored(province: Province, key: str, day: date, place: int, fields: dict[str, str]) -> dict[str, str]:
    """Fields of the self-score of a meeting; `place` is how many months ago it was."""
    share, months = HABITS.get(key, (0.0, 0))
    rule = rules_on(day).get("meeting.score_frame")
    if rule is None or place > months:
        return {}
    rnd, out = province.random, {}
    share = min(0.98, share + (12 - place) * (0.012 if key == "naloc" else 0.003))
    done = [value for field, value in fields.items() if field.startswith("result.")]
    for item in rule.value:
        code, most = item["code"], item["points"]
        points = round(most * min(1.0, max(0.4, share + rnd.uniform(-0.09, 0.09))))
        if code == "results" and done:
            points = most * done.count("done") // len(done)
        out[f"score.{code}"] = str(points)
        if points < most and rnd.random() < 0.45:
            out[f"why.{code}"] = words_care.WHY_POINTS[code]
    return out
