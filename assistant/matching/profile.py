"""The profile of a firm and its project as the contract shapes it, read strictly; every field may be absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from assistant.matching.fields import Problem, Reader
from assistant.rules.load import Catalogue
from assistant.rules.values import format_yen

INDUSTRIES = {"商業・サービス業": "shogyo_service", "宿泊業・娯楽業": "shukuhaku_goraku", "製造業その他": "seizo_other"}
TAXES = {"税抜": "excl", "税込": "incl", "excl": "excl", "incl": "incl"}
_COUNTS = ("processes", "functions", "members", "representative_age", "workers")
_FLAGS = (
    "is_corporation", "invoice_registered", "was_tax_exempt", "deficit", "has_100oku_declaration", "near_minimum_wage",
    "is_deemed_large", "revival",
)  # fmt: skip
_HOURLY = ("course_yen", "workplace_wage_yen")
_WAGES = ("min_wage_raise_yen", "min_wage_margin_yen")
_GROWTHS = ("payroll_growth_pct", "per_capita_growth_pct", "value_added_growth_pct", "productivity_growth_pct")
_FIELDS = (
    "name", "prefecture", "city", "industry", "industry_detail", "employees", "capital_yen", "sales_yen", "planned_sales_yen",
    "founded", "wage_plan", "project", *_COUNTS, *_FLAGS, *_HOURLY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """One item of the project's costs, tax excluded."""

    category: str
    description: str
    yen: int

    @property
    def label(self) -> str:
        """The item as the user named it."""
        return self.description or self.category or "（名前のない経費）"


@dataclass(frozen=True, slots=True)
class Profile:
    """What was told of a firm and its project; what was not told is absent from `known`, None or empty."""

    known: dict[str, Any] = field(default_factory=dict)
    """Inputs of the rules that were told as such."""
    industry_detail: str | None = None
    founded: date | None = None
    description: str = ""
    purposes: tuple[str, ...] = ()
    items: tuple[Cost, ...] = ()
    cost_yen: int | None = None
    """The whole spending, tax excluded."""
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """All that was told of the project in words."""
        return "\n".join((self.description, *(f"{c.category} {c.description}" for c in self.items)))

    @property
    def has_project(self) -> bool:
        """Whether anything is told of what the money is for."""
        return bool(self.description or self.purposes or self.items)


def read_profile(data: Mapping[str, Any], catalogue: Catalogue, today: date) -> Profile:
    """The profile of a mapping; what cannot be read is left out and named in `problems`."""
    reader = Reader(data)
    reader.unknown_fields(_FIELDS)
    for name in ("name",):
        reader.text(name, 200)
    known: dict[str, Any] = {n: reader.text(n, 40) for n in ("prefecture", "city")}
    known["industry"] = reader.one_of("industry", INDUSTRIES)
    known["employees"] = reader.count("employees")
    known |= {n: reader.yen(n) for n in ("capital_yen", "sales_yen", "planned_sales_yen", *_HOURLY)}
    known |= {n: reader.count(n) for n in _COUNTS} | {n: reader.flag(n) for n in _FLAGS}
    wages = reader.mapping("wage_plan", (*_WAGES, *_GROWTHS))
    known |= {n: wages.yen(n) for n in _WAGES} | {n: wages.percent(n) for n in _GROWTHS}
    founded = reader.day("founded", today)
    if founded is not None:
        known["founded_on"] = founded.year * 10_000 + founded.month * 100 + founded.day
    told = {n: v for n, v in known.items() if v is not None}
    detail = reader.text("industry_detail", 200)
    project = _read_project(reader, catalogue)
    return Profile(told, detail, founded, *project, tuple(reader.problems))


def _read_project(reader: Reader, catalogue: Catalogue) -> tuple[str, tuple[str, ...], tuple[Cost, ...], int | None]:
    project = reader.mapping("project", ("description", "cost_yen", "purposes", "cost_items", "tax"))
    tax = project.one_of("tax", TAXES)
    rate = catalogue.general.rates.get("consumption-tax") if tax == "incl" else None
    items = []
    for row in project.rows("cost_items", ("category", "description", "yen")):
        yen = row.yen("yen", 1)
        category, description = row.text("category", 100), row.text("description", 400)
        if yen is not None:
            items.append(Cost(category or "", description or "", _without_tax(yen, rate)))
    cost = project.yen("cost_yen", 1)
    cost = _without_tax(cost, rate) if cost is not None else None
    total = sum(c.yen for c in items)
    if cost is not None and items and cost != total:
        text = (
            f"事業費 {format_yen(cost)} と経費の内訳の合計 {format_yen(total)} が合いません。"
            f"事業費 {format_yen(cost)} で計算したので、正しい額に直してください。"
        )
        project.problems.append(Problem("total_mismatch", text, "project.cost_yen"))
    return project.text("description") or "", project.texts("purposes"), tuple(items), cost if cost is not None else total or None


def _without_tax(yen: int, rate: str | None) -> int:
    """An amount without consumption tax, rounded down; `rate` is None if the amount has none."""
    return yen if rate is None else int(Fraction(yen) / (1 + Fraction(rate) / 100))
