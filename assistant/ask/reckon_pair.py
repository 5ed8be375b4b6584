"""What pay, value added or productivity is now and becomes over years, held against the growth that is demanded.

Other amounts beside the two are arithmetic on them (so many per cent times the years), and no costs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.growth_demanded import Demand, growth_demanded
from assistant.ask.numbers_told import becomes
from assistant.ask.reckon import Case, Line, Part, Shown, asked_back, decimal, result, yen
from assistant.rules.conditions import InputName
from assistant.rules.growth import cagr_percent, meets_growth, required_value
from assistant.rules.schema import Fact
from assistant.rules.values import Value, format_yen
from assistant.text.numerals import small_int

_YEARS = re.compile(r"([0-9０-９]{1,2}|[二三四五六七八九十])(か|ヵ|カ|ヶ|箇)?(事業)?年(度)?(計画|後|間|目|で|かけ|先|分|たっ|経)")
_TIMES = re.compile(r"[%％][)）]?[×xX✕*]([0-9０-９]{1,2})(?![0-9０-９.]|[,，万億円])")
"""The years as a rate is multiplied by them (2%×3)."""
_TAKEN = re.compile(
    r"満た|みた[しす]|クリア|足り|届|達し|達成|十分|充分|大丈夫|OK|ＯＫ|セーフ|合格|上回|超え|余裕|問題な|要件|基準|条件"
    r"|(で|って)?(いい|よい|良い)(の|よ|です|かな|か|ね|と)"
)
"""What asks whether a plan is enough, or takes it for granted."""
_NOW = re.compile(r"(いま|今|現在|基準|直近|昨年|去年|今期|今年|前期|前年|昨期|申請時|もと|元|スタート|現状)[^、。]{0,16}$")
_THEN = re.compile(r"(年後|年度後|年先|最終|目標|終わ[りる]|末に|年目|将来|ゴール|増|アップ|伸)[^、。]{0,16}$")
_SUBSIDY = re.compile(r"(補助|助成|支給)(額|金額|金)?[はが]?[^、。？?]{0,6}(いくら|何円|なんぼ|何万|どれ)")
_COST_BEFORE = re.compile(r"(設備|投資額?|経費|費用)[はがにを]?[^、。0-9０-９]{0,6}$")
_COST_AFTER = re.compile(r"の?(設備|機械|投資|経費)")
"""What stands beside an amount that is spent, and does not grow."""
_HEAD = re.compile(r"([1１一]人|ひとり)(あたり|当たり|当り|平均|頭|につき|(?=[0-9０-９の]))")
_PAY = re.compile(r"給与|給料|賃金|賃上げ|年収|人件費|ベースアップ|昇給")
_TOTAL = re.compile(r"総額|合計|全体|全社|全員")
_A_HEAD_MOST = 10_000_000
"""Pay above is not that of one person."""
_GOAL = re.compile(
    r"(いくら|何円|何万|なんぼ)[^。？?]{0,10}(すれ|した|必要|要[るり]|いる|上げ|目標|届|以上|満た)"
    r"|目標[^。]{0,8}(いくら|何円|何万|なんぼ)"
)
_METRICS: dict[InputName, str] = {
    "value_added_growth_pct": "付加価値額",
    "productivity_growth_pct": "労働生産性",
    "per_capita_growth_pct": "1人あたりの給与",
    "payroll_growth_pct": "給与支給総額",
}
_PER_HEAD = ("productivity_growth_pct", "per_capita_growth_pct")
"""What is counted by head: totals told with their headcounts are divided first."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """An amount now and after years."""

    start: int
    end: int
    years: int

    def percent(self, wanted: str | None = None) -> str:
        """The growth a year, never rounded up to a line that it misses."""
        found = cagr_percent(self.start, self.end, self.years)
        missed = wanted is not None and found >= Decimal(wanted) and not meets_growth(self.start, self.end, self.years, wanted)
        return str(found - Decimal("0.01") if missed else found)


def pair_held(case: Case) -> list[ComputedFinding]:
    """Whether what grows from one amount to another over years meets the growth that the programme in question demands."""
    text = case.query.text
    if not (_TAKEN.search(text) or case.query.confirm) or _SUBSIDY.search(text):
        return []
    pair = _pair(case)
    if pair is None:
        return []
    demand = next((d for m in _metrics(text, pair) if (d := growth_demanded(case, m)) is not None), None)
    if demand is None:
        return []
    pair, steps = _by_head(case, pair) if demand.metric in _PER_HEAD else (pair, ())
    return [replace(f, steps=(*steps, *f.steps)) for f in _held(pair, demand)]


def _by_head(case: Case, pair: _Pair) -> tuple[_Pair, tuple[str, ...]]:
    """The pair divided by the two headcounts told with its amounts, in the order of the text, with the steps; else as it is."""
    quantities = case.query.slots.quantities
    heads = [n for q in quantities if (n := q.whole("people")) and q.bound is None]
    order = [y for q in quantities if (y := q.whole("yen")) in (pair.start, pair.end)]
    if len(heads) != len((pair.start, pair.end)) or _HEAD.search(case.query.text):
        return pair, ()
    now, then = heads if order[:1] == [pair.start] else heads[::-1]
    each = (pair.start // now, pair.end // then)
    steps = (f"{format_yen(y)} ÷ {n}人 ＝ {format_yen(y // n)}" for y, n in ((pair.start, now), (pair.end, then)))
    return replace(pair, start=each[0], end=each[1]), tuple(steps)


def local_goal(case: Case) -> list[ComputedFinding]:
    """The pay a head that the rate of a prefecture asks for after years, where the text asks for it."""
    text, years = case.query.text, _years(case)
    money = [y for q in case.query.slots.quantities if (y := q.whole("yen")) and q.bound is None]
    if len(money) != 1 or not years or not _GOAL.search(text) or not _HEAD.search(text) or _SUBSIDY.search(text):
        return []
    demand = growth_demanded(case, "per_capita_growth_pct")
    if demand is None or demand.value is None or not isinstance(demand.rule, Fact):
        return []
    goal = required_value(money[0], str(demand.value.percent), years)
    step = f"{format_yen(money[0])} × (1＋{demand.value.percent}%)の{years}乗 ＝ {format_yen(goal)}（1円未満切上げ）"
    shown: dict[str, Part] = {"name": _METRICS[demand.metric], "goal": yen(goal), "wanted": demand.value}
    line: Line = ("pair_goal", shown)
    return [result(line, ("rule", {"text": demand.rule}), steps=(step,), source=demand.rule.source, place=demand.place)]


def _held(pair: _Pair, demand: Demand) -> list[ComputedFinding]:
    if demand.value is None:
        open_: dict[str, Part] = {"text": demand.rule, "percent": _shown(pair.percent())}
        return [asked_back("pair_open", demand.missing, open_, demand.rule.source, (_grown(pair, pair.percent()),))]
    wanted = str(demand.value.percent)
    percent = pair.percent(wanted)
    years = pair.years if demand.yearly else 1
    met = meets_growth(pair.start, pair.end, years, wanted)
    goal = required_value(pair.start, wanted, years)
    raised = f"(1＋{wanted}%)の{years}乗" if demand.yearly else f"(1＋{wanted}%)"
    steps = (_grown(pair, percent), f"必要な額：{format_yen(pair.start)} × {raised} ＝ {format_yen(goal)}")
    shown: dict[str, Part] = {
        "name": _METRICS[demand.metric],
        "percent": _shown(percent),
        "wanted": Value(percent=wanted, bound="min"),
        "goal": yen(goal),
    }
    line: Line = ("pair_met" if met else "pair_not_met", shown)
    if not demand.yearly:
        whole = decimal(Fraction(pair.end - pair.start, pair.start) * 100)
        line = ("pair_whole_met" if met else "pair_whole_not_met", {**shown, "percent": _shown(whole)})
        steps = (f"({format_yen(pair.end)} － {format_yen(pair.start)}) ÷ {format_yen(pair.start)} ＝ {whole}%", steps[1])
    return [result(line, ("rule", {"text": demand.rule}), steps=steps, source=demand.rule.source, verdict=met, place=demand.place)]


def _grown(pair: _Pair, percent: str) -> str:
    return f"({format_yen(pair.end)} ÷ {format_yen(pair.start)}) の{pair.years}乗根 － 1 ＝ {percent}%（複利の年平均成長率）"


def _shown(percent: str) -> Shown:
    return Shown(f"{percent}%", percent, "percent")


def _metrics(text: str, pair: _Pair) -> tuple[InputName, ...]:
    """What the amounts may be of, the likeliest first."""
    if "付加価値" in text:
        return ("value_added_growth_pct", "productivity_growth_pct")
    if "生産性" in text:
        return ("productivity_growth_pct",)
    if not (_PAY.search(text) or _HEAD.search(text)):
        return ()
    if _HEAD.search(text) and not (_TOTAL.search(text) and pair.start > _A_HEAD_MOST):
        return ("per_capita_growth_pct",)
    return ("payroll_growth_pct",) if _TOTAL.search(text) or pair.start > _A_HEAD_MOST else ("per_capita_growth_pct",)


def _pair(case: Case) -> _Pair | None:
    """The amount now and the one it becomes, with the years between; None unless exactly one of each is told."""
    text, years = case.query.text, _years(case)
    money = [q for q in case.query.slots.quantities if (q.whole("yen") or 0) > 0 and q.bound in (None, "until")]
    money = [q for q in money if not (_COST_BEFORE.search(text[: q.start]) or _COST_AFTER.match(text, q.end))]
    if not years or not 1 <= len(money) <= 5:
        return None
    percents = [q.exact for q in case.query.slots.quantities if q.unit == "percent" and q.exact]
    leads = {q: re.split(r"[。！!？?\n]", text[max((o.end for o in money if o.end <= q.start), default=0) : q.start])[-1] for q in money}
    base = next((q for q in money if _NOW.search(leads[q]) and not _THEN.search(leads[q])), money[0])
    if base is money[0] and len(money) > 1 and _THEN.search(leads[base]) and not becomes(text[base.end : money[1].start]):
        base = next((q for q in money[1:] if not _THEN.search(leads[q])), base)
    start = base.whole("yen") or 0
    others = list(dict.fromkeys(q.whole("yen") or 0 for q in money if q is not base and q.whole("yen") != start))
    worked = _worked_out(start, years, percents)
    if not others:
        whole = [p for p in percents if any(r * years == p for r in percents)]
        return _Pair(start, int(start * (1 + whole[0] / 100)), years) if whole else None
    ends = [y for y in others if y not in worked and not any(y == abs(o - start) for o in others)]
    ends = ends or [y for y in others if y > start] or others
    return _Pair(start, ends[0], years) if len(ends) == 1 else None


def _worked_out(start: int, years: int, percents: list[Fraction]) -> set[int]:
    """What simple arithmetic makes of an amount with the percentages told: its part, it with that on top, one year's or all years'."""
    parts = [Fraction(start) * p * n / 100 for p in percents for n in (1, years)]
    return {int(x) for part in parts for x in (part, start + part)}


def _years(case: Case) -> int:
    found = {small_int(m[1]) for m in _YEARS.finditer(case.query.text)}
    found = {n for n in found if 1 <= n <= 20}
    times = {small_int(m[1]) for m in _TIMES.finditer(case.query.text)} if not found else set()
    found = found or {n for n in times if 1 < n <= 20}
    return found.pop() if len(found) == 1 else case.query.slots.years or 0
