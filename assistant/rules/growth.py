"""Growth, value added, pay per head and headcounts: the formulas that several programmes share (RULES G-05 to G-13, JZ-11)."""

from __future__ import annotations

import calendar
from datetime import date
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


def meets_growth(start: int | Fraction, end: int | Fraction, years: int, percent: str) -> bool:
    """Whether end >= start x (1 + percent/100)^years, exactly."""
    return Fraction(end) >= Fraction(start) * (1 + Fraction(percent) / 100) ** years


def required_value(base: int | Fraction, percent: str, years: int) -> int:
    """The smallest whole yen that meets a growth of `percent` a year over `years` (rounded up)."""
    exact = Fraction(base) * (1 + Fraction(percent) / 100) ** years
    return -int(-exact // 1)


def personnel_cost(officer_pay_yen: int, salaries_bonus_yen: int, welfare_yen: int) -> int:
    """人件費 of a corporation in yen: pay of officers + salaries and bonus + welfare."""
    return officer_pay_yen + salaries_bonus_yen + welfare_yen


def value_added_corporation(operating_profit_yen: int, personnel_yen: int, depreciation_yen: int) -> int:
    """付加価値額 of a corporation in yen: operating profit + personnel cost + depreciation (may be negative)."""
    return operating_profit_yen + personnel_yen + depreciation_yen


def value_added_sole(balance_yen: int, interest_yen: int, depreciation_yen: int, wages_yen: int, welfare_yen: int) -> int:
    """付加価値額 of a sole proprietor in yen: 差引金額 + 利子割引料 + 減価償却費 + 給料賃金 + 福利厚生費 of the tax return."""
    return balance_yen + interest_yen + depreciation_yen + wages_yen + welfare_yen


def labour_productivity(value_added_yen: int, employees: int) -> Fraction:
    """Value added per employee, exact yen.

    Raises:
        ValueError: There is no employee.
    """
    return pay_per_head(value_added_yen, Fraction(employees))


def pay_per_head(payroll_yen: int, heads: Fraction | Decimal) -> Fraction:
    """1人あたり給与支給総額, exact yen: payroll over the headcount (part-timers as their full-time share, see `fte`).

    Raises:
        ValueError: The headcount is not positive.
    """
    if heads <= 0:
        raise ValueError("an amount per head needs at least one head")
    return Fraction(payroll_yen) / Fraction(heads)


def business_year_end(day: date, closing_month: int) -> date:
    """Last day of the business year that `day` falls into, for a firm that closes at the end of `closing_month` (1-12)."""
    year = day.year + (day.month > closing_month)
    return date(year, closing_month, calendar.monthrange(year, closing_month)[1])


def fte(part_hours: Fraction, full_hours: Fraction) -> Decimal:
    """Part-timer's hours over full-time hours, cut after two decimals (3/7 -> 0.42).

    Raises:
        ValueError: full_hours is not positive.
    """
    if full_hours <= 0:
        raise ValueError("full-time hours must be positive")
    share = part_hours / full_hours
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.01"), ROUND_DOWN)
