"""What a composer writes with: figures and the firm's own words go in as tokens, what lacks becomes a marked gap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assistant.drafting.plan import Plan
from assistant.drafting.records import Block, Bullets, Facts, Missing, Para, Table
from assistant.drafting.topics import Topic, sort_sentences
from assistant.errors import UnknownToken

TOKEN = re.compile(r"\{([fo]):([^{}]*)\}")
GAP = "【要記入："


def yen(amount: int) -> str:
    """Whole yen with all digits, as the document writes them."""
    return f"{amount:,}円"


@dataclass
class Ink:
    """The facts and the ledger, and the tokens handed out so far."""

    facts: Facts
    plan: Plan
    figures: dict[str, str]
    missing: list[Missing] = field(default_factory=list)
    _own: list[str] = field(default_factory=list)
    _topics: dict[Topic, tuple[str, ...]] | None = None

    def fig(self, name: str) -> str:
        """The token of a figure of the ledger.

        Raises:
            UnknownToken: The ledger has none of that name.
        """
        if name not in self.figures:
            raise UnknownToken(name)
        return f"{{f:{name}}}"

    def has(self, name: str) -> bool:
        """Whether the ledger has that figure."""
        return name in self.figures

    def own(self, text: str) -> str:
        """The token of the firm's own words."""
        self._own.append(text)
        return f"{{o:{len(self._own) - 1}}}"

    def quote(self, texts: Iterable[str]) -> str:
        """The firm's own words in brackets, joined."""
        return "".join(f"「{self.own(t.rstrip('。'))}」" for t in texts)

    def points(self, texts: Iterable[str]) -> Bullets:
        """The firm's own sentences as a list."""
        return Bullets(tuple(self.own(t) for t in texts), "owner")

    def gap(self, field_name: str, what: str, where: str) -> str:
        """A gap that only the owner can fill: what is wanted, and where to find it; it is listed as missing."""
        entry = Missing(field_name, f"{what}。{where}")
        if entry not in self.missing:
            self.missing.append(entry)
        return f"{GAP}{what}。{where}】"

    def topic(self, *topics: Topic) -> tuple[str, ...]:
        """The firm's plain sentences about these topics, in its order."""
        if self._topics is None:
            self._topics = sort_sentences(self.facts.facts)
        wanted = {s for t in topics for s in self._topics.get(t, ())}
        return tuple(s for s in self.facts.facts if s in wanted)

    def settle(self, block: Block) -> Block:
        """A block with its tokens replaced.

        Raises:
            UnknownToken: A token names nothing.
        """
        if isinstance(block, Para):
            return replace(block, text=self._fill(block.text))
        if isinstance(block, Bullets):
            return replace(block, items=tuple(self._fill(i) for i in block.items))
        rows = tuple(tuple(self._fill(c) for c in row) for row in block.rows)
        caption = None if block.caption is None else self._fill(block.caption)
        return replace(block, head=tuple(self._fill(h) for h in block.head), rows=rows, caption=caption)

    def _fill(self, text: str) -> str:
        def value(m: re.Match[str]) -> str:
            kind, name = m.group(1), m.group(2)
            if kind == "f" and name in self.figures:
                return self.figures[name]
            if kind == "o" and name.isdigit() and int(name) < len(self._own):
                return self._own[int(name)]
            raise UnknownToken(m.group(0))

        return TOKEN.sub(value, text)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], **more: object) -> Table:
    """A table from rows of any iterable."""
    return Table(head, tuple(rows), **more)  # type: ignore[arg-type]


def ledger_figures(facts: Facts, plan: Plan) -> dict[str, str]:
    """Every figure of the ledger that prose may show, by name, as it is written."""
    grant, pay, growth, past = plan.grant, plan.pay, plan.growth, plan.past_growth
    out: dict[str, str | None] = {
        "spending": yen(plan.spending_yen), "eligible": yen(plan.eligible_yen), "excluded": yen(plan.excluded_yen),
        "own": yen(plan.balance.own_funds_yen),
        "subsidy": yen(plan.subsidy_yen) if plan.subsidy_yen is not None else None,
        "cap": yen(grant.cap_yen) if grant and grant.cap_yen is not None else None,
        "rate": grant.rate if grant else None,
        "share": f"{grant.share_percent}%" if grant and grant.share_percent is not None else None,
        "fte": f"{pay.headcount.total}人" if pay.headcount else None,
        "pay-latest": yen(pay.latest_yen) if pay.latest_yen is not None else None,
        "pay-base": yen(pay.base_yen) if pay.base_yen is not None else None,
        "pay-end": yen(pay.end_yen) if pay.end_yen is not None else None,
        "pay-target": yen(pay.target_yen) if pay.target_yen is not None else None,
        "pay-growth": f"{pay.growth_percent}%" if pay.growth_percent is not None else None,
        "pay-required": f"{pay.required_percent}%" if pay.required_percent else None,
        "va-cagr": f"{growth.value_added_pct}%" if growth and growth.value_added_pct is not None else None,
        "sales-cagr": f"{growth.sales_pct}%" if growth and growth.sales_pct is not None else None,
        "past-sales-cagr": f"{past.sales_pct}%" if past and past.sales_pct is not None else None,
        "past-va-cagr": f"{past.value_added_pct}%" if past and past.value_added_pct is not None else None,
        "employees": f"{facts.company.employees}人" if facts.company.employees is not None else None,
    }  # fmt: skip
    for event in plan.place.events("project_end") if plan.place else ():
        out["project-end"] = f"{event.label}は{event.on.text()}"
    for v in plan.years:
        n = v.year.fiscal_year
        out[f"year:{n}"] = f"{n}年度"
        for name, amount in (
            ("sales", v.year.sales_yen), ("gross", v.gross_profit_yen), ("op", v.year.operating_profit_yen),
            ("ordinary", v.year.ordinary_profit_yen), ("va", v.value_added_yen),
        ):  # fmt: skip
            out[f"{name}:{n}"] = yen(amount) if amount is not None else None
    for i, line in enumerate(plan.lines):
        out[f"line:{i}"] = "－" if line.expense.yen is None else yen(line.spent_yen)
    return {k: v for k, v in out.items() if v is not None}
