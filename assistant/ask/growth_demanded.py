"""The growth that requirements demand: which percentage holds with what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistant.ask.names import regions_in
from assistant.ask.route import Place, Route
from assistant.ask.told_frames import with_told_frames
from assistant.rules.conditions import INPUT_LABELS, Condition, InputName, Inputs, Verdict
from assistant.rules.schema import Fact, Frame, Requirement, Special
from assistant.rules.values import Value

if TYPE_CHECKING:
    from assistant.ask.reckon import Case

_SPECIAL = re.compile(r"特例|大幅|上乗せ|引き?上げ枠")
"""What names a special measure outright, and not only by a figure of it."""
_OF_PAYROLL = re.compile(r"(?<!あたり)(?<!当たり)給与支給総額(の年平均成長率)?を(年平均)?\{(?P<rate>\w+)\}")
"""Where a text demands a growth of the whole pay."""


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


@dataclass(frozen=True, slots=True)
class Demand:
    """The growth that a rule demands of one thing; without a value what is `missing` decides it."""

    metric: InputName
    place: Place
    rule: Requirement | Special | Fact
    value: Value | None
    yearly: bool = True
    missing: tuple[str, ...] = ()


def growth_demanded(case: Case, metric: InputName) -> Demand | None:
    """The growth that a named special measure, else a requirement, of the places in question demands of a metric."""
    named = set(case.inputs.get("specials") or ()) if _SPECIAL.search(case.text) else set()
    for place in (with_told_frames(case.query, p) for p in case.route.places):
        for frame in place.frames:
            found = next(_of_frame(case, place, frame, metric, named), None)
            if found is not None:
                return found
    return None


def _of_frame(case: Case, place: Place, frame: Frame, metric: InputName, named: set[str]) -> Iterator[Demand]:
    for special in (s for s in frame.specials if s.id in named and metric in s.requires.tests):
        least = special.requires.tests[metric].min
        if least is not None:
            yield Demand(metric, place, special, Value(percent=str(least), bound="min"), "年平均" in special.text)
    for need in (r for r in frame.requirements if r.kind in ("growth", "wage")):
        if need.test is None:
            said = _OF_PAYROLL.search(need.text) if metric == "payroll_growth_pct" else None
            if said and need.figures[said["rate"]].percent is not None:
                yield Demand(metric, place, need, need.figures[said["rate"]])
        elif metric in need.test.names:
            yield from _of_test(case, place, need, metric, need.test)


def _of_test(case: Case, place: Place, need: Requirement, metric: InputName, test: Condition) -> Iterator[Demand]:
    """The demand of a requirement with cases: the one case that what is known leaves, else its usual one."""
    cases = [c for c in (test.any or (test,)) if metric in c.tests and c.tests[metric].min is not None]
    known = _with_prefecture(case)
    left = [c for c in cases if not any(t.check(known.get(n)) is Verdict.NOT_MET for n, t in c.tests.items() if n != metric)]
    rates = {str(c.tests[metric].min) for c in left}
    if len(rates) == 1:
        rate = rates.pop()
        yield Demand(metric, place, _local(known, place, rate) or need, Value(percent=rate, bound="min"))
    elif any("prefecture" in c.tests for c in left):
        yield Demand(metric, place, need, None, True, (INPUT_LABELS["prefecture"],))
    elif left:
        usual = next((v for v in need.figures.values() if v.percent is not None), None)
        yield Demand(metric, place, need, usual)


def _with_prefecture(case: Case) -> Inputs:
    """What is known, with the one prefecture that the text names."""
    told = regions_in(case.text, case.catalogue) if case.inputs.get("prefecture") is None else []
    return case.inputs.with_(prefecture=told[0]) if len(told) == 1 else case.inputs


def _local(known: Inputs, place: Place, rate: str) -> Fact | None:
    """The fact that prints the rate of the prefecture told."""
    where = str(known.get("prefecture") or "")
    facts = (f for f in place.edition.facts if where and f.kind == "wage" and f.topic.startswith(where))
    return next((f for f in facts if any(str(v.percent) == rate for v in f.figures.values())), None)
