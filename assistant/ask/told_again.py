"""Amounts of money that a text tells more than once: they are one cost, and a sum is no cost beside its parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.ask.slots import Item

_SAME_AGAIN = re.compile(r"円?(は|でも|とは|といっても|いうても|ちょうど|つまり|すなわち|要するに|[、，,。（(]|税抜き?|税込み?)+")
"""What stands between an amount and the same one said again (60万は60万でも税抜60万)."""
_JUST = re.compile(r"円?(ちょうど|きっかり|ぴったり|ジャスト)")
_MORE = re.compile(r"あと|もう|さらに|追加|別|ほか|他|残り|それぞれ|両方|プラス|足し|加え|[+＋]")
_NOTHING = re.compile(r"税抜き?|税込み?|税別|合計|総額|場合|金額|予算|経費|費用")
_THING = re.compile(r"[一-龥]{2,}|[ァ-ヶー]{2,}|[一-龥](?=[をはがのもに]|$)|[A-Za-zＡ-Ｚ0-9０-９]+")
"""What tells one cost from another in its label."""
_OF_WHICH = re.compile(
    r"円?(ほど|くらい|程度)?(の[^、。（(0-9０-９]{1,10})?(で|を)?\s*(?P<bracket>[（(])?[、，]?\s*(の?(その|この)?うち(?![はがもでの])|の?内訳|(の?内)(?=[^、。]{0,8}[0-9０-９]))"
)
"""What makes an amount the sum of those after it, or of some of them (12億円の投資（うち外注費2億円）)."""
_FROM_PARTS = re.compile(r"[、，]?(の?[^、。（(0-9０-９]{0,10}[（(、，])?の?((その|この)?うち|内訳|内)")


def without_sums(text: str, items: list[Item]) -> list[Item]:
    """The costs with each sum cut to what its parts leave of it; one that its parts make up is dropped.

    Args:
        text: The text that tells the costs.
        items: The costs in the order of the text.
    """
    out: list[Item] = []
    for i, item in enumerate(items):
        told = _OF_WHICH.match(text, item.end)
        end = re.compile(r"[）)]" if told and told.group("bracket") else r"[。？?！!\n]").search(text, told.end() if told else item.end)
        parts = sum(x.yen for x in items[i + 1 :] if told and x.start < (end.start() if end else len(text)))
        if not 0 < parts <= item.yen:
            out.append(item)
        elif parts < item.yen:
            out.append(replace(item, label=_FROM_PARTS.split(item.label)[0], yen=item.yen - parts, times=1, every=""))
    return out


def told_once(text: str, items: list[Item]) -> list[Item]:
    """The costs without those that only say an earlier one again: the same amount, of the same thing or of none.

    Of an amount told with and without consumption tax, the one without is kept.

    Args:
        text: The text that tells the costs.
        items: The costs in the order of the text.
    """
    out: list[Item] = []
    for item in items:
        k = next((k for k, o in enumerate(out) if _with_tax(text, o, item) or _says_again(text, o, item)), None)
        if k is None:
            out.append(item)
            continue
        kept = item if item.tax == "excl" else out[k]
        out[k] = replace(kept, label=out[k].label if _things(out[k]) else item.label, tax=kept.tax or item.tax, end=item.end)
    return out


def _with_tax(text: str, first: Item, second: Item) -> bool:
    """Whether two amounts beside each other are one price, with and without consumption tax."""
    prices = {i.tax: i.yen for i in (first, second)}
    beside = re.fullmatch(r"円?[（(、，,・/／\s]*(税抜き?|税込み?|税別|だと|では|で|約)*", text[first.end : second.start])
    return bool(beside) and set(prices) == {"excl", "incl"} and prices["excl"] < prices["incl"]


def _says_again(text: str, first: Item, second: Item) -> bool:
    if (first.yen, first.times) != (second.yen, second.times):
        return False
    between = text[first.end : second.start]
    if _SAME_AGAIN.fullmatch(between):
        return "は" in between or "でも" in between or bool(_JUST.match(text, second.end))
    if _MORE.search(between):
        return False
    mine, yours = _things(first), _things(second)
    return not mine or yours <= mine if re.search(r"[。？?！!\n]", between) else bool(mine and not yours)


def _things(item: Item) -> set[str]:
    return set(_THING.findall(_NOTHING.sub(" ", item.label)))
