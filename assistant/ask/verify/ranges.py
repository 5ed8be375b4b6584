"""Judge both ends of a range (6～20人) together, where the catalogue knows a range with one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from assistant.ask.verify.contexts import Piece
from assistant.ask.verify.index import in_scope
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import Scope, Verdict
from assistant.ask.verify.scopes import BECAME
from assistant.ask.verify.spans import told_spans
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity

_NEAR = 8
"""How far before a range without a counter the thing counted stands (プロセス 1～3)."""


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """The verdict on one end of a range."""

    place: int
    verdict: Verdict
    why: str
    expected: tuple[str, ...] = ()


def judge_ranges(reading: Reading, piece: Piece, scopes: list[Scope]) -> dict[int, RangeEnd]:
    """Verdicts on the ends of the ranges of a sentence, by the place of the number; ends of unknown ranges are left out."""
    return {end.place: end for k in range(len(piece.quantities) - 1) for end in _judge(reading, piece, k, scopes[k])}


def _judge(reading: Reading, piece: Piece, k: int, scope: Scope) -> Iterator[RangeEnd]:
    first, second = piece.quantities[k : k + 2]
    if first.side != "from" or second.side != "to" or isinstance(first.value, PartialDate):
        return
    if BECAME.match(reading.text, second.end):  # 50万円から100万円に上がる: two figures, no range
        return
    span = next(told_spans([first, second]), None)
    if span is None:
        return
    told = span.need
    before = reading.text[max(0, first.start - _NEAR) : first.start]
    known = [
        (f, n) for f, n in reading.index.ranges
        if n.family == told.family and (n.counter == told.counter or (not told.counter and n.counter in before)) and in_scope(f, scope)
    ]  # fmt: skip
    if any(n.low == told.low and n.high == told.high for _, n in known):
        yield RangeEnd(k, "ok", "カタログの範囲と一致します。")
        yield RangeEnd(k + 1, "ok", "カタログの範囲と一致します。")
        return
    own = [n for f, n in known if f.programme is not None or not scope.programmes]
    ends = [n.high for n in own if n.low == told.low]
    starts = [n.low for n in own if n.high == told.high]
    if ends:
        yield RangeEnd(k + 1, "wrong", "範囲の終わりが違います。", _shown(second, ends))
    elif starts:
        yield RangeEnd(k, "wrong", "範囲の始まりが違います。", _shown(second, starts))


def _shown(quantity: Quantity, numbers: list[Fraction | None]) -> tuple[str, ...]:
    """Other ends of a range in the unit of a number."""
    scale = 100 if quantity.unit == "percent" else 1
    return tuple(dict.fromkeys(f"{n * scale}{quantity.counter}" for n in numbers if n is not None))[:3]
