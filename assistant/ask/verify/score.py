"""How well a claim of the catalogue fits what is said around a number."""

from __future__ import annotations

from assistant.ask.verify.claims import ClaimIndex
from assistant.ask.verify.grams import grams_of, put
from assistant.ask.verify.measures import SENSES, measure_of
from assistant.ask.verify.records import Claim, Context, Measure
from assistant.ask.verify.roles import agreement

_OTHERWISE = ("それ以外", "その他", "原則", "以外", "でない", "通常は", "基本", "ない場合", "しない", "使わない", "なければ")
_MOST = ("最大", "最高", "併用", "特例", "上乗せ", "合わせ", "合計", "両方", "使う", "使え")
_SUMMED = ("最大", "最高", "合計", "併用", "合わせ", "両方", "まで")
SIMILAR, ROLE, LABEL, NEED, NEXT = 4.0, 1.6, 1.6, 1.5, 0.5


def words_around(context: Context) -> dict[str, float]:
    """The weighted pairs of the words around a number."""
    words: dict[str, float] = {}
    for head in context.heads:
        put(words, head, 0.6)
    put(words, context.headings, 0.15)
    put(words, context.previous, 0.25)
    put(words, context.far, 0.35)
    put(words, context.after, 0.4)
    put(words, context.before, 0.5)
    put(words, context.right, 0.75)
    put(words, context.left, 1.0)
    return words


def rank(index: ClaimIndex, context: Context, last: Claim | None = None) -> list[tuple[float, Claim]]:
    """The claims that may be meant, best first; `last` is the one told before, whose item may go on."""
    measure = measure_of(context.quantity)
    words = words_around(context)
    overlap: dict[int, float] = {}
    whole = 0.0
    for gram, weight in words.items():
        importance = index.idf.get(gram, 0.0) * weight
        whole += importance
        for at, strength in index.postings.get((measure.family, gram), ()):
            overlap[at] = overlap.get(at, 0.0) + importance * strength
    whole = max(whole, index.rare * 1.5)
    told = _told_words(context)
    ranked = []
    for claim in index.scoped(measure.family, context.scope):
        if _counters_fit(measure, claim.measure):
            score = SIMILAR * overlap.get(claim.index, 0.0) / whole + _fit(claim, context, told)
            if last is not None and last.item and claim.item == last.item and claim.place == last.place + 1:
                score += NEXT
            ranked.append((score, claim))
    ranked.sort(key=lambda pair: -pair[0])
    return ranked


def _counters_fit(told: Measure, known: Measure) -> bool:
    return told.counter == known.counter or not told.counter or not known.counter


def _told_words(context: Context) -> frozenset[str]:
    """All that is told before the number or as its head, against which row labels are held."""
    return grams_of(" ".join((context.far, context.before, context.left, context.right, context.headings, *context.heads)))


def _fit(claim: Claim, context: Context, told: frozenset[str]) -> float:
    score = ROLE * agreement(context.role, claim.role)
    if context.role and claim.role is None and claim.figure.kind.startswith("fact:case"):
        score -= 0.8
    if claim.label:
        score += _label_fit(claim, context, told)
    elif any(w in context.left for w in _OTHERWISE):
        score += 0.4
    score += _bound_fit(claim, context)
    if context.scope.rounds and claim.round_words:
        score += 2.0
    if claim.needs:
        score += _needs_fit(claim, context)
    if claim.figure.programme is None and context.scope.programmes:
        score -= 0.4
    if claim.sum_of and not any(w in context.left + context.right for w in _SUMMED):
        score -= 0.6 if context.role == "cap" else 1.2
    if claim.figure.programme in context.scope.related:
        score -= 0.5
    if claim.figure.frame_id and context.scope.frames and claim.figure.frame_id not in context.scope.frames:
        score -= 0.7
    return score


def _bound_fit(claim: Claim, context: Context) -> float:
    """A bound word speaks for the figures that are told with such a one."""
    told = context.quantity.bound
    if told is None:
        return 0.0
    known = {SENSES[b] for b in claim.bounds if b is not None}
    if known:
        return 0.4 if SENSES[told] in known else 0.0
    return 0.0 if context.role and context.role == claim.role else -0.4


def _label_fit(claim: Claim, context: Context, told: frozenset[str]) -> float:
    """A row with a condition counts if its condition is told, and loses to the plain row if it is not."""
    plain = frozenset(g for g in claim.label if not any(c.isdigit() for c in g))
    if not plain:
        return 0.0
    share = len(plain & told) / len(plain)
    if any(w in context.left for w in _OTHERWISE) and not (share >= 0.75 and claim.is_rest):
        return -0.5
    if share >= 0.75:
        return LABEL * share
    if claim.sum_of:
        return 0.3 if any(w in context.left + context.before + context.right for w in _MOST) else -LABEL
    return -LABEL * (0.8 - share)


def _needs_fit(claim: Claim, context: Context) -> float:
    """Whether the numbers told before fit the numbers of the row label (従業員12人 and 6～20人)."""
    score = 0.0
    for need in claim.needs:
        told = next((t for t in context.told if t.family == need.family), None)
        if told is not None:
            score += NEED if need.holds(told) else -NEED
    return score
