"""Partial dates, eras, weekdays and relative words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.text.dates import PartialDate as D
from assistant.text.dates import add_months, era_year, resolve, weekday_fits

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("partial", "prefer", "day"),
    [
        (D(2026, 12, 15), "future", date(2026, 12, 15)), (D(None, 12, 15), "future", date(2026, 12, 15)),
        (D(None, 3, 31), "future", date(2027, 3, 31)), (D(None, 3, 31), "past", date(2026, 3, 31)),
        (D(None, 11, 24), "future", TODAY), (D(None, 11, 24), "past", TODAY),
        (D(2027, 3, None, "下旬"), "future", date(2027, 3, 31)),
        (D(None, 7, None, "上旬"), "future", date(2027, 7, 10)), (D(None, 2, 30), "future", None),
        (D(2027, 2, 29), "future", None),
        (D(None, None, 10), "future", date(2026, 12, 10)), (D(None, None, 30), "future", date(2026, 11, 30)),
        (D(2026), "future", None),
        (D(None, 2, 29), "future", None), (D(hour=17), "future", TODAY),
    ],
)  # fmt: skip
def test_resolve(partial, prefer, day):
    assert resolve(partial, TODAY, prefer) == day


@pytest.mark.parametrize(("era", "year", "western"), [("令和", 8, 2026), ("R", 1, 2019), ("平成", 30, 2018), ("S", 64, 1989)])
def test_eras(era, year, western):
    assert era_year(era, year) == western


def test_weekdays():
    assert weekday_fits(D(2026, 12, 15, weekday="火")) is True
    assert weekday_fits(D(2026, 12, 15, weekday="水")) is False
    assert weekday_fits(D(2026, 12, 15)) is None
    assert weekday_fits(D(None, 12, 15, weekday="火"), TODAY) is True


def test_months_are_added_to_shorter_months():
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("partial", "iso"),
    [
        (D(2026), "2026"), (D(2026, 7), "2026-07"), (D(2026, 7, None, "下旬"), "2026-07"), (D(2026, 7, 31), "2026-07-31"),
        (D(None, 7, 31), "--07-31"), (D(None, 7), "--07"), (D(None, None, 15), "---15"),
        (D(2026, 7, 31, None, 17, 0), "2026-07-31T17:00:00+09:00"), (D(hour=9, minute=5), "T09:05:00+09:00"),
    ],
)  # fmt: skip
def test_iso_text_holds_what_is_known(partial, iso):
    assert partial.iso == iso
