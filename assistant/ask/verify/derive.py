"""Numbers that follow from others: amounts told in words, days that are left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from assistant.ask.verify.workings import agrees
from assistant.text.dates import PartialDate, resolve
from assistant.text.numbers import Quantity

_SIGN = re.compile(
    r"^\s*(?:\([^()]{0,40}\)|[^\d。、\n(]{0,14}?)?\s*"
    r"([×xX*✕÷+＋=＝→-]|を?足し|を?引い|に?かけ)[\s:]*(?:[^\d。、\n×+＝=-]{0,14})$"
)
_OPERATIONS = {"x": "×", "X": "×", "*": "×", "✕": "×", "＋": "+", "＝": "=", "→": ">"}
_DERIVED = re.compile(
    r"補助額|補助金額|補助金は|補助金が|受け取|もらえ|助成額|自己負担|自己資金|手出し|持ち出し|負担|差額|合計|総額|残り|残額|計算|なので|ため|=|→|"
    r"約|分の|部分|税込|税抜|消費税|増え|減り|超え|足りない|届か|満額|支給|になり|となり|見込"
)


def operation_between(text: str, left: Quantity, right: Quantity) -> str | None:
    """The sign of arithmetic written between two numbers (×, ÷, +, -, =, >), None if there is none."""
    gap = text[left.end : right.start]
    if not gap.strip() or len(gap) > 60:
        return None
    match = _SIGN.match(gap)
    if match is None:
        return None
    sign = match[1]
    return _OPERATIONS.get(sign, sign) if len(sign) == 1 else {"足": "+", "引": "-", "か": "×"}[sign.strip("をに")[0]]


def says_derived(words: str) -> bool:
    """Whether the words around an amount say that it was computed."""
    return _DERIVED.search(words) is not None


def follows(told: Fraction, amounts: Iterable[Fraction], shares: Iterable[Fraction]) -> bool:
    """Whether an amount is a share of, a sum of or a difference between other amounts."""
    base = list(dict.fromkeys(amounts))[-12:]
    if any(sum(base[-n:], Fraction(0)) == told for n in range(2, len(base) + 1)):
        return True
    parts = [a * s for a in base for s in dict.fromkeys(shares)]
    if any(agrees(p, told) for p in parts):
        return True
    whole = list(dict.fromkeys([*base, *(Fraction(int(p)) for p in parts)]))[:60]
    return any(told in (a + b, a - b) for i, a in enumerate(whole) for j, b in enumerate(base + whole) if a is not b or i == j)


def days_until(days: Iterable[PartialDate], today: date) -> list[int]:
    """Whole days from today to each of the dates."""
    found = (resolve(d, today) for d in days if d.day is not None)
    return [(d - today).days for d in found if d is not None]
