"""A profile as users write it: a company file of `draft`, or a word of an industry in place of its class, as the contract's shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.matching.fields import Problem
from assistant.matching.inputs import industry_of
from assistant.matching.profile import INDUSTRIES
from assistant.rules.load import Catalogue

_ONLY_IN_DRAFTS = ("legal_form", "chamber", "employees_detail", "url", "history", "fiscal_year_end")
"""Fields of a company that a plan needs and a match does not."""
_WAGES_ONLY_IN_DRAFTS = ("period", "note")


def as_profile(data: Mapping[str, Any], catalogue: Catalogue) -> tuple[dict[str, Any], list[Problem]]:
    """The profile that a mapping tells, and what was read otherwise than it is written; the contract's shape stays as it is.

    Args:
        data: A profile, or a company file of `draft` (its firm under `company`).
        catalogue: For the words that name an industry.
    """
    company = data.get("company")
    profile = _of_company_file(company, data) if isinstance(company, Mapping) else dict(data)
    told = profile.get("industry")
    meant = industry_of(told, catalogue)[0] if isinstance(told, str) and told not in INDUSTRIES else None
    if meant is None:
        return profile, []
    profile["industry"] = next(word for word, id_ in INDUSTRIES.items() if id_ == meant)
    profile["industry_detail"] = profile.get("industry_detail") or told
    others = "・".join(f"「{word}」" for word in INDUSTRIES if word != profile["industry"])
    text = f"industry：「{told}」を「{profile['industry']}」と読みました。違う場合は{others}のどれかに直してください。"
    return profile, [Problem("assumed", text, "industry")]


def _of_company_file(company: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    profile = {name: value for name, value in company.items() if name not in _ONLY_IN_DRAFTS}
    wages, project = data.get("wage_plan"), data.get("project")
    if isinstance(wages, Mapping):
        wages = {name: value for name, value in wages.items() if name not in _WAGES_ONLY_IN_DRAFTS}
    if isinstance(project, Mapping):
        words = [project.get(name) for name in ("title_draft", "purpose")]
        project = {
            "description": "。".join(w.strip("。") for w in words if isinstance(w, str)) or None, "tax": project.get("tax"),
            "cost_items": _items(project.get("expenses")),
        }  # fmt: skip
    return {**profile, "wage_plan": wages, "project": project}


def _items(expenses: object) -> object:
    """The expenses as items of cost; a quantity and its price are an amount."""
    if not isinstance(expenses, list):
        return expenses
    out: list[object] = []
    for row in expenses:
        if isinstance(row, Mapping):
            count, price = row.get("quantity", 1), row.get("unit_price_yen")
            counted = count * price if isinstance(count, int) and isinstance(price, int) else None
            row = {n: row.get(n) for n in ("category", "description")} | {"yen": row.get("yen", counted)}
        out.append(row)
    return out
