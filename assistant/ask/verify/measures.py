"""Compare a number of a text with a figure: same amount, same bound."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from assistant.ask.verify.records import Claim, Measure
from assistant.rules.values import Value
from assistant.text.dates import PartialDate, weekday_of
from assistant.text.numbers import Quantity, find_quantities
from assistant.text.units import Bound

_SCALES: dict[str, tuple[str, int]] = {
    "ratio": ("share", 1), "percent": ("share", 0), "years": ("months", 12), "months": ("months", 1), "weeks": ("days", 7),
    "days": ("days", 1), "hours": ("minutes", 60), "minutes": ("minutes", 1), "date": ("date", 1), "datetime": ("date", 1),
}  # fmt: skip
_COUNTERS = {
    "名": "人", "事業者": "者", "社": "者", "企業": "者", "法人": "者", "才": "歳", "頁": "ページ", "種": "種類", "店": "店舗", "つ": "",
}  # fmt: skip
LARGEST_RAISE = 300
SMALLEST_PRICE = 10_000
_APPLIED = frozenset({"件", "者"})
"""Applications and applicants are counted alike."""
SENSES: dict[Bound, str] = {"min": "low", "over": "over", "max": "high", "within": "high", "until": "high", "under": "under"}


@lru_cache(maxsize=4_096)
def measure_of(quantity: Quantity) -> Measure:
    """The measure of a number found in a text."""
    if isinstance(quantity.value, PartialDate):
        return Measure("date", day=quantity.value)
    family, scale = _SCALES.get(quantity.unit, (quantity.unit, 1))
    number = Fraction(quantity.value or 0)
    if family == "share":
        number = number / 100 if scale == 0 else number
    else:
        number *= scale
    counter = _COUNTERS.get(quantity.counter, quantity.counter) if family in ("count", "other") else ""
    if counter[:1] in "かヶカヵケ箇" and len(counter) == 2:
        counter = "か" + counter[1]
    return Measure("count" if family == "other" else family, number, None, counter)


def measure_of_value(value: Value) -> Measure | None:
    """The measure of a figure; dates are read from their own text, None if that fails."""
    exact = value.exact
    if exact is None:
        found = [q for q in find_quantities(value.text()) if not q.ignored]
        return measure_of(found[0]) if found else None
    shown = value.text(bounded=False)
    if value.unit in ("count", "other"):
        found = [q for q in find_quantities(shown) if not q.ignored]
        if found and len(found[0].text) >= len(shown.rstrip()) - 1:
            return measure_of(found[0])
    number = int(exact) if exact.denominator == 1 else exact
    return measure_of(Quantity(0, 0, "", value.unit, number, None, value.of or ""))


def same(told: Measure, known: Measure) -> bool:
    """Whether two measures are the same amount; a date may leave out what the figure has, not add to it."""
    if told.family != known.family:
        return False
    if told.day is not None and known.day is not None:
        return _same_day(told.day, known.day)
    if told.number != known.number:
        return False
    return counters_fit(told, known)


def counters_fit(told: Measure, known: Measure) -> bool:
    """Whether two counters do not contradict each other; one that is not told fits all."""
    return told.counter == known.counter or not told.counter or not known.counter or {told.counter, known.counter} == _APPLIED


def _same_day(told: PartialDate, known: PartialDate) -> bool:
    pairs = ((told.year, known.year), (told.month, known.month), (told.day, known.day))
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return False
    if told.day is not None and known.day is None:
        return False
    if told.month is not None and known.month is None:
        return False
    if told.part in ("上旬", "中旬", "下旬", "末") and known.day is None and told.part != known.part:
        return False
    if told.weekday is not None and told.year is None and (day := known.as_date()) and weekday_of(day) != told.weekday:
        return False
    if told.hour is not None and (told.hour, told.minute or 0) != (known.hour, known.minute or 0):
        return False
    return told.month is not None or told.hour is not None or (told.year is not None and known.year == told.year)


def bound_fits(told: Bound | None, claim: Claim, number: Fraction | None = None) -> bool:
    """Whether the bound word of a number can be said of a figure: a missing word is fair, a contrary one is not."""
    if told is None:
        return True
    sense = SENSES[told]
    known = claim.senses
    if known:
        return sense in known
    if claim.measure.family == "date":
        contrary = {"opens": ("high",), "closes": ("low", "over"), "plan": ("low", "over")}
        return sense not in contrary.get(claim.role or "", ())
    return _fits_role(sense, claim)


def _fits_role(sense: str, claim: Claim) -> bool:
    """Bound words that the kind of a figure allows where the catalogue writes none."""
    if claim.role in ("cap", "rate", "add"):
        return sense == "high"
    if claim.role == "floor":
        return sense == "low"
    if claim.figure.kind == "tier":
        return sense in ("high", "over")
    return sense == "high" if claim.figure.kind == "limit" else False


def step(measure: Measure, bound: Bound | None) -> tuple[Measure, Bound | None]:
    """The same claim in other words for whole numbers: 5人超 is 6人以上, 6人未満 is 5人以下."""
    if measure.number is None or measure.family not in ("people", "count") or measure.number.denominator != 1:
        return measure, bound
    if bound == "over":
        return Measure(measure.family, measure.number + 1, None, measure.counter), "min"
    if bound == "under":
        return Measure(measure.family, measure.number - 1, None, measure.counter), "max"
    return measure, bound


def amount_size(measure: Measure) -> int:
    """Whether an amount is a raise (45円以上), an hourly wage or a price: one is never meant where another stands."""
    return size_of(measure.number or 0)


def size_of(number: Fraction | int) -> int:
    """The size of an amount in yen: 0 for a raise, 1 for an hourly wage, 2 for a price."""
    return 0 if number < LARGEST_RAISE else 1 if number < SMALLEST_PRICE else 2
