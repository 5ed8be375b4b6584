"""The formulas that no programme owns (`formulas/*.yaml`): arguments and result copied from the sources or computed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from test_rule_cases import KNOWLEDGE, Case

from assistant.matching.costs import Sorted, apply_limits
from assistant.rules import growth, parts, raises, shares
from assistant.rules.amounts import cost_for, subsidy_amount
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue, load_catalogue
from assistant.rules.raises import Worker
from assistant.rules.schema import Frame, RateCase, RateTable, SourceRef, YenCase, YenTable
from assistant.rules.shares import Business
from assistant.rules.strict_yaml import read_yaml

FORMULAS = Path(__file__).parent / "formulas"
ANY = SourceRef(doc="rules", section="G")


def plain_subsidy(cost_yen: int, ratio: str, cap_yen: int) -> int:
    """min(cost x rate, cap) of a frame that has nothing else."""
    rate = RateTable(source=ANY, cases=(RateCase(ratio=ratio),))
    amount = subsidy_amount(
        Frame(id="plain", label="例", cap=YenTable(source=ANY, cases=(YenCase(yen=cap_yen),)), rate=rate), Inputs(), cost_yen
    )
    assert amount is not None and amount.subsidy_yen + amount.own_funds_yen == cost_yen
    return amount.subsidy_yen


def raised_workers(staff: list[dict[str, Any]], course_yen: int, least_hours: int) -> int:
    return raises.raised_workers([Worker(**w) for w in staff], course_yen, least_hours)


def new_business_share(new: dict[str, int], base: dict[str, int], sales_ratio: str, value_ratio: str) -> bool | None:
    return shares.new_business_share(Business(**new), Business(**base), sales_ratio, value_ratio)


def may_use_division(firm_sales_yen: int, division_sales_yen: int, firm_least_yen: int, division_least_yen: int) -> bool:
    return shares.may_use_division(Business(firm_sales_yen), Business(division_sales_yen), firm_least_yen, division_least_yen)


def plans_open(values: dict[str, int], plans: dict[str, dict[str, list[Any]]]) -> list[str]:
    return list(shares.plans_open(values, {p: {m: (b[0], b[1]) for m, b in bands.items()} for p, bands in plans.items()}))


def counted_cost(edition: str, frame: str, by_category: dict[str, int]) -> int:
    """The cost that is left after the frame's limits on parts."""
    total = sum(by_category.values())
    costs = Sorted(total, by_category, (), total, (), ())
    return apply_limits(costs, CATALOGUE.editions[edition].frame(frame), Inputs({})).eligible_yen


CATALOGUE: Catalogue = load_catalogue(KNOWLEDGE)
HERE: dict[str, Callable[..., Any]] = {
    f.__name__: f for f in (plain_subsidy, raised_workers, new_business_share, may_use_division, plans_open, counted_cost)
}
HERE["cost_for_ratio"] = lambda amount_yen, ratio: cost_for(amount_yen, RateCase(ratio=ratio))
READ: dict[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat, "part_hours": Fraction, "full_hours": Fraction, "heads": Decimal,
    "reached": lambda v: {k: str(x) for k, x in v.items()} if isinstance(v, dict) else v,
}  # fmt: skip


def function_of(name: str) -> Callable[..., Any]:
    if name in HERE:
        return HERE[name]
    return next(getattr(m, name) for m in (growth, shares, raises, parts) if hasattr(m, name))


def plain(value: Any) -> Any:
    """A result as YAML writes it: exact numbers as text, whole ones as integers."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def all_formulas() -> list[Any]:
    return [pytest.param(c, id=f"{p.stem}: {c['name']}") for p in sorted(FORMULAS.glob("*.yaml")) for c in read_yaml(p)]


@pytest.mark.parametrize("case", all_formulas())
def test_formula(case: Case) -> None:
    assert set(case) == {"name", "call", "input", "output", "source"}
    arguments = {k: READ.get(k, lambda v: v)(v) for k, v in case["input"].items()}
    found = plain(function_of(case["call"])(**arguments))
    assert found == case["output"] and type(found) is type(case["output"])
