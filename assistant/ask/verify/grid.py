"""Arithmetic that a table tells by its heads: a difference, a sum or a share of the other cells of a row, a total of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from assistant.ask.verify.arithmetic import is_rounded
from assistant.ask.verify.workings import plain
from assistant.text.numbers import Quantity

_LEFT = re.compile(r"差|増え|増加|上乗せ|残|負担|自己|不足|借")
_TOTAL = re.compile(r"合計|総額|小計|合わせ|計$|最大|特例込|両方|併用|すべて")
_PAID = re.compile(r"補助額|補助金|助成額|助成金|支給|もらえ|受け取|受取|戻")
_COST = re.compile(r"経費|費用|投資|事業費|見積|必要")


def follows_in_table(quantity: Quantity, row: Sequence[Quantity], above: Sequence[Quantity], heads: Sequence[str]) -> bool:
    """Whether an amount is what the head of its column or row says of the other cells.

    Args:
        quantity: An amount in a cell.
        row: All numbers of its row.
        above: The numbers of its column above it.
        heads: The heads of its row and column.
    """
    number = plain(quantity)
    if quantity.unit != "yen" or number is None or not heads:
        return False
    if _TOTAL.search(heads[0].strip()) and _is_total(number, [plain(q) for q in above if q.unit == "yen"]):
        return True
    others = [q for q in row if q.start != quantity.start and not q.ignored]
    yen = [n for q in others if q.unit == "yen" and (n := plain(q)) is not None]
    shares = [n for q in others if q.unit in ("ratio", "percent") and (n := plain(q)) is not None]
    return number in _told(heads[-1], yen) or any(is_rounded(exact, number) for exact in _shared(heads[-1], yen, shares))


def _is_total(number: Fraction, above: list[Fraction | None]) -> bool:
    """Whether an amount is the sum of those above it, of all or of the last few."""
    terms = [n for n in above if n is not None]
    return any(sum(terms[-n:], Fraction(0)) == number for n in range(2, len(terms) + 1))


def _told(head: str, yen: list[Fraction]) -> set[Fraction]:
    """The differences or sums that a head may name."""
    if _LEFT.search(head):
        return {a - b for a, b in permutations(yen, 2) if a > b}
    return {sum(yen[-n:], Fraction(0)) for n in range(2, len(yen) + 1)} if _TOTAL.search(head.strip()) else set()


def _shared(head: str, yen: list[Fraction], shares: list[Fraction]) -> Iterator[Fraction]:
    """The subsidies or costs that a head may name."""
    for share in shares:
        if _PAID.search(head):
            yield from (amount * share for amount in yen)
        if _COST.search(head) and share:
            yield from (amount / share for amount in yen)
