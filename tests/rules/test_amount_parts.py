"""Parts with caps of their own where an input lacks, and formulas that have nothing to divide by."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from test_rule_cases import KNOWLEDGE

from assistant.rules.conditions import Inputs
from assistant.rules.growth import labour_productivity, pay_per_head
from assistant.rules.load import load_catalogue
from assistant.rules.parts import combined_amount, itemised_amount, yearly_amounts
from assistant.rules.raises import shortfall_share
from assistant.rules.shares import reduction, saving_per_cost

CATALOGUE = load_catalogue(KNOWLEDGE)


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
