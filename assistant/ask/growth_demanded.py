"""The growth that requirements demand: which percentage holds with what is known."""

from __future__ import annotations

from fractions import Fraction

from assistant.ask.route import Place, Route
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.schema import Requirement
from assistant.rules.values import Value


def growth_requirement(route: Route, kind: str, inputs: Inputs | None = None) -> tuple[Place, Requirement, Value] | None:
    """The first requirement of that kind with a percentage, in the order of the places: the least one that what is known lets pass."""
    for place in route.places:
        for frame in place.frames:
            for need in frame.requirements:
                if need.kind != kind:
                    continue
                values = [v for v in need.figures.values() if v.percent is not None]
                if values:
                    return place, need, _enough(need, values, inputs or Inputs())
    return None


def _enough(need: Requirement, values: list[Value], inputs: Inputs) -> Value:
    """The least of the percentages of a requirement that meets it with what is known; the first where that does not decide."""
    test = need.test if len(values) > 1 else None
    growth = next((n for n in test.names if n.endswith("growth_pct")), "") if test else ""
    for value in sorted(values, key=lambda v: Fraction(str(v.percent))):
        verdict = test.check(inputs.with_(**{growth: str(value.percent)})) if test and growth else Verdict.UNKNOWN
        if verdict is not Verdict.NOT_MET:
            return value if verdict is Verdict.MET else values[0]
    return values[0]
