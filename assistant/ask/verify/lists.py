"""Figures that the catalogue tells next to each other: which number stands between two others, which amount goes with which rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product

from assistant.ask.verify.records import Claim, Measure

FAMILIES = frozenset({"yen", "share"})
"""What lists are made of; counts stand between in many ways."""
_OF_FRAME = ("cap", "floor", "rate", "tier")


class Lists:
    """What stands beside what in the items and tables of each programme."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        told: dict[str, dict[int, Claim]] = {}
        tables: dict[tuple[str | None, str | None], list[Claim]] = {}
        for claim in claims:
            if claim.item and claim.measure.number is not None:
                told.setdefault(claim.item, {}).setdefault(claim.place, claim)
            elif not claim.item and claim.figure.kind in _OF_FRAME and claim.figure.frame_id and claim.figure.edition_id:
                tables.setdefault((claim.figure.edition_id, claim.figure.frame_id), []).append(claim)
        self._between: dict[tuple[Measure, Measure], list[Claim]] = {}
        self._pairs: dict[str | None, set[tuple[Fraction, Fraction]]] = {}
        for places in told.values():
            row = [places[p] for p in sorted(places) if places[p].measure.family in FAMILIES]
            for first, middle, last in zip(row, row[1:], row[2:], strict=False):
                self._between.setdefault((first.measure, last.measure), []).append(middle)
            if row:
                self._pairs.setdefault(row[0].figure.programme, set()).update(_pairs_of(row))
        for rows in tables.values():
            self._pairs.setdefault(rows[0].figure.programme, set()).update(_rows_of(rows))

    def between(self, first: Measure, last: Measure, programmes: frozenset[str]) -> list[Claim]:
        """What the catalogue tells of some programmes between two numbers."""
        return [c for c in self._between.get((first, last), ()) if c.figure.programme in programmes]

    def pairs(self, rate: Fraction, amount: Fraction, programmes: Iterable[str]) -> bool:
        """Whether a rate and an amount belong together in one of some programmes, or in what is told in general."""
        return any((rate, amount) in self._pairs.get(p, ()) for p in (*programmes, None))


def _pairs_of(row: list[Claim]) -> Iterator[tuple[Fraction, Fraction]]:
    """The rates and amounts of an item: with several of both only neighbours belong together."""
    rates = {c.measure.number for c in row if c.measure.family == "share"}
    amounts = {c.measure.number for c in row if c.measure.family == "yen"}
    if len(rates) < 2 or len(amounts) < 2:
        yield from _all_pairs(row)
        return
    for first, second in zip(row, row[1:], strict=False):
        yield from _all_pairs([first, second])


def _all_pairs(row: list[Claim]) -> Iterator[tuple[Fraction, Fraction]]:
    rates = [c.measure.number for c in row if c.measure.family == "share" and c.measure.number]
    amounts = [c.measure.number for c in row if c.measure.family == "yen" and c.measure.number]
    yield from product(rates, amounts)


def _rows_of(rows: list[Claim]) -> Iterator[tuple[Fraction, Fraction]]:
    """The rates and amounts of a table: of the same row where both are told by it, else of all rows."""
    both = {c.figure.label for c in rows if c.figure.kind == "rate"} & {c.figure.label for c in rows if c.figure.kind == "cap"}
    for label in both - {""}:
        yield from _all_pairs([c for c in rows if c.figure.label == label])
    yield from _all_pairs([c for c in rows if c.figure.label not in both or not c.figure.label])
