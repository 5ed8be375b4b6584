"""What a description tells that the profile leaves open, and what it does not tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.flow import Assistant
from assistant.matching import match_project

TODAY = date(2026, 11, 24)


def match(assistant: Assistant, description: str, today: date = TODAY, **profile: Any) -> dict[str, Any]:
    return match_project({**profile, "project": {"description": description}}, today, assistant.catalogue)


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("従業員3人のそば屋が看板を出す", 3),
        ("スタッフ4名で店を回している。看板を出す", 4),
        ("販売員2名の採用が決まらないので券売機を入れる", None),
    ],
)
def test_a_headcount_of_a_description_is_the_firms_or_none(text: str, employees: int | None, assistant: Assistant) -> None:
    assert match(assistant, text)["profile"].get("employees") == employees


def test_the_profile_beats_the_description(assistant: Assistant) -> None:
    assert match(assistant, "従業員3人のそば屋", employees=7)["profile"]["employees"] == 7


def test_a_subsidiary_of_a_large_firm_is_shut_out(assistant: Assistant) -> None:
    found = match(assistant, "大企業の子会社が新事業に進出する", date(2026, 9, 10), employees=40, industry="製造業その他")
    merged = next(c for c in found["candidates"] if c["programme"] == "shinjigyo-monodukuri")
    assert merged["fit"] == "no" and any("みなし大企業" in r["text"] and r["verdict"] == "not_met" for r in merged["reasons"])


@pytest.mark.parametrize(("years", "fits"), [(5, True), (6, False), (10, False)])
def test_a_time_beyond_the_bound_of_a_requirement_is_not_met(years: int, fits: bool, assistant: Assistant) -> None:
    text = f"{years}年後に娘へ店を引き継ぐ。事業承継の設備を入れる"
    found = match(assistant, text, date(2026, 7, 5), employees=4, industry="商業・サービス業")
    assert (next(c for c in found["candidates"] if c["programme"] == "shokei-ma")["fit"] == "fits") is fits


def test_a_city_with_schemes_of_its_own_is_read(assistant: Assistant) -> None:
    assert match(assistant, "四日市の居酒屋で萬古焼の器を使う")["profile"]["city"] == "四日市市"


def test_only_rates_that_pay_are_shown(assistant: Assistant) -> None:
    project = {
        "description": "人手不足の検査をオーダーメイドのロボットで自動化する", "purposes": ["省力化"],
        "cost_items": [{"category": "機械装置・システム構築費", "description": "検査ロボット", "yen": 20_000_000}],
    }  # fmt: skip
    profile = {"industry": "製造業その他", "employees": 40, "project": project}
    found = match_project(profile, date(2026, 7, 10), assistant.catalogue)
    amount = next(c for c in found["candidates"] if c["frame_id"] == "ippan")["amount"]
    assert (amount["rate"], amount["subsidy_yen"]) == ("1/2", 10_000_000)
