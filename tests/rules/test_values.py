"""Typed figures: how they are written, read and placed in time."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.rules.values import JST, Value, format_date, format_yen, moment_of, precision_of


@pytest.mark.parametrize(
    ("yen", "text"),
    [
        (0, "0円"), (1, "1円"), (9_999, "9,999円"), (10_000, "1万円"), (10_001, "10,001円"), (500_000, "50万円"),
        (866_666, "866,666円"), (15_000_000, "1,500万円"), (99_990_000, "9,999万円"), (100_000_000, "1億円"),
        (120_000_000, "1億2,000万円"), (285_000_000, "2億8,500万円"), (100_000_001, "100,000,001円"), (-500_000, "-50万円"),
    ],
)  # fmt: skip
def test_format_yen(yen: int, text: str) -> None:
    assert format_yen(yen) == text


@pytest.mark.parametrize(
    ("data", "text", "unit", "wire"),
    [
        ({"yen": 500000}, "50万円", "yen", 500000),
        ({"yen": 500000, "tax": "excl", "bound": "over"}, "50万円（税抜）超", "yen", 500000),
        ({"ratio": "2/3"}, "2/3", "ratio", "2/3"),
        ({"percent": "3.0", "bound": "min"}, "3.0%以上", "percent", "3.0"),
        ({"percent": 3}, "3%", "percent", "3"),
        ({"people": 5, "bound": "max"}, "5人以下", "people", 5),
        ({"months": 14, "bound": "within"}, "14か月以内", "months", 14),
        ({"weeks": 3}, "3週間", "weeks", 3),
        ({"chars": 30}, "30文字", "chars", 30),
        ({"count": 1872, "of": "者"}, "1,872者", "count", 1872),
        ({"number": "0.7", "of": ""}, "0.7", "other", "0.7"),
        ({"number": "0.7"}, None, None, None),
        ({"number": "0.7", "of": "m"}, "0.7m", "other", "0.7"),
        ({"date": "2026-12-15"}, "2026年12月15日（火）", "date", "2026-12-15"),
        ({"date": "2026-12-15", "time": "17:00"}, "2026年12月15日（火） 17:00", "datetime", "2026-12-15T17:00:00+09:00"),
        ({"month": "2026-07", "part": "下旬"}, "2026年7月下旬", "date", "2026-07"),
        ({"year": 2026}, "2026年", "date", 2026),
    ],
)  # fmt: skip
def test_value_reads_as_people_write(data: dict[str, Any], text: str | None, unit: str | None, wire: object) -> None:
    if text is None:
        with pytest.raises(ValidationError):
            Value.model_validate(data)
        return
    value = Value.model_validate(data)
    assert (value.text(), value.unit, value.wire) == (text, unit, wire)


def test_bound_can_be_left_out() -> None:
    assert Value(people=5, bound="max").text(bounded=False) == "5人"


@pytest.mark.parametrize(
    "data",
    [
        {}, {"yen": 1, "people": 1}, {"yen": "500000"}, {"yen": 1.5}, {"ratio": "0.667"}, {"percent": 3.0}, {"percent": True},
        {"people": -1}, {"date": "2026-2-1"}, {"date": "2026-02-30"}, {"time": "17:00"}, {"count": 3}, {"month": "2026-7"},
        {"yen": 1, "bound": "more"}, {"yen": 1, "colour": "red"},
    ],
)  # fmt: skip
def test_value_refuses(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Value.model_validate(data)


def test_exact_is_exact() -> None:
    assert Value(ratio="2/3").exact == Fraction(2, 3)
    assert Value(percent="3.71").exact == Fraction(371, 100)
    assert Value(date="2026-12-15").exact is None


def moment(day: int, *clock: int, month: int = 7) -> datetime:
    return datetime(2026, month, day, *clock, tzinfo=JST)


@pytest.mark.parametrize(
    ("data", "first", "last", "precision"),
    [
        ({"date": "2026-07-31"}, moment(31, 0), moment(31, 23, 59, 59), "day"),
        ({"date": "2026-07-31", "time": "17:00"}, moment(31, 17), moment(31, 17), "minute"),
        ({"month": "2026-07"}, moment(1, 0), moment(31, 23, 59, 59), "month"),
        ({"month": "2026-02"}, moment(1, 0, month=2), moment(28, 23, 59, 59, month=2), "month"),
        ({"month": "2026-07", "part": "上旬"}, moment(1, 0), moment(10, 23, 59, 59), "third"),
        ({"month": "2026-07", "part": "中旬"}, moment(11, 0), moment(20, 23, 59, 59), "third"),
        ({"month": "2026-07", "part": "下旬"}, moment(21, 0), moment(31, 23, 59, 59), "third"),
        ({"month": "2026-07", "part": "末"}, moment(21, 0), moment(31, 23, 59, 59), "third"),
        ({"month": "2026-07", "part": "頃"}, moment(1, 0), moment(31, 23, 59, 59), "month"),
    ],
)
def test_moment_of(data: dict[str, str], first: datetime, last: datetime, precision: str) -> None:
    value = Value.model_validate(data)
    assert moment_of(value, end_of_day=False) == first and moment_of(value, end_of_day=True) == last
    assert moment_of(value, end_of_day=True).utcoffset() == JST.utcoffset(first)
    assert precision_of(value) == precision


def test_moment_of_money_is_an_error() -> None:
    assert precision_of(Value(yen=1)) == "none"
    with pytest.raises(ValueError, match="not a date"):
        moment_of(Value(yen=1), end_of_day=True)


def test_format_date_gives_the_weekday() -> None:
    assert format_date(date(2026, 12, 15)) == "2026年12月15日（火）"
