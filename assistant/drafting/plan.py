"""Step 2: one ledger. Every figure of the document is computed here, once, and every contradiction of the input is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assistant.drafting.costs import Line, fill, judge_expenses
from assistant.drafting.finance import Growth, YearView, check_years, growth_between, reached_percent, view_years
from assistant.drafting.funding import Balance, balance
from assistant.drafting.place import Place, find_place, find_specials, of_other_frames
from assistant.drafting.records import Facts, Missing, Problem
from assistant.drafting.subsidy import Grant, compute_grant
from assistant.drafting.wage import Pay, compute_pay
from assistant.rules.conditions import INPUT_LABELS, Inputs, Verdict
from assistant.rules.costs import specials_of_costs
from assistant.rules.eligibility import judge, with_size
from assistant.rules.forms import Form
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame, Special
from assistant.rules.usual import presumed, usual
from assistant.rules.values import format_yen
from assistant.text.tools import functions_told, processes_told

_MISSED = ("growth", "wage", "min_wage", "plan", "cost", "investment")
"""Kinds of requirement that the plan misses; failing the others shuts the firm out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything computed of a draft. Money in whole yen."""

    place: Place | None
    form: Form | None
    specials: tuple[Special, ...]
    """Special measures in use, after those that the firm cannot use were left out."""
    lines: tuple[Line, ...]
    grant: Grant | None
    balance: Balance
    spending_yen: int
    eligible_yen: int
    excluded_yen: int
    years: tuple[YearView, ...]
    growth: Growth | None
    past_growth: Growth | None
    pay: Pay
    problems: tuple[Problem, ...]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]

    @property
    def subsidy_yen(self) -> int | None:
        """The grant that remains, None if it cannot be computed."""
        return self.grant.subsidy_yen if self.grant else None

    def computed(self) -> dict[str, Any]:
        """The figures as the contract sends them."""
        grant, growth, pay = self.grant, self.growth, self.pay
        place = self.place
        return {
            "programme": place.programme.id if place else None, "edition_id": place.edition.id if place else None,
            "frame_id": place.frame.id if place and place.frame else None,
            "window": place.window.state if place else None,
            "deadline": place.window.closes.on.wire if place and place.window.closes else None,
            "subsidy_yen": self.subsidy_yen, "rate": grant.rate if grant else None, "cap_yen": grant.cap_yen if grant else None,
            "eligible_cost_yen": self.eligible_yen, "excluded_cost_yen": self.excluded_yen, "spending_yen": self.spending_yen,
            "own_funds_yen": self.balance.own_funds_yen,
            "web_share_pct": _number(grant.share_percent if grant else None),
            "value_added": {str(v.year.fiscal_year): v.value_added_yen for v in self.years if v.value_added_yen is not None},
            "value_added_cagr_pct": _number(growth.value_added_pct if growth else None),
            "sales_cagr_pct": _number(growth.sales_pct if growth else None),
            "growth_base_year": growth.base_year if growth else None, "growth_end_year": growth.end_year if growth else None,
            "fte_total": _number(pay.headcount.total if pay.headcount else None),
            "per_capita_pay_yen": pay.latest_yen, "per_capita_base_yen": pay.base_yen,
            "per_capita_target_yen": pay.target_yen, "per_capita_plan_yen": pay.end_yen,
            "steps": list(grant.steps) if grant else [],
        }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    """A decimal as JSON knows it; only the wire form leaves exactness."""
    return None if value is None else float(value)


def make_plan(facts: Facts, catalogue: Catalogue) -> Plan:
    """The ledger of a draft.

    Args:
        facts: The firm's facts.
        catalogue: Programmes, editions, forms.
    """
    place, problems = find_place(facts, catalogue)
    found = [*facts.problems, *problems, *_totals(facts), *check_years(facts)]
    frame = place.frame if place else None
    years = view_years(facts)
    past, plan = [v for v in years if v.past], [v for v in years if not v.past]
    growth = growth_between(past[-1], plan[-1]) if past and plan else None
    divide, tax_note = _tax(facts, catalogue)
    lines = judge_expenses(facts.expenses, place.edition if place else None, frame, divide)
    found += _excluded(lines)
    asked, other_words = find_specials(frame, facts.target.special) if frame else ((), ())
    lifted = specials_of_costs(frame, (f"{x.expense.category} {x.expense.description}" for x in lines if x.eligible)) if frame else ()
    asked = (*asked, *(s for s in frame.specials if s.id in lifted and s not in asked)) if frame else ()
    pay = compute_pay(facts, frame, asked)
    inputs = _inputs(facts, place, growth, pay, catalogue)
    specials, wrong = _usable(asked, inputs, pay)
    inputs = inputs.with_(specials=tuple(s.id for s in specials))
    found += wrong
    told = [y.sales_yen for y in facts.plan if y.sales_yen is not None]
    sales = sum(told) // len(told) if told else None
    grant = compute_grant(frame, usual(inputs), lines, sales) if frame and any(x.eligible and x.yen for x in lines) else None
    found += grant.problems if grant else ()
    elsewhere, other_words = of_other_frames(place, other_words, catalogue)
    found += [*elsewhere, *_claimed_words(other_words, inputs, grant, frame, bool(wrong))]
    found += _over_cap(facts, grant)
    grant, shut_out = _shut_out(frame, inputs, grant)
    found += shut_out
    spending = sum(x.spent_yen for x in lines)
    funds, funding_problems, funding_notes = balance(facts, spending, grant.subsidy_yen or 0 if grant else 0)
    found += _real(funding_problems, facts, grant)
    form = catalogue.forms.get(place.edition.id) if place else None
    found += _title(facts, form)
    notes = (*((tax_note,) if tax_note else ()), *funding_notes, *(grant.notes if grant else ()), *_presumed(frame, inputs))
    return Plan(
        place, form, specials, lines, grant, funds, spending, sum(x.yen for x in lines if x.eligible),
        sum(x.yen for x in lines if not x.eligible), years, growth, growth_between(past[0], past[-1]) if past else None, pay,
        tuple(found), (*_unpriced(facts), *(grant.missing if grant else ()), *pay.missing), notes,
    )  # fmt: skip


def _real(problems: tuple[Problem, ...], facts: Facts, grant: Grant | None) -> tuple[Problem, ...]:
    """Contradictions of the funding table that are not just the shadow of a firm that gets nothing at all."""
    if grant is None or grant.subsidy_yen is None:
        return ()
    return problems if grant.subsidy_yen or facts.claimed_subsidy_yen else ()


def _presumed(frame: Frame | None, inputs: Inputs) -> tuple[str, ...]:
    """What was taken as given of a firm that did not tell it, where the amount depends on it."""
    names = presumed(frame, inputs) if frame else ()
    return (f"{'、'.join(INPUT_LABELS[n] for n in names)}は、当てはまらない（初めての申請など）ものとして計算しました。",) if names else ()


def _totals(facts: Facts) -> list[Problem]:
    """Sums of the expenses that do not come out."""
    out = []
    for e in facts.expenses:
        if e.yen is not None and e.unit_price_yen is not None and e.yen != e.unit_price_yen * (e.quantity or 1):
            product = f"{e.unit_price_yen:,}円×{e.quantity or 1}＝{e.unit_price_yen * (e.quantity or 1):,}円"
            text = f"「{e.label}」の金額{e.yen:,}円が、{product}と合いません。金額の欄で計算しました。"
            out.append(Problem("total_mismatch", text, e.where))
    total = sum(e.yen or 0 for e in facts.expenses)
    if facts.total_stated_yen is not None and facts.expenses and facts.total_stated_yen != total:
        text = f"経費の合計{facts.total_stated_yen:,}円が、明細の合計{total:,}円と{abs(facts.total_stated_yen - total):,}円違います。明細で計算しました。"
        out.append(Problem("total_mismatch", text, "project.expenses"))
    return out


def _unpriced(facts: Facts) -> tuple[Missing, ...]:
    """The expenses of which nobody told the amount: they count for nothing."""
    return tuple(Missing(f"{e.where}.yen", f"「{e.label}」の金額がないため、計算に入れていません。") for e in facts.expenses if not e.yen)


def _excluded(lines: tuple[Line, ...]) -> list[Problem]:
    return [
        Problem("excluded_cost", f"「{x.expense.label}」{format_yen(x.spent_yen)}は対象外として計算しました。{x.why or ''}", x.expense.where)
        for x in lines
        if not x.eligible
    ]


def _tax(facts: Facts, catalogue: Catalogue) -> tuple[Fraction, str | None]:
    """The divisor that takes consumption tax out of the prices, and what to say of it."""
    rate = catalogue.general.rates.get("consumption-tax")
    if facts.tax is None and facts.expenses:
        return Fraction(1), "経費が税抜か税込か書かれていないため、税抜として計算しました（project.tax）。"
    if facts.tax != "incl" or rate is None:
        return Fraction(1), None
    note = "経費は税込で書かれているため、消費税を除いた額で補助金を計算しました。自己負担は税込の支出から補助金を引いた額です。"
    return 1 + Fraction(rate) / 100, note


def _inputs(facts: Facts, place: Place | None, growth: Growth | None, pay: Pay, catalogue: Catalogue) -> Inputs:
    """What the rules may ask about; a figure that the plan itself gives beats the one that was promised."""
    c, wage = facts.company, facts.wage_plan
    latest = facts.financials[-1] if facts.financials else None
    payroll = wage.get("payroll_growth_pct")
    promised = wage.get("per_capita_growth_pct")
    known: dict[str, Any] = {
        "employees": c.employees, "industry": c.industry_class, "is_corporation": c.is_corporation,
        "sales_yen": c.sales_yen if c.sales_yen is not None else latest.sales_yen if latest else None,
        "capital_yen": c.capital_yen, "deficit": c.deficit, "invoice_registered": c.invoice_registered,
        "was_tax_exempt": c.was_tax_exempt, "prefecture": c.prefecture, "city": c.city,
        "representative_age": c.representative_age, "has_100oku_declaration": c.has_100oku_declaration,
        "founded_on": c.founded.year * 10_000 + c.founded.month * 100 + c.founded.day if c.founded else None,
        "founded_months": _months(c.founded, place, facts.today), "min_wage_raise_yen": wage.get("min_wage_raise_yen"),
        "payroll_growth_pct": payroll, "value_added_growth_pct": growth.value_added_reached if growth else None,
        "per_capita_growth_pct": _yearly(pay) if pay.growth is not None else promised,
        "productivity_growth_pct": growth.productivity_reached if growth else None,
    }  # fmt: skip
    known |= _tool(facts, catalogue)
    return with_size(Inputs({k: v for k, v in known.items() if v is not None}), catalogue.general.size_classes)


def _tool(facts: Facts, catalogue: Catalogue) -> dict[str, int | None]:
    """How many functions and processes the expenses say that an IT tool covers."""
    text = "\n".join((facts.purpose or "", *(f"{e.category or ''} {e.description or ''}" for e in facts.expenses)))
    words = catalogue.vocabulary.get("matching", {})
    return {
        "functions": functions_told(text, words.get("functions", {})),
        "processes": processes_told(text, words.get("processes", {})),
    }


def _yearly(pay: Pay) -> Fraction | str | None:
    """Growth of pay a year in percent points: exact over one year, compound over several and never rounded up."""
    if pay.growth is None or pay.base_yen is None or pay.end_yen is None or pay.base_year is None or pay.end_year is None:
        return None
    span = pay.end_year - pay.base_year
    if span == 1:
        return pay.growth * 100
    return reached_percent(pay.base_yen, pay.end_yen, span)


def _months(founded: date | None, place: Place | None, today: date) -> int | None:
    """Months from founding to the deadline; a begun month counts where the frame sets an upper bound."""
    if founded is None:
        return None
    closes = place.window.closes_at.date() if place and place.window.closes_at else today
    months = (closes.year - founded.year) * 12 + closes.month - founded.month
    rest = closes.day - founded.day
    tests = [r.test.tests.get("founded_months") for r in place.frame.requirements if r.test] if place and place.frame else []
    upper = any(t is not None and t.max is not None for t in tests)
    return months + (1 if rest > 0 and upper else -1 if rest < 0 and not upper else 0)


def _usable(asked: tuple[Special, ...], inputs: Inputs, pay: Pay) -> tuple[tuple[Special, ...], list[Problem]]:
    """The special measures that a told fact does not rule out."""
    kept, wrong = [], []
    for special in asked:
        if special.requires.check(inputs) is not Verdict.NOT_MET:
            kept.append(special)
            continue
        reason = ""
        if pay.target_yen is not None and pay.end_yen is not None and pay.end_yen < pay.target_yen:
            reason = f"計画の1人あたり給与支給総額{pay.end_yen:,}円は、目標{pay.target_yen:,}円に届きません。"
        text = f"{special.label}は使えません。{reason}{fill(special.text, special.figures)}特例なしの額で計算しました。"
        wrong.append(Problem("requirement_missed", text, "target.special"))
    return tuple(kept), wrong


def _claimed_words(
    words: tuple[str, ...], inputs: Inputs, grant: Grant | None, frame: Frame | None, special_lost: bool
) -> list[Problem]:
    """What the firm names beside the special measures and the rules do not give (a higher rate, say).

    A rate that went with a special measure that is lost already is no contradiction of its own.
    """
    out = []
    for word in words:
        labels = {case.ratio: case.label or "" for case in frame.rate.cases if case.ratio} if frame and frame.rate else {}
        claimed = next((r for r in labels if r in word.replace("／", "/")), None)
        deficit = "赤字" in word
        if deficit and inputs.get("deficit") is False:
            out.append(Problem("requirement_missed", f"「{word}」とありますが、会社の欄では赤字ではありません。", "target.special"))
        elif (claimed or deficit) and special_lost:
            continue
        elif (claimed or deficit) and grant is not None and grant.rate not in (None, claimed) and not _deficit_rate(frame, grant):
            needs = labels.get(claimed or "", "") or "ほかの条件も満たす事業者"
            text = f"「{word}」は使えません。その補助率は{needs}が対象です。補助率{grant.rate}で計算しました。"
            out.append(Problem("requirement_missed", text, "target.special"))
        elif not claimed and not deficit:
            out.append(Problem("unknown_target", f"「{word}」という特例は、この枠にありません。", "target.special"))
    return out


def _deficit_rate(frame: Frame | None, grant: Grant) -> bool:
    """Whether the rate in use is one that a loss-making firm gets."""
    cases = frame.rate.cases if frame and frame.rate else ()
    return any(c.ratio == grant.rate and "deficit" in c.when.tests for c in cases)


def _over_cap(facts: Facts, grant: Grant | None) -> list[Problem]:
    claimed = facts.claimed_subsidy_yen
    if claimed is None or grant is None or grant.cap_yen is None or claimed <= grant.cap_yen:
        return []
    text = f"見込みの補助金{format_yen(claimed)}が、補助上限額{format_yen(grant.cap_yen)}を超えています。"
    return [Problem("limit_exceeded", text, "project.claimed_subsidy_yen")]


def _shut_out(frame: Frame | None, inputs: Inputs, grant: Grant | None) -> tuple[Grant | None, list[Problem]]:
    """Requirements that are not met; a firm that is shut out gets nothing."""
    if frame is None:
        return grant, []
    out = []
    for finding in judge(frame, inputs).findings:
        if finding.verdict is not Verdict.NOT_MET:
            continue
        r = finding.requirement
        code = "requirement_missed" if r.kind in _MISSED or not r.decisive else "not_eligible"
        out.append(Problem(code, f"{r.label}の要件を満たしません。{fill(r.text, r.figures)}", _where(r.kind)))
    if grant is not None and grant.subsidy_yen and any(p.code == "not_eligible" for p in out):
        grant = grant.emptied(f"要件を満たさないため、補助金は0円です（満たした場合の計算額 {format_yen(grant.subsidy_yen)}）")
    return grant, out


def _where(kind: str) -> str:
    return {"size": "company.employees", "headcount": "company.employees", "age": "company.founded", "growth": "plan"}.get(kind, "target")


def _title(facts: Facts, form: Form | None) -> list[Problem]:
    limits = [s.max_chars for s in form.sections if s.composer == "project-title" and s.max_chars] if form else []
    if not limits or facts.title is None or len(facts.title) <= limits[0]:
        return []
    text = f"事業名が{len(facts.title)}文字です。{limits[0]}文字以内に縮めてください。"
    return [Problem("title_too_long", text, "project.title_draft")]
