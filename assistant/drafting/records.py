"""Records of a draft: the firm's facts, what contradicts, what lacks, and the written sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Author = Literal["owner", "machine"]
"""Who wrote a paragraph: the firm itself (its own sentence, unchanged) or this program."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A contradiction of the input; `where` is the field of the company file."""

    code: str
    text: str
    where: str

    def wire(self) -> dict[str, str]:
        """The shape of the contract."""
        return {"code": self.code, "text": self.text, "where": self.where}


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that nobody told: the field, and what depends on it."""

    field: str
    why: str

    def wire(self) -> dict[str, str]:
        """The shape of the contract."""
        return {"field": self.field, "why": self.why}


@dataclass(frozen=True, slots=True)
class Company:
    """Who applies; None is unknown. Money in whole yen."""

    name: str
    prefecture: str | None = None
    city: str | None = None
    industry: str | None = None
    """Text as told; `industry_class` is the size class that it means."""
    industry_class: str | None = None
    industry_detail: str | None = None
    legal_form: str | None = None
    is_corporation: bool | None = None
    founded: date | None = None
    fiscal_year_end: int | None = None
    """Month in which the business year ends."""
    capital_yen: int | None = None
    sales_yen: int | None = None
    employees: int | None = None
    employees_detail: str | None = None
    representative_age: int | None = None
    invoice_registered: bool | None = None
    was_tax_exempt: bool | None = None
    deficit: bool | None = None
    chamber: str | None = None
    url: str | None = None
    history: tuple[str, ...] = ()
    has_100oku_declaration: bool | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """One business year, past or planned; money in whole yen, None is unknown."""

    where: str
    fiscal_year: int
    sales_yen: int | None = None
    cogs_yen: int | None = None
    gross_profit_yen: int | None = None
    sga_yen: int | None = None
    operating_profit_yen: int | None = None
    ordinary_profit_yen: int | None = None
    officer_compensation_yen: int | None = None
    salaries_bonus_yen: int | None = None
    welfare_yen: int | None = None
    depreciation_yen: int | None = None
    interest_yen: int | None = None
    borrowings_yen: int | None = None
    net_assets_yen: int | None = None
    employees: int | None = None

    def personnel_yen(self, corporation: bool) -> int | None:
        """Personnel cost: officers (corporations only), pay and bonus, welfare; None if a part is unknown."""
        parts = [self.salaries_bonus_yen, self.welfare_yen] + ([self.officer_compensation_yen] if corporation else [])
        return None if any(p is None for p in parts) else sum(p or 0 for p in parts)


@dataclass(frozen=True, slots=True)
class Expense:
    """One planned expense as told; `yen` is None where the file gives neither amount nor price."""

    where: str
    category: str
    description: str
    yen: int | None
    quantity: int | None = None
    unit_price_yen: int | None = None

    @property
    def label(self) -> str:
        """What it is, for tables and sentences."""
        return self.description or self.category or "（内容未記入）"


@dataclass(frozen=True, slots=True)
class Target:
    """What the firm applies for, in its own words."""

    programme: str | None = None
    frame: str | None = None
    edition: str | None = None
    special: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a company file tells, typed; what lacks stays None or empty."""

    company: Company
    today: date
    id: str | None = None
    facts: tuple[str, ...] = ()
    description: str | None = None
    issues: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    opportunities: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    financials: tuple[Year, ...] = ()
    plan: tuple[Year, ...] = ()
    target: Target = Target()
    title: str | None = None
    purpose: str | None = None
    expenses: tuple[Expense, ...] = ()
    total_stated_yen: int | None = None
    claimed_subsidy_yen: int | None = None
    tax: str | None = None
    wage_plan: dict[str, Any] = field(default_factory=dict)
    funding: dict[str, int] = field(default_factory=dict)
    funding_note: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def corporation(self) -> bool:
        """Whether figures are read as a corporation's; unknown counts as one unless the legal form says otherwise."""
        if self.company.is_corporation is not None:
            return self.company.is_corporation
        return "個人" not in (self.company.legal_form or "")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: str
    by: Author = "machine"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]
    by: Author = "machine"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `numeric` columns are set flush right, `strong` rows are totals."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    """Relative widths of the columns; equal if empty."""
    caption: str | None = None


Block = Para | Bullets | Table


@dataclass(frozen=True, slots=True)
class Section:
    """One written section of the document."""

    id: str
    part: str
    title: str
    blocks: tuple[Block, ...]
    filled: bool
    guidance: str | None = None
    max_chars: int | None = None

    @property
    def text(self) -> str:
        """All its words, without layout."""
        return "\n".join(block_text(b) for b in self.blocks)

    def wire(self) -> dict[str, Any]:
        """The shape of the contract, with who wrote the paragraphs."""
        written = [b.by for b in self.blocks if not isinstance(b, Table)]
        authors = {who: written.count(who) for who in ("owner", "machine") if who in written}
        chars = sum(len(block_text(b).replace("\n", "")) for b in self.blocks)
        return {"id": self.id, "part": self.part, "title": self.title, "filled": self.filled, "chars": chars, "authors": authors}


def block_text(block: Block) -> str:
    """The words of a block."""
    if isinstance(block, Para):
        return block.text
    if isinstance(block, Bullets):
        return "\n".join(block.items)
    return "\n".join("\t".join(row) for row in (block.head, *block.rows))
