"""Amounts: pure functions over an edition's tables, exact, with every step as readable text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.labels import case_label
from assistant.rules.limits import PLANNED_SALES, counted_costs, head, open_sales_limits
from assistant.rules.schema import Component, Frame, Limit, RateCase, RateTable, RateTier, SourceRef, YenCase, YenTable
from assistant.rules.values import format_yen

_ON_SUBSIDY = ("cap_subsidy", "share_of_sales", "share_of_subsidy")
"""Limits that measure the subsidy of a part, in the order of use: a share of the whole needs all other parts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of a table that may apply: its label, and the unknown inputs that decide (none: it does apply)."""

    label: str
    case: YenCase | RateCase
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A subsidy computed for given inputs; money is whole yen.

    `subsidy_yen` is 0 where the application is not possible (`blocked` says why). `own_funds_yen` is all spending minus
    the subsidy.
    """

    subsidy_yen: int
    cap_yen: int | None
    base_cap_yen: int | None
    eligible_cost_yen: int
    spending_yen: int
    own_funds_yen: int
    rates: tuple[tuple[str, str], ...]
    """(ratio, on what part) in the order of the tiers."""
    before_cap_yen: int
    floor_yen: int | None
    blocked: str | None
    steps: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    doubt: str | None = None


def choices(table: YenTable | RateTable, inputs: Inputs, frame: Frame) -> tuple[Choice, ...]:
    """The rows that may apply: one without open inputs if the inputs decide, else all that are still possible."""
    out: list[Choice] = []
    for case in table.cases:
        verdict = case.when.check(inputs)
        if verdict is Verdict.NOT_MET or any(_covers(c, case, inputs) for c in out):
            continue
        out.append(Choice(case_label(case, frame), case, case.when.missing(inputs)))
        if verdict is Verdict.MET:
            break
    return tuple(out)


def _covers(earlier: Choice, case: YenCase | RateCase, inputs: Inputs) -> bool:
    """Whether an earlier row holds wherever this one does: all that it still waits for, this row demands too."""
    if earlier.case.when.any:
        return False
    waits = {n: t for n, t in earlier.case.when.tests.items() if t.check(inputs.get(n)) is Verdict.UNKNOWN}
    return bool(waits) and all(case.when.tests.get(n) == t for n, t in waits.items())


def decided(table: YenTable | RateTable | None, inputs: Inputs, frame: Frame) -> YenCase | RateCase | None:
    """The row that applies, or None if the table is absent or inputs are missing."""
    if table is None:
        return None
    found = choices(table, inputs, frame)
    return found[0].case if found and not found[0].waits_for else None


def cap_of(frame: Frame, inputs: Inputs) -> tuple[int, int, tuple[str, ...]] | None:
    """Cap in yen with specials, the base cap without additions, and the steps; None if inputs are missing."""
    case = decided(frame.cap, inputs, frame)
    if not isinstance(case, YenCase) or (case.per and inputs.get(case.per) is None):
        return None
    base = case.yen * (int(inputs.get(case.per) or 0) if case.per else 1)
    label = case_label(case, frame)
    total, terms = base, [format_yen(base)]
    for special in frame.specials:
        if special.add_yen is not None and special.id in inputs.specials:
            total += special.add_yen
            terms.append(f"{format_yen(special.add_yen)}（{special.label}）")
    at = f"（{label}）" if label else ""
    step = f"補助上限額{at}：{' ＋ '.join(terms)}" + (f" ＝ {format_yen(total)}" if len(terms) > 1 else "")
    return total, base, (step,)


def rate_of(frame: Frame, inputs: Inputs) -> RateCase | None:
    """The rate row that applies, None if inputs are missing."""
    case = decided(frame.rate, inputs, frame)
    return case if isinstance(case, RateCase) else None


def tiered(cost_yen: Fraction, case: RateCase, tier_on: str = "subsidy") -> tuple[Fraction, tuple[str, ...]]:
    """Cost x rate, tier by tier, exact.

    Args:
        cost_yen: Cost in yen, tax excluded, >= 0.
        case: A rate row with one ratio or tiers.
        tier_on: Whether the tier bounds measure the subsidy or the cost.

    Returns:
        The amount before any cap, and a readable step for each operation.
    """
    if case.fixed:
        return cost_yen, (f"定額：{format_yen(int(cost_yen))}",)
    if case.ratio is not None:
        amount = cost_yen * Fraction(case.ratio)
        return amount, (f"{_yen(cost_yen)} × {case.ratio} ＝ {_yen(amount)}",)
    total, left, done, steps = Fraction(0), cost_yen, Fraction(0), []
    for tier in case.tiers:
        ratio = Fraction(tier.ratio)
        room = None if tier.up_to_yen is None else Fraction(tier.up_to_yen) - (total if tier_on == "subsidy" else done)
        part = left if room is None else min(left, room / ratio if tier_on == "subsidy" else room)
        if part <= 0:
            continue
        steps.append(f"{_yen(part)} × {tier.ratio} ＝ {_yen(part * ratio)}")
        total, left, done = total + part * ratio, left - part, done + part
    if len(steps) > 1:
        steps.append(f"合計 {_yen(total)}")
    return total, tuple(steps)


def cost_for(amount_yen: int, case: RateCase) -> int:
    """The smallest cost in yen for which cost x rate reaches `amount_yen` (inverse of `tiered`), rounded up."""
    if case.fixed:
        return amount_yen
    if case.ratio is not None:
        return _up(Fraction(amount_yen) / Fraction(case.ratio))
    cost, reached = Fraction(0), Fraction(0)
    for tier in case.tiers:
        top = Fraction(amount_yen) if tier.up_to_yen is None else min(Fraction(amount_yen), Fraction(tier.up_to_yen))
        if top > reached:
            cost += (top - reached) / Fraction(tier.ratio)
            reached = top
    return _up(cost)


def subsidy_amount(
    frame: Frame,
    inputs: Inputs,
    cost_yen: int,
    by_category: dict[str, int] | None = None,
    excluded_yen: int = 0,
    received_yen: int = 0,
) -> Amount | None:
    """The subsidy for an eligible cost: cost x rate, limits on parts, then the cap, then the floor.

    Args:
        frame: One frame of one edition.
        inputs: What is known of applicant and project.
        cost_yen: Eligible cost in whole yen, tax excluded, >= 0.
        by_category: Parts of `cost_yen` by category id, where known; limits on categories need it.
        excluded_yen: Spending that the frame does not pay for; counts for own funds alone.
        received_yen: What earlier applications of the same frame paid already (the cap is for the sum).

    Returns:
        The amount with its steps, or None if cap, rate or a limit by planned sales wait for an unknown input.

    Source:
        `frame.cap.source`, `frame.rate.source`, `frame.floor.source`.
    """
    cap, rate = cap_of(frame, inputs), rate_of(frame, inputs)
    told = {c: y for c, y in (by_category or {}).items() if y}
    if rate is None or (cap is None and frame.cap is not None) or open_sales_limits(frame, inputs, told):
        return None
    parts, cuts = counted_costs(frame, told, cost_yen)
    counted_yen = cost_yen - sum(told.values()) + sum(parts.values())
    limited = [x for x in frame.limits if x.kind in _ON_SUBSIDY and set(x.categories) & set(parts)]
    apart = {c for x in limited for c in x.categories}
    tier_on = frame.rate.tier_on if frame.rate else "subsidy"
    exact, rate_steps = tiered(Fraction(counted_yen - sum(parts.get(c, 0) for c in apart)), rate, tier_on)
    subtotal, steps = _round(exact, frame), [*(s for _, s in cuts), *rate_steps]
    for limit in sorted(limited, key=lambda x: _ON_SUBSIDY.index(x.kind)):
        cost = sum(parts.get(c, 0) for c in limit.categories)
        wanted = _round(tiered(Fraction(cost), rate, tier_on)[0], frame)
        steps.append(f"{_yen(Fraction(cost))} × {_ratio_text(rate)} ＝ {format_yen(wanted)}（{head(limit)}）")
        room, why = _room(limit, subtotal, inputs)
        if wanted > room:
            steps.append(why)
        kept, share = min(wanted, room), Fraction(limit.ratio or 1)
        if cap and limit.kind == "share_of_subsidy" and kept > cap[0] * share:  # the whole that is applied for is never above the cap
            kept = int(cap[0] * share)
            steps.append(f"上限額の{limit.ratio}まで：{format_yen(cap[0])} × {limit.ratio} ＝ {format_yen(kept)}")
        subtotal += kept
    return _finish(frame, rate, cap, steps, subtotal, (cost_yen, excluded_yen, received_yen), inputs)


def mixed_amount(frame: Frame, inputs: Inputs, parts: Sequence[tuple[Inputs, int]], excluded_yen: int = 0) -> Amount | None:
    """The subsidy where parts of the cost have rates of their own (those of a university beside those of a firm).

    Args:
        frame: A frame whose rate depends on who bears the cost.
        inputs: What is known of all parts.
        parts: For each part what is known of it, and its eligible cost in whole yen, >= 0.
        excluded_yen: Spending that the frame does not pay for; counts for own funds alone.

    Returns:
        Each part at its rate, then the cap and floor of the frame; None if cap or a rate wait for an unknown input.
    """
    cap, rates = cap_of(frame, inputs), [rate_of(frame, given) for given, _ in parts]
    known = [r for r in rates if r is not None]
    if len(known) < len(rates) or not known or (cap is None and frame.cap is not None):
        return None
    tier_on = frame.rate.tier_on if frame.rate else "subsidy"
    subtotal, steps = 0, list[str]()
    for (_, cost), rate in zip(parts, known, strict=True):
        exact, told = tiered(Fraction(cost), rate, tier_on)
        subtotal += _round(exact, frame)
        steps += told
    steps.append(f"合計 {format_yen(subtotal)}")
    total = _finish(frame, known[0], cap, steps, subtotal, (sum(c for _, c in parts), excluded_yen, 0), inputs)
    return replace(total, rates=tuple(dict.fromkeys(r for rate in known for r in _rates(frame, rate, total.subsidy_yen))))


def _room(limit: Limit, subtotal: int, inputs: Inputs) -> tuple[int, str]:
    """What the limit leaves for its part beside the rest of the subsidy, and the step that says so."""
    if limit.kind == "cap_subsidy" and limit.yen is not None:
        return limit.yen, f"この経費の補助金の上限：{format_yen(limit.yen)}"
    share = Fraction(limit.ratio or 0)
    if limit.kind == "share_of_sales":
        sales = int(inputs.get(PLANNED_SALES))
        room = int(sales * share)
        return room, f"売上高見込みの{limit.ratio}まで：{format_yen(sales)} × {limit.ratio} ＝ {format_yen(room)}"
    room = int(subtotal * share / (1 - share))
    return room, f"合計の{limit.ratio}まで：{format_yen(subtotal)} × {share / (1 - share)} ＝ {format_yen(room)}"


def _finish(
    frame: Frame,
    rate: RateCase,
    cap: tuple[int, int, tuple[str, ...]] | None,
    steps: list[str],
    subtotal: int,
    money: tuple[int, int, int],
    inputs: Inputs,
) -> Amount:
    cost_yen, excluded_yen, received_yen = money
    subsidy, cap_yen = subtotal, None
    if cap is not None:
        cap_yen = cap[0]
        steps += cap[2]
        if received_yen:
            cap_yen = max(0, cap_yen - received_yen)
            steps.append(f"残りの上限：{format_yen(cap[0])} － {format_yen(received_yen)} ＝ {format_yen(cap_yen)}")
        if subtotal > cap_yen:
            steps.append(f"{format_yen(subtotal)} は上限 {format_yen(cap_yen)} を超えるため {format_yen(cap_yen)}")
            subsidy = cap_yen
    floor_case = decided(frame.floor, inputs, frame)
    floor = floor_case.yen if isinstance(floor_case, YenCase) else None
    blocked = None
    if floor is not None and subsidy < floor and frame.floor is not None and frame.floor.doubt:
        steps.append(f"下限 {format_yen(floor)} を下回りますが、この下限は資料の記載に疑いがあります")
    elif floor is not None and subsidy < floor:
        blocked = f"補助金額 {format_yen(subsidy)} が下限 {format_yen(floor)} に届かないため申請できません"
        steps.append(blocked)
    paid = 0 if blocked else subsidy
    spending = cost_yen + excluded_yen
    steps.append(f"自己負担：{format_yen(spending)} － {format_yen(paid)} ＝ {format_yen(spending - paid)}")
    tables = [t for t in (frame.rate, frame.cap, frame.floor) if t is not None]
    doubt = next((t.doubt for t in tables if t.doubt), None)
    return Amount(
        paid, cap_yen, cap[1] if cap else None, cost_yen, spending, spending - paid, _rates(frame, rate, paid), subtotal, floor,
        blocked, tuple(steps), tuple(dict.fromkeys(t.source for t in tables)), doubt,
    )  # fmt: skip


def component_amount(part: Component, frame: Frame, inputs: Inputs, cost_yen: int) -> tuple[int, tuple[str, ...]] | None:
    """The subsidy for one component with its own cap and rate (whole yen, steps); None if inputs are missing."""
    rate = decided(part.rate, inputs, frame)
    cap = decided(part.cap, inputs, frame)
    if not isinstance(rate, RateCase) or (part.cap is not None and not isinstance(cap, YenCase)):
        return None
    exact, steps = tiered(Fraction(cost_yen), rate, part.rate.tier_on)
    amount, out = _round(exact, frame), [f"{part.label}：{s}" for s in steps]
    if isinstance(cap, YenCase):
        if cap.per and inputs.get(cap.per) is None:
            return None
        limit = cap.yen * (int(inputs.get(cap.per) or 0) if cap.per else 1)
        if amount > limit:
            label = case_label(cap, frame)
            at = f"（{label}）" if label else ""
            out.append(f"{part.label}：上限{at} {format_yen(limit)} → {format_yen(limit)}")
            amount = limit
    return amount, tuple(out)


def tiers_used(rate: RateCase, paid_yen: int) -> tuple[RateTier, ...]:
    """The tiers of a rate that make a subsidy of `paid_yen`; all of them where nothing is paid."""
    out: list[RateTier] = []
    below = 0
    for tier in rate.tiers:
        if not out or below < paid_yen or paid_yen <= 0:
            out.append(tier)
        below = tier.up_to_yen or below
    return tuple(out)


def _rates(frame: Frame, rate: RateCase, paid_yen: int) -> tuple[tuple[str, str], ...]:
    """The rates that make what is paid, each with what it is on."""
    if rate.fixed:
        return (("定額", "全額"),)
    if rate.ratio is not None:
        return ((rate.ratio, "全額"),)
    out, below = [], 0
    for tier in tiers_used(rate, paid_yen) if frame.rate and frame.rate.tier_on == "subsidy" else rate.tiers:
        on = f"補助額{format_yen(tier.up_to_yen)}までの部分" if tier.up_to_yen else f"補助額{format_yen(below)}を超える部分"
        out.append((tier.ratio, on))
        below = tier.up_to_yen or below
    return tuple(out)


def _ratio_text(rate: RateCase) -> str:
    return rate.ratio or "・".join(t.ratio for t in rate.tiers) or "定額"


def _round(amount: Fraction, frame: Frame) -> int:
    whole = int(amount)
    return whole - whole % 1000 if frame.rounding == "down_thousand" else whole


def _up(amount: Fraction) -> int:
    return -int(-amount // 1)


def _yen(amount: Fraction) -> str:
    """An exact amount in a step; a broken yen is marked as cut."""
    return format_yen(int(amount)) + ("（1円未満切捨て）" if amount.denominator != 1 else "")
