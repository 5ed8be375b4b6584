"""Growth, value added and headcounts: the formulas that several programmes share (RULES G-05 to G-09, JZ-11)."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


def cagr_percent(start: int, end: int, years: int) -> Decimal:
    """Compound annual growth in percent points to 0.01 (half up): (end/start)^(1/years) - 1.

    Args:
        start: Base value, > 0.
        end: Final value, >= 0.
        years: Whole years between them, >= 1.

    Raises:
        ValueError: start or years is not positive.
    """
    if start <= 0 or years < 1 or end < 0:
        raise ValueError("growth needs a positive base and at least one year")
    with localcontext() as ctx:
        ctx.prec = 40
        growth = (Decimal(end) / Decimal(start)) ** (Decimal(1) / Decimal(years)) - 1 if end else Decimal(-1)
        return (growth * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def meets_growth(start: int, end: int, years: int, percent: str) -> bool:
    """Whether end >= start x (1 + percent/100)^years, exactly."""
    return Fraction(end) >= Fraction(start) * (1 + Fraction(percent) / 100) ** years


def required_value(base: int, percent: str, years: int) -> int:
    """The smallest whole yen that meets a growth of `percent` a year over `years` (rounded up)."""
    exact = Fraction(base) * (1 + Fraction(percent) / 100) ** years
    return -int(-exact // 1)


def value_added_corporation(operating_profit_yen: int, personnel_yen: int, depreciation_yen: int) -> int:
    """付加価値額 of a corporation in yen: operating profit + personnel cost + depreciation (may be negative)."""
    return operating_profit_yen + personnel_yen + depreciation_yen


def fte(part_hours: Fraction, full_hours: Fraction) -> Decimal:
    """Part-timer's hours over full-time hours, cut after two decimals (3/7 -> 0.42).

    Raises:
        ValueError: full_hours is not positive.
    """
    if full_hours <= 0:
        raise ValueError("full-time hours must be positive")
    share = part_hours / full_hours
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.01"), ROUND_DOWN)
