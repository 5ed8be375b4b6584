"""Limits on parts of a project: how much of a cost counts, what a part of the subsidy may be, what must stay below the rest."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from assistant.rules.conditions import Inputs
from assistant.rules.schema import Frame, Limit
from assistant.rules.shares import stays_below
from assistant.rules.values import format_yen

PLANNED_SALES = "planned_sales_yen"


def limited_categories(limit: Limit, parts: Mapping[str, int]) -> list[str]:
    """The categories among `parts` that a limit speaks of."""
    if limit.except_categories:
        return [c for c in parts if c not in limit.except_categories]
    return [c for c in limit.categories if c in parts]


def cost_room(limit: Limit, cost_yen: int, others_yen: int) -> int | None:
    """The most cost that a limit lets count; None if it measures something else or is kept.

    Args:
        limit: A limit of the frame.
        cost_yen: Cost of the limit's categories in whole yen.
        others_yen: All other cost of the project.
    """
    room = None
    if limit.kind == "cap_cost":
        room = limit.yen
    elif limit.kind == "share_of_cost" and limit.ratio:
        room = int(max(0, others_yen) * Fraction(limit.ratio))
    return room if room is not None and cost_yen > room else None


def cut_to(parts: Mapping[str, int], categories: list[str], room_yen: int) -> dict[str, int]:
    """The costs with those of `categories` cut, the first ones first, until `room_yen` of them is left."""
    out, over = dict(parts), sum(parts[c] for c in categories) - room_yen
    for category in categories:
        less = max(0, min(over, out[category]))
        out[category] -= less
        over -= less
    return out


def counted_costs(frame: Frame, parts: Mapping[str, int], cost_yen: int) -> tuple[dict[str, int], tuple[tuple[Limit, str], ...]]:
    """What counts of the costs by category after the limits that measure cost, and each limit that cuts with its step.

    Args:
        frame: One frame of one edition.
        parts: Eligible cost in whole yen by category id, where known.
        cost_yen: The whole eligible cost, >= the sum of `parts`.
    """
    out, cuts = dict(parts), []
    unsorted_yen = cost_yen - sum(parts.values())
    for limit in frame.limits:
        used = limited_categories(limit, out)
        cost = sum(out[c] for c in used)
        room = cost_room(limit, cost, unsorted_yen + sum(out.values()) - cost)
        if room is not None:
            out = cut_to(out, used, room)
            cuts.append((limit, f"対象になる経費：{format_yen(cost)} → {format_yen(room)}（{head(limit)}）"))
    return out, tuple(cuts)


def open_sales_limits(frame: Frame, inputs: Inputs, parts: Mapping[str, int]) -> tuple[Limit, ...]:
    """The limits by planned sales that touch a cost while the sales are not known."""
    if inputs.get(PLANNED_SALES) is not None:
        return ()
    return tuple(x for x in frame.limits if x.kind == "share_of_sales" and any(parts.get(c) for c in x.categories))


def sales_for(limit: Limit, subsidy_yen: int) -> int:
    """The smallest planned sales in yen at which a limit by sales leaves `subsidy_yen` whole."""
    return -int(-Fraction(subsidy_yen) / Fraction(limit.ratio or 1) // 1)


def not_below_the_rest(frame: Frame, parts: Mapping[str, int], cost_yen: int) -> Limit | None:
    """The limit by which some costs must stay below all other ones, if they do not; cost of no known category is of the others."""
    rest = {"": cost_yen - sum(parts.values()), **parts}
    for limit in frame.limits:
        others = [c for c in rest if c not in limit.categories]
        if limit.kind == "less_than_rest" and any(parts.get(c) for c in limit.categories):
            return None if stays_below(rest, limit.categories, others) else limit
    return None


def shuts_out(frame: Frame, parts: Mapping[str, int], cost_yen: int) -> Limit | None:
    """The limit by which nothing is paid for these costs alone: what cannot stand alone, a share of nothing, more than the rest.

    Args:
        frame: One frame of one edition.
        parts: Eligible cost in whole yen by category id, where known.
        cost_yen: The whole eligible cost, >= the sum of `parts`.
    """
    for kind in ("not_alone", "share_of_subsidy"):
        for limit in frame.limits:
            if limit.kind == kind and cost_yen > 0 and sum(parts.get(c, 0) for c in limit.categories) == cost_yen:
                return limit
    return not_below_the_rest(frame, parts, cost_yen)


def head(limit: Limit) -> str:
    """The beginning of a limit's text, up to its first figure."""
    text = limit.text.split("{")[0]
    return text if len(text) <= 14 and text == limit.text else f"{text[:14]}…"
