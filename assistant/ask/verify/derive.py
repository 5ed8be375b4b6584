"""Numbers that follow from others: signs of arithmetic between numbers, days that are left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assistant.text.dates import PartialDate, resolve
from assistant.text.numbers import Quantity

_SIGN = re.compile(
    r"^\s*(?:\([^()]{0,40}\)|[^\d。、\n(]{0,14}?)?\s*"
    r"([×xX*✕÷+＋=＝→-]|を?足し|を?引い|に?かけ)[\s:]*(?:[^\d。、\n×+＝=-]{0,14})$"
)
_MONTH_OF = re.compile(r"(同|翌)月の?$")
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


def with_months(text: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The numbers of a text, days of 同月 and 翌月 with the month of the day before them (7月1日に始まり、同月31日に…)."""
    out: list[Quantity] = []
    last: PartialDate | None = None
    for quantity in quantities:
        value = quantity.value
        if isinstance(value, PartialDate):
            word = _MONTH_OF.search(text, max(0, quantity.start - 3), quantity.start)
            if word and value.month is None and value.day and last is not None and last.month:
                month = last.month + (word[1] == "翌")
                year = last.year + month // 13 if last.year else None
                value = replace(value, year=year, month=(month - 1) % 12 + 1)
                quantity = replace(quantity, value=value)
            last = value if value.month else last
        out.append(quantity)
    return tuple(out)


def days_until(days: Iterable[PartialDate], today: date) -> list[int]:
    """Whole days from today to each of the dates."""
    found = (resolve(d, today) for d in days if d.day is not None)
    return [(d - today).days for d in found if d is not None]
