"""Tables and lists that leave no room: a rate of a frame that is named is one of its rows, between two figures stands a third."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.verify.measures import SENSES, amount_size, measure_of
from assistant.ask.verify.own import OWNER, is_supposed
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import Claim, Context
from assistant.ask.verify.score import Ranked
from assistant.ask.verify.spans import mate_of
from assistant.ask.verify.tables import picks_row
from assistant.text.numbers import Quantity

_DENIED = re.compile(r"(?:使|選|受け|当ては)[^。、\d]{0,3}(?:ない|ません)")
_GIVEN = re.compile(r"の(?:方|人|会社|企業|事業者|場合|ケース)|なら|であれば|だと")
_OF_RULE = re.compile(r"[^。、\d]{0,16}(?:だけ|のみ|に限)|の?(?:場合|会社|企業|事業者|機械|ところ)(?:は|のみ|を|だけ)")
_RULED = 1.8
"""Score from which the catalogue is taken to tell the very rule that a case stands for."""
_TOLD = 0.6
"""The share of the words of a condition from which it is taken to be told."""
_LOWER, _UPPER = ("min", "over"), ("max", "under", "until", "within")
_SPANS = ("", "、", "~", "～", "かつ", "で", "から")
_PLAIN = frozenset({"medium"})


def outside_table(reading: Reading, context: Context) -> bool:
    """Whether a number is told as the rate of a frame whose table has no such row, or only one whose condition is told nowhere."""
    if context.role != "rate" or context.quantity.unit != "ratio" or not context.scope.frames or _DENIED.search(context.right):
        return False
    if _GIVEN.match(context.right):
        return False  # 補助率2/3の方なら: told as whose case it is
    scoped = reading.index.scoped("share", context.scope)
    rows = [c for c in scoped if c.figure.kind == "rate" and c.figure.frame_id in context.scope.frames and not c.item]
    if not rows or any(c.figure.kind == "fact:limit" and c.measure == measure_of(context.quantity) and c.figure.frames for c in scoped):
        return False
    fitting = [c for c in rows if c.measure == measure_of(context.quantity)]
    if any(_is_plain(c) or _is_told(c, reading) for c in fitting):
        return False
    return not fitting or any(_is_plain(c) for c in rows)


def _is_plain(claim: Claim) -> bool:
    """Whether a row holds where no condition is told."""
    return not claim.plain_label or claim.is_rest or claim.sizes == _PLAIN


def _is_told(claim: Claim, reading: Reading) -> bool:
    return len(claim.plain_label & reading.words) >= _TOLD * len(claim.plain_label)


def list_breaks(reading: Reading, context: Context, ranked: Ranked) -> tuple[str, ...]:
    """What stands in the lists of the catalogue between the amounts before and after a number, if it is something else."""
    quantity, scope = context.quantity, context.scope
    place = next((k for k, q in enumerate(reading.amounts) if q.start == quantity.start), -1)
    if not 0 < place < len(reading.amounts) - 1 or not scope.programmes or quantity.unit not in ("yen", "ratio"):
        return ()
    before, after = reading.amounts[place - 1], reading.amounts[place + 1]
    if re.search(r"[。\n→]", reading.text[before.end : after.start]):
        return ()  # a sentence, a row or what one became starts a list of its own
    measure = measure_of(quantity)
    known = reading.index.lists.between(measure_of(before), measure_of(after), scope.programmes)
    like = [c for c in known if c.measure.family == measure.family and c.size == amount_size(measure)]
    if not like or any(c.measure.number == measure.number for c in known) or _is_row_of(ranked, scope.frames):
        return ()
    rate, amount = (quantity, after) if quantity.unit == "ratio" else (before, quantity)
    if rate.unit == "ratio" and amount.unit == "yen" and reading.index.lists.pairs(_number(rate), _number(amount), scope.programmes):
        return ()
    return tuple(dict.fromkeys(c.figure.value.text() for c in like))[:3]


def breaks_span(reading: Reading, context: Context, ranked: Ranked) -> bool:
    """Whether a number is the one end of a span (10億円以上100億円未満) whose other end the catalogue tells beside another number alone."""
    quantity = context.quantity
    k = reading.order[quantity.start]
    near = reading.quantities[max(0, k - 1) : k] if quantity.bound in _UPPER else reading.quantities[k + 1 : k + 2]
    if not near or quantity.bound is None or not context.scope.programmes:
        return False
    other = near[0]
    gap = reading.text[min(quantity.end, other.end) : max(quantity.start, other.start)]
    if other.unit != quantity.unit or other.bound not in (_LOWER if quantity.bound in _UPPER else _UPPER) or gap.strip() not in _SPANS:
        return False
    mate = mate_of(measure_of(other))
    told = [c for _, c in ranked.claims if mate in c.mates and SENSES[quantity.bound] in c.senses]
    return bool(told) and not any(c.index in ranked.equal for c in told)


def is_unmet(reading: Reading, context: Context, ranked: Ranked) -> bool:
    """Whether a case stands where the catalogue tells a rule, and does not meet it (12人なら行動計画, the rule being 21人以上)."""
    quantity = context.quantity
    if not ranked.claims or ranked.top < _RULED or OWNER.search(reading.text[: quantity.start]):
        return False
    if quantity.unit in ("percent", "hours"):
        return True
    rule = ranked.claims[0][1]
    if rule.mate in context.mates:
        return False  # 50万円の券売機は25万円ではなく20万円まで: the text holds the case against the rule itself
    senses = rule.senses
    case = is_supposed(reading.text, quantity) or _OF_RULE.match(reading.text, quantity.end) is not None
    if not case or not senses or rule.role is not None:
        return False
    told = measure_of(quantity)
    if quantity.unit == "yen" and amount_size(told) != rule.size:
        return not picks_row(reading, context)
    case_of, limit = told.number or Fraction(0), rule.measure.number or Fraction(0)
    return (senses <= {"low", "over"} and case_of < limit) or (senses <= {"high", "under"} and case_of > limit)


def _number(quantity: Quantity) -> Fraction:
    return measure_of(quantity).number or Fraction(0)


def _is_row_of(ranked: Ranked, frames: frozenset[str]) -> bool:
    """Whether a number fits a figure of the frame that is named better than anything else."""
    if ranked.match is None or ranked.match[0] < ranked.top:
        return False
    figure = ranked.match[1].figure
    return bool(frames & {figure.frame_id, *figure.frames})
