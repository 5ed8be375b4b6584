"""Growth that is told as a share or a multiple over years, or asked for backwards from its end, held against what is demanded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.growth_demanded import growth_requirement
from assistant.ask.numbers_told import becomes
from assistant.ask.reckon import LEADS, Case, Line, Part, Shown, decimal, result, rounded, yen
from assistant.ask.route import Place
from assistant.rules.growth import cagr_percent, meets_growth, required_value
from assistant.rules.schema import Requirement
from assistant.rules.values import Value, format_yen

_N = r"([0-9０-９]{1,2})(か|ヵ|カ|ヶ)?年(間|後|目)?"
_RATE = r"([0-9]+(?:\.[0-9]+)?)[%％]"
_WHOLE = re.compile(rf"{_N}[でに]?(は|、)?(合計|全体で|トータル)?で?、?(約)?{_RATE}(の)?(増|アップ|伸|成長|上が|上げ|上昇|プラス)")
_TIMES = re.compile(rf"{_N}[でに](は)?(約)?([0-9]+(?:\.[0-9]+)?)倍")
_EACH_YEAR = re.compile(
    rf"(年平均|毎年|年率|年)(成長率)?(は|で|に)?(約)?{_RATE}[^。？?0-9]{{0,8}}?[、で]?{_N}(で|だと|なら|続け|伸[ばび]|たつ|経)"
)
_OF_MONEY = re.compile(r"[0-9０-９][億万千円]")
_CLAIMED_WHOLE = re.compile(
    rf"{_RATE}(の)?(増|アップ|伸|成長|上が)[^。]{{0,6}}(で|って|と|の)?[^。]{{0,8}}(いい|よい|良い|合って|ですよね|だよね|です?か)"
)
_AIMED = re.compile(r"(年|毎年|年平均|年率)[^。、0-9０-９]{0,4}[0-9０-９.]+[%％](以上)?")
_PAY = re.compile(r"給与|給料|賃金|賃上げ")
_BASE_ASKED = re.compile(
    r"(今|いま|現在|基準|はじめ|始め|元|もと)[^。？?]{0,16}(いくら|何円|何万円?|なんぼ)[^。？?]{0,6}(以下|まで|でないと|なら|でなければ|以内)"
)
_AT_END = re.compile(r"(年後|最終年|計画最終|目標|終わり|最後)[^。、0-9０-９]{0,16}$")


@dataclass(frozen=True, slots=True)
class _Told:
    """A growth over years as a factor, in the words of the text, the number it was told by first."""

    factor: Fraction
    years: int
    word: str


def grown_share(case: Case) -> list[ComputedFinding]:
    """The growth a year of one told over years (5年で20%増, 3年で1.5倍), against the requirement or the rate taken for granted."""
    if _OF_MONEY.search(re.sub(r"1人あたり", "", case.query.text)):
        return []
    told = _told(case.query.text)
    if told is None:
        return _compounded(case)
    scale = told.factor.denominator
    percent = cagr_percent(scale, told.factor.numerator, told.years)
    step = f"{told.word} → {decimal(told.factor)} の{told.years}乗根 － 1 ＝ {percent}%（複利の年平均成長率）"
    shown: dict[str, Part] = {"percent": Shown(f"{percent}%", str(percent), "percent")}
    need = _demanded(case)
    if need is not None:
        place, rule, wanted = need
        met = meets_growth(scale, told.factor.numerator, told.years, str(wanted.percent))
        lines: list[Line] = [("grown_met" if met else "grown_not_met", {**shown, "wanted": wanted}), ("rule", {"text": rule})]
        return [result(*lines, steps=(step,), source=rule.source, verdict=met, place=place)]
    claimed = _claimed(case, told)
    right = None if claimed is None else claimed == Fraction(str(percent))
    return [result(("grown_a_year", {**shown, "lead": LEADS[right]}), steps=(step,), verdict=right)]


def _told(text: str) -> _Told | None:
    whole, times = _WHOLE.search(text), _TIMES.search(text)
    if whole:
        return _of(1 + Fraction(whole[7]) / 100, whole)
    return _of(Fraction(times[6]), times) if times else None


def _of(factor: Fraction, m: re.Match[str]) -> _Told | None:
    years = int(m[1])
    return _Told(factor, years, m.group()) if 1 < years <= 20 and factor > 0 else None


def _demanded(case: Case) -> tuple[Place, Requirement, Value] | None:
    """The growth that the places in question demand of what grows."""
    return growth_requirement(case.route, "wage" if _PAY.search(case.query.text) else "growth", case.inputs) if case.checks else None


def _claimed(case: Case, told: _Told) -> Fraction | None:
    """The rate a year that the text takes for granted."""
    others = [q.exact for q in case.quantities if q.unit == "percent" and q.exact is not None and q.exact != (told.factor - 1) * 100]
    return others[0] if len(others) == 1 and (case.query.confirm or re.search(r"(書い|見)て|いい|合って", case.query.text)) else None


def _compounded(case: Case) -> list[ComputedFinding]:
    """What a growth a year comes to over years (年3%で5年), against the whole that is taken for granted."""
    m = _EACH_YEAR.search(case.query.text)
    years = int(m[6]) if m else 0
    if m is None or not 1 < years <= 20 or not (case.wants_number or case.query.confirm or _CLAIMED_WHOLE.search(case.query.text)):
        return []
    whole = (1 + Fraction(m[5]) / 100) ** years - 1
    text = rounded(whole * 100)
    claim = _CLAIMED_WHOLE.search(case.query.text)
    right = None if claim is None else Fraction(claim[1]) == whole * 100
    span = Shown(f"{years}年", years, "years", True)
    shown: dict[str, Part] = {"lead": LEADS[right], "whole": Shown(f"{text}%", text, "percent"), "years": span}
    step = f"(1＋{m[5]}%)の{years}乗 － 1 ＝ {text}%"
    return [result(("compounded", shown), steps=(step,), verdict=right)]


def pair_grown(case: Case) -> list[ComputedFinding]:
    """Whether an amount that becomes another over years grows by the rate a year that the text aims at."""
    money = [q for q in case.quantities if q.whole("yen") is not None and q.bound is None]
    aims = [q.exact for q in case.quantities if q.unit == "percent" and q.exact is not None]
    years = case.query.slots.years
    if len(money) != 2 or len(aims) != 1 or not years or not _AIMED.search(case.query.text) or not case.checks:
        return []
    demanded = growth_requirement(case.route, "growth", case.inputs) is not None and not _PAY.search(case.text)
    if demanded or not becomes(case.text[money[0].end : money[1].start]):
        return []
    start, end = (q.whole("yen") or 0 for q in money)
    if start <= 0:
        return []
    percent, aim = cagr_percent(start, end, years), decimal(aims[0])
    met, goal = meets_growth(start, end, years, aim), required_value(start, aim, years)
    steps = (
        f"({format_yen(end)} ÷ {format_yen(start)}) の{years}乗根 － 1 ＝ {percent}%（複利の年平均成長率）",
        f"必要な額：{format_yen(start)} × (1＋{aim}%)の{years}乗 ＝ {format_yen(goal)}",
    )
    shown: dict[str, Part] = {"percent": Shown(f"{percent}%", str(percent), "percent"), "aim": Shown(f"{aim}%", aim, "percent", True)}
    line: Line = ("pair_grown_met" if met else "pair_grown_not_met", {**shown, "goal": yen(goal)})
    return [result(line, steps=steps, verdict=met)]


def base_for_end(case: Case) -> list[ComputedFinding]:
    """The most that a base may be for a final value which is told to keep to a growth."""
    years = case.query.slots.years
    money = [(q, y) for q in case.quantities if (y := q.whole("yen")) is not None]
    if not years or len(money) != 1 or not _BASE_ASKED.search(case.query.text) or not _AT_END.search(case.text[: money[0][0].start]):
        return []
    need = growth_requirement(case.route, "growth", case.inputs)
    told = [q.exact for q in case.quantities if q.unit == "percent" and q.exact is not None]
    percent = told[0] if told else Fraction(str(need[2].percent)) if need else None
    if percent is None:
        return []
    end = money[0][1]
    base = int(Fraction(end) / (1 + percent / 100) ** years)
    step = f"{format_yen(end)} ÷ (1＋{decimal(percent)}%)の{years}乗 ＝ {format_yen(base)}（1円未満切捨て）"
    line: Line = ("base_for_end", {"base": yen(base), "end": yen(end, True)})
    return [result(line, steps=(step,), source=need[1].source if need else None, place=need[0] if need else None)]
