"""What a text says of two of its own numbers: how many times the one is of the other, how far and how many days they are apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, permutations

from assistant.ask.verify.arithmetic import is_about
from assistant.ask.verify.measures import measure_of
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import Context
from assistant.text.dates import PartialDate, add_months, resolve
from assistant.text.numbers import Quantity

_REACH = 7
"""How many numbers of a kind before one, or in its sentence, it may be said of."""
_ABOUT = re.compile(r"(?:約|およそ|ほぼ|概ね|ざっと)\s?$")
_APART = re.compile(r"(?:差|違い|開き|差額)[はがも]?(?:ちょうど|約|およそ|わずか)?\s?$")
_MORE = re.compile(r"\s?(?:分)?(?:の|ほど)?\s?(?:差|違い|開き|増|減|伸|改善|上昇|低下|上が|下が|高|低|長|短|多|少)")
_PASSED = re.compile(r"\s?(?:間)?\s?(?:が)?(?:た[っち]|経[っち]|経過|過ぎ|前)")
_DIFFERS = re.compile(r"(?:も|ずつ|だけ|ほど)?の?(?:違い|違う|差が|差です|開き|上乗せ|多い|多く|少な|高い|高く|安い|安く|低い|低く)")
_HIGHER = re.compile(r"(?:ほど|近く)?(?:の)?(?:高|安|値上|値下|増|減|上が|下が)")
_NEARLY = re.compile(r"\s?(?:近く|ほど|余り|あまり|弱|強|くらい|ぐらい|程度)")
_MONTH = 30
_TOO_MANY = re.compile(r"\s?(?:分)?(?:が|だけ|ほど)?(?:超え|オーバー|はみ出|足り|不足|多[いく]|少な|余)")
_A_YEAR = re.compile(r"(?:年|月|月々|毎月|毎年|月にすると|年にすると)(?:に|は|、)?(?:約|およそ)?$")
_EACH_YEAR = re.compile(r"平均|あたり|当たり|割[るれり]|ならす|均す")
_SPAN_UNITS = frozenset({"months", "years", "days", "weeks"})


def compares(reading: Reading, context: Context) -> bool:
    """Whether a number is what two others of the text come to when they are compared."""
    quantity = context.quantity
    if quantity.counter == "倍" and quantity.bound in ("over", "min") and isinstance(quantity.value, int | Fraction):
        return any(0 <= a / b - quantity.value < 1 for a, b in _pairs(reading, quantity, None) if b)
    if _is_too_many(reading, quantity):
        return True
    if quantity.bound is not None or quantity.side is not None or not isinstance(quantity.value, int | Fraction):
        return False
    told = Fraction(quantity.value)
    if quantity.counter == "倍":
        return any(_is_near(a / b, told, reading, quantity) for a, b in _pairs(reading, quantity, None) if b)
    if quantity.counter == "ポイント":
        return any(_is_near(a - b, told, reading, quantity) for a, b in _pairs(reading, quantity, "share", 100))
    if quantity.unit == "yen" and (_EACH_YEAR.search(context.left) or _A_YEAR.search(context.left)):
        return _is_average(reading, quantity, told)
    if quantity.unit == "percent" and _HIGHER.match(reading.text, quantity.end):
        return any(_is_near((a / b - 1) * 100, told, reading, quantity) for a, b in _pairs(reading, quantity, "yen") if b)
    if quantity.unit == "yen" and _DIFFERS.match(reading.text, quantity.end):
        return any(a - b == told for a, b in _pairs(reading, quantity, "yen"))
    if _APART.search(context.left) or (quantity.unit in _SPAN_UNITS and _MORE.match(reading.text, quantity.end)):
        family = measure_of(quantity).family
        mine = measure_of(quantity).number
        return any(a - b == mine for a, b in _pairs(reading, quantity, family))
    return False


def _is_too_many(reading: Reading, quantity: Quantity) -> bool:
    """Whether a count is told as how far another of the text lies beyond a limit (従業員6人、5人以下なので1人超えて)."""
    if quantity.unit not in ("people", "count") or not isinstance(quantity.value, int):
        return False
    over = quantity.text.endswith("超えて") or _TOO_MANY.match(reading.text, quantity.end) is not None
    return over and any(a - b == quantity.value for a, b in _pairs(reading, quantity, measure_of(quantity).family))


def _is_plain(quantity: Quantity) -> bool:
    return not quantity.ignored and isinstance(quantity.value, int | Fraction) and quantity.counter not in ("倍", "ポイント")


def _pairs(reading: Reading, quantity: Quantity, family: str | None, scale: int = 1) -> Iterator[tuple[Fraction, Fraction]]:
    """Pairs of near numbers of one family of units and one counter, the greater first."""
    place = reading.order[quantity.start]
    start, stop = reading.text.rfind("\n\n", 0, quantity.start) + 1, reading.text.find("。", quantity.end)
    groups: dict[tuple[str, str], list[Fraction]] = {}
    for k in range(max(0, place - 2 * _REACH), min(len(reading.quantities), place + 3)):
        other = reading.quantities[k]
        inside = start <= other.start and (k < place or stop < 0 or other.start < stop)
        if k == place or not inside or not _is_plain(other):
            continue
        measure = measure_of(other)
        if family in (None, measure.family) and measure.number is not None:
            groups.setdefault((measure.family, measure.counter), []).append(measure.number * scale)
    for found in groups.values():
        for a, b in combinations(found[-_REACH - 2 :], 2):
            if a != b:
                yield max(a, b), min(a, b)


def _is_near(exact: Fraction, told: Fraction, reading: Reading, quantity: Quantity) -> bool:
    """Whether a number is another one, as exact as it is written; with 約 it may be rounded to its last digit."""
    if exact == told:
        return True
    about = _ABOUT.search(reading.text, max(0, quantity.start - 4), quantity.start) is not None
    decimals = len(quantity.text.partition(".")[2].rstrip("倍ポイント")) if "." in quantity.text else 0
    return (about or decimals > 0) and abs(exact - told) <= Fraction(1, 2 * 10**decimals)


def _is_average(reading: Reading, quantity: Quantity, told: Fraction) -> bool:
    """Whether an amount is another one shared out to a count that is told, or to the months of a year (3年で9,750万円、年3,250万円)."""
    place = reading.order[quantity.start]
    before = [q for q in reading.quantities[max(0, place - _REACH) : place] if _is_plain(q)]
    amounts = [Fraction(q.value) for q in before if q.unit == "yen"]  # type: ignore[arg-type]
    counts = {Fraction(q.value) for q in before if q.unit in ("years", "months", "people", "count")}  # type: ignore[arg-type]
    if "月" in reading.text[max(0, quantity.start - 8) : quantity.start]:
        counts.add(Fraction(12))
    about = _ABOUT.search(reading.text, max(0, quantity.start - 4), quantity.start) is not None
    shared = [a / n for a in amounts for n in counts if n > 1]
    return any(abs(exact - told) < 1 or (about and is_about(exact, told)) for exact in shared)


def spans_days(reading: Reading, context: Context) -> bool:
    """Whether a number of days is that between two days of the text, or from one of them to the day of reading."""
    quantity = context.quantity
    if quantity.unit == "months" and quantity.bound is None:
        return _spans_months(reading, quantity)
    if measure_of(quantity).family != "days" or quantity.bound is not None:
        return False
    told = measure_of(quantity).number
    about = _ABOUT.search(reading.text, max(0, quantity.start - 4), quantity.start) is not None
    days = list(_days(reading))
    between = {(b - a).days + inside for a, b in permutations(days, 2) if b > a for inside in (0, quantity.text.endswith("間"))}
    if _PASSED.match(reading.text, quantity.end):
        between |= {(reading.today - d).days for d in _days(reading, "past") if d < reading.today}
    return any(told == n or (about and told is not None and abs(told - n) <= max(1, n // 20)) for n in between)


def _spans_months(reading: Reading, quantity: Quantity) -> bool:
    """Whether about so many months lie between two days of the text, or between one of them and the day of reading."""
    about = _ABOUT.search(reading.text, max(0, quantity.start - 4), quantity.start) or _NEARLY.match(reading.text, quantity.end)
    told = measure_of(quantity).number
    if about is None or told is None:
        return False
    days = [*_days(reading), *_days(reading, "past"), reading.today]
    return any(abs((b - a).days - told * _MONTH) <= _MONTH / 2 for a, b in permutations(days, 2) if b > a)


def _days(reading: Reading, prefer: str = "future") -> Iterator[date]:
    """The days of a text in their order; one without a year is of the year of the one before it, or of the next."""
    last: date | None = None
    for quantity in reading.quantities:
        value = quantity.value
        if not isinstance(value, PartialDate) or value.month is None or value.day is None:
            continue
        day = resolve(value, reading.today, "past" if prefer == "past" else "future")
        if day is not None and value.year is None and last is not None and prefer != "past":
            day = _after(last, day)
        if day is not None:
            yield day
            last = day


def _after(last: date, day: date) -> date:
    """A day without a year in the year of another one, or half a year and more before it in the next."""
    try:
        same = day.replace(year=last.year)
    except ValueError:
        return day
    return same if (last - same).days < 183 else day.replace(year=last.year + 1)


def follows_by_months(reading: Reading, value: PartialDate) -> bool:
    """Whether a day is so many months or years, told in the text, after a day of the writer's own (that one counted or not)."""
    day = value.as_date()
    if day is None or value.hour is not None:
        return False
    spans = [int(n) for q in reading.quantities if q.unit in ("months", "years") and (n := measure_of(q).number) and n.denominator == 1]
    own = [q.value for q in reading.quantities if isinstance(q.value, PartialDate) and q.start not in reading.settled.claims]
    starts = [start for v in own if v is not value and (start := v.as_date()) is not None]
    return any(day in (end, end - timedelta(days=1)) for s in starts for n in spans for end in (add_months(s, n),))
