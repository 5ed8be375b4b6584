"""Value added, growth and the sums of the years: computed once, exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.drafting.records import Facts, Problem, Year
from assistant.rules.growth import cagr_percent, meets_growth, value_added_corporation
from assistant.rules.values import format_yen

PAST_YEARS = 3
"""Business years that a record shows (planning chain of the seminar)."""
PLAN_YEARS = 5


@dataclass(frozen=True, slots=True)
class YearView:
    """A year with what is computed from it; None where a part is unknown."""

    year: Year
    past: bool
    gross_profit_yen: int | None
    personnel_yen: int | None
    value_added_yen: int | None

    @property
    def label(self) -> str:
        """The year as a column head."""
        return f"{self.year.fiscal_year}年度{'（実績）' if self.past else '（計画）'}"


@dataclass(frozen=True, slots=True)
class Growth:
    """Compound growth a year between two business years, in percent points to 0.01."""

    base_year: int
    end_year: int
    value_added_pct: Decimal | None
    sales_pct: Decimal | None
    value_added_reached: str | None = None
    """The same for the rules: cut, not rounded, so that a requirement just missed stays missed."""
    productivity_reached: str | None = None


def view_years(facts: Facts) -> tuple[YearView, ...]:
    """Past and planned years in their order, with gross profit, personnel cost and value added."""
    out = [_view(y, True, facts.corporation) for y in facts.financials]
    return tuple(out + [_view(y, False, facts.corporation) for y in facts.plan])


def _view(year: Year, past: bool, corporation: bool) -> YearView:
    gross = year.gross_profit_yen
    if gross is None and year.sales_yen is not None and year.cogs_yen is not None:
        gross = year.sales_yen - year.cogs_yen
    personnel = year.personnel_yen(corporation)
    added = None
    if year.operating_profit_yen is not None and personnel is not None and year.depreciation_yen is not None:
        extra = 0 if corporation else year.interest_yen or 0  # of a sole proprietor the interest is added back
        added = value_added_corporation(year.operating_profit_yen, personnel, year.depreciation_yen) + extra
    return YearView(year, past, gross, personnel, added)


def growth_between(first: YearView | None, last: YearView | None) -> Growth | None:
    """Growth from one year to a later one, None if there are not two."""
    if first is None or last is None or last.year.fiscal_year <= first.year.fiscal_year:
        return None
    span = last.year.fiscal_year - first.year.fiscal_year
    added = _cagr(first.value_added_yen, last.value_added_yen, span)
    sales = _cagr(first.year.sales_yen, last.year.sales_yen, span)
    return Growth(
        first.year.fiscal_year, last.year.fiscal_year, added, sales,
        reached_percent(first.value_added_yen, last.value_added_yen, span), _productivity(first, last, span),
    )  # fmt: skip


def reached_percent(start: int | None, end: int | None, years: int) -> str | None:
    """Compound growth a year in percent points, cut to 0.01; None if it cannot be computed."""
    growth = _cagr(start, end, years)
    if growth is None or start is None or end is None:
        return None
    return str(growth if meets_growth(start, end, years, str(growth)) else growth - Decimal("0.01"))


def _productivity(first: YearView, last: YearView, years: int) -> str | None:
    """Growth of value added per employee."""
    before, after = first.year.employees, last.year.employees
    if not before or not after or first.value_added_yen is None or last.value_added_yen is None:
        return None
    return reached_percent(first.value_added_yen * after, last.value_added_yen * before, years)


def _cagr(start: int | None, end: int | None, years: int) -> Decimal | None:
    if start is None or end is None or start <= 0 or end < 0:
        return None
    return cagr_percent(start, end, years)


def check_years(facts: Facts) -> tuple[Problem, ...]:
    """Sums within a year that do not come out, years that are told twice, gaps between years."""
    problems = [p for y in (*facts.financials, *facts.plan) for p in _sums(y)]
    years = [y.fiscal_year for y in (*facts.financials, *facts.plan)]
    twice = sorted({y for y in years if years.count(y) > 1})
    if twice:
        text = f"{'、'.join(f'{y}年度' for y in twice)}が二度書かれています。実績と計画のどちらかに直してください。"
        problems.append(Problem("duplicate_year", text, "financials"))
    gaps = sorted(set(range(min(years), max(years) + 1)) - set(years)) if years else []
    if gaps:
        text = f"{'、'.join(f'{y}年度' for y in gaps[:5])}の数値が抜けています。成長率は年数で計算するため、続けて書いてください。"
        part = "plan" if facts.plan and gaps[-1] >= facts.plan[0].fiscal_year else "financials"
        problems.append(Problem("missing_years", text, part))
    problems += _too_few(facts)
    return tuple(problems)


def _too_few(facts: Facts) -> list[Problem]:
    """Fewer past years than the firm has closed: the record wants three."""
    founded, told = facts.company.founded, len(facts.financials)
    if not told or founded is None or told >= PAST_YEARS:
        return []
    closed = (facts.today - founded).days // 365 - 1  # a first short year and the unfinished one do not count
    if closed < PAST_YEARS:
        return []
    text = f"決算の実績が{told}年分しかありません。直近{PAST_YEARS}年分を書いてください。"
    return [Problem("missing_years", text, "financials")]


def _sums(year: Year) -> list[Problem]:
    out = []
    checks = (
        ("売上総利益", year.gross_profit_yen, "売上高－売上原価", year.sales_yen, year.cogs_yen),
        ("営業利益", year.operating_profit_yen, "売上総利益－販売費及び一般管理費", year.gross_profit_yen, year.sga_yen),
    )
    for name, told, how, plus, minus in checks:
        if told is not None and plus is not None and minus is not None and told != plus - minus:
            text = f"{year.fiscal_year}年度の{name}{format_yen(told)}が、{how}＝{format_yen(plus - minus)}と合いません。"
            out.append(Problem("total_mismatch", text, year.where))
    return out
