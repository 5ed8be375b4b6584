"""Numbers of a text or a label as spans: 6～20人 from 6 to 20, 51人以上 from 51 up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from assistant.ask.verify.measures import measure_of
from assistant.ask.verify.records import Mate, Measure, Need, Told
from assistant.text.numbers import Quantity, find_quantities


def mate(family: str, number: Fraction) -> Mate:
    """A number of a family of units as it is found again beside others."""
    return f"{family}{number}"


@lru_cache(maxsize=4_096)
def mate_of(measure: Measure) -> Mate:
    """A measure as it is found again beside others."""
    day = measure.day
    return mate("date", Fraction((day.month or 0) * 100 + (day.day or 0))) if day else mate(measure.family, measure.number or Fraction(0))


def needs_in(label: str) -> tuple[Need, ...]:
    """The numbers that a row label asks for."""
    return tuple(t.need for t in told_spans(find_quantities(label)))


def told_spans(quantities: Sequence[Quantity]) -> Iterator[Told]:
    """Numbers as spans: 6～20人 from 6 to 20, 51人以上 from 51 up, 12人 as itself. Dates and ignored numbers are left out."""
    start: Measure | None = None
    begin = 0
    for quantity in quantities:
        if quantity.ignored or not isinstance(quantity.value, int | Fraction):
            continue
        measure = measure_of(quantity)
        if quantity.side == "from":
            start, begin = measure, quantity.start
        elif quantity.side == "to" and start is not None:
            yield Told(Need(measure.family, measure.counter, start.number, measure.number), begin)
            start = None
        else:
            yield Told(Need(measure.family, measure.counter, *_limits(quantity, measure)), quantity.start)


def _limits(quantity: Quantity, measure: Measure) -> tuple[Fraction | None, Fraction | None]:
    number = measure.number or Fraction(0)
    if quantity.bound in ("min", "over"):
        return number + (quantity.bound == "over"), None
    if quantity.bound in ("max", "within", "until", "under"):
        return None, number - (quantity.bound == "under")
    return number, number
