"""How well a claim of the catalogue fits what is said around a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from assistant.ask.verify.grams import grams_of, put, without_exceptions
from assistant.ask.verify.index import ClaimIndex
from assistant.ask.verify.measures import SENSES, bound_fits, counters_fit, measure_of, same, size_of
from assistant.ask.verify.records import Claim, Context, Measure, Need, Told
from assistant.ask.verify.roles import agreement, role_of_kind, sizes_in
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
_MEDIUM = frozenset({"medium"})
_UNBOUNDED = frozenset({None})
_CASE = re.compile(r"場合|なら|とき|たら|れば|では")
_CASE_CLAUSE = re.compile(r"([^、。]*?)(?:場合|とき|なら|たら|れば)[はにも]?、")
_WHOLE = re.compile(r"全体|合計|総額|合わせ")
_EXAMPLE = re.compile(r"例|モデル|ケース|場合の計算")
_ITEM = re.compile(r"\s*(?:[-・*●○]|\d+[.)])")
_OTHERWISE = ("それ以外", "その他", "原則", "以外", "でない", "通常は", "基本", "ない場合", "しない", "使わない", "なければ")
_NO_SPECIAL = re.compile(r"(?:特例|賃上げ|引上げ|引き上げ|加算|上乗せ)[^。、\d]{0,8}(?:使わ|用い|適用し|受け|し|当たら|該当し)(?:な[いけ]|ず)|特例[^。、\d]{0,6}な(?:し|い|けれ)")
_OVER = re.compile(r"[^。、]{0,12}(?:超|残り|残る|その先|そこから|その上|以降|後半|上回)")
_PARTS = "の部分はがに分、・:にも"
_DENIED = 1.0
"""What a row for a special measure loses where the measure is told not to be used."""
_MOST = ("最大", "最高", "併用", "特例", "上乗せ", "合わせ", "合計", "両方", "使う", "使え")
_SUMMED = ("最大", "最高", "合計", "併用", "合わせ", "両方", "まで")


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
    if _CASE.search(context.left):
        return ""
    cases = list(_CASE_CLAUSE.finditer(context.far + context.before))
    return cases[-1][1] if cases else ""


def rank(index: ClaimIndex, context: Context, last: Claim | None = None, model: Claim | None = None) -> Ranked:
    """The claims that may be meant, best first.

    Args:
        index: The claims of the catalogue.
        context: The number with the words around it.
        last: The claim told before in the sentence, whose item may go on.
        model: The claim told last in the text, of which the like may be told of another thing.
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
    for place, claim in index.placed(measure.family, scope):
        number = claim.index
        words = overlap[place]
        if not words and not scope.programmes and number not in equal:
            continue  # of the whole catalogue only what some word speaks for is meant
        score = by_group.get(claim.group)
        if score is None:
            score = by_group[claim.group] = _role_fit(claim, context) + _scope_fit(claim, context)
        score += similar * words + (plain if claim.is_bare else _fit(claim, context, told))
        if bound is not None:
            score += _bound_fit(claim, context)
        if measure.counter and not counters_fit(measure, claim.measure):
            score -= W.counter
        if share_unit is not None and claim.unit != share_unit and number not in equal:
            score -= W.notation
        if sizes and claim.sizes:
            score += W.sizes if sizes & claim.sizes else -W.sizes
        if claim.title and claim.title in left:
            score += W.title
        if turn and claim.turn:
            score += W.turn if claim.turn == turn else -W.turn
        claimed = score if score > claimed else claimed
        ranked.append((score + others.fit(claim), claim))
    ranked.sort(key=itemgetter(0), reverse=True)
    match = next((pair for pair in ranked if pair[1].index in equal), None)
    return Ranked(tuple(ranked), equal, claimed, match, told)


class _Others:
    """What the other numbers of the sentence say for a claim: those of its item or row, and the ones told before."""

    def __init__(self, context: Context, last: Claim | None, model: Claim | None) -> None:
        self._context, self._model = context, model
        self._mates, self._beside = context.mates, context.beside
        self._item, self._place = (last.item, last.place + 1) if last is not None else ("", 0)
        self._kind = model.figure.kind if model is not None else ""
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
        if self._item and claim.item == self._item and claim.place == self._place:
            score += W.next
        if self._model is not None and claim.figure.kind == self._kind and _is_like_told(claim, self._model, self._context):
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
    shared = _common_end(mine.label, other.label)
    own = mine.label[: len(mine.label) - shared].removesuffix("の")
    return shared >= 3 and len(own) >= 2 and own in context.left + context.before


def _common_end(a: str, b: str) -> int:
    """How many characters two labels share at their ends."""
    return next((n for n, (x, y) in enumerate(zip(reversed(a), reversed(b), strict=False)) if x != y), min(len(a), len(b)))


def _equal(index: ClaimIndex, measure: Measure, context: Context) -> frozenset[int]:
    bound = context.quantity.bound
    if measure.day is None:
        equal = index.equal(measure, bound)
        if bound in _COMPLEMENTS and (_SHUT_OUT.search(context.right + context.after) or _WHETHER.match(context.right)):  # 2,000人を超える会社は使えない: 2,000人以下
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


def _fit(claim: Claim, context: Context, told: frozenset[str]) -> float:
    score = 0.0
    if claim.is_extreme and all(told_for(n, context) is None for n in claim.needs):
        score += W.extreme
    elif claim.label:
        score += _label_fit(claim, context, told)
    elif context.otherwise:
        score += W.otherwise
    if claim.part:
        over = _tells_over(context)
        score -= W.part if (claim.part > 1) is not bool(over) else 0.0
    if context.scope.rounds and claim.round_words:
        score += W.rounds
    if claim.sum_of and not any(w in context.left + context.right for w in _SUMMED):
        told_case = context.role is None and _CASE.search(context.left) is not None
        score -= 0.0 if told_case else 0.6 if context.role == "cap" else 1.2
    return score


def _tells_over(context: Context) -> bool:
    """Whether a rate is told of what is over an amount (1,500万円を超える部分は1/3, 残りは2/3)."""
    if _OVER.search(context.left) or _OVER.match(context.right):
        return True
    edge = next((t.need for t in context.told if t.need.family == "yen"), None)
    return edge is not None and not context.left.strip(_PARTS) and edge.low is not None and edge.high is None


def _role_fit(claim: Claim, context: Context) -> float:
    """The role counts, and more so for a figure that stands in a table of the programme under that role."""
    if context.role is None:
        if claim.role == "closes" and context.quantity.bound == "until":
            return W.until
        whole = context.quantity.bound in ("until", "max", "within")
        if claim.role == "add":  # 特例が使えれば250万円まで: the whole cap, not what is added
            return -W.added if whole else -0.5 * W.added if _CASE.search(context.left) else 0.0
        return W.until if whole and claim.role == "cap" and context.quantity.unit == "yen" else 0.0
    if claim.role is None:
        return 0.0
    if (context.role, claim.role) == ("cap", "add"):
        return -0.5 * W.added
    agrees = agreement(context.role, claim.role)
    in_table = agrees > 0 and role_of_kind(claim.figure.kind) is not None
    return (W.role if agrees > 0 else W.other_role) * agrees + (W.table if in_table else 0.0)


def _scope_fit(claim: Claim, context: Context) -> float:
    score = 0.0
    if claim.figure.kind == "fact:case" and not _EXAMPLE.search(context.left + context.before + context.headings + context.previous):
        score -= W.example
    if claim.figure.programme is None:
        score -= W.general if context.scope.programmes else 0.0
    elif claim.figure.programme in context.scope.related:
        score -= 0.5
    if "." in claim.figure.item_id and role_of_kind(claim.figure.kind) in ("cap", "floor", "rate"):
        score -= W.component * (_WHOLE.search(context.left) is not None) + W.component * (not context.scope.frames)
    if claim.figure.frame_id and context.scope.frames and claim.figure.frame_id not in context.scope.frames:
        score -= 0.7
    return score


def says_otherwise(words: str) -> bool:
    """Whether words tell the rest of the cases (それ以外は, 原則)."""
    return any(w in words for w in _OTHERWISE)


def denies_special(words: str) -> bool:
    """Whether words tell that a special measure is not used (賃上げ特例を使わない会社は): headcounts still pick the row."""
    return _NO_SPECIAL.search(words) is not None


def _bound_fit(claim: Claim, context: Context) -> float:
    """A bound word speaks for the figures that are told with such a one."""
    told = context.quantity.bound
    known = {SENSES[b] for b in claim.bounds if b is not None}
    if known and told is not None:
        return W.bound if SENSES[told] in known else 0.0
    return 0.0 if context.role and context.role == claim.role else -W.unbound


def _label_fit(claim: Claim, context: Context, told: frozenset[str]) -> float:
    """A row with a condition counts if its condition is told, and loses to the plain row if it is not."""
    if not claim.plain_label:
        return 0.0
    share = len(claim.plain_label & told) / len(claim.plain_label)
    if context.former and claim.is_special:
        return -_DENIED
    if context.former and share >= 0.75:
        return W.label * share
    if context.otherwise and not (share >= 0.75 and claim.is_rest):
        return -0.5
    if share >= 0.75:
        return W.label * share
    if claim.is_rest or (claim.sizes == _MEDIUM and not claim.is_special):
        return 0.0  # what holds where no condition is told
    if claim.sum_of:
        return 0.15 if any(w in context.left + context.before + context.right for w in _MOST) else -W.other_label
    return -W.other_label * (0.8 - share)


def held(claim: Claim, context: Context) -> Iterator[tuple[bool, Told]]:
    """For each number that a row label asks for and that is told: whether it fits, and which it is.

    A row may ask for two numbers of one kind (2人～3人 in a firm of 30人未満): then each is held against one of its own.
    """
    apart = False
    left: list[Told] = list(context.told) if context.former or not context.otherwise else []
    for need in claim.needs:
        told = [t for t in left if t.need.family == need.family and t.need.counter == need.counter and _is_like(need, t.need)]
        twice = sum(n.family == need.family for n in claim.needs) > 1
        if not twice:
            told = [t for t in told if t.need not in claim.aside]
        fitting = next((t for t in told if need.holds(t.need)), None) if twice else None
        if fitting is not None:
            left.remove(fitting)
            apart = True
            yield True, fitting
        elif told and not twice:
            yield need.holds(told[0].need), told[0]
        elif len(told) > 1 or (told and apart and _is_open(told[0].need) and _is_open(need)):
            yield False, told[0]


def _is_open(need: Need) -> bool:
    """Whether a span has one end only (30人未満, 30人以上): it tells the size of a firm and no count of people."""
    return (need.low is None) != (need.high is None)


def _is_like(need: Need, told: Need) -> bool:
    """Whether an amount may be the one that a row asks for by name: the 90 yen of a course are not 240万円."""
    if need.family != "yen":
        return True
    if need.low is None or need.low != need.high:
        return size_of(need.low or need.high or 0) == size_of(told.low or told.high or 0)
    return told.low is not None and need.low / 10 <= told.low <= need.low * 10


def told_for(need: Need, context: Context) -> Told | None:
    """The number told nearest before that a row label asks about."""
    return next((t for t in context.told if t.need.family == need.family and _is_like(need, t.need)), None)
