"""The trade that a user tells as his: the industry class of it, and the kind of trade where rules exempt it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.rules.load import Catalogue

_SUPPLIER = re.compile(
    r"(の会社|さん|業者)?((に|へ)[^、。？?]{0,8}(頼|発注|依頼|委託|払)|から[^、。？?]{0,10}(買|購入|借|仕入)|が[^、。？?]{0,10}(の会社|の業者|の店)でも)"
)
"""What follows the trade of one who is paid, not of the user."""
_FOR_OTHERS = re.compile(r"向け|相手の|のお?客|に(?:売|卸|納)|専門の|から|の(?:近く|隣|となり)|に(?:あ[るり]|近い)")
"""What follows a trade that is served and not carried on."""


def read_trade(text: str, catalogue: Catalogue) -> dict[str, Any]:
    """The inputs on the user's trade: `industry` with the word for it, and `trade` with the word where rules exempt its kind.

    Args:
        text: What the user says.
        catalogue: For the words of each class and kind.
    """
    words = [(w, c.industry) for c in catalogue.general.size_classes for w in c.words]
    kinds = [(str(w), str(kind)) for kind, names in catalogue.vocabulary.get("trades", {}).items() for w in names]
    industry = max(_told(text, words), default=None, key=lambda t: t[:2])
    trade = max((t for t in _told(text, kinds) if not _FOR_OTHERS.match(text, t[1] + t[0])), default=None, key=lambda t: t[:2])
    out = {"industry": industry[2], "industry_word": text[industry[1] : industry[1] + industry[0]]} if industry else {}
    return out | ({"trade": trade[2], "trade_word": text[trade[1] : trade[1] + trade[0]]} if trade else {})


def _told(text: str, words: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Where words stand in a text as the user's trade: length, place and what the word means."""
    for word, meaning in words:
        for m in re.finditer(re.escape(word), text) if word in text else ():
            if not (re.match(r"(では|じゃ|で)(な|あり)|[代費]", text[m.end() : m.end() + 5]) or _SUPPLIER.match(text, m.end())):
                yield len(word), m.start(), meaning
