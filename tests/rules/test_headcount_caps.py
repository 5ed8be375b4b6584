"""Caps by the number of raised workers: no row that the staff is too small for, and both rates where the wage is not told."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import Assistant, answer_question
from assistant.matching import match_project
from assistant.records import Question

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("employees", "most"), [(7, 3_600_000), (8, 4_500_000), (9, 4_500_000), (10, 6_000_000)])
def test_the_highest_cap_is_one_that_the_staff_allows(employees: int, most: int, assistant: Assistant) -> None:
    profile = {
        "employees": employees, "industry": "製造業その他", "prefecture": "三重県", "wage_plan": {"min_wage_raise_yen": 90},
        "project": {"description": "時給を上げて機械を入れる", "purposes": ["賃上げ"], "cost_yen": 10_000_000},
    }  # fmt: skip
    candidates = match_project(profile, TODAY, assistant.catalogue)["candidates"]
    found = next(c for c in candidates if c["programme"] == "gyomu-kaizen")
    assert found["amount"]["subsidy_range_yen"][1] == most
    text = f"業務改善助成金、従業員{employees}人です。最大でいくらもらえますか"
    answer = answer_question(Question(text, TODAY, (), None, "x"), assistant).text
    assert f"最大{most // 10_000}万円" in answer


@pytest.mark.parametrize(
    "text",
    [
        "業務改善助成金（愛知, 12人, 2人を70円上げる, 80万円）",
        "業務改善助成金、愛知県で12人の工場、2人の時給を70円上げて80万円の機械を入れたい",
        "愛知県で従業員12人。2人の賃金を70円上げる。80万円の設備を買う。業務改善助成金の額を教えて",
    ],
)
def test_both_rates_where_the_lowest_wage_is_not_told(text: str, assistant: Assistant) -> None:
    answer = answer_question(Question(text, TODAY, (), None, "x"), assistant).text
    assert "事業場内最低賃金によって変わります" in answer.split("\n")[0]
    assert "1,050円未満：64万円" in answer and "1,050円以上：60万円" in answer and "30人以上" not in answer
