"""Exact relations between the numbers of a text, whatever words stand between them: they explain each other.

The last of some numbers that is the sum, the difference, a share, a multiple or the growth of the others hardly is so by
chance: how hardly is told by the figures that had to fit, against how many numbers could be reckoned from those between.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import gcd

from assistant.ask.verify.arithmetic import Term, is_about, is_rounded
from assistant.text.numbers import Quantity

REACH = 8
"""How many numbers of a unit apart the members of a relation stand."""
SURE, TOLD, COUNTED, LISTED = 4, 1, 20, 200
"""How many ways there must be to miss it for each that may come out by chance; fewer where words tell the operation,
more for small counts, and where the others are figures of a table, which fit each other by chance."""
_HALF = re.compile(r"半額|半分")
_SUM = re.compile(r"合わ|あわせ|合計|総額|計|足|加|上乗せ|プラス|のうち|締め|全部|全体|込")
_REST = re.compile(r"残|差|違|引|除|負担|自己|自社|持ち出|手出し|不足|足り|届|減|増|上が|下が|余|超|はみ出|まで|借|返")
_THRESHOLDS = frozenset({"min", "over", "under"})
BRINGS = re.compile(r"(?:なら|だと|で|の|により|が?(?:掛|か)かって|を(?:掛|か)け(?:ると|て))(?:、|は|約)*")
_SPAN = re.compile(r"[分間で]")
_STAFF = re.compile(r"(?:従業員|社員|職員|スタッフ|規模|人員)数?[がはのを]?$")
_FIRM = re.compile(r"の(?:会社|企業|事業者|事業場|店|工場)")
_COST = re.compile(r"必要|要[りる]|投資|経費|事業費|費用|満額|上限|限度|届|達")


@dataclass(frozen=True, slots=True)
class Tie:
    """Numbers of a text, by their places, the last of which is told by the others."""

    places: frozenset[int]
    kind: str
    odds: Fraction
    told: bool = False
    """Whether words beside the last number, or a factor right before it, tell how it is reckoned."""


class Ties:
    """The relations of a text that hardly hold by chance.

    Args:
        text: The folded text.
        quantities: Its numbers.
        terms: Those that are reckoned with.
        limits: The places of the numbers that are told as limits of a programme: nobody computes them.
        rates: By the place of an amount: the rates of the programme of which it is told, where no rate is written.
    """

    def __init__(
        self,
        text: str,
        quantities: Sequence[Quantity],
        terms: Sequence[Term],
        limits: Container[int],
        rates: Mapping[int, Collection[Fraction]],
    ) -> None:
        self._text, self._quantities, self._limits, self._rates = text, quantities, limits, rates
        self._yen = [t for t in terms if t.unit == "yen" and t.value > 0]
        self._shares = [t for t in terms if t.unit == "share" and 0 < t.value < 1]
        plain = [t for t in terms if t.bound is None and quantities[t.place].side is None]
        self._counts = [t for t in plain if t.unit not in ("yen", "share") and t.value > 0]
        starts = [m.start() for m in _HALF.finditer(text)]
        self._halves = [sum(q.start < s for q in quantities) for s in starts]
        """The places of the numbers before which a half is told in words."""
        self._bring = {s.place: t.place for t in self._yen if (s := self._brings(t)) is not None}
        """By the place of a share: that of the amount which it is told to bring."""
        self.found = [t for t in self._all() if t.odds >= (TOLD if t.told else SURE)]

    def _all(self) -> Iterator[Tie]:
        for i, last in enumerate(self._yen):
            if last.place not in self._limits:
                before = [t for t in self._yen[max(0, i - REACH) : i] if t.bound not in _THRESHOLDS]
                share = next((s for s, amount in self._bring.items() if amount == last.place), None)
                for tie in (*self._of_pairs(last, before, self._yen), *self._runs(last, before), *self._of_one(last, before)):
                    if share is None or share in tie.places:
                        yield tie
        yield from self._ratios()
        for unit in sorted({t.unit for t in self._counts}):
            same = [t for t in self._counts if t.unit == unit]
            for i, last in enumerate(same):
                before = same[max(0, i - REACH) : i]
                yield from (t for t in (*self._of_pairs(last, before, same), *self._runs(last, before)) if t.told or t.odds >= COUNTED)

    def _brings(self, last: Term) -> Term | None:
        """The share that an amount is told to come of (1/2で350万円)."""
        share = next((s for s in self._shares if s.place == last.place - 1), None)
        gap = self._text[self._quantities[last.place - 1].end : self._quantities[last.place].start] if share is not None else ""
        return share if BRINGS.fullmatch(gap) else None

    def _ratios(self) -> Iterator[Tie]:
        """Percentages that tell how much one amount told before is of another, as exactly as they are written."""
        for share in self._shares:
            written = self._quantities[share.place]
            if written.unit != "percent" or "." not in written.text:
                continue
            half = Fraction(1, 200 * 10 ** len(re.sub(r"\D", "", written.text.partition(".")[2])))
            before = [t for t in self._yen if t.place < share.place][-REACH:]
            for a, b in combinations(before, 2):
                low, high = sorted((a.value, b.value))
                if abs(low / high - share.value) <= half:
                    odds = share.value / half / 2 / len(before) ** 2
                    yield Tie(frozenset({a.place, b.place, share.place}), "ratio", odds)

    def _ways(self, first: int, last: int, terms: Sequence[Term]) -> int:
        """How many numbers could be reckoned from those between two places."""
        n = sum(first <= t.place < last for t in terms)
        shares = sum(first <= s.place < last for s in self._shares) + sum(first < h <= last for h in self._halves)
        return max(1, n * (n - 1) + n * 2 * shares)

    def _tie(self, members: Sequence[Term], kind: str, terms: Sequence[Term], told: bool = False, ways: int = 0) -> Tie:
        places = [t.place for t in members]
        amounts = [t for t in members if t.unit == members[0].unit]
        ways = ways or self._ways(min(t.place for t in amounts), max(places), terms)
        return Tie(frozenset(places), kind, Fraction(_figures(*amounts), ways), told)

    def _of_pairs(self, last: Term, before: Sequence[Term], terms: Sequence[Term]) -> Iterator[Tie]:
        for a, b in combinations(before, 2):
            if a.value + b.value == last.value:
                yield self._tie((last, a, b), "sum", terms, _SUM.search(_told(last)) is not None)
            elif abs(a.value - b.value) == last.value:
                yield self._tie((last, a, b), "rest", terms, _REST.search(_told(last)) is not None)

    def _runs(self, last: Term, before: Sequence[Term]) -> Iterator[Tie]:
        """Three and more in a row with their total, told behind them or before."""
        ways = max(1, len(before) * (len(before) - 1) // 2)
        for start, stop in combinations(range(len(before) + 1), 2):
            run = before[start:stop]
            if len(run) > 2 and sum(p.value for p in run) == last.value:
                yield self._tie((last, *run), "run", before, ways=ways)
            if len(run) > 2 and stop == len(before) and sum(p.value for p in run[1:]) + last.value == run[0].value:
                yield self._tie((last, *run), "run", before, ways=ways)

    def _of_one(self, last: Term, before: Sequence[Term]) -> Iterator[Tie]:
        """A share, a multiple or the growth of one amount."""
        for n, one in enumerate(reversed(before), 1):
            yield from self._products(last, one, n)
            yield from self._multiples(last, one, n)
            rates = self._rates.get(last.place, ()) if n == 1 else ()
            if any(is_rounded(one.value * rate, last.value) for rate in rates):
                yield self._tie((last, one), "share", self._yen, ways=2 * len(rates))
            if last.value * 2 == one.value and any(one.place < h <= last.place for h in self._halves):
                beside = last.place in self._halves
                yield self._tie((last, one), "half", self._yen, beside, n if beside else 0)

    def _products(self, last: Term, one: Term, n: int) -> Iterator[Tie]:
        """Shares of an amount, and what it grows to at a yearly rate."""
        years = [c for c in self._counts if c.unit == "years" and c.place < last.place and c.value.denominator == 1]
        for share in self._shares:
            elsewhere = self._bring.get(share.place, last.place) != last.place  # 2/3の600万円: told of that amount
            if share.place > last.place or one.place - share.place > REACH or elsewhere:
                continue
            beside = share.place == last.place - 1
            if any(is_rounded(exact, last.value) for exact in _shares_of(one, share, last)):
                told = beside and "\n" not in self._text[self._quantities[one.place].end : self._quantities[share.place].start]
                yield self._tie((last, one, share), "product", self._yen, told, n if beside else 0)
            for span in years:
                exact = one.value * (1 + share.value) ** int(span.value)
                if exact > one.value and is_about(exact, last.value):
                    yield self._tie((last, one, share, span), "growth", self._yen, True)

    def _multiples(self, last: Term, one: Term, n: int) -> Iterator[Tie]:
        """An amount so many times, the factor told beside it or right before the result."""
        for count in self._counts:
            staff = _STAFF.search(count.pre) or _FIRM.match(count.post)
            if count.value < 2 or count.place > last.place or last.value != one.value * count.value or staff:
                continue
            beside = count.place == last.place - 1
            timed = count.unit in ("years", "months") and not _SPAN.match(count.post)
            if beside or (abs(count.place - one.place) <= 2 and not timed):
                yield self._tie((last, one, count), "multiple", self._yen, beside, n if beside else 0)


def _shares_of(one: Term, share: Term, last: Term) -> Iterator[Fraction]:
    """What an amount may come to by a share: the part, the rest if told as such, the cost of which it is the part."""
    yield one.value * share.value
    if _REST.search(_told(last)):
        yield one.value * (1 - share.value)
    if _COST.search(_told(last)):
        yield one.value / share.value


def _told(last: Term) -> str:
    """The words of the clause in which an amount stands."""
    return last.pre + last.post.partition("、")[0]


def _figures(*terms: Term) -> int:
    """How many steps the greatest of some numbers has if all are told in the same step: 120万円 and 60万円 have twelve."""
    scale = max(t.value.denominator for t in terms)
    step = gcd(*(_step(int(t.value * scale)) for t in terms))
    return int(max(t.value for t in terms) * scale) // step


def _step(number: int) -> int:
    digits = str(number)
    return int(10 ** (len(digits) - len(digits.rstrip("0"))))
