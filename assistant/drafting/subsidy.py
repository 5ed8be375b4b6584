"""The subsidy of a project: rate, limits on parts, cap and floor of the frame; the amount that remains after all of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assistant.drafting.costs import Line, fill
from assistant.drafting.records import Missing, Problem
from assistant.rules.amounts import Amount, rate_of, subsidy_amount
from assistant.rules.components import component_of, components_amount
from assistant.rules.conditions import INPUT_LABELS, Inputs
from assistant.rules.limits import PLANNED_SALES, cost_room, cut_to, limited_categories, open_sales_limits, shuts_out
from assistant.rules.schema import Frame, Limit, SourceRef
from assistant.rules.values import format_yen


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the subsidy that has a limit (ウェブサイト関連費): its cost, what the rate gives, what remains."""

    limit: Limit
    cost_yen: int
    main_cost_yen: int
    main_yen: int
    wanted_yen: int
    kept_yen: int


@dataclass(frozen=True, slots=True)
class Grant:
    """The subsidy with everything that a table of it shows. Money in whole yen."""

    amount: Amount | None
    subsidy_yen: int | None
    rate: str | None
    cap_yen: int | None
    share: Share | None
    share_percent: Decimal | None
    counted_yen: int
    """Cost that the rate is applied to: the eligible cost after limits on the cost of categories."""
    steps: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    problems: tuple[Problem, ...] = ()
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def emptied(self, step: str) -> Grant:
        """The same grant of a firm that gets nothing, with the reason as its last step."""
        return replace(self, subsidy_yen=0, share_percent=None, steps=(*self.steps[:-1], step))


def compute_grant(frame: Frame, inputs: Inputs, lines: tuple[Line, ...], sales_yen: int | None) -> Grant:
    """The subsidy for the eligible lines.

    Args:
        frame: The frame applied for.
        inputs: What is known of firm and project, with the specials in use.
        lines: All expenses, judged.
        sales_yen: Planned sales of a year, for limits that measure them.
    """
    good = [x for x in lines if x.eligible]
    parts: dict[str, int] = {}
    for line in good:
        key = line.category.id if line.category else ""
        parts[key] = parts.get(key, 0) + line.yen
    problems: list[Problem] = []
    unpriced = any(x.expense.yen is None and x.eligible for x in lines)
    shut = None if unpriced else shuts_out(frame, parts, sum(parts.values()))
    inputs = inputs.with_(**{PLANNED_SALES: sales_yen})
    rate = rate_of(frame, inputs)
    counted = _limit_costs(frame, parts, rate.ratio if rate else None, sales_yen, problems)
    excluded = sum(x.yen for x in lines if not x.eligible)
    amount = _amount(frame, inputs, good, parts, excluded)
    if amount is None:
        open_ = _missing(frame, inputs, parts)
        return Grant(None, None, rate.ratio if rate else None, None, None, None, 0, (), (), missing=open_)
    share = _share(frame, inputs, counted)
    share = _within_the_cap(share, amount) if share is not None else None
    if shut is not None:
        code = "not_eligible" if shut.kind == "not_alone" else "share_exceeded"
        problems.append(Problem(code, f"{fill(shut.text, shut.figures)}このままでは申請できません。", "project.expenses"))
        steps = (*amount.steps[:-1], "このままでは申請できないため、補助金は0円です")
        amount = replace(amount, subsidy_yen=0, own_funds_yen=amount.spending_yen, steps=steps)
    elif share is not None and share.wanted_yen > share.kept_yen:
        problems.append(_share_problem(share, amount, lines))
    if amount.blocked:
        problems.append(Problem("floor_not_met", f"{amount.blocked}。", "project.expenses"))
    percent = _percent(min(share.kept_yen, amount.subsidy_yen), amount.subsidy_yen) if share else None
    label = amount.rates[0][0] if len({r for r, _ in amount.rates}) == 1 else "・".join(r for r, _ in amount.rates) or None
    notes = (f"金額に資料の疑義があります：{amount.doubt}",) if amount.doubt else ()
    return Grant(
        amount, amount.subsidy_yen, label, amount.cap_yen, share, percent, sum(counted.values()), amount.steps, amount.sources,
        tuple(problems), (), notes,
    )  # fmt: skip


def _amount(frame: Frame, inputs: Inputs, good: list[Line], parts: dict[str, int], excluded_yen: int) -> Amount | None:
    if not frame.components:
        return subsidy_amount(frame, inputs, sum(parts.values()), parts, excluded_yen)
    costs: dict[str, int] = {}
    for line in good:
        part = component_of(f"{line.expense.category} {line.expense.description}", line.category.id if line.category else None, frame)
        costs[part.id] = costs.get(part.id, 0) + line.yen
    return components_amount(frame, inputs, costs, excluded_yen)


def _limit_costs(
    frame: Frame, parts: dict[str, int], ratio: str | None, sales_yen: int | None, problems: list[Problem]
) -> dict[str, int]:
    """Costs by category after the limits that measure cost (or subsidy of a category); what is cut becomes a problem."""
    counted = dict(parts)
    for limit in frame.limits:
        used = limited_categories(limit, parts)
        cost = sum(counted[c] for c in used)
        room = _room(limit, cost, counted, ratio, sales_yen)
        if room is None or cost <= room:
            continue
        code = "share_exceeded" if limit.kind in ("share_of_cost", "share_of_sales") else "limit_exceeded"
        text = f"{fill(limit.text, limit.figures)}計画は{format_yen(cost)}なので、{format_yen(room)}までで計算しました。"
        problems.append(Problem(code, text, "project.expenses"))
        counted = cut_to(counted, used, room)
    return counted


def _room(limit: Limit, cost: int, parts: dict[str, int], ratio: str | None, sales_yen: int | None) -> int | None:
    """The most cost that a limit lets count; None if it measures something else or an input lacks."""
    if limit.kind == "cap_subsidy" and limit.yen is not None and ratio is not None:
        return int(Fraction(limit.yen) / Fraction(ratio))
    if limit.kind == "share_of_sales" and limit.ratio is not None and sales_yen is not None and ratio is not None:
        return int(sales_yen * Fraction(limit.ratio) / Fraction(ratio))
    return cost_room(limit, cost, sum(parts.values()) - cost)


def _share(frame: Frame, inputs: Inputs, counted: dict[str, int]) -> Share | None:
    """The part of the subsidy that is limited to a share of the whole."""
    limit = next((x for x in frame.limits if x.kind == "share_of_subsidy" and x.ratio), None)
    if limit is None or limit.ratio is None:
        return None
    cost = sum(counted.get(c, 0) for c in limit.categories)
    main_cost = sum(counted.values()) - cost
    bare = frame.model_copy(update={"limits": (), "cap": None, "floor": None})
    main, part = subsidy_amount(bare, inputs, main_cost), subsidy_amount(bare, inputs, cost)
    if main is None or part is None:
        return None
    share = Fraction(limit.ratio)
    room = int(Fraction(main.subsidy_yen) * share / (1 - share))
    return Share(limit, cost, main_cost, main.subsidy_yen, part.subsidy_yen, min(part.subsidy_yen, room))


def _within_the_cap(share: Share, amount: Amount) -> Share:
    """The limited part where the cap cuts the whole: its share is measured on what is applied for."""
    cut = amount.cap_yen is not None and share.main_yen + share.kept_yen > amount.cap_yen
    room = int((amount.cap_yen or 0) * Fraction(share.limit.ratio or "1"))
    return replace(share, kept_yen=min(share.kept_yen, room)) if cut else share


def _share_problem(share: Share, amount: Amount, lines: tuple[Line, ...]) -> Problem:
    whole = share.main_yen + share.wanted_yen
    whole = whole if amount.cap_yen is None else min(whole, amount.cap_yen)
    wanted = _percent(min(share.wanted_yen, whole), whole)
    first = next((x for x in lines if x.eligible and x.category and x.category.id in share.limit.categories), None)
    text = (
        f"{fill(share.limit.text, share.limit.figures)}計画のままでは補助金{format_yen(share.wanted_yen)}で全体の{wanted}%に"
        f"なるため、{format_yen(share.kept_yen)}まで減らして計算しました。"
    )
    return Problem("share_exceeded", text, first.expense.where if first else "project.expenses")


def _percent(part: int, whole: int) -> Decimal:
    """Part of a whole in percent to 0.01, 0 of nothing."""
    if whole <= 0:
        return Decimal("0.00")
    exact = Fraction(part * 100, whole)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _missing(frame: Frame, inputs: Inputs, parts: dict[str, int]) -> tuple[Missing, ...]:
    """The inputs that cap, rate or a limit by planned sales wait for."""
    names: list[str] = []
    for table in (frame.cap, frame.rate, *(t for c in frame.components for t in (c.cap, c.rate))):
        for case in table.cases if table else ():
            names += [n for n in case.when.missing(inputs) if n not in names]
    out = [Missing(f"company.{n}", f"{INPUT_LABELS.get(n, n)}で補助上限額か補助率が変わります。") for n in names]
    sales = open_sales_limits(frame, inputs, parts)
    out += [Missing("plan.sales_yen", f"計画の売上高がないと補助額が決まりません。{fill(x.text, x.figures)}") for x in sales]
    return tuple(out)
