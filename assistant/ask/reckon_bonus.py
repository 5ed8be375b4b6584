"""Whether the lowest wage rose by as much as a bonus point asks for: from two wages, or by a raise that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, result, yen
from assistant.ask.steps import less_step, sum_step
from assistant.rules.schema import Edition, Fact
from assistant.rules.values import Value, format_yen
from assistant.text.numbers import Quantity

_RAISED = re.compile(r"最低賃金[^。]{0,40}\{(?P<figure>[a-z0-9-]+)\}引き?上げ")
_ABOUT = re.compile(r"加点")
_DONE = re.compile(r"円(だけ|ほど)?(の?引き?上げ|上げ|アップ)")
"""What says that wages were, or will be, raised by an amount."""
_ENDS = re.compile(r"期末|後(は|に|の)?[^。、]{0,4}$|引き?上げ後|直近|現在")
_WAGE = range(500, 5000)
"""Amounts that may be an hourly wage."""
_FROM_REGION = re.compile(r"(地域別?|県|都道府県)の?(最低賃金|最賃)[^。、]{0,8}$")


def bonus_raise(case: Case) -> list[ComputedFinding]:
    """Whether a raise earns the bonus point for it, how far it is off, or the wage that it takes."""
    if not _ABOUT.search(case.query.text):
        return []
    found = next(_rules(case), None)
    told = [q for q in case.query.slots.quantities if q.whole("yen") is not None and q.bound is None]
    wages = [q for q in told if q.whole("yen") in _WAGE and not _FROM_REGION.search(case.query.text[: q.start])]
    raised = case.query.slots.inputs.get("min_wage_raise_yen") if _DONE.search(case.query.text) else None
    if found is None or not (wages or raised):
        return []
    edition, fact, line = found
    least = line.yen or 0
    if len(wages) == 1 and case.wants_number and not raised:
        return [_goal(case, edition, fact, line, wages[0].whole("yen") or 0)]
    if len(wages) == 2:
        before, after = _in_order(case, wages)
        rise = after - before
        steps: tuple[str, ...] = (less_step(after, before),) if after >= before else (f"{format_yen(before)} → {format_yen(after)}",)
    elif not wages and raised:
        rise, steps = int(raised), ()
    else:
        return []
    met = rise >= least
    shown: dict[str, Part] = {"name": case.heading(edition, fact.topic), "rise": yen(abs(rise), not steps), "least": line}
    key = "bonus_fell" if rise < 0 else "bonus_met" if met else "bonus_not_met"
    lines: list[Line] = [(key, shown | {"gap": yen(least - rise)} if key == "bonus_not_met" else shown), ("rule", {"text": fact})]
    return [result(*lines, steps=steps, source=fact.source, verdict=met, place=case.place_of(edition))]


def _rules(case: Case) -> Iterator[tuple[Edition, Fact, Value]]:
    """The bonus points for a raise of the lowest wage, with the raise: that which begins with it before a list of all points."""
    for place in case.route.places:
        found = [(m.start(), f, m["figure"]) for f in place.edition.facts if f.kind == "bonus" and (m := _RAISED.search(f.text))]
        for _, fact, name in sorted(found, key=lambda x: x[0]):
            value = fact.figures[name]
            if value.yen and value.bound == "min":
                yield place.edition, fact, value


def _in_order(case: Case, wages: list[Quantity]) -> tuple[int, int]:
    """The wage before and after: in the order of the text, unless the first is told to be that at the end."""
    first, second = (q.whole("yen") or 0 for q in wages)
    turned = _ENDS.search(case.query.text[max(0, wages[0].start - 8) : wages[0].start]) and not _ENDS.search(
        case.query.text[max(wages[0].end, wages[1].start - 8) : wages[1].start]
    )
    return (second, first) if turned else (first, second)


def _goal(case: Case, edition: Edition, fact: Fact, line: Value, wage: int) -> ComputedFinding:
    goal = wage + (line.yen or 0)
    shown: dict[str, Part] = {"goal": yen(goal), "wage": yen(wage, True), "least": line}
    step = sum_step((wage, line.yen or 0))
    return result(
        ("bonus_goal", shown), ("rule", {"text": fact}), steps=(step,), source=fact.source, place=case.place_of(edition)
    )
