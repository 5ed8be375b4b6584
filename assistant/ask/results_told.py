"""Amounts that a text tells beside its costs and that are none: what the user makes of them, and asks to have confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.text.numbers import Quantity

RATIO = (
    r"(半額|半分|半|[0-9０-９一二三四五六七八九]割|[0-9０-９一二三四五]+分の[0-9０-９一二三四五]+|[0-9０-９]+[/／][0-9０-９]+|[0-9０-９]+[%％])"
)
"""How a text tells a share."""
_SHARE = re.compile(
    RATIO + r"(補助|助成|相当)?(の|で|は|だから|なので|やから|やし|だし|だと|なら|やと|に当たる|にあたる|となる|四捨五入(して|で)"
    r"|、|，|\s)*(月|年|毎月|計|約)?$"
)
"""What stands right before the amount that a share of a cost comes to (半額の72,000円, 2/3だから2,400万円)."""
_FILLER = re.compile(
    RATIO + r"|[0-9０-９]+(か?[年月]間?(分|契約)?|[台個基機脚着人名社者件回本枚セット]+)"
    r"|(補助|助成|交付)(金|額|率|対象)*|結局|要|計算|大体|約|最大"
    r"|満額|上限|下限|丸々|毎?月|毎?年|合?計|全部|全額|総額|費用|経費|事業費|後から|後で|先|小規模(事業者|企業)?|中小(企業)?"
    r"|最低|今年|今回|単純|普通|実質|手元|会社|当社|弊社|概算|目安"
)
"""Words before an amount that name no thing that it could be the price of."""
_NAMES = re.compile(r"[一-龥々ァ-ヴＡ-Ｚａ-ｚA-Za-z]")
_MORE = re.compile(r"あと(?!から|で|に)|もう一|さらに|追加|別に|別途|ほか|他に|残り|残額|それぞれ|各|プラス|[+＋]|税[抜込別]|単価")
_OF_THE_ONE_BEFORE = re.compile(
    r"^(の[^、。0-9０-９]{1,24}?(?<!と)[でにはをがも]|[をもが]?(使|払|か[かけ]|買|投じ|支出)[^、。0-9０-９]{0,6}?(ので|から|なら|けど|で))"
)
"""What may still say of the amount before what it is for (90万円の食洗機で, 90万円使うので)."""
_TAIL = (
    r"円?(くらい|ぐらい|ほど|程度|前後|ちょうど|満額|まるまる|丸々|全額|全部|きっちり|そのまま)?"
    r"(だけ|しか|まで|[はがをもでとにの]|って|という|っていう|ということ|っちゅうこと|いうこと|として|これで|それで"
    r"|、|\s|ちゃんと|(あと|後)(から|で))*"
)
_GIVEN = re.compile(
    _TAIL + r"(もら[えいっわう]|もろ[てう]|貰|戻|返って|かえって|受け?取|受けられ|いただ[けい]|頂[けい]|出(る|ま|ん|な|へ)"
    r"|おり(る|ま)|下り|補助|助成|支給|交付|いけ|行け|カバー|賄|まかな)"
)
"""What follows an amount that somebody pays to the user."""
_RECKONED = re.compile(
    _TAIL + r"([^、。0-9０-９]{1,8}[にへで])?(見込|みこ|予定|想定|計画|資金|予算|計上|書[いか]|記入|記載|報告|申請|試算|計算|考え|思[っう]"
    r"|な[るり]|期待|当て|あて|認識|理解|[見み]て|[見み]と"
    r"|数え|組[んみ]|OK|ok|オッケー|合[っう]|正し|間違|いい|よい|良い|よろし|ええ|大丈夫|問題|平気|構[いわ]|でしょ|です(か|よ|ね)|や[んろなね]|だ[よろ]|か?[？?])"
)
"""What follows an amount that the user reckons with."""
_IN_FULL = re.compile(r"(丸々|まるまる|満額|そっくり)(の|で)?$")
"""What stands before an amount that is paid to its last yen."""
_CONFIRMS = re.compile(
    r"(合っ?て|あって(る|ます)|正し|間違|まちが|いい|よい|良い|よろし|ええ|大丈夫|問題(ない|ありません)|平気|構い?ま|構わ|OK|ok|オッケー"
    r"|本当|ほんま|確か|よね|やんな|やんね|ですね|でしょう?|[でま]すか|んですか|んか)[^。？?]{0,6}([？?]|$|。)"
    r"|(いけ(る|ます)|もらえ(る|ます)|出(る|ます)|戻(る|り|って)|なる|なります?|[るいだ])[^。？?]{0,6}([？?]|$)"
)
"""What asks whether something is so."""
_OF_THAT = re.compile(
    r"\s*(これ|それ|この|その|こんな|で(いい|合)|合って|大丈夫|問題|平気|構|OK|間違|正し|ほんま|本当|って|いけ|よろし|結局)"
)
"""What begins a sentence that asks about what the one before it says."""


_SURE_PART = 100
"""A rounded amount lies within this part of the exact one."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money of a text with its role."""

    q: Quantity
    yen: int
    role: str


_COSTS = ("cost_yen", "unit_price_yen")
_RESULTS = (*_COSTS, "subsidy_yen", "cap_yen")
"""Roles that the words beside an amount give it, where it may be what the user expects."""


def with_results(
    text: str, things: str, told: Iterable[Amount], found: tuple[Quantity, ...], rates: frozenset[Fraction]
) -> list[Amount]:
    """The amounts, those that only say what others come to as claims: a share of a cost, what is expected to be paid for it.

    Args:
        text: The text that tells them.
        things: The same with the names of programmes and measures blanked.
        told: All its amounts in the order of the text.
        found: All its numbers.
        rates: The rates that subsidies have.
    """
    amounts = list(told)
    for i, x in enumerate(amounts):
        if x.role in _RESULTS and _is_result((text, things), amounts, i, found, rates):
            amounts[i] = replace(x, role="claimed_yen")
    return _with_terms(_with_sums(amounts), found, things)


def _with_sums(amounts: list[Amount]) -> list[Amount]:
    """The amounts, with one that is the sum of the claims before it as a claim too (66万円と16万5千円で合計82万5千円)."""
    out: list[Amount] = []
    for x in amounts:
        before = [o.yen for o in out if o.role == "claimed_yen"]
        is_sum = len(before) > 1 and x.role in _COSTS and x.yen == sum(before)
        out.append(replace(x, role="claimed_yen") if is_sum else x)
    return out


def _with_terms(amounts: list[Amount], found: tuple[Quantity, ...], things: str) -> list[Amount]:
    """The amounts, with what a claim comes to by the month, year or thing as a claim too (月5万円を12か月で60万円補助)."""
    claimed = {x.yen for x in amounts if x.role == "claimed_yen"}
    most = max((x.yen for x in amounts if x.role in _COSTS), default=0)

    def is_term(i: int) -> bool:
        x = amounts[i]
        bare = names_nothing(things[amounts[i - 1].q.end : x.q.start], True)
        return i > 0 and x.role in _COSTS and x.yen < most and bare and any(x.yen * n in claimed for n in _times(found) if n > 1)

    return [replace(x, role="claimed_yen") if is_term(i) else x for i, x in enumerate(amounts)]


def _times(found: tuple[Quantity, ...]) -> set[int]:
    """How often a text may mean an amount: once, a year of months, and as often as it counts."""
    counts = {n for q in found if (n := q.whole("years", "months", "count", "people", "other")) is not None}
    return {1, 12, *counts, *(12 * n for n in counts)}


def agrees(told_yen: int, yen: int) -> bool:
    """Whether an amount that is told is the computed one, to the digits that are given of it (53.3万円 for 533,333円)."""
    step = next((s for s in (10_000, 1_000) if told_yen % s == 0), 0)
    rounded = step and abs(yen - told_yen) * _SURE_PART < yen and told_yen in (yen // step * step, (yen + step // 2) // step * step)
    return told_yen == yen or bool(rounded)


def _is_result(texts: tuple[str, str], amounts: list[Amount], i: int, found: tuple[Quantity, ...], rates: frozenset[Fraction]) -> bool:
    x, text = amounts[i], texts[0]
    costs = [o for k, o in enumerate(amounts) if k != i and o.role in _COSTS]
    if not costs:
        return False
    bigger = sum(o.yen for o in costs) > x.yen and any(o.yen != x.yen for o in costs)
    halves = {Fraction(1, 2)} if re.search("半額|半分", text) else set()
    told = frozenset(q.exact for q in found if q.unit == "ratio" and q.exact) | halves
    given, reckoned = _GIVEN.match(text, x.q.end), _RECKONED.match(text, x.q.end)
    confirmed = _is_asked(text, x.q.end)
    if x.role == "cap_yen":
        again = any(o.role == "cap_yen" and o.yen == x.yen for o in amounts[:i])  # 50万円の上限があるので50万円ですか
        return bool(bigger and confirmed and (given or (again and reckoned)))
    if _SHARE.search(text[: x.q.start]) and (bigger or _comes_from(x, costs, found, told)):
        return not re.match(r"円?の(?!補助|助成|交付|見込)[一-龥ァ-ヶ]", text[x.q.end :])
    shared = any(x.yen * r == o.yen for o in amounts[i + 1 : i + 2] for r in told)
    if shared and re.match(rf"円?の{RATIO}", text[x.q.end :]) and _comes_from(x, costs, found, rates):
        return True  # a share of a cost, of which a share is told in turn (40万円の半分の20万円)
    if x.role == "subsidy_yen":
        return bool(bigger and confirmed)
    if given and bigger and _IN_FULL.search(text[: x.q.start]):
        return True
    if not names_nothing(texts[1][amounts[i - 1].q.end if i else 0 : x.q.start], i > 0):
        return False
    if given and confirmed:
        return bigger or _comes_from(x, costs, found, told | rates)
    if reckoned and confirmed and (bigger or _comes_from(x, costs, found, told | rates)):
        return True
    return bool(reckoned) and _comes_from(x, costs, found, told)


def _is_asked(text: str, end: int) -> bool:
    """Whether the sentence of an amount asks if it is so, or the next one does, or a later one that speaks of no other thing."""
    first, *more = re.split(r"(?<=[。？?！!\n])", text[end:])
    return bool(_CONFIRMS.search(first)) or any(_CONFIRMS.search(s) and _OF_THAT.match(s) for s in more)


def names_nothing(between: str, after_another: bool) -> bool:
    """Whether the words before an amount name no thing that it could be the price of.

    Args:
        between: The words from the amount before it, or from the beginning.
        after_another: Whether there is an amount before it, whose thing the words may begin with (90万円の食洗機で60万円).
    """
    words = _OF_THE_ONE_BEFORE.sub("", between) if after_another and not re.search("[、。]", between) else between
    clause = re.split(r"[。、，,！？!?\n（(「]", words)[-1]
    return not _MORE.search(words[-12:]) and not _NAMES.search(_FILLER.sub("", clause))


def _comes_from(x: Amount, costs: list[Amount], found: tuple[Quantity, ...], rates: frozenset[Fraction]) -> bool:
    """Whether an amount is a share of a cost, of their sum, or of what is paid each month, year or for each of some things."""
    bases = {o.yen for o in costs} | {sum(o.yen for o in costs)}
    return any(Fraction(x.yen) == b * n * r for b in bases for n in _times(found) for r in rates)
