"""Numbers that follow from others of the text, that are computed from them, or that are the writer's own."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.verify.arithmetic import CAP_BEFORE, Link, is_rounded
from assistant.ask.verify.own import is_derived, is_required, is_supposed, is_told_as_own
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import Context, Scope
from assistant.ask.verify.roles import is_cost
from assistant.ask.verify.weights import W
from assistant.text.numbers import Quantity

_GUIDE = re.compile(r"[がを]目安")
_OF = re.compile(r"[^。、\d]{0,8}(?:に対し[^。\d]{0,8}|の|×|に)(?:、)?")
_MAKES = re.compile(
    r"(?:で|に当たる|に相当する|を掛けて|を乗じて|をかけて|だとすると|とすると|だと|なら|なので|だから|ですから|により)?(?:、|の|=|→|すると|つまり|すなわち|補助額は|約)*"
)
_COUNTED = ("multiple", "hours", "raise", "change")
"""Links that come from a count which is told (2設備, 3台, 5時間), or from a raise."""
_LEFT_OVER = re.compile(r"(?:残り|残る|残額|差額)[はがの]?$")
_HALF = re.compile(r"(?:半分|半額)(?:は|の|が|に当たる|となる)?(?:約|およそ)?$")
_TIMES = re.compile(r"(?:掛|か)け(?:て|ると|た)|乗じ(?:て|ると|た)")
NOT_BUT = re.compile(r"(?:では|で)なく、?$")
_SO = re.compile(r"(?:ので|ため|から|つまり|すなわち|よって|なら|だと)、?\s?$")
_CONCLUDED = ("until", "max", "within", "min")
_INVESTED = re.compile(r"(?:の)?(?:投資|設備|事業費|経費|費用|支出)")
_REACHED = re.compile(r"[^。、\d]{0,6}(?:にな|とな|が社内|が最低|[がを]目|で済|の[^。、\d]{1,8}が(?:必要|要))")


def hangs(reading: Reading, context: Context, score: float) -> bool:
    """Whether a number is told as computed from the amounts of the text and follows from none of them."""
    if NOT_BUT.search(context.left):
        return False  # 12万円ではなく10万円: a limit of the catalogue in place of what was computed
    if _HALF.search(context.left) and context.quantity.unit == "yen" and _has_amount(reading, context.quantity):
        links = reading.reckoning.links.get(reading.order[context.quantity.start], ())
        return not any(len(k.inputs) == 1 or _is_half(reading, k) for k in links)
    if is_required(reading.text, context.quantity) and _has_rate_and_amount(reading, context.quantity):
        return not follows(reading, context)
    computed = context.reckonable and context.role is None and is_derived(reading.unnamed, context.quantity)
    return computed and score < W.told and not follows(reading, context)


def _is_half(reading: Reading, link: Link) -> bool:
    """Whether a link tells the half of an amount whose share is written as well (1/2、つまり半額の25万円)."""
    shares = [Fraction(reading.quantities[k].value) for k in link.inputs if reading.quantities[k].unit == "ratio"]  # type: ignore[arg-type]
    return link.kind == "product" and shares == [Fraction(1, 2)]


def _has_amount(reading: Reading, quantity: Quantity) -> bool:
    """Whether an amount of which a number may be the half is told before it in its paragraph."""
    start = reading.text.rfind("\n", 0, quantity.start)
    before = reading.quantities[: reading.order[quantity.start]]
    return any(q.unit == "yen" and not q.ignored and q.start > start for q in before)


def _has_rate_and_amount(reading: Reading, quantity: Quantity) -> bool:
    """Whether a rate and an amount are told before a number, from which the cost that it tells would follow."""
    start = reading.text.rfind("\n", 0, quantity.start)
    units = {q.unit for q in reading.quantities[: reading.order[quantity.start]] if q.start > start}
    return {"yen", "ratio"} <= units


def follows(reading: Reading, context: Context) -> bool:
    """Whether a number follows from others of the text, one of them no figure of the catalogue, or they from it."""
    quantity = context.quantity
    if CAP_BEFORE.search(context.left) or not _is_reached(reading, context):
        return False
    place = reading.order[quantity.start]
    links = reading.reckoning.links.get(place, ())
    derived = is_derived(reading.text, quantity)
    grows = any(link.kind == "growth" for r in reading.reckoning.uses.get(place, ()) for link in reading.reckoning.links[r])
    if grows and quantity.unit != "yen" and quantity.bound is None:
        return True
    ahead = [link for r in reading.reckoning.uses.get(place, ()) for link in reading.reckoning.links[r]]
    counted = context.role is None and quantity.bound is None and not derived
    if counted and any(k.kind in _COUNTED and place in k.inputs for k in ahead):
        return True
    if any(_backs(reading, link, quantity, derived) for link in links):
        return True
    if derived and _is_share(reading, context):
        return True
    if quantity.unit == "percent" and any(k.kind == "product" and k.result == place - 1 for k in ahead):
        return True  # 8,000万円(10%)
    if _HALF.search(context.left) and not any(link.kind == "product" for link in links):
        return False
    if derived and _LEFT_OVER.search(context.left) and len(links) + len(ahead) > 0:
        return False  # told as what is left of an amount, and it is not
    results = [reading.quantities[r] for r in reading.reckoning.uses.get(place, ())]
    chained = any(r in reading.reckoning.uses for r in reading.reckoning.uses.get(place, ()))
    input_only = quantity.unit == "yen" and context.role is None and not _is_repeated(reading, quantity)
    factor = any(link.kind == "product" and place in link.inputs for link in ahead)
    cases = [q for q in reading.quantities[: place + 1] if is_supposed(reading.text, q)]
    if derived and not factor and cases and cases[-1] is not quantity:
        return False  # told as what comes of a case, and it does not
    leads = any(is_derived(reading.text, q) and (q.start > quantity.start or not derived) for q in results)
    leads = leads or any(k.kind == "sum" and len(k.inputs) >= 3 and place in k.inputs for k in ahead)  # a plan by years with its total
    leads = leads or any(_is_used_in(reading, k, place) for k in ahead)
    return input_only and (leads or (chained and not derived))


def _backs(reading: Reading, link: Link, quantity: Quantity, derived: bool) -> bool:
    """Whether a link explains a number as it is told there."""
    concluded = quantity.bound in _CONCLUDED and _SO.search(reading.text, max(0, quantity.start - 8), quantity.start) is not None
    if quantity.bound is not None and link.kind not in ("sum", "quotient") and "が限度" not in quantity.text and not concluded:
        return link.kind in _COUNTED and _TIMES.search(reading.text, max(0, quantity.start - 8), quantity.start) is not None
    if link.kind == "rest" and _LEFT_OVER.search(reading.text, max(0, quantity.start - 6), quantity.start):
        return True
    if link.kind == "quotient":
        return not derived or is_cost(reading.text[max(0, quantity.start - 16) : quantity.start])
    return link.kind in ("growth", "quota", *_COUNTED) or _has_case(reading, link) or _is_spelled_out(reading, link)


def _has_case(reading: Reading, link: Link) -> bool:
    """Whether a link starts from an amount that the catalogue does not tell: from a case, not from two figures by chance."""
    amounts = [reading.quantities[i] for i in link.inputs if reading.quantities[i].unit == "yen"]
    return any(q.start not in reading.settled.claims for q in amounts) or link.kind == "sum"


def _is_spelled_out(reading: Reading, link: Link) -> bool:
    """Whether the words between the numbers tell the product step by step (50万円に対して4/5、つまり40万円)."""
    if link.kind != "product" or link.result < 2 or set(link.inputs) != {link.result - 1, link.result - 2}:
        return False
    first, second, result = reading.quantities[link.result - 2 : link.result + 1]
    return _OF.fullmatch(reading.text[first.end : second.start]) is not None and (
        _MAKES.fullmatch(reading.text[second.end : result.start]) is not None
    )


def _is_used_in(reading: Reading, link: Link, place: int) -> bool:
    """Whether a rate is told right after an amount and its product right after the rate (2,800万円の機械で1/2の1,400万円)."""
    if link.kind != "product" or set(link.inputs) != {place, place + 1} or link.result != place + 2:
        return False
    share, result = (reading.quantities[k] for k in (place + 1, place + 2))
    return _MAKES.fullmatch(reading.text[share.end : result.start]) is not None


def _is_repeated(reading: Reading, quantity: Quantity) -> bool:
    return any(q.value == quantity.value and q.unit == quantity.unit for q in reading.quantities if q.start < quantity.start)


def _is_reached(reading: Reading, context: Context) -> bool:
    """Whether a number has no bound, or is told as what comes out all the same (1,095円以上が最低ライン, 12万円が限度になる)."""
    quantity = context.quantity
    if quantity.bound is None or (quantity.bound == "until" and is_cost(context.left)):
        return True
    if quantity.bound in _CONCLUDED and _SO.search(context.left):
        return True  # 4分の1が限度なので20万円まで
    if quantity.bound in ("over", "min") and _INVESTED.match(reading.text, quantity.end):
        return any(k.kind == "quotient" for k in reading.reckoning.links.get(reading.order[quantity.start], ()))
    if _GUIDE.match(reading.text, quantity.end) or "逆算" in reading.text[max(0, quantity.start - 16) : quantity.start]:
        return True
    if _TIMES.search(reading.text, max(0, quantity.start - 8), quantity.start):
        return True
    return quantity.bound in ("min", None) and _REACHED.match(reading.text, quantity.end) is not None or "が限度" in quantity.text


def _is_share(reading: Reading, context: Context) -> bool:
    """Whether an amount is the programme's rate of a case told before, where the rate itself is not written."""
    rates = reading.index.rates(context.scope)
    told = context.quantity.value
    start = reading.text.rfind("。", 0, context.quantity.start)
    if not isinstance(told, int) or any(q.unit == "ratio" and start < q.start < context.quantity.start for q in reading.quantities):
        return False  # a rate that is written must give it
    for k, quantity in enumerate(reading.quantities[: reading.order[context.quantity.start]]):
        if quantity.unit == "yen" and isinstance(quantity.value, int) and is_supposed(reading.text, quantity):
            if any(is_rounded(quantity.value * rate, Fraction(told)) for rate in rates):
                reading.settled.shared.update((k, reading.order[context.quantity.start]))
                return True
    return False


def is_used_rate(reading: Reading, quantity: Quantity, scope: Scope) -> bool:
    """Whether a rate of the programme gives the amount told right behind it (1/2の400万円)."""
    if quantity.unit != "ratio" or Fraction(quantity.value or 0) not in reading.index.rates(scope):  # type: ignore[arg-type]
        return False
    place = reading.order[quantity.start]
    links = reading.reckoning.links.get(place + 1, ())
    return any(link.kind in ("product", "quotient") and place in link.inputs for link in links)


def is_own(reading: Reading, context: Context, number: Fraction, claimed: float) -> bool:
    """Whether a number is the writer's: told as such, handed down from a number that was, or a term of his arithmetic."""
    quantity = context.quantity
    if quantity.start in reading.workings.operands or number in reading.workings.used:
        return True
    if context.role is None and quantity.bound is None and number in reading.settled.own:
        return True
    operand = context.in_equation and context.role is None and quantity.bound is None and not context.far.strip()
    return operand or is_told_as_own(reading.text, context, claimed)
