"""The workbook calculated by another program gives the ledger's figures, and the Word document fits its pages."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.drafting.draft import Draft, draft_document
from assistant.drafting.render_xlsx import render_xlsx
from assistant.flow import Assistant

OFFICE = shutil.which("soffice")
YEAR = {"officer_compensation_yen": 3_000_000, "welfare_yen": 900_000, "depreciation_yen": 700_000, "employees": 4}


def company(tax: str, specials: list[str]) -> dict[str, Any]:
    pays = {2025: 9_000_000, 2026: 9_300_000, 2027: 9_700_000}
    years = [
        {
            **YEAR, "fiscal_year": y, "sales_yen": 20_000_000 + i * 1_234_567, "operating_profit_yen": -500_000 + i * 777_777,
            "salaries_bonus_yen": pay,
        }
        for i, (y, pay) in enumerate(pays.items())
    ]  # fmt: skip
    return {
        "company": {
            "name": "=1+1 株式会社", "industry": "宿泊業・娯楽業", "employees": 4, "deficit": True, "fiscal_year_end": "3月",
            "employees_detail": "正社員3名（1日8時間）、パート1名（1日3時間）",
        },
        "financials": years[:1], "plan": years[1:], "wage_plan": {"per_capita_growth_pct": 3},
        "target": {"programme": "jizokuka", "frame": "通常枠", "edition": "第20回", "special": specials},
        "project": {
            "tax": tax,
            "expenses": [
                {"category": "機械装置等費", "description": "=SUM(A1:A9) という名の機械", "quantity": 3, "unit_price_yen": 123_457},
                {"category": "ウェブサイト関連費", "description": "予約の仕組み", "yen": 431_111},
                {"category": "機械装置等費", "description": "軽トラック", "yen": 800_000},
            ],
        },
        "funding": {"self_yen": 100_000},
    }  # fmt: skip


def recalculated(draft: Draft, folder: Path) -> dict[str, dict[str, Any]]:
    """Value in the second column by label, sheet by sheet, as LibreOffice calculates it."""
    (folder / "plan.xlsx").write_bytes(render_xlsx(draft))
    (folder / "out").mkdir()
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(folder / "out"), str(folder / "plan.xlsx")], check=True, capture_output=True, timeout=120)
    book = load_workbook(folder / "out" / "plan.xlsx", data_only=True)
    return {page.title: {row[0]: row for row in page.iter_rows(values_only=True) if row[0]} for page in book.worksheets}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("tax", "specials"), [("税抜", ["賃金引上げ特例"]), ("税込", [])])
def test_formulas_give_the_figures_of_the_ledger(assistant: Assistant, tmp_path: Path, tax: str, specials: list[str]) -> None:
    draft = draft_document(company(tax, specials), date(2026, 11, 24), assistant.catalogue)
    sheets, c = recalculated(draft, tmp_path), draft.plan.computed()
    assert sheets["補助金"]["補助金の申請額"][1] == c["subsidy_yen"] > 0
    assert sheets["経費明細"]["合計"][4] == c["spending_yen"] and sheets["経費明細"]["合計"][6] == c["eligible_cost_yen"]
    assert sheets["資金調達"]["自己負担（支出－補助金）"][1] == c["own_funds_yen"]
    assert sheets["資金調達"]["不足（＋）・過剰（－）"][1] == draft.plan.balance.gap_yen
    assert list(sheets["財務"]["付加価値額"][1:4]) == [c["value_added"][y] for y in ("2025", "2026", "2027")]
    growth = next(row for label, row in sheets["財務"].items() if label.startswith("付加価値額の年平均成長率"))
    assert round(growth[1] * 100, 2) == c["value_added_cagr_pct"]
    if specials:
        assert sheets["賃上げ"]["目標（切上げ）"][1] == c["per_capita_target_yen"]
        assert sheets["賃上げ"]["換算した従業員数"][1] == c["fte_total"] == 3.37
