"""Rates and margins that are told (a growth of pay, what is added to the minimum wage) held against the tests of requirements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.names import regions_in
from assistant.ask.reckon import Case, Line, Part, Shown, asked_back, measured, result, yen
from assistant.ask.reckon_pay import EACH
from assistant.ask.route import Place
from assistant.ask.steps import sum_step
from assistant.ask.told_frames import with_told_frames
from assistant.ask.wording import asks
from assistant.rules.conditions import INPUT_LABELS, Condition, Inputs, Verdict
from assistant.rules.growth import cagr_percent, meets_growth, required_value
from assistant.rules.raises import wage_line
from assistant.rules.schema import Requirement, Special
from assistant.rules.values import Value, format_yen
from assistant.text.numbers import Quantity

_CLAUSE = re.compile(r"[。！!？?\n]|[、，,](?![0-9０-９])|けど|けれど|(?<=[%％])(が|で|、)|(?<=円)(が|で|、)")
_TOTAL = re.compile(r"総額|全体の(給与|給料|賃金)")
_PAY = re.compile(r"給与|給料|賃上げ|賃金(?!を?[0-9])|年収|昇給")
_ADDED_VALUE = re.compile(r"付加価値")
_BOUND_AFTER = re.compile(r"(以上|以下|未満)?の?(要件|条件|基準|ライン|目標|線)|以上[がでの]?(必要|要件|条件)|[はにも]?(届|達|いけ|クリア)")
"""What makes a rate that of the rule, and not the user's own."""
_AFTERWARDS = re.compile(r"返還|返[すしさせ]|返金|没収|どうな|受け取っ|もらっ")
"""What asks for what follows from a promise that was not kept."""
_IN_YEARS = re.compile(r"([0-9０-９]+)年(間)?(で|に|かけて|後に)[^。、]{0,6}$")
_GROWN = re.compile(r"[^。、]{0,4}(増|伸|アップ|上が|上げ|上昇|プラス)")
_OF_LOWEST = re.compile(r"(最低賃金|最賃)[^。]{0,14}$")
_OVER_REGION = re.compile(
    r"(地域|県|都道府県|地元|当地)[^。]{0,14}(最低賃金|最賃)[^。]{0,10}$|(最低賃金|最賃)(の|が)?([+＋]|プラス|に|より)[^。]{0,6}$"
)
_FLAT = re.compile(r"(総額|全体)[^。、0-9]{0,8}(増え|伸び|上が)(ません|ない|へん|ず)|(総額|全体)[^。、0-9]{0,6}(横ばい|据え置き|変わら)")
_NOW = re.compile(r"(今|いま|現在|現状)[^。、0-9０-９]{0,12}$")
_LOWEST_ASKED = re.compile(r"(最低賃金|最賃|時給)[^。？?]*(いくら|何円|なんぼ)|(いくら|何円|なんぼ)[^。？?]*(最低賃金|最賃)")
_NAMES = frozenset({"per_capita_growth_pct", "payroll_growth_pct", "value_added_growth_pct", "min_wage_margin_yen", "min_wage_raise_yen"})
_PAY_NAMES = ("per_capita_growth_pct", "payroll_growth_pct")
_PAY_ANY = "pay"
HIGHEST_MARGIN_YEN = 500
"""An amount of this or more is an hourly wage, no margin over one."""
MOST_WAGE_YEN = 5000
"""An amount above this is no hourly wage."""
LEAST_PAY_YEN, MOST_YEARS = 100_000, 20
"""Pay of less than this a year, and a plan of more years, is not meant."""

Need = Requirement | Special


@dataclass(frozen=True, slots=True)
class Growth:
    """A rate or margin: the number that is judged, the one that is shown, and how it was worked out (empty where it is told outright)."""

    value: Fraction
    shown: Fraction
    step: str = ""


Told = Mapping[str, Growth]
"""The rates and margins of a question by input."""


def growths(case: Case) -> list[ComputedFinding]:
    """Whether the rates and margins that are told meet the special measure that is named, else the requirements that look at them."""
    query = case.query
    asked = case.judged or not asks(query.text)
    if not asked or case.asks("goal") or _AFTERWARDS.search(query.text) or query.slots.inputs.get("workplace_wage_yen") is not None:
        return []
    told = _told(case)
    if not told or (query.slots.items and not any(g.step for g in told.values())):
        return []
    where = regions_in(query.text, case.catalogue)
    best: ComputedFinding | None = None
    for place, need, test in _needs(case):
        given = _given(told, test, special=isinstance(need, Special))
        if not given:
            continue
        numbers = {n: str(Decimal(v.numerator) / Decimal(v.denominator)) for n, v in ((n, g.value) for n, g in given.items())}
        inputs = Inputs({**numbers, "prefecture": where[0] if len(where) == 1 else None})
        found = _held(case, place, need, test, inputs, given)
        if found is not None and found.verdict is not None:
            return [found]
        best = best or found
    return [best] if best is not None else []


def _needs(case: Case) -> Iterator[tuple[Place, Need, Condition]]:
    """The named special measures with a test, else the requirements that look at rates and margins alone, place by place."""
    named = {t.special for t in case.query.named("special")}
    for place in case.route.places:
        for frame in with_told_frames(case.query, place).frames:
            if named:
                yield from ((place, s, s.requires) for s in frame.specials if s.id in named and s.requires.names & _NAMES)
            else:
                tested = ((r, r.test) for r in frame.requirements if r.test is not None)
                yield from ((place, r, t) for r, t in tested if t.names and t.names <= _NAMES | {"prefecture"})


def _told(case: Case) -> dict[str, Growth]:
    """The rates and margins of the question by input: told outright, grown to within some years, or from one amount to another."""
    text, out = case.query.text, dict[str, Growth]()
    start = 0
    for q in case.query.slots.quantities:
        cut = [m.end() for m in _CLAUSE.finditer(text, start, q.start)]
        before = text[cut[-1] if cut else start : q.start]
        whole = re.split(r"[。！!？?\n]", text[: q.start])[-1]
        if q.unit == "percent" and q.exact is not None and q.bound is None and not _BOUND_AFTER.match(text, q.end):
            name = _rate_name(before) or _rate_name(whole)
            if name is not None and name not in out:
                out[name] = _a_year(before, q, text)
        elif q.whole("yen") is not None and q.bound is None and (q.whole("yen") or 0) < HIGHEST_MARGIN_YEN:
            amount = Fraction(q.whole("yen") or 0)
            if _OVER_REGION.search(before) or _OVER_REGION.search(whole):
                out.setdefault("min_wage_margin_yen", Growth(amount, amount))
            elif _OF_LOWEST.search(before):
                out.setdefault("min_wage_raise_yen", Growth(amount, amount))
    if _FLAT.search(text):
        out.setdefault("payroll_growth_pct", Growth(Fraction(0), Fraction(0)))
    return out | {n: v for n, v in _grown(case).items() if n not in out}


def _rate_name(before: str) -> str | None:
    """The input of a rate by the last word before it that tells what grows; pay without a word for whose has a name of its own."""
    at = {
        "per_capita_growth_pct": max((m.end() for m in EACH.finditer(before)), default=-1),
        "payroll_growth_pct": max((m.end() for m in _TOTAL.finditer(before)), default=-1),
        "value_added_growth_pct": max((m.end() for m in _ADDED_VALUE.finditer(before)), default=-1),
    }
    name = max(at, key=lambda n: at[n])
    if at[name] >= 0:
        return name
    return _PAY_ANY if _PAY.search(before) else None


def _a_year(before: str, q: Quantity, text: str) -> Growth:
    """A rate as one of a year: one told for some years (5年で22%増) is turned into the compound rate."""
    rate, span = q.exact or Fraction(0), _IN_YEARS.search(before)
    if span is None or not _GROWN.match(text, q.end) or not 1 < int(span.group(1)) <= MOST_YEARS:
        return Growth(rate, rate)
    return _compound(10**6, int((1 + rate / 100) * 10**6), int(span.group(1)), f"(1＋{q.text})")


def _compound(start: int, end: int, years: int, quotient: str) -> Growth:
    """The compound rate from one amount to another; a line is not met by rounding up."""
    percent = cagr_percent(start, end, years)
    judged = percent if meets_growth(start, end, years, str(percent)) else percent - Decimal("0.01")
    return Growth(Fraction(judged), Fraction(percent), f"{quotient} の{years}乗根 － 1 ＝ {percent}%（複利の年平均）")


def _grown(case: Case) -> dict[str, Growth]:
    """The growth of pay a year from two amounts of pay and a span of years."""
    text, years = case.query.text, case.query.slots.years
    money = [y for q in case.query.slots.quantities if (y := q.whole("yen")) is not None]
    if len(money) != 2 or years is None or not 1 < years <= MOST_YEARS or not _PAY.search(text) or _ADDED_VALUE.search(text):
        return {}
    start, end = money
    if start == end or min(start, end) < LEAST_PAY_YEN:
        return {}
    name = _PAY_NAMES[0] if EACH.search(text) else _PAY_NAMES[1]
    return {name: _compound(start, end, years, f"({format_yen(end)} ÷ {format_yen(start)})")}


def _given(told: Told, test: Condition, special: bool) -> Told:
    """What is told of the inputs of a test; pay without a word for whose is that of the only rate that the test looks at.

    A special measure may be meant by the payroll too where it looks at pay a head.
    """
    given = {n: v for n, v in told.items() if n in test.names}
    rates = [n for n in _PAY_NAMES if n in test.names]
    others = (_PAY_ANY, *_PAY_NAMES) if special else (_PAY_ANY,)
    alike = next((told[n] for n in others if n in told), None)
    if alike is not None and rates and rates[-1] not in given and (len(rates) == 1 or not given):
        given[rates[-1]] = alike
    if "min_wage_margin_yen" in test.names and "min_wage_raise_yen" in told and special:
        given.setdefault("min_wage_margin_yen", told["min_wage_raise_yen"])
    if "min_wage_raise_yen" in test.names and "min_wage_margin_yen" in told:
        given.setdefault("min_wage_raise_yen", told["min_wage_margin_yen"])
    return given


def _held(case: Case, place: Place, need: Need, test: Condition, inputs: Inputs, told: Told) -> ComputedFinding | None:
    """The verdict on a test, each number that is told beside the line that it must reach."""
    verdict = test.check(inputs)
    lines: list[Line] = []
    shown = [m for m in _measures(test, inputs) if m[0] in told]
    for name, least in shown:
        enough = told[name].value >= Fraction(least)
        unit, word = ("percent", "%") if name.endswith("_pct") else ("yen", "円")
        bound = Value(percent=least, bound="min") if unit == "percent" else Value(yen=int(least), bound="min")
        parts: dict[str, Part] = {"names": INPUT_LABELS[name], "value": measured(told[name].shown, unit, word), "least": bound}
        lines.append(("measure_met" if enough else "measure_not_met", parts))
    if not shown:
        return None
    reached = all(key == "measure_met" for key, _ in lines)
    if verdict is Verdict.UNKNOWN:
        head = "any_open" if test.any else "all_open" if reached else "any_not_met"
    else:
        head = "any_met" if verdict is Verdict.MET else "any_not_met"
    name_: dict[str, Part] = {"name": case.heading(place.edition, need.label)}
    tail: list[Line] = [("rule", {"text": need}), *_of_region(case, place, test)]
    steps = tuple(told[n].step for n, _ in shown if told[n].step)
    met = None if verdict is Verdict.UNKNOWN else verdict is Verdict.MET
    return result((head, name_), *lines, *tail, steps=steps, source=need.source, verdict=met, place=place)


def _measures(test: Condition, inputs: Inputs) -> list[tuple[str, str]]:
    """The lower bounds of a test on rates and margins, those for another prefecture than the one told left out."""
    out: list[tuple[str, str]] = [(n, str(t.min)) for n, t in test.tests.items() if n in _NAMES and t.min is not None]
    for part in test.any:
        where = part.tests.get("prefecture")
        if where is None or where.check(inputs.get("prefecture")) is Verdict.MET:
            out += _measures(part, inputs)
    return out


def _of_region(case: Case, place: Place, test: Condition) -> list[Line]:
    """What the edition says of the prefecture that is named, where the test looks at it."""
    named = regions_in(case.query.text, case.catalogue) if "prefecture" in test.names else []
    facts = (f for f in place.edition.facts if any(r in f.topic for r in named) and any(v.percent for v in f.figures.values()))
    return [("rule", {"text": f}) for f in list(facts)[:1]]


def goal_of_region(case: Case) -> list[ComputedFinding]:
    """The pay a head that the line of the prefecture asks for after some years, from today's."""
    pay, years = set(case.query.slots.money.get("pay_yen", ())), case.query.slots.years
    if len(pay) != 1 or years is None or not 1 <= years <= MOST_YEARS or not EACH.search(case.query.text) or not case.wants_number:
        return []
    named = regions_in(case.query.text, case.catalogue)
    for place, need, test in _needs(case):
        if "prefecture" not in test.names or _PAY_NAMES[0] not in test.names:
            continue
        least = dict(_measures(test, Inputs({"prefecture": named[0]}))).get(_PAY_NAMES[0]) if len(named) == 1 else None
        if least is None:
            return [asked_back("growth_goal_open", (INPUT_LABELS["prefecture"],), {"text": need}, need.source)]
        base = pay.pop()
        goal = required_value(base, least, years)
        step = f"{format_yen(base)} × (1＋{least}%)の{years}乗 ＝ {format_yen(goal)}"
        line = Value(percent=least, bound="min")
        shown: dict[str, Part] = {"names": need.label, "years": Shown(f"{years}年", years, "years", True), "goal": yen(goal), "least": line}
        return [result(("growth_goal", shown), ("rule", {"text": need}), steps=(step,), source=need.source, place=place)]
    return []


def wage_goal(case: Case) -> list[ComputedFinding]:
    """The lowest wage that a requirement asks for in the prefecture that is named, where the text asks how much it must be."""
    named = regions_in(case.query.text, case.catalogue)
    told = case.query.slots.inputs.get("workplace_wage_yen") is not None
    if len(named) != 1 or told or not _LOWEST_ASKED.search(case.query.text) or not case.wants_number:
        return []
    fact = next((f for f in case.catalogue.general.facts if f.kind == "wage" and named[0] in f.topic and "wage" in f.figures), None)
    for place, need, test in _needs(case) if fact else ():
        margin = test.tests.get("min_wage_margin_yen")
        over = next((v for v in need.figures.values() if v.yen and margin is not None and str(v.yen) == str(margin.min)), None)
        if fact is None or over is None:
            continue
        wage = fact.figures["wage"]
        goal = wage_line(wage.yen or 0, over.yen or 0)
        shown: dict[str, Part] = {"area": named[0], "goal": yen(goal), "wage": wage, "margin": over}
        steps = [sum_step((wage.yen or 0, over.yen or 0))]
        lines: list[Line] = [("wage_goal", shown)]
        now = _wage_now(case)
        if now is not None:
            left = goal - now
            parts: dict[str, Part] = {"now": yen(now, True), **({"left": yen(left)} if left > 0 else {})}
            lines.append(("wage_goal_left" if left > 0 else "wage_goal_reached", parts))
            steps += [f"{format_yen(goal)} － {format_yen(now)} ＝ {format_yen(left)}"] if left > 0 else []
        return [result(*lines, ("rule", {"text": need}), steps=tuple(steps), source=fact.source, place=place)]
    return []


def _wage_now(case: Case) -> int | None:
    """The hourly wage that is told to be paid now, if it is the only amount of that size."""
    amounts = [(q, y) for q in case.quantities if (y := q.whole("yen")) is not None and HIGHEST_MARGIN_YEN <= y <= MOST_WAGE_YEN]
    return amounts[0][1] if len(amounts) == 1 and _NOW.search(case.text[: amounts[0][0].start]) else None
