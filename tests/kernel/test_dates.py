"""Days, times and numbers: typed many ways, shown one way."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from chibo.kernel.dates import (
    half_a_year_before,
    month_label,
    now,
    parse_count,
    parse_day,
    parse_time,
    show_day,
    show_number,
    show_percent,
    spoken_time,
    today,
    weekday_vn,
)
from chibo.kernel.errors import Refused

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days)
def test_what_is_shown_is_read_back(day: date) -> None:
    assert parse_day(show_day(day)) == parse_day(day.isoformat()) == day
    assert parse_day(f" {day.day}-{day.month}-{day.year} ") == day


@pytest.mark.parametrize(
    "typed", ["3/11/26", "03/11/2026", "3-11-2026", "2026-11-03", "3.11.2026", " 3 / 11 / 2026", "03112026"]
)
def test_one_day_typed_many_ways(typed: str) -> None:
    assert parse_day(typed) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("29/2/2026", "Tháng 2/2026 chỉ có 28 ngày. Sửa lại ngày."),
        ("31/11/2026", "Tháng 11/2026 chỉ có 30 ngày. Sửa lại ngày."),
        ("0/11/2026", "Tháng 11/2026 chỉ có 30 ngày. Sửa lại ngày."),
        ("3/13/2026", "Không có tháng 13."),
        ("3/11/3026", "Năm 3026 không đúng."),
        ("mùng ba", "Ngày «mùng ba» không đọc được."),
        ("", "Chưa có ngày."),
        (" ", "Chưa có ngày."),
        ("3/11", "Ngày «3/11» chưa có năm."),
        ("1987", "Ngày «1987» không đọc được."),
        ("031126", "Ngày «031126» không đọc được."),
    ],
)
def test_a_bad_day_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_day(typed)
    assert (refused.value.code, refused.value.facts) == ("bad_day", {"why": why})


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_refusal(typed: str) -> None:
    try:
        assert isinstance(parse_day(typed), date)
    except Refused as refusal:
        assert refusal.code == "bad_day"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15/12", date(2026, 12, 15)),
        ("3.11", date(2026, 11, 3)),
        ("2-11", date(2027, 11, 2)),
        ("5 1", date(2027, 1, 5)),
        ("1512", date(2026, 12, 15)),
        ("050127", date(2027, 1, 5)),
    ],
)
def test_a_day_without_its_year_is_the_next_such_day(typed: str, day: date) -> None:
    assert parse_day(typed, since=date(2026, 11, 3)) == day


def test_a_day_without_its_year_that_does_not_come_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        parse_day("29/2", since=date(2026, 11, 3))
    assert refused.value.facts == {"why": "Tháng 2/2027 chỉ có 28 ngày. Sửa lại ngày."}


@given(days, days)
def test_a_day_typed_with_its_year_stays_in_it(day: date, since: date) -> None:
    assert parse_day(show_day(day), since=since) == day


@given(st.dates(date(1901, 1, 1), date(2198, 12, 31)), st.integers(-182, 182))
def test_a_day_without_its_year_is_found_on_either_side(near: date, away: int) -> None:
    day = near + timedelta(days=away)
    if (day.month, day.day) != (2, 29):
        assert parse_day(f"{day.day}/{day.month}", since=half_a_year_before(near)) == day


@given(st.times())
def test_times_are_read_back(at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    assert parse_time(spoken_time(at)) == parse_time(f"{at:%H:%M}") == at


@pytest.mark.parametrize("typed", ["19:30", "19h30", "19g30", "19 giờ 30", "19 giờ 30 phút", "19H30", " 19 : 30 "])
def test_one_time_typed_many_ways(typed: str) -> None:
    assert parse_time(typed) == time(19, 30)


@pytest.mark.parametrize("typed", ["24:00", "19:60", "1930", "tối", ""])
def test_a_bad_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="bad_time"):
        parse_time(typed)


@given(st.integers(0, 999_999_999))
def test_counts_are_read_back(number: int) -> None:
    assert parse_count(show_number(number)) == parse_count(str(number)) == number


@pytest.mark.parametrize("typed", ["", "3,5", "3.41", "34.16.5", "-3", "1.234.567.890", "ba", "٣", "3.4166"])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="bad_count"):
        parse_count(typed)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(895, 1000, "89,5"), (9, 10, "90"), (1, 3, "33,3"), (2, 3, "66,7"), (0, 7, "0"), (104, 100, "104"),
     (8945, 10000, "89,5"), (8944, 10000, "89,4"), (9995, 10000, "100"), (1, 1000, "0,1")],
)  # fmt: skip
def test_percent_has_one_decimal_half_up_and_none_when_whole(numerator: int, denominator: int, shown: str) -> None:
    assert show_percent(numerator, denominator) == f"{shown}\u00a0%"


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_percent_is_within_half_a_tenth(numerator: int, denominator: int) -> None:
    tenths = round(float(show_percent(numerator, denominator)[:-2].replace(",", ".")) * 10)
    # |tenths/1000 - n/d| <= 1/2000, in whole numbers
    assert abs(2 * tenths * denominator - 2000 * numerator) <= denominator


def test_a_ratio_without_denominator_is_not_shown() -> None:
    with pytest.raises(ZeroDivisionError):
        show_percent(0, 0)


def test_words() -> None:
    assert show_number(3416) == "3.416"
    assert show_number(12) == "12"
    assert weekday_vn(date(2026, 11, 3)) == "Thứ Ba"
    assert weekday_vn(date(2026, 11, 8)) == "Chủ nhật"
    assert spoken_time(time(19, 30)) == "19 giờ 30"
    assert spoken_time(time(7, 5)) == "7 giờ 05"
    assert spoken_time(time(19)) == "19 giờ"
    assert month_label(date(2026, 11, 3)) == "tháng 11/2026"


def test_the_day_is_the_day_of_the_commune() -> None:
    with time_machine.travel(datetime(2026, 11, 3, 17, 30, tzinfo=UTC), tick=False):  # half past midnight there
        assert today() == date(2026, 11, 4)
        assert now().isoformat() == "2026-11-04T00:30:00+07:00"
