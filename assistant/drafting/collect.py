"""Step 1: the company file as typed facts. Nothing is guessed; what lacks stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.drafting import fields as f
from assistant.drafting.records import Company, Expense, Facts, Problem, Target, Year
from assistant.errors import InputError
from assistant.matching.profile import INDUSTRIES
from assistant.rules.load import Catalogue

_COMPANY: dict[str, f.Kind] = {
    "name": f.as_text, "prefecture": f.as_text, "city": f.as_text, "industry": f.as_text, "industry_detail": f.as_text,
    "legal_form": f.as_text, "is_corporation": f.as_flag, "founded": f.as_date, "fiscal_year_end": f.as_month,
    "capital_yen": f.as_yen, "sales_yen": f.as_yen, "employees": f.as_people, "employees_detail": f.as_text,
    "representative_age": f.as_age, "invoice_registered": f.as_flag, "was_tax_exempt": f.as_flag, "deficit": f.as_flag,
    "chamber": f.as_text, "url": f.as_text, "history": f.as_texts, "has_100oku_declaration": f.as_flag,
}  # fmt: skip
_YEAR: dict[str, f.Kind] = {
    "fiscal_year": f.as_fiscal_year, "sales_yen": f.as_yen, "cogs_yen": f.as_yen, "gross_profit_yen": f.as_signed_yen,
    "sga_yen": f.as_yen, "operating_profit_yen": f.as_signed_yen, "ordinary_profit_yen": f.as_signed_yen,
    "officer_compensation_yen": f.as_yen, "salaries_bonus_yen": f.as_yen, "welfare_yen": f.as_yen,
    "depreciation_yen": f.as_yen, "interest_yen": f.as_yen, "borrowings_yen": f.as_yen, "net_assets_yen": f.as_signed_yen,
    "employees": f.as_people,
}  # fmt: skip
_EXPENSE: dict[str, f.Kind] = {
    "category": f.as_text, "description": f.as_text, "quantity": f.as_count, "unit_price_yen": f.as_yen, "yen": f.as_yen,
}  # fmt: skip
_PROJECT: dict[str, f.Kind] = {
    "title_draft": f.as_text, "purpose": f.as_text, "total_stated_yen": f.as_yen, "claimed_subsidy_yen": f.as_yen,
    "tax": f.as_text,
}  # fmt: skip
_TARGET: dict[str, f.Kind] = {"programme": f.as_text, "frame": f.as_text, "edition": f.as_text, "special": f.as_texts}
_BUSINESS: dict[str, f.Kind] = {"description": f.as_text, "issues": f.as_texts, "direction": f.as_texts}
_WAGE: dict[str, f.Kind] = {
    "min_wage_raise_yen": f.as_yen, "payroll_growth_pct": f.as_percent, "per_capita_growth_pct": f.as_percent,
    "period": f.as_text, "note": f.as_text,
}  # fmt: skip
_FUNDING: dict[str, f.Kind] = {
    "self_yen": f.as_yen, "bank_yen": f.as_yen, "bank_bridge_yen": f.as_yen, "other_yen": f.as_yen, "note": f.as_text,
}  # fmt: skip
_LISTS = ("facts", "strengths", "weaknesses", "opportunities", "threats", "customers", "competitors", "reviews")
_PARTS = frozenset(("company", "business", "financials", "plan", "target", "project", "wage_plan", "funding"))
_TOP: dict[str, f.Kind] = {name: f.as_texts for name in _LISTS} | {"id": f.as_text, "today": f.as_date}
_TAXED, _UNTAXED = ("税込", "税込み", "内税", "incl"), ("税抜", "税抜き", "税別", "外税", "excl")


def collect_facts(data: object, today: date, catalogue: Catalogue) -> Facts:
    """The facts of a company file.

    Args:
        data: The file as a mapping.
        today: The day at the door; a `today` of the file beats it.
        catalogue: For the words that name an industry.

    Raises:
        InputError: It is no mapping, the firm's name lacks, or fields have a wrong type or an impossible value.
    """
    if not isinstance(data, Mapping):
        raise InputError("会社ファイルは「company:」などの項目名と値の組で書いてください。")
    reader = f.Reader()
    top = reader.fields({str(k): v for k, v in data.items()}, _TOP, "", _PARTS)
    company = _company(reader, reader.mapping(data.get("company"), "company"), catalogue)
    business = reader.fields(reader.mapping(data.get("business"), "business"), _BUSINESS, "business")
    project = reader.mapping(data.get("project"), "project")
    told = reader.fields(project, _PROJECT, "project", frozenset(("expenses",)))
    tax = _tax(reader, told.get("tax"))
    expenses = tuple(_expense(reader, where, row) for where, row in reader.rows(project.get("expenses"), "project.expenses"))
    financials, plan = _years(reader, data, "financials"), _years(reader, data, "plan")
    target = reader.fields(reader.mapping(data.get("target"), "target"), _TARGET, "target")
    wage = reader.fields(reader.mapping(data.get("wage_plan"), "wage_plan"), _WAGE, "wage_plan")
    funding = reader.fields(reader.mapping(data.get("funding"), "funding"), _FUNDING, "funding")
    reader.finish()
    return Facts(
        company=company, today=top.get("today", today), id=top.get("id"),
        **{name: top[name] for name in _LISTS if name in top},
        description=business.get("description"), issues=business.get("issues", ()), direction=business.get("direction", ()),
        financials=financials, plan=plan, target=Target(**target), title=told.get("title_draft"), purpose=told.get("purpose"),
        expenses=expenses, total_stated_yen=told.get("total_stated_yen"), claimed_subsidy_yen=told.get("claimed_subsidy_yen"),
        tax=tax, wage_plan=wage, funding={k: v for k, v in funding.items() if k != "note"}, funding_note=funding.get("note"),
        problems=tuple(reader.problems),
    )  # fmt: skip


def _company(reader: f.Reader, data: Mapping[str, Any], catalogue: Catalogue) -> Company:
    told = reader.fields(data, _COMPANY, "company")
    if "name" not in told and not reader.wrong:
        raise InputError("company.name がありません。会社ファイルに「company:」と、その下に「name: 会社名」を書いてください。")
    words = [told[k] for k in ("industry", "industry_detail") if k in told]
    industry = _industry(words, catalogue)
    if words and industry is None:
        classes = "・".join(f"「{w}」" for w in INDUSTRIES)
        text = f"業種「{words[0]}」から業種の区分がわかりません。company.industry に{classes}のどれかを書いてください。"
        reader.problems.append(Problem("wrong_type", text, "company.industry"))
    return Company(**{"name": "", **told}, industry_class=industry)


def _industry(texts: list[str], catalogue: Catalogue) -> str | None:
    """The size class that the first telling text means, by its longest word."""
    for text in texts:
        exact = [c.industry for c in catalogue.general.size_classes if text in (c.industry, c.label)]
        if exact:
            return exact[0]
        found = [(len(w), c.industry) for c in catalogue.general.size_classes for w in c.words if w in text]
        if found:
            return max(found)[1]
    return None


def _expense(reader: f.Reader, where: str, row: Mapping[str, Any]) -> Expense:
    told = reader.fields(row, _EXPENSE, where)
    quantity, price, yen = told.get("quantity"), told.get("unit_price_yen"), told.get("yen")
    if yen is None and price is not None:
        yen = price * (quantity or 1)
    return Expense(where, told.get("category", ""), told.get("description", ""), yen, quantity, price)


def _years(reader: f.Reader, data: Mapping[Any, Any], part: str) -> tuple[Year, ...]:
    out: list[Year] = []
    for where, row in reader.rows(data.get(part), part):
        told = reader.fields(row, _YEAR, where)
        if "fiscal_year" not in told:
            if not any(w.startswith(f"{where}.fiscal_year") for w in reader.wrong):
                reader.wrong.append(f"{where}.fiscal_year: 年度がありません。「fiscal_year: 2025」のように書いてください")
            continue
        out.append(Year(where=where, **told))
    return tuple(sorted(out, key=lambda y: y.fiscal_year))


def _tax(reader: f.Reader, text: str | None) -> str | None:
    """`incl` or `excl`; None if not told."""
    if text is None:
        return None
    if text in _TAXED or text in _UNTAXED:
        return "incl" if text in _TAXED else "excl"
    reader.wrong.append(f"project.tax: 「{text[:30]}」は読めません。税抜 か 税込 で書いてください")
    return None
