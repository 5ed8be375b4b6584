"""The share by which a firm's headcount fell, held against the least share that a rule asks for."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, decimal, measured, people, result
from assistant.rules.schema import Edition, Fact
from assistant.text.numbers import Quantity

_FELL = re.compile(r"従業員数が[^。]{0,8}\{(?P<share>\w+)\}減")
_ASKED = re.compile(r"当てはま|該当|あてはま|使え|満た|いけ|対象|OK|大丈夫|なりますか|なる？|申請でき|達し|届[いくか]|クリア")
_LEFT = re.compile(r"(だけ|ほど|も)?[がは]?[^、。0-9０-９]{0,8}(辞め|やめ|退職|離職|抜け|減)(?!り?ました?ではな)")
_BECAME = re.compile(r"(に|へ|まで)")
_NOW = re.compile(r"(今年|今期|今|いま|現在|直近)(は|の)?[^、。0-9０-９]{0,8}$")
_HOW_FEW = re.compile(r"何[人名](以下|まで|なら|に)|何[人名][^。、？?]{0,4}(減|辞め|やめ)")
_LAID_OFF = re.compile(
    r"(解雇|リストラ)(?!(は|も|を|で|など)*(一切|特に)?、?((は|も)?し?て?(い)?(な[いくし]|(あり)?ま?せん|へん)|ゼロ|なし|無し|(で|じゃ|では)(は)?(な|あり))|(は|も)?し(ま|て))"
    r"|(解雇|リストラ)(は|も|を)?し(まし)?た"
)
"""Staff that were laid off; not that there was no such thing."""


def staff_fell(case: Case) -> list[ComputedFinding]:
    """Whether a headcount that is told before and after, or with those who left, fell by the share of a rule."""
    found = _rule(case)
    if found is None or not _ASKED.search(case.text) or _LAID_OFF.search(case.text):
        return []
    told = _told(case)
    if told is None or told[0] <= 0:
        return []
    (edition, fact, key), (before, after) = found, told
    share, least = Fraction(before - after, before), Fraction(str(fact.figures[key].percent)) / 100
    met = share >= least
    step = f"({before}人 － {after}人) ÷ {before}人 ＝ {decimal(share * 100)}%"
    line: Line = ("staff_fell_met" if met else "staff_fell_not_met", {"share": measured(share * 100, "percent", "%")})
    if share <= 0:
        line, step = ("staff_not_fallen", {}), f"{before}人 → {after}人"
    return [result(line, ("rule", {"text": fact}), steps=(step,), source=fact.source, verdict=met, place=case.place_of(edition))]


def staff_line(case: Case) -> list[ComputedFinding]:
    """The most people of a firm whose headcount has fallen by the share of a rule, from the headcount before."""
    found = _rule(case)
    heads = [n for q in case.quantities if q.bound is None and (n := q.whole("people"))]
    if found is None or len(heads) != 1 or not _HOW_FEW.search(case.query.text):
        return []
    edition, fact, key = found
    share, before = Fraction(str(fact.figures[key].percent)) / 100, heads[0]
    most = int(before * (1 - share))
    step = f"{before}人 × (1－{decimal(share * 100)}%) ＝ {decimal(before * (1 - share))}人"
    shown: dict[str, Part] = {"most": people(most), "before": people(before, True), "fewer": people(before - most)}
    line: Line = ("staff_line", shown)
    return [result(line, ("rule", {"text": fact}), steps=(step,), source=fact.source, place=case.place_of(edition))]


def _rule(case: Case) -> tuple[Edition, Fact, str] | None:
    """The fact of an edition in question that asks for a fall of the headcount, where the text speaks of it, with its figure."""
    for place in case.route.places:
        for fact in place.edition.facts:
            said = _FELL.search(fact.text)
            if said and fact.figures[said["share"]].percent is not None and any(w in case.text for w in (fact.topic, *fact.also)):
                return place.edition, fact, said["share"]
    return None


def _told(case: Case) -> tuple[int, int] | None:
    """The headcount before and after: the first and the one that it became, else the first less those who left."""
    heads = [(q, n) for q in case.quantities if q.bound is None and (n := q.whole("people")) is not None]
    if len(heads) < 2:
        return None
    before = heads[0][1]
    became = [n for q, n in heads[1:] if _BECAME.match(case.text, q.end) or _NOW.search(case.text[: q.start])]
    left = [n for q, n in heads[1:] if _left(case, q)]
    if became:
        return before, became[-1]
    return (before, before - left[0]) if len(left) == 1 and left[0] < before else None


def _left(case: Case, q: Quantity) -> bool:
    return bool(_LEFT.match(case.text, q.end))
