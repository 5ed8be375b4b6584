"""Arithmetic that a text tells in words: which of its numbers follow from which others, without any written sign.

`workings` reads equations (A × B = C). Here the links are found from the amounts themselves: a share of an amount, a sum,
a rest, a multiple, a growth rate. A link needs the words that tell such a thing, so that few numbers fit by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations, product

from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity

REACH = 9
"""How many amounts before and after a number are looked at: arithmetic in prose is local."""
_REST = re.compile(
    r"残|差|負担|自己|自社|自分|自腹|手出し|持ち出し|まかな|賄|用意|不足|足り|引い|引く|手元|除|返|下回|減|もれ|超える|はみ出|超過|借|余裕|余り|余る"
)
_SUM = re.compile(
    r"合わせ|合計|総額|計|足し|足す|あわせ|上乗せ|プラス|加え|加算|高|全部|全体|のうち|最大|増|上が|最低ライン|内訳|使う|使え|まで|込"
)
_PLUS = re.compile(r"(?:\+|プラス)\s?$")
_INSIDE = re.compile(r"内訳|うち|\(")
_GROWTH = re.compile(r"成長|伸び|伸ば|増|年平均|年率|複利|上昇|アップ")
_QUOTA = re.compile(r"率|割合|占め|うち|シェア|比")
_OF_ALL = re.compile(r"(?:全体|総額|申請額|合計)[^。、]{0,4}$")
_OVER = re.compile(r"超え|超過|残り|残る|その先|以降")
_ABOUT = re.compile(r"(?:約|およそ|ほぼ)\s?$")
_ABOUT_AFTER = re.compile(r"(?:ほど|程度|くらい|ぐらい|前後|あまり|余り|弱|強)")
_REACHED = re.compile(r"(?:上限|満額|限度)額?(?:いっぱい)?(?:に|まで)?(?:届|達|なり|です|になる)")
_AT_LIMIT = re.compile(r"(?:上限|満額|限度|下限)額?の?$")
_COST = re.compile(r"逆算|必要|投資[がをし]|要[りる]|経費|投資額|少なくとも|達する|事業費|目安|のとき")
_REACHES = re.compile(r"(?:上限|限度|満額|下限)額?(?:いっぱい)?[^。、]{0,12}(?:届|達|使い切|受け取|もら|なる)")
_TURNS = re.compile(r"\s?(?:を|から|の?(?:前後|手前))?(?:またぐ|またい|境|超|越|先|で[切変])")
_SPAN = re.compile(r"\)?\(?(?:計画|分|間|で|の|、|年|月|続け|使|やる|行)|\(")
_MONTHLY = re.compile(r"月(?:額|に|々)?\s?$")
_HALF = re.compile(r"(?:半分|半額)[はがのでを]?[^。、\d]{0,6}$")
_EACH = re.compile(r"(?:1|一)[^\s\d]{1,4}$|あたり$|当たり$|につき$|ずつ$|ごとに$")
_RAISED_TO = re.compile(r"(?:に|へ|まで)[^。、\d]{0,4}(?:引き?)?上げ")
_BY_COUNT = re.compile(r"に[^。、\d]{0,10}数を?(?:掛|か|乗)")
_ONE = re.compile(r"[1一](?![年次期回]目?$)[^\s\d]{1,4}")
_RESULT = re.compile(r"掛|かけ|かかって|乗じ|×|の補助|補助は|になり|分の")
_LEFT_OVER = re.compile(r"(?:残り?|残額|自己資金|差額)[はがのも]?$")
_EACH_TOLD = re.compile(r"(?:あたり|当たり|につき|ごとに)$")
CAP_BEFORE = re.compile(r"(?:上限|限度額?|下限)[^、。]{0,6}$")
_CHANGE = re.compile(r"削減|減|差|短縮")
_CHANGED = re.compile(r"(?:へと?|あと)、?$")
_INCREASED = re.compile(r"(?:増え|増やし|雇い|雇っ|採用し)[^。、\d]{0,3}、?$")
_CHANGING = frozenset({"people", "count", "hours", "minutes", "kl", "other"})
_MULTIPLES = frozenset({"people", "count", "years", "months", "days", "hours", "minutes", "other", "weeks", "kl"})


@dataclass(frozen=True, slots=True)
class Term:
    """A number as it is reckoned with: amounts and counts as they are, percent as a share of one."""

    place: int
    """Its place among the numbers of the text."""
    unit: str
    value: Fraction
    pre: str
    post: str
    bound: str | None = None
    reaches: bool = False
    """Whether its sentence tells of a limit that is reached: it may tell the cost that this takes."""

    @property
    def around(self) -> str:
        """The words between its neighbours."""
        return self.pre + "#" + self.post


@dataclass(frozen=True, slots=True)
class Link:
    """A number with the numbers that it follows from."""

    result: int
    inputs: tuple[int, ...]
    kind: str


class Reckoning:
    """All links of a text."""

    def __init__(self, text: str, quantities: Sequence[Quantity]) -> None:
        self.terms = list(_terms(text, quantities))
        self.links: dict[int, tuple[Link, ...]] = {}
        yen = [t for t in self.terms if t.unit == "yen"]
        shares = [t for t in self.terms if t.unit == "share"]
        counts = [t for t in self.terms if t.unit in _MULTIPLES and (t.value > 1 or t.value.denominator > 1)]
        for i, term in enumerate(yen):
            near = yen[max(0, i - REACH) : i] + yen[i + 1 : i + 1 + REACH]
            self._keep(term, _amount_links(term, near, shares, counts))
            self._keep(term, _grown_links(term, near, shares, counts))
        for term in counts:
            self._keep(term, _count_links(term, counts))
        for term in shares:
            told = quantities[term.place]
            if _GROWTH.search(term.around) and not told.bound and "/" not in told.text and "分" not in told.text:
                self._keep(term, _growth_links(term, yen, counts))
                self._keep(term, _yearly_links(term, shares, counts))
            if _QUOTA.search(term.around):
                self._keep(term, _quota_links(term, counts))

        self.uses: dict[int, set[int]] = {}
        """The results that follow from a number, by its place."""
        for links in self.links.values():
            for link in links:
                for place in link.inputs:
                    self.uses.setdefault(place, set()).add(link.result)

    def binds(self, place: int) -> bool:
        """Whether the text no longer adds up if a number changes: it follows from others, or all links of a result need it."""
        if place in self.links:
            return True
        return any(all(place in link.inputs for link in self.links[r]) for r in self.uses.get(place, ()))

    def _keep(self, term: Term, links: Iterator[Link]) -> None:
        found = tuple(links)
        if found:
            self.links[term.place] = self.links.get(term.place, ()) + found


def _terms(text: str, quantities: Sequence[Quantity]) -> Iterator[Term]:
    for k, quantity in enumerate(quantities):
        if quantity.ignored or not isinstance(quantity.value, int | Fraction) or isinstance(quantity.value, PartialDate):
            continue
        value, unit = Fraction(quantity.value), str(quantity.unit)
        if unit in ("ratio", "percent"):
            value, unit = value / (100 if unit == "percent" else 1), "share"
        start = max(quantities[k - 1].end if k else 0, quantity.start - 30)
        stop = min(quantities[k + 1].start if k + 1 < len(quantities) else len(text), quantity.end + 14)
        post = text[quantity.end : stop]
        beside = quantities[k - 1] if k and start == quantity.start else None
        told = beside.text + text[start : quantity.start] if beside else ""
        each = beside.text if beside and (_ONE.fullmatch(told) or _EACH_TOLD.search(beside.text)) else ""
        reaches = _REACHES.search(text, text.rfind("。", 0, quantity.start) + 1, quantity.end) is not None
        yield Term(k, unit, value, each + text[start : quantity.start], re.split(r"[。\n]", post)[0], quantity.bound, reaches)


def _amount_links(term: Term, near: list[Term], shares: list[Term], counts: list[Term]) -> Iterator[Link]:
    yield from _products(term, near, shares)
    yield from _parts(term, near, shares)
    yield from _halves(term, near)
    limited = term.pre in ("なら", "だと", "には") and any(t.place == term.place - 1 and _AT_LIMIT.search(t.pre) for t in near)
    if limited or term.reaches or _COST.search(term.around) or _REACHED.search(term.post):
        yield from _quotients(term, near, shares)
    if _REST.search(term.around):
        yield from _rests(term, near)
    yield from _sums(term, near)
    yield from _multiples(term, near, counts)
    yield from _tiers(term, near, shares)


def _products(term: Term, near: list[Term], shares: list[Term]) -> Iterator[Link]:
    """A share of an amount: 105万円の2/3は70万円."""
    for amount in near:
        for share in shares:
            if _LEFT_OVER.search(term.pre) and share.place != term.place - 1:
                continue  # what is left is a rest, not a share
            if not 0 < share.value < 1 or amount.place > term.place:
                continue
            of_all = share.value / (1 - share.value) if _OF_ALL.search(share.pre) else share.value  # of the sum with itself
            if is_rounded(amount.value * share.value, term.value) or is_rounded(amount.value * of_all, term.value):
                yield Link(term.place, (amount.place, share.place), "product")


def _parts(term: Term, near: list[Term], shares: list[Term]) -> Iterator[Link]:
    """A share of what is over an amount, told as such: 4,800万円 and 3,000万円まで…、それを超える部分に1/3で600万円."""
    for share in shares:
        if share.place != term.place - 1 or not _OVER.search(share.pre):
            continue
        for whole, edge in permutations([t for t in near if t.place < share.place], 2):
            if whole.value > edge.value and is_rounded((whole.value - edge.value) * share.value, term.value):
                yield Link(term.place, (whole.place, edge.place, share.place), "product")


def _halves(term: Term, near: list[Term]) -> Iterator[Link]:
    """Half of an amount, told as such: 260万円の半分は130万円."""
    for amount in near if _HALF.search(term.pre) else ():
        if amount.place < term.place and is_rounded(amount.value / 2, term.value):
            yield Link(term.place, (amount.place,), "product")


def _quotients(term: Term, near: list[Term], shares: list[Term]) -> Iterator[Link]:
    """The cost whose share is an amount: 2,500万円を受け取るには3,750万円."""
    for amount in near:
        for share in shares:
            if not 0 < share.value < 1:
                continue
            cost = amount.value / share.value
            about = _ABOUT.search(term.pre) or _ABOUT_AFTER.match(term.post)
            if is_rounded(cost, term.value) or (about and is_about(cost, term.value)):
                yield Link(term.place, (amount.place, share.place), "quotient")


def _rests(term: Term, near: list[Term]) -> Iterator[Link]:
    """What is left of an amount after one to three others."""
    for whole in near:
        parts = [t for t in near if t is not whole and t.value < whole.value and not _is_of(t, term)] if whole.place < term.place else []
        for size in (1, 2, 3):
            for taken in combinations(parts[:REACH], size):
                if whole.value - sum(t.value for t in taken) == term.value:
                    yield Link(term.place, (whole.place, *(t.place for t in taken)), "rest")


def _is_of(later: Term, term: Term) -> bool:
    """Whether an amount is told behind another as what comes of it: nothing follows from its own result."""
    return later.place > term.place and _RESULT.search(later.pre) is not None


def _sums(term: Term, near: list[Term]) -> Iterator[Link]:
    """A sum of neighbours: any two, or a run of three to six."""
    for pair in combinations(near, 2) if _SUM.search(term.pre) else ():
        if pair[0].value + pair[1].value == term.value and (pair[0].place < term.place or _INSIDE.search(term.post)):
            yield Link(term.place, (pair[0].place, pair[1].place), "sum")
    yield from _additions(term, near)
    for size in range(3, min(7, len(near) + 1)) if _SUM.search(term.pre) else ():
        for at in range(len(near) - size + 1):
            run = near[at : at + size]
            if sum(t.value for t in run) == term.value:
                yield Link(term.place, tuple(t.place for t in run), "sum")


def _additions(term: Term, near: list[Term]) -> Iterator[Link]:
    """An amount with what is told before it under a plus sign, or as the raise that leads to it: 1,090円を70円上げて1,160円."""
    for base in near if _RAISED_TO.match(term.post) else ():
        for added in near:
            if base.place < term.place and 0 < added.value < base.value and base.value + added.value == term.value:
                yield Link(term.place, (base.place, added.place), "raise")
    for added in near:
        if added.place < term.place and _PLUS.search(added.pre):
            for base in near:
                if base.place < term.place and base is not added and base.value + added.value == term.value:
                    yield Link(term.place, (base.place, added.place), "sum")


def _multiples(term: Term, near: list[Term], counts: list[Term]) -> Iterator[Link]:
    """An amount so many times: 年24万円で2年分の48万円, 月5万円で年60万円."""
    for amount in near:
        if amount.place > term.place:
            continue
        for count in counts:
            reach = 5 if amount.post.startswith("ずつ") or _BY_COUNT.match(amount.post) else 2
            between = amount.place - reach <= count.place < term.place
            if between and amount.value * count.value == term.value and _is_factor(amount, count):
                yield Link(term.place, (amount.place, count.place), "multiple")
            monthly = count.unit == "years" and _MONTHLY.search(amount.pre) is not None
            if between and monthly and amount.value * count.value * 12 == term.value:
                yield Link(term.place, (amount.place, count.place), "multiple")
        if amount.value * 12 == term.value and "年" in term.around and "月" in amount.around:
            yield Link(term.place, (amount.place,), "multiple")


def _is_factor(amount: Term, count: Term) -> bool:
    """Whether an amount is told for one of what is counted (1人10万円で3人), or for a year or month of several."""
    if count.unit in ("years", "months"):
        return _SPAN.match(count.post) is not None
    if count.unit in ("people", "count") and count.post.startswith("分"):
        return True
    return _EACH.search(amount.pre) is not None or amount.post.startswith("ずつ") or _BY_COUNT.match(amount.post) is not None


def _tiers(term: Term, near: list[Term], shares: list[Term]) -> Iterator[Link]:
    """A subsidy whose share changes at an amount (3,000万円までが1/2、その先は1/3), from the cost or back to it."""
    rates = list({s.value: s for s in shares if s.value < 1}.values())[:4]
    if len(rates) < 2 or len(near) < 2:
        return
    for first in rates:
        for then in rates:
            if first.value <= then.value:
                continue
            yield from _tier_links(term, near, first, then)


def _tier_links(term: Term, near: list[Term], first: Term, then: Term) -> Iterator[Link]:
    for edge in near:
        if edge.bound not in ("until", "max", "within", "over") and not _TURNS.match(edge.post):
            continue
        for other, turn in product(near, (edge.value, edge.value / first.value)):  # told of the cost, or of the subsidy
            if other is edge:
                continue
            ends = (edge.place, other.place, first.place, then.place)
            paid = _tiered(other.value, turn, first, then)
            if other.value > turn and (paid == term.value or (_ABOUT.search(term.pre) and is_about(paid, term.value))):
                yield Link(term.place, ends, "tier")
            if term.value > turn and _tiered(term.value, turn, first, then) == other.value:
                yield Link(term.place, ends, "tier")


def _tiered(cost: Fraction, edge: Fraction, first: Term, then: Term) -> Fraction:
    return edge * first.value + (cost - edge) * then.value


def _growth_links(term: Term, yen: list[Term], counts: list[Term]) -> Iterator[Link]:
    """A yearly growth rate between two amounts, over years that are told."""
    years = [c for c in counts if c.unit in ("years", "months")]
    tests: list[tuple[Callable[[float], float], tuple[int, ...]]] = [(lambda g: g, ())]
    for span in years:
        length = float(span.value) / (12 if span.unit == "months" else 1)
        if length > 0:
            tests.append((lambda g, n=length: g ** (1 / n), (span.place,)))  # type: ignore[misc]
    told = float(term.value)
    for start, stop in combinations(yen, 2):
        for a, b in ((start, stop), (stop, start)):
            for grow, used in tests if b.value > a.value > 0 else ():
                if abs(grow(float(b.value / a.value)) - 1 - told) < 0.0000501:
                    yield Link(term.place, (a.place, b.place, *used), "growth")


def _grown_links(term: Term, near: list[Term], shares: list[Term], counts: list[Term]) -> Iterator[Link]:
    """An amount that grew at a yearly rate for some years: 5,000万円が年4.0%で伸びると3年後は5,624万円."""
    for rate in shares:
        if not (0 < rate.value < 1 and rate.place < term.place):
            continue
        for span in (c for c in counts if c.unit == "years" and c.place < term.place):
            if not _GROWTH.search(rate.around + span.post):
                continue
            for base in near:
                if base.place < term.place and is_about(base.value * (1 + rate.value) ** int(span.value), term.value):
                    yield Link(term.place, (base.place, rate.place, span.place), "growth")


def _yearly_links(term: Term, shares: list[Term], counts: list[Term]) -> Iterator[Link]:
    """A yearly rate that makes a rise over some years: 5年で2割増なら年3.71%."""
    for whole in shares:
        if whole.place < term.place and whole.value > term.value and _GROWTH.search(whole.around):
            for span in (c for c in counts if c.unit == "years"):
                if abs((1 + float(whole.value)) ** (1 / float(span.value)) - 1 - float(term.value)) < 0.0000501:
                    yield Link(term.place, (whole.place, span.place), "growth")


def _quota_links(term: Term, counts: list[Term]) -> Iterator[Link]:
    """A share of counts: 800件のうち418件で52.3%."""
    same = [c for c in counts if abs(c.place - term.place) <= 6 and c.unit in _CHANGING]
    for part, whole in combinations(same, 2):
        if part.unit != whole.unit:
            continue
        small, great = sorted((part, whole), key=lambda t: t.value)
        if abs(small.value / great.value - term.value) < Fraction(6, 10_000):
            yield Link(term.place, (small.place, great.place), "quota")


def _count_links(term: Term, counts: list[Term]) -> Iterator[Link]:
    if term.value.denominator > 1 and term.unit in ("people", "count"):
        yield from _part_time_links(term, counts)
    if term.unit in _CHANGING and (_CHANGE.search(term.around) or _CHANGED.search(term.pre)):
        yield from _change_links(term, counts)
    if term.unit == "people" and _INCREASED.search(term.pre):
        before = [c for c in counts if c.unit == "people" and c.place < term.place]
        yield from (Link(term.place, (a.place, b.place), "change") for a, b in combinations(before, 2) if a.value + b.value == term.value)


def _change_links(term: Term, counts: list[Term]) -> Iterator[Link]:
    """How far two counts told before are apart: 40人から37人へと3人減, 1,200klから1,050klで150klの削減."""
    before = [c for c in counts if c.unit == term.unit and term.place - 4 <= c.place < term.place]
    for a, b in combinations(before, 2):
        if abs(a.value - b.value) == term.value:
            yield Link(term.place, (a.place, b.place), "change")


def _part_time_links(term: Term, counts: list[Term]) -> Iterator[Link]:
    """Part-timers as full-time staff: 5時間 of 8時間 are 0.62人."""
    hours = [c for c in counts if c.unit in ("hours", "minutes") and c.place < term.place]
    digits = Fraction(1, term.value.denominator) if 10 % term.value.denominator == 0 else Fraction(1, 100)
    for part, whole in combinations(hours, 2):
        small, great = sorted((part, whole), key=lambda t: t.value)
        if part.unit == whole.unit and abs(small.value / great.value - term.value) < digits:
            yield Link(term.place, (part.place, whole.place), "hours")


def is_rounded(exact: Fraction, told: Fraction) -> bool:
    """Whether an amount in yen is the exact one, to the yen or cut to a thousand or ten thousand."""
    if exact == told:
        return True
    if exact.denominator == 1 and exact % 1000 == 0:
        return False
    return abs(told - exact) < 1 or told in (exact // 1_000 * 1_000, exact // 10_000 * 10_000)


def is_about(exact: Fraction, told: Fraction) -> bool:
    """Whether an amount is the exact one, rounded or cut at its last figure that is not 0."""
    digits = str(int(told))
    unit = 10 ** (len(digits) - len(digits.rstrip("0")))
    return abs(exact - told) < unit and abs(exact - told) * 200 < exact
