"""A draft end to end: one ledger, the same figures in docx, xlsx, Markdown and JSON, and every contradiction named."""

from __future__ import annotations

import io
import json
from copy import deepcopy
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.cli import app
from assistant.drafting.check import check_docx, check_xlsx, docx_text
from assistant.drafting.draft import draft_document
from assistant.drafting.render_docx import render_docx
from assistant.drafting.render_md import render_md
from assistant.drafting.render_xlsx import render_xlsx
from assistant.drafting.topics import leaves_room, topics_of
from assistant.errors import InputError

TODAY = date(2026, 11, 24)
COMPANY = {
    "company": {
        "name": "合同会社みなと食堂", "prefecture": "三重県", "city": "津市", "industry": "商業・サービス業", "employees": 3,
        "is_corporation": True, "invoice_registered": True, "was_tax_exempt": False, "deficit": False,
    },
    "target": {"programme": "jizokuka", "frame": "一般型 通常枠", "edition": "第20回", "special": []},
    "project": {
        "title_draft": "昼の弁当の店頭販売", "purpose": "近隣の事業所の昼食需要を取り込む",
        "expenses": [
            {"category": "機械装置等費", "description": "冷蔵ショーケース", "yen": 450_000},
            {"category": "広報費", "description": "開店のチラシ", "yen": 120_000},
        ],
        "total_stated_yen": 570_000, "tax": "税抜",
    },
    "financials": [
        {"fiscal_year": 2025, "sales_yen": 30_000_000, "operating_profit_yen": 1_000_000, "officer_compensation_yen": 4_000_000,
         "salaries_bonus_yen": 6_000_000, "welfare_yen": 1_000_000, "depreciation_yen": 500_000, "employees": 3},
    ],
    "plan": [
        {"fiscal_year": 2026, "sales_yen": 31_000_000, "operating_profit_yen": 1_500_000, "officer_compensation_yen": 4_000_000,
         "salaries_bonus_yen": 6_200_000, "welfare_yen": 1_000_000, "depreciation_yen": 600_000, "employees": 3},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def draft(assistant):
    return draft_document(COMPANY, TODAY, assistant.catalogue)


def changed(**paths):
    """A copy of the company file with some parts replaced."""
    data = deepcopy(COMPANY)
    for path, value in paths.items():
        *heads, last = path.split("__")
        spot = data
        for head in heads:
            spot = spot[head]
        spot[last] = value
    return data


def codes(data, assistant):
    return {p["code"] for p in draft_document(data, TODAY, assistant.catalogue).wire()["problems"]}


def test_the_ledger_is_worked_out_by_the_rules(draft):
    computed = draft.wire()["computed"]  # 570,000 x 2/3 = 380,000 (below the cap); 1.0 + 11.0 + 0.5 million in 2025
    assert computed["subsidy_yen"] == 380_000 and computed["rate"] == "2/3" and computed["cap_yen"] == 500_000
    assert computed["own_funds_yen"] == 190_000 and computed["eligible_cost_yen"] == 570_000
    assert computed["value_added"] == {"2025": 12_500_000, "2026": 13_300_000}
    assert computed["value_added_cagr_pct"] == 6.4 and computed["sales_cagr_pct"] == 3.33


def test_a_sound_company_has_no_problems(draft):
    assert draft.wire()["problems"] == []


def test_all_files_show_the_same_figures(draft):
    docx, xlsx, md = render_docx(draft), render_xlsx(draft), render_md(draft)
    check_docx(docx, draft)
    check_xlsx(xlsx, draft)
    for text in (docx_text(docx), md):
        assert "380,000" in text and "190,000" in text and "12,500,000" in text
        assert "{{" not in text and "{f:" not in text
    assert any(str(c.value).startswith("=") for s in load_workbook(io.BytesIO(xlsx)) for row in s.iter_rows() for c in row)


def test_what_only_the_owner_knows_is_marked(draft):
    assert "【要記入" in render_md(draft) and draft.wire()["missing"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"project__total_stated_yen": 600_000}, "total_mismatch"),
        ({"company__employees": 6}, "not_eligible"),
        ({"project__title_draft": "あ" * 31}, "title_too_long"),
        ({"company__unknown_thing": 1}, "unknown_field"),
        ({"project__expenses": [{"category": "機械装置等費", "description": "配達用の軽トラック", "yen": 900_000}]}, "excluded_cost"),
    ],
)
def test_contradictions_are_named_and_the_draft_is_still_written(assistant, changes, code):
    assert code in codes(changed(**changes), assistant)


def test_a_title_of_thirty_characters_is_right(assistant):
    assert "title_too_long" not in codes(changed(project__title_draft="あ" * 30), assistant)


def test_only_a_name_is_needed(assistant):
    made = draft_document({"company": {"name": "有限会社ひとつ"}}, TODAY, assistant.catalogue)
    assert made.wire()["missing"] and render_docx(made)


@pytest.mark.parametrize(
    "data", [{}, {"company": {}}, {"company": {"name": "A", "employees": -1}}, {"company": {"name": "A", "employees": "三"}}]
)
def test_impossible_input_is_a_clear_error_or_problem(assistant, data):
    try:
        wire = draft_document(data, TODAY, assistant.catalogue).wire()
    except InputError as error:
        assert str(error)
    else:
        assert wire["problems"]


def test_the_command_writes_all_three_files(tmp_path):
    company = tmp_path / "company.yaml"
    company.write_text(json.dumps(COMPANY, ensure_ascii=False), encoding="utf-8")
    out = tmp_path / "plan.docx"
    arguments = ["draft", "--company", str(company), "--out", str(out), "--xlsx", str(tmp_path / "plan.xlsx"), "--md"]
    result = CliRunner().invoke(app, [*arguments, str(tmp_path / "plan.md"), "--json", "--today", "2026-11-24"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["computed"]["subsidy_yen"] == 380_000
    assert sorted(p.name for p in tmp_path.iterdir()) == ["company.yaml", "plan.docx", "plan.md", "plan.xlsx"]


def test_a_missing_folder_and_broken_yaml_stop_before_anything_is_written(tmp_path):
    company = tmp_path / "company.yaml"
    company.write_text("company:\n  name: A\n  name: B\n", encoding="utf-8")
    broken = CliRunner().invoke(app, ["draft", "--company", str(company), "--out", str(tmp_path / "plan.docx")])
    assert broken.exit_code == 1 and not (tmp_path / "plan.docx").exists()
    company.write_text("company: {name: A}\n", encoding="utf-8")
    lost = CliRunner().invoke(app, ["draft", "--company", str(company), "--out", str(tmp_path / "no" / "plan.docx")])
    assert lost.exit_code == 1


def test_a_special_of_another_frame_is_told_as_such(assistant):
    company = {
        "company": {
            "name": "あ整体院", "industry": "商業・サービス業", "employees": 1, "founded": "2026-03-01", "invoice_registered": True,
        },
        "target": {"programme": "小規模事業者持続化補助金", "frame": "創業型", "special": ["賃金引上げ特例"]},
        "project": {"expenses": [{"category": "機械装置等費", "description": "施術機器", "yen": 900000}], "tax": "税抜"},
    }
    problems = draft_document(company, date(2026, 11, 24), assistant.catalogue).wire()["problems"]
    assert any(p["code"] == "requirement_missed" and "創業型では使えません" in p["text"] for p in problems)


def test_the_end_of_the_project_is_told_where_the_round_has_one(assistant, draft):
    told = render_md(draft)
    assert "補助事業実施期限：2028年3月31日（金）" in told and "補助事業実施期限は2028年3月31日（金）です。" in told
    other = changed(target={"programme": "monodukuri", "edition": "第23次"})
    assert "実施期限" not in render_md(draft_document(other, TODAY, assistant.catalogue)).split("## 計算のまとめ")[0]


def test_a_limited_part_is_named_by_its_category(assistant):
    expenses = [
        {"category": "機械装置・システム構築費", "description": "加工機", "yen": 20_000_000},
        {"category": "広告宣伝・販売促進費", "description": "新製品の動画とパンフレット", "yen": 10_000_000},
        {"category": "専門家経費", "description": "設計の指導", "yen": 3_000_000},
    ]
    project = {"title_draft": "新製品への進出", "expenses": expenses, "tax": "税抜"}
    plan = [{"fiscal_year": 2026, "sales_yen": 30_000_000}, {"fiscal_year": 2027, "sales_yen": 50_000_000}]
    file = changed(target={"programme": "shinjigyo", "edition": "第4回"}, project=project, plan=plan)
    told = render_md(draft_document(file, date(2026, 6, 1), assistant.catalogue))
    assert "1,000万円 × 1/2 ＝ 500万円（広告宣伝・販売促進費）" in told and "300万円 × 1/2 ＝ 150万円（専門家経費）" in told
    assert "売上高見込みの1/20まで：4,000万円 × 1/20 ＝ 200万円" in told  # the mean of the plan's years
    assert "| 補助金の申請額 | 13,000,000円 |" in told


def test_a_table_stays_with_the_words_before_and_after_it(draft):
    body = list(Document(io.BytesIO(render_docx(draft))).iter_inner_content())
    intro = next(i for i, b in enumerate(body) if getattr(b, "text", "").startswith("今回の取組で行うことと時期は"))
    assert body[intro].paragraph_format.keep_with_next
    fund = next(i for i, b in enumerate(body) if getattr(b, "text", "") == "資金の調達")
    rows, space = body[fund + 1].rows, body[fund + 2]
    assert all(p.paragraph_format.keep_with_next for c in rows[-1].cells for p in c.paragraphs)
    assert space.paragraph_format.keep_with_next and body[fund + 3].text


@pytest.mark.parametrize(
    ("sentence", "topics", "room"),
    [
        ("半径1kmに同業11店、専門店は0店", ("competitor",), True),
        ("半径1kmに同業10店", ("competitor",), False),
        ("競合2施設はバリアフリー未対応", ("competitor",), True),
        ("会員は1,420名", ("customer", "strength"), False),
        ("会員が減っている", ("customer", "market"), False),
    ],
)
def test_what_a_sentence_is_about(sentence, topics, room):
    assert topics_of(sentence) == topics and leaves_room(sentence) is room


def test_what_competitors_lack_is_a_chance_and_a_threat(assistant):
    told = draft_document(changed(facts=["半径1kmに食堂11店、弁当の専門店は0店"]), TODAY, assistant.catalogue)
    swot = render_md(told).split("### SWOT分析")[1].split("###")[0]
    assert "| O 機会 | ・半径1kmに食堂11店" in swot and "| T 脅威 | ・半径1kmに食堂11店" in swot


def test_an_expense_without_an_amount_is_named_as_missing(assistant):
    company = deepcopy(COMPANY)
    company["project"]["expenses"].append({"category": "機械装置等費", "description": "保温庫"})
    draft = draft_document(company, TODAY, assistant.catalogue)
    assert ("project.expenses[2].yen", "「保温庫」の金額がないため、計算に入れていません。") in [(m.field, m.why) for m in draft.missing]
    row = next(line for line in render_md(draft).splitlines() if line.startswith("| 機械装置等費 | 保温庫"))
    assert "0円" not in row


@pytest.mark.parametrize("expenses", [[], [{"category": "機械装置等費", "description": "保温庫"}]])
def test_a_draft_without_costs_shows_no_own_funds(assistant, expenses):
    company = deepcopy(COMPANY)
    company["project"] = {"title_draft": "昼の弁当", "expenses": expenses}
    draft = draft_document(company, TODAY, assistant.catalogue)
    text = render_md(draft)
    assert draft.plan.computed()["own_funds_yen"] == 0 and draft.plan.subsidy_yen is None
    assert not any("自己負担" in line and "0円" in line for line in text.splitlines())
    check_docx(render_docx(draft), draft)
    check_xlsx(render_xlsx(draft), draft)


def test_sections_flow_without_forced_pages(draft):
    assert not any(p.paragraph_format.page_break_before for p in Document(io.BytesIO(render_docx(draft))).paragraphs)


def test_a_heading_stands_once_above_its_table(draft):
    md = render_md(draft)
    for title in ("SWOT分析", "3C分析", "アンゾフの成長マトリックス"):
        assert f"### {title}" in md and f"**{title}**" not in md
    assert "**資金の調達**" in md  # a caption that says more than the heading stays


@pytest.mark.parametrize(("industry", "named"), [("IT業", True), ("惣菜店", False), ("製造業その他", False)])
def test_an_industry_that_tells_no_class_is_named_with_the_words_that_do(assistant, industry, named):
    problems = draft_document(changed(company__industry=industry), TODAY, assistant.catalogue).wire()["problems"]
    found = [p["text"] for p in problems if p["where"] == "company.industry"]
    assert bool(found) is named and all("「商業・サービス業」・「宿泊業・娯楽業」・「製造業その他」" in text for text in found)
