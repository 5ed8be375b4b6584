"""Japanese names of the company file's fields, for the page that lists what lacks and what contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.drafting.records import Facts, Missing
from assistant.rules.conditions import INPUT_LABELS

_PARTS = {
    "company": "会社の概要", "business": "事業の内容", "financials": "決算の実績", "plan": "今後の計画", "target": "申請先",
    "project": "補助事業", "wage_plan": "賃上げの計画", "funding": "資金の調達", "strengths": "強み", "weaknesses": "弱み",
    "opportunities": "機会", "threats": "脅威", "customers": "客と客の求めるもの", "competitors": "競合", "reviews": "客の声",
    "facts": "会社の事実", "direction": "経営の方向",
}  # fmt: skip
_FIELDS = {
    "company.name": "会社の名称", "company.industry_detail": "業種の詳細", "company.legal_form": "法人・個人の別",
    "company.founded": "設立・開業の日", "company.fiscal_year_end": "決算月", "company.employees_detail": "従業員の内訳",
    "company.chamber": "支援機関", "company.history": "沿革", "company.url": "ウェブサイト", "business.description": "事業の説明",
    "business.issues": "経営課題", "business.direction": "経営方針", "financials.reason": "売上・利益が動いた理由",
    "plan.basis": "売上計画の根拠", "plan.salaries_bonus_yen": "計画の給与・賞与", "target.programme": "申請する制度",
    "target.frame": "申請する枠", "target.edition": "公募回", "target.special": "使う特例", "project.title_draft": "事業名",
    "project.purpose": "取組の目的", "project.expenses": "経費の明細", "project.schedule": "実施の時期",
    "project.effects": "取組の効果", "project.efficiency": "業務効率化の取組", "project.estimate": "効果の試算",
    "project.total_stated_yen": "経費の合計", "project.claimed_subsidy_yen": "見込みの補助金", "project.tax": "税抜・税込の別",
    "funding.bank_bridge_yen": "入金までの立替", "direction.3c": "3C分析のまとめ",
}  # fmt: skip
_SWOT = {"SO": "強み×機会", "WO": "弱み×機会", "ST": "強み×脅威", "WT": "弱み×脅威"}
_EXPENSE = re.compile(r"project\.expenses\[(\d+)\](\.detail)?")


def field_label(field: str, facts: Facts) -> str:
    """A field in Japanese; an expense by its own name."""
    row = _EXPENSE.match(field)
    if row:
        number = int(row.group(1))
        name = f"「{facts.expenses[number].label}」" if number < len(facts.expenses) else str(number + 1)
        return f"経費{name}の説明" if row.group(2) else f"経費{name}"
    known = _FIELDS.get(field) or (INPUT_LABELS.get(field.split(".")[-1]) if field.startswith("company.") else None)
    if known:
        return known
    part, _, rest = field.partition(".")
    if part == "direction" and rest:
        return f"クロスSWOT（{_SWOT[rest]}）" if rest in _SWOT else f"成長マトリックス（{rest}）"
    return _PARTS.get(re.split(r"\[", part)[0], field)


def grouped(missing: Iterable[Missing], facts: Facts) -> tuple[tuple[str, str], ...]:
    """What lacks, (fields in Japanese, what and where): one row for each thing to find out."""
    rows: dict[str, list[str]] = {}
    for m in missing:
        label = field_label(m.field, facts)
        names = rows.setdefault(m.why, [])
        if label not in names:
            names.append(label)
    return tuple(("\n".join(names), why) for why, names in rows.items())
