"""Frames whose parts have caps and rates of their own (software and hardware, say): each part computed, then added up."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from assistant.rules.amounts import Amount, cap_of, component_amount, tiers_used
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.limits import counted_costs, cut_to, head, limited_categories
from assistant.rules.schema import Component, Frame
from assistant.rules.values import format_yen


def component_of(text: str, category: str | None, frame: Frame) -> Component:
    """The part that pays for a cost: that of its category, else the one with the longest name in its words, else the first."""
    label = _fold(text)
    named = [c for c in frame.components if c.id == category]
    hits = [(len(_fold(n)), -i) for i, c in enumerate(frame.components) for n in (c.label, *c.also) if _fold(n) in label]
    return named[0] if named else frame.components[-max(hits)[1]] if hits else frame.components[0]


def names_component(text: str, frame: Frame) -> bool:
    """Whether a text names a part of a frame."""
    return any(_fold(n) in _fold(text) for c in frame.components for n in (c.label, *c.also))


def components_amount(frame: Frame, inputs: Inputs, costs: Mapping[str, int], excluded_yen: int = 0) -> Amount | None:
    """The subsidy of a frame with parts.

    Args:
        frame: A frame with components.
        inputs: What is known of applicant and project.
        costs: Eligible cost in whole yen by component id.
        excluded_yen: Spending that the frame does not pay for; counts for own funds alone.

    Returns:
        The amount with its steps, or None if a cap or rate waits for an unknown input.
    """
    used = [c for c in frame.components if c.id in costs]
    cost = sum(costs.values())
    counted, cuts = counted_costs(frame, costs, cost)
    paid, steps, rates = dict[str, int](), [s for _, s in cuts], list[tuple[str, str]]()
    for part in used:
        found = component_amount(part, frame, inputs, counted[part.id])
        if found is None:
            return None
        paid[part.id] = found[0]
        steps += found[1]
        rates += _rates(part, inputs, found[0])
    for limit in (x for x in frame.limits if x.kind == "cap_subsidy"):
        group = limited_categories(limit, paid)
        if limit.yen is not None and sum(paid[c] for c in group) > limit.yen:
            paid = cut_to(paid, group, limit.yen)
            steps.append(f"補助額は合わせて {format_yen(limit.yen)} まで（{head(limit)}）")
    total = sum(paid.values())
    if len(used) > 1:
        steps.append(f"合計 {format_yen(total)}")
    spending = cost + excluded_yen
    steps.append(f"自己負担：{format_yen(spending)} － {format_yen(total)} ＝ {format_yen(spending - total)}")
    cap = _cap(frame, used, inputs)
    sources = tuple(dict.fromkeys(c.rate.source for c in used))
    doubt = next((x.doubt for x, _ in cuts if x.doubt), None)
    return Amount(
        total, cap, cap, cost, spending, spending - total, tuple(dict.fromkeys(rates)), total, None, None, tuple(steps), sources,
        doubt,
    )  # fmt: skip


def _rates(part: Component, inputs: Inputs, paid_yen: int) -> list[tuple[str, str]]:
    """The rates that made what a part pays, each with what it is on."""
    for case in part.rate.cases:
        if case.when.check(inputs) is not Verdict.MET:
            continue
        if case.ratio:
            return [(case.ratio, part.label)]
        return [(t.ratio, f"{part.label}（{_tier_words(t.up_to_yen)}）") for t in tiers_used(case, paid_yen)]
    return []


def _tier_words(up_to_yen: int | None) -> str:
    return f"補助額{format_yen(up_to_yen)}までの部分" if up_to_yen is not None else "それを超える部分"


def _cap(frame: Frame, used: list[Component], inputs: Inputs) -> int | None:
    """The caps of the parts that are used, added up; None if one has none or waits."""
    caps = [cap_of(with_cap_of(frame, part), inputs) if part.cap else None for part in used]
    return None if any(c is None for c in caps) else sum(c[1] for c in caps if c)


def with_cap_of(frame: Frame, part: Component) -> Frame:
    """A frame that has the cap of one of its parts and no special measures."""
    return frame.model_copy(update={"cap": part.cap, "specials": ()})


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
