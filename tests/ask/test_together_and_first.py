"""Programmes used together, what is bought before the decision, and the rate of adoption of no round in particular."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.told_firm import orders_first
from assistant.flow import Assistant, answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def first(assistant: Assistant, text: str) -> str:
    return answer_question(Question(text, TODAY), assistant).text.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("省力化補助金と持続化補助金、両方とも申請していい？", "同じ年度内に別の補助金も申請できます"),
        ("持続化補助金とデジタル化補助金を同じ設備で両方もらえる？", "同じ経費に二つの補助金を重ねて受けることはできません"),
    ],
)
def test_two_programmes_together_are_led_by_what_holds_for_all(assistant: Assistant, text: str, leads: str) -> None:
    assert leads in first(assistant, text)


def test_the_rate_of_adoption_of_no_round_is_that_of_all(assistant: Assistant) -> None:
    assert "47.1%" in first(assistant, "ものづくり補助金の採択率はどれくらい")
    assert "33.6%" in first(assistant, "ものづくり補助金の第20次の採択率はどれくらい")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("申請したらすぐに機械を買っていい？", True),
        ("応募後すぐに契約しても平気ですか", True),
        ("もう契約しました", True),
        ("申請して採択されるまで何日ですか", False),
        ("機械を買って申請したい", False),
    ],
)
def test_an_order_right_after_the_application_is_one_before_the_decision(text: str, told: bool) -> None:
    assert orders_first(text) is told


@pytest.mark.parametrize(
    "text", ["持続化補助金、うちは昨年も採択されたけどまた応募できる？", "前に持続化補助金をもらったけど、もう一度申請していいですか"]
)
def test_who_had_it_before_is_told_what_holds_for_him(assistant: Assistant, text: str) -> None:
    assert "過去に持続化補助金で採択されて" in answer_question(Question(text, TODAY), assistant).text
