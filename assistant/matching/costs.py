"""Which costs a frame pays for: each item sorted by what the edition says of it, then the limits on parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.matching.lexicon import Lexicon, Named, plain_label
from assistant.matching.profile import Cost, Profile
from assistant.matching.purposes import fold
from assistant.rules.amounts import cost_for, rate_of
from assistant.rules.conditions import Inputs
from assistant.rules.costs import categories_told, find_name, says_alone, without_deed
from assistant.rules.limits import cost_room, cut_to, limited_categories, shuts_out
from assistant.rules.schema import CostItem, Edition, Frame, Limit, SourceRef
from assistant.search.passages import fill


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
    blocked: Limit | None = None
    """A limit that shuts out the project as it is."""
    listed: bool = False
    """Whether something is a product of the frame's list."""
    open_limit: Limit | None = None
    """A limit that shuts the project out should it buy nothing else than what it names; no list of its costs tells."""

    @property
    def left_yen(self) -> int:
        """The spending that is not paid for."""
        return sum(x.yen for x in self.left)


def sort_costs(profile: Profile, edition: Edition, frame: Frame, words: Lexicon) -> Sorted:
    """The costs of a profile as one frame of one edition sees them, before limits on parts."""
    sorter = _Sorter(edition, frame, words)
    left: list[Left] = []
    kept: list[tuple[Cost, str | None]] = []
    listed = False
    for item in profile.items:
        product = sorter.is_listed(item.description)
        listed = listed or product
        category, why = (next(iter(frame.categories), None), None) if product else sorter.judge(item)
        if why is not None:
            left.append(why)
        else:
            kept.append((item, category))
    if not profile.items:
        listed = sorter.describes_listed(profile.description)
    by_category: dict[str, int] = {}
    for item, category in kept:
        if category:
            by_category[category] = by_category.get(category, 0) + item.yen
    limited, alone = (None, False) if profile.items else _limited_things(profile, edition, frame)
    if limited is not None and alone and profile.cost_yen:
        by_category = {limited.categories[0]: profile.cost_yen}
    eligible = max(0, (profile.cost_yen or 0) - sum(x.yen for x in left)) if kept or not profile.items else 0
    unclear = tuple(i.label for i, c in kept if c is None)
    known, open_limit = sum(by_category.values()), None if alone else limited
    return Sorted(eligible, by_category, tuple(left), known, unclear, tuple(kept), None, listed, open_limit)


def _limited_things(profile: Profile, edition: Edition, frame: Frame) -> tuple[Limit | None, bool]:
    """The limit on the only category that a project without a list of costs names, and whether it says that nothing else is bought."""
    limits = [x for x in frame.limits if x.kind in ("not_alone", "share_of_subsidy") and not x.doubt]
    told = [t for t in (profile.description, *profile.purposes) if limits and categories_told(t, edition)]
    named = categories_told("\n".join(told), edition)
    for limit in limits:
        if named and named <= set(limit.categories):
            return limit, all(says_alone(t, limit.categories, edition) for t in told)
    return None, False


@dataclass(frozen=True)
class _Sorter:
    """Sorts single items for one frame of one edition."""

    edition: Edition
    frame: Frame
    words: Lexicon

    def judge(self, item: Cost) -> tuple[str | None, Left | None]:
        """The category that pays for an item (None: not known), or why it is left out."""
        place = self._place(item.description)
        if place.cost is not None and place.cost.verdict == "excluded":
            return None, _left_by(item, place.cost)
        told = self._category(item.category)
        category = next((c for c in (place.category, told) if self._pays(c)), None)
        if self.frame.listed_only and (category is None or not self._says_listed(item)):
            return None, self._left(item, f"{self.frame.label}の対象製品の一覧に見当たりません。")
        if category is not None:
            return category, None
        by_category = self._place(item.category)
        if by_category.cost is not None and by_category.cost.verdict == "excluded":
            return None, _left_by(item, by_category.cost)
        paid = next((n.cost.id for n in (place, by_category) if n.cost is not None), None)
        if paid is not None and not self.edition.categories:
            return paid, None  # an edition that names what it pays for without sorting it: the thing is its own category
        if place.category or told or self._is_foreign(item.category):
            return None, self._left(item, f"「{item.category or item.label}」は{self.frame.label}の対象経費の区分にありません。")
        return None, None

    def is_listed(self, description: str) -> bool:
        """Whether a thing is a product of the list that the frame pays for: the head of its name is."""
        if not self.frame.listed_only:
            return False
        products = self.words.of(self.edition).products
        return any(head.endswith(products) for head in self.words.heads(description))

    def describes_listed(self, description: str) -> bool:
        """Whether a description speaks of a product of the list."""
        text = fold(description)
        return self.frame.listed_only and any(len(p) > 2 and p in text for p in self.words.of(self.edition).products)

    def _place(self, text: str) -> Named:
        """What a label names: the head of a Japanese phrase stands last, so the name that ends last wins, then the longest."""
        label = plain_label(text)
        thing = self._named(without_deed(label))
        return thing if thing.name else self._named(label)

    def _named(self, label: str) -> Named:
        best, found = (0, 0, -1), Named("", None, None)
        for named in self.words.of(self.edition).names:
            at = find_name(named.name, label)
            if at < 0:
                continue
            if named.cost is not None and named.cost.frames and self.frame.id not in named.cost.frames:
                continue
            own = 1 if named.cost is not None else int(self._pays(named.category))
            key = (at + len(named.name), len(named.name), own)
            if key > best:
                best, found = key, named
        return found

    def _category(self, told: str) -> str | None:
        """The category that the user named, one that the frame pays for first."""
        label = fold(told)
        if len(label) < 2:
            return None
        best, found = (0, 0, 0), None
        for word, category in self.words.of(self.edition).labels:
            if word in label or label in word:
                key = (int(self._pays(category)), int(word == label), len(word))
                if key > best:
                    best, found = key, category
        return found

    def _pays(self, category: str | None) -> bool:
        return category is not None and (not self.frame.categories or category in self.frame.categories)

    def _is_foreign(self, told: str) -> bool:
        """Whether the user's word is a category of other editions: a known kind of cost, which this frame does not pay for."""
        return bool(self.edition.categories) and fold(told) in self.words.all_labels

    def _says_listed(self, item: Cost) -> bool:
        text = fold(f"{item.category} {item.description}")
        return any(fold(n) in text for n in (self.frame.label, *self.frame.also))

    def _left(self, item: Cost, why: str) -> Left:
        return Left(item.label, item.yen, why, self.edition.categories[0].source if self.edition.categories else None)


def _left_by(item: Cost, cost: CostItem) -> Left:
    return Left(item.label, item.yen, fill(cost.text, cost.figures), cost.source)


def apply_limits(costs: Sorted, frame: Frame, inputs: Inputs) -> Sorted:
    """The costs after the frame's limits on parts, other than shares of subsidy or sales, which the amount itself applies."""
    for limit in frame.limits:
        if limit.kind == "unit_price" and limit.yen:
            costs = _drop_small(costs, limit, limit.yen)
    for limit in frame.limits:
        room = _room(costs, limit, frame, inputs)
        if room is not None:
            costs = _cut(costs, limit, room)
    shut = shuts_out(frame, costs.by_category, costs.eligible_yen) or next((x for x in frame.limits if _lacks_a_dear_one(costs, x)), None)
    return replace(costs, blocked=None if shut is None or shut.doubt else shut)


def _lacks_a_dear_one(costs: Sorted, limit: Limit) -> bool:
    """Whether a limit demands one item of a price, and costs of its categories are told of which none has it."""
    dear = any(c in limit.categories and i.yen >= (limit.yen or 0) for i, c in costs.items)
    return limit.kind == "unit_price_any" and _part(costs, limit) > 0 and not dear


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
    return sum(costs.by_category[c] for c in limited_categories(limit, costs.by_category))


def _room(costs: Sorted, limit: Limit, frame: Frame, inputs: Inputs) -> int | None:
    """The highest cost that a limit leaves, None if it sets none or is kept."""
    part = _part(costs, limit)
    if limit.kind == "cap_subsidy" and limit.yen is not None:
        rate = rate_of(frame, inputs)
        room = cost_for(limit.yen, rate) if rate is not None else part
        return room if part > room else None
    return cost_room(limit, part, costs.eligible_yen - part)


def _cut(costs: Sorted, limit: Limit, room: int) -> Sorted:
    over = _part(costs, limit) - room
    parts = cut_to(costs.by_category, limited_categories(limit, costs.by_category), room)
    gone = Left("限度を超える部分", over, fill(limit.text, limit.figures), limit.source)
    return replace(
        costs, eligible_yen=max(0, costs.eligible_yen - over), by_category=parts, left=(*costs.left, gone),
        known_yen=max(0, costs.known_yen - over),
    )  # fmt: skip
