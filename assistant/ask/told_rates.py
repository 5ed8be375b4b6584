"""Whether a profit rate fell, as a text tells it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from assistant.text.numbers import Quantity

_THEN = re.compile(r"から|→|⇒|のが|今|いま|直近|前年|昨年|前期|去年|^が|^、")
_LAST_YEAR = re.compile(r"前年|昨年|前期|去年")
_FELL = re.compile(
    r"利益率[^。、？?]{0,12}(下が|低下|落ち|悪化)(?P<no>(って|して|て)(は|も)?い?(な|ませ)|らな|らず|りませ|しませ|しな|ませ)?"
)


def profit_rate(text: str, found: tuple[Quantity, ...]) -> dict[str, Any]:
    """Whether the profit rate fell: by two rates told one after the other, else in so many words.

    Args:
        text: The user's sentence(s).
        found: Its quantities.

    Returns:
        `profit_rate_fell`, or nothing.
    """
    at = text.find("利益率")
    rates = [q for q in found if at >= 0 and q.unit == "percent" and q.start > at and isinstance(q.value, int | Fraction) and not q.bound]
    if len(rates) == 2 and _THEN.search(text[rates[0].end : rates[1].start]):
        turned = _LAST_YEAR.search(text[rates[0].end : rates[1].start])
        then, now = (rates[1], rates[0]) if turned else (rates[0], rates[1])
        return {"profit_rate_fell": Fraction(str(now.value)) < Fraction(str(then.value))}
    said = _FELL.search(text)
    return {"profit_rate_fell": said["no"] is None} if said else {}
