"""How well a claim of the catalogue fits what is said around a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from assistant.ask.verify.fits import CASE, bound_fit, held, label_and_row_fit, role_fit, scope_fit
from assistant.ask.verify.grams import grams_of, put, without_exceptions
from assistant.ask.verify.index import ClaimIndex
from assistant.ask.verify.measures import bound_fits, counters_fit, measure_of, same
from assistant.ask.verify.records import Claim, Context, Measure
from assistant.ask.verify.roles import sizes_in
from assistant.ask.verify.rows import turn_in
from assistant.ask.verify.weights import W
from assistant.text.units import Bound

_OF_COSTS = ("cost", "fact:cost_rule", "fact:excluded_cost")
_SHUT_OUT = re.compile(r"対象外|対象にな[らり]ま?せ?|認められ|できな|できませ|使えな|使えませ|除")
_WHETHER = re.compile(r"(?:か、?(?:どうか|否か|以[下内]か)|のを?境)")
"""A limit told without saying on which side of it one stands."""
_OF_SHARES = ("tier", "fact:limit")
_SHARED = re.compile(r"の?(?:部分|分)?(?:[はがに]|について(?:は)?|、)?$")
_COMPLEMENTS: dict[Bound | None, Bound] = {"over": "max", "under": "min"}
_OF_CHANGE = ("lineage", "fact:lineage")
_PAST = re.compile(r"旧|前身|統合|変わ|変更|以前|従来|昨年|引き継|後継|前年度|改め|改定|改正")
_UNBOUNDED = frozenset({None})
_CASE_CLAUSE = re.compile(r"([^、。]*?)(?:場合|とき|なら|たら|れば)[はにも]?、")
_ITEM = re.compile(r"\s*(?:[-・*●○]|\d+[.)])")


_NEAR, _FIRST = 0.25, 12
"""How near another claim must come to be meant as well, and how many are looked at."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The claims that may be meant, best first, and which of them a number equals."""

    claims: tuple[tuple[float, Claim], ...]
    equal: frozenset[int]
    claimed: float
    """The best score by words and role alone, apart from the numbers told before: how much the place is about a programme."""
    match: tuple[float, Claim] | None
    """The best claim that has the number's value."""
    told: frozenset[str] = frozenset()
    """All that is told before the number or as its head."""

    @property
    def top(self) -> float:
        """The score of the best claim, whatever its value."""
        return self.claims[0][0] if self.claims else 0.0

    def fitting(self, told: set[int]) -> tuple[float, Claim] | None:
        """The best claim that has the number's value; one told before in the sentence is seldom told twice."""
        pairs = ((s - W.again * (c.index in told), c) for s, c in self.claims if c.index in self.equal)
        return max(pairs, key=itemgetter(0), default=None) if told & self.equal else self.match

    def is_alone(self) -> bool:
        """Whether the best claim has the number's value and no other claim of a programme comes near it."""
        if self.match is None or self.match[0] < self.top:
            return False
        return all(s < self.top - _NEAR or c.is_general or c.index in self.equal for s, c in self.claims[:_FIRST])

    def rivals(self, context: Context) -> Iterator[tuple[float, Claim]]:
        """The claims that may refute a number: what is told in general does not, where a programme is spoken of."""
        match = self.match
        general = not context.scope.programmes or (match is not None and match[1].is_general)
        bare = match[1].measure if match is not None and context.quantity.bound is not None else None
        size = match[1].size if match is not None and context.quantity.unit == "yen" else None
        near = match[0] + (W.size if context.role else W.size_unsaid) if match is not None else 0.0
        span = match[1] if match is not None and context.quantity.side is not None and match[1].measure.day is not None else None
        span = span if span is not None and not span.mates.isdisjoint(context.beside) else None
        printed = context.role is not None and any(_is_printed(c, context) for _, c in self.claims if c.index in self.equal)
        past = _PAST.search(context.before + context.left + context.right + context.far + context.headings) is not None
        for pair in self.claims:
            claim = pair[1]
            if claim.is_edge or (claim.is_general and not general) or (not past and claim.figure.kind in _OF_CHANGE):
                continue
            is_bare = bare is not None and claim.bounds == _UNBOUNDED and bare == claim.measure
            is_other = size and claim.size != size and pair[0] < near
            is_start = claim.role == "opens" and context.quantity.bound == "until"
            is_next = claim.mate in context.apart
            asks_more = match is not None and _asks_more(claim, match[1], self.told)
            is_third = span is not None and claim.item == span.item != "" and claim.mate not in context.beside
            is_list = printed and claim.figure.edition_id is None
            if not any((is_bare, is_other, is_start, is_next, asks_more, is_third, is_list)):
                yield pair


def _is_printed(claim: Claim, context: Context) -> bool:
    """Whether a claim is of a table of dates of an edition that is spoken of, under the role that is told."""
    figure = claim.figure
    return claim.measure.day is not None and figure.kind == context.role and figure.edition_id in context.scope.editions


def _asks_more(claim: Claim, match: Claim, told: frozenset[str]) -> bool:
    """Whether a claim is of a row with a further condition, told nowhere, of the table in which another one is a row."""
    if not claim.plain_label or not claim.figure.frame_id:
        return False
    mine, other = claim.figure, match.figure
    if (mine.edition_id, mine.frame_id, mine.kind) != (other.edition_id, other.frame_id, other.kind):
        return False
    more = claim.plain_label - match.plain_label
    return match.plain_label <= claim.plain_label and bool(more) and not more & told


def words_around(context: Context) -> tuple[dict[str, float], dict[str, float]]:
    """The weighted pairs of the words near a number (its clause and the heads of its cell) and of those farther away."""
    near: dict[str, float] = {}
    for head in context.heads:
        put(near, without_exceptions(head), W.heads)
    put(near, context.right, W.right)
    put(near, context.left, W.left)
    far: dict[str, float] = {}
    if condition := _condition(context):
        put(near, condition, W.condition)
    put(far, context.headings, W.headings)
    put(far, context.previous, W.previous)
    put(far, context.far, W.far)
    put(far, context.after, W.after)
    put(far, context.before, W.before)
    return near, {g: w for g, w in far.items() if g not in near}


def _condition(context: Context) -> str:
    """The clause that tells the case for the rest of its sentence: 小売業を始める場合、1年目は4分の3."""
    if CASE.search(context.left):
        return ""
    cases = list(_CASE_CLAUSE.finditer(context.far + context.before))
    return cases[-1][1] if cases else ""


def rank(
    index: ClaimIndex, context: Context, last: Claim | None = None, model: Claim | None = None, *, only_equal: bool = False
) -> Ranked:
    """The claims that may be meant, best first.

    Args:
        index: The claims of the catalogue.
        context: The number with the words around it.
        last: The claim told before in the sentence, whose item may go on.
        model: The claim told last in the text, of which the like may be told of another thing.
        only_equal: Whether none but the claims with the number's value are wanted.
    """
    measure = measure_of(context.quantity)
    near, far = ([(g, index.idf.get(g, 0.0) * w) for g, w in words.items()] for words in words_around(context))
    whole = max(sum(w for _, w in near) + sum(w for _, w in far), index.rare * W.short)
    overlap = index.overlap(measure.family, context.scope, near, far)
    told = told_words(context)
    sizes = sizes_in(context.left) or sizes_in(context.before)
    equal = _equal(index, measure, context)
    ranked, claimed = [], 0.0
    by_group: dict[int, float] = {}
    similar, plain = W.similar / whole, W.otherwise if context.otherwise else 0.0
    left, scope, bound = context.left, context.scope, context.quantity.bound
    turn = turn_in(left) or turn_in(context.before)
    share_unit = context.quantity.unit if measure.family == "share" else None
    others = _Others(context, last, model)
    placed = index.placed(measure.family, scope)
    for place, claim in [p for p in placed if p[1].index in equal] if only_equal else placed:
        number = claim.index
        words = overlap[place]
        if not words and not scope.programmes and number not in equal:
            continue  # of the whole catalogue only what some word speaks for is meant
        score = by_group.get(claim.group)
        if score is None:
            score = by_group[claim.group] = role_fit(claim, context) + scope_fit(claim, context)
        score += similar * words + (plain if claim.is_bare else label_and_row_fit(claim, context, told))
        if bound is not None:
            score += bound_fit(claim, context)
        if measure.counter and not counters_fit(measure, claim.measure):
            score -= W.counter
        if share_unit is not None and claim.unit != share_unit and number not in equal:
            score -= W.notation
        if claim.is_tagged and (sizes or turn or claim.title in left):
            score += _tags_fit(claim, left, sizes, turn)
        claimed = score if score > claimed else claimed
        if not claim.mates.isdisjoint(context.mates) or claim.needs or claim.item == others.item or claim.figure.kind == others.kind:
            score += others.fit(claim)
        ranked.append((score, claim))
    ranked.sort(key=itemgetter(0), reverse=True)
    match = next((pair for pair in ranked if pair[1].index in equal), None)
    return Ranked(tuple(ranked), equal, claimed, match, told)


def _tags_fit(claim: Claim, left: str, sizes: frozenset[str], turn: str) -> float:
    """What the size of firms, the topic and the turn of which a figure is told say for it."""
    score = 0.0
    if sizes and claim.sizes:
        score += W.sizes if sizes & claim.sizes else -W.sizes
    if claim.title and claim.title in left:
        score += W.title
    if turn and claim.turn:
        score += W.turn if claim.turn == turn else -W.turn
    return score


class _Others:
    """What the other numbers of the sentence say for a claim: those of its item or row, and the ones told before."""

    def __init__(self, context: Context, last: Claim | None, model: Claim | None) -> None:
        self._context, self._model = context, model
        self._mates, self._beside = context.mates, context.beside
        self.item: str | None = last.item or None if last is not None else None
        self._place = last.place + 1 if last is not None else 0
        self.kind = model.figure.kind if model is not None else None
        self._rows: dict[int, float] = {}
        """By rows that ask for the same: how the numbers told before fit them."""

    def fit(self, claim: Claim) -> float:
        """What is added to the score of a claim."""
        score = 0.0
        if not claim.mates.isdisjoint(self._mates):
            score += W.mates * min(2, len(self._mates & claim.mates))
            score += W.beside * (not claim.mates.isdisjoint(self._beside))
        if claim.needs and self._context.told:
            score += self._of_row(claim)
        if claim.item == self.item and claim.place == self._place:
            score += W.next
        if self._model is not None and claim.figure.kind == self.kind and _is_like_told(claim, self._model, self._context):
            score += W.parallel
        return score

    def _of_row(self, claim: Claim) -> float:
        """Whether the numbers told before fit the numbers of the row label (従業員12人 and 6～20人)."""
        score = self._rows.get(claim.row)
        if score is None:
            score = sum(W.need if fits else -W.other_need for fits, _ in held(claim, self._context))
            self._rows[claim.row] = score
        return score


def _is_like_told(claim: Claim, model: Claim, context: Context) -> bool:
    """Whether a claim tells of a thing named here what another told of its own (三重県の最低賃金 … 愛知県は)."""
    mine, other = claim.figure, model.figure
    if mine.programme != other.programme or mine.item_id == other.item_id:
        return False
    own = _own_part(mine.label, other.label)
    return bool(own) and own in context.left + context.before


@lru_cache(maxsize=16_384)
def _own_part(label: str, other: str) -> str:
    """What a label tells before the end that it shares with another one (三重県 of 三重県の最低賃金); empty if that is too little."""
    ends = zip(reversed(label), reversed(other), strict=False)
    shared = next((n for n, (x, y) in enumerate(ends) if x != y), min(len(label), len(other)))
    own = label[: len(label) - shared].removesuffix("の")
    return own if shared >= 3 and len(own) >= 2 else ""


def _equal(index: ClaimIndex, measure: Measure, context: Context) -> frozenset[int]:
    bound = context.quantity.bound
    if measure.day is None:
        equal = index.equal(measure, bound)
        sideless = _SHUT_OUT.search(context.right + context.after) or _WHETHER.match(context.right)
        if bound in _COMPLEMENTS and sideless:  # 2,000人を超える会社は使えない: 2,000人以下
            equal |= index.equal(measure, _COMPLEMENTS[bound])
        if bound in ("until", "max", "within") and _SHARED.match(context.right):  # 1,500万円までは1/2: the part over it has another rate
            equal |= {c.index for c in index.matching(measure, "over") if c.figure.kind in _OF_SHARES}
        if bound in ("until", "max", "within") and not _SHUT_OUT.search(context.right + context.after):  # 10万円超は対象外: 10万円まで
            equal |= {c.index for c in index.matching(measure, "over") if c.figure.kind in _OF_COSTS}
        return equal
    known = index.scoped(measure.family, context.scope)
    return frozenset(c.index for c in known if same(measure, c.measure) and bound_fits(bound, c))


def told_words(context: Context) -> frozenset[str]:
    """All that is told before the number or as its head, against which row labels are held."""
    parts = (context.far, context.before, context.left, context.right, context.headings, *context.heads)
    return frozenset().union(*map(grams_of, parts), () if _ITEM.match(context.before + context.left) else grams_of(context.previous))
