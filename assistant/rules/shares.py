"""Shares, reductions and thresholds of which one must be met: plain comparisons, exact, figures as arguments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


def reaches_share(part: int, whole: int, ratio: str) -> bool:
    """Whether part >= ratio x whole; False if there is no whole (half of the sales abroad, 10% of the sales …)."""
    return whole > 0 and Fraction(part) >= Fraction(ratio) * whole


def stays_below(by_category: Mapping[str, int], side: Collection[str], main: Collection[str]) -> bool:
    """Whether the costs of the `side` categories together are less than those of the `main` ones."""
    return sum(by_category.get(c, 0) for c in side) < sum(by_category.get(c, 0) for c in main)


def cost_without(by_category: Mapping[str, int], uncounted: Collection[str]) -> int:
    """The cost in yen that counts for a threshold which leaves some categories out."""
    return sum(yen for category, yen in by_category.items() if category not in uncounted)


def reduction(before: int | Fraction, after: int | Fraction) -> Fraction:
    """(before - after) / before: 省エネ率, the share of working time that is saved, and the like; negative if it grew.

    Raises:
        ValueError: before is not positive.
    """
    if before <= 0:
        raise ValueError("a reduction needs a positive value before")
    return (Fraction(before) - Fraction(after)) / Fraction(before)


def saving_per_cost(saved: int | Fraction, cost_yen: int, unit_yen: int) -> Fraction:
    """What is saved for each `unit_yen` of cost (kl per 10 million yen, say).

    Raises:
        ValueError: cost or unit is not positive.
    """
    if cost_yen <= 0 or unit_yen <= 0:
        raise ValueError("a saving per cost needs a cost")
    return Fraction(saved) * unit_yen / cost_yen


def payback_years(investment_yen: int, yearly_gain_yen: int) -> Fraction | None:
    """Years until an investment is earned back; None if it never is."""
    return Fraction(investment_yen, yearly_gain_yen) if yearly_gain_yen > 0 else None


def meets_any(reached: Mapping[str, Fraction | int | str], thresholds: Mapping[str, Fraction | int | str]) -> bool | None:
    """Whether one of the thresholds is reached; None if none of those told is and others are not told.

    Args:
        reached: What the project reaches, by the name of the measure.
        thresholds: The least value of each measure; one of them is enough.
    """
    told = [Fraction(reached[name]) >= Fraction(least) for name, least in thresholds.items() if name in reached]
    if any(told):
        return True
    return False if len(told) == len(thresholds) else None


def plans_open(values: Mapping[str, int], plans: Mapping[str, Mapping[str, tuple[int, int | None]]]) -> tuple[str, ...]:
    """Ids of the plans of which at least one band fits.

    Args:
        values: The applicant's measures by name (energy, floor area, buildings, storeys …).
        plans: By plan and measure the band: more than the first bound, at most the second (None: no upper bound).
    """
    return tuple(
        plan
        for plan, bands in plans.items()
        if any(low < values[m] and (high is None or values[m] <= high) for m, (low, high) in bands.items() if m in values)
    )


@dataclass(frozen=True, slots=True)
class Business:
    """Sales and value added of a firm, a division or a new product, in whole yen; None if not told."""

    sales_yen: int | None = None
    value_added_yen: int | None = None


def new_business_share(new: Business, base: Business, sales_ratio: str, value_ratio: str) -> bool | None:
    """Whether the new products reach a share of the base's sales or of its value added; None if that is not told."""
    told = [
        reaches_share(part, whole, ratio)
        for part, whole, ratio in (
            (new.sales_yen, base.sales_yen, sales_ratio), (new.value_added_yen, base.value_added_yen, value_ratio),
        )
        if part is not None and whole is not None
    ]  # fmt: skip
    if any(told):
        return True
    return False if len(told) == 2 else None


def may_use_division(firm: Business, division: Business, firm_least_yen: int, division_least_yen: int) -> bool:
    """Whether firm and division are large enough for the share to be of the division alone."""
    return (firm.sales_yen or 0) >= firm_least_yen and (division.sales_yen or 0) >= division_least_yen


def months_reached(months: Sequence[tuple[int, int]], ratio: str, least_months: int) -> bool:
    """Whether in at least `least_months` of the (part, whole) headcounts the part is at least `ratio` of the whole."""
    return sum(reaches_share(part, whole, ratio) for part, whole in months) >= least_months
