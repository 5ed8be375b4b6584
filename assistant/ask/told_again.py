"""Amounts of money that a text tells more than once: they are one cost, and a sum is no cost beside its parts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.ask.results_told import RATIO, names_nothing
from assistant.text.numbers import Quantity

if TYPE_CHECKING:
    from assistant.ask.money_told import Item

_SAME_AGAIN = re.compile(r"円?(は|でも|とは|といっても|いうても|ちょうど|つまり|すなわち|要するに|[、，,。（(]|税抜き?|税込み?)+")
"""What stands between an amount and the same one said again (60万は60万でも税抜60万)."""
_BASE_OF = re.compile(rf"円?(の|に|×|x)(その)?{RATIO}")
"""What makes an amount, of the size of one told before it, what a share is of (80万円の2/3だから)."""
_JUST = re.compile(r"円?(ちょうど|きっかり|ぴったり|ジャスト)")
_IN_ALL = re.compile(
    r"[^。、]{0,20}[0-9０-９二三四五六七八九十]+(台|個|基|機|セット|脚|着|人|名|本|枚|式|つ|点|冊|部)"
    r"(で|の?合?計|の?総額|＝|=|[、，。]?(買[いうっ]|入れ|導入し)?[てで]?[、，]?(全部で|合わせて|あわせて|併せて|合計|総額|計|トータル|[〆締]めて|しめて))[^0-9０-９。、]{0,4}"
    r"|円?(で|、)?(＝|=|合?計|総額)"
)
"""What stands between the price of one and what all of them come to."""
_MORE = re.compile(r"あと|もう|さらに|追加|別|ほか|他|残り|それぞれ|両方|プラス|足し|加え|[+＋]")
_NOTHING = re.compile(r"税抜き?|税込み?|税別|合計|総額|場合|金額|予算|経費|費用")
_THING = re.compile(r"[一-龥]{2,}|[ァ-ヶー]{2,}|[一-龥](?=[をはがのもに]|$)|[A-Za-zＡ-Ｚ0-9０-９]+")
"""What tells one cost from another in its label."""
_OF_WHICH = re.compile(
    r"円?(ほど|くらい|程度)?(の[^、。（(0-9０-９]{1,10})?(で|を)?\s*(?P<bracket>[（(])?[、，]?\s*(の?(その|この)?うち(?![はがもでの])|の?内訳|(の?内)(?=[^、。]{0,8}[0-9０-９]))"
)
"""What makes an amount the sum of those after it, or of some of them (12億円の投資（うち外注費2億円）)."""
_FROM_PARTS = re.compile(r"[、，]?(の?[^、。（(0-9０-９]{0,10}[（(、，])?の?((その|この)?うち|内訳|内)")

_TOTAL = re.compile(r"合計|総額|全部|全体|トータル|合わせ|あわせ|総|計$")
_NO_THING = re.compile(r"(^|[。、，,！？!?\s「（(]|総?合?計|で)(税抜き?|税込み?|約)?$")
"""What stands before an amount that no thing is named for, as a sum among others may."""
_COMES_TO = re.compile(r"＝|=|イコール|合計|小計|総計|総額|トータル|[〆締]めて|〆て|しめて|(合わ|あわ|併)せ|全部|(?<![一-龥])計(?![一-龥])")
"""What stands before an amount that is the sum of those told before or after it."""
_FIRST_PART = re.compile(r"(手付金?|頭金|内金|着手金|前金|前払金|前渡金)(が|は|に|で|として|の|、|約|\s)*$")
_CHOSEN = re.compile(r"(?<=[^一-龥])(?P<which>安|高)い(方|ほう)")
"""What tells which of several offers for one thing is taken."""
_OFFER = re.compile(r"[A-ZＡ-Ｚ0-9０-９]*社|相?見積(もり|書)?|業者|税[抜込別]|安い|高い|方|申請|補助|採用|選|金額|価格|額|出|計算|結局|使")
"""Words of an offer that name no thing."""
_OF_YEAR = re.compile(r"[0-9０-９一二三四五]年(度)?目")
_OF_A_THING = re.compile(r"の(?!設備|機械|もの|買い物|投資|予定|見込|計画|見積|支払)[一-龥ァ-ヶー]")
"""What names behind an amount the thing that it is for (48万円の看板)."""


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
        k = next((k for k, o in enumerate(out) if _with_tax(text, o, item) or _comes_to(text, o, item) or _says_again(text, o, item)), None)
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


def _comes_to(text: str, first: Item, second: Item) -> bool:
    """Whether the second amount says what the first one comes to that is paid several times (単価80万円を25個で2,000万円)."""
    alike = first.times > 1 == second.times and first.yen == second.yen
    return alike and bool(_IN_ALL.fullmatch(text[first.end : second.start]))


def _says_again(text: str, first: Item, second: Item) -> bool:
    if (first.yen, first.times) != (second.yen, second.times):
        return False
    between = text[first.end : second.start]
    if _BASE_OF.match(text, second.end):
        return True
    if _SAME_AGAIN.fullmatch(between):
        return "は" in between or "でも" in between or bool(_JUST.match(text, second.end))
    if _MORE.search(between):
        return False
    mine, yours = _things(first), _things(second)
    return not mine or yours <= mine if re.search(r"[。？?！!\n]", between) else bool(mine and not yours)


def _things(item: Item) -> set[str]:
    return set(_THING.findall(_NOTHING.sub(" ", item.label)))


def without_products(text: str, items: list[Item], found: tuple[Quantity, ...]) -> list[Item]:
    """The costs without one that only says what a price comes to for as many months or things as are told, or the price of one.

    Args:
        text: The text that tells the costs.
        items: The costs in the order of the text.
        found: All numbers of the text.
    """
    counts = {n for q in found if (n := q.whole("count", "people", "months", "years", "other")) is not None and n > 1}
    counts |= {*({12} if "月" in text else ()), *(12 * n for q in found if (n := q.whole("years")) is not None)}
    out: list[Item] = []
    for item in items:
        last = out[-1] if out else None
        small, great = sorted((last, item), key=lambda x: x.yen // x.times) if last else (item, item)
        each = small.yen // small.times
        times = small.times if small.times > 1 and great.yen == small.yen else next((n for n in counts if each * n == great.yen), 0)
        between = text[last.end : item.start] if last else ""
        if last is None or great.times > 1 or not times or not names_nothing(between, True) or _OF_A_THING.match(text, item.end):
            out.append(item)
            continue
        label = last.label if _things(last) else item.label
        out[-1] = replace(last, label=label, yen=great.yen, times=times, every=small.every, tax=last.tax or item.tax, end=item.end)
    return out


def chosen(text: str, items: list[Item]) -> list[Item]:
    """The costs, of several offers for one thing the one that is taken (A社55万円、B社60万円。安い方で), without a first part of a price.

    Args:
        text: The text that tells the costs.
        items: The costs in the order of the text.
    """
    most = max((i.yen for i in items), default=0)
    rest = any("残" in i.label for i in items)
    items = [i for i in items if rest or i.yen == most or not _FIRST_PART.search(text[: i.start])]
    told = _CHOSEN.search(text)
    if told is None or len(items) < 2 or any(re.search(r"[一-龥ァ-ヴ]", _OFFER.sub("", i.label)) for i in items[1:]):
        return items
    best = (min if told["which"] == "安" else max)(items, key=lambda i: i.yen)
    return [replace(best, label=" ".join(i.label for i in items))]


def without_totals(text: str, items: list[Item], sums: frozenset[int] = frozenset()) -> tuple[list[Item], int | None]:
    """The costs without an amount that only says what others come to, and the sum of all of them where it is told.

    Args:
        text: The text that tells the costs.
        items: The costs in the order of the text.
        sums: Where amounts stand that are sums by the words around them; they are dropped where they are what others come to.
    """
    out = [x for i, x in enumerate(items) if not _is_total(text, items, i)]
    out = [x for x in out if not (x.start in sums and _comes_from_others(x, out))]
    total = next((x.yen for x in items if x not in out and x.yen == sum(o.yen for o in out)), None)
    if len(out) > 1 and re.match(r"合計|総額|総計|計(?![一-龥])", out[-1].label):
        total = out.pop().yen
    return out, total


def _comes_from_others(item: Item, items: list[Item]) -> bool:
    """Whether a cost is what others come to that are told one after the other, or one that is paid several times."""
    others = [x.yen for x in items if x is not item]
    return any(sum(others[a:b]) == item.yen for a, b in combinations(range(len(others) + 1), 2))


def _is_total(text: str, items: list[Item], i: int) -> bool:
    """Whether an amount is the sum of all others, or of those right before or behind it where its words say so."""
    item, last = items[i], items[i - 1].end if i else 0
    if len(items) < 3 or _OF_YEAR.search(item.label):
        return False
    if _BASE_OF.match(text, item.end) and item.yen == sum(x.yen for x in items[:i]):
        return True
    if item.yen == sum(x.yen for x in items) - item.yen:
        bare = i in (0, len(items) - 1) and _NO_THING.search(text[: item.start])
        if bare or _TOTAL.search(item.label):
            return True
    if not _COMES_TO.search(text[last : item.start]):
        return False
    before, behind = items[:i][::-1], items[i + 1 :]
    return any(item.yen == sum(x.yen for x in side[:n]) for side in (before, behind) for n in range(2, len(side) + 1))
