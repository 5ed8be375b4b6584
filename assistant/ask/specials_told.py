"""What a text tells of special measures: that none is used, or that the case with one is to be held against the case without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.ask.names import Mention, Target

_USED = r"(?<!円)(?<!円を)(?<!円ほど)(使う|使った)"
"""A measure is used, no money (60万円使う)."""
_FILLERS = r"(みたいな|とか|なんか|なんて|など|等|の|もの|もん|やつ|[はもを]|今回|今年|うち|よう|一切|とりあえず|まだ)*"
"""What may stand between a measure and that it is not used."""
_OF_ONE = re.compile(r"([一-龥ァ-ヶー]{2,}(上げ)?|他|ほか)の?$")
"""What makes a special measure that follows a certain one, or the others than the one named, and not any."""
_BOTH_WAYS = re.compile(
    r"(する|使う|ある|した|使った|やる)場合と[^。]{0,8}(しない|使わない|ない|やらない|なし)"
    rf"|(なし|無し|使わな)[^。]{{0,24}}(あり|有り|{_USED})|(あり|有り|{_USED})[^。]{{0,16}}(なし|無し|使わな)"
)
_THING = re.compile(r"(?!特例|上乗|加算)[一-龥ァ-ヶー]{2,}(引き?上げ|上げ)?の?(特例|上乗せ|加算)?[はもがをの]?$")
"""The measure that is said to be used, or not, right after it."""
_NO_MEASURE = re.compile(r"特例|場合|両方|上限|補助額?|通常|上乗せ?|加算|特例場合|申請|補助金")


def off_words(words: Mapping[str, Any]) -> str:
    """A pattern of the words that say that a measure is not used."""
    return "|".join((*map(re.escape, words.get("special_off", ())), r"せん(?![とのか])"))


def specials_off(text: str, mentions: tuple[Mention, ...], words: Mapping[str, Any]) -> bool:
    """Whether special measures in general are said not to be used (特例なし, without special measures)."""
    off = off_words(words)
    named = [(m.start, m.end) for m in mentions if any(t.kind == "special" for t in m.targets)]
    for m in re.finditer(rf"(特例|上乗せ){_FILLERS}[^。、，,]{{0,6}}({off})|({off})特例", text):
        own = any(a <= m.start() <= b + 1 for a, b in named)
        if (own and len(named) == 1) or not (own or (named and _OF_ONE.search(text[: m.start()]))):
            return True
    raise_denied = re.search(rf"賃上げ?[はもを]*({off})", text)
    if raise_denied and all(a < raise_denied.end() and raise_denied.start() < b for a, b in named):
        return True
    return bool(re.search(r"(without|no|not)[^.。]{0,24}(special|wage|option)", text))


def used_and_denied(
    text: str, mentions: tuple[Mention, ...], words: Mapping[str, Any], inputs: Mapping[str, Any] | None = None
) -> tuple[tuple[Target, ...], frozenset[str]]:
    """The special measures that a text names: those that are used, and the ids of those denied in the same clause.

    Args:
        text: The text.
        mentions: The names found in it.
        words: The word tables.
        inputs: What the text tells of the firm.
    """
    off = off_words(words)
    always_taxed = inputs is not None and inputs.get("was_tax_exempt") is False
    used: list[Target] = []
    denied: set[str] = set()
    for m in mentions:
        here = [t for t in m.targets if t.kind == "special" and t.special]
        clause = re.split(r"[、。,，.！？!?]|あり(?!ませ)|有り", text[m.end : m.end + 14])[0]
        of_taxation = always_taxed and _INVOICE.search(m.text) and not _MEASURE.search(text[m.start : m.end + 4])
        if re.search(off, clause) or of_taxation:
            denied |= {str(t.special) for t in here}
        else:
            used += here
    return tuple(used), frozenset(denied)


_INVOICE = re.compile(r"インボイス|適格請求書")
_MEASURE = re.compile(r"特例|上乗せ|加算")
"""What makes the word for a registration that of the special measure which hangs on it."""
_OF_A_FIRM = re.compile(r"(の?(登録|番号|発行|対応|事業者)|登録済|[もはを]?(お願い|求め|迫ら|検討|考え|悩|迷))")
"""What follows a word for a special measure that tells of the firm (インボイス登録, 賃上げを検討), not that the measure is used."""


def told_of_firm(text: str, mentions: tuple[Mention, ...], inputs: Mapping[str, Any]) -> bool:
    """Whether the only special measure of a text is named by a fact that it hangs on among others: the amount is then open."""
    named = [m for m in mentions if any(t.kind == "special" for t in m.targets)]
    if inputs.get("was_tax_exempt") is False and "founded_on" not in inputs and any(_INVOICE.search(m.text) for m in named):
        return any(_MEASURE.search(text[m.start : m.end + 4]) for m in named)  # who was always taxed has it only if founded late
    if len(named) != 1 or _MEASURE.search(text) or inputs.get("was_tax_exempt"):
        return False
    return bool(_OF_A_FIRM.match(text, named[0].end)) or named[0].text.endswith("登録")


def both_ways(text: str) -> bool:
    """Whether one measure is told as used and as not used; one that is used beside another that is not is no such case."""
    for m in _BOTH_WAYS.finditer(text):
        of = _THING.search(text[: m.start()])
        others = [n for n in re.findall(r"[一-龥ァ-ヶー]{2,}", m.group(0)) if not _NO_MEASURE.fullmatch(n)]
        if of is None or all(n in text[: m.start()] for n in others):
            return True
    return False
