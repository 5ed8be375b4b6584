"""Every sum that may be asked for in words, in the order in which they are tried: the first that answers wins."""

from __future__ import annotations

from collections.abc import Callable

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case
from assistant.ask.reckon_below import below_regional
from assistant.ask.reckon_bonus import bonus_raise
from assistant.ask.reckon_books import base_year, payback, per_head, productivity, value_added
from assistant.ask.reckon_caps import frames_together, parts_of_whole
from assistant.ask.reckon_counted import not_all_count
from assistant.ask.reckon_each import per_head_turned
from assistant.ask.reckon_energy import any_one, plans, reduced
from assistant.ask.reckon_form import pages_left, picks, title_length
from assistant.ask.reckon_grown import base_for_end, grown_share, pair_grown
from assistant.ask.reckon_growths import goal_of_region, growths, wage_goal
from assistant.ask.reckon_missed import special_missed
from assistant.ask.reckon_near_minimum import near_minimum
from assistant.ask.reckon_pair import local_goal, pair_held
from assistant.ask.reckon_part import part_of_subsidy
from assistant.ask.reckon_pay import special_pay, special_pay_held
from assistant.ask.reckon_period import period_end
from assistant.ask.reckon_prices import unit_price
from assistant.ask.reckon_rate import implied_rate
from assistant.ask.reckon_sales_share import share_a_year
from assistant.ask.reckon_shares import below_the_rest, by_day, floor_missed, new_business, new_business_least, twice
from assistant.ask.reckon_size import small_by_trade
from assistant.ask.reckon_staff import staff_fell, staff_line
from assistant.ask.reckon_taxed import taxed
from assistant.ask.reckon_two_frames import two_frames
from assistant.ask.reckon_wages import (
    base_year_pay,
    difference_back,
    no_course,
    pay_goals,
    profit_fell,
    profit_special,
    raised,
    shortfall,
)

AHEAD = (
    special_missed, profit_special, implied_rate, frames_together, parts_of_whole, taxed, part_of_subsidy, not_all_count, picks,
    title_length, pages_left, base_for_end, bonus_raise, pair_held, local_goal, grown_share, pair_grown, per_head_turned,
    staff_line, staff_fell, small_by_trade, below_regional, special_pay_held, share_a_year,
)  # fmt: skip
"""Sums that decide what a passage on the same matter would decide without the user's numbers."""
FIRST = (unit_price, special_pay, new_business_least, new_business, value_added, productivity, base_year_pay, growths)
"""Sums whose numbers other computations would take for something else."""
RECKONINGS: tuple[Callable[[Case], list[ComputedFinding]], ...] = (
    bonus_raise, special_pay, new_business_least, new_business, period_end, growths, goal_of_region, wage_goal, value_added, productivity,
    per_head, base_year_pay, base_year, payback, any_one, reduced, plans, raised, no_course, profit_fell, difference_back, near_minimum,
    shortfall, pay_goals, two_frames, below_the_rest, by_day, twice, floor_missed, staff_fell,
)  # fmt: skip


def ahead(case: Case) -> list[ComputedFinding]:
    """Sums that go before the verdict of a passage, where all that they need is told; a growth by a rate of each place asks back."""
    return next((f for reckon in AHEAD if (f := reckon(case)) and (reckon is pair_held or not f[0].ask_for)), [])


def added_up(case: Case) -> list[ComputedFinding]:
    """Sums whose numbers other computations would misread, where all of them are told; see `reckoned`."""
    return next((found for reckon in FIRST if (found := reckon(case)) and not found[0].ask_for), [])


def reckoned(case: Case) -> list[ComputedFinding]:
    """What the first sum gives that the question asks for; empty if it asks for none."""
    return next((found for reckon in RECKONINGS if (found := reckon(case))), [])


def beside_requirement(case: Case) -> list[ComputedFinding]:
    """What else the costs of a question decide where they are held against a requirement: that they miss a share."""
    return [f for f in below_the_rest(case) if f.verdict is False]
