"""Each kind of defect, planted: the book does not load, and says which rule and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from chibo.rules.reader import BadBook, load

GOOD = """\
label: Thời lượng ít nhất
unit: minutes
checked_on: 2026-11-22
values:
  - {from: 2020-01-01, to: 2025-10-28, value: 60, document: Kế hoạch số 01-KH/ĐU, dated: 2019-12-20, certainty: high}
  - {from: 2025-10-28, value: 90, document: Kế hoạch số 02-KH/ĐU, dated: 2025-10-28, certainty: medium}
unknown:
  - {from: 2011-01-19, to: 2020-01-01}
"""

DEFECTS = {
    "without a source": ("document: Kế hoạch số 02-KH/ĐU, ", "", "no source"),
    "with an empty source": ("document: Kế hoạch số 02-KH/ĐU", "document: ''", "no source"),
    "without the day of its document": ("dated: 2025-10-28, ", "", "needs its date"),
    "without certainty": (", certainty: medium", "", "needs certainty"),
    "with a certainty of its own making": ("certainty: medium", "certainty: maybe", "needs certainty"),
    "never checked": ("checked_on: 2026-11-22\n", "", "checked_on"),
    "checked before its newest value": (
        "checked_on: 2026-11-22",
        "checked_on: 2025-10-27",
        "older than the newest",
    ),
    "checked on a word": ("checked_on: 2026-11-22", "checked_on: soon", "not a day"),
    "with two values on a day": ("to: 2025-10-28", "to: 2025-10-29", "two entries hold on 2025-10-28"),
    "with a value that never gives way": ("to: 2025-10-28, ", "", "two entries hold on 2025-10-28"),
    "with a value where nobody knows": (
        "to: 2020-01-01}",
        "to: 2020-01-02}",
        "two entries hold on 2020-01-01",
    ),
    "silent between two values": ("to: 2025-10-28", "to: 2025-10-27", "nothing is said of 2025-10-27"),
    "silent at its end": ("value: 90,", "value: 90, to: 2026-01-01,", "nothing is said from 2026-01-01 on"),
    "ending before it starts": ("to: 2025-10-28", "to: 2019-12-31", "ends before it starts"),
    "starting on a word": ("from: 2025-10-28", "from: autumn", "from is not a day"),
    "starting at a moment": ("from: 2025-10-28", "from: 2025-10-28T07:00:00Z", "from is not a day"),
    "in no unit": ("unit: minutes", "unit: fortnights", "a unit out of"),
    "without a label": ("label: Thời lượng ít nhất", "label:", "needs a label"),
    "with a text for a number": ("value: 90", "value: chín mươi", "not a value in minutes"),
    "with yes for a number": ("value: 90", "value: yes", "not a value in minutes"),
    "with nothing for a number": ("value: 90", "value:", "not a value in minutes"),
    "with a number below one": ("value: 90", "value: -90", "not a value in minutes"),
    "with a word nobody knows": ("certainty: medium", "certainty: medium, because: x", "may have"),
    "with an unknown heading": ("unit: minutes", "unit: minutes\nnotes: x", "nothing else"),
    "for a scope nobody knows": ("certainty: medium", "certainty: medium, scope: everywhere", "the scope"),
    "with the same word twice": ("value: 90", "value: 90, value: 120", "stands twice"),
    "with an unknown span of two minds": ("to: 2020-01-01}", "to: 2020-01-01, value: 3}", "unknown span"),
    "that is no YAML": ("unit: minutes", "unit: [minutes", "cannot be read"),
}


def planted(folder: Path, text: str, name: str = "meeting/min_minutes.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def test_the_file_without_defects_loads(tmp_path: Path) -> None:
    opened = load(planted(tmp_path, GOOD))
    assert [rule.value for rule in opened.rules["meeting.min_minutes"]] == [60, 90]


@pytest.mark.parametrize(("right", "wrong", "message"), DEFECTS.values(), ids=DEFECTS.keys())
def test_a_rule_does_not_load(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in GOOD
    with pytest.raises(BadBook, match=message) as bad:
        load(planted(tmp_path, GOOD.replace(right, wrong, 1) if "2020-01-01" in right else swapped(right, wrong)))
    assert "meeting.min_minutes" in str(bad.value)


def swapped(right: str, wrong: str) -> str:
    """The last place counts: it belongs to the newest value."""
    head, tail = GOOD.rsplit(right, 1)
    return head + wrong + tail


@pytest.mark.parametrize("value", ['"1.5"', '"0"', '"-0.5"', '"half"', '"NaN"', "0.5"])
def test_a_share_stands_in_quotes_between_nought_and_one(tmp_path: Path, value: str) -> None:
    text = GOOD.replace("unit: minutes", "unit: share").replace("value: 60", 'value: "0.5"')
    assert load(planted(tmp_path, text.replace("value: 90", 'value: "0.85"')))
    with pytest.raises(BadBook, match="share"):
        load(planted(tmp_path, text.replace("value: 90", f"value: {value}")))


@pytest.mark.parametrize("text", ["", "[]", "label: Trống\nunit: minutes\nchecked_on: 2026-11-22\nvalues: []\n"])
def test_an_empty_file_does_not_load(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadBook, match=r"meeting\.min_minutes"):
        load(planted(tmp_path, text))


@pytest.mark.parametrize("name", ["min_minutes.yaml", "meeting/min_minutes.yml", "meeting/Min.yaml", "a/b/c.yaml"])
def test_a_rule_stands_in_its_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadBook, match="stands in"):
        load(planted(tmp_path, GOOD, name))
