"""The subsidy of one frame for a project: the best combination of special measures, a range where an input is open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from assistant.matching.costs import Sorted, apply_limits
from assistant.matching.inputs import COMMITMENTS, combinations_of, earned_specials
from assistant.rules.amounts import Amount, cap_of, rate_of, subsidy_amount
from assistant.rules.components import component_of, components_amount
from assistant.rules.conditions import Condition, Inputs, Verdict
from assistant.rules.costs import specials_of_costs
from assistant.rules.limits import PLANNED_SALES, open_sales_limits, sales_for
from assistant.rules.schema import Frame, RateCase, RateTable, Special, YenTable
from assistant.rules.usual import usual

MOST_CASES = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """What a frame would pay. `amount` is None if it cannot be told; `low` and `high` bound it where inputs are open."""

    amount: Amount | None
    low: int | None
    high: int | None
    costs: Sorted
    specials: tuple[Special, ...]
    waits_for: tuple[str, ...]
    """Unknown inputs on which the amount depends."""
    rates: tuple[tuple[str, str], ...]
    cap_yen: int | None
    raw: Sorted
    """The costs before limits on parts."""

    @property
    def exact(self) -> bool:
        """Whether the amount is one figure."""
        return self.amount is not None and self.low == self.high


def offer(frame: Frame, inputs: Inputs, costs: Sorted) -> Offer:
    """The best offer over the special measures that are earned; of equal ones that with the fewest duties.

    A measure for what the firm is (a registration, say) binds it to nothing, so it counts also where the amount stays.
    """
    lifted = specials_of_costs(frame, (f"{item.category} {item.description}" for item, _ in costs.items))
    usable = (*earned_specials(frame, inputs), *(s for s in frame.specials if s.id in lifted))
    offers = [offer_with(frame, inputs, costs, chosen) for chosen in combinations_of(usable)]
    return max(offers, key=lambda o: (o.high or 0, o.low or 0, -sum(map(_binds, o.specials)), len(o.specials)))


def _binds(special: Special) -> bool:
    """Whether a special measure asks for a promise."""
    return bool(COMMITMENTS & set(special.requires.names))


def offer_with(frame: Frame, inputs: Inputs, costs: Sorted, specials: tuple[Special, ...]) -> Offer:
    """The offer with certain special measures, whether they are earned or not."""
    given = usual(inputs).with_(specials=tuple(s.id for s in specials))
    results: list[tuple[Inputs, Sorted, Amount]] = []
    waits = _open_inputs(frame, given, costs)
    for case in _completions(frame, given, waits, costs):
        left = apply_limits(costs, frame, case)
        amount = _amount(frame, case, left)
        if amount is not None:
            results.append((case, left, amount))
    possible = [r for r in results if r[2].blocked is None and r[1].blocked is None] or results
    cap, rate = cap_of(frame, given), rate_of(frame, given)
    if not possible:
        return Offer(None, None, None, apply_limits(costs, frame, given), specials, waits, (), cap[0] if cap else None, costs)
    sums = [0 if r[1].blocked else r[2].subsidy_yen for r in possible]
    best = possible[sums.index(max(sums))]
    one = len({(s, r[2].cap_yen) for s, r in zip(sums, possible, strict=True)}) == 1 or len(possible) == 1
    least = 0 if costs.open_limit else min(sums)
    exact = least == max(sums)
    rates = best[2].rates if one or rate is not None else _joined(possible)
    cap_yen = best[2].cap_yen if one or cap is not None else None
    return Offer(best[2], least, max(sums), best[1], specials, () if exact else waits, rates, cap_yen, costs)


def _joined(results: list[tuple[Inputs, Sorted, Amount]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(r for _, _, amount in results for r in amount.rates))


def _amount(frame: Frame, inputs: Inputs, costs: Sorted) -> Amount | None:
    if not costs.eligible_yen:
        return None
    if frame.components:
        return _by_component(frame, inputs, costs)
    if frame.rate is None:
        return None
    return subsidy_amount(frame, inputs, costs.eligible_yen, costs.by_category, costs.left_yen)


def _by_component(frame: Frame, inputs: Inputs, costs: Sorted) -> Amount | None:
    """The amount of a frame whose parts have caps and rates of their own: each item in the part that its words name."""
    parts: dict[str, int] = {}
    for item, category in costs.items:
        part = component_of(f"{item.description} {item.category}", category, frame)
        parts[part.id] = parts.get(part.id, 0) + item.yen
    return components_amount(frame, inputs, parts or {frame.components[0].id: costs.eligible_yen}, costs.left_yen)


def _tables(frame: Frame) -> list[YenTable | RateTable]:
    parts = [t for c in frame.components for t in (c.cap, c.rate)]
    return [t for t in (frame.cap, frame.rate, frame.floor, *parts) if t is not None]


def _open_inputs(frame: Frame, inputs: Inputs, costs: Sorted) -> tuple[str, ...]:
    """Unknown inputs on which a row of the frame's tables or a limit on the project's costs depends."""
    names: list[str] = [PLANNED_SALES] if open_sales_limits(frame, inputs, costs.by_category) else []
    for table in _tables(frame):
        for case in table.cases:
            names += [n for n in case.when.missing(inputs) if n not in names]
            if case.when.check(inputs) is Verdict.MET:
                break
    return tuple(names)


def _completions(frame: Frame, inputs: Inputs, names: tuple[str, ...], costs: Sorted) -> list[Inputs]:
    """The inputs with each open one filled by every value that makes a difference; sales by none and by enough."""
    ends = [0, *(sales_for(x, sum(costs.by_category.values())) for x in open_sales_limits(frame, inputs, costs.by_category))]
    values = [ends if n == PLANNED_SALES else _possible(n, _values(frame, n), inputs) for n in names]
    if not all(values):
        return [inputs]
    return [inputs.with_(**dict(zip(names, given, strict=True))) for given in list(product(*values))[:MOST_CASES]]


def _possible(name: str, values: list[Any], inputs: Inputs) -> list[Any]:
    """The values that a count of people may have among the others who were told."""
    most = inputs.most(name)
    return values if most is None else [v for v in values if v <= most]


def _values(frame: Frame, name: str) -> list[Any]:
    """The values of an input that make a difference; a grant in full is for others (universities, organisers), not counted on."""
    cases = [case for table in _tables(frame) for case in table.cases]
    found = dict.fromkeys(v for case in cases for v in _tested(case.when, name))
    full = {v for case in cases if isinstance(case, RateCase) and case.fixed for v in _tested(case.when, name) if v != ""}
    return [v for v in found if name != "option" or v not in full]


def _tested(condition: Condition, name: str) -> list[Any]:
    test = next((t for n, t in condition.tests.items() if n == name), None)
    out: list[Any] = [v for part in condition.any for v in _tested(part, name)]
    if test is None:
        return out
    if isinstance(test.is_, bool):
        return [*out, True, False]
    if name == "size":
        return [*out, "small", "sme"]
    if name == "option":
        return [*out, test.is_, ""]  # one that the table names, or none of them
    bounds = [int(v) for v in (test.min, test.max) if v is not None and str(v).lstrip("-").isdigit()]
    return out + (bounds or ([test.is_] if test.is_ is not None else []) + list(test.in_ or ()))
