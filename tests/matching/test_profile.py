"""Profiles are read strictly: what is wrong is named with the way out, and never becomes a number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.flow import Assistant
from assistant.matching import match_project
from assistant.matching.profile import read_profile

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("profile", "where", "code", "words"),
    [
        ({"industory": "製造業その他"}, "industory", "unknown_field", "「industry」"),
        ({"employees": "18人"}, "employees", "wrong_type", "整数"),
        ({"employees": True}, "employees", "wrong_type", "整数"),
        ({"employees": -1}, "employees", "impossible", "使いませんでした"),
        ({"employees": 2.5}, "employees", "wrong_type", "整数"),
        ({"industry": "IT業"}, "industry", "wrong_type", "宿泊業・娯楽業"),
        ({"deficit": "はい"}, "deficit", "wrong_type", "true"),
        ({"founded": "2030-01-01"}, "founded", "impossible", "今日より後"),
        ({"founded": "昭和40年"}, "founded", "wrong_type", "年-月-日"),
        ({"capital_yen": 10**14}, "capital_yen", "impossible", "大きすぎる"),
        ({"wage_plan": {"per_capita_growth_pct": 320}}, "wage_plan.per_capita_growth_pct", "impossible", "年率"),
        ({"wage_plan": {"payroll_growth_pct": "3%"}}, "wage_plan.payroll_growth_pct", "wrong_type", "数字だけ"),
        ({"wage_plan": [3]}, "wage_plan", "wrong_type", "組"),
        ({"project": {"cost_yen": 0}}, "project.cost_yen", "impossible", "使いませんでした"),
        ({"project": {"purposes": "販路開拓"}}, "project.purposes", "wrong_type", "一覧"),
        ({"project": {"cost_items": [{"yen": -5}]}}, "project.cost_items[1].yen", "impossible", "使いませんでした"),
        (
            {"project": {"cost_items": [{"yen": 5, "price": 1}]}},
            "project.cost_items[1].price",
            "unknown_field",
            "使いませんでした",
        ),
        ({"project": {"cost_items": ["看板"]}}, "project.cost_items[1]", "wrong_type", "yen"),
        ({"project": {"tax": "込み"}}, "project.tax", "wrong_type", "税込"),
    ],
)
def test_what_is_wrong_is_named(profile: dict[str, Any], where: str, code: str, words: str, assistant: Assistant) -> None:
    found = [p for p in read_profile(profile, assistant.catalogue, TODAY).problems if p.where == where]
    assert [p.code for p in found] == [code] and words in found[0].text and where in found[0].text
    result = match_project(profile, TODAY, assistant.catalogue)
    assert result["candidates"] and all(c["amount"]["subsidy_yen"] is None for c in result["candidates"])


def test_totals_that_differ_are_named_and_the_stated_one_counts(assistant: Assistant) -> None:
    project = {"cost_yen": 900000, "cost_items": [{"category": "旅費", "description": "出張", "yen": 600000}]}
    told = read_profile({"project": project}, assistant.catalogue, TODAY)
    assert told.cost_yen == 900000 and [p.code for p in told.problems] == ["total_mismatch"]
    assert "90万円" in told.problems[0].text and "60万円" in told.problems[0].text


def test_tax_is_taken_out(assistant: Assistant) -> None:
    project = {"tax": "税込", "cost_items": [{"description": "看板", "yen": 1100}]}
    told = read_profile({"project": project}, assistant.catalogue, TODAY)
    assert told.items[0].yen == 1000 and told.cost_yen == 1000


def test_an_empty_profile_is_served(assistant: Assistant) -> None:
    result = match_project({}, TODAY, assistant.catalogue)
    assert result["problems"] == [] and all(c["fit"] != "fits" for c in result["candidates"])
    assert result["candidates"][0]["ask_next"]


def test_a_sentence_fills_what_the_profile_leaves_open(assistant: Assistant) -> None:
    text = "従業員4人の飲食店です。看板に30万円、店舗改装に150万円使います。販路開拓に使える補助金は？"
    result = match_project({"employees": 3}, TODAY, assistant.catalogue, text)
    assert result["profile"]["employees"] == 3 and result["profile"]["industry"] == "商業・サービス業"
    first = result["candidates"][0]
    assert (first["programme"], first["amount"]["eligible_cost_yen"]) == ("jizokuka", 1_800_000)


@pytest.mark.parametrize(
    ("told", "read"), [("製造業", "製造業その他"), ("サービス業", "商業・サービス業"), ("旅館", "宿泊業・娯楽業")]
)
def test_a_word_of_an_industry_is_understood_and_said(told: str, read: str, assistant: Assistant) -> None:
    result = match_project({"industry": told, "industry_detail": "惣菜店"}, TODAY, assistant.catalogue)
    assert result["profile"]["industry"] == read and result["profile"]["industry_detail"] == "惣菜店"
    assert [p["code"] for p in result["problems"]] == ["assumed"] and f"「{told}」を「{read}」と読みました" in result["problems"][0]["text"]


def test_a_company_file_is_a_profile(assistant: Assistant) -> None:
    expenses = [{"category": "広報費", "description": "チラシ", "quantity": 2, "unit_price_yen": 60_000}, {"yen": 450_000}]
    file = {
        "company": {"name": "株式会社れい", "industry": "商業・サービス業", "employees": 3, "chamber": "商工会", "emploees": 4},
        "project": {"title_draft": "店頭販売", "purpose": "新しい客を増やす。", "tax": "税抜", "expenses": expenses},
        "wage_plan": {"per_capita_growth_pct": 3.0, "note": "夏から"}, "strengths": ["味"],
    }  # fmt: skip
    result = match_project(file, TODAY, assistant.catalogue)
    profile = result["profile"]
    assert (profile["employees"], profile["project"]["description"]) == (3, "店頭販売。新しい客を増やす")
    assert [i["yen"] for i in profile["project"]["cost_items"]] == [120_000, 450_000]
    assert [(p["code"], p["where"]) for p in result["problems"]] == [("unknown_field", "emploees")]


def test_names_that_can_be_used_are_told(assistant: Assistant) -> None:
    told = read_profile({"project": {"tax": "税抜", "zzz": 1}, "zzz": 1}, assistant.catalogue, TODAY)
    texts = {p.where: p.text for p in told.problems}
    assert "使えるのは description・cost_yen・purposes・cost_items・tax です。" in texts["project.zzz"] and "--sample" in texts["zzz"]
