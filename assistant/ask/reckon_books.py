"""Sums of a firm's books: value added, productivity, pay a head, the base year, the years until an investment is earned back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.growth_demanded import growth_requirement
from assistant.ask.numbers_told import becomes
from assistant.ask.reckon import LEADS, Case, Line, Part, Shown, asked_back, decimal, people, result, rounded, unusable, yen
from assistant.ask.steps import less_step, sum_step
from assistant.rules.growth import (
    business_year_end,
    labour_productivity,
    pay_per_head,
    personnel_cost,
    required_value,
    value_added_corporation,
    value_added_sole,
)
from assistant.rules.schema import Fact
from assistant.rules.shares import payback_years
from assistant.rules.values import format_yen
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity
from assistant.text.numerals import small_int

_SOLE = ("balance", "interest", "depreciation", "wages", "welfare")
_PERSONNEL = ("officer_pay", "salaries", "welfare")
_GAIN = re.compile(r"減|節約|浮|安くな|下が|増え|増や|儲|もうか|利益|効果|改善|カット|少なく")
_A_YEAR, _A_MONTH = re.compile(r"年"), re.compile(r"毎月|月々|1か月|月に|月額|月あたり|月(?=$|[^一-龥])")
_AFTER_YEAR, _AFTER_MONTH = re.compile(r"円?[/／]年|毎年"), re.compile(r"円?[/／]月|毎月")
_PAID = re.compile(r"(補助|助成)(金|額|金額)?[がはをで]?[^、]{0,6}$")
_CLOSING = re.compile(
    r"([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})月末?(決算|締め|が決算)|決算(月|期)?[はがを]?[^0-9０-９。]{0,4}([0-9０-９]{1,2})月"
)


@dataclass(frozen=True, slots=True)
class _Added:
    """Value added as far as its parts are told."""

    value: int
    terms: str
    missing: tuple[str, ...]
    fact: Fact | None
    left_out: tuple[str, ...] = ()

    @property
    def step(self) -> str:
        return f"{self.terms} ＝ {format_yen(self.value)}"


def value_added(case: Case) -> list[ComputedFinding]:
    """付加価値額 of a corporation or sole proprietor from its parts, and the goal that a growth over years asks for."""
    if not case.asks("value_added") or case.asks("productivity"):
        return []
    added = _added(case)
    if added is None:
        twice = [k for k in ("profit", "personnel", "depreciation", "balance") if len(case.told.all(k)) > 1]
        if not twice or not case.wants_number or case.told.all("value_added"):
            return []
        return [asked_back("value_added_years", (f"一つの年度の{case.label(twice[0])}",), {})]
    source = added.fact.source if added.fact else None
    if added.missing:
        parts: dict[str, Part] = {"part": yen(added.value), "terms": added.terms}
        return [asked_back("value_added_open", added.missing, parts, source)] if case.wants_number else []
    goal = _goal(case, added.value)
    claims = [y for q in case.query.slots.claimed if (y := q.whole("yen")) is not None]
    held = claims[0] == added.value if len(claims) == 1 and not goal else None
    lines: list[Line] = [("value_added", {"value": yen(added.value), "lead": LEADS[held]}), *(goal[:1])]
    steps = [added.step, *(goal[1:])]
    if added.left_out:
        lines.append(("value_added_left_out", {"names": "・".join(added.left_out)}))
    unused = "、".join(f"{i.label} {format_yen(i.yen)}" for i in case.query.slots.items if i.start not in _used(case))
    if unused:
        lines.append(("value_added_unused", {"names": unused}))
    lines.append(("value_added_sole_note" if _is_sole(case) else "value_added_note", {}))
    return [result(*lines, steps=tuple(steps), source=source, verdict=held)]


def _goal(case: Case, base: int | Fraction) -> tuple[Line, str] | tuple[()]:
    """The goal that a growth over years asks for, its line and its step: at the rate told, else the one that a requirement sets."""
    years = case.query.slots.years
    if not years or case.told.pair("value_added"):
        return ()
    need = growth_requirement(case.route, "growth")
    if case.query.slots.percents:
        percent, need = decimal(case.query.slots.percents[0]), None
    elif need is not None:
        percent = str(need[2].percent)
    else:
        return ()
    goal = required_value(base, percent, years)
    rate: Part = need[2] if need else Shown(f"{percent}%", percent, "percent", True)
    line: Line = ("grown", {"goal": yen(goal), "percent": rate, "years": Shown(f"{years}年", years, "years", True)})
    return line, f"{format_yen(int(base))} × (1＋{percent}%)の{years}乗 ＝ {format_yen(goal)}（1円未満切上げ）"


def _used(case: Case) -> set[int]:
    """Where the numbers stand that are told under a name."""
    return {n.quantity.start for numbers in case.told.numbers.values() for n in numbers if n.quantity is not None}


def _is_sole(case: Case) -> bool:
    return case.told.get("balance") is not None or (case.inputs.get("is_corporation") is False and case.told.get("profit") is None)


def _added(case: Case) -> _Added | None:
    """Value added from what is told; None if none of its parts is, or one is told twice."""
    keys = _SOLE if _is_sole(case) else ("profit", "personnel", *_PERSONNEL, "wages", "depreciation")
    found = {k: case.only(k) for k in keys if case.told.all(k)}
    if not found or any(v is None for v in found.values()):
        return None
    given = {k: int(v or 0) for k, v in found.items()}
    return _added_sole(case, given) if _is_sole(case) else _added_corporation(case, given)


def _added_sole(case: Case, given: dict[str, int]) -> _Added | None:
    if "wages" not in given and case.only("salaries") is not None:
        given["wages"] = int(case.only("salaries") or 0)
    if "balance" not in given and len(given) < 2:
        return None
    amounts = [given.get(k, 0) for k in _SOLE]
    missing = tuple(case.label(k) for k in _SOLE if k not in given)
    return _Added(value_added_sole(*amounts), _terms(case, given, _SOLE), missing, case.general("value_added_sole"))


def _added_corporation(case: Case, given: dict[str, int]) -> _Added | None:
    if "profit" not in given and not ({"personnel", *_PERSONNEL} & set(given) and "depreciation" in given):
        return None
    if "wages" in given:
        given["salaries"] = given.get("salaries", 0) + given.pop("wages")
    parts = [k for k in _PERSONNEL if k in given]
    staff = given.get("personnel", personnel_cost(*(given.get(k, 0) for k in _PERSONNEL)))
    shown = ("profit", *(("personnel",) if "personnel" in given else _PERSONNEL), "depreciation")
    missing = [case.label(k) for k in ("profit", "depreciation") if k not in given]
    if "personnel" not in given and not parts:
        missing.insert(len(missing) if "profit" in given else 1, case.label("personnel"))
        missing.sort(key=[case.label(k) for k in ("profit", "personnel", "depreciation")].index)
    value = value_added_corporation(given.get("profit", 0), staff, given.get("depreciation", 0))
    left_out = tuple(case.label(k) for k in _PERSONNEL if k not in given) if parts and "personnel" not in given else ()
    return _Added(value, _terms(case, given, shown), tuple(missing), case.general("value_added"), left_out)


def _terms(case: Case, given: dict[str, int], keys: tuple[str, ...]) -> str:
    named = {k: case.told.all(k) or case.told.all("salaries") for k in keys if k in given}
    told = [f"{n.name} {format_yen(int(n.value))}" for k in keys if k in given for n in named[k]]
    return " ＋ ".join(told)


def productivity(case: Case) -> list[ComputedFinding]:
    """労働生産性: value added over the headcount."""
    if not case.asks("productivity") or case.told.pair("value_added"):
        return []
    told, added, staff = case.only("value_added"), _added(case), case.people()
    value = int(told) if told is not None else added.value if added and not added.missing else None
    fact = case.general("productivity")
    if value is None and (added is None or not case.wants_number):
        return []
    lacking = [*(added.missing if added and value is None else ()), *([case.label("staff")] if staff is None else [])]
    if value is None or staff is None:
        return [asked_back("productivity_open", tuple(lacking), {}, fact.source if fact else None)] if case.wants_number else []
    if staff <= 0:
        return [unusable(case, "staff", f"{staff}人")]
    each = labour_productivity(value, staff)
    step = f"{format_yen(value)} ÷ {staff}人 ＝ {format_yen(int(each))}{_cut(each)}"
    goal = _goal(case, each)
    steps = (*((added.step,) if added and told is None else ()), step, *goal[1:])
    return [result(("productivity", {"value": yen(each)}), *goal[:1], steps=steps, source=fact.source if fact else None)]


def _cut(value: Fraction) -> str:
    return "" if value.denominator == 1 else "（1円未満切捨て）"


def per_head(case: Case) -> list[ComputedFinding]:
    """1人あたり給与支給総額: payroll over the headcount."""
    if not case.asks("per_head") or not case.wants_number or case.query.slots.percents:
        return []
    payroll, staff = case.only("payroll"), case.people()
    if payroll is None:
        return []
    if staff is None:
        return [asked_back("per_head_open", (case.label("staff"),), {"payroll": yen(payroll, True)})]
    if staff <= 0:
        return [unusable(case, "staff", f"{staff}人")]
    each = pay_per_head(int(payroll), Fraction(staff))
    step = f"{format_yen(int(payroll))} ÷ {staff}人 ＝ {format_yen(int(each))}{_cut(each)}"
    return [result(("per_head", {"value": yen(each), "staff": people(staff, True)}), steps=(step,))]


def base_year(case: Case) -> list[ComputedFinding]:
    """The business year that later figures are compared with: the one in which the subsidised project ends."""
    if not case.asks("base_year"):
        return []
    closing, end = _closing_month(case.text), _project_end(case)
    if closing is None and end is None:
        return []
    fact = _base_fact(case)
    lacking = [label for label, told in (("決算月", closing), ("補助事業が終わる年月", end)) if told is None]
    if closing is None or end is None:
        return [asked_back("base_year_open", tuple(lacking), {}, fact.source if fact else None)]
    if not 1 <= closing <= 12:
        return [unusable(case, "closing_month", f"{closing}月")]
    last = business_year_end(end, closing)
    first = date(last.year - (closing < 12), closing % 12 + 1, 1)
    step = f"補助事業の終了 {end.year}年{end.month}月 → {closing}月決算 → {_month(first)}～{_month(last)}の事業年度"
    lines: list[Line] = [("base_year", {"last": Shown(_day(last), last.isoformat(), "date")})]
    later = next((v for v in fact.figures.values() if v.count and (v.of or "").endswith("年度後")), None) if fact else None
    if later is not None:
        final = business_year_end(date(last.year + (later.count or 0), last.month, 1), closing)
        lines.append(("final_year", {"later": later, "last": Shown(_day(final), final.isoformat(), "date")}))
    if fact is not None:
        lines.append(("rule", {"text": fact}))
    return [result(*lines, steps=(step,), source=fact.source if fact else None)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _base_fact(case: Case) -> Fact | None:
    """The fact that tells the base year: that of the editions in question, else the general one."""
    here = (f for e in case.editions() for f in e.facts if "基準年度" in f.topic and f.kind in ("wage", "definition"))
    return next(here, None) or case.general("base_year")


def _closing_month(text: str) -> int | None:
    m = _CLOSING.search(text)
    if m is None:
        return None
    return small_int(m.group(1) or m.group(4))


def _project_end(case: Case) -> date | None:
    """The month in which the project ends, as its first day: the one date with year and month that the text tells."""
    found = [q.value for q in case.quantities if isinstance(q.value, PartialDate) and q.value.year and q.value.month]
    return date(found[0].year or 1, found[0].month or 1, 1) if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Investment:
    """What is paid, what comes back a year, and what a subsidy takes off; a gain without a period is None."""

    cost: int
    gains: tuple[tuple[int, int], ...]
    """Amounts, each with how often a year it comes."""
    subsidy: int
    loose: bool
    """Whether a gain is told without saying whether it is of a year or a month."""


def payback(case: Case) -> list[ComputedFinding]:
    """投資回収期間: what is invested, less a subsidy that is told, over what it brings a year."""
    if not case.asks("payback"):
        return []
    told = _investment(case)
    if not told.cost and not told.gains and not told.loose:
        return []
    missing = [] if told.cost else [case.label("investment")]
    missing += [] if told.gains else [case.label("gain")]
    if missing:
        zero = any(q.unit == "yen" and q.value == 0 for q in case.quantities)
        return [unusable(case, "gain" if told.cost else "investment", "0円")] if zero else [asked_back("payback_open", tuple(missing), {})]
    steps, yearly = [], sum(y * n for y, n in told.gains)
    steps += [f"{format_yen(y)} × {n}か月 ＝ {format_yen(y * n)}" for y, n in told.gains if n > 1]
    steps += [sum_step(y * n for y, n in told.gains)] if len(told.gains) > 1 else []
    net = told.cost - told.subsidy
    steps += [less_step(told.cost, told.subsidy)] if told.subsidy else []
    years = payback_years(net, yearly)
    if years is None or net <= 0:
        return [unusable(case, "gain" if net > 0 else "investment", format_yen(yearly if net > 0 else net))]
    rough = "約" if (years * 100).denominator > 1 else ""
    steps.append(f"{format_yen(net)} ÷ {format_yen(yearly)} ＝ {rough}{rounded(years)}年")
    shown: dict[str, Part] = {
        "years": Shown(f"{rounded(years)}年", rounded(years), "years"),
        "rough": rough,
        "gain": yen(yearly),
        "cost": yen(net),
    }
    lines: list[Line] = [("payback_net" if told.subsidy else "payback", shown)]
    need = next((n for _, _, n in case.needs() if "回収" in n.label), None)
    if need is not None:
        lines.append(("rule", {"text": need}))
    return [result(*lines, steps=tuple(steps), source=need.source if need else None)]


def _investment(case: Case) -> _Investment:
    cost, subsidy, gains, loose, lead = 0, 0, list[tuple[int, int]](), False, ""
    money = [(q, y) for q in case.quantities if (y := q.whole("yen")) is not None]
    for at, (q, amount) in enumerate(money):
        before, after = _around(case.text, q, money[at - 1][0].end if at else 0, money[at + 1][0].start if at + 1 < len(money) else None)
        if at and becomes(case.text[money[at - 1][0].end : q.start]) and _GAIN.search(after):
            amount, before = abs(money[at - 1][1] - amount), lead
            cost -= money[at - 1][1]
        lead = before
        monthly = _A_MONTH.search(before) or _AFTER_MONTH.search(after)
        period = 12 if monthly else 1 if _A_YEAR.search(before) or _AFTER_YEAR.search(after) else 0
        if _PAID.search(before) or re.match(r"円?の?(補助|助成)", after):
            subsidy += amount
        elif _GAIN.search(after) or (_GAIN.search(before) and (period or at == len(money) - 1 and cost)):
            if not period:
                loose = True
            elif amount:
                gains.append((amount, period))
        else:
            cost += amount
    return _Investment(cost, tuple(gains), subsidy, loose)


def _around(text: str, q: Quantity, start: int, stop: int | None) -> tuple[str, str]:
    """The words of the same clause before and after a number, up to its neighbours."""
    before = re.split(r"[、，,。？?！!\n]", text[start : q.start])[-1]
    after = re.split(r"[、，,。？?！!\n]|で(?![き出])", text[q.end : stop])[0]
    return before, after
