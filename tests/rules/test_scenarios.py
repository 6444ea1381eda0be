"""What the book says on given days, in the words of those who know the rules (`scenarios/*.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from chibo.rules.reader import NoRule, book, rules_on

SCENARIOS = [
    pytest.param(line, id=f"{path.stem}: {line['rule']} on {line['day']}")
    for path in sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
    for line in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def in_the_experts_words(value: Any) -> Any:
    """A share as percent, items and tables by their codes, the rest as it stands."""
    if isinstance(value, Decimal):
        return f"{value * 100:.0f} %"
    if isinstance(value, Mapping):
        return list(value)
    if isinstance(value, tuple):
        return [item["code"] if isinstance(item, Mapping) else item for item in value]
    return value


@pytest.mark.parametrize("line", SCENARIOS)
def test_scenario(line: dict[str, Any]) -> None:
    opened = rules_on(line["day"])
    if line["is"] == "unknown":
        assert opened.get(line["rule"]) is None
        with pytest.raises(NoRule, match="nobody knows"):
            opened[line["rule"]]
        return
    rule = opened[line["rule"]]
    value = rule.value
    for step in line.get("at", ()):
        value = value[step]
    assert in_the_experts_words(value) == line["is"]
    assert line.get("document", "") in rule.source.document
    assert rule.certainty == line.get("certainty", rule.certainty)
    assert rule.binds is (rule.certainty == "high")


def test_every_rule_of_the_book_has_a_scenario() -> None:
    assert {line.values[0]["rule"] for line in SCENARIOS} == set(book().rules)  # type: ignore[index,call-overload]
