"""The cost that brings a wanted subsidy: the computation turned round, tier by tier, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding, Finding
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.rules.amounts import cap_of, cost_for, decided, rate_of
from assistant.rules.components import component_of, with_cap_of
from assistant.rules.conditions import Inputs
from assistant.rules.schema import Component, Frame, RateCase, SourceRef
from assistant.rules.values import format_yen


@dataclass(frozen=True, slots=True)
class CostNeeded:
    """A subsidy with the least cost that brings it, both in whole yen, tax excluded."""

    wanted_yen: int
    cost_yen: int
    steps: tuple[str, ...]
    source: SourceRef | None
    beyond_yen: int | None = None
    """The subsidy asked for, where it lies above the cap: the cap is what was computed then."""


def cost_needed(frame: Frame, inputs: Inputs, wanted_yen: int | None) -> CostNeeded | None:
    """The cost that brings the wanted subsidy, or the cap if none is named; None if inputs lack or a frame has parts."""
    rate, table = rate_of(frame, inputs), frame.rate
    return _needed(frame, inputs, wanted_yen, rate, table.source if table else None)


def part_cost_needed(part: Component, frame: Frame, inputs: Inputs, wanted_yen: int | None) -> CostNeeded | None:
    """The cost of one part that brings the wanted subsidy, or the part's cap if none is named; None if inputs lack."""
    rate = decided(part.rate, inputs, frame)
    return _needed(with_cap_of(frame, part), inputs, wanted_yen, rate if isinstance(rate, RateCase) else None, part.rate.source)


def _needed(frame: Frame, inputs: Inputs, wanted: int | None, rate: RateCase | None, source: SourceRef | None) -> CostNeeded | None:
    cap = cap_of(frame, inputs)
    if rate is None or (cap is None and wanted is None):
        return None
    beyond = wanted if wanted is not None and cap is not None and wanted > cap[0] else None
    goal = cap[0] if cap is not None and (wanted is None or beyond) else wanted
    if goal is None:
        return None
    steps = _steps(goal, rate)
    return CostNeeded(goal, cost_for(goal, rate), (*cap[2], *steps) if beyond and cap else steps, source, beyond)


def _steps(wanted: int, rate: RateCase) -> tuple[str, ...]:
    if rate.fixed:
        return (f"定額：{format_yen(wanted)}",)
    if rate.ratio is not None:
        return (f"{format_yen(wanted)} ÷ {rate.ratio} ＝ {_whole(Fraction(wanted) / Fraction(rate.ratio))}",)
    steps, reached = [], 0
    for tier in rate.tiers:
        top = wanted if tier.up_to_yen is None else min(wanted, tier.up_to_yen)
        if top > reached:
            part = top - reached
            steps.append(f"{format_yen(part)} ÷ {tier.ratio} ＝ {_whole(Fraction(part) / Fraction(tier.ratio))}")
            reached = top
    if len(steps) > 1:
        steps.append(f"合計 {format_yen(cost_for(wanted, rate))}")
    return tuple(steps)


def _whole(cost: Fraction) -> str:
    """A cost in whole yen, rounded up, since less would not bring the subsidy."""
    return format_yen(-int(-cost // 1)) + ("（1円未満切上げ）" if cost.denominator != 1 else "")


def inverse_findings(asked: Inquiry) -> list[Finding]:
    """The cost that brings a wanted subsidy, where the question asks for a cost and names none."""
    query = asked.query
    if not query.has_word("cost_needed") or query.slots.items:
        return []
    least = "最低" in query.text and any(r.kind == "investment" for p in asked.route.places for f in p.frames for r in f.requirements)
    wanted = (query.slots.money.get("cap_yen") or query.slots.money.get("subsidy_yen") or (None,))[0]
    if least and wanted is None:  # the least that must be invested is a requirement of its own
        return []
    out: list[Finding] = []
    for place in asked.own_places:
        for frame in place.frames:
            found = _of_frame(query, frame, asked.inputs, wanted)
            if found is not None:
                out.append(_finding(found, query, place))
    return out[:2]


def _of_frame(query: Query, frame: Frame, inputs: Inputs, wanted: int | None) -> CostNeeded | None:
    """The cost in a frame at the size class told, else at the first one that decides the rate and has the rate named."""
    part = component_of(query.text, None, frame) if frame.components else None
    for size in (None, "sme", "small"):
        given = inputs.with_(size=inputs.get("size") or size)
        rate = decided(part.rate if part else frame.rate, given, frame)
        if not isinstance(rate, RateCase) or not (rate.ratio or rate.tiers):
            continue
        first = rate.ratio or rate.tiers[0].ratio
        if query.slots.ratios and str(query.slots.ratios[0]) != first:
            continue
        found = part_cost_needed(part, frame, given, wanted) if part else cost_needed(frame, given, wanted)
        if found is not None:
            return found
    return None


def _finding(found: CostNeeded, query: Query, place: Place) -> ComputedFinding:
    values = {"wanted": found.wanted_yen, "cost": found.cost_yen, "beyond": found.beyond_yen}
    claimed = query.slots.claimed[0].value if query.slots.claimed else None
    verdict = None if claimed is None or found.beyond_yen else claimed == found.cost_yen
    return ComputedFinding("cost_needed", values, found.steps, found.source, verdict, place)
