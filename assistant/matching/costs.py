"""Which costs a frame pays for: each item sorted by what the edition says of it, then the limits on parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.matching.profile import Cost, Profile
from assistant.matching.purposes import fold
from assistant.rules.amounts import cost_for, rate_of
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import CostItem, Edition, Fact, Frame, Limit, SourceRef
from assistant.search.passages import fill

_BRACKETS = re.compile(r"[（(［\[【][^）)］\]】]*[）)］\]】]")


@dataclass(frozen=True, slots=True)
class Left:
    """Spending that the frame does not pay for, with the reason."""

    label: str
    yen: int
    why: str
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The costs of a project as one frame sees them; money is whole yen, tax excluded."""

    eligible_yen: int
    by_category: dict[str, int]
    left: tuple[Left, ...]
    known_yen: int
    """The part of the items whose category the frame pays for."""
    unclear: tuple[str, ...]
    """Items of which the edition does not say whether it pays."""
    items: tuple[tuple[Cost, str | None], ...]
    """What is eligible, with its category."""
    blocked: str | None = None
    listed: bool = False
    """Whether something is a product of the frame's list."""

    @property
    def left_yen(self) -> int:
        """The spending that is not paid for."""
        return sum(x.yen for x in self.left)


@dataclass(frozen=True, slots=True)
class _Place:
    """An item's place in an edition: the words that named it, and what they say."""

    cost: CostItem | None
    category: str | None


def sort_costs(profile: Profile, edition: Edition, frame: Frame, catalogue: Catalogue) -> Sorted:
    """The costs of a profile as one frame of one edition sees them, before limits on parts."""
    left: list[Left] = []
    kept: list[tuple[Cost, str | None]] = []
    unclear: list[str] = []
    listed = False
    foreign = _foreign_labels(edition, frame, catalogue)
    for item in profile.items:
        product = _product(item, edition, frame)
        listed = listed or product
        category, why = ((frame.categories or (None,))[0], None) if product else _judge(item, edition, frame, foreign)
        if why is not None:
            left.append(why)
            continue
        kept.append((item, category))
        if category is None:
            unclear.append(item.label)
    if frame.listed_only and not profile.items:
        listed = _product(Cost("", profile.description, 0), edition, frame)
    by_category: dict[str, int] = {}
    for item, category in kept:
        if category:
            by_category[category] = by_category.get(category, 0) + item.yen
    known = sum(i.yen for i, c in kept if c)
    eligible = max(0, (profile.cost_yen or 0) - sum(x.yen for x in left))
    if profile.items and not kept:
        eligible = 0
    return Sorted(eligible, by_category, tuple(left), known, tuple(unclear), tuple(kept), None, listed)


def _judge(item: Cost, edition: Edition, frame: Frame, foreign: frozenset[str]) -> tuple[str | None, Left | None]:
    """The category that pays for an item (None: not known), or why it is left out."""
    place = _place(item.description, edition, frame)
    if place.cost is not None and place.cost.verdict == "excluded":
        return None, _left_by(item, place.cost)
    told = _category(item.category, edition, frame)
    category = place.category if _pays(frame, place.category) else None
    category = category or (told if _pays(frame, told) else None)
    if frame.listed_only and category is None or frame.listed_only and not _says_listed(item, frame):
        return None, Left(item.label, item.yen, f"{frame.label}の対象製品の一覧に見当たりません。", _category_source(edition))
    if category is not None:
        return category, None
    by_category = _place(item.category, edition, frame)
    if by_category.cost is not None and by_category.cost.verdict == "excluded":
        return None, _left_by(item, by_category.cost)
    if place.category or told or fold(item.category) in foreign:
        name = item.category or item.label
        return None, Left(item.label, item.yen, f"「{name}」は{frame.label}の対象経費の区分にありません。", _category_source(edition))
    return None, None


def _left_by(item: Cost, cost: CostItem) -> Left:
    return Left(item.label, item.yen, fill(cost.text, cost.figures), cost.source)


def _category_source(edition: Edition) -> SourceRef | None:
    return edition.categories[0].source if edition.categories else None


def _pays(frame: Frame, category: str | None) -> bool:
    return category is not None and (not frame.categories or category in frame.categories)


def _place(text: str, edition: Edition, frame: Frame) -> _Place:
    """What a label names: the head of a Japanese phrase stands last, so the name that ends last wins, then the longest."""
    label = fold(_BRACKETS.sub("", text)) or fold(text)
    best: tuple[int, int, int] = (0, 0, -1)
    found = _Place(None, None)
    for cost in edition.costs:
        if cost.frames and frame.id not in cost.frames:
            continue
        for name in cost.names:
            at = label.rfind(fold(name))
            key = (at + len(fold(name)), len(fold(name)), 1)
            if at >= 0 and len(fold(name)) > 1 and key > best:
                best, found = key, _Place(cost, cost.category)
    for category in edition.categories:
        paid = int(_pays(frame, category.id))
        for name in (category.label, *category.also):
            at = label.rfind(fold(name))
            key = (at + len(fold(name)), len(fold(name)), paid)
            if at >= 0 and len(fold(name)) > 1 and key > best:
                best, found = key, _Place(None, category.id)
    return found


def _category(told: str, edition: Edition, frame: Frame) -> str | None:
    """The category that the user named, one that the frame pays for first."""
    label = fold(told)
    if len(label) < 2:
        return None
    best: tuple[int, int, int] = (0, 0, 0)
    found = None
    for category in edition.categories:
        for name in (category.label, *category.also):
            word = fold(name)
            if len(word) > 1 and (word in label or label in word):
                key = (int(_pays(frame, category.id)), int(word == label), len(word))
                if key > best:
                    best, found = key, category.id
    return found


def _foreign_labels(edition: Edition, frame: Frame, catalogue: Catalogue) -> frozenset[str]:
    """Category labels of other editions: a cost named so has a known kind, which this frame does not pay for."""
    own = {fold(c.label) for c in edition.categories if _pays(frame, c.id)}
    return _all_labels(catalogue) - own if edition.categories else frozenset()


def _all_labels(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(fold(c.label) for e in catalogue.editions.values() for c in e.categories)


def _product(item: Cost, edition: Edition, frame: Frame) -> bool:
    """Whether an item is a product of the list that the frame pays for."""
    if not frame.listed_only:
        return False
    text = fold(_BRACKETS.sub("", item.description)) + "\n" + fold(item.description)
    return any(_is_listed(f) and any(len(fold(n)) > 1 and fold(n) in text for n in (f.topic, *f.also)) for f in edition.facts)


def _is_listed(fact: Fact) -> bool:
    return fact.kind == "catalogue" and any(v.count for v in fact.figures.values())


def _says_listed(item: Cost, frame: Frame) -> bool:
    text = fold(f"{item.category} {item.description}")
    return any(fold(n) in text for n in (frame.label, *frame.also))


def apply_limits(costs: Sorted, frame: Frame, inputs: Inputs) -> Sorted:
    """The costs after the frame's limits on parts, other than shares of the subsidy, which the amount itself applies."""
    for limit in frame.limits:
        if limit.kind == "unit_price" and limit.yen:
            costs = _drop_small(costs, limit, limit.yen)
    for limit in frame.limits:
        ceiling = _ceiling(costs, limit, frame, inputs)
        if ceiling is not None:
            costs = _cut(costs, limit, ceiling)
    for limit in frame.limits:
        part = _part(costs, limit)
        if limit.kind == "not_alone" and costs.eligible_yen and part == costs.eligible_yen and not limit.doubt:
            costs = replace(costs, blocked=fill(limit.text, limit.figures))
    return costs


def _drop_small(costs: Sorted, limit: Limit, least: int) -> Sorted:
    small = [(i, c) for i, c in costs.items if c in limit.categories and i.yen < least]
    if not small:
        return costs
    parts = dict(costs.by_category)
    for item, category in small:
        parts[str(category)] -= item.yen
    gone = tuple(Left(i.label, i.yen, fill(limit.text, limit.figures), limit.source) for i, _ in small)
    total = sum(i.yen for i, _ in small)
    items = tuple(x for x in costs.items if x not in small)
    return replace(
        costs, eligible_yen=max(0, costs.eligible_yen - total), by_category=parts, left=costs.left + gone, items=items,
        known_yen=costs.known_yen - total,
    )  # fmt: skip


def _part(costs: Sorted, limit: Limit) -> int:
    """The cost that a limit looks at."""
    if limit.categories:
        return sum(costs.by_category.get(c, 0) for c in limit.categories)
    return sum(y for c, y in costs.by_category.items() if c not in limit.except_categories) if limit.except_categories else 0


def _ceiling(costs: Sorted, limit: Limit, frame: Frame, inputs: Inputs) -> int | None:
    """The highest cost that a limit leaves, None if it sets none."""
    if limit.kind == "cap_cost":
        return limit.yen
    if limit.kind == "cap_subsidy" and limit.yen is not None:
        rate = rate_of(frame, inputs)
        return cost_for(limit.yen, rate) if rate is not None else None
    if limit.kind == "share_of_cost" and limit.ratio:
        share = Fraction(limit.ratio)
        rest = costs.eligible_yen - _part(costs, limit)
        return int(Fraction(rest) * share / (1 - share)) if share < 1 else None
    return None


def _cut(costs: Sorted, limit: Limit, ceiling: int) -> Sorted:
    over = _part(costs, limit) - ceiling
    if over <= 0:
        return costs
    parts = dict(costs.by_category)
    rest = over
    for category in [c for c in parts if c in limit.categories or (limit.except_categories and c not in limit.except_categories)]:
        taken = min(rest, parts[category])
        parts[category] -= taken
        rest -= taken
    gone = Left("限度を超える部分", over, fill(limit.text, limit.figures), limit.source)
    return replace(
        costs, eligible_yen=max(0, costs.eligible_yen - over), by_category=parts, left=(*costs.left, gone),
        known_yen=max(0, costs.known_yen - over),
    )  # fmt: skip
