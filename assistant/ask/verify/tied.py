"""Numbers that are explained by others of the text, and those that should have been: the relations held against the verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import CheckedNumber
from assistant.ask.verify.ties import BRINGS, LISTED, Tie, Ties

_BAD = ("wrong", "unsupported")
_COUNTED = ("people", "count")
_FACTORED = ("product", "share", "half", "multiple")
"""Relations whose result nobody tells with a bound word: a share of an amount is as much as it is."""


class Tied:
    """The numbers of a text that follow from others which may stand.

    Args:
        reading: The text as it was read.
        checked: The verdicts on its numbers by the catalogue and by their words.
    """

    def __init__(self, reading: Reading, checked: Sequence[CheckedNumber]) -> None:
        self._reading, self._checked = reading, checked
        self._ties = Ties(reading.text, reading.quantities, reading.reckoning.terms, reading.settled.limits, _unwritten(reading)).found
        places = {k for t in self._ties for k in t.places if not any(self._cannot(t, i) for i in t.places)}
        again = {reading.quantities[k].value for k in places if reading.quantities[k].unit in _COUNTED}
        counts = (k for k, q in enumerate(reading.quantities) if q.unit in _COUNTED and q.bound is None and q.value in again)
        self.places = frozenset(places | set(counts))

    def settle(self, first: Sequence[CheckedNumber], now: Sequence[CheckedNumber]) -> list[CheckedNumber]:
        """The last verdicts: what follows from others stands, what should have and does not casts doubt on those beside it.

        Args:
            first: The verdicts before numbers were doubted for the sake of others.
            now: The verdicts after that.
        """
        out = list(now)
        for k, number in enumerate(now):
            rate = number.unit == "ratio" and first[k].verdict not in _BAD  # doubted for its place alone
            if k in self.places and number.verdict in _BAD and not rate:
                out[k] = replace(number, verdict="ok", why="本文のほかの数字から計算できます。")
        for k in {*self._beside(out), *self._unbrought(out)}:
            out[k] = replace(out[k], verdict="wrong", why="隣の金額と計算が合いません。")
        return out

    def _cannot(self, tie: Tie, k: int) -> bool:
        """Whether a refused number cannot be explained by others: a limit of the programme, a rate that it does not have."""
        reading, quantity = self._reading, self._reading.quantities[k]
        if self._checked[k].verdict not in _BAD:
            return False
        grown = tie.kind == "growth" and quantity.unit == "yen"
        if k in reading.settled.limits or quantity.bound not in (None, "until", "min" if grown else None):
            return True
        if quantity.bound is not None and tie.kind in _FACTORED and k == max(tie.places):
            return True
        if quantity.unit == "ratio" or (quantity.unit == "percent" and quantity.bound is not None):
            between = any(q.unit == quantity.unit for q in reading.quantities[k + 1 : max(tie.places)])
            return quantity.start not in reading.settled.close or between
        return quantity.unit == "yen" and self._is_listed(tie, k) and not tie.told and tie.odds < LISTED

    def _is_listed(self, tie: Tie, k: int) -> bool:
        """Whether the other amounts of a relation are figures of the catalogue or doubtful themselves."""
        others = [i for i in tie.places - {k} if self._reading.quantities[i].unit == "yen"]
        figures = sum(self._reading.quantities[i].start in self._reading.settled.claims for i in others)
        doubtful = sum(self._checked[i].verdict in _BAD for i in others) if len(others) > 1 else 0
        return figures + doubtful == len(others)

    def _beside(self, checked: Sequence[CheckedNumber]) -> Iterator[int]:
        """The amounts right beside one that follows from nothing: they may be what it should have followed from."""
        quantities, settled = self._reading.quantities, self._reading.settled
        yen = [k for k, q in enumerate(quantities) if q.unit == "yen" and not q.ignored]
        for i, k in enumerate(yen):
            if checked[k].verdict not in _BAD or k in settled.limits:
                continue
            for j in (*yen[max(0, i - 1) : i], *yen[i + 1 : i + 2]):
                gap = self._reading.text[min(quantities[j].end, quantities[k].end) : max(quantities[j].start, quantities[k].start)]
                listed = "\n" in gap and quantities[j].start in settled.claims  # another row is judged by itself
                if self._is_open(checked, j) and not listed and gap.count("。") < 2:
                    yield j

    def _is_open(self, checked: Sequence[CheckedNumber], k: int) -> bool:
        """Whether an amount stands as the writer's or as a figure, told in no role and with no bound, and follows from nothing."""
        quantity, settled = self._reading.quantities[k], self._reading.settled
        told = k in settled.roles or k in self.places or quantity.bound is not None
        return (checked[k].verdict == "own" or (checked[k].verdict == "ok" and quantity.start in settled.claims)) and not told

    def _unbrought(self, checked: Sequence[CheckedNumber]) -> Iterator[int]:
        """An amount before a share and what that is told to bring, where neither comes of the other (700万円、1/2で340万円)."""
        reading, quantities = self._reading, self._reading.quantities
        for k in range(2, len(quantities)):
            whole, share, part = quantities[k - 2 : k + 1]
            if (whole.unit, share.unit, part.unit) != ("yen", "ratio", "yen") or part.bound is not None or k in reading.settled.limits:
                continue
            if not BRINGS.fullmatch(reading.text[share.end : part.start]) or "。" in reading.text[whole.end : share.start]:
                continue
            programmes = reading.settled.scopes[part.start].programmes | reading.scopes.seen
            if reading.index.lists.pairs(Fraction(share.value), Fraction(part.value), programmes):  # type: ignore[arg-type]
                continue  # a rate of the catalogue with its limit
            links = reading.reckoning.links.get(k, ())
            follows = any({k - 1, k} <= t.places for t in self._ties) or any(k - 1 in link.inputs for link in links)
            if not follows and not any(link.kind == "tier" for link in links):
                yield from (i for i in (k - 2, k) if self._is_open(checked, i))


def _unwritten(reading: Reading) -> dict[int, frozenset[Fraction]]:
    """By the place of an amount before which its sentence writes no rate: the rates of its programme."""
    shares = [q.start for q in reading.quantities if q.unit in ("ratio", "percent")]
    out = {}
    for k, quantity in enumerate(reading.quantities):
        if quantity.unit == "yen" and quantity.start in reading.settled.scopes:
            start = max(reading.text.rfind(mark, 0, quantity.start) for mark in "。\n")
            if not any(start < s < quantity.start for s in shares):
                out[k] = reading.index.rates(reading.settled.scopes[quantity.start])
    return out
