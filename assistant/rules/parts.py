"""Amounts of which each part (year, month, person, second frame) has a cap of its own before the sum has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.rules.amounts import cap_of, decided, rate_of, subsidy_amount, tiered
from assistant.rules.conditions import Inputs
from assistant.rules.schema import Frame, RateCase, YenCase


@dataclass(frozen=True, slots=True)
class Parts:
    """The subsidy in whole yen: of each part by itself, and of all together after the cap on the sum."""

    each: tuple[int, ...]
    total_yen: int


def yearly_amounts(frame: Frame, inputs: Inputs, costs: Sequence[int]) -> Parts | None:
    """The subsidy of a project over several years: the cap of every year first, then that of all years.

    Args:
        frame: A frame whose cap table has rows by `year_no`; a row that holds for year 0 is of all years together.
        inputs: What is known of the applicant, without `year_no`.
        costs: Eligible cost of the first, second … year in whole yen.

    Returns:
        The parts, or None if cap or rate wait for an unknown input.
    """
    each = []
    for year, cost in enumerate(costs, 1):
        amount = subsidy_amount(frame, inputs.with_(year_no=year, cost_yen=cost), cost)
        if amount is None:
            return None
        each.append(amount.subsidy_yen)
    caps = yearly_caps(frame, inputs)
    return Parts(tuple(each), min(sum(each), caps[1]) if caps else sum(each))


def yearly_caps(frame: Frame, inputs: Inputs) -> tuple[int, int] | None:
    """The cap of one year and that of all years together in whole yen; None if the frame has not both, or inputs lack."""
    one, whole = (decided(frame.cap, inputs.with_(year_no=n), frame) for n in (1, 0))
    if not isinstance(one, YenCase) or not isinstance(whole, YenCase) or one is whole:
        return None
    return one.yen, whole.yen


def itemised_amount(frame: Frame, inputs: Inputs, costs: Sequence[int], a_year: int = 0) -> Parts | None:
    """The subsidy for items that each have a cap (a month's rent, one examination of one person), then the frame's cap.

    Args:
        frame: A frame with a limit of kind cap_subsidy without categories: the cap of a single item.
        inputs: What is known of the applicant.
        costs: Eligible cost of each item in whole yen.
        a_year: How many of them fall into one year, where the frame's cap holds for each year; 0 if all do.

    Returns:
        The parts, or None if cap or rate wait for an unknown input.
    """
    rate, cap = rate_of(frame, inputs), cap_of(frame, inputs)
    if rate is None or cap is None:
        return None
    limits = [x.yen for x in frame.limits if x.kind == "cap_subsidy" and not x.categories and x.yen is not None]
    each = tuple(min([int(tiered(Fraction(cost), rate)[0]), *limits]) for cost in costs)
    step = a_year if a_year and frame.cap_each_year else len(each) or 1
    return Parts(each, sum(min(sum(each[i : i + step]), cap[0]) for i in range(0, len(each), step)))


def combined_amount(
    main: Frame, added: Frame, inputs: Inputs, costs: tuple[int, int], rate: RateCase | None = None
) -> Parts | None:
    """The subsidy where a second frame is applied for beside a main one: two caps, the rate of the main frame for both.

    Args:
        main: The frame whose rate holds.
        added: The frame that is combined with it.
        inputs: What is known of the applicant.
        costs: Eligible cost of the main frame and of the added one in whole yen.
        rate: The row of the main frame's rates, where the inputs do not decide it.

    Returns:
        The parts, or None if a cap or the rate waits for an unknown input.
    """
    rate, caps = rate or rate_of(main, inputs), (cap_of(main, inputs), cap_of(added, inputs))
    if rate is None or caps[0] is None or caps[1] is None:
        return None
    wanted = [int(tiered(Fraction(cost), rate)[0]) for cost in costs]
    each = (min(wanted[0], caps[0][0]), min(wanted[1], caps[1][0]))
    return Parts(each, sum(each))


def daily_amount(days: int, a_day_yen: int, most_yen: int) -> int:
    """A fixed amount for each day up to a cap, in whole yen."""
    return min(days * a_day_yen, most_yen)


def capped_by_multiple(amount_yen: int, base_yen: int, times: int) -> int:
    """An amount that may be no more than a multiple of another one (twice the planned investment of a fund), in whole yen."""
    return min(amount_yen, times * base_yen)
