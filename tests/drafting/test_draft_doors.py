"""POST /v1/drafts and its files, and the page that uses them."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from fastapi.testclient import TestClient

from assistant.api import create_app

YAML = """company: {name: 有限会社はまかぜ, industry: 宿泊業・娯楽業, employees: 4}
target: {programme: jizokuka, frame: 一般型 通常枠}
project:
  title_draft: 個室風呂の新設
  tax: 税抜
  expenses: [{category: 委託・外注費, description: 個室風呂の内装, yen: 600000}]
"""


@pytest.fixture(scope="module")
def client(assistant):
    with TestClient(create_app(assistant, date(2026, 11, 24))) as made:
        yield made


def test_a_draft_is_kept_with_its_files(client):
    made = client.post("/v1/drafts", json={"yaml": YAML})
    wire = made.json()
    assert made.status_code == 201 and wire["computed"]["subsidy_yen"] == 400_000  # 600,000 x 2/3
    docx = client.get(f"/v1/drafts/{wire['draft_id']}/plan.docx")
    assert any("はまかぜ" in p.text for p in Document(io.BytesIO(docx.content)).paragraphs)
    for ending in ("xlsx", "md"):
        assert client.get(f"/v1/drafts/{wire['draft_id']}/plan.{ending}").status_code == 200


@pytest.mark.parametrize("draft_id", ["0" * 32, "..", "abc"])
def test_an_unknown_draft_is_not_found(client, draft_id):
    assert client.get(f"/v1/drafts/{draft_id}/plan.docx").status_code == 404


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({}, "どちらか"),
        ({"yaml": "company: {name: A}\ncompany: {name: B}"}, "二度"),
        ({"yaml": "- 1"}, "company:"),
        ({"company_file": {}}, "name"),
    ],
)
def test_bad_company_files_get_a_sentence(client, body, word):
    answer = client.post("/v1/drafts", json=body)
    assert answer.status_code in (400, 422) and word in answer.json()["detail"]
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_filled_form_is_a_company_file():
    from draft_page import company_of_form

    rows = [{"category": "広報費", "description": "チラシ", "yen": 100_000}, {"category": "", "description": "", "yen": None}]
    made = company_of_form(" 有限会社A ", None, 3, "", "客を増やす", rows)
    assert made["company"] == {"name": "有限会社A", "employees": 3}
    assert made["project"]["expenses"] == [{"category": "広報費", "description": "チラシ", "yen": 100_000}]


def test_the_company_file_itself_is_a_body(client):
    company = {"name": "有限会社はまかぜ", "industry": "宿泊業・娯楽業", "employees": 4}
    body = {"company": company, "facts": ["客室は6室"], "today": "2026-11-25"}
    wire = client.post("/v1/drafts", json=body).json()
    assert wire["today"] == "2026-11-25" and wire["computed"]["subsidy_yen"] is None
    assert client.post("/v1/drafts", json={**body, "yaml": YAML}).status_code == 422


def test_one_file_that_cannot_be_written_leaves_none(tmp_path):
    from typer.testing import CliRunner

    from assistant.cli import app

    company = tmp_path / "company.yaml"
    company.write_text(YAML, encoding="utf-8")
    (tmp_path / "plan.xlsx").mkdir()
    arguments = ["draft", "--company", str(company), "--out", str(tmp_path / "plan.docx"), "--xlsx", str(tmp_path / "plan.xlsx")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1 and "フォルダ" in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["company.yaml", "plan.xlsx"]
