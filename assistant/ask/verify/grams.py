"""Character pairs of the words that carry meaning (kanji, katakana, letters, digits)."""

from __future__ import annotations

import re
from functools import lru_cache

_RUN = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9]+")
_WEAK = frozenset("場合 以上 以下 以内 未満 対象 事業 補助 助金".split())


@lru_cache(maxsize=20_000)
def grams_of(text: str) -> frozenset[str]:
    """All pairs of a text; a word of one character stands for itself."""
    out: set[str] = set()
    for run in _RUN.findall(text):
        if len(run) == 1:
            out.add(run)
        out.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(out - _WEAK)


_LEFT_OUT = re.compile(r"\([^()]*(?:除く|除き|以外)[^()]*\)")


def without_exceptions(text: str) -> str:
    """A text without the brackets that tell what is left out: サービス業(宿泊業を除く) does not speak of 宿泊業."""
    return _LEFT_OUT.sub(" ", text) if "(" in text else text


def put(target: dict[str, float], text: str, weight: float) -> None:
    """Add the pairs of a text to a weighted set, keeping the greater weight."""
    for gram in grams_of(text):
        if weight > target.get(gram, 0.0):
            target[gram] = weight
