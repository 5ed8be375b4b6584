"""How well role, scope, bound word and conditions of a figure fit what is said around a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ask.verify.measures import SENSES, size_of
from assistant.ask.verify.records import Claim, Context, Need, Told
from assistant.ask.verify.roles import agreement, role_of_kind
from assistant.ask.verify.weights import W

_MEDIUM = frozenset({"medium"})
CASE = re.compile(r"場合|なら|とき|たら|れば|では")
_WHOLE = re.compile(r"全体|合計|総額|合わせ")
_EXAMPLE = re.compile(r"例|モデル|ケース|場合の計算")
_OTHERWISE = ("それ以外", "その他", "原則", "以外", "でない", "通常は", "基本", "ない場合", "しない", "使わない", "なければ")
_NO_SPECIAL = re.compile(
    r"(?:特例|賃上げ|引上げ|引き上げ|加算|上乗せ)[^。、\d]{0,8}(?:使わ|用い|適用し|受け|し|当たら|該当し)(?:な[いけ]|ず)|"
    r"特例[^。、\d]{0,6}な(?:し|い|けれ)"
)
_OVER = re.compile(r"[^。、]{0,12}(?:超|残り|残る|その先|そこから|その上|以降|後半|上回)")
_PARTS = "の部分はがに分、・:にも"
_PART = re.compile(r"の?(?:部分|分)(?:[はがにで)]|$)")
_DENIED = 1.0
"""What a row for a special measure loses where the measure is told not to be used."""
_MOST = ("最大", "最高", "併用", "特例", "上乗せ", "合わせ", "合計", "両方", "使う", "使え")
_SUMMED = ("最大", "最高", "合計", "併用", "合わせ", "両方", "まで")


def label_and_row_fit(claim: Claim, context: Context, told: frozenset[str]) -> float:
    """How well the conditions of a figure agree with what is told: those of its row, its round, its special measures."""
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
        told_case = context.role is None and CASE.search(context.left) is not None
        score -= 0.0 if told_case else 0.6 if context.role == "cap" else 1.2
    return score


def _tells_over(context: Context) -> bool:
    """Whether a rate is told of what is over an amount (1,500万円を超える部分は1/3, 残りは2/3)."""
    if _OVER.search(context.left) or _OVER.match(context.right):
        return True
    edge = next((t.need for t in context.told if t.need.family == "yen"), None)
    return edge is not None and not context.left.strip(_PARTS) and edge.low is not None and edge.high is None


def role_fit(claim: Claim, context: Context) -> float:
    """The role counts, and more so for a figure that stands in a table of the programme under that role."""
    if context.role is None:
        if claim.figure.kind == "tier" and not claim.is_edge and _PART.match(context.right) and not _OVER.match(context.left):
            return W.table
        if claim.role == "closes" and context.quantity.bound == "until":
            return W.until
        whole = context.quantity.bound in ("until", "max", "within")
        if claim.role == "add":  # 特例が使えれば250万円まで: the whole cap, not what is added
            return -W.added if whole else -0.5 * W.added if CASE.search(context.left) else 0.0
        return W.until if whole and claim.role == "cap" and context.quantity.unit == "yen" else 0.0
    if claim.role is None:
        return 0.0
    if (context.role, claim.role) == ("cap", "add"):
        return -0.5 * W.added
    agrees = agreement(context.role, claim.role)
    in_table = agrees > 0 and role_of_kind(claim.figure.kind) is not None
    return (W.role if agrees > 0 else W.other_role) * agrees + (W.table if in_table else 0.0)


def scope_fit(claim: Claim, context: Context) -> float:
    """What speaks against a figure by its place in the catalogue: an example, another programme, a part or another frame."""
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


def bound_fit(claim: Claim, context: Context) -> float:
    """A bound word speaks for the figures that are told with such a one."""
    told = context.quantity.bound
    known = claim.senses
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
        if claim.aside and need not in claim.aside:
            told = [t for t in told if not t.of_firm]
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
