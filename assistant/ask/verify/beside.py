"""Numbers told right beside each other: two that must differ, since the words between them tell a change, a range or a choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.ask.verify.scopes import BECAME
from assistant.text.numbers import Quantity

_DIFFERS = re.compile(
    r"(?:で)?[、(]?(?:その)?うち[^。、\d]{1,14}|"
    r"\s?(?:から|~|～|〜|→|ではなく|でなく|または|もしくは|あるいは)(?:最大)?\s?"
)
_BECOMES = re.compile(r"\s?(?:が|は|を)\s?")


_ASIDE = re.compile(r"\((?:同|[^()。\d]{1,12}(?:は|なら|だと|だけ|特例で|の場合は?))\s?")
_CASED = re.compile(
    r"(?:です)?(?:で|が|だが)?[、。|]\s?[^。、\d]{0,12}(?:小規模|赤字|最低賃金|特例|大企業|それ以外)[^。、\d]{0,20}(?:は|なら|だと|に限り|ば|:|が)、?\s?"
)
"""Another case behind a rate: it has a rate of its own, else nobody would tell it."""


def equal_ends(text: str, quantities: Sequence[Quantity]) -> frozenset[int]:
    """The starts of numbers that are the same where the words between them tell two (30万円から30万円, 50万円ではなく50万円)."""
    found: set[int] = set()
    for first, second in pairwise(q for q in quantities if not q.ignored):
        if first.value != second.value or first.unit != second.unit:
            continue
        gap = text[first.end : second.start]
        if _ASIDE.fullmatch(gap) or (first.unit == "ratio" and _CASED.fullmatch(gap)):
            found |= {first.start, second.start}
        if _DIFFERS.fullmatch(gap) or (_BECOMES.fullmatch(gap) and BECAME.match(text, second.end)):
            found |= {first.start, second.start}
    return frozenset(found)
