"""Growth, value added and full-time units, on both sides of their thresholds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.growth import cagr_percent, fte, meets_growth, required_value, value_added_corporation


@pytest.mark.parametrize(
    ("start", "end", "years", "percent"),
    [
        (100, 120, 5, "3.71"),  # not 20 % / 5 = 4 % (RULES G-07)
        (100, 100, 3, "0.00"),
        (100, 104, 1, "4.00"),
        (10_000, 10_003, 1, "0.03"),
        (200, 100, 1, "-50.00"),
        (100, 0, 3, "-100.00"),
        (100_000, 100_005, 1, "0.01"),  # half goes up
        (100_000, 100_004, 1, "0.00"),
    ],
)
def test_cagr_is_compound_to_two_places(start: int, end: int, years: int, percent: str) -> None:
    assert cagr_percent(start, end, years) == Decimal(percent)


@pytest.mark.parametrize(("start", "end", "years"), [(0, 1, 1), (-5, 1, 1), (1, 1, 0), (1, -1, 1)])
def test_cagr_needs_a_base_and_a_year(start: int, end: int, years: int) -> None:
    with pytest.raises(ValueError, match="positive base"):
        cagr_percent(start, end, years)


def test_required_value_is_rounded_up_and_enough() -> None:
    assert required_value(10_000_000, "4.0", 3) == 11_248_640  # 1.04 cubed is exact here
    assert required_value(100, "3.0", 3) == 110  # 109.2727 up
    assert required_value(3_000_000, "3.0", 1) == 3_090_000
    assert not meets_growth(10_000_000, 11_248_639, 3, "4.0")
    assert meets_growth(10_000_000, 11_248_640, 3, "4.0")


@given(st.integers(1, 10**10), st.sampled_from(["2.5", "3.0", "3.5", "4.0", "6.0"]), st.integers(1, 5))
def test_required_value_is_the_least_that_meets(base: int, percent: str, years: int) -> None:
    goal = required_value(base, percent, years)
    assert meets_growth(base, goal, years, percent) and not meets_growth(base, goal - 1, years, percent)


@pytest.mark.parametrize(
    ("part", "full", "share"), [(3, 7, "0.42"), (5, 8, "0.62"), (8, 8, "1.00"), (0, 8, "0.00"), (2, 3, "0.66"), (1, 200, "0.00")]
)
def test_fte_is_cut_after_two_places(part: int, full: int, share: str) -> None:
    assert fte(Fraction(part), Fraction(full)) == Decimal(share)  # RULES JZ-11


def test_fte_needs_full_hours() -> None:
    with pytest.raises(ValueError, match="positive"):
        fte(Fraction(3), Fraction(0))


def test_value_added_adds_no_interest() -> None:
    assert value_added_corporation(5_000_000, 30_000_000, 2_000_000) == 37_000_000
    assert value_added_corporation(-9_000_000, 5_000_000, 1_000_000) == -3_000_000
