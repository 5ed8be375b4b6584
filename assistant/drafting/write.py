"""Step 3: the sections, a list of data with one composer each. Composers write tokens; they are filled here, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.drafting import compose_analysis as analysis
from assistant.drafting import compose_finance as finance
from assistant.drafting import compose_form as form
from assistant.drafting.ink import GAP, Ink, ledger_figures
from assistant.drafting.plan import Plan
from assistant.drafting.records import Block, Facts, Missing, Section, Table, block_text
from assistant.drafting.rewrite import SectionWriter

Composer = Callable[[Ink], tuple[Block, ...]]

COMPOSERS: dict[str, Composer] = {
    "activity-detail": form.activity_detail, "activity-summary": form.activity_summary, "ansoff": analysis.ansoff,
    "company-outline": form.company_outline, "cross-swot": analysis.cross_swot, "customer-needs": form.customer_needs,
    "effect-estimate": form.effect_estimate, "effects": form.effects, "efficiency": form.efficiency,
    "expense-table": finance.expense_table, "financial-plan": finance.financial_plan,
    "financial-record": finance.financial_record, "funding-table": finance.funding_table, "future-plan": form.future_plan,
    "issues": form.issues, "market": analysis.market, "market-trend": form.market_trend, "overview": analysis.overview,
    "policy-goals": form.policy_goals, "project-background": form.project_background, "project-summary": form.project_summary,
    "project-title": form.project_title, "sales-profit": form.sales_profit,
    "strengths-weaknesses": form.strengths_weaknesses, "swot": analysis.swot, "three-c": analysis.three_c,
    "wage-target": finance.wage_target,
}  # fmt: skip
"""Composers by the name that forms and the planning chain use."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A section to write."""

    id: str
    part: str
    title: str
    composer: str
    guidance: str | None = None
    max_chars: int | None = None


CHAIN_PART = "経営分析"
PROJECT_PART = "補助事業計画"
MONEY_PART = "経費と資金"
CHAIN: tuple[Spec, ...] = tuple(
    Spec(name, CHAIN_PART, title, name)
    for name, title in (
        ("overview", "事業概要"), ("market", "市場動向と顧客ニーズ"), ("three-c", "3C分析"),
        ("financial-record", "財務実績"), ("swot", "SWOT分析"), ("cross-swot", "クロスSWOT分析"),
        ("ansoff", "アンゾフの成長マトリックス"), ("financial-plan", "財務計画"),
    )
)  # fmt: skip
GENERAL: tuple[Spec, ...] = (
    Spec("project-title", PROJECT_PART, "事業名", "project-title"),
    Spec("project-summary", PROJECT_PART, "事業の概要", "project-summary"),
    Spec("project-background", PROJECT_PART, "背景・目的", "project-background"),
    Spec("activity-detail", PROJECT_PART, "具体的な取組内容", "activity-detail"),
    Spec("effects", PROJECT_PART, "取組の効果", "effects"),
    Spec("expense-table", MONEY_PART, "経費明細表", "expense-table"),
    Spec("funding-table", MONEY_PART, "資金調達方法", "funding-table"),
)
"""What a plan without a form of its own tells of the project."""
WAGE = Spec("wage-target", MONEY_PART, "賃上げの目標", "wage-target")


def sections_for(plan: Plan) -> tuple[Spec, ...]:
    """The sections of a draft: the target's form (else the general project part), the pay target, the planning chain."""
    if plan.form is not None:
        project = tuple(Spec(s.id, s.part, s.title, s.composer, s.guidance, s.max_chars) for s in plan.form.sections)
    else:
        project = GENERAL
    wage = (WAGE,) if plan.pay.required_percent is not None else ()
    return (*project, *wage, *CHAIN)


def write_sections(facts: Facts, plan: Plan, writer: SectionWriter | None = None) -> tuple[tuple[Section, ...], tuple[Missing, ...]]:
    """All sections of a draft, tokens filled, and what lacks (each field and reason once).

    Args:
        facts: The firm's facts.
        plan: The ledger.
        writer: A language model that smooths the machine's paragraphs; None leaves them as composed.

    Raises:
        UnknownToken: A composer named a figure that the ledger does not hold.
    """
    ink = Ink(facts, plan, ledger_figures(facts, plan), list(plan.missing))
    written = [_write(spec, ink, writer) for spec in sections_for(plan)]
    return tuple(written), tuple(ink.missing)


def _write(spec: Spec, ink: Ink, writer: SectionWriter | None) -> Section:
    composed = COMPOSERS[spec.composer](ink)
    if writer is not None:
        composed = writer.rewrite(spec.composer, spec.title, composed)
    blocks = tuple(ink.settle(b) for b in composed)
    return Section(spec.id, spec.part, spec.title, blocks, any(_tells(b) for b in blocks), spec.guidance, spec.max_chars)


def _tells(block: Block) -> bool:
    """Whether a block says something of the firm, not only what lacks."""
    if isinstance(block, Table):
        return any(c and GAP not in c and c != "－" for row in block.rows for c in row[1:])
    return not block_text(block).startswith(GAP)
