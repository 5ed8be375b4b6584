"""Pay per employee: headcount converted to full-timers, the pay of the compared periods, and the target to reach."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assistant.drafting.records import Facts, Missing, Year
from assistant.rules.growth import fte, pay_per_head, required_value
from assistant.rules.schema import Frame, Special

_GROUP = re.compile(r"([^、,，・／/;；。\s0-9（）()]*)\s*(\d+)\s*(?:名|人)\s*(?:[（(]([^）)]*)[）)])?")
_HOURS = re.compile(r"(1日|日|週)?[^0-9]{0,6}?(\d+(?:\.\d+)?)\s*時間")
_DAYS = re.compile(r"週\s*(\d+(?:\.\d+)?)\s*日")
_PART = ("パート", "アルバイト", "非常勤", "短時間", "時短", "嘱託", "臨時")
_NOT_EMPLOYED = ("役員", "代表", "専従", "事業主", "社長", "取締役", "店主", "オーナー")
_YEAR_OF = re.compile(r"(\d{4})年度は(\d{4})年(\d{1,2})月(?:\d{1,2}日)?から(\d{4})年(\d{1,2})月")
_UNIT = {"1日": "day", "日": "day", "週": "week", None: "day"}


@dataclass(frozen=True, slots=True)
class Group:
    """Employees of one kind: how many, and how long each works."""

    label: str
    people: int
    part_time: bool
    hours: Fraction | None
    unit: str


@dataclass(frozen=True, slots=True)
class Headcount:
    """Employees converted to full-timers, and how."""

    total: Decimal
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay per employee. Money in whole yen; a past or planned value is cut, the target is rounded up."""

    headcount: Headcount | None
    latest_year: int | None
    latest_yen: int | None
    base_year: int | None
    base_yen: int | None
    end_year: int | None
    end_yen: int | None
    target_yen: int | None
    required_percent: str | None
    growth_percent: Decimal | None
    """Exact growth of the plan between base and end, shown to 0.01."""
    growth: Fraction | None
    steps: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


def count_heads(detail: str | None) -> Headcount | None:
    """Full-time equivalents of a description of the staff; None if hours lack that decide.

    Args:
        detail: Kinds of staff with number and hours, for example 正社員2名（1日8時間）、パート3名（1日4時間）.
    """
    groups = _groups(detail or "")
    if not groups:
        return None
    part, full = [g for g in groups if g.part_time], [g for g in groups if not g.part_time]
    hours = next((g for g in full if g.hours is not None), None)
    total, steps = Decimal(sum(g.people for g in full)), [f"{g.label or '従業員'}{g.people}人" for g in full]
    for group in part:
        if hours is None or hours.hours is None or group.hours is None or group.unit != hours.unit or hours.hours <= 0:
            return None
        each = min(fte(group.hours, hours.hours), Decimal(1))
        total += each * group.people
        steps.append(
            f"{group.label}{_plain(group.hours)}時間÷{_plain(hours.hours)}時間＝{each}人（小数第3位切捨て）×{group.people}人＝{each * group.people}人"
        )
    return Headcount(total, (*steps, f"合計{total}人"))


def _groups(text: str) -> list[Group]:
    plain = unicodedata.normalize("NFKC", text)
    out = []
    for label, people, inside in _GROUP.findall(plain):
        if any(w in label for w in _NOT_EMPLOYED):
            continue
        found, days = _HOURS.search(inside), _DAYS.search(inside)
        hours = Fraction(found.group(2)) if found else None
        unit = _UNIT.get(found.group(1), "day") if found else "day"
        if hours is not None and days and unit == "day":
            hours, unit = hours * Fraction(days.group(1)), "week"
        out.append(Group(label, int(people), any(w in label for w in _PART), hours, unit))
    return out


def year_ends(facts: Facts) -> dict[int, date]:
    """The month in which each business year ends, as its first day; empty if it cannot be told.

    The firm's own sentence (2025年度は2025年4月から2026年3月まで) decides; else a year that ends in March bears the number
    of the year it begins in, one that ends in December its own. Other months are ambiguous.
    """
    years = [y.fiscal_year for y in (*facts.financials, *facts.plan)]
    for sentence in facts.facts:
        found = _YEAR_OF.search(unicodedata.normalize("NFKC", sentence))
        if found:
            named, _, _, end_year, end_month = (int(x) for x in found.groups())
            return {y: date(end_year + y - named, end_month, 1) for y in years if 1 <= end_month <= 12}
    shift = {3: 1, 12: 0}.get(facts.company.fiscal_year_end or 0)
    if shift is None:
        return {}
    return {y: date(y + shift, facts.company.fiscal_year_end or 12, 1) for y in years}


def compute_pay(facts: Facts, frame: Frame | None, specials: tuple[Special, ...]) -> Pay:
    """Pay per employee of the last past year, and base, target and plan of the requirement that the firm must meet."""
    heads = count_heads(facts.company.employees_detail)
    latest = next((y for y in reversed(facts.financials) if y.salaries_bonus_yen is not None), None)
    latest_yen = _per_head(latest, heads, facts)
    percent, end_on, years = _required(frame, specials)
    if percent is None:
        return Pay(heads, latest.fiscal_year if latest else None, _cut(latest_yen), None, None, None, None, None, None, None, None)
    base, last, missing = _compared(facts, end_on, years)
    base_pay, last_pay = _per_head(base, heads, facts), _per_head(last, heads, facts)
    target = _target(base_pay, percent, base, last) if base_pay is not None else None
    growth = last_pay / base_pay - 1 if base_pay and last_pay is not None else None
    if heads is None and facts.company.employees_detail is not None:
        missing = (*missing, Missing("company.employees_detail", "パートの換算に、正社員とパートの所定労働時間が要ります。"))
    return Pay(
        heads, latest.fiscal_year if latest else None, _cut(latest_yen), base.fiscal_year if base else None, _cut(base_pay),
        last.fiscal_year if last else None, _cut(last_pay), target, percent, _shown(growth),
        growth, _steps(heads, base, base_pay, percent, target), missing,
    )  # fmt: skip


def _required(frame: Frame | None, specials: tuple[Special, ...]) -> tuple[str | None, date | None, bool]:
    """The growth that special or frame asks for, the end of the compared year if it is fixed, whether it is over years."""
    for special in specials:
        test = special.requires.tests.get("per_capita_growth_pct")
        if test is not None and test.min is not None:
            days = [v.date for v in special.figures.values() if v.date]
            return str(test.min), date.fromisoformat(max(days)) if days else None, False
    for requirement in frame.requirements if frame else ():
        test = requirement.test.tests.get("per_capita_growth_pct") if requirement.test else None
        if test is not None and test.min is not None:
            return str(test.min), None, True
    return None, None, False


def _compared(facts: Facts, end_on: date | None, over_years: bool) -> tuple[Year | None, Year | None, tuple[Missing, ...]]:
    """The business years that the requirement compares."""
    if over_years or end_on is None:
        base = facts.financials[-1] if facts.financials else None
        return base, facts.plan[-1] if facts.plan else None, ()
    ends = year_ends(facts)
    wanted = date(end_on.year, end_on.month, 1)
    all_years = {y.fiscal_year: y for y in (*facts.financials, *facts.plan)}
    last = next((all_years[n] for n, end in ends.items() if end == wanted), None)
    base = next((all_years[n] for n, end in ends.items() if end == date(wanted.year - 1, wanted.month, 1)), None)
    if last is not None and base is not None:
        return base, last, ()
    why = (
        f"賃金の要件は{end_on.year}年{end_on.month}月までの12か月とその前の12か月を比べます。"
        "決算期がこの期間と重ならないか分からないため、月ごとの給与を集計してください。"
    )
    return None, None, (Missing("plan.salaries_bonus_yen", why),)


def _per_head(year: Year | None, heads: Headcount | None, facts: Facts) -> Fraction | None:
    """Pay and bonus over the converted headcount; None in a year whose headcount is another."""
    if year is None or year.salaries_bonus_yen is None or heads is None or heads.total <= 0:
        return None
    if year.employees is not None and facts.company.employees is not None and year.employees != facts.company.employees:
        return None
    return pay_per_head(year.salaries_bonus_yen, heads.total)


def _target(base: Fraction, percent: str, first: Year | None, last: Year | None) -> int:
    years = max(1, last.fiscal_year - first.fiscal_year) if first is not None and last is not None else 1
    return required_value(base, percent, years)


def _steps(heads: Headcount | None, base: Year | None, pay: Fraction | None, percent: str, target: int | None) -> tuple[str, ...]:
    if heads is None or base is None or pay is None or target is None:
        return ()
    return (
        f"{base.salaries_bonus_yen:,}円 ÷ {heads.total}人 ＝ {int(pay):,}円（1円未満切捨て）",
        f"その{percent}%増以上 ＝ {target:,}円以上（1円未満切上げ）",
    )


def _cut(amount: Fraction | None) -> int | None:
    return None if amount is None else int(amount)


def _shown(growth: Fraction | None) -> Decimal | None:
    if growth is None:
        return None
    exact = growth * 100
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _plain(value: Fraction) -> str:
    return str(Decimal(value.numerator) / Decimal(value.denominator))
