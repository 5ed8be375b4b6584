"""Numbers that follow from others: signs of arithmetic between numbers, days that are left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.text.dates import PartialDate, resolve
from assistant.text.numbers import Quantity

_SIGN = re.compile(
    r"^\s*(?:\([^()]{0,40}\)|[^\d。、\n(]{0,14}?)?\s*"
    r"([×xX*✕÷+＋=＝→-]|を?足し|を?引い|に?かけ)[\s:]*(?:[^\d。、\n×+＝=-]{0,14})$"
)
_OPERATIONS = {"x": "×", "X": "×", "*": "×", "✕": "×", "＋": "+", "＝": "=", "→": ">"}


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


def days_until(days: Iterable[PartialDate], today: date) -> list[int]:
    """Whole days from today to each of the dates."""
    found = (resolve(d, today) for d in days if d.day is not None)
    return [(d - today).days for d in found if d is not None]
