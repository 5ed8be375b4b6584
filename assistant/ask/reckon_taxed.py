"""Prices told with or without consumption tax, held against a line that is printed the other way; and that line turned round."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, result, yen
from assistant.ask.wording import MUST
from assistant.rules.schema import Edition, Fact
from assistant.rules.values import Value, format_yen
from assistant.text.numbers import Quantity

_WORDS = {"incl": "税込", "excl": "税抜"}
_KEEPS: dict[str, Callable[[Fraction, int], bool]] = {
    "over": operator.gt, "min": operator.ge, "under": operator.lt, "max": operator.le, "until": operator.le, "within": operator.le,
}  # fmt: skip
_TAX_RATE = re.compile(r"(税率?|軽減)[^。、0-9０-９]{0,6}$")
_BURDEN = re.compile(
    r"引っ?かか|ひっかか|[当あ]た[りる]|該当|必要|要り|要る|いります|いるの|対象外|だめ|ダメ|駄目|アウト|NG|超え[てまる]|オーバー|義務"
    rf"|{MUST}"
)
"""What asks whether the line is passed, or brings a duty with it."""
_NO_BURDEN = re.compile(
    r"不要|(必要|見積もり?|見積り)(は|も|が)?(な[いしく]|ありません)|[い要]ら[なん]|いりません|要りません|なくて|超え(て(い)?)?(な|ま?せん|ず)"
    r"|(引っかか|[当あ]た)ら(な|ず)|該当し(な|ま?せん)"
)
_LEAVE = re.compile(r"いい|よい|良い|ええ|大丈夫|構わ|かまわ|でき|払え|足り|済[むみ]|OK|可能|平気|問題|対象|入[りる]|収ま|以下|以内|セーフ")
_ASKS = re.compile(r"[？?]\s*$|か[。\s]*$|(よね|かな|教えて[^。]*)[。？?\s]*$")
_CLAUSE = re.compile(r"[、。？?！!\n]|ので|から(?!く)|けど|が、")
_UP_TO = re.compile(r"(いくら|何円|何万円?|なんぼ)[^。、？?]{0,6}(まで|以下|超え|以内)|(まで|上限)[はが]?[^。、]{0,4}(いくら|何円|なんぼ)")
LEAST_PRICE = 1000
"""An amount below this is no price that such a line is for."""


@dataclass(frozen=True, slots=True)
class _Taxed:
    """A line in yen with or without tax, and the rule that prints it."""

    edition: Edition
    fact: Fact
    bound: Value

    @property
    def yen(self) -> int:
        return self.bound.yen or 0

    def passed(self, price: Fraction) -> bool:
        """Whether a price, told as the line is, lies on the side that the line names."""
        return _KEEPS[str(self.bound.bound)](price, self.yen)


def taxed(case: Case) -> list[ComputedFinding]:
    """Whether a price passes a line of the other tax reading, or what that line is in the reading that is asked for."""
    line = next(_lines(case), None)
    if line is None:
        return []
    price = _price(case, line)
    if price is None:
        return _turned_line(case, line)
    if not (case.query.confirm or any(p.search(_asked(case)) for p in (_BURDEN, _NO_BURDEN, _LEAVE))):
        return []
    tax = price.tax or case.query.slots.tax
    if tax is None:
        return _either(case, line, price)
    value, steps = _turned(case, price.exact or Fraction(0), tax, str(line.bound.tax))
    passed = line.passed(value)
    lead = _lead(case, line, passed)
    shown: dict[str, Part] = {"lead": lead, "line": line.bound, "hit": _hit(passed), "word": _WORDS[str(line.bound.tax)]}
    shown["price"] = yen(value, tax == line.bound.tax)
    key = "taxed" if tax != line.bound.tax else "taxed_same"
    return [_found(case, line, (key, shown), steps, lead == "はい、")]


def _lines(case: Case) -> Iterator[_Taxed]:
    """The lines with a tax reading of the editions in question that the words speak of."""
    words = case.table.get("taxed", {})
    for place in case.route.places:
        for fact in (f for f in place.edition.facts if any(w in case.text for w in words.get(f.id, ()))):
            bound = next((v for v in fact.figures.values() if v.yen and v.tax and v.bound in _KEEPS), None)
            if bound is not None:
                yield _Taxed(place.edition, fact, bound)


def _price(case: Case, line: _Taxed) -> Quantity | None:
    """The one price of the text; the line itself, where the text repeats it, is none."""
    money = [(q, y) for q in case.quantities if (y := q.whole("yen")) is not None and y >= LEAST_PRICE]
    free = [(q, y) for q, y in money if q.bound is None]
    own = [q for q, y in free if y != line.yen] or [q for q, _ in free if q.tax or len(money) == 1]
    own = [q for q in own if q.tax] or own
    return own[0] if len({q.value for q in own}) == 1 else None


def _asked(case: Case) -> str:
    """The clause that asks."""
    bare = re.sub(r"（[^）]*）", "", case.query.text)
    asked = [s for s in re.split(r"(?<=[。？?！!\n])", bare) if _ASKS.search(s)] or [bare]
    clauses = [c for c in _CLAUSE.split(asked[-1]) if len(c.strip()) > 1]
    return clauses[-1] if clauses else ""


def _lead(case: Case, line: _Taxed, passed: bool) -> str:
    """「はい、」 or 「いいえ、」: a line that is to be reached is good to pass, any other a burden."""
    asked = _asked(case)
    of_passing = line.bound.bound == "min" or (_BURDEN.search(asked) and not _NO_BURDEN.search(asked))
    return "はい、" if passed == bool(of_passing) else "いいえ、"


def _rate(case: Case) -> Fraction | None:
    """The rate of consumption tax: the one that is told, else the usual one."""
    told = [q.exact for q in case.quantities if q.unit == "percent" and _TAX_RATE.search(case.text[: q.start])]
    usual = case.catalogue.general.rates.get("consumption-tax")
    return told[0] if told else Fraction(usual) if usual else None


def _turned(case: Case, price: Fraction, tax: str, wanted: str) -> tuple[Fraction, tuple[str, ...]]:
    """A price in the other tax reading, exact, and the step."""
    rate = _rate(case)
    if tax == wanted or rate is None:
        return price, ()
    factor = 1 + rate / 100
    value, sign = (price / factor, "÷") if tax == "incl" else (price * factor, "×")
    cut = "" if value.denominator == 1 else "（1円未満切捨て）"
    return value, (f"{_WORDS[wanted]}：{format_yen(int(price))} {sign} {float(factor):g} ＝ {format_yen(int(value))}{cut}",)


def _hit(passed: bool) -> str:
    return "当たります" if passed else "当たりません"


def _either(case: Case, line: _Taxed, price: Quantity) -> list[ComputedFinding]:
    """A price of which is not told whether tax is in it: both readings."""
    both = {tax: _turned(case, price.exact or Fraction(0), tax, str(line.bound.tax)) for tax in _WORDS}
    passed = {tax: line.passed(value) for tax, (value, _) in both.items()}
    other = next(t for t in _WORDS if t != line.bound.tax)
    same = len(set(passed.values())) == 1
    shown: dict[str, Part] = {
        "lead": _lead(case, line, passed["incl"]) if same else "", "line": line.bound, "mine": yen(price.exact or 0, True),
        "other": _WORDS[other], "turned": yen(both[other][0]), "own": _WORDS[str(line.bound.tax)],
        "hit_other": _hit(passed[other]), "hit": _hit(passed[str(line.bound.tax)]),
    }  # fmt: skip
    return [_found(case, line, ("taxed_both" if same else "taxed_open", shown), both[other][1], None)]


def _turned_line(case: Case, line: _Taxed) -> list[ComputedFinding]:
    """The line in the other reading, where that is asked for and no price is told."""
    other = next(t for t in _WORDS if t != line.bound.tax)
    named = any(w in case.query.text for w in (_WORDS[other], _WORDS[other].replace("抜", "別")))
    if not named or not _UP_TO.search(case.query.text) or line.bound.bound == "min":
        return []
    value, steps = _turned(case, Fraction(line.yen), str(line.bound.tax), other)
    shown: dict[str, Part] = {"word": _WORDS[other], "value": yen(value), "line": line.bound}
    return [_found(case, line, ("taxed_line", shown), steps, None)]


def _found(case: Case, line: _Taxed, first: Line, steps: tuple[str, ...], verdict: bool | None) -> ComputedFinding:
    place = case.place_of(line.edition)
    found = result(first, ("rule", {"text": line.fact}), steps=steps, source=line.fact.source, verdict=verdict, place=place)
    return replace(found, values={**found.values, "weighs_denial": bool(re.search(MUST, _asked(case)))})



