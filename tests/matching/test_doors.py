"""`shirube match` and POST /v1/match: shapes of the contract, errors as one Japanese line or problem details."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import match_view
import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.flow import Assistant

PROFILE = {
    "industry": "宿泊業・娯楽業", "employees": 18, "deficit": True, "wage_plan": {"per_capita_growth_pct": 3.2},
    "project": {"purposes": ["販路開拓"], "description": "売場の改装とチラシ", "cost_yen": 2_400_000},
}  # fmt: skip
FIELDS = {
    "rank", "programme", "name", "edition_id", "edition", "frame_id", "frame", "fit", "window", "opens_on", "deadline",
    "deadline_text", "deadline_precision", "amount", "reasons", "ask_next", "todo", "cautions",
}  # fmt: skip
AMOUNT = {"subsidy_yen", "subsidy_range_yen", "rate", "rates", "cap_yen", "eligible_cost_yen", "own_funds_yen", "steps"}


def shirube(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", "match", "--today", "2026-11-24", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, env=environment
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def client(assistant: Assistant, today: date) -> TestClient:
    return TestClient(create_app(assistant, today), raise_server_exceptions=False)


def found(client: TestClient) -> dict[str, Any]:
    response = client.post("/v1/match", json={"id": "m1", "profile": PROFILE, "unknown": 1})
    assert response.status_code == 200
    result: dict[str, Any] = response.json()
    return result


def test_the_api_gives_the_shape_of_the_contract(client: TestClient) -> None:
    result = found(client)
    assert (result["id"], result["today"], result["problems"]) == ("m1", "2026-11-24", [])
    for n, candidate in enumerate(result["candidates"], 1):
        assert set(candidate) >= FIELDS and set(candidate["amount"]) >= AMOUNT and candidate["rank"] == n
        assert candidate["deadline_precision"] in ("minute", "day", "third", "month", "none")
    first = result["candidates"][0]
    assert first["deadline"] == "2026-12-15T17:00:00+09:00" and first["amount"]["subsidy_yen"] == 1_800_000
    assert "180万円" in result["answer"] and len(result["answer"]) <= 2500


@pytest.mark.parametrize("body", [{}, {"profile": 3}, {"profile": {}, "today": "soon"}, {"question": "  "}])
def test_the_api_refuses_in_japanese(body: dict[str, Any], client: TestClient) -> None:
    response = client.post("/v1/match", json=body)
    assert response.status_code == 422 and any("ぁ" <= c <= "ん" for c in response.json()["detail"])


def test_the_command_reads_yaml_and_json(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        "employees: 18\nindustry: 宿泊業・娯楽業\nproject: {cost_yen: 600000, purposes: [販路開拓]}\n"
    )
    (tmp_path / "p.json").write_text(json.dumps(PROFILE), encoding="utf-8")
    text = shirube("--profile", str(tmp_path / "p.yaml"))
    assert text.returncode == 0 and "40万円" in text.stdout
    result = json.loads(shirube("--profile", str(tmp_path / "p.json"), "--json").stdout)
    assert result["candidates"][0]["amount"]["own_funds_yen"] == 600_000


def test_a_batch_keeps_its_order_and_goes_on(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "a", "profile": PROFILE}), "{", json.dumps({"id": "c"}), json.dumps({"id": "d", "profile": {}})]
    done = shirube("--batch", "-", stdin="\n".join(lines))
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [o["id"] for o in out] == ["a", None, "c", "d"]
    assert "candidates" in out[0] and "JSON" in out[1]["error"] and "profile" in out[2]["error"] and "candidates" in out[3]


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "開けません"), ("employees: 1\n  x: [", "行目"), ("- 1\n", "組"), ("a: 1\na: 2\n", "二度")],
)
def test_a_file_that_cannot_be_read_is_one_line(content: str | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    if content is not None:
        path.write_text(content)
    done = shirube("--profile", str(path))
    assert done.returncode == 1 and done.stdout == "" and words in done.stderr and done.stderr.count("\n") == 1


def test_neither_or_both_is_wrong_usage(tmp_path: Path) -> None:
    assert shirube().returncode == 2
    assert shirube("--profile", "x", "--batch", "y").returncode == 2


def test_the_page_draws_a_card_for_what_fits_and_names_the_rest(client: TestClient) -> None:
    result = found(client)
    first = match_view.cards(result)[0]
    assert ("補助金額", "180万円") in first.figures and ("自己負担", "60万円") in first.figures and first.note is None
    assert first.badges[0] == ("合いそう", "green") and "出典：" in first.reasons[0]
    assert match_view.headline(result).startswith("合いそうなもの 1件")
    assert len(match_view.misses(result)) + len(match_view.cards(result)) == len(result["candidates"])


def test_the_form_tells_a_profile() -> None:
    form = {
        "description": "改装", "purposes": ["販路開拓"], "cost_man": 240.0, "tax": "税抜", "industry": "宿泊業・娯楽業",
        "employees": 18, "deficit": "赤字", "founded": date(1968, 7, 1), "per_capita_growth_pct": 3.1999999,
        "capital_man": 1000.0, "planned_sales_man": 4000.0,
    }  # fmt: skip
    rows = [{"category": "広報費", "description": "チラシ", "man": 50.5}, {"category": None, "description": None, "man": None}]
    assert match_view.profile_of_form(form, rows) == {
        "industry": "宿泊業・娯楽業", "employees": 18, "capital_yen": 10_000_000, "deficit": True, "founded": "1968-07-01",
        "planned_sales_yen": 40_000_000, "wage_plan": {"per_capita_growth_pct": 3.2},
        "project": {
            "description": "改装", "purposes": ["販路開拓"], "cost_yen": 2_400_000, "tax": "税抜",
            "cost_items": [{"category": "広報費", "description": "チラシ", "yen": 505_000}],
        },
    }  # fmt: skip
    assert match_view.profile_of_form({"tax": "税抜"}, []) == {}


def test_a_profile_fills_the_form_that_tells_it_again() -> None:
    profile = {
        "industry": "宿泊業・娯楽業", "employees": 18, "capital_yen": 10_000_000, "deficit": False, "founded": "1968-07-01",
        "prefecture": "三重県", "city": "四日市市", "planned_sales_yen": 40_000_000,
        "wage_plan": {"per_capita_growth_pct": 3.2, "min_wage_raise_yen": 50},
        "project": {
            "description": "改装", "purposes": ["販路開拓"], "cost_yen": 2_400_000, "tax": "税抜",
            "cost_items": [{"category": "広報費", "description": "チラシ", "yen": 505_000}],
        },
    }  # fmt: skip
    assert match_view.profile_of_form(*match_view.form_of_profile(profile)) == profile
    assert match_view.form_of_profile({"name": "例示堂", "project": None}) == ({}, [])
    lines = match_view.profile_lines({**profile, "industry_detail": "<b>旅館</b>"})
    assert "従業員数（人）：18" in lines and "経費の合計：240万円" in lines and "経費：チラシ 50万5,000円" not in lines
    assert "経費：チラシ 505,000円" in lines and not any("<b>" in line for line in lines)


def test_amounts_are_read_as_people_write_them() -> None:
    assert [match_view.yen_words(y) for y in (0, 123_456, 1_800_000, 120_000_000)] == [
        "0円",
        "123,456円",
        "180万円",
        "1億2,000万円",
    ]


def test_a_lost_api_is_told_in_japanese() -> None:
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        import match_page
        from client import Client

        match_page.draw(Client("http://127.0.0.1:1"))

    page = AppTest.from_function(script, default_timeout=30).run()
    assert not page.exception and "合う補助金を探す" in page.info[0].value
    page.button[0].click().run()
    assert not page.exception and "つながりません" in page.error[0].value


def test_the_sample_is_a_file_that_match_and_draft_read_without_a_problem(assistant: Assistant, today: date) -> None:
    from assistant.draft_door import company_of
    from assistant.drafting.draft import draft_document
    from assistant.matching import match_project

    sample = shirube("--sample")
    assert sample.returncode == 0 and sample.stdout == (assistant.settings.shipped_knowledge / "company.yaml").read_text(encoding="utf-8")
    file = company_of(sample.stdout)
    assert match_project(file, today, assistant.catalogue)["problems"] == []
    assert draft_document(file, today, assistant.catalogue).wire()["problems"] == []
