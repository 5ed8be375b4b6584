"""Which of the costs that a sentence tells a frame pays for: by category, by the price of one, by what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.ask.money_told import Item
from assistant.rules.costs import category_of
from assistant.rules.load import Catalogue
from assistant.rules.schema import CostItem, Edition, Frame, Limit

_OF_COSTS = ("eligible_cost", "cost_rule", "purpose", "limit")
"""Kinds of facts that tell what is paid for."""
_PAID_FOR = r"(費|代|料|賃|券|など|等|の?費用|の?支払い?|の?購入|分)?[をのにはがもで]?$"
"""What may stand after the word for a kind of cost at the end of a label, so that it is no part of another thing (飲食店の改装)."""
_FOR_THE_THING = ("台", "機", "器", "棚", "庫", "ケース", "ラック", "スタンド", "用")
_TAIL = 6
"""How many characters may stand after the name of a category that shuts a cost out; one further ahead may tell of the firm."""

Rule = CostItem | Limit | None
"""What leaves a cost out; None where the frame does not list its kind."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The costs of a sentence, sorted by what the edition says of them."""

    eligible_yen: int
    by_category: dict[str, int]
    excluded: tuple[tuple[str, int, Rule], ...]
    items: tuple[Item, ...]


def sort_costs(
    items: tuple[Item, ...], edition: Edition, frame: Frame, catalogue: Catalogue, tax: Fraction, only: str | None = None
) -> Sorted:
    """Which costs the frame pays for, by category.

    Args:
        items: The costs of a question.
        edition: The edition that answers.
        frame: One of its frames.
        catalogue: For the kinds of costs that everybody knows.
        tax: What a price is divided by to take out the consumption tax, 1 where it is told without.
        only: The category of a cost whose own words name none.

    Returns:
        What is eligible, and what is left out: named as excluded, too cheap for one, paid for too long, of a kind that is not listed.
    """
    total, by_category, excluded, kept = 0, dict[str, int](), list[tuple[str, int, Rule]](), []
    listed = tuple(listed_texts(edition, frame))
    for item in items:
        cost = _cost_item(item.label, edition, frame)
        category = (cost.category if cost is not None else None) or category_of(item.label, edition) or only
        small = _too_cheap(item, category, frame, tax)
        elsewhere = bool(category) and _of_other_frames(item.label, str(category), cost, edition, frame)
        other = _cost_elsewhere(item.label, edition, frame) if cost is None else None
        if other is not None and other.verdict != "excluded":
            excluded.append((item.label, item.yen, other))
            continue
        if cost is not None and (cost.verdict == "excluded" or elsewhere):
            excluded.append((item.label, item.yen, cost))
            continue
        if small is not None or elsewhere or (cost is None and _not_listed(item.label, listed, catalogue)):
            excluded.append((item.label, item.yen, small))
            continue
        paid = _paid_for(item, edition, frame)
        if paid is not None:
            excluded.append((item.label, item.yen - paid[0].yen, paid[1]))
            item = paid[0]
        kept.append(item)
        total += item.yen
        if category:
            by_category[category] = by_category.get(category, 0) + item.yen
    return Sorted(total, by_category, tuple(excluded), tuple(kept))


def _paid_for(item: Item, edition: Edition, frame: Frame) -> tuple[Item, CostItem] | None:
    """A regular payment cut to the time for which it is eligible, with the rule; None where all of it is."""
    rules = [c for c in edition.costs if c.at_most and (not c.frames or frame.id in c.frames)]
    rule = next((c for c in rules if any(n in item.label for n in c.names)), rules[0] if rules else None)
    years = rule.figures[rule.at_most].years if rule and rule.at_most else None
    most = {"months": 12, "years": 1}.get(item.every, 0) * (years or 0)
    if rule is None or not 0 < most < item.times:
        return None
    return replace(item, yen=item.yen // item.times * most, times=most), rule


def _cost_item(label: str, edition: Edition, frame: Frame) -> CostItem | None:
    best: tuple[int, CostItem] | None = None
    for cost in edition.costs:
        if cost.frames and frame.id not in cost.frames:
            continue
        length = _length(label, cost.names)
        if length and (best is None or length > best[0]):
            best = (length, cost)
    return best[1] if best else None


def _length(label: str, names: tuple[str, ...]) -> int:
    """The length of the longest name in a label; one of a single character counts where it stands alone (車の購入).

    None is the name of the furniture or machine for a thing (シャンプー台).
    """
    found = (n for n in names if n in label and not label.startswith(_FOR_THE_THING, label.find(n) + len(n)))
    return max((len(n) for n in found if len(n) > 1 or re.search(rf"(?<!\w){n}([をのがはも]|代|$)", label)), default=0)


def _cost_elsewhere(label: str, edition: Edition, frame: Frame) -> CostItem | None:
    """What only other frames pay for, if the end of a label names it and nothing of this frame."""
    if any(_length(label, c.names) for c in edition.costs if not c.frames or frame.id in c.frames):
        return None
    tail = label[-_TAIL - 6 :]
    return next((c for c in edition.costs if c.frames and frame.id not in c.frames and _length(tail, c.names)), None)


def _too_cheap(item: Item, category: str | None, frame: Frame, tax: Fraction) -> Limit | None:
    """The limit by which one thing must cost more than this one does."""
    each = Fraction(item.yen, item.times) / tax
    limits = (x for x in frame.limits if x.kind == "unit_price" and category in x.categories and x.yen is not None)
    return next((x for x in limits if x.yen is not None and each < x.yen), None)


def _of_other_frames(label: str, category: str, cost: CostItem | None, edition: Edition, frame: Frame) -> bool:
    """Whether a cost is of a category of other frames alone: no category of this frame speaks of the thing."""
    own = [t for c in edition.categories if c.id in frame.categories for t in (c.label, *c.also, c.text)]
    named = [n for c in edition.categories if c.id == category for n in (c.label, *c.also)] + list(cost.names if cost else ())
    names = [n for n in named if n in label and len(label) - label.rfind(n) - len(n) <= _TAIL]
    return bool(own and names) and category not in frame.categories and not any(n in text for n in names for text in own)


def _not_listed(label: str, listed: tuple[str, ...], catalogue: Catalogue) -> bool:
    """Whether a cost is of a well-known kind of which nothing eligible speaks."""
    kinds = catalogue.vocabulary.get("cost_kinds", {}).values()
    words = next((ws for ws in kinds if any(re.search(rf"{w}{_PAID_FOR}", label) for w in ws)), ())
    return bool(listed and words) and not any(w in text for w in words for text in listed)


def listed_texts(edition: Edition, frame: Frame) -> Iterator[str]:
    """What an edition says of what it pays for: names and texts of categories, eligible costs and facts."""
    paid = [c for c in edition.costs if c.verdict != "excluded" and (not c.frames or frame.id in c.frames)]
    for c in edition.categories:
        yield from (c.label, *c.also, c.text)
    for cost in paid:
        yield from (*cost.names, cost.text)
    if edition.categories or paid:
        yield from (f.text for f in edition.facts if f.kind in _OF_COSTS)
