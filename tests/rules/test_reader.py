"""The book opened at a day: scopes, folders of an installation, and values nobody can write in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.kernel.periods import Period
from chibo.rules.reader import BadBook, Book, NoRule, RuleDay, book, load, rules_on

DAY = date(2026, 11, 3)
DOCUMENT = "document: Kế hoạch số 01-KH/ĐU, dated: 2020-01-01, certainty: medium"


def planted(folder: Path, values: str, rest: str = "", key: str = "meeting/min_minutes") -> Path:
    """A folder with one rule in minutes."""
    file = folder / f"{key}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = f"label: Thời lượng\nunit: minutes\nchecked_on: 2026-11-22\nvalues:\n{values}\n{rest}\n"
    file.write_text(text, encoding="utf-8")
    return folder


def value_on(opened: Book, day: date, *scopes: str) -> int | None:
    rule = RuleDay(opened, day, (*scopes, "national")).get("meeting.min_minutes")
    return rule.value if rule else None


def test_a_rule_says_where_it_comes_from() -> None:
    rule = rules_on(DAY)["meeting.min_minutes"]
    assert rule.citation == "Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2025, độ chắc chắn vừa"
    assert (rule.key, rule.unit, rule.since, rule.until) == (
        "meeting.min_minutes",
        "minutes",
        date(2025, 10, 28),
        None,
    )
    assert not rule.binds
    sure = rules_on(DAY)["meeting.national_day"]
    assert sure.citation == "Chỉ thị số 50-CT/TW, ngày 23/07/2025"
    assert sure.binds


def test_no_rule_is_never_a_default() -> None:
    before = rules_on(date(2024, 5, 3))
    assert before.get("meeting.min_minutes") is None
    with pytest.raises(NoRule, match="nobody knows") as none:
        before["meeting.min_minutes"]
    assert (none.value.key, none.value.day) == ("meeting.min_minutes", date(2024, 5, 3))
    with pytest.raises(NoRule, match="says nothing"):
        rules_on(date(1999, 1, 1))["meeting.min_minutes"]


def test_a_misspelled_key_is_a_fault_of_ours_and_not_an_unknown_rule() -> None:
    with pytest.raises(KeyError):
        rules_on(DAY).get("meeting.min_minute")


def test_nobody_can_write_in_the_book() -> None:
    kinds = rules_on(DAY)["organisation.kinds"].value
    with pytest.raises(TypeError):
        kinds["cell"]["name"] = "khác"
    with pytest.raises(TypeError):
        rules_on(DAY)["meeting.agenda"].value[0]["label"] = "khác"
    with pytest.raises(TypeError):
        book().rules["x.y"] = ()  # type: ignore[index]


def test_the_book_is_read_once() -> None:
    assert book() is book()


@given(st.dates(date(2011, 1, 19), date(2199, 12, 31)))
def test_each_day_since_the_charter_has_one_answer_in_each_key(day: date) -> None:
    for key, rules in book().rules.items():
        holding = [rule for rule in rules if rule.holds(day) and rule.scope == "national"]
        unknown = [span for span in book().unknown[key] if span.holds(day)]
        assert len(holding) + len(unknown) == 1, key


def test_every_kind_stands_only_under_kinds_of_its_time() -> None:
    for month in Period.days(date(2011, 2, 1), date(2027, 1, 1)).months():
        opened = rules_on(month)
        kinds, parents = opened["organisation.kinds"].value, opened["organisation.parents"].value
        assert set(parents) == set(kinds)
        assert all(set(above) <= set(kinds) for above in parents.values())
        symbols = opened.get("document.body_symbols")
        if symbols:
            assert symbols.value == {k: v["symbol"] for k, v in kinds.items() if v["symbol"]}


def test_the_narrower_scope_goes_first_while_it_holds(tmp_path: Path) -> None:
    opened = load(planted(tmp_path, f"""
  - {{from: 2020-01-01, value: 90, {DOCUMENT}}}
  - {{from: 2025-01-01, to: 2026-01-01, value: 120, scope: "province:p1", {DOCUMENT}}}
  - {{from: 2025-01-01, value: 60, scope: "kind:cell", {DOCUMENT}}}"""))  # fmt: skip
    last, after = date(2025, 12, 31), date(2026, 1, 1)
    assert value_on(opened, last) == 90
    assert value_on(opened, last, "province:p1") == 120
    assert value_on(opened, last, "kind:cell", "province:p1") == 60
    assert value_on(opened, last, "province:p1", "kind:cell") == 120
    assert value_on(opened, last, "province:p2") == 90
    assert value_on(opened, after, "province:p1") == 90


def test_a_folder_of_the_installation_is_laid_over_the_book(tmp_path: Path) -> None:
    planted(tmp_path, f"  - {{from: 2026-06-01, value: 120, {DOCUMENT}}}")
    planted(tmp_path, f"  - {{from: 2024-01-01, value: 7, {DOCUMENT}}}", key="local/own_rule")
    opened = book(tmp_path)
    assert value_on(opened, date(2026, 5, 31)) == 90
    assert value_on(opened, date(2026, 6, 1)) == 120
    assert value_on(opened, date(2024, 5, 3)) is None
    assert RuleDay(opened, DAY, ("national",))["local.own_rule"].value == 7
    assert RuleDay(opened, DAY, ("national",))["meeting.national_day"].value == 3
    assert value_on(book(), DAY) == 90


def test_the_later_start_takes_over_whoever_told_it(tmp_path: Path) -> None:
    planted(tmp_path, f"  - {{from: 2020-01-01, value: 60, {DOCUMENT}}}")
    opened = book(tmp_path)  # the house's own value of 28/10/2025 is newer
    assert value_on(opened, date(2025, 10, 27)) == 60
    assert value_on(opened, date(2025, 10, 28)) == 90


def test_of_equal_starts_the_installation_counts(tmp_path: Path) -> None:
    planted(tmp_path, f"  - {{from: 2025-10-28, value: 100, {DOCUMENT}}}")
    assert value_on(book(tmp_path), DAY) == 100


def test_an_installation_may_say_that_nobody_knows(tmp_path: Path) -> None:
    values = f"  - {{from: 2026-01-01, value: 100, {DOCUMENT}, to: 2026-06-01}}"
    opened = book(planted(tmp_path, values, "unknown:\n  - {from: 2026-06-01}"))
    assert value_on(opened, date(2026, 5, 31)) == 100
    assert value_on(opened, DAY) is None


def test_a_faulty_folder_of_the_installation_stops_it(tmp_path: Path) -> None:
    with pytest.raises(BadBook, match="no source"):
        book(planted(tmp_path, "  - {from: 2026-01-01, value: 100}"))
    with pytest.raises(BadBook, match="no such folder"):
        book(tmp_path / "misspelled")


def test_the_setting_names_the_folders(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.RULE_FOLDERS = [planted(tmp_path, f"  - {{from: 2026-06-01, value: 120, {DOCUMENT}}}")]
    assert rules_on(DAY)["meeting.min_minutes"].value == 120
    assert rules_on(date(2026, 6, 1) - timedelta(days=1))["meeting.min_minutes"].value == 90
