"""Parts with caps of their own where an input lacks, and formulas that have nothing to divide by."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from test_rule_cases import KNOWLEDGE

from assistant.rules.components import components_amount
from assistant.rules.conditions import Inputs
from assistant.rules.growth import labour_productivity, pay_per_head
from assistant.rules.load import load_catalogue
from assistant.rules.parts import combined_amount, itemised_amount, yearly_amounts
from assistant.rules.raises import shortfall_share
from assistant.rules.shares import reduction, saving_per_cost

CATALOGUE = load_catalogue(KNOWLEDGE)
JOINT = CATALOGUE.editions["digital-ai/2026-fukusu"].frame("fukusu")


def test_an_unknown_input_leaves_the_parts_unknown() -> None:
    years = CATALOGUE.editions["go-tech/2025"].frame("tsujo")
    assert yearly_amounts(years, Inputs(), (10_000_000,)) is None  # the rate waits for the taxable income
    succession = CATALOGUE.editions["shokei-ma/2026"]
    main, closure = succession.frame("sokushin"), succession.frame("haigyo")
    assert combined_amount(main, closure, Inputs(), (1_000_000, 1_000_000)) is None
    assert itemised_amount(main, Inputs(), (1_000_000,)) is None


def test_no_year_and_no_item_make_nothing() -> None:
    years = CATALOGUE.editions["go-tech/2025"].frame("tsujo")
    found = yearly_amounts(years, Inputs({"taxable_income_yen": 0}), ())
    assert found is not None and (found.each, found.total_yen) == ((), 0)
    rent = itemised_amount(CATALOGUE.editions["yokkaichi-it-office/2026"].frame("chinryo"), Inputs(), ())
    assert rent is not None and (rent.each, rent.total_yen) == ((), 0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: pay_per_head(1, Fraction(0)),
        lambda: labour_productivity(1, 0),
        lambda: reduction(0, 0),
        lambda: saving_per_cost(1, 0, 1),
        lambda: saving_per_cost(1, 1, 0),
        lambda: shortfall_share("0", "1"),
    ],
)
def test_nothing_to_divide_by_is_an_error(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="needs"):
        call()


@pytest.mark.parametrize(("office", "counted"), [(999_999, 999_999), (1_000_000, 1_000_000), (1_000_001, 1_000_000)])
def test_a_limit_on_cost_holds_for_a_part_as_well(office: int, counted: int) -> None:
    amount = components_amount(JOINT, Inputs({"members": 40, "size": "sme"}), {"bunseki": 10_000_000, "jimu": office})
    assert amount is not None and amount.spending_yen == 10_000_000 + office
    assert amount.subsidy_yen == 10_000_000 * 2 // 3 + counted * 2 // 3
    assert (amount.doubt is not None) is (counted < office)


def test_a_cap_on_several_parts_together() -> None:
    below = components_amount(JOINT, Inputs({"members": 40, "size": "sme"}), {"bunseki": 30_000_000})
    above = components_amount(JOINT, Inputs({"members": 80, "size": "sme"}), {"bunseki": 60_000_000})
    assert below is not None and below.subsidy_yen == 20_000_000
    assert above is not None and above.subsidy_yen == 30_000_000 and above.own_funds_yen == 30_000_000
