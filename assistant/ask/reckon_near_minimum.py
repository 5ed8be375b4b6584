"""Whether enough of the staff earn near the minimum wage: their share, the months, how many are needed, and what it does to a rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, asked_back, decimal, people, result, unusable
from assistant.ask.wage_groups import STAFF
from assistant.rules.schema import Edition, Fact, Requirement, Special
from assistant.rules.shares import months_reached
from assistant.text.dates import PartialDate

_LOWEST = r"(最低賃金|最賃|改定後の額|改定額|改定後)"
_NEAR = re.compile(
    rf"{_LOWEST}[^。？?]{{0,16}}(未満|満たな|満たず|届か|届き|達しな|達せず|達して(い)?な|下回|より(も)?(安|低)|以内|[+＋]|プラス|近)"
)
"""What tells that a wage is near the minimum: under the new one, or within a margin over it."""
_OF_PAY = re.compile(r"(給与|給料|賃金|賃上げ|支給総額|伸び率?|成長率?|昇給)[^。、0-9０-９]{0,8}$")
"""What makes a percentage one of pay, not of the staff."""
_OUT_OF = re.compile(r"の?(中|うち|内)|、うち")
_LEAST_HEADS = re.compile(r"何(人|名)[^。？?]{0,14}(必要|要[りる]|い[れる]|以上|で(いい|よい|足り)|なら|だと|から)")
_MONTHS_A_YEAR = 12


def near_minimum(case: Case) -> list[ComputedFinding]:
    """Whether enough of the staff were near the minimum wage in enough months, or how many of them that takes."""
    pairs = _parts_of_staff(case)
    if not (case.asks("near_minimum") or (pairs and _NEAR.search(case.text))):
        return []
    found = next(_rules(case), None)
    if found is None:
        return []
    edition, need = found
    least, share = need.figures["months"].months or 0, Fraction(str(need.figures["share"].percent)) / 100
    if not pairs and _LEAST_HEADS.search(case.query.text):
        return _least_heads(case, edition, need, share)
    shares = [q for q in case.quantities if q.unit == "percent" and q.bound is None and not _OF_PAY.search(case.text[: q.start])]
    percents = [q.exact for q in shares if q.exact is not None]
    if not pairs and len(percents) == 1:
        pairs = [(percents[0].numerator, 100 * percents[0].denominator)]
    if not pairs:
        return []
    if any(whole <= 0 for _, whole in pairs):
        return [unusable(case, "staff", "0人")]
    told = _months(case)
    name: dict[str, Part] = {"name": case.heading(edition, f"{_label(need).removesuffix('の条件')}の条件")}
    short = len(pairs) == 1 and pairs[0][0] < share * pairs[0][1]
    if told is None and any(q.unit == "months" and q.exact == least and q.bound == "min" for q in case.quantities):
        told = least
    if len(pairs) == 1 and told is None and not short:
        asked = asked_back("near_minimum_open", (case.label("months"),), {**name, "text": need}, need.source)
        return [asked] if case.checks else []  # else the share is that of a rule, not of the firm
    months = pairs * (least if told is None else told) if len(pairs) == 1 else pairs
    met = months_reached(months, str(share), least)
    steps = [f"{part}人 ÷ {whole}人 ＝ {decimal(Fraction(part, whole) * 100)}%" for part, whole in dict.fromkeys(pairs) if whole != 100]
    enough = sum(part >= share * whole for part, whole in months)
    steps += [f"割合を満たす月：{enough}か月"] if enough or len(pairs) > 1 else []
    lines: tuple[Line, ...] = (("met" if met else "not_met", name), *case.dated(edition), ("rule", {"text": need}))
    held = result(*lines, steps=tuple(steps), source=need.source, verdict=met, place=case.place_of(edition))
    return [replace(held, values={**held.values, "learned": _learned(case, need, met)})]


def _label(need: Special | Requirement | Fact) -> str:
    return need.topic if isinstance(need, Fact) else need.label


def _least_heads(case: Case, edition: Edition, need: Special | Requirement | Fact, share: Fraction) -> list[ComputedFinding]:
    """How many of the staff must be near the minimum wage, from the headcount that is told."""
    heads = case.people()
    if heads is None or heads <= 0:
        return []
    least = ceil(heads * share)
    exact = heads * share
    steps = (f"{heads}人 × {decimal(share * 100)}% ＝ {decimal(exact)}人" + ("（1人未満切上げ）" if exact.denominator > 1 else ""),)
    shown: dict[str, Part] = {"name": case.heading(edition, _label(need)), "least": people(least), "staff": people(heads, True)}
    return [result(("near_minimum_heads", shown), ("rule", {"text": need}), steps=steps, source=need.source, place=case.place_of(edition))]


def _learned(case: Case, need: Special | Requirement | Fact, met: bool) -> dict[str, Any]:
    """The inputs of the amount that follow: the state of the firm, and that the special measure which hangs on it is used or not."""
    if not isinstance(need, Special):
        return {"near_minimum_wage": met}
    used = [s for s in case.query.slots.inputs.get("specials") or () if s != need.id]
    return {"near_minimum_wage": met, "specials": (*used, need.id) if met else tuple(used)}


def _months(case: Case) -> int | None:
    """How many months are told: as a number, else from the first month to the last one."""
    told = [n for q in case.quantities if (n := q.whole("months")) is not None and q.bound is None]
    if told:
        return told[0]
    days = [q.value for q in case.quantities if isinstance(q.value, PartialDate)]
    ends = [d.year * _MONTHS_A_YEAR + d.month for d in days if d.year and d.month and not d.day]
    return ends[1] - ends[0] + 1 if len(ends) == 2 and ends[0] <= ends[1] else None


def _parts_of_staff(case: Case) -> list[tuple[int, int]]:
    """Headcounts told as parts of another one (25名のうち7名; 全従業員30名で9名), each with the whole."""
    heads = [q for q in case.quantities if q.unit == "people" and isinstance(q.value, int) and q.bound is None]
    wholes = [q for q in heads if _OUT_OF.match(case.text, q.end)]
    if not wholes and len(heads) == 2 and STAFF.search(case.text[: heads[0].start]):
        wholes = heads[:1]
    pairs = [(next((p for p in heads if p.start > w.start), None), w) for w in wholes]
    return [(int(str(p.value)), int(str(w.value))) for p, w in pairs if p is not None and "。" not in case.text[w.end : p.start]]


def _rules(case: Case) -> Iterator[tuple[Edition, Special | Requirement | Fact]]:
    """What tells the share of the staff and the months, edition by edition, special measures before facts."""
    needs = [(e, n) for e, _, n in case.needs()]
    for edition in case.editions():
        facts = [f for f in edition.facts if f.kind in ("special", "requirement", "definition")]
        for item in (*(n for e, n in needs if e is edition), *facts):
            if {"share", "months"} <= set(item.figures):
                yield edition, item
